/* Versions of rubrics, which one is in force on a track, and who has acknowledged which. */
#include "store/settings.h"

#include <stdio.h>

#include "store/internal.h"
#include "store/rounds.h"
#include "store/rulings.h"

#include "core/base/banned.h"

#define VERSION "select r.id, r.name, r.yaml, r.hash, r.version, r.change, r.at from rubric r "
enum {
    IN_FORCE,
    IN_FORCE_ID,
    BY_ID,
    HISTORY,
    COUNT,
    SAME_TEXT,
    HIGHEST,
    NAMED,
    ADD,
    USE,
    USED,
    ACKNOWLEDGED,
    WORKED_BY,
    ACKNOWLEDGE
};
static const char *const sql[] = {
    [IN_FORCE] = (VERSION "join track t on t.rubric = r.id where t.name = ?1"),
    [IN_FORCE_ID] = "select rubric from track where name = ?1",
    [BY_ID] = (VERSION "where r.id = ?1"),
    [HISTORY] = (VERSION "order by r.id"),
    [COUNT] = "select count(*) from rubric",
    [SAME_TEXT] = "select id from rubric where name = ?1 and hash = ?2",
    [HIGHEST] = "select version from rubric where name = ?1 order by version desc limit 1",
    [NAMED] = "select id from rubric where name = ?1 order by id desc limit 1",
    [ADD] = "insert into rubric (name, version, hash, yaml, change, person, at) values (?1, ?2, ?3, ?4, ?5, ?6, ?7)",
    [USE] = "update track set rubric = ?1 where rubric in (select id from rubric where name = ?2)",
    [USED] = "select r.id from track t join rubric r on r.id = t.rubric where r.name = ?1 limit 1",
    [ACKNOWLEDGED] = ("select a.subject from acknowledgement a join rubric r on r.id = a.subject"
                      " where a.person = ?1 and a.kind = 0 and r.name = (select x.name from track t join rubric x on "
                      "x.id = t.rubric where t.name = ?2)"
                      " order by a.at desc, a.subject desc limit 1"),
    /* whoever judged before there was a page to acknowledge has read what they judged by */
    [WORKED_BY] = ("select j.rubric from judgment j join item i on i.id = j.item join track t on t.id = i.track"
                   " join rubric r on r.id = j.rubric join rubric x on x.id = t.rubric and x.name = r.name"
                   " where j.person = ?1 and t.name = ?2 order by j.id desc limit 1"),
    [ACKNOWLEDGE] =
        ("insert into acknowledgement (person, kind, subject, at) select ?1, 0, id, ?3 from rubric where id = ?2"
         " on conflict do update set at = excluded.at"),
};
const struct statement_table rubrics_statements = STATEMENT_TABLE(sql);

static void read_version(struct sqlite3_stmt *row, struct pool *pool, struct rubric_version *out) {
    *out = (struct rubric_version){.id = column_integer(row, 0),
                                   .name = column_copy(row, 1, pool),
                                   .yaml = column_copy(row, 2, pool),
                                   .hash = column_copy(row, 3, pool),
                                   .version = (int)column_integer(row, 4),
                                   .change = (enum rubric_change)column_integer(row, 5),
                                   .at = column_integer(row, 6)};
}

int rubric_newest(struct store *store, const char *track, struct pool *pool, struct rubric_version *out,
                  struct error *error) {
    struct sqlite3_stmt *row;
    int status = statement_find(store, &sql[IN_FORCE], VALUES(value_string(track)), &row, error);
    if (status == STEP_ROW)
        read_version(row, pool, out);
    statement_close(row);
    return status == STEP_DONE ? error_set(error, STATUS_USAGE, "there is no track '%s' with a rubric", track)
           : status < 0        ? status
                               : STATUS_OK;
}

int rubric_in_force(struct store *store, const char *track, int64_t *id, struct error *error) {
    int status = statement_integer(store, &sql[IN_FORCE_ID], VALUES(value_string(track)), id, error);
    return status < 0 ? status : STATUS_OK;
}

int rubric_by_id(struct store *store, int64_t id, struct pool *pool, struct rubric_version *out, struct error *error) {
    struct sqlite3_stmt *row;
    int status = statement_find(store, &sql[BY_ID], VALUES(value_integer(id)), &row, error);
    if (status == STEP_ROW)
        read_version(row, pool, out);
    statement_close(row);
    return status == STEP_DONE ? error_set(error, STATUS_USAGE, "there is no rubric number %lld", (long long)id)
           : status < 0        ? status
                               : STATUS_OK;
}

int rubric_history(struct store *store, struct pool *pool, struct rubric_version **out, size_t *count,
                   struct error *error) {
    struct sqlite3_stmt *row = NULL;
    int64_t total = 0;
    *out = NULL;
    *count = 0;
    int status = transaction_read(store, "rubric_history", error);
    if (status < 0)
        return status;
    status = statement_integer(store, &sql[COUNT], NO_VALUES, &total, error);
    if (status >= 0) {
        *out = pool_new(pool, (size_t)total + 1, sizeof **out);
        status = statement_open(store, &sql[HISTORY], NO_VALUES, &row, error);
    }
    while (status >= 0 && *count < (size_t)total && (status = statement_step(store, row, error)) == STEP_ROW)
        read_version(row, pool, &(*out)[(*count)++]);
    statement_close(row);
    return transaction_end(store, status < 0 ? status : STATUS_OK, error);
}

