/*
 * What the files of store/ share and nobody else includes: the connection, transactions, the event log, codes, items.
 *
 * The pattern of a verb:
 *
 *     int status = transaction_begin(store, "question_ask", error);
 *     if (status < 0)
 *         return status;
 *     status = statement_run(store, &sql[ADD_QUESTION], VALUES(value_id(viewer->person), value_text(text)), error);
 *     if (status >= 0)
 *         status = event_append(store, &(struct event_entry){.person = …, .verb = "ask", .subject =
 * SUBJECT_QUESTION, .id = …}, NULL, error);
 *     return transaction_end(store, status, error);
 */
#ifndef STORE_INTERNAL_H
#define STORE_INTERNAL_H

#include "core/base/ulid.h"
#include "core/hash/hash.h"
#include "core/model/item.h"
#include "core/work/viewer.h"
#include "store/settings.h"
#include "store/statement.h"
#include "store/store.h"

enum { STORE_SECRET_BYTES = 32 };

struct store {
    struct sqlite3 *db;
    char *path;
    struct world *world; /* borrowed */
    unsigned flags;
    char uid[ULID_LENGTH + 1];
    unsigned char secret[STORE_SECRET_BYTES];
    unsigned char prompt_key[HASH_SHORT_KEY_BYTES];    /* by the uid */
    unsigned char reference_key[HASH_SHORT_KEY_BYTES]; /* by the secret */
    struct statement_cache statements;
    const char *transaction; /* who opened it; NULL: none */
    int depth;               /* of nested reads in it */
    bool writing;
    bool together;                    /* together_begin: verbs join its transaction */
    bool relaxed;                     /* store_relax */
    uint64_t dice;                    /* state of the busy handler's pauses; decides about nothing else */
    int64_t busy_since;               /* monotonic ms of the wait under way */
    int log_pages;                    /* in the write-ahead log at the last commit of a screen */
    int64_t seat_person, seat_track;  /* that this connection sits on (seat.h) */
    char seat_token[ULID_LENGTH + 1]; /* "": on none */
    int64_t seat_seen;                /* store_data_version when it was last looked at */
};

static inline int64_t store_now(struct store *store) {
    return store->world->now(store->world);
}

/*
 * Transactions. transaction_begin takes the write lock at once (BEGIN IMMEDIATE: facts read in it can't be stale);
 * it must not be nested, except after together_begin, whose transaction it joins. transaction_read opens one snapshot; inside another transaction it joins that.
 * transaction_end commits if status is not negative, else rolls back; it returns status, or why the commit failed
 * (then it is rolled back). A positive status is kept.
 */
int transaction_begin(struct store *store, const char *who, struct error *error);
int transaction_read(struct store *store, const char *who, struct error *error);
int transaction_end(struct store *store, int status, struct error *error);

/* On a screen nobody checkpoints but in a pause. Where nobody pauses for long the log grows: this, after a verb that may take its time, writes it
 * into the file once it is longer than a few megabytes. */
void transaction_watch_log(struct store *store);
void transaction_trim(struct store *store);

/* STATUS_NO if this connection sat on a seat that somebody has taken over. transaction_begin asks. */
int seat_still(struct store *store, struct error *error);

/* Sets the busy handler of the connection by its flags (20 ms on a screen, a minute otherwise). */
void transaction_patience(struct store *store);

/*
 * transaction_alone: if no other connection has the store open, changes it to a rollback journal, where new pages
 * are written once instead of twice; false (and nothing changed) otherwise. transaction_shared: back to the
 * write-ahead log that everything else works in; store_open does it too, for a process that died in between.
 */
bool transaction_alone(struct store *store);
int transaction_shared(struct store *store, bool wait, struct error *error);

/* STATUS_USAGE unless the viewer is a lead or solo: "'import' is for leads; 'ana' is an annotator". */
int require_lead(const struct viewer *viewer, const char *verb, struct error *error);

/*
 * The event log. What an event is about; name and row of it are looked up by its row id (batch, hold, judgment,
 * person, question, contest, ruling, session: their uid;
 * item: track and name; the others: their number). The rows of judgment, retraction, settings, rubric, gold,
 * source and hold are
 * hashed into the event as they stand when it is appended: record first, log last. `detail` is free text for
 * people who read the log.
 */
enum subject {
    SUBJECT_NONE,
    SUBJECT_JUDGMENT,
    SUBJECT_RETRACTION, /* id: the judgment's */
    SUBJECT_SETTINGS,
    SUBJECT_RUBRIC,
    SUBJECT_GOLD,
    SUBJECT_SOURCE,
    SUBJECT_HOLD,
    SUBJECT_PERSON,
    SUBJECT_ITEM,
    SUBJECT_BATCH,
    SUBJECT_QUESTION,
    SUBJECT_CONTEST,
    SUBJECT_RULING,
    SUBJECT_SESSION,
    SUBJECTS
};
struct event_entry {
    int64_t person; /* who acts; 0: nobody (the program by itself, solo use before the first act) */
    const char *verb;
    enum subject subject;
    int64_t id;          /* row of the subject; 0 with SUBJECT_NONE */
    struct slice detail; /* absent: "" */
};
/* Inside a write transaction. *n (may be NULL) receives its number: strictly growing, the rank in lanes 0 and 1. */
int event_append(struct store *store, const struct event_entry *entry, int64_t *n, struct error *error);
/* The number that the next event will get. */
int event_next(struct store *store, int64_t *n, struct error *error);

/* Calls found for every break of a chain and every logged row that is no longer as it was logged. Returns 0 or
 * negative. */
typedef void log_found(void *context, const char *part, const char *finding);
int log_verify(struct store *store, log_found *found, void *context, struct error *error);

