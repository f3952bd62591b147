/* The newcomer's first ten minutes of judging: a page of what this is, three coached items, a batch of twelve, and somebody's figures. */
#ifndef APP_DEMO_NEWCOMER_H
#define APP_DEMO_NEWCOMER_H

#include <stdint.h>

#include "app/demo/place.h"

struct newcomer {
    const struct preferences *preferences; /* of the person at the keyboard; borrowed */
    int64_t judged, active_ms;
    int training, batches; /* handed in */
};

/* Needs a terminal. What was done is added to *done, also when it fails or the person leaves half way; it goes on there the next time. */
int newcomer_judge(const struct place *place, struct world *world, struct newcomer *done, struct error *error);

#endif
