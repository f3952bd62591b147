/*
 * The door (clean.h has the table). Cleaning twice must change nothing, so whatever is *kept* is decided by
 * what has been let through before it; what is left out or spelt out may be decided by anything.
 */
#include "core/text/clean.h"

#include <utf8proc.h>

#include "core/base/array.h"
#include "core/text/grapheme.h"
#include "core/text/points.h"
#include "core/text/utf8.h"

#include "core/base/banned.h"

enum spelling { SPELT_NOTHING, SPELT_BYTES, SPELT_POINTS, SPELT_TAGS };

struct door {
    struct buffer *out;
    unsigned flags;
    size_t column;          /* of the line under way */
    int32_t base;           /* the code point whose cell is under way; 0: nothing a mark could stand on */
    int joined;             /* zero-width code points in that cell */
    bool after_emoji;       /* what came in last was part of an emoji, shown or not */
    struct said_list *said; /* NULL: nobody asks */
    enum spelling spelling; /* an escape stands open at the end of out: the next of its kind goes into it */
};

static void pass(struct door *door, const char *bytes, size_t length, size_t columns, int32_t last) {
    buffer_add(door->out, bytes, length);
    door->column += columns;
    door->base = last;
    door->joined = 0;
    door->after_emoji = false;
    door->spelling = SPELT_NOTHING;
}

/* Notes that what was added last, from `start` on, is the door's own. */
static void note(struct door *door, size_t start, bool blank) {
    struct said_list *list = door->said;
    struct said *last = list && list->count > 0 ? &list->items[list->count - 1] : NULL;
    if (!list)
        return;
    if (last && last->end >= start && last->blank == blank)
        last->end = door->out->length;
    else
        *ARRAY_ADD(list) = (struct said){start, door->out->length, blank};
}

static void say_as(struct door *door, const char *text, bool blank) {
    struct slice said = slice_of(text);
    size_t start = door->out->length;
    pass(door, text, said.length, utf8_count(said), 0);
    note(door, start, blank);
}

/* Text of ours, one cell for each code point; nothing may stand on it. */
static void say(struct door *door, const char *text) {
    say_as(door, text, false);
}

static void say_blank(struct door *door, const char *text) {
    say_as(door, text, true);
}

/* Shows item as ‹item›, or inside the escape of its kind that was shown just before. */
static void spell(struct door *door, enum spelling spelling, const char *item) {
    static const char close[] = "›";
    if (door->spelling == spelling) {
        buffer_cut(door->out, door->out->length - (sizeof close - 1));
        door->column--;
        if (spelling == SPELT_POINTS)
            say(door, ",");
    } else {
        say(door, spelling == SPELT_TAGS ? "‹tags:" : "‹");
    }
    say(door, item);
    say(door, close);
    door->spelling = spelling;
}

static void spell_byte(struct door *door, unsigned char byte) {
    static const char digits[] = "0123456789ABCDEF";
    char item[] = {'\\', 'x', digits[byte >> 4], digits[byte & 15], '\0'};
    spell(door, SPELT_BYTES, item);
}

static void spell_point(struct door *door, int32_t point) {
    static const char digits[] = "0123456789ABCDEF";
    char item[] = "U+000000";
    size_t length = point > 0xFFFFF ? 6 : point > 0xFFFF ? 5 : 4;
    for (size_t i = 0; i < length; i++)
        item[2 + i] = digits[point >> (4 * (length - 1 - i)) & 15];
    item[2 + length] = '\0';
    spell(door, SPELT_POINTS, item);
}

static void show_tab(struct door *door) {
    size_t columns = CLEAN_TAB - door->column % CLEAN_TAB;
    bool reveal = (door->flags & CLEAN_REVEAL) != 0;
    if (door->flags & CLEAN_KEEP_TABS) {
        pass(door, "\t", 1, columns, 0);
        return;
    }
    for (; columns > 1; columns--)
        say_blank(door, reveal ? "─" : " ");
    say_blank(door, reveal ? "→" : " ");
}

static void show_newline(struct door *door) {
    if (!(door->flags & CLEAN_ONE_LINE)) {
        pass(door, "\n", 1, 0, 0);
        door->column = 0;
    } else if (door->flags & CLEAN_JOIN) {
        say(door, door->flags & CLEAN_REVEAL ? "·" : " ");
    } else {
        say(door, "⏎");
    }
}

/* A control character of C0 or DEL as its picture (U+2400 …). */
static void show_control(struct door *door, unsigned char byte) {
    char picture[4] = {0};
    utf8_encode(picture, byte == 0x7F ? 0x2421 : 0x2400 + byte);
    say(door, picture);
}

static void show_tag(struct door *door, int32_t point) {
    if (point >= 0xE0020 && point < 0xE007F) {
        char item[] = {(char)(point - 0xE0000), '\0'};
        spell(door, SPELT_TAGS, *item == ' ' && door->flags & CLEAN_REVEAL ? "·" : item);
    } else if (door->spelling != SPELT_TAGS) { /* the end mark of a run goes without saying */
        spell_point(door, point);
    }
}

static bool is_skin_tone(int32_t point) {
    return point >= 0x1F3FB && point <= 0x1F3FF;
}

static void show_skin_tone(struct door *door, int32_t point) {
    static const char *const tones[] = {"light", "medium-light", "medium", "medium-dark", "dark"};
    say(door, "‹");
    say(door, tones[point - 0x1F3FB]);
    say(door, " skin tone›");
    door->after_emoji = true;
}

/* Zero-width characters that are not marks but that honest text needs. */
static bool is_kept_format(int32_t point) {
    switch (point) {
    case POINT_ZERO_WIDTH_SPACE:
    case POINT_WORD_JOINER:
    case 0x200C: /* ZWNJ */
    case 0x200E: /* LRM */
    case 0x200F: /* RLM */
    case 0x061C: /* ALM */
        return true;
    default:
        return false;
    }
}

