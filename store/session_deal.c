/* The batches of a calibration session: one for each person's votes, one for each second vote, one for the lead's
 * references. They lie beside the batches of the queue and have no lease. See session.h. */
#include "core/base/memory.h"
#include "core/work/dealing.h"
#include "store/session_parts.h"

#include "core/base/banned.h"

enum { READ_SESSION, NEXT_BATCH, NEXT_NUMBER, ADD_BATCH, READ_ITEM, ADD_SERVING, RELEASE, CLOSE };
#define ENDING                                                                                   \
    "session = ?1 and (?2 = 0 or person = ?2) and handed_in is null and (?3 or exists (select 1" \
    " from serving k where k.batch = batch.id and k.kind = 5))"
static const char *const sql[] = {
    [READ_SESSION] = "select id, track, closed is not null, name from session where id = ?1",
    [NEXT_BATCH] = "select coalesce(max(id), 0) + 1 from batch",
    [NEXT_NUMBER] = "select coalesce(min(number), 1) - 1 from batch where person = ?1 and track = ?2 and number < 1",
    [ADD_BATCH] = "insert into batch (id, uid, person, track, number, size, session, dealt, lease) values (?1, ?2, "
                  "?3, ?4, ?5, ?6, ?7, ?8, 9223372036854775807)",
    [READ_ITEM] = "select prompt, length(lengths) - length(replace(lengths, ' ', '')) + 1 from item where id = ?1",
    [ADD_SERVING] = "insert into serving (batch, position, person, item, prompt, round, pass, kind, shown, state, at)"
                    " values (?1, ?2, ?3, ?4, ?5, 0, ?6, ?7, ?8, 0, ?9)",
    [RELEASE] = ("update serving set state = 3, at = ?4 where state = 0 and batch in (select id from batch"
                 " where " ENDING ")"),
    [CLOSE] = ("update batch set handed_in = ?4 where " ENDING),
};
const struct statement_table session_deal_statements = STATEMENT_TABLE(sql);

int session_row_open(struct store *store, int64_t session, struct session_row *out, struct error *error) {
    struct sqlite3_stmt *row;
    int status = statement_find(store, &sql[READ_SESSION], VALUES(value_integer(session)), &row, error);
    if (status != STEP_ROW)
        return status < 0 ? status : error_set(error, STATUS_USAGE, "there is no such session");
    *out = (struct session_row){column_integer(row, 0), column_integer(row, 1), column_integer(row, 2) != 0};
    if (out->closed)
        status = error_set(error, STATUS_NO, "session '" SLICE_FORMAT "' is closed; nothing in it is changed any more",
                           SLICE_ARGS(column_slice(row, 3)));
    statement_close(row);
    return status < 0 ? status : STATUS_OK;
}

static int add_serving(struct store *store, const struct session_row *session, int64_t batch, int64_t person,
                       enum kind kind, int64_t item, size_t position, struct error *error) {
    struct sqlite3_stmt *row;
    char shown[LIMIT_RESPONSES + 1] = "abcdefghijklmnopqrstuvwxyz";
    int pass = calibration_pass(session->id, kind);
    int status = statement_find(store, &sql[READ_ITEM], VALUES(value_integer(item)), &row, error);
    if (status != STEP_ROW)
        return status < 0 ? status : error_set(error, STATUS_USAGE, "there is no such item");
    int64_t prompt = column_integer(row, 0);
    size_t responses = (size_t)column_integer(row, 1);
    statement_close(row);
    if (kind == KIND_REFERENCE) /* the lead writes it in the order in which the session shows the item */
        shown[responses] = '\0';
    else
        deal_shown(store->secret, person, item, 0, pass, responses, NULL, shown);
    return statement_run(store, &sql[ADD_SERVING],
                         VALUES(value_integer(batch), value_integer((int64_t)position), value_integer(person),
                                value_integer(item), value_integer(prompt), value_integer(pass), value_integer(kind),
                                value_string(shown), value_integer(store_now(store))),
                         error);
}

int session_add_batch(struct store *store, const struct session_row *session, int64_t person, enum kind kind,
                      const int64_t *items, size_t count, struct error *error) {
    struct ulid uid = ulid_make(store->world);
    int64_t batch = 0, number = 0;
    int status = statement_integer(store, &sql[NEXT_BATCH], NO_VALUES, &batch, error);
    if (status >= 0)
        status = statement_integer(store, &sql[NEXT_NUMBER],
                                   VALUES(value_integer(person), value_integer(session->track)), &number, error);
    if (status >= 0)
        status =
            statement_run(store, &sql[ADD_BATCH],
                          VALUES(value_integer(batch), value_string(uid.text), value_integer(person),
                                 value_integer(session->track), value_integer(number), value_integer((int64_t)count),
                                 value_integer(session->id), value_integer(store_now(store))),
                          error);
    size_t *order = memory_new(count + 1, sizeof *order);
    for (size_t i = 0; i < count; i++)
        order[i] = i;
    if (kind != KIND_REFERENCE)
        deal_order(store->secret, person, batch, count, order);
    for (size_t i = 0; status >= 0 && i < count; i++)
        status = add_serving(store, session, batch, person, kind, items[order[i]], i + 1, error);
    memory_free(order);
    if (status >= 0)
        status = event_append(
            store, &(struct event_entry){.person = person, .verb = "deal", .subject = SUBJECT_BATCH, .id = batch}, NULL,
            error);
    return status;
}

int session_end_batches(struct store *store, int64_t session, int64_t person, bool all_kinds, struct error *error) {
    int64_t now = store_now(store);
    int status = statement_run(
        store, &sql[RELEASE],
        VALUES(value_integer(session), value_integer(person), value_integer(all_kinds), value_integer(now)), error);
    if (status >= 0)
        status = statement_run(
            store, &sql[CLOSE],
            VALUES(value_integer(session), value_integer(person), value_integer(all_kinds), value_integer(now)), error);
    return status;
}

int session_log(struct store *store, const struct viewer *viewer, const char *verb, int64_t session, const char *detail,
                struct error *error) {
    return event_append(store,
                        &(struct event_entry){.person = viewer->person,
                                              .verb = verb,
                                              .subject = SUBJECT_SESSION,
                                              .id = session,
                                              .detail = slice_of(detail)},
                        NULL, error);
}
