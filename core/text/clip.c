#include "core/text/clip.h"

#include "core/text/grapheme.h"

#include "core/base/banned.h"

int text_clip(struct buffer *out, struct slice text, int columns) {
    size_t at = 0, kept = 0;
    int used = 0, kept_columns = 0; /* kept: what still leaves a cell for the … */

    while (at < text.length) {
        int wide;
        size_t end = text_unit(text, at, &wide);
        if (text.data[at] == '\n' || used + wide > columns)
            break;
        used += wide;
        at = end;
        if (used < columns) {
            kept = at;
            kept_columns = used;
        }
    }
    if (at == text.length) {
        buffer_add(out, text.data, text.length);
        return used;
    }
    if (columns < 1)
        return 0;
    buffer_add(out, text.data, kept);
    buffer_add_string(out, "…");
    return kept_columns + 1;
}

void text_fit(struct buffer *out, struct slice text, int columns, enum text_align align) {
    struct buffer clipped = BUFFER_INIT;
    int spare = columns - text_clip(&clipped, text, columns);
    int before = align == TEXT_RIGHT ? spare : align == TEXT_CENTRE ? spare / 2 : 0;

    if (spare > 0)
        buffer_add_repeated(out, " ", (size_t)before);
    buffer_add_slice(out, buffer_slice(&clipped));
    if (spare > 0)
        buffer_add_repeated(out, " ", (size_t)(spare - before));
    buffer_release(&clipped);
}

struct text_window text_window(struct slice line, size_t from, int columns) {
    struct text_window window = {.more_left = from > 0};
    size_t at = 0, column = 0;
    int wide, used;

    while (at < line.length && line.data[at] != '\n' && column < from) {
        at = text_unit(line, at, &wide);
        column += (size_t)wide;
    }
    if (column < from) { /* the line ends left of the window */
        window.start = window.end = at;
        window.more_left = at > 0;
        return window;
    }
    columns = columns > 0 ? columns : 0;
    used = column - from < (size_t)columns ? (int)(column - from) : columns;
    window.before = used;
    window.start = at;
    while (at < line.length && line.data[at] != '\n') {
        size_t end = text_unit(line, at, &wide);
        if (used + wide > columns) {
            window.more_right = true;
            break;
        }
        used += wide;
        at = end;
    }
    window.end = at;
    window.columns = used - window.before;
    return window;
}

size_t text_at_column(struct slice text, size_t column) {
    size_t at = 0, left = 0;
    while (at < text.length && text.data[at] != '\n') {
        int wide;
        size_t end = text_unit(text, at, &wide);
        left += (size_t)wide;
        if (left > column)
            return at;
        at = end;
    }
    return at;
}
