/* Agreement between orders of three or more responses: Kendall's tau-b between pairs of people, W over all, each a mean over items. First judgments of
 * the team. What a partial order leaves out is tied below the rest. "None" is no order. */
#ifndef CORE_REPORT_RANKINGS_H
#define CORE_REPORT_RANKINGS_H

#include "core/report/lines.h"

struct track_rankings {
    size_t judgments;  /* that give an order */
    struct figure tau; /* mean over items of the mean over pairs; n: items with two orders. Bootstrap over items */
    struct figure concordance; /* mean of W over items with two orders */
};

/* Fills out[group]; groups: NULL, and out[0] is of all first judgments of the team. */
void track_rankings_find(struct track_rankings *out, const struct counted *counted, const struct row_groups *groups,
                         int64_t seed);

#endif
