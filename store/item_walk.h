/*
 * All items in stored order, with texts, in one pass: one cursor over the items and one over the responses
 * beside it. Inside a transaction.
 *
 *     struct item_walk walk;
 *     int status = item_walk_start(&walk, store, track, error);
 *     while (status >= 0 && (status = item_walk_next(&walk, error)) == STEP_ROW)
 *         … walk.id, walk.item …
 *     item_walk_stop(&walk);
 */
#ifndef STORE_ITEM_WALK_H
#define STORE_ITEM_WALK_H

#include "store/internal.h"

struct item_walk {
    int64_t id;
    struct item item; /* whole, with extra; gold NULL. Until the next step */
    struct pool pool; /* cleared by the next step: the caller may use it too */

    struct store *store;
    int64_t track; /* 0: all */
    struct sqlite3_stmt *items, *responses;
    int64_t response; /* id where the cursor over responses stands; 0: it is closed */
    struct pool names;
    struct name_list {
        struct slice *by_id;
        size_t count;
    } codes[CODES];
};

int item_walk_start(struct item_walk *walk, struct store *store, int64_t track, struct error *error);
int item_walk_next(struct item_walk *walk, struct error *error);
void item_walk_stop(struct item_walk *walk); /* also after a start that failed */

#endif
