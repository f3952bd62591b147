/* The real clock and the system's entropy; see core/base/world.h. */
#include "app/world.h"

#include <stdlib.h>
#include <sys/random.h>
#include <time.h>

#include "core/base/banned.h"

static int64_t clock_now(struct world *world) {
    (void)world;
    struct timespec now;
    clock_gettime(CLOCK_REALTIME, &now);
    return (int64_t)now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

static void system_entropy(struct world *world, void *bytes, size_t count) {
    (void)world;
    unsigned char *at = bytes;
    while (count > 0) {
        ssize_t got = getrandom(at, count < 256 ? count : 256, 0);
        if (got < 0)
            abort(); /* a kernel without entropy: no chance decision can be made */
        at += got;
        count -= (size_t)got;
    }
}

struct world real_world = {clock_now, system_entropy, NULL};
