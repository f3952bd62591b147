/* Time on task: the sum of the pauses between signs of life, leaving out every pause longer than the campaign's idle_seconds. */
#ifndef CORE_WORK_STOPWATCH_H
#define CORE_WORK_STOPWATCH_H

#include <stdint.h>

struct stopwatch {
    int64_t active_ms; /* so far */
    int64_t last;      /* the last sign of life; 0 = not running */
    int64_t idle_ms;   /* a longer pause counts as nothing */
};

void stopwatch_start(struct stopwatch *watch, int64_t now, int64_t active_ms, int idle_seconds);
void stopwatch_touch(struct stopwatch *watch,
                     int64_t now); /* a key, at now; a clock that went back counts as no time */

#endif
