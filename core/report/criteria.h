/*
 * Agreement on the criteria of the rubric in force. A criterion asked of each response is ordinal on its scale, and its unit is one response of one
 * item; one asked of the pair is nominal (a response, or the same), and its unit is the item. First judgments of the team.
 */
#ifndef CORE_REPORT_CRITERIA_H
#define CORE_REPORT_CRITERIA_H

#include "core/model/rubric.h"
#include "core/report/team.h"

/* One cell of one judgment. */
struct criterion_cell {
    uint32_t row;      /* index into history->rows */
    uint8_t response;  /* stored number; 0 for a criterion of the pair */
    signed char value; /* scale value; of a pair: a response number or CELL_SAME */
};

/* What was rated under versions of the rubric that ask the criterion in the same way. */
struct criterion_input {
    const struct criterion *criterion; /* borrowed */
    struct criterion_cell *cells;      /* any order */
    size_t count, capacity;
};

struct criterion_agreement {
    const char *id;
    enum criterion_per per;
    struct figure alpha, percent; /* n: units with two ratings */
};

/* Fills out[group * count + input]. groups: NULL, and out[input] is of all first judgments of the team. */
void criteria_agreement(struct criterion_agreement *out, const struct criterion_input *inputs, size_t count,
                        const struct counted *counted, const struct row_groups *groups, int64_t seed);

#endif
