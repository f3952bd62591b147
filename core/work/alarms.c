/* Alarms and their ranges; see alarms.h. */
#include "core/work/alarms.h"

#include "core/base/memory.h"

#include "core/base/banned.h"

bool alarms_design(const struct track_settings *track, struct drift_design *out) {
    return drift_design_init(out, track->in_control, track->out_of_control, track->false_alarm_every);
}

size_t alarms_find(const struct drift_design *design, const struct alarm_outcome *outcomes, size_t count, int *trace,
                   struct drift_detector *last, struct alarm **out) {
    uint8_t *wrong = memory_new(count, 1);
    struct drift_alarm *fired = memory_new(count, sizeof *fired);
    for (size_t i = 0; i < count; i++)
        wrong[i] = outcomes[i].wrong;
    size_t alarms = drift_run(design, wrong, count, true, trace, fired, count, last);
    *out = memory_new(alarms, sizeof **out);
    for (size_t i = 0; i < alarms; i++)
        (*out)[i] = (struct alarm){
            .outcome = fired[i].at,
            .onset = fired[i].onset,
            .after = fired[i].onset > 0 ? outcomes[fired[i].onset - 1].judgment : 0,
            .batch = outcomes[fired[i].at].batch,
        };
    memory_free(wrong);
    memory_free(fired);
    return alarms;
}
