/* An item set aside goes where its reason says, gold or not; and may come back, also when somebody else has taken it
 * meanwhile: a refusal would say that it is not gold. See batch.h. */
#include "store/batch.h"

#include "store/work_parts.h"

#include "core/base/array.h"
#include "store/load.h"

#include "core/base/banned.h"

enum { SENT, RETURN };
static const char *const sql[] = {
    [SENT] = "select id from serving where item = ?1 and " SENT_TO_LEAD " order by id",
    [RETURN] = "update serving set returned = 1 where id = ?1",
};
const struct statement_table aside_statements = STATEMENT_TABLE(sql);

static int log_serving(struct store *store, const struct serving_row *serving, const char *verb, const char *detail,
                       struct error *error) {
    return event_append(store,
                        &(struct event_entry){.person = serving->person,
                                              .verb = verb,
                                              .subject = SUBJECT_ITEM,
                                              .id = serving->item,
                                              .detail = slice_of(detail)},
                        NULL, error);
}

/* Only production has a place in the queue to give back; for gold and retests there is none, and nothing else
 * differs. */
static int set_aside(struct store *store, const struct viewer *viewer, int64_t id, enum aside_reason reason,
                     struct error *error) {
    struct serving_row serving;
    int64_t judgment;
    int status = serving_row_own(store, viewer, id, &serving, error);
    if (status < 0)
        return status;
    if (serving.state == SERVING_ASIDE)
        return error_set(error, STATUS_NO, "item '%s' is set aside already", store_ref(store, serving.item).text);
    status = serving_judgment(store, &serving, &judgment, error);
    if (status == STEP_ROW)
        status = judgment_retract(store, judgment, serving.person, error);
    if (status >= 0)
        status = serving_row_set_state(store, id, SERVING_ASIDE, (int)reason, error);
    if (status >= 0 && serving.kind == KIND_PRODUCTION && !aside_to_lead(reason))
        status = queue_give_back(store, serving.track, serving.item, serving.round, error);
    return status < 0 ? status : log_serving(store, &serving, "set-aside", aside_reason_key(reason), error);
}

int serving_set_aside(struct store *store, const struct viewer *viewer, int64_t serving, enum aside_reason reason,
                      struct error *error) {
    int status = transaction_begin(store, "serving_set_aside", error);
    if (status < 0)
        return status;
    status = require_worker(store, viewer, error);
    if (status >= 0)
        status = set_aside(store, viewer, serving, reason, error);
    return transaction_end(store, status, error);
}

static int take_back(struct store *store, const struct viewer *viewer, int64_t id, struct error *error) {
    struct serving_row serving;
    int status = serving_row_own(store, viewer, id, &serving, error);
    if (status < 0)
        return status;
    if (serving.state != SERVING_ASIDE)
        return error_set(error, STATUS_NO, "item '%s' is not set aside", store_ref(store, serving.item).text);
    if (serving.kind == KIND_PRODUCTION && (!aside_to_lead(serving.reason) || serving.returned))
        status = queue_take_item(store, serving.item, serving.round, error);
    if (status >= 0)
        status = serving_row_set_state(store, id, SERVING_DEALT, -1, error);
    return status < 0 ? status : log_serving(store, &serving, "take-back", "", error);
}

int serving_take_back(struct store *store, const struct viewer *viewer, int64_t serving, struct error *error) {
    int status = transaction_begin(store, "serving_take_back", error);
    if (status < 0)
        return status;
    status = require_worker(store, viewer, error);
    if (status >= 0)
        status = take_back(store, viewer, serving, error);
    return transaction_end(store, status, error);
}

/* --- What came to the lead ------------------------------------------------------------------------------------------------ */

static int return_serving(struct store *store, int64_t id, struct error *error) {
    struct serving_row serving;
    int status = serving_row_read(store, id, &serving, error);
    if (status >= 0 && serving.kind == KIND_PRODUCTION)
        status = queue_give_back(store, serving.track, serving.item, serving.round, error);
    return status < 0 ? status : statement_run(store, &sql[RETURN], VALUES(value_integer(id)), error);
}

static int give_back(struct store *store, const struct viewer *viewer, int64_t item, struct slice why,
                     struct error *error) {
    struct {
        int64_t *items;
        size_t count, capacity;
    } sent = {0};
    struct sqlite3_stmt *row;
    int status = statement_open(store, &sql[SENT], VALUES(value_integer(item)), &row, error);
    while (status >= 0 && (status = statement_step(store, row, error)) == STEP_ROW)
        *ARRAY_ADD(&sent) = column_integer(row, 0);
    statement_close(row);
    if (status >= 0 && sent.count == 0)
        status = error_set(error, STATUS_USAGE, "item '%s' is not set aside to the lead", store_ref(store, item).text);
    for (size_t i = 0; status >= 0 && i < sent.count; i++)
        status = return_serving(store, sent.items[i], error);
    ARRAY_RELEASE(&sent);
    return status < 0 ? status
                      : event_append(store,
                                     &(struct event_entry){.person = viewer->person,
                                                           .verb = "give-back",
                                                           .subject = SUBJECT_ITEM,
                                                           .id = item,
                                                           .detail = why},
                                     NULL, error);
}

int item_give_back(struct store *store, const struct viewer *viewer, int64_t item, struct slice why,
                   struct error *error) {
    int status = require_lead(viewer, "items give-back", error);
    if (status >= 0)
        status = transaction_begin(store, "item_give_back", error);
    return status < 0 ? status : transaction_end(store, give_back(store, viewer, item, why, error), error);
}
