/*
 * The outside of the core: clock and entropy, as two functions, made in app/main.c. Tests and the demo's history pass their own.
 */
#ifndef CORE_BASE_WORLD_H
#define CORE_BASE_WORLD_H

#include <stddef.h>
#include <stdint.h>

struct world {
    int64_t (*now)(struct world *world);                             /* UTC milliseconds since 1970 */
    void (*entropy)(struct world *world, void *bytes, size_t count); /* fills with unpredictable bytes */
    void *state;                                                     /* of whoever made it */
};

#endif
