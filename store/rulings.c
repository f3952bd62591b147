/* The case log: answers that hold for everybody on a track, acknowledged once by each. See questions.h. */
#include "store/rulings.h"

#include "core/base/array.h"
#include "core/text/utf8.h"
#include "store/questions.h"

#include "core/base/banned.h"

enum { RULING_MOST_BYTES = 4096, ACKNOWLEDGED_RULING = 1 };

enum { ADD, LIST, FIND, RETIRE, ACKNOWLEDGE, WHO };
static const char *const sql[] = {
    [ADD] = "insert into ruling (uid, track, text, rubric, person, at) values (?1, ?2, ?3, (select rubric from track "
            "where id = ?2), ?4, ?5)",
    [LIST] = "select r.id, t.name, r.text, coalesce(p.name, ''), r.at, r.retired is not null,"
             " exists (select 1 from acknowledgement a where a.person = ?2 and a.kind = 1 and a.subject = r.id) from "
             "ruling r"
             " join track t on t.id = r.track left join person p on p.id = r.person where ?1 is null or t.name = ?1 "
             "order by r.id",
    [FIND] = "select retired is not null from ruling where id = ?1",
    [RETIRE] = "update ruling set retired = ?2 where id = ?1",
    [ACKNOWLEDGE] =
        "insert into acknowledgement (person, kind, subject, at) values (?1, ?2, ?3, ?4) on conflict do nothing",
    [WHO] = ("select r.id, p.name, coalesce(a.at, 0) from ruling r join track t on t.id = r.track"
             " join person p on p.role in (0, 1) and p.solo < 2"
             " left join acknowledgement a on a.person = p.id and a.kind = 1 and a.subject = r.id"
             " where a.at is not null or (p.role = 0 and (p.tracks = '' or instr(',' || replace(p.tracks, ', ', ',')"
             " || ',', ',' || t.name || ',') > 0)) order by r.id, p.name"),
};
const struct statement_table rulings_statements = STATEMENT_TABLE(sql);

int ruling_record(struct store *store, const struct viewer *viewer, int64_t track, struct slice text, int64_t *id,
                  struct error *error) {
    struct ulid uid = ulid_make(store->world);
    int status = statement_run(store, &sql[ADD],
                               VALUES(value_string(uid.text), value_integer(track), value_text(text),
                                      value_id(viewer->person), value_integer(store_now(store))),
                               error);
    if (status < 0)
        return status;
    *id = statement_inserted(store);
    return event_append(
        store, &(struct event_entry){.person = viewer->person, .verb = "rule", .subject = SUBJECT_RULING, .id = *id},
        NULL, error);
}

int ruling_list(struct store *store, const struct viewer *viewer, const char *track, struct pool *pool,
                struct ruling **out, size_t *count, struct error *error) {
    struct {
        struct ruling *items;
        size_t count, capacity;
    } rulings = {0};
    struct sqlite3_stmt *row;
    int status =
        statement_open(store, &sql[LIST], VALUES(value_string(track), value_integer(viewer->person)), &row, error);
    if (status < 0)
        return status;
    while ((status = statement_step(store, row, error)) == STEP_ROW)
        *ARRAY_ADD(&rulings) = (struct ruling){
            .id = column_integer(row, 0),
            .track = column_copy(row, 1, pool),
            .text = column_copy(row, 2, pool),
            .person = column_copy(row, 3, pool),
            .at = column_integer(row, 4),
            .retired = column_integer(row, 5) != 0,
            .acknowledged = column_integer(row, 6) != 0,
        };
    statement_close(row);
    if (status >= 0) {
        *out = pool_copy(pool, rulings.items, rulings.count, sizeof **out);
        *count = rulings.count;
    }
    ARRAY_RELEASE(&rulings);
    return status;
}

