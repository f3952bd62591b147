/* Holds: judgments set aside by the detector or by a lead, until a decision. */
#ifndef STORE_HOLDS_H
#define STORE_HOLDS_H

#include "core/model/campaign.h"
#include "core/work/viewer.h"
#include "store/store.h"

struct hold {
    int64_t id;
    struct slice uid, person, track, category; /* category absent: all */
    int64_t since, until;                      /* judgment ids, inclusive; until 0: open end */
    int64_t since_at, until_at;                /* when those were given */
    int64_t judgments;                         /* final ones in the range */
    bool by_detector;
    struct slice why;
    int64_t at;
    struct slice decision; /* absent: open; "released", "redone", "withdrawn" */
    struct slice decision_why, decision_person;
    int64_t decision_at;
};

int hold_list(struct store *store, const struct viewer *viewer, struct pool *pool, struct hold **out, size_t *count,
              struct error *error);

/* since, until: UTC ms, 0 = open end. */
int hold_add(struct store *store, const struct viewer *viewer, const char *annotator, const char *track, int64_t since,
             int64_t until, const char *category, struct slice why, struct error *error);
int hold_release(struct store *store, const struct viewer *viewer, int64_t id, struct slice why, struct error *error);
/* The items go back to the queue (lane 0) for somebody else; the judgments stay, marked and left out. */
int hold_redo(struct store *store, const struct viewer *viewer, int64_t id, struct slice why, struct error *error);

/* Inside a transaction of another verb of this folder: makes the detector's holds of a person on a track what the final judgments and the keys in
 * force say: places missing ones, withdraws those without an alarm, leaves decided ones. */
int holds_settle(struct store *store, int64_t person, const struct track_settings *track, struct error *error);
/* The same after a batch became final: an alarm that comes with it does what the settings say is done below the bar. */
int holds_settle_handed_in(struct store *store, int64_t person, const struct track_settings *track,
                           struct error *error);
/* The same for everybody who answered gold on the track, or this item of it (0: any): after a change of keys or settings. */
int holds_settle_answerers(struct store *store, const struct track_settings *track, int64_t item, struct error *error);

#endif
