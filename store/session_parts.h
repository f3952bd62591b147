/* What the files of calibration sessions share (session, session_new, session_deal, session_change). */
#ifndef STORE_SESSION_PARTS_H
#define STORE_SESSION_PARTS_H

#include "store/session.h"
#include "store/work_parts.h"

struct session_row {
    int64_t id, track;
    bool closed;
};
/* STATUS_USAGE if there is none, STATUS_NO if it is closed. */
int session_row_open(struct store *store, int64_t session, struct session_row *out, struct error *error);

/* A batch of the session's kind for a person: these items in an order drawn for it (a reference: as they come). */
int session_add_batch(struct store *store, const struct session_row *session, int64_t person, enum kind kind,
                      const int64_t *items, size_t count, struct error *error);

/* Open batches of the session end: what is judged is final, the rest goes. person 0: everybody's; of first votes
 * alone, or of every kind. */
int session_end_batches(struct store *store, int64_t session, int64_t person, bool all_kinds, struct error *error);

/* A session while it is made. */
struct session_making {
    const struct viewer *viewer;
    const struct session_request *request;
    struct session_row session;
    struct {
        int64_t *items;
        size_t count, capacity;
    } people, chosen;
    struct taste *tastes; /* of the people */
};
/* Puts the items that the request's rule chooses into making->chosen. The people are in the store already. */
int session_pick(struct store *store, struct session_making *making, struct error *error);

int session_log(struct store *store, const struct viewer *viewer, const char *verb, int64_t session, const char *detail,
                struct error *error);

#endif
