/*
 * Categories that are done. While a category of a track is closed nobody is dealt an item of it, whatever it lacks;
 * what was dealt before stays with its people, and counts. Reopened, its items are wanted as before.
 */
#ifndef STORE_CLOSING_H
#define STORE_CLOSING_H

#include "core/model/campaign.h"
#include "core/work/viewer.h"
#include "store/store.h"

/* category: a name, "" for items without one. STATUS_USAGE if the track has no such items, or it is closed already. */
int category_close(struct store *store, const struct viewer *viewer, const char *track, const char *category,
                   struct slice why, struct error *error);
/* STATUS_USAGE if it is not closed. */
int category_reopen(struct store *store, const struct viewer *viewer, const struct campaign *campaign,
                    const char *track, const char *category, struct slice why, struct error *error);

/* One that is closed now. */
struct closing {
    struct slice track, category; /* category absent: items without one */
    struct slice person, why;     /* person absent: solo use */
    int64_t at;
};
int closing_list(struct store *store, const struct viewer *viewer, struct pool *pool, struct closing **out,
                 size_t *count, struct error *error);

#endif
