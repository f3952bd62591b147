/* The real clock and the system's entropy; see core/base/world.h. */
#include "app/world.h"

#include <stdlib.h>
#include <string.h>
#include <sys/random.h>
#include <time.h>

#include "core/base/banned.h"

static int64_t clock_now(struct world *world) {
    (void)world;
    struct timespec now;
    clock_gettime(CLOCK_REALTIME, &now);
    return (int64_t)now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

/* Entropy is fetched for many small requests at once: an import makes a ULID a line. */
static struct reserve {
    unsigned char bytes[4096];
    size_t left; /* at the end of bytes */
} reserve;

static void fetch(unsigned char *at, size_t count) {
    while (count > 0) {
        ssize_t got = getrandom(at, count < 256 ? count : 256, 0);
        if (got < 0)
            abort(); /* a kernel without entropy: no chance decision can be made */
        at += got;
        count -= (size_t)got;
    }
}

static void system_entropy(struct world *world, void *bytes, size_t count) {
    (void)world;
    struct reserve *from = &reserve;
    if (count > sizeof from->bytes / 8) {
        fetch(bytes, count);
        return;
    }
    if (from->left < count) {
        fetch(from->bytes, sizeof from->bytes);
        from->left = sizeof from->bytes;
    }
    unsigned char *given = from->bytes + sizeof from->bytes - from->left;
    memcpy(bytes, given, count);
    memset(given, 0, count); /* nothing is given twice, nor left to be read */
    from->left -= count;
}

struct world real_world = {clock_now, system_entropy, NULL};
