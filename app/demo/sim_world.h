/* A world whose clock is set by hand and whose entropy is a seeded stream: the same acts at the same moments give the same store. */
#ifndef APP_DEMO_SIM_WORLD_H
#define APP_DEMO_SIM_WORLD_H

#include "core/base/world.h"
#include "core/quality/stream.h"

struct sim_world {
    struct world world; /* first; its state is this struct */
    int64_t now;
    struct stream dice;
};

void sim_world_init(struct sim_world *sim, int64_t now, uint64_t seed);

#endif
