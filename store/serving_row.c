/* Rows of servings and their judgments, as every verb of the work asks for them; see work_parts.h. */
#include "store/work_parts.h"

#include "core/base/banned.h"

enum { READ, SET_STATE, FIND_JUDGMENT, RETRACT, IS_PAUSED };
static const char *const sql[] = {
    [READ] = "select s.batch, s.person, s.item, s.prompt, b.track, s.position, s.round, s.pass, s.kind, s.state, "
             "s.reason, s.shown,"
             " b.handed_in is not null, s.returned from serving s join batch b on b.id = s.batch where s.id = ?1",
    [SET_STATE] = "update serving set state = ?2, reason = ?3, returned = 0, at = ?4 where id = ?1",
    [FIND_JUDGMENT] =
        ("select j.id from judgment j where j.item = ?1 and j.person = ?2 and j.serving = ?3"
         " and not exists (select 1 from retraction r where r.judgment = j.id) order by j.id desc limit 1"),
    [RETRACT] = "insert into retraction (judgment, uid, person, at) values (?1, ?2, ?3, ?4)",
    [IS_PAUSED] = "select state = 'paused' from standing where person = ?1 and track is null order by id desc limit 1",
};
const struct statement_table serving_row_statements = STATEMENT_TABLE(sql);

int serving_row_read(struct store *store, int64_t serving, struct serving_row *out, struct error *error) {
    struct sqlite3_stmt *row;
    int status = statement_find(store, &sql[READ], VALUES(value_integer(serving)), &row, error);
    if (status != STEP_ROW)
        return status < 0 ? status : error_set(error, STATUS_USAGE, "there is no serving '%lld'", (long long)serving);
    *out = (struct serving_row){
        .id = serving,
        .batch = column_integer(row, 0),
        .person = column_integer(row, 1),
        .item = column_integer(row, 2),
        .prompt = column_integer(row, 3),
        .track = column_integer(row, 4),
        .position = (int)column_integer(row, 5),
        .round = (int)column_integer(row, 6),
        .pass = (int)column_integer(row, 7),
        .kind = (enum kind)column_integer(row, 8),
        .state = (enum serving_state)column_integer(row, 9),
        .reason = (enum aside_reason)column_integer(row, 10),
        .handed_in = column_integer(row, 12) != 0,
        .returned = column_integer(row, 13) != 0,
    };
    struct slice shown = column_slice(row, 11);
    if (shown.length < sizeof out->shown)
        memcpy(out->shown, shown.data, shown.length);
    statement_close(row);
    return STATUS_OK;
}

int serving_row_own(struct store *store, const struct viewer *viewer, int64_t serving, struct serving_row *out,
                    struct error *error) {
    int status = serving_row_read(store, serving, out, error);
    if (status < 0)
        return status;
    if (out->person != viewer->person)
        return error_set(error, STATUS_USAGE, "item '%s' was not dealt to '%s'", store_ref(store, out->item).text,
                         viewer->name);
    if (out->handed_in)
        return error_set(
            error, STATUS_NO,
            "item '%s' is in a batch that was handed in or went back to the queue; nothing in it can be changed",
            store_ref(store, out->item).text);
    return STATUS_OK;
}

int serving_row_set_state(struct store *store, int64_t serving, enum serving_state state, int reason,
                          struct error *error) {
    return statement_run(store, &sql[SET_STATE],
                         VALUES(value_integer(serving), value_integer(state),
                                reason < 0 ? value_null() : value_integer(reason), value_integer(store_now(store))),
                         error);
}

int serving_judgment(struct store *store, const struct serving_row *serving, int64_t *judgment, struct error *error) {
    return statement_integer(
        store, &sql[FIND_JUDGMENT],
        VALUES(value_integer(serving->item), value_integer(serving->person), value_integer(serving->id)), judgment,
        error);
}

int judgment_retract(struct store *store, int64_t judgment, int64_t person, struct error *error) {
    struct ulid uid = ulid_make(store->world);
    int status = statement_run(
        store, &sql[RETRACT],
        VALUES(value_integer(judgment), value_string(uid.text), value_integer(person), value_integer(store_now(store))),
        error);
    if (status >= 0)
        status = event_append(
            store,
            &(struct event_entry){.person = person, .verb = "retract", .subject = SUBJECT_RETRACTION, .id = judgment},
            NULL, error);
    return status;
}

int require_worker(struct store *store, const struct viewer *viewer, struct error *error) {
    int64_t paused = 0;
    if (!viewer->person)
        return error_set(error, STATUS_USAGE, "'%s' has not entered this store yet", viewer->name);
    int status = statement_integer(store, &sql[IS_PAUSED], VALUES(value_integer(viewer->person)), &paused, error);
    if (status >= 0 && paused)
        return error_set(error, STATUS_NO, "'%s' is paused: you can look, but not judge; a lead can change that",
                         viewer->name);
    return status < 0 ? status : STATUS_OK;
}
