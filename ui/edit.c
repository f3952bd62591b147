#include "ui/edit.h"

#include <string.h>

#include "core/text/clean.h"
#include "core/text/clip.h"
#include "core/text/grapheme.h"
#include "core/text/utf8.h"
#include "core/text/wrap.h"
#include "ui/keymap.h"
#include "ui/paint.h"

#include "core/base/banned.h"

void edit_init(struct edit *edit, bool lines, size_t most) {
    *edit = (struct edit){.text = BUFFER_INIT, .lines = lines, .most = most, .goal = -1};
}

void edit_release(struct edit *edit) {
    buffer_release(&edit->text);
}

/* What a field may hold of it: no controls, no bidi embeddings, overrides or isolates, no invalid bytes. */
static void strip(struct buffer *out, struct slice in, bool lines) {
    for (size_t at = 0; at < in.length;) {
        int32_t point;
        size_t step = utf8_decode(in.data + at, in.length - at, &point);
        if (step == 0) {
            at++;
            continue;
        }
        bool second_of_pair = point == '\n' && at > 0 && in.data[at - 1] == '\r';
        if (point == '\n' || point == '\r' || point == 0x2028 || point == 0x2029) {
            if (!second_of_pair)
                buffer_add_char(out, lines ? '\n' : ' ');
        } else if (point == '\t') {
            buffer_add_char(out, ' ');
        } else if (point >= ' ' && !(point >= 0x7f && point < 0xa0) && !(point >= 0x202a && point <= 0x202e) &&
                   !(point >= 0x2066 && point <= 0x2069)) {
            buffer_add(out, in.data + at, step);
        }
        at += step;
    }
}

/* The cluster boundary at or behind `at`: typing a combining mark can put the cursor into one. */
static size_t boundary(struct slice text, size_t at) {
    size_t here = text_paragraph(text, at < text.length ? at : text.length);
    while (here < at && here < text.length)
        here = grapheme_next(text, here);
    return here;
}

void edit_set(struct edit *edit, struct slice text) {
    struct buffer stripped = BUFFER_INIT;
    strip(&stripped, text, edit->lines);
    buffer_clear(&edit->text);
    buffer_add_slice(&edit->text, buffer_slice(&stripped));
    buffer_release(&stripped);
    edit->cursor = edit->text.length;
    edit->goal = -1;
}

static void replace(struct edit *edit, size_t start, size_t end, struct slice with) {
    struct buffer next = BUFFER_INIT;
    buffer_add(&next, edit->text.data, start);
    buffer_add_slice(&next, with);
    buffer_add(&next, edit->text.data + end, edit->text.length - end);
    buffer_release(&edit->text);
    edit->text = next;
    edit->cursor = boundary(buffer_slice(&edit->text), start + with.length);
    edit->goal = -1;
}

bool edit_insert(struct edit *edit, struct slice text) {
    struct buffer stripped = BUFFER_INIT;
    strip(&stripped, text, edit->lines);
    bool fits = stripped.length <= edit->most && edit->text.length <= edit->most - stripped.length;
    if (fits)
        replace(edit, edit->cursor, edit->cursor, buffer_slice(&stripped));
    buffer_release(&stripped);
    return fits;
}

