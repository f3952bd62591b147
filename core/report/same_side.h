/*
 * How often each person chooses the side that the others choose: over the items that somebody else of the team
 * judged too, the mean share of those others who said the same (a response, tie, none). First judgments of
 * production and gold alike (counted.h).
 */
#ifndef CORE_REPORT_SAME_SIDE_H
#define CORE_REPORT_SAME_SIDE_H

#include "core/report/counted.h"

struct same_side {
    int person;   /* code */
    double share; /* 0..1; meaningless for items = 0 */
    size_t items; /* judged by somebody else of the team too */
};

/* Fills out[counted->people_count], in the order of counted->people. */
void same_side_find(struct same_side *out, const struct counted *counted);

#endif
