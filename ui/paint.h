/*
 * Drawing into a rectangle of a surface. row and column count from the area's corner; nothing is ever drawn outside the area,
 * whatever the arguments. Every text goes through core/text's door on its way, so anything may be passed.
 */
#ifndef UI_PAINT_H
#define UI_PAINT_H

#include <stddef.h>

#include "core/base/slice.h"
#include "ui/surface.h"

/*
 * A text on one row from `column` to the area's right edge; `…` ends it when it does not fit. Newlines are shown as ⏎.
 * Returns the column behind it (to go on there), `column` when nothing was drawn.
 */
int paint_text(struct surface *surface, struct rect area, int row, int column, enum ink ink, struct slice text);
int paint_string(struct surface *surface, struct rect area, int row, int column, enum ink ink, const char *text);
int paint_format(struct surface *surface, struct rect area, int row, int column, enum ink ink, const char *format, ...)
    __attribute__((format(printf, 6, 7)));

/* In at most `columns` cells, the rest of them filled with spaces; for the columns of a table. Right-aligned likewise. */
int paint_fit(struct surface *surface, struct rect area, int row, int column, int columns, enum ink ink,
              struct slice text);
int paint_fit_right(struct surface *surface, struct rect area, int row, int column, int columns, enum ink ink,
                    struct slice text);

/* Ends at the area's right edge, `margin` cells before it. Returns the column where it starts. */
int paint_right(struct surface *surface, struct rect area, int row, int margin, enum ink ink, struct slice text);
int paint_right_string(struct surface *surface, struct rect area, int row, int margin, enum ink ink, const char *text);

/* In the middle of the row. */
void paint_centre(struct surface *surface, struct rect area, int row, enum ink ink, struct slice text);

/*
 * A text wrapped at words into the area from `row` on; returns the row behind it, at most area.rows. What does not fit is left
 * out, and `…` ends the last row.
 */
int paint_paragraph(struct surface *surface, struct rect area, int row, enum ink ink, struct slice text);

/*
 * Cleaned text without newline from byte `start` to `end`, as it is: no door, no `…`, cut at the edges by whole characters.
 * For text that was cleaned and measured before (text_view, edit). Returns the column behind it.
 */
int paint_clean(struct surface *surface, struct rect area, int row, int column, enum ink ink, struct slice text);

/* Blanks of this ink. */
void paint_fill(struct surface *surface, struct rect area, enum ink ink);

/*
 * ─ over the whole row; │ over the whole column. They join the lines that are there (in INK_RULE): crossing makes ┼, beginning or
 * ending on one makes ┬ ┴ ├ ┤. So an area includes the rule that its upright hangs from.
 */
void paint_rule(struct surface *surface, struct rect area, int row);
void paint_upright(struct surface *surface, struct rect area, int column);

/* ███▌··· : `columns` cells, `share` (0 to 1, clamped; NaN is 0) of them full, in halves. The rest in INK_DIM. */
void paint_bar(struct surface *surface, struct rect area, int row, int column, int columns, double share, enum ink ink);

/*
 * ▁▂▃▄▅▆▇█ : one column a value, 0 to `top` (values are clamped; NaN is a blank; 0 is ▁). When there are more values than
 * cells, the last ones are shown. Returns the column behind it.
 */
int paint_spark(struct surface *surface, struct rect area, int row, int column, const double *values, size_t count,
                double top, enum ink ink);

#endif
