/* What person.c and person_drift.c share; not for other folders. */
#ifndef CORE_REPORT_PERSON_PARTS_H
#define CORE_REPORT_PERSON_PARTS_H

#include "core/report/person.h"

/* The final judgments of one person on one track, in order, and the hand-ins they came in. */
struct person_slice {
    const struct history *history;
    int person, track;               /* codes */
    const struct history_row **rows; /* production, gold and retest of batches handed in */
    size_t row_count;
    const struct batch_mark **hand_ins; /* in order */
    size_t hand_in_count;
};

/* Fills out->drift, and the statistic of each outcome of out->gold, which must be there. */
void person_drift_fill(struct person_figures *out, const struct person_slice *slice,
                       const struct track_settings *settings, int64_t seed);

#endif
