/*
 * Items on which people do not agree, the most disagreed first. Votes are the first production judgments of the
 * team (counted.h), by response as it is stored; disagreement is the share of the pairs of two of them that differ:
 * 0 all alike, 1 no two alike. More votes come first where it is equal: they weigh more.
 */
#ifndef CORE_REPORT_DISPUTED_H
#define CORE_REPORT_DISPUTED_H

#include "core/base/limits.h"
#include "core/report/counted.h"

enum { VOTE_TIE = LIMIT_RESPONSES, VOTE_NONE, VOTE_CHOICES };

struct dispute {
    int64_t item;
    int64_t last;                 /* judgment id of the newest vote */
    uint16_t votes[VOTE_CHOICES]; /* by stored response, then tie and none */
    size_t n;                     /* of them, 1 or more */
    double disagreement;          /* 0 with one vote */
};

struct disputed {
    struct dispute *items; /* every item with a vote that is not gold */
    size_t count;
    size_t disputed; /* so many at the beginning have a disagreement over 0 */
};

/* category: code, -1 for all. Release it. */
void disputed_init(struct disputed *out, const struct counted *counted, int category);
void disputed_release(struct disputed *disputed);

#endif
