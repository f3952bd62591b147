/* What answers.c and answers_dense.c share; not for other files. */
#ifndef UI_ANNOTATE_ANSWERS_PARTS_H
#define UI_ANNOTATE_ANSWERS_PARTS_H

#include "ui/annotate/answers.h"
#include "ui/annotate/choices.h"

enum { ANSWERS_MARGIN = 3 /* " ▸ " */ };

const char *answer_row_label(const struct form *form, size_t row);
size_t answer_row_choices(const struct form *form, size_t row, struct choice choices[10]);

/* Tags or flags. */
bool answer_is_marks(const struct form *form, size_t row);

/* A row of choices, which may take a second row on the screen. */
bool answer_may_fold(const struct form *form, size_t row);

/* "38/12": characters of the reason, and how many it must have. */
void answer_why_count(const struct answers *answers, struct buffer *out);

/* "4 of 5". */
void answer_progress(const struct form *form, struct buffer *out);

/* What the row at ▸ is about; with_ask: the question of a criterion too. */
void answer_explain(const struct answers *answers, bool with_ask, struct buffer *out);

/* A criterion's cells or sides from (y, column); returns the column behind them. */
int answer_draw_criterion(const struct form *form, size_t row, struct surface *surface, struct rect area, int y,
                          int column);

/* The reason in the area, typed or as it stands, and its count at the right. */
void answer_draw_why(const struct answers *answers, struct surface *surface, struct rect area);

/* The two rows of a small screen. */
void answers_draw_dense(const struct answers *answers, struct surface *surface, struct rect area);

#endif
