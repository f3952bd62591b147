/*
 * The store: one SQLite file, one campaign. Open, close, and what holds for every verb in this folder.
 *
 * A verb of the work is one function and one transaction: it either did everything and STATUS_OK comes back, or nothing changed, the status is
 * negative and the error says why (STATUS_BUSY: another process holds the file; try again). No verb leaves a transaction open.
 * Text read from the store is put into the caller's pool and lives as long as that. Text goes in and out byte for byte.
 * Who acts is a struct viewer (people.h makes one); verbs that are the lead's refuse an annotator with STATUS_USAGE.
 */
#ifndef STORE_STORE_H
#define STORE_STORE_H

#include <stdbool.h>
#include <stdint.h>

#include "core/base/error.h"
#include "core/base/pool.h"
#include "core/base/world.h"

struct store;

enum store_flags {
    STORE_PLAIN = 0,
    STORE_SCREEN =
        1, /* gives up on a busy file after 20 ms with STATUS_BUSY; commands wait a minute. No checkpoint but in store_idle */
    STORE_READ_ONLY = 2, /* refuses every write verb */
};

/* Makes a new store; refuses an existing file, a network file system. mode 0600. The file is complete or not there. */
int store_create(struct store **out, const char *path, struct world *world, struct error *error);

/* The same with its first content: found does that in the new file before it has its name. What fails or dies leaves no store. */
typedef int store_found(struct store *store, void *context, struct error *error);
int store_create_founded(struct store **out, const char *path, struct world *world, store_found *found, void *context,
                         struct error *error);

/* Opens an existing one; migrates an older schema; refuses a newer one, something that is not a store, a network file system. */
int store_open(struct store **out, const char *path, unsigned flags, struct world *world, struct error *error);

void store_close(struct store *store); /* NULL is fine */

struct world *store_world(struct store *store);
const char *store_path(const struct store *store);

/*
 * Several verbs that write as one: each joins the transaction that begin opens, and end commits them all if status is not negative; else
 * nothing of them stays. After a verb that failed only end may follow. end returns status, or why the commit failed.
 */
int together_begin(struct store *store, struct error *error);
int together_end(struct store *store, int status, struct error *error);

/* No key came for a while: a passive checkpoint, so that none ever has to run while somebody waits. */
void store_idle(struct store *store);

/* For the simulated history of the demo only: commits need not reach the disk until the store is closed. */
void store_relax(struct store *store);

/* The short opaque reference of an item ("k7f3"), gold or not: a keyed permutation of its number. */
struct item_ref {
    char text[12];
};
struct item_ref store_ref(struct store *store, int64_t item);
/* The item that a reference or a name (with its track, if the name stands in several) means; STATUS_USAGE if none does. */
int store_find_item(struct store *store, struct slice ref_or_name, const char *track, int64_t *item,
                    struct error *error);

/* Takes the name of its file away: it is used up to store_close, and then gone, also when the process dies. */
void store_forget_name(struct store *store);

/* How many transactions committed by anybody: changes when another connection wrote. */
int64_t store_data_version(struct store *store);

#endif
