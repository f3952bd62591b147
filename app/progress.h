/* A progress line on standard error: done/total, rate, time left. Only where standard error is a terminal. */
#ifndef APP_PROGRESS_H
#define APP_PROGRESS_H

#include <stdbool.h>
#include <stdint.h>

#include "core/base/world.h"

struct progress {
    struct world *world;
    int64_t started, shown; /* ms */
    bool terminal;
    bool drawn; /* a line stands there */
};

void progress_start(struct progress *progress, struct world *world);
/* total 0: unknown. Draws at most ten times a second. */
void progress_show(struct progress *progress, uint64_t bytes, uint64_t total, uint64_t count, const char *what);
void progress_end(struct progress *progress); /* takes the line away */

#endif
