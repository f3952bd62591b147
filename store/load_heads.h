/* Items as lines of a list: what they are called, how they begin, what they still lack. Reads only. */
#ifndef STORE_LOAD_HEADS_H
#define STORE_LOAD_HEADS_H

#include "core/work/viewer.h"
#include "store/store.h"

struct item_head {
    int64_t item;
    struct item_ref ref;
    struct slice category; /* absent: none */
    struct slice head;     /* the start of the last prompt message, at most 200 bytes */
    int64_t wanted;        /* judgments in the queue */
    bool retired;
};

/* Of these items, in this order; an item that is not there is left out. */
int load_heads(struct store *store, const struct viewer *viewer, const int64_t *items, size_t item_count,
               struct pool *pool, struct item_head **out, size_t *count, struct error *error);

/* The next `most` items of a track's queue, in the order in which they are dealt. category: NULL for all, "" for items without one. */
int load_open_heads(struct store *store, const struct viewer *viewer, const char *track, const char *category,
                    size_t most, struct pool *pool, struct item_head **out, size_t *count, struct error *error);

#endif
