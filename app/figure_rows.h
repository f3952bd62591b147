/* Rows of a Markdown table that holds figures before something and after it: "| label | 61 % [50–73], 40 items | … |". */
#ifndef APP_FIGURE_ROWS_H
#define APP_FIGURE_ROWS_H

#include "core/base/buffer.h"
#include "core/quality/figure.h"

/* "61 % [50–73], 40 items", or "n/a: " and why. share: as percent. unit: what n counts, in the singular. */
void figure_words(struct buffer *out, const struct figure *figure, bool share, const char *unit);

/* after: NULL where the table has one column. */
void figure_row(struct buffer *out, const char *label, const struct figure *before, const struct figure *after,
                bool share, const char *unit);
/* The alpha of a criterion. */
void figure_row_criterion(struct buffer *out, const char *id, const struct figure *before, const struct figure *after);

#endif
