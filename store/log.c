/*
 * The event log: one chain of hashes a file.
 *
 *     digest = BLAKE2b-256(piece(detail) ‖ piece(hash of the subject's row, "" where such rows may change))
 *     hash   = BLAKE2b-256(previous ‖ n ‖ at ‖ piece(uid of the person) ‖ piece(verb) ‖ piece(subject) ‖ digest)
 *
 * with the chain's key as the hash before the first. The chain runs over hashes: a detail or a rationale can be
 * taken out (its digest stays), a person can be renamed (the uid stays), and it still verifies.
 */
#include "store/internal.h"

#include <stdio.h>

#include "core/base/array.h"
#include "store/check.h"

#include "core/base/banned.h"

enum {
    LAST_EVENT,
    CHAIN_KEY,
    ADD_EVENT,
    PERSON_UID,
    ALL_EVENTS,
    LIST_EVENTS,
    SUBJECT_NAME,
    SUBJECT_ROW = SUBJECT_NAME + SUBJECTS
};

/* The name of a subject by its row id (?1), and its row by its name (?1): a first column that is not hashed,
 * then what is. */
static const char *const sql[SUBJECT_ROW + SUBJECTS] = {
    [LAST_EVENT] = "select n, hash from event where chain = 1 order by n desc limit 1",
    [CHAIN_KEY] = "select 0, key from chain where id = 1",
    [ADD_EVENT] = ("insert into event (chain, n, at, person, verb, subject, detail, digest, hash) values (1, ?1, ?2, "
                   "?3, ?4, ?5, ?6, ?7, ?8)"),
    [PERSON_UID] = "select uid from person where id = ?1",
    [ALL_EVENTS] =
        ("select e.chain, e.n, e.at, p.uid, e.verb, e.subject, e.detail, e.digest, e.hash, c.key from event e"
         " join chain c on c.id = e.chain left join person p on p.id = e.person order by e.chain, e.n"),
    [LIST_EVENTS] = ("select e.n, e.at, coalesce(p.name, ''), e.verb, e.subject, coalesce(e.detail, ''), "
                     "lower(hex(e.hash)) from event e"
                     " left join person p on p.id = e.person where e.chain = 1 order by e.n"),

    [SUBJECT_NAME + SUBJECT_JUDGMENT] = "select 'judgment ' || uid from judgment where id = ?1",
    [SUBJECT_NAME + SUBJECT_RETRACTION] = "select 'retraction ' || uid from retraction where judgment = ?1",
    [SUBJECT_NAME + SUBJECT_SETTINGS] = "select 'settings ' || id from settings where id = ?1",
    [SUBJECT_NAME + SUBJECT_RUBRIC] = "select 'rubric ' || id from rubric where id = ?1",
    [SUBJECT_NAME + SUBJECT_GOLD] = "select 'gold ' || id from gold where id = ?1",
    [SUBJECT_NAME + SUBJECT_SOURCE] = "select 'source ' || id from source where id = ?1",
    [SUBJECT_NAME + SUBJECT_HOLD] = "select 'hold ' || uid from hold where id = ?1",
    [SUBJECT_NAME + SUBJECT_PERSON] = "select 'person ' || uid from person where id = ?1",
    [SUBJECT_NAME + SUBJECT_ITEM] =
        "select 'item ' || t.name || '/' || i.name from item i join track t on t.id = i.track where i.id = ?1",
    [SUBJECT_NAME + SUBJECT_BATCH] = "select 'batch ' || uid from batch where id = ?1",
    [SUBJECT_NAME + SUBJECT_QUESTION] = "select 'question ' || uid from question where id = ?1",
    [SUBJECT_NAME + SUBJECT_CONTEST] = "select 'contest ' || uid from contest where id = ?1",
    [SUBJECT_NAME + SUBJECT_RULING] = "select 'ruling ' || uid from ruling where id = ?1",
    [SUBJECT_NAME + SUBJECT_SESSION] = "select 'session ' || uid from session where id = ?1",

    [SUBJECT_ROW + SUBJECT_JUDGMENT] =
        ("select j.redacted, j.rationale, j.uid, i.name, t.name, p.uid, j.kind, j.round, r.hash, j.prefer, j.strength, "
         "j.confidence,"
         " j.ranking, j.ratings, j.shown, j.ms, j.at,"
         " (select group_concat(x, '|') from (select m.kind || m.name as x from mark m where m.judgment = j.id order "
         "by "
         "m.kind, m.name))"
         " from judgment j join item i on i.id = j.item join track t on t.id = i.track join person p on p.id = j.person"
         " left join rubric r on r.id = j.rubric where j.uid = ?1"),
    [SUBJECT_ROW + SUBJECT_RETRACTION] =
        ("select 0, r.uid, j.uid, p.uid, r.at from retraction r join judgment j on j.id = r.judgment"
         " left join person p on p.id = r.person where r.uid = ?1"),
    [SUBJECT_ROW + SUBJECT_SETTINGS] = "select 0, yaml, hash, at from settings where id = ?1",
    [SUBJECT_ROW + SUBJECT_RUBRIC] = "select 0, name, version, hash, yaml, change, at from rubric where id = ?1",
    [SUBJECT_ROW + SUBJECT_GOLD] =
        ("select 0, i.name, t.name, g.use, g.origin, g.difficulty, g.low, g.high, g.explanation, g.why, g.at,"
         " (select group_concat(x, '|') from (select a.prefer || ' ' || coalesce(a.ranking, '') as x from gold_answer "
         "a "
         "where a.gold = g.id"
         " order by a.n)) from gold g join item i on i.id = g.item join track t on t.id = i.track where g.id = ?1"),
    [SUBJECT_ROW + SUBJECT_SOURCE] = "select 0, name, format, hash, bytes, lines, at from source where id = ?1",
    [SUBJECT_ROW + SUBJECT_HOLD] =
        ("select 0, h.uid, p.uid, t.name, c.name, h.since, h.until, h.origin, h.why, h.at from hold h"
         " join person p on p.id = h.person join track t on t.id = h.track"
         " left join category c on c.id = h.category where h.uid = ?1"),
};

