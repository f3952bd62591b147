/* Standing of people on tracks that ask for a qualification: what was said last, what comes first, and a lead's word on it. The rules are
 * in core/work/standing.h; attempts are scored when they are handed in (store/batch.h). */
#ifndef STORE_STANDING_H
#define STORE_STANDING_H

#include "core/model/campaign.h"
#include "core/work/standing.h"
#include "core/work/viewer.h"
#include "store/store.h"

struct track_standing {
    struct standing standing;
    struct slice reason; /* of what was said last: "27 of 32 as the reference, 25 wanted"; absent: nothing was */
    int64_t at;          /* when */
    bool by_lead;        /* a lead said it; the words are for leads */
};

/* The viewer's own, on a track of the settings. Nothing is asked of somebody who has not entered the store. */
int standing_read(struct store *store, const struct viewer *viewer, const struct track_settings *settings,
                  struct pool *pool, struct track_standing *out, struct error *error);

/* The tracks of the settings that the viewer may work on, where anything suits their languages and categories, with what comes first there.
 * Of somebody who has not entered the store: all. */
struct track_offer {
    const char *track; /* of the settings */
    struct standing standing;
};
int standing_offers(struct store *store, const struct viewer *viewer, const struct campaign *campaign,
                    struct pool *pool, struct track_offer **out, size_t *count, struct error *error);

/* Every annotator on every track that they work on and that asks for a qualification, by name. For leads. */
struct standing_line {
    int64_t person;
    struct slice name;
    const char *track; /* of the settings */
    struct track_standing now;
};
int standing_list(struct store *store, const struct viewer *viewer, const struct campaign *campaign, struct pool *pool,
                  struct standing_line **out, size_t *count, struct error *error);

/* All that was said of a person (store id) on a track, oldest first. For leads. */
struct standing_word {
    enum standing_state state;
    struct slice reason, by; /* by: the lead who said it; absent: nobody, it followed */
    int64_t at;
};
int standing_history(struct store *store, const struct viewer *viewer, int64_t person, const char *track,
                     struct pool *pool, struct standing_word **out, size_t *count, struct error *error);

/* A lead lets an annotator in, or asks for a qualification (again, with all its attempts). Letting in ends an open training or attempt.
 * STATUS_NO where it is so already; STATUS_USAGE where the track asks for none. */
int standing_set(struct store *store, const struct viewer *viewer, const struct campaign *campaign, const char *name,
                 const char *track, bool qualified, struct slice why, struct error *error);

/* Items in the pools of a track: what a plan of attempts can be held against. */
struct apart_pools {
    int64_t training, qualification;
};
int standing_pools(struct store *store, const char *track, struct apart_pools *out, struct error *error);

#endif
