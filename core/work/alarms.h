/*
 * Alarms of the drift detector over one person's gold on one track, and the range of judgments that each puts on
 * hold. Pure.
 *
 * Outcomes come in order of judgment id, from final batches only. Everybody starts at the head start (a third of
 * the limit), and again from each moment at which they qualified: restarts, ascending. An alarm restarts the detector at 0; its hold goes from the first judgment after the last time C was
 * 0 to the last judgment of the batch in which the alarm fired.
 */
#ifndef CORE_WORK_ALARMS_H
#define CORE_WORK_ALARMS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "core/model/campaign.h"
#include "core/quality/drift.h"

struct alarm_outcome {
    int64_t judgment; /* id, ascending */
    int64_t batch;    /* any number that tells batches apart; of an imported judgment: minus its id */
    bool wrong;       /* wrong side or wrong strength */
    int64_t at;       /* when it was given */
};

struct restarts {
    const int64_t *at; /* UTC ms, ascending */
    size_t count;
};

enum { ALARMS_RAISED = 20 };

struct alarm {
    size_t outcome; /* index of the outcome that fired it */
    size_t onset;   /* index of the first outcome after C was last 0 */
    int64_t
        after; /* the hold begins with the first judgment greater than this; 0: with the person's first on the track */
    int64_t batch; /* the hold ends with the last judgment of this batch */
};

/* The detector of a track's settings; false if they give none. */
bool alarms_design(const struct track_settings *track, struct drift_design *out);

/* *out gets the alarms in order, to free with memory_free; returns how many. trace (NULL or count long): C after
 * each outcome, before a restart. last (may be NULL): the detector as it stands after the last outcome and the last restart. */
size_t alarms_find(const struct drift_design *design, const struct alarm_outcome *outcomes, size_t count,
                   const struct restarts *restarts, int *trace, struct drift_detector *last, struct alarm **out);

/* Whether somebody qualified after this moment. */
bool alarms_restarted(const struct restarts *restarts, int64_t at);

/* Whether the share of gold is to stay at the top of its range after the last of these alarms (below_bar: raise): until ALARMS_RAISED further
 * outcomes have come, or the person has qualified since. */
bool alarms_raised(const struct alarm *alarms, size_t alarm_count, const struct alarm_outcome *outcomes, size_t count,
                   const struct restarts *restarts);

#endif
