/* Training: after an answer, what the reference says and why, in place of the answer rows. */
#ifndef UI_ANNOTATE_COACH_H
#define UI_ANNOTATE_COACH_H

#include "core/model/item.h"
#include "core/model/judgment.h"
#include "core/model/rubric.h"
#include "ui/surface.h"

struct coach {
    bool shown;
    struct gold_key key; /* explanation in the pool of the item */
    enum verdict verdict;
    int prefer, strength;
    struct ranking ranking;
};

/* "B better", "A better or tie", "B better or B much": the reference as it stood on screen. */
void coach_reference(const struct gold_key *key, const struct rubric *rubric, const char *shown, struct buffer *out);

/* "as the reference", "another strength" (of the right side), "not the reference". */
const char *coach_verdict(enum verdict verdict);

/* An explanation (Markdown, as people write keys; may be absent) from its top. Returns the lines it has at that width; surface may be
 * NULL to know only that. */
int explanation_draw(struct slice explanation, struct surface *surface, struct rect area);

/* Rows that coach_draw needs to show all of it, at least 8. */
int coach_rows(const struct coach *coach, int columns);

/* Answer, reference and the whole explanation, as Markdown. */
void coach_page(const struct coach *coach, const struct rubric *rubric, const char *shown, struct buffer *out);

void coach_draw(const struct coach *coach, const struct rubric *rubric, const char *shown, struct surface *surface,
                struct rect area);

#endif
