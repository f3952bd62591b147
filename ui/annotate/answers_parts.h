/* What answers.c and answers_dense.c share; not for other files. */
#ifndef UI_ANNOTATE_ANSWERS_PARTS_H
#define UI_ANNOTATE_ANSWERS_PARTS_H

#include "ui/annotate/answers.h"
#include "ui/annotate/choices.h"

enum { ANSWERS_MARGIN = 3 /* " ▸ " */ };

const char *answer_row_label(const struct form *form, size_t row);
size_t answer_row_choices(const struct form *form, size_t row, struct choice choices[10]);

/* The spots drawn from now on belong to this row, and to this cell of it (a screen position; ANSWERS_NO_CELL: to the whole row). */
enum { ANSWERS_NO_CELL = LIMIT_RESPONSES };
void answer_stands(struct surface *surface, size_t row, size_t cell);

/* The area leads to the row. */
void answer_leads(struct surface *surface, struct rect area, size_t row);

/* Choices from the left edge of the area, where the cell before it is free for a bracket. Returns the column behind them. */
int answer_draw_choices(struct surface *surface, struct rect area, const struct choice *choices, size_t count);

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

/* A criterion's cells, sides or letters in one row. */
void answer_draw_criterion(const struct form *form, size_t row, struct surface *surface, struct rect line);

/* Columns that the cells or sides of a criterion want. */
int answer_criterion_columns(const struct form *form, const struct criterion *criterion);

/* answers_ranked.c: the order so far and what is left, with a second row the pairs that it implies; how clear first place is; the best by a
 * criterion; ratings, how many responses have one, and the columns that they want. */
void answer_draw_ranking(const struct form *form, struct surface *surface, struct rect area);
void answer_draw_first(const struct form *form, size_t row, struct surface *surface, struct rect area);
void answer_draw_best(const struct form *form, size_t row, struct surface *surface, struct rect area);
void answer_draw_cells(const struct form *form, size_t row, struct surface *surface, struct rect line);
size_t answer_rated(const struct form *form, size_t row);
int answer_cells_columns(const struct form *form, const struct criterion *criterion);

/* The reason in the area, typed or as it stands, and its count at the right. */
void answer_draw_why(const struct answers *answers, struct surface *surface, struct rect area);

/* The two rows of a small screen. */
void answers_draw_dense(const struct answers *answers, struct surface *surface, struct rect area);

#endif
