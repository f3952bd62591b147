/* Time on task; see stopwatch.h. */
#include "core/work/stopwatch.h"

#include "core/base/timestamp.h"

#include "core/base/banned.h"

void stopwatch_start(struct stopwatch *watch, int64_t now, int64_t active_ms, int idle_seconds) {
    *watch = (struct stopwatch){
        .active_ms = active_ms > 0 ? active_ms : 0,
        .last = now,
        .idle_ms = idle_seconds * MS_SECOND,
    };
}

void stopwatch_touch(struct stopwatch *watch, int64_t now) {
    if (watch->last != 0) {
        int64_t pause = now - watch->last;
        if (pause > 0 && pause <= watch->idle_ms)
            watch->active_ms += pause;
    }
    watch->last = now;
}