/* Letters and digits of every script: what is not ASCII and not a space is taken for one. */
static bool in_word(struct slice text, size_t at) {
    unsigned char c = (unsigned char)text.data[at];
    int32_t point;
    if (c < 0x80)
        return (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || c == '_';
    return utf8_decode(text.data + at, text.length - at, &point) > 0 && point != 0xa0 && point != 0x3000 &&
           !(point >= 0x2000 && point <= 0x206f) && !(point >= 0x3001 && point <= 0x3002);
}

static size_t word_left(struct slice text, size_t at) {
    bool word = false;
    while (at > 0) {
        size_t before = grapheme_previous(text, at);
        if (in_word(text, before))
            word = true;
        else if (word)
            break;
        at = before;
    }
    return at;
}

static size_t word_right(struct slice text, size_t at) {
    bool word = false;
    while (at < text.length) {
        if (in_word(text, at))
            word = true;
        else if (word)
            break;
        at = grapheme_next(text, at);
    }
    return at;
}

static size_t line_end(struct slice text, size_t at) {
    const char *newline = memchr(text.data + at, '\n', text.length - at);
    return newline ? (size_t)(newline - text.data) : text.length;
}

/* --- the text as it is drawn: cleaned and wrapped, one cell kept free for the cursor --- */

static int wrap_columns(int columns) {
    return columns > 3 ? columns - 1 : 2;
}

/* Bytes of the cleaned text before byte `at` of the text. */
static size_t to_clean(struct slice text, size_t at) {
    struct buffer clean = BUFFER_INIT;
    text_clean(&clean, slice_make(text.data, at), CLEAN_LINES);
    size_t length = clean.length;
    buffer_release(&clean);
    return length;
}

/* The other way: the first boundary of the text whose cleaned place is at or behind `wanted`. */
static size_t from_clean(struct slice text, size_t wanted) {
    size_t low = 0, high = text.length;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        while (middle > low && ((unsigned char)text.data[middle] & 0xc0) == 0x80)
            middle--;
        if (to_clean(text, middle) >= wanted)
            high = middle;
        else
            low = utf8_next(text, middle);
    }
    return boundary(text, low);
}

/* The wrapped row that holds byte `at` of the cleaned text; an empty last row behind a final newline counts. */
static size_t row_of(struct slice clean, int columns, size_t at, struct text_line *found) {
    struct text_line line = {.newline = true};
    size_t row = 0;
    for (size_t start = 0; text_wrap(clean, start, columns, &line); start = line.next, row++) {
        if (at < line.next || (line.next >= clean.length && !line.newline)) {
            *found = line;
            return row;
        }
    }
    *found = (struct text_line){.start = clean.length, .end = clean.length, .next = clean.length};
    return row;
}

static int column_in(struct slice clean, const struct text_line *line, size_t at, int columns) {
    size_t cells = at > line->start ? text_columns(slice_make(clean.data + line->start, at - line->start)) : 0;
    return cells > (size_t)columns ? columns : (int)cells;
}

/* One row up (-1) or down (1), in the goal column. */
static void move_row(struct edit *edit, int direction) {
    struct slice text = buffer_slice(&edit->text);
    struct buffer buffer = BUFFER_INIT;
    struct text_line line, target = {0};
    text_clean(&buffer, text, CLEAN_LINES);
    struct slice clean = buffer_slice(&buffer);
    int columns = wrap_columns(edit->columns > 0 ? edit->columns : 80);
    size_t at = to_clean(text, edit->cursor), row = row_of(clean, columns, at, &line);
    int goal = edit->goal >= 0 ? edit->goal : column_in(clean, &line, at, columns);
    bool there = false;
    if (direction < 0 && row > 0) {
        size_t i = 0;
        for (size_t start = 0; i < row && text_wrap(clean, start, columns, &target); start = target.next)
            i++;
        there = true;
    } else if (direction > 0 && (line.next < clean.length || line.newline)) {
        row_of(clean, columns, line.next, &target);
        there = true;
    }
    if (there) {
        struct slice seen = slice_make(clean.data + target.start, target.end - target.start);
        edit->cursor = from_clean(text, target.start + text_at_column(seen, (size_t)goal));
        edit->goal = goal;
    } else {
        edit->cursor = direction < 0 ? 0 : text.length;
    }
    buffer_release(&buffer);
}

static enum edit_result move_to(struct edit *edit, size_t at) {
    edit->cursor = at;
    edit->goal = -1;
    return EDIT_MOVED;
}

static enum edit_result erase_between(struct edit *edit, size_t start, size_t end) {
    if (start == end)
        return EDIT_MOVED;
    replace(edit, start, end, slice_of(""));
    return EDIT_CHANGED;
}