/* Variation selectors but U+FE0E and U+FE0F: each right behind what it varies. */
static bool is_kept_selector(const struct door *door, int32_t point) {
    if (door->joined > 0)
        return false;
    if (point >= 0xE0100)
        return point_columns(door->base) == 2 && point_is_letter(door->base);
    return !point_is_emoji(door->base);
}

static bool is_selector(int32_t point) {
    return (point >= 0xFE00 && point <= 0xFE0F) || (point >= 0xE0100 && point <= 0xE01EF);
}

/*
 * A code point without a cell, or a joiner or selector: joins the cell under way, is left out, or is spelt
 * out.
 */
static void show_joining(struct door *door, int32_t point, const char *bytes, size_t length) {
    bool reveal = (door->flags & CLEAN_REVEAL) != 0;
    bool letter = point_is_letter(point); /* vowels and finals of old Hangul */
    bool mark = (letter || point_is_mark(point)) && !is_selector(point) && point != 0x034F;
    bool full = door->joined >= CELL_POINTS - 1;
    bool kept = mark || (is_selector(point) ? is_kept_selector(door, point) : is_kept_format(point));

    if (point == 0x034F) /* CGJ only orders marks */
        kept = true;
    if (!reveal && (point == 0xFE0E || point == 0xFE0F))
        return;
    if (!reveal && point == POINT_JOINER && (door->after_emoji || point_is_letter(door->base)))
        return;
    if (full && mark) {
        if (reveal)
            spell_point(door, point);
        door->joined = CELL_POINTS - 1; /* the marks behind it have no place either */
        return;
    }
    if (mark && door->base == 0) {
        char circle[4];
        pass(door, circle, utf8_encode(circle, POINT_DOTTED_CIRCLE), 1, POINT_DOTTED_CIRCLE);
    }
    if (!kept || door->base == 0 || (reveal && !mark)) {
        spell_point(door, point);
    } else if (!full) {
        bool emoji = door->after_emoji;
        int joined = door->joined + 1;
        pass(door, bytes, length, 0, door->base);
        door->after_emoji = emoji;
        door->joined = joined;
    }
}

static bool is_blank(int32_t point, int category) {
    return category == UTF8PROC_CATEGORY_ZS || point == 0x115F || point == 0x3164 || point == 0x2800;
}

static void show_point(struct door *door, int32_t point, const char *bytes, size_t length) {
    int category = utf8proc_get_property(point)->category;
    int columns = point_columns(point);

    if (point == 0xE0001 || (point >= 0xE0020 && point <= 0xE007F)) {
        show_tag(door, point);
    } else if (is_skin_tone(point) && !(door->flags & CLEAN_REVEAL)) {
        show_skin_tone(door, point);
    } else if (columns == 0) {
        show_joining(door, point, bytes, length);
    } else if (columns < 0 || category == UTF8PROC_CATEGORY_CO || point == POINT_SOFT_HYPHEN || is_skin_tone(point)) {
        spell_point(door, point);
    } else if (door->flags & CLEAN_REVEAL && is_blank(point, category)) {
        if (point == POINT_NO_BREAK_SPACE)
            say(door, "⍽");
        else
            spell_point(door, point);
    } else {
        pass(door, bytes, length, (size_t)columns, point);
        door->after_emoji = point_is_emoji(point);
    }
}

/* The end of the run of bytes from `at` on that pass as they are; its cells and its last code point. */
static size_t plain_run(const struct door *door, struct slice in, size_t at, size_t *columns, int32_t *last) {
    unsigned char lowest = (door->flags & (CLEAN_REVEAL | CLEAN_SPACES)) == CLEAN_REVEAL ? 0x21 : 0x20;
    *columns = 0;
    while (at < in.length) {
        unsigned char byte = (unsigned char)in.data[at];
        int32_t point;
        int wide;
        size_t step;
        if (byte >= lowest && byte < 0x7F) {
            *last = byte;
            *columns += 1;
            at++;
            continue;
        }
        if (byte < 0xC2)
            break;
        step = utf8_decode(in.data + at, in.length - at, &point);
        if (step == 0 || !point_is_common(point, &wide))
            break;
        *last = point;
        *columns += (size_t)wide;
        at += step;
    }
    return at;
}

void text_clean(struct buffer *out, struct slice in, unsigned flags) {
    text_clean_said(out, in, flags, NULL);
}

void text_clean_said(struct buffer *out, struct slice in, unsigned flags, struct said_list *said) {
    struct door door = {.out = out, .flags = flags, .said = said};
    size_t at = 0;

    buffer_reserve(out, in.length);
    while (at < in.length) {
        size_t columns, step;
        int32_t point = 0;
        size_t end = plain_run(&door, in, at, &columns, &point);
        if (end > at) {
            pass(&door, in.data + at, end - at, columns, point);
            door.after_emoji = point_is_emoji(point);
            at = end;
            continue;
        }
        unsigned char byte = (unsigned char)in.data[at];
        step = utf8_decode(in.data + at, in.length - at, &point);
        if (step == 0) {
            spell_byte(&door, byte);
            step = 1;
        } else if (byte == '\n') {
            show_newline(&door);
        } else if (byte == '\t') {
            show_tab(&door);
        } else if (byte == ' ') { /* only when spaces are shown */
            say_blank(&door, "·");
        } else if (byte < 0x20 || byte == 0x7F) {
            bool pair = byte == '\r' && at + 1 < in.length && in.data[at + 1] == '\n';
            if (!pair || flags & CLEAN_REVEAL)
                show_control(&door, byte);
        } else {
            show_point(&door, point, in.data + at, step);
        }
        at += step;
    }
}