static const char *const subject_words[SUBJECTS] = {
    [SUBJECT_NONE] = "",
    [SUBJECT_JUDGMENT] = "judgment ",
    [SUBJECT_RETRACTION] = "retraction ",
    [SUBJECT_SETTINGS] = "settings ",
    [SUBJECT_RUBRIC] = "rubric ",
    [SUBJECT_GOLD] = "gold ",
    [SUBJECT_SOURCE] = "source ",
    [SUBJECT_HOLD] = "hold ",
    [SUBJECT_PERSON] = "person ",
    [SUBJECT_ITEM] = "item ",
    [SUBJECT_BATCH] = "batch ",
    [SUBJECT_QUESTION] = "question ",
    [SUBJECT_CONTEST] = "contest ",
    [SUBJECT_RULING] = "ruling ",
    [SUBJECT_SESSION] = "session ",
};

const struct statement_table log_statements = STATEMENT_TABLE(sql);

/* The hash of the subject's row. STEP_ROW, or STEP_DONE if rows of this sort are not hashed or it is gone. */
static int row_hash(struct store *store, enum subject subject, struct slice key, struct hash *out,
                    struct error *error) {
    struct sqlite3_stmt *row = NULL;
    const char *const *text = &sql[SUBJECT_ROW + (int)subject];
    int status = *text ? statement_find(store, text, VALUES(value_text(key)), &row, error) : STEP_DONE;
    if (status != STEP_ROW)
        return status;
    struct hasher hasher;
    hasher_init(&hasher, NULL, 0);
    int first = 1;
    if (subject == SUBJECT_JUDGMENT) { /* the rationale as its hash, which stays when the words are taken out */
        struct hash words;
        hash_bytes(&words, column_slice(row, 1));
        hasher_add_piece(&hasher, column_absent(row, 0) ? slice_make((const char *)words.bytes, HASH_BYTES)
                                                        : column_slice(row, 0));
        first = 2;
    }
    column_digest(row, first, &hasher);
    hasher_finish(&hasher, out);
    statement_close(row);
    return STEP_ROW;
}

