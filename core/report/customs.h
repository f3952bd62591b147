/*
 * Habits that show outside of the choice itself, for the lead: how strengths are used, whether the ratings contradict the choice, reasons that say the
 * same again, and what is set aside on gold against elsewhere.
 */
#ifndef CORE_REPORT_CUSTOMS_H
#define CORE_REPORT_CUSTOMS_H

#include "core/quality/habits.h"
#include "core/report/counted.h"
#include "core/report/criteria.h"

/* Of one person on one track, from batches handed in. */
struct skip_count {
    int person, track; /* codes */
    size_t gold_served, gold_skipped, other_served, other_skipped;
};

struct customs_input {
    const uint64_t *reasons; /* by history row: hash of the normalised rationale, 0 for none; NULL: not known */
    const struct skip_count *skips;
    size_t skip_count;
    bool window; /* judgments of a stretch of time: what was set aside is not counted in one */
    const struct criterion_input *criteria;
    size_t criterion_count;
};

struct customs {
    size_t strengths[LIMIT_STRENGTHS + 1]; /* first judgments that chose a response, by strength; [0] none stated */
    struct figure
        contradiction; /* choices against the side that the weighted ratings favour; n: choices with such a side. Wilson */
    struct figure
        even; /* straight-lining in the criteria: responses with one number on all criteria that share a scale;
                           n: those rated on two of them or more. Wilson (Krosnick 1991: non-differentiation) */
    struct figure repeated;   /* rationales that equal an earlier one of the same person */
    struct habit_skips skips; /* p NAN-free; both shares undefined where nothing was served */
};

/* out: one a person, by number of counted->people; from[p]..from[p + 1] their counted rows. */
void customs_find(struct customs *out, const struct counted *counted, const size_t *from,
                  const struct customs_input *input);

/* Normalised: letters and digits alone, ASCII ones without case; 0 for a text without any. FNV-1a. */
uint64_t customs_reason_hash(const char *text, size_t length);

#endif