int ruling_acknowledgements(struct store *store, const struct viewer *viewer, struct pool *pool,
                            struct acknowledgement **out, size_t *count, struct error *error) {
    struct {
        struct acknowledgement *items;
        size_t count, capacity;
    } lines = {0};
    struct sqlite3_stmt *row;
    int status = require_lead(viewer, "rulings", error);
    if (status >= 0)
        status = statement_open(store, &sql[WHO], NO_VALUES, &row, error);
    if (status < 0)
        return status;
    while ((status = statement_step(store, row, error)) == STEP_ROW)
        *ARRAY_ADD(&lines) =
            (struct acknowledgement){column_integer(row, 0), column_copy(row, 1, pool), column_integer(row, 2)};
    statement_close(row);
    if (status >= 0) {
        *out = pool_copy(pool, lines.items, lines.count, sizeof **out);
        *count = lines.count;
    }
    ARRAY_RELEASE(&lines);
    return status < 0 ? status : STATUS_OK;
}

int ruling_add(struct store *store, const struct viewer *viewer, const char *track, struct slice text,
               struct error *error) {
    int64_t on, id;
    int status = require_lead(viewer, "rulings add", error);
    if (status >= 0 && (text.length == 0 || text.length > RULING_MOST_BYTES))
        status = error_set(error, STATUS_INPUT, "a ruling has 1 to %d bytes", RULING_MOST_BYTES);
    if (status >= 0 && !utf8_valid(text))
        status = error_set(error, STATUS_USAGE, "the text is not UTF-8");
    if (status >= 0)
        status = transaction_begin(store, "ruling_add", error);
    if (status < 0)
        return status;
    status = track_id(store, track, &on, error);
    if (status >= 0)
        status = ruling_record(store, viewer, on, text, &id, error);
    return transaction_end(store, status, error);
}

/* STATUS_USAGE if there is no such ruling. */
static int find_ruling(struct store *store, int64_t id, bool *retired, struct error *error) {
    int64_t gone = 0;
    int status = statement_integer(store, &sql[FIND], VALUES(value_integer(id)), &gone, error);
    *retired = gone != 0;
    return status == STEP_DONE ? error_set(error, STATUS_USAGE, "there is no ruling '%lld'", (long long)id)
           : status < 0        ? status
                               : STATUS_OK;
}

int ruling_withdraw(struct store *store, const struct viewer *viewer, int64_t id, struct error *error) {
    bool retired = false;
    int status = find_ruling(store, id, &retired, error);
    if (status >= 0 && retired)
        status = error_set(error, STATUS_NO, "ruling %lld is retired already", (long long)id);
    if (status >= 0)
        status = statement_run(store, &sql[RETIRE], VALUES(value_integer(id), value_integer(store_now(store))), error);
    if (status >= 0)
        status =
            event_append(store,
                         &(struct event_entry){
                             .person = viewer->person, .verb = "retire-ruling", .subject = SUBJECT_RULING, .id = id},
                         NULL, error);
    return status;
}

int ruling_retire(struct store *store, const struct viewer *viewer, int64_t id, struct error *error) {
    int status = require_lead(viewer, "rulings retire", error);
    if (status >= 0)
        status = transaction_begin(store, "ruling_retire", error);
    return status < 0 ? status : transaction_end(store, ruling_withdraw(store, viewer, id, error), error);
}

int ruling_acknowledge(struct store *store, const struct viewer *viewer, int64_t id, struct error *error) {
    bool retired;
    if (!viewer->person)
        return STATUS_OK; /* solo use before the first act: nobody to remember it for */
    int status = transaction_begin(store, "ruling_acknowledge", error);
    if (status < 0)
        return status;
    status = find_ruling(store, id, &retired, error);
    if (status >= 0)
        status = statement_run(store, &sql[ACKNOWLEDGE],
                               VALUES(value_integer(viewer->person), value_integer(ACKNOWLEDGED_RULING),
                                      value_integer(id), value_integer(store_now(store))),
                               error);
    return transaction_end(store, status < 0 ? status : STATUS_OK, error);
}