static int digest_of(struct store *store, enum subject subject, struct slice name, struct slice detail,
                     struct hash *out, struct error *error) {
    struct hash row;
    struct slice key =
        slice_make(name.data + strlen(subject_words[subject]), name.length - strlen(subject_words[subject]));
    int status = row_hash(store, subject, key, &row, error);
    if (status < 0)
        return status;
    struct hasher hasher;
    hasher_init(&hasher, NULL, 0);
    hasher_add_piece(&hasher, detail);
    hasher_add_piece(&hasher, status == STEP_ROW ? slice_make((const char *)row.bytes, HASH_BYTES) : slice_of(""));
    hasher_finish(&hasher, out);
    return STATUS_OK;
}

struct link {
    int64_t n, at;
    struct slice person, verb, subject;
    const unsigned char *digest;
};

static void link_hash(const unsigned char previous[HASH_BYTES], const struct link *link, struct hash *out) {
    struct hasher hasher;
    hasher_init(&hasher, NULL, 0);
    hasher_add(&hasher, previous, HASH_BYTES);
    hasher_add_number(&hasher, (uint64_t)link->n);
    hasher_add_number(&hasher, (uint64_t)link->at);
    hasher_add_piece(&hasher, link->person);
    hasher_add_piece(&hasher, link->verb);
    hasher_add_piece(&hasher, link->subject);
    hasher_add(&hasher, link->digest, HASH_BYTES);
    hasher_finish(&hasher, out);
}

/* The last event's number and hash; before the first: 0 and the chain's key. */
static int last_event(struct store *store, int64_t *n, unsigned char hash[HASH_BYTES], struct error *error) {
    struct sqlite3_stmt *row;
    int status = statement_find(store, &sql[LAST_EVENT], NO_VALUES, &row, error);
    if (status == STEP_DONE)
        status = statement_find(store, &sql[CHAIN_KEY], NO_VALUES, &row, error);
    if (status == STEP_ROW && column_slice(row, 1).length == HASH_BYTES) {
        *n = column_integer(row, 0);
        memcpy(hash, column_slice(row, 1).data, HASH_BYTES);
    } else if (status >= 0) {
        status = error_set(error, STATUS_SYSTEM, "the store '%s' is damaged: its log has no beginning", store->path);
    }
    statement_close(row);
    return status;
}

int event_next(struct store *store, int64_t *n, struct error *error) {
    unsigned char hash[HASH_BYTES];
    int status = last_event(store, n, hash, error);
    *n += status >= 0;
    return status < 0 ? status : STATUS_OK;
}

int event_append(struct store *store, const struct event_entry *entry, int64_t *n, struct error *error) {
    struct pool pool = POOL_INIT;
    struct sqlite3_stmt *row;
    unsigned char previous[HASH_BYTES];
    struct hash digest, hash;
    struct slice subject = slice_of(""), person = SLICE_ABSENT,
                 detail = entry->detail.data ? entry->detail : slice_of("");
    int64_t last = 0, at = store_now(store);
    int status = last_event(store, &last, previous, error);
    if (status >= 0 && entry->subject != SUBJECT_NONE &&
        (status = statement_find(store, &sql[SUBJECT_NAME + (int)entry->subject], VALUES(value_integer(entry->id)),
                                 &row, error)) == STEP_ROW) {
        subject = column_copy(row, 0, &pool);
        statement_close(row);
    }
    if (status >= 0 && entry->person &&
        (status = statement_find(store, &sql[PERSON_UID], VALUES(value_integer(entry->person)), &row, error)) ==
            STEP_ROW) {
        person = column_copy(row, 0, &pool);
        statement_close(row);
    }
    if (status >= 0)
        status = digest_of(store, subject.length ? entry->subject : SUBJECT_NONE, subject, detail, &digest, error);
    if (status >= 0) {
        link_hash(previous, &(struct link){last + 1, at, person, slice_of(entry->verb), subject, digest.bytes}, &hash);
        status = statement_run(store, &sql[ADD_EVENT],
                               VALUES(value_integer(last + 1), value_integer(at), value_id(entry->person),
                                      value_string(entry->verb), value_text(subject), value_text(detail),
                                      value_blob(digest.bytes, HASH_BYTES), value_blob(hash.bytes, HASH_BYTES)),
                               error);
    }
    if (status >= 0 && n)
        *n = last + 1;
    pool_release(&pool);
    return status < 0 ? status : STATUS_OK;
}

