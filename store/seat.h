/*
 * A seat: where one person has one track open. One terminal at a time writes: whoever takes the seat over makes every write
 * verb of the connection that had it fail from then on, in the same transaction that would have written.
 */
#ifndef STORE_SEAT_H
#define STORE_SEAT_H

#include "core/work/viewer.h"
#include "store/store.h"

enum { SEAT_BEAT_MS = 30000, SEAT_SILENT_MS = 100000 };

struct seat {
    bool there;
    char host[64];
    int64_t since; /* UTC ms */
};

/*
 * Takes the seat of this person on this track for the connection. Where another process holds it, held->there comes back true and
 * nothing is changed, unless `over`. Who is dead holds nothing: on this machine a process that is gone, on another one that has
 * been silent for SEAT_SILENT_MS.
 */
int seat_take(struct store *store, const struct viewer *viewer, const char *track, bool over, struct seat *held,
              struct error *error);

/* Whether the seat is still this connection's: held->there is true when somebody took it over, and says where. Reads only when another
 * connection has written. Without a seat: it is. */
int seat_look(struct store *store, struct seat *held, struct error *error);

/* Says that the holder lives: to be called every SEAT_BEAT_MS. */
int seat_beat(struct store *store, struct error *error);

/* Gives it up, if it still is this connection's. */
void seat_leave(struct store *store);

#endif