/* Codes: the row ids of names. */
enum code { CODE_TRACK, CODE_CATEGORY, CODE_LANGUAGE, CODE_MODEL, CODES };
/* STEP_ROW if the name is known, STEP_DONE with *id = 0 if not. */
int code_find(struct store *store, enum code code, struct slice name, int64_t *id, struct error *error);
/* Adds it if it is not there. Inside a write transaction. An absent or empty name is 0. */
int code_add(struct store *store, enum code code, struct slice name, int64_t *id, struct error *error);
/* The track's id, or STATUS_USAGE: "there is no track 'x'". */
int track_id(struct store *store, const char *name, int64_t *id, struct error *error);

/*
 * The queue of open items (queue_fill, queue_rebuild: inside a write transaction). Open is an item
 * that is not gold, not retired, not set aside to the lead, of no closed category, with fewer judgments given or under way than
 * `overlap`: production servings dealt or judged and imported judgments of people, without those that a hold had
 * redone. A split or a hold may ask for more than that, at most two. Items of the shared set stay in their lane: every
 * person gets each of them once.
 */
#define SENT_TO_LEAD \
    "state = 2 and reason in (0, 5) and returned = 0" /* SQL: of a serving whose item waits for the lead */
/* SQL: the category of item i is closed */
#define CATEGORY_CLOSED \
    "exists (select 1 from closing c where c.track = i.track and c.category is i.category and c.reopened is null)"
/* Adds the track's items with an id greater than `after` to lane 9; where they may rank before others, the places
 * that people have reached in it are forgotten. */
int queue_fill(struct store *store, int64_t track, const struct track_settings *settings, int64_t after,
               struct error *error);
/* For a new order, overlap or shared set: lanes 5 and 9 anew, `need` anew in the other lanes (what was given back and has enough goes), the
 * track's places forgotten. */
int queue_rebuild(struct store *store, int64_t track, const struct track_settings *settings, struct error *error);
/* Of a row of queue, in SQL: what waits for judgments. An item of the shared set does while it has fewer than any other. */
#define QUEUE_WAITS                                                                                           \
    "(lane <> 5 or (select count(*) from judgment j where j.item = queue.item and j.kind = 0 and j.round = 0" \
    " and j.id not in (select judgment from retraction)) < (select overlap from track where id = queue.track))"
/* Out of the queue. */
int queue_remove(struct store *store, int64_t item, struct error *error);
/* A category (0: items without one) out of the queue, and what it still lacks into it again. */
int queue_close(struct store *store, int64_t track, int64_t category, struct error *error);
int queue_reopen(struct store *store, int64_t track, const struct track_settings *settings, struct error *error);
/* Items of closed categories, on one track or all (0), that have fewer judgments than the track wants. */
int queue_count_closed(struct store *store, int64_t track, int64_t *count, struct error *error);
/* Compares the queue with the facts. */
int queue_verify(struct store *store, log_found *found, void *context, struct error *error);
/* Makes the SQL function queue_rank(order, item, priority) on this connection. */
int queue_prepare(struct store *store, struct error *error);

/* The id of this text of this rubric, stored with an event if it is new (then its version must be greater than
 * any before). Write transaction. */
int rubric_store(struct store *store, const struct viewer *viewer, const struct rubric *rubric, struct slice yaml,
                 enum rubric_change change, int64_t *id, struct error *error);
/* The newest rubric of this name. STEP_ROW or STEP_DONE. */
int rubric_named(struct store *store, const char *name, int64_t *id, struct error *error);

/* The item with prompt, responses, category and language; gold NULL, no label, no extra. STATUS_SYSTEM if it is
 * not whole. */
int item_read(struct store *store, int64_t item, struct pool *pool, struct item *out, struct error *error);
/* The raw JSON that came with it; absent if none. */
int item_read_extra(struct store *store, int64_t item, struct pool *pool, struct slice *out, struct error *error);
/* The start of the last prompt message: at most 200 bytes, whole code points. */
int item_read_head(struct store *store, int64_t item, struct pool *pool, struct slice *out, struct error *error);
/* The key of a row of gold. */
int gold_read(struct store *store, int64_t gold, struct pool *pool, struct gold_key *out, struct error *error);

/* What kind of network file system this f_type of statfs is, or NULL for a local one. */
const char *network_name(unsigned long type);

/* The same file, with links in its folder resolved but not a link in its place, to free with memory_free. NULL
 * with the error set: no such folder. */
char *path_resolve(const char *path, struct error *error);
/* STATUS_SYSTEM if the folder of this file is on a network. */
int path_check_network(const char *path, struct error *error);
/* Opens one connection with every protection set: nothing of the file is believed yet. */
int connection_open(struct store *store, int open_flags, struct error *error);
/* After a file was made under another name beside it: gives it its name. Refuses if there is one already. */
int path_publish(const char *made, const char *path, struct error *error);
/* The open file gets the group and the mode of another; where the group cannot be had, nothing for a group. */
struct stat;
void path_give(int fd, const struct stat *like);
/* What SQLite keeps beside a file, as far as it is ours, gets the file's group and mode: who shares the file can go on. */
void path_share(const char *path);
/* Removes a file and what SQLite keeps beside it. */
void path_remove(const char *path);

/* Schema. */
/* What came before SCHEMA_FIRST was never released, and is not read. */
enum { SCHEMA_FIRST = 3, SCHEMA_VERSION = 3, SCHEMA_APPLICATION = 1095979865 };
/* Brings the connection's file from its user_version to SCHEMA_VERSION, each step one transaction. */
int schema_migrate(struct store *store, struct error *error);
/* Compares the file's schema to the letter with what the migrations make. Calls found for each difference. */
int schema_compare(struct store *store, log_found *found, void *context, struct error *error);

#endif