static void report(log_found *found, void *context, int64_t n, struct slice subject, const char *what) {
    char line[600];
    snprintf(line, sizeof line, "event %lld%s" SLICE_FORMAT " %s", (long long)n, subject.length ? ", " : "",
             SLICE_ARGS(subject), what);
    found(context, "chain", line);
}

static enum subject subject_of(struct slice name) {
    for (int i = 1; i < SUBJECTS; i++) {
        size_t length = strlen(subject_words[i]);
        if (name.length > length && memcmp(name.data, subject_words[i], length) == 0)
            return (enum subject)i;
    }
    return SUBJECT_NONE;
}

/* Where a walk through the chains stands. */
struct walk {
    int64_t chain, n;
    unsigned char hash[HASH_BYTES];
};

static int verify_event(struct store *store, struct sqlite3_stmt *row, struct walk *walk, log_found *found,
                        void *context, struct error *error) {
    struct slice subject = column_slice(row, 5), detail = column_slice(row, 6), digest = column_slice(row, 7),
                 hash = column_slice(row, 8);
    struct link link = {column_integer(row, 1),
                        column_integer(row, 2),
                        column_slice(row, 3),
                        column_slice(row, 4),
                        subject,
                        (const unsigned char *)digest.data};
    if (walk->chain != column_integer(row, 0)) {
        *walk = (struct walk){.chain = column_integer(row, 0)};
        memcpy(walk->hash, column_slice(row, 9).data, HASH_BYTES);
    }
    struct hash expected;
    link_hash(walk->hash, &link, &expected);
    if (link.n != walk->n + 1)
        report(found, context, link.n, subject, "does not follow the one before it");
    else if (memcmp(expected.bytes, hash.data, HASH_BYTES) != 0)
        report(found, context, link.n, subject, "does not have the hash that the chain gives it");
    walk->n = link.n;
    memcpy(walk->hash, hash.data, HASH_BYTES);
    if (!detail.data || walk->chain != 1) /* taken out; or a chain whose rows are elsewhere */
        return STATUS_OK;
    int status = digest_of(store, subject_of(subject), subject, detail, &expected, error);
    if (status >= 0 && memcmp(expected.bytes, digest.data, HASH_BYTES) != 0)
        report(found, context, link.n, subject, "is about a row that is no longer as it was logged");
    return status;
}

int log_verify(struct store *store, log_found *found, void *context, struct error *error) {
    struct sqlite3_stmt *row;
    struct walk walk = {0};
    int status = statement_open(store, &sql[ALL_EVENTS], NO_VALUES, &row, error);
    while (status >= 0 && (status = statement_step(store, row, error)) == STEP_ROW)
        status = verify_event(store, row, &walk, found, context, error);
    statement_close(row);
    return status;
}

int event_log(struct store *store, const struct viewer *viewer, event_visit *visit, void *context,
              struct error *error) {
    struct sqlite3_stmt *row;
    int status = require_lead(viewer, "log", error);
    if (status >= 0)
        status = transaction_read(store, "event_log", error);
    if (status < 0)
        return status;
    status = statement_open(store, &sql[LIST_EVENTS], NO_VALUES, &row, error);
    while (status >= 0 && (status = statement_step(store, row, error)) == STEP_ROW) {
        struct event event = {.n = column_integer(row, 0),
                              .at = column_integer(row, 1),
                              .person = column_slice(row, 2),
                              .verb = column_slice(row, 3),
                              .subject = column_slice(row, 4),
                              .detail = column_slice(row, 5),
                              .hash = column_slice(row, 6)};
        status = visit(context, &event, error);
    }
    statement_close(row);
    return transaction_end(store, status, error);
}