int rubric_named(struct store *store, const char *name, int64_t *id, struct error *error) {
    return statement_integer(store, &sql[NAMED], VALUES(value_string(name)), id, error);
}

int rubric_store(struct store *store, const struct viewer *viewer, const struct rubric *rubric, struct slice yaml,
                 enum rubric_change change, int64_t *id, struct error *error) {
    struct hash hash;
    char hex[HASH_HEX_SIZE];
    hash_bytes(&hash, yaml);
    hash_to_hex(&hash, hex);
    int64_t highest = 0;
    int status =
        statement_integer(store, &sql[SAME_TEXT], VALUES(value_string(rubric->name), value_string(hex)), id, error);
    if (status != STEP_DONE)
        return status;
    status = statement_integer(store, &sql[HIGHEST], VALUES(value_string(rubric->name)), &highest, error);
    if (status < 0)
        return status;
    if (status == STEP_DONE)
        change = RUBRIC_FIRST;
    else if (rubric->version <= highest)
        return error_set(
            error, STATUS_INPUT,
            "rubric '%s': version: %d has other text in the store already; a changed text needs a version from %lld on",
            rubric->name, rubric->version, (long long)highest + 1);
    status = statement_run(store, &sql[ADD],
                           VALUES(value_string(rubric->name), value_integer(rubric->version), value_string(hex),
                                  value_text(yaml), value_integer(change), value_id(viewer->person),
                                  value_integer(store_now(store))),
                           error);
    if (status < 0)
        return status;
    *id = statement_inserted(store);
    char detail[LIMIT_NAME_BYTES + 32];
    int length = snprintf(detail, sizeof detail, "%s@%d", rubric->name, rubric->version);
    return event_append(
        store,
        &(struct event_entry){.person = viewer->person,
                              .verb = "rubric",
                              .subject = SUBJECT_RUBRIC,
                              .id = *id,
                              .detail =
                                  slice_make(detail, length < (int)sizeof detail ? (size_t)length : sizeof detail - 1)},
        NULL, error);
}

/* The version is stored and in force on the tracks of the rubric. */
static int put_in_force(struct store *store, const struct viewer *viewer, const struct rubric *rubric,
                        struct slice yaml, enum rubric_change change, int64_t *id, struct error *error) {
    int64_t used = 0;
    int status = statement_integer(store, &sql[USED], VALUES(value_string(rubric->name)), &used, error);
    if (status == STEP_DONE)
        status = error_set(error, STATUS_INPUT, "no track uses a rubric named '%s'", rubric->name);
    if (status >= 0)
        status = rubric_store(store, viewer, rubric, yaml, change, id, error);
    if (status == STEP_ROW && *id != used) /* an earlier text again: it has its row, but not this event */
        status =
            event_append(store,
                         &(struct event_entry){
                             .person = viewer->person, .verb = "rubric-again", .subject = SUBJECT_RUBRIC, .id = *id},
                         NULL, error);
    if (status >= 0)
        status = statement_run(store, &sql[USE], VALUES(value_integer(*id), value_string(rubric->name)), error);
    return status;
}

int rubric_replace(struct store *store, const struct viewer *viewer, const struct rubric *rubric, struct slice yaml,
                   const struct rubric_step *step, struct rubric_effect *effect, struct error *error) {
    *effect = (struct rubric_effect){0};
    int status = require_lead(viewer, "rubric set", error);
    if (status >= 0 && step->again > 0 && step->change != RUBRIC_SEMANTIC)
        status = error_set(error, STATUS_USAGE, "only a semantic change puts items to people again");
    if (status >= 0)
        status = transaction_begin(store, "rubric_replace", error);
    if (status < 0)
        return status;
    status = put_in_force(store, viewer, rubric, yaml, step->change, &effect->id, error);
    for (size_t i = 0; status >= 0 && i < step->ruling_count; i++)
        status = ruling_withdraw(store, viewer, step->rulings[i], error);
    if (status >= 0)
        status = rounds_open(store, viewer, rubric, effect->id, step, effect, error);
    return transaction_end(store, status < 0 ? status : STATUS_OK, error);
}

int rubric_acknowledged(struct store *store, int64_t person, const char *track, int64_t *rubric, struct error *error) {
    *rubric = 0;
    int status =
        statement_integer(store, &sql[ACKNOWLEDGED], VALUES(value_integer(person), value_string(track)), rubric, error);
    if (status == STEP_DONE)
        status = statement_integer(store, &sql[WORKED_BY], VALUES(value_integer(person), value_string(track)), rubric,
                                   error);
    return status < 0 ? status : STATUS_OK;
}

int rubric_acknowledge(struct store *store, const struct viewer *viewer, int64_t rubric, struct error *error) {
    if (!viewer->person)
        return error_set(error, STATUS_USAGE, "'%s' has not begun to work in this store", viewer->name);
    int status = transaction_begin(store, "rubric_acknowledge", error);
    if (status < 0)
        return status;
    status = statement_run(
        store, &sql[ACKNOWLEDGE],
        VALUES(value_integer(viewer->person), value_integer(rubric), value_integer(store_now(store))), error);
    if (status >= 0 && statement_changes(store) == 0)
        status = error_set(error, STATUS_USAGE, "there is no rubric number %lld", (long long)rubric);
    if (status >= 0)
        status =
            event_append(store,
                         &(struct event_entry){
                             .person = viewer->person, .verb = "acknowledge", .subject = SUBJECT_RUBRIC, .id = rubric},
                         NULL, error);
    return transaction_end(store, status, error);
}
