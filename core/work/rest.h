/* When to speak of a rest: once in a stretch of work, which a pause of REST_PAUSE_MS ends. */
#ifndef CORE_WORK_REST_H
#define CORE_WORK_REST_H

#include <stdbool.h>
#include <stdint.h>

enum { REST_PAUSE_MS = 5 * 60 * 1000, REST_MINUTES = 50 };

struct rest {
    int64_t began; /* the present stretch; 0: no key yet */
    int64_t last;  /* the last key */
    bool told;     /* in this stretch */
};

/* A key, at `now` (ms). */
void rest_touch(struct rest *rest, int64_t now);

/* The minutes of the stretch when it has lasted `after` minutes or more and nothing was said of it yet, else 0. after 0: never. */
int rest_due(struct rest *rest, int after);

#endif
