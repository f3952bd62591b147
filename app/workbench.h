/*
 * A store of its own with a few items of another one: for trying the screen, and for judging what shall become gold.
 * It has the settings, rubric and rulings of one track, no gold and no retests; whoever works in it is an annotator. Its file
 * has no name any more once it is open: nothing of it stays, however the program ends.
 */
#ifndef APP_WORKBENCH_H
#define APP_WORKBENCH_H

#include "app/command.h"

struct workbench {
    struct store *store;
    struct viewer viewer;
    struct campaign campaign; /* one track, dealt in one batch */
    size_t count;             /* items; their ids are 1 … count in the order given */
};

/* Items whose texts were taken out are passed over: items[] and *count are what is left, in the same order. STATUS_NO: none is left. */
int workbench_open(struct workbench *bench, const struct invocation *invocation, const char *track, int64_t *items,
                   size_t *count, struct error *error);
void workbench_release(struct workbench *bench);

#endif
