/* Transactions and waiting for the lock. A screen gives up after 20 ms and says so; a command waits a minute. */
#include "store/internal.h"

#include <sqlite3.h>
#include <stdlib.h>
#include <time.h>

#include "core/base/banned.h"

enum { BEGIN_WRITE, BEGIN_READ, COMMIT, ROLLBACK };
static const char *const sql[] = {
    [BEGIN_WRITE] = "begin immediate",
    [BEGIN_READ] = "begin",
    [COMMIT] = "commit",
    [ROLLBACK] = "rollback",
};
const struct statement_table transaction_statements = STATEMENT_TABLE(sql);

static const int64_t screen_patience = 20, command_patience = 60000; /* ms */

static int64_t monotonic_ms(void) {
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (int64_t)now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

static int64_t patience(const struct store *store) {
    return store->flags & STORE_SCREEN ? screen_patience : command_patience;
}

/* 0.1 to 0.5 ms: many writers stay fair. */
static void pause_a_little(struct store *store) {
    store->dice = store->dice * 6364136223846793005u + 1442695040888963407u;
    nanosleep(&(struct timespec){.tv_nsec = 100000 + (long)((store->dice >> 33) % 400000)}, NULL);
}

/* Called by SQLite with how often it has been called for this lock: 0 gives up. */
static int wait_for_lock(void *context, int calls) {
    struct store *store = context;
    int64_t now = monotonic_ms();
    if (calls == 0)
        store->busy_since = now;
    if (now - store->busy_since >= patience(store))
        return 0;
    pause_a_little(store);
    return 1;
}

void transaction_patience(struct store *store) {
    sqlite3_busy_handler(store->db, wait_for_lock, store);
}

bool transaction_alone(struct store *store) {
    int64_t mode = 0;
    sqlite3_busy_handler(store->db, NULL, NULL); /* somebody else is here: an answer at once, not a wait */
    statement_query(store, "select journal_mode = 'delete' from pragma_journal_mode", &mode, NULL);
    if (!mode && statement_script(store, "pragma journal_mode=delete", NULL) >= 0)
        statement_query(store, "select journal_mode = 'delete' from pragma_journal_mode", &mode, NULL);
    transaction_patience(store);
    return mode != 0;
}

int transaction_shared(struct store *store, bool wait, struct error *error) {
    int64_t since = monotonic_ms();
    if (!wait)
        sqlite3_busy_handler(store->db, NULL, NULL);
    int status = statement_script(store, "pragma journal_mode=wal", error);
    /* while an import has the file alone SQLite says busy without asking the handler: it fears a deadlock of two who switch */
    while (wait && status == STATUS_BUSY && monotonic_ms() - since < patience(store)) {
        pause_a_little(store);
        status = statement_script(store, "pragma journal_mode=wal", error);
    }
    transaction_patience(store);
    return status;
}

static int note_log(void *context, sqlite3 *db, const char *name, int pages) {
    (void)db, (void)name;
    ((struct store *)context)->log_pages = pages;
    return SQLITE_OK;
}

void transaction_watch_log(struct store *store) {
    sqlite3_wal_hook(store->db, note_log, store);
}

void transaction_trim(struct store *store) {
    enum { PAGES_MOST = 2000 }; /* 16 MB */
    if (store->log_pages <= PAGES_MOST)
        return;
    store->log_pages = 0;
    sqlite3_wal_checkpoint_v2(store->db, NULL, SQLITE_CHECKPOINT_PASSIVE, NULL, NULL);
}

int transaction_begin(struct store *store, const char *who, struct error *error) {
    if (store->together) {
        store->depth++;
        return STATUS_OK;
    }
    if (store->transaction)
        abort(); /* a verb inside a verb */
    if (store->flags & STORE_READ_ONLY)
        return error_set(error, STATUS_SYSTEM, "the store '%s' was opened for reading only", store->path);
    int status = statement_run(store, &sql[BEGIN_WRITE], NO_VALUES, error);
    if (status < 0)
        return status;
    status = seat_still(store, error);
    if (status < 0) {
        statement_run(store, &sql[ROLLBACK], NO_VALUES, NULL);
        return status;
    }
    store->transaction = who;
    store->writing = true;
    store->depth = 1;
    return status;
}

int transaction_read(struct store *store, const char *who, struct error *error) {
    int status = store->transaction ? STATUS_OK : statement_run(store, &sql[BEGIN_READ], NO_VALUES, error);
    if (status >= 0) {
        if (!store->transaction)
            store->transaction = who;
        store->depth++;
    }
    return status;
}

int transaction_end(struct store *store, int status, struct error *error) {
    if (!store->transaction)
        abort(); /* nothing to end */
    if (--store->depth > 0)
        return status;
    if (status >= 0) {
        int ended = statement_run(store, &sql[COMMIT], NO_VALUES, error);
        if (ended < 0)
            status = ended;
    }
    if (status < 0 && !sqlite3_get_autocommit(store->db)) /* SQLite rolls back by itself after some errors */
        statement_run(store, &sql[ROLLBACK], NO_VALUES, NULL);
    store->transaction = NULL;
    store->writing = false;
    return status;
}

int require_lead(const struct viewer *viewer, const char *verb, struct error *error) {
    if (viewer_may(viewer, ACCESS_LEAD))
        return STATUS_OK;
    return error_set(error, STATUS_USAGE, "'%s' is for leads; '%s' is an annotator", verb, viewer->name);
}

int together_begin(struct store *store, struct error *error) {
    int status = transaction_begin(store, "together", error);
    store->together = status >= 0;
    return status < 0 ? status : STATUS_OK;
}

int together_end(struct store *store, int status, struct error *error) {
    store->together = false;
    return transaction_end(store, status, error);
}
