/*
 * Cleaned text of one line into exactly or at most so many cells. A wide character is never cut in half.
 */
#ifndef CORE_TEXT_CLIP_H
#define CORE_TEXT_CLIP_H

#include <stdbool.h>
#include <stddef.h>

#include "core/base/buffer.h"
#include "core/base/slice.h"

enum text_align { TEXT_LEFT, TEXT_RIGHT, TEXT_CENTRE };

/*
 * Adds the text if it fits into `columns` cells, else as much as fits with `…` behind it. Returns the cells
 * added.
 */
int text_clip(struct buffer *out, struct slice text, int columns);

/*
 * The same, filled up with spaces to exactly `columns` cells. TEXT_LEFT is text at the left, spaces behind
 * it.
 */
void text_fit(struct buffer *out, struct slice text, int columns, enum text_align align);

/* A window on a long line that is moved sideways. */
struct text_window {
    size_t start, end; /* what is drawn: [start, end) */
    int before;        /* blank cells first, where the left edge cuts a wide character: seldom more than 1 */
    int columns;       /* cells of [start, end) */
    bool more_left;    /* something stands left of the window */
    bool more_right;   /* and right of it */
};

/*
 * What a window of `columns` cells shows of the line, starting at cell `from`. before + columns is at most
 * `columns`.
 */
struct text_window text_window(struct slice line, size_t from, int columns);

/*
 * The byte offset of the unit (text_unit) that covers cell `column`; text.length when the text ends before
 * it.
 */
size_t text_at_column(struct slice text, size_t column);

#endif
