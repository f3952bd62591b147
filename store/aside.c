/* An item set aside goes where its reason says, gold or not; and may come back, also when somebody else has taken it
 * meanwhile: a refusal would say that it is not gold. See batch.h. */
#include "store/batch.h"

#include "store/work_parts.h"

#include "core/base/banned.h"

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
    if (serving.kind == KIND_PRODUCTION && !aside_to_lead(serving.reason))
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
