/*
 * The answer rows below the texts, drawn from a form: what is asked, what each digit would say, what is taken, where ▸ stands.
 *
 * Roomy: one row for each row of the form (choices that do not fit take two) and a last one that explains the row at ▸, or is the
 * submit row. Dense: the row at ▸ and a line with what is answered. Heights depend on rubric and size alone, so that nothing jumps.
 */
#ifndef UI_ANNOTATE_ANSWERS_H
#define UI_ANNOTATE_ANSWERS_H

#include <stdbool.h>

#include "core/work/form.h"
#include "ui/edit.h"
#include "ui/surface.h"

struct answers {
    const struct form *form;
    struct edit *why; /* the reason while it is typed; NULL: not typing */
    bool dense;
    int why_rows; /* roomy: rows of the reason */
};

/* Decides for a screen of so many rows; `columns` is the width of the answer area. Returns the rows that answers_draw will use. */
int answers_measure(struct answers *answers, int screen_rows, int columns);

/* Its spots: a choice is its key, the row in hand of submit is Enter, and the rest of a row leads to the row. */
void answers_draw(const struct answers *answers, struct surface *surface, struct rect area);

/* ▸ to where a spot stands. */
void answers_stand(struct form *form, const struct spot *spot);

/* "A better", "tie", "none"; "B slightly" in the order shown; "–" for nothing. Of a pair, for lists. */
const char *answer_words(const struct rubric *rubric, const char *shown, int prefer, int strength);

/* The same for any number of responses; of three or more: "B > A = C, much better", "C first" where no order is known. Adds to out. */
void answer_say(struct buffer *out, const struct rubric *rubric, const char *shown, int prefer, const char *ranking,
                int strength);

/* An order in the letters of the screen: "B > A = C". Adds to out. */
void answer_order(struct buffer *out, const char *shown, const char *ranking);

#endif
