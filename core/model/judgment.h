/*
 * What one annotator said of one item, once. Responses are stored numbers. Ratings are cells in rubric order: a per-response criterion has
 * one cell a response, in stored order; a per-pair criterion has one cell. A per-response cell is its scale value; a per-pair cell is
 * the number of the better response (of three or more: of the best) or CELL_SAME. As text ("5 2 = -"): digits, a stored letter or '=' for a pair,
 * '-' for missing, one space between.
 *
 * Three or more responses are ranked. prefer follows from the order: the response that stands first alone, CHOICE_TIE where first place is shared. `none`
 * has no order. Strength says how clear first place is.
 */
#ifndef CORE_MODEL_JUDGMENT_H
#define CORE_MODEL_JUDGMENT_H

#include <stdint.h>

#include "core/base/buffer.h"
#include "core/model/choice.h"
#include "core/model/person.h"
#include "core/model/rubric.h"

enum { CELL_MISSING = -1, CELL_SAME = -2 };

struct ratings {
    signed char cells[LIMIT_CRITERIA]
                     [LIMIT_RESPONSES]; /* [criterion][response]; a pair criterion uses [criterion][0] */
};

struct judgment {
    int prefer;             /* 0–25, CHOICE_TIE, CHOICE_NONE */
    int strength;           /* 1–3: of the preference, or of first place; 0 for tie and none, or not asked */
    int confidence;         /* percent; -1 not asked or not given */
    struct ranking ranking; /* "" for a pair and for none; partial where the rubric allows it */
    struct ratings ratings;
    unsigned tags, flags;   /* bit i: the rubric's i-th word */
    struct slice rationale; /* borrowed; "" if none */
};

void ratings_clear(struct ratings *ratings); /* all cells missing */
void ratings_write(struct buffer *out, const struct ratings *ratings, const struct rubric *rubric, size_t responses);

/* False if the text does not fit the rubric. */
bool ratings_read(struct slice text, struct ratings *ratings, const struct rubric *rubric, size_t responses);

#endif
