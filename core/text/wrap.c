/*
 * Greedy line breaking over pieces (text_unit): the last place where a break is allowed is remembered, and
 * used when the next piece does not fit. Whether a break is allowed depends on the two pieces beside it and
 * the one before them.
 */
#include "core/text/wrap.h"

#include <string.h>
#include <utf8proc.h>

#include "core/text/grapheme.h"
#include "core/text/points.h"
#include "core/text/utf8.h"

#include "core/base/banned.h"

enum breaking {
    BREAK_NONE, /* no piece: the start of a line */
    BREAK_LETTER,
    BREAK_WORD, /* digits, signs and symbols that stay with their word */
    BREAK_SPACE,
    BREAK_GLUE,      /* no-break space, straight quotes */
    BREAK_IDEOGRAPH, /* breaks on both sides */
    BREAK_OPEN,      /* never behind it */
    BREAK_CLOSE,     /* never before it */
    BREAK_HYPHEN,    /* behind it, between letters */
    BREAK_SYLLABLE,  /* Thai, Lao, Khmer, Burmese: words without spaces between them */
};

struct piece {
    size_t start, end;
    int columns;
    int32_t point; /* its first code point */
    enum breaking breaking;
};

/* A line so far, or one that could end here. */
struct ending {
    size_t end, next;
    int columns;
};

static bool between(int32_t point, int32_t first, int32_t last) {
    return point >= first && point <= last;
}

static enum breaking breaking_of_ascii(int32_t point) {
    switch (point) {
    case ' ':
        return BREAK_SPACE;
    case '"':
    case '\'':
        return BREAK_GLUE;
    case '-':
    case '/':
        return BREAK_HYPHEN;
    case '(':
    case '[':
    case '{':
        return BREAK_OPEN;
    case ')':
    case ']':
    case '}':
    case '!':
    case ',':
    case '.':
    case ':':
    case ';':
    case '?':
    case '%':
        return BREAK_CLOSE;
    default:
        return between(point | 0x20, 'a', 'z') ? BREAK_LETTER : BREAK_WORD;
    }
}

/*
 * What may not start a line in Chinese and Japanese, beyond closing brackets and quotes (JIS X 4051,
 * simplified).
 */
static bool starts_no_line(int32_t point) {
    static const int32_t marks[] = {
        0x2025, 0x2026, 0x203C, 0x2047, 0x2048, 0x2049, 0x3001, 0x3002, 0x3005, 0x301C, 0x303B, 0x3041, 0x3043, 0x3045,
        0x3047, 0x3049, 0x3063, 0x3083, 0x3085, 0x3087, 0x308E, 0x3095, 0x3096, 0x309D, 0x309E, 0x30A1, 0x30A3, 0x30A5,
        0x30A7, 0x30A9, 0x30C3, 0x30E3, 0x30E5, 0x30E7, 0x30EE, 0x30F5, 0x30F6, 0x30FB, 0x30FC, 0x30FD, 0x30FE, 0xFF01,
        0xFF05, 0xFF0C, 0xFF0E, 0xFF1A, 0xFF1B, 0xFF1F, 0xFF5E, 0xFF61, 0xFF64, 0xFF65, 0xFF70,
    };
    size_t low = 0, high = sizeof marks / sizeof *marks;
    if (between(point, 0x31F0, 0x31FF) || between(point, 0xFF67, 0xFF6F))
        return true;
    while (low < high) {
        size_t middle = (low + high) / 2;
        if (marks[middle] < point)
            low = middle + 1;
        else
            high = middle;
    }
    return low < sizeof marks / sizeof *marks && marks[low] == point;
}

static bool is_hangul(int32_t point) {
    return between(point, 0xAC00, 0xD7FF) || between(point, 0x1100, 0x11FF) || between(point, 0x3130, 0x318F) ||
           between(point, 0xA960, 0xA97F) || between(point, 0xFFA1, 0xFFDC);
}

static bool is_syllabic(int32_t point) {
    return between(point, 0x0E00, 0x0EFF) || between(point, 0x1000, 0x109F) || between(point, 0x1780, 0x17FF);
}

