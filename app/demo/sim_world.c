/* See sim_world.h. */
#include "app/demo/sim_world.h"

#include "core/base/banned.h"

static int64_t sim_now(struct world *world) {
    return ((struct sim_world *)world->state)->now;
}

static void sim_entropy(struct world *world, void *bytes, size_t count) {
    struct sim_world *sim = world->state;
    unsigned char *at = bytes;
    for (size_t i = 0; i < count; i++)
        at[i] = (unsigned char)(stream_next(&sim->dice) >> 32);
}

void sim_world_init(struct sim_world *sim, int64_t now, uint64_t seed) {
    *sim = (struct sim_world){{sim_now, sim_entropy, sim}, now, {{0}}};
    stream_init(&sim->dice, seed, 0);
}
