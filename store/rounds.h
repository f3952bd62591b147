/* What rubrics.c needs of rounds.c; not for other floors. */
#ifndef STORE_ROUNDS_H
#define STORE_ROUNDS_H

#include "store/internal.h"
#include "store/settings.h"

/*
 * Inside a transaction: counts what was judged on the tracks of this rubric by its other versions (*effect: judgments, items), and puts a share of
 * those items to people again, as one new round a track. Only finished items: not open in the queue, not retired, never gold. The sample is a keyed draw from the
 * seed and the version; its items are dealt before fresh ones, also to those who judged them before.
 */
int rounds_open(struct store *store, const struct viewer *viewer, const struct rubric *rubric, int64_t rubric_id,
                const struct rubric_step *step, struct rubric_effect *effect, struct error *error);

#endif