static enum breaking breaking_of(int32_t point) {
    int category;
    if (point < 0x80)
        return breaking_of_ascii(point);
    if (between(point, 0x4E00, 0x9FFC))
        return BREAK_IDEOGRAPH;
    if (point == POINT_NO_BREAK_SPACE || point == 0x2007 || point == 0x2011 || point == 0x202F)
        return BREAK_GLUE;
    if (point == 0x2010 || point == 0x2013 || point == 0x2014)
        return BREAK_HYPHEN;
    if (starts_no_line(point))
        return BREAK_CLOSE;
    if (is_hangul(point))
        return BREAK_LETTER;
    category = utf8proc_get_property(point)->category;
    switch (category) {
    case UTF8PROC_CATEGORY_ZS:
        return BREAK_SPACE;
    case UTF8PROC_CATEGORY_PS:
    case UTF8PROC_CATEGORY_PI:
        return BREAK_OPEN;
    case UTF8PROC_CATEGORY_PE:
    case UTF8PROC_CATEGORY_PF:
        return BREAK_CLOSE;
    case UTF8PROC_CATEGORY_ND:
        return BREAK_WORD;
    default:
        break;
    }
    if (is_syllabic(point))
        return BREAK_SYLLABLE;
    if (point_columns(point) == 2 || between(point, 0x1F1E6, 0x1F1FF) || between(point, 0xFF66, 0xFF9D))
        return BREAK_IDEOGRAPH;
    return category <= UTF8PROC_CATEGORY_LO && category != UTF8PROC_CATEGORY_CN ? BREAK_LETTER : BREAK_WORD;
}

/* Whether no code point at `at` can join the common one before it. */
static bool apart_at(struct slice text, size_t at) {
    int32_t point;
    int columns;
    return at >= text.length || (unsigned char)text.data[at] < 0x80 ||
           (utf8_decode(text.data + at, text.length - at, &point) != 0 && point_is_common(point, &columns));
}

/* Whether nothing visible hangs on a space: directional marks may, a combining mark may not. */
static bool is_bare(struct slice text, size_t at, size_t end) {
    while (at < end) {
        int32_t point = 0xFFFD;
        size_t step = utf8_decode(text.data + at, end - at, &point);
        if (point_columns(point) != 0 || point_is_mark(point) || point_is_letter(point))
            return false;
        at += step;
    }
    return true;
}

static struct piece piece_at(struct slice text, size_t at) {
    struct piece piece = {.start = at, .point = 0xFFFD};
    unsigned char byte = (unsigned char)text.data[at];
    size_t step;

    if (byte >= 0x20 && byte < 0x7F && (at + 1 == text.length || (unsigned char)text.data[at + 1] < 0x80))
        return (struct piece){at, at + 1, 1, byte, breaking_of_ascii(byte)};
    step = utf8_decode(text.data + at, text.length - at, &piece.point);
    if (point_is_common(piece.point, &piece.columns) && apart_at(text, at + step))
        piece.end = at + step;
    else
        piece.end = text_unit(text, at, &piece.columns);
    piece.breaking = breaking_of(piece.point);
    if (piece.breaking == BREAK_SPACE && !is_bare(text, at + step, piece.end))
        piece.breaking = BREAK_WORD;
    return piece;
}

static bool ends_with(struct slice text, const struct piece *piece, const char *bytes) {
    return piece->end - piece->start >= 3 && memcmp(text.data + piece->end - 3, bytes, 3) == 0;
}

/*
 * Between two syllables: not behind a leading vowel or a sign that stacks, not before a trailing vowel or a
 * final.
 */
static bool may_break_syllables(struct slice text, const struct piece *before, const struct piece *after) {
    int32_t left = before->point, right = after->point;
    bool leading = between(left, 0x0E40, 0x0E44) || between(left, 0x0EC0, 0x0EC4);
    bool trailing = between(right, 0x0E2F, 0x0E33) || between(right, 0x0E45, 0x0E46) ||
                    between(right, 0x0EAF, 0x0EB3) || right == 0x0EC6 || between(right, 0x17D4, 0x17D5) ||
                    between(right, 0x104A, 0x104B);
    bool stacked = ends_with(text, before, "\xE1\x9F\x92") || ends_with(text, before, "\xE1\x80\xB9");
    bool final = after->end - after->start >= 6 && memcmp(text.data + after->start + 3, "\xE1\x80\xBA", 3) == 0;
    return !leading && !trailing && !stacked && !final;
}

