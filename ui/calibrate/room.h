/*
 * What the screens of this folder share: the session as of the last look, the item in hand, and what the lead likes
 * to see. It outlives the terminal: a turn of somebody else, and the lead's own reference, are sittings of their own
 * (ui/annotate), after which the screens come back as they were.
 */
#ifndef UI_CALIBRATE_ROOM_H
#define UI_CALIBRATE_ROOM_H

#include "ui/calibrate/calibrate.h"
#include "ui/calibrate/circle.h"
#include "ui/lead/office.h"

/* Why the screens are left for a sitting. */
enum errand { ERRAND_NONE, ERRAND_TURN, ERRAND_REFERENCE };

struct room {
    struct office office; /* store, viewer, campaign, texts; its figures are not read */
    struct lead_outcome unused;
    struct calibrate_outcome *outcome;
    int64_t session;
    struct circle circle;
    bool read;       /* circle is there */
    int64_t version; /* of the data that was read */
    size_t reads;    /* how often circle was read: what points into it is good for one of them */
    size_t item;     /* in hand */
    bool names;      /* shown */
    bool reviewing;  /* the items are open, not the people */
    enum errand errand;
    char person[LIMIT_NAME_BYTES + 1]; /* whose turn it is */
    int position;                      /* of the item in the lead's references */
};

void room_init(struct room *room, struct store *store, const struct viewer *viewer, const struct campaign *campaign,
               int64_t session, struct calibrate_outcome *outcome);
void room_release(struct room *room);

/* The session as it is now; what was read before stays when it fails. */
int room_read(struct room *room, struct error *error);
/* Whether another process has written since. */
bool room_is_stale(const struct room *room);

/* "pilot › calibration week-3" with `where` and `more` behind it, as much of that as fits; `right` at the right edge. */
void room_title(const struct room *room, struct surface *surface, struct rect *area, const char *where,
                const char *more, const char *right);

/* Who has answered, by turns, going on without somebody. */
void roll_open(struct room *room, struct frame *frame);
/* Item by item; only when nobody's first votes are waited for. */
void review_open(struct room *room, struct frame *frame);

#endif
