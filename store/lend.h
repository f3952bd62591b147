/*
 * Items that may be looked at without being dealt: to try the screen on, or to make gold of. Nothing is reserved and
 * nothing is written. Ids are in the pool, in the order in which they should be used.
 */
#ifndef STORE_LEND_H
#define STORE_LEND_H

#include "core/work/viewer.h"
#include "store/store.h"

/*
 * At most `most` items of the track that this person might be dealt: not gold and never gold, not retired, of their
 * categories and languages. The same ones for everybody and at every time (a draw keyed by the store's secret), so that
 * trying again tells of no other item that it is not gold.
 */
int lend_for_rehearsal(struct store *store, const struct viewer *viewer, const char *track, size_t most,
                       struct pool *pool, int64_t **items, size_t *count, struct error *error);

/* At most `most` items in the queue of the track that nobody has been dealt or has judged; others each time. Leads. */
int lend_for_gold(struct store *store, const struct viewer *viewer, const char *track, size_t most, struct pool *pool,
                  int64_t **items, size_t *count, struct error *error);

#endif