/* Whether a line may end between two pieces that are not spaces; `earlier` is what stands before them. */
static bool may_break(struct slice text, enum breaking earlier, const struct piece *before, const struct piece *after) {
    enum breaking left = before->breaking, right = after->breaking;
    if (left == BREAK_LETTER && right == BREAK_LETTER && before->end - before->start == 1)
        return false;                            /* most of the time */
    if (ends_with(text, before, "\xE2\x80\x8B")) /* zero-width space */
        return true;
    if (ends_with(text, before, "\xE2\x81\xA0")) /* word joiner */
        return false;
    if (left == BREAK_GLUE || right == BREAK_GLUE)
        return false;
    if (left == BREAK_OPEN || right == BREAK_CLOSE)
        return false;
    if (left == BREAK_IDEOGRAPH || right == BREAK_IDEOGRAPH)
        return true;
    if (left == BREAK_HYPHEN)
        return earlier == BREAK_LETTER && right == BREAK_LETTER;
    if (left == BREAK_SYLLABLE && right == BREAK_SYLLABLE)
        return may_break_syllables(text, before, after);
    /* closing and opening marks of full width count as ideographs on their outer side */
    return (left == BREAK_CLOSE && before->columns == 2) || (right == BREAK_OPEN && after->columns == 2);
}

/*
 * As many code points of a piece that is wider than the line as fit; a code point without a cell stays with
 * its base.
 */
static struct ending split_piece(struct slice text, const struct piece *piece, int columns) {
    struct ending split = {piece->start, piece->start, 0};
    while (split.end < piece->end) {
        int32_t point;
        size_t step = utf8_decode(text.data + split.end, piece->end - split.end, &point);
        int wide = step ? point_columns(point) : 0;
        if (wide > 0 && split.columns + wide > columns)
            break;
        split.columns += wide > 0 ? wide : 0;
        split.end += step ? step : 1;
    }
    split.next = split.end;
    return split;
}

static bool end_line(struct text_line *line, size_t start, struct ending ending, bool newline) {
    *line = (struct text_line){start, ending.end, ending.next, ending.columns, newline};
    return true;
}

bool text_wrap(struct slice text, size_t at, int columns, struct text_line *line) {
    struct ending content = {at, at, 0}; /* up to the last piece that is not a space */
    struct ending allowed = {at, at, 0}; /* the last place to break; next == at while there is none */
    struct piece before = {.breaking = BREAK_NONE};
    enum breaking earlier = BREAK_NONE;
    int used = 0; /* cells, spaces included */
    size_t start = at;

    if (at >= text.length)
        return false;
    columns = columns < 2 ? 2 : columns;
    for (;;) {
        if (at == text.length || text.data[at] == '\n') {
            bool newline = at < text.length;
            content.next = newline ? at + 1 : at;
            return end_line(line, start, content, newline);
        }
        struct piece piece = piece_at(text, at);
        if (piece.breaking == BREAK_SPACE) {
            /* spaces hang; what follows them may start a line once there is something on this one */
            used = used + piece.columns > columns ? columns : used + piece.columns;
            allowed = (struct ending){content.end, piece.end, content.columns};
            if (content.end == start && used < columns)
                allowed.next = start;
        } else {
            bool first = before.breaking == BREAK_NONE || before.breaking == BREAK_SPACE;
            if (!first && may_break(text, earlier, &before, &piece))
                allowed = (struct ending){at, at, used};
            if (used + piece.columns > columns) {
                if (allowed.next > start)
                    return end_line(line, start, allowed, false);
                if (at > start)
                    return end_line(line, start, (struct ending){content.end, at, content.columns}, false);
                return end_line(line, start, split_piece(text, &piece, columns), false);
            }
            used += piece.columns;
            content = (struct ending){piece.end, piece.end, used};
        }
        earlier = before.breaking;
        before = piece;
        at = piece.end;
    }
}

size_t text_paragraph(struct slice text, size_t at) {
    while (at > 0 && text.data[at - 1] != '\n')
        at--;
    return at;
}

size_t text_wrap_count(struct slice text, size_t at, int columns, size_t most) {
    struct text_line line;
    size_t count = 0;
    for (; count < most && text_wrap(text, at, columns, &line); at = line.next)
        count++;
    return count;
}
