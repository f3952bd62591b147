/*
 * Contests: what an annotator says against the key of a gold item that they were shown, with the lead's answer. A
 * track's settings say which keys that are (feedback). A contest is open until the lead decides about the key: amended or
 * kept (a newer key), or void. Nothing here speaks of gold that is still served.
 */
#ifndef STORE_CONTESTS_H
#define STORE_CONTESTS_H

#include "core/model/campaign.h"
#include "core/model/item.h"
#include "core/work/viewer.h"
#include "store/store.h"

enum { CONTEST_MOST_BYTES = 1000 };

/* A gold item that the viewer answered, and whose key they may see. */
struct shown_key {
    int64_t item;
    struct item_ref ref;
    struct slice head;               /* the start of the prompt */
    char shown[LIMIT_RESPONSES + 1]; /* as it stood before them */
    int prefer, strength;            /* what they answered */
    struct ranking ranking;
    struct gold_key key;  /* as it is now */
    bool training;        /* of a training batch; else hidden gold that is retired */
    bool voided;          /* what was answered is in no figure */
    struct slice contest; /* theirs; absent: none */
    bool decided;         /* the lead has decided about it */
    bool news;            /* and they have not seen that yet: see contest_seen */
    struct slice why;     /* the lead's reason, where a decided key was amended or kept; may be absent */
};
/* Of the viewer's handed-in batches on the track, the newest answer first. None where feedback is never. */
int contest_keys(struct store *store, const struct viewer *viewer, const struct track_settings *track,
                 struct pool *pool, struct shown_key **out, size_t *count, struct error *error);

/* Contests the key of one of contest_keys: once an item and person, and not a void one. */
int contest_make(struct store *store, const struct viewer *viewer, const struct track_settings *track, int64_t item,
                 struct slice text, struct error *error);

/* Marks the decision about the viewer's contest of an item's key as seen; nothing where there is none, or none yet. */
int contest_seen(struct store *store, const struct viewer *viewer, int64_t item, struct error *error);

/* The open ones, oldest first. For leads. */
struct contest {
    int64_t item;
    struct item_ref ref;
    struct slice person, track, text;
    int64_t at;
    bool retired;                    /* the key is no longer served */
    char shown[LIMIT_RESPONSES + 1]; /* the order in which they saw the responses: what their A and B mean */
};
int contest_list(struct store *store, const struct viewer *viewer, struct pool *pool, struct contest **out,
                 size_t *count, struct error *error);

#endif