static enum edit_result do_request(struct edit *edit, enum request request) {
    struct slice text = buffer_slice(&edit->text);
    size_t at = edit->cursor;
    switch (request) {
    case REQUEST_END_TYPING:
        return EDIT_ENDED;
    case REQUEST_EDITOR:
        return EDIT_EDITOR;
    case REQUEST_NEW_LINE:
        return !edit->lines ? EDIT_IGNORED : edit_insert(edit, slice_of("\n")) ? EDIT_CHANGED : EDIT_FULL;
    case REQUEST_CURSOR_LEFT:
        return move_to(edit, at > 0 ? grapheme_previous(text, at) : 0);
    case REQUEST_CURSOR_RIGHT:
        return move_to(edit, grapheme_next(text, at));
    case REQUEST_CURSOR_UP:
        move_row(edit, -1);
        return EDIT_MOVED;
    case REQUEST_CURSOR_DOWN:
        move_row(edit, 1);
        return EDIT_MOVED;
    case REQUEST_WORD_LEFT:
        return move_to(edit, word_left(text, at));
    case REQUEST_WORD_RIGHT:
        return move_to(edit, word_right(text, at));
    case REQUEST_LINE_START:
        return move_to(edit, text_paragraph(text, at));
    case REQUEST_LINE_END:
        return move_to(edit, line_end(text, at));
    case REQUEST_ERASE:
        return erase_between(edit, at > 0 ? grapheme_previous(text, at) : 0, at);
    case REQUEST_ERASE_NEXT:
        return erase_between(edit, at, grapheme_next(text, at));
    case REQUEST_ERASE_WORD:
        return erase_between(edit, word_left(text, at), at);
    case REQUEST_ERASE_REST: {
        size_t end = line_end(text, at);
        return erase_between(edit, at, end == at && end < text.length ? end + 1 : end);
    }
    default:
        return EDIT_IGNORED;
    }
}

enum edit_result edit_key(struct edit *edit, const struct key *key) {
    if (key->kind == ON_PASTE)
        return edit_insert(edit, key->text) ? EDIT_CHANGED : EDIT_FULL;
    if (key_types(*key)) {
        char bytes[4];
        size_t before = edit->text.length;
        if (!edit_insert(edit, slice_make(bytes, utf8_encode(bytes, (int32_t)key->code))))
            return EDIT_FULL;
        return edit->text.length == before ? EDIT_IGNORED : EDIT_CHANGED;
    }
    return do_request(edit, keymap_lookup(*key, IN_TYPING));
}

int edit_rows(const struct edit *edit, int columns) {
    struct buffer clean = BUFFER_INIT;
    text_clean(&clean, buffer_slice(&edit->text), CLEAN_LINES);
    struct text_line line;
    size_t row = row_of(buffer_slice(&clean), wrap_columns(columns), clean.length, &line);
    buffer_release(&clean);
    return row < 0x7fff ? (int)row + 1 : 0x7fff;
}

void edit_draw(struct edit *edit, struct surface *surface, struct rect area, enum ink ink, bool focused) {
    edit->columns = area.columns;
    if (rect_empty(area))
        return;
    struct buffer buffer = BUFFER_INIT;
    text_clean(&buffer, buffer_slice(&edit->text), CLEAN_LINES);
    struct slice clean = buffer_slice(&buffer);
    struct text_line line;
    int columns = wrap_columns(area.columns);
    size_t at = to_clean(buffer_slice(&edit->text), edit->cursor), row = row_of(clean, columns, at, &line);
    int column = column_in(clean, &line, at, columns);
    if (row < edit->top)
        edit->top = row;
    if (row >= edit->top + (size_t)area.rows)
        edit->top = row - (size_t)area.rows + 1;
    size_t room = (size_t)area.rows, total = text_wrap_count(clean, 0, columns, row + room);
    total = total > row ? total : row + 1; /* the cursor stands behind a last newline */
    if (edit->top + room > total)          /* no empty rows while text stands above */
        edit->top = total > room ? total - room : 0;
    size_t i = 0;
    for (size_t start = 0; text_wrap(clean, start, columns, &line); start = line.next, i++) {
        if (i >= edit->top + (size_t)area.rows)
            break;
        if (i >= edit->top)
            paint_clean(surface, area, (int)(i - edit->top), 0, ink,
                        slice_make(clean.data + line.start, line.end - line.start));
    }
    if (focused)
        surface_set_cursor(surface, area.row + (int)(row - edit->top),
                           area.column + (column < area.columns ? column : area.columns - 1));
    buffer_release(&buffer);
}
