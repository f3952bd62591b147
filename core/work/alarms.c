/* Alarms and their ranges; see alarms.h. */
#include "core/work/alarms.h"

#include "core/base/memory.h"

#include "core/base/banned.h"

bool alarms_design(const struct track_settings *track, struct drift_design *out) {
    return drift_design_init(out, track->in_control, track->out_of_control, track->false_alarm_every);
}

/* fresh[i]: the first outcome that was given after a restart. Returns how many restarts have outcomes after them. */
static size_t mark_fresh(const struct alarm_outcome *outcomes, size_t count, const struct restarts *restarts,
                         uint8_t *fresh) {
    size_t passed = 0;
    for (size_t i = 0; i < count; i++)
        for (; passed < restarts->count && restarts->at[passed] <= outcomes[i].at; passed++)
            fresh[i] = 1;
    return passed;
}

size_t alarms_find(const struct drift_design *design, const struct alarm_outcome *outcomes, size_t count,
                   const struct restarts *restarts, int *trace, struct drift_detector *last, struct alarm **out) {
    uint8_t *wrong = memory_new(count, 1), *fresh = memory_new(count, 1);
    struct drift_alarm *fired = memory_new(count, sizeof *fired);
    for (size_t i = 0; i < count; i++)
        wrong[i] = outcomes[i].wrong;
    size_t passed = mark_fresh(outcomes, count, restarts, fresh);
    size_t alarms = drift_run(design, wrong, fresh, count, true, trace, fired, count, last);
    if (last && passed < restarts->count)
        drift_restart(last);
    *out = memory_new(alarms, sizeof **out);
    for (size_t i = 0; i < alarms; i++)
        (*out)[i] = (struct alarm){
            .outcome = fired[i].at,
            .onset = fired[i].onset,
            .after = fired[i].onset > 0 ? outcomes[fired[i].onset - 1].judgment : 0,
            .batch = outcomes[fired[i].at].batch,
        };
    memory_free(wrong);
    memory_free(fresh);
    memory_free(fired);
    return alarms;
}

bool alarms_restarted(const struct restarts *restarts, int64_t at) {
    return restarts->count > 0 && restarts->at[restarts->count - 1] > at;
}

bool alarms_raised(const struct alarm *alarms, size_t alarm_count, const struct alarm_outcome *outcomes, size_t count,
                   const struct restarts *restarts) {
    if (alarm_count == 0)
        return false;
    size_t last = alarms[alarm_count - 1].outcome;
    return count - 1 - last < ALARMS_RAISED && !alarms_restarted(restarts, outcomes[last].at);
}
