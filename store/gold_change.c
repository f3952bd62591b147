/* Keys are made, amended and retired; a changed key settles the holds of everybody whose outcomes rested on it.
 * See gold.h. */
#include "store/gold.h"

#include "core/base/array.h"
#include "store/holds.h"
#include "store/work_parts.h"

#include "core/base/banned.h"

enum { FIND_ITEM, NEWEST, ADD, ADD_ANSWER, RETIRE };
static const char *const sql[] = {
    [FIND_ITEM] = "select t.name, length(i.lengths) - length(replace(i.lengths, ' ', '')) + 1 from item i join track t "
                  "on t.id = i.track"
                  " where i.id = ?1",
    [NEWEST] = "select id, retired is not null, void from gold where item = ?1 order by id desc limit 1",
    [ADD] = ("insert into gold (item, use, origin, difficulty, low, high, explanation, person, why, at)"
             " values (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10)"),
    [ADD_ANSWER] = "insert into gold_answer (gold, n, prefer, ranking) values (?1, ?2, ?3, ?4)",
    [RETIRE] = "update gold set retired = coalesce(retired, ?2), void = ?3 where id = ?1",
};
const struct statement_table gold_change_statements = STATEMENT_TABLE(sql);

struct gold_item {
    int64_t item, gold; /* gold: its newest key; 0: it never was gold */
    bool retired, voided;
    int responses;
    char *track; /* in the pool */
};

static int find_item(struct store *store, int64_t item, struct pool *pool, struct gold_item *out, struct error *error) {
    struct sqlite3_stmt *row;
    *out = (struct gold_item){.item = item};
    int status = statement_find(store, &sql[FIND_ITEM], VALUES(value_integer(item)), &row, error);
    if (status != STEP_ROW)
        return status < 0 ? status : error_set(error, STATUS_USAGE, "there is no such item");
    out->track = pool_string(pool, column_slice(row, 0));
    out->responses = (int)column_integer(row, 1);
    statement_close(row);
    status = statement_find(store, &sql[NEWEST], VALUES(value_integer(item)), &row, error);
    if (status != STEP_ROW)
        return status < 0 ? status : STATUS_OK;
    out->gold = column_integer(row, 0);
    out->retired = column_integer(row, 1) != 0;
    out->voided = column_integer(row, 2) != 0;
    statement_close(row);
    return STATUS_OK;
}

static int check_answer(const struct gold_answer *answer, int responses, struct error *error) {
    if (answer->prefer < CHOICE_NONE || answer->prefer >= responses)
        return error_set(error, STATUS_INPUT, "the key prefers number '%d' of %d responses", answer->prefer, responses);
    if (answer->ranking.text[0] && !ranking_valid(slice_of(answer->ranking.text), (size_t)responses, false))
        return error_set(error, STATUS_INPUT, "'%s' is not an order of %d responses", answer->ranking.text, responses);
    return STATUS_OK;
}

static int check_key(const struct gold_key *key, int responses, struct error *error) {
    if (key->answer_count < 1 || key->answer_count > GOLD_ANSWERS)
        return error_set(error, STATUS_INPUT, "a key has 1 to %d acceptable answers, not %zu", GOLD_ANSWERS,
                         key->answer_count);
    if (key->low < 0 || key->high > LIMIT_STRENGTHS || key->low > key->high || (key->low == 0) != (key->high == 0))
        return error_set(error, STATUS_INPUT, "a key's strength goes from 1 to %d, lowest first, not %d to %d",
                         LIMIT_STRENGTHS, key->low, key->high);
    int status = STATUS_OK;
    for (size_t i = 0; status >= 0 && i < key->answer_count; i++)
        status = check_answer(&key->answers[i], responses, error);
    return status;
}

static int add_key(struct store *store, const struct viewer *viewer, int64_t item, const struct gold_key *key,
                   const char *origin, struct slice why, int64_t *gold, struct error *error) {
    int status = statement_run(store, &sql[ADD],
                               VALUES(value_integer(item), value_integer(key->use), value_string(origin),
                                      value_integer(key->difficulty), value_integer(key->low), value_integer(key->high),
                                      value_text(key->explanation), value_id(viewer->person), value_text(why),
                                      value_integer(store_now(store))),
                               error);
    *gold = statement_inserted(store);
    for (size_t i = 0; status >= 0 && i < key->answer_count; i++) {
        const struct gold_answer *answer = &key->answers[i];
        status = statement_run(store, &sql[ADD_ANSWER],
                               VALUES(value_integer(*gold), value_integer((int64_t)i), value_integer(answer->prefer),
                                      answer->ranking.text[0] ? value_string(answer->ranking.text) : value_null()),
                               error);
    }
    return status;
}

static int log_gold(struct store *store, const struct viewer *viewer, const char *verb, int64_t gold, struct slice why,
                    struct error *error) {
    return event_append(store,
                        &(struct event_entry){
                            .person = viewer->person, .verb = verb, .subject = SUBJECT_GOLD, .id = gold, .detail = why},
                        NULL, error);
}

static int end_key(struct store *store, int64_t gold, bool voided, struct error *error) {
    return statement_run(store, &sql[RETIRE],
                         VALUES(value_integer(gold), value_integer(store_now(store)), value_integer(voided)), error);
}

static int retire_key(struct store *store, const struct viewer *viewer, int64_t gold, bool voided, struct slice why,
                      struct error *error) {
    int status = end_key(store, gold, voided, error);
    return status < 0 ? status : log_gold(store, viewer, voided ? "void-gold" : "retire-gold", gold, why, error);
}

/* Alarms and passes follow from the keys: everybody who answered this item may have others now. */
static int settle(struct store *store, const struct campaign *campaign, const struct gold_item *found,
                  struct error *error) {
    const struct track_settings *settings = campaign_track(campaign, found->track);
    if (!settings)
        return STATUS_OK;
    int status = holds_settle_answerers(store, settings, found->item, error);
    return status < 0 ? status : standing_settle(store, settings, found->item, error);
}

static int require_why(struct slice why, struct error *error) {
    return why.length ? STATUS_OK : error_set(error, STATUS_USAGE, "a change of gold needs a reason");
}

static int promote(struct store *store, const struct viewer *viewer, const struct campaign *campaign, int64_t item,
                   const struct gold_key *key, struct slice why, struct error *error) {
    struct pool pool = POOL_INIT;
    struct gold_item found;
    int64_t gold;
    int status = find_item(store, item, &pool, &found, error);
    if (status >= 0 && found.gold && !found.retired)
        status = error_set(error, STATUS_USAGE, "item '%s' is gold already; amend its key instead",
                           store_ref(store, item).text);
    if (status >= 0)
        status = check_key(key, found.responses, error);
    if (status >= 0)
        status = add_key(store, viewer, item, key, "promoted", why, &gold, error);
    if (status >= 0)
        status = queue_remove(store, item, error);
    if (status >= 0)
        status = log_gold(store, viewer, "promote-gold", gold, why, error);
    if (status >= 0) /* it may have been gold, and answered as such, before */
        status = settle(store, campaign, &found, error);
    pool_release(&pool);
    return status;
}

int gold_promote(struct store *store, const struct viewer *viewer, const struct campaign *campaign, int64_t item,
                 const struct gold_key *key, struct slice why, struct error *error) {
    int status = require_lead(viewer, "gold promote", error);
    if (status >= 0)
        status = require_why(why, error);
    if (status >= 0)
        status = transaction_begin(store, "gold_promote", error);
    if (status < 0)
        return status;
    return transaction_end(store, promote(store, viewer, campaign, item, key, why, error), error);
}

static int amend(struct store *store, const struct viewer *viewer, const struct campaign *campaign, int64_t item,
                 const struct gold_key *key, struct slice why, struct error *error) {
    struct pool pool = POOL_INIT;
    struct gold_item found;
    int64_t gold;
    int status = find_item(store, item, &pool, &found, error);
    if (status >= 0 && (!found.gold || found.voided))
        status = error_set(error, STATUS_USAGE, "item '%s' is not gold", store_ref(store, item).text);
    if (status >= 0)
        status = check_key(key, found.responses, error);
    if (status >= 0)
        status = end_key(store, found.gold, false, error);
    if (status >= 0)
        status = add_key(store, viewer, item, key, "amended", why, &gold, error);
    if (status >= 0)
        status = log_gold(store, viewer, "amend-gold", gold, why, error);
    if (status >= 0 && found.retired) /* what was answered follows the new key; it is not served again */
        status = retire_key(store, viewer, gold, false, why, error);
    if (status >= 0)
        status = settle(store, campaign, &found, error);
    pool_release(&pool);
    return status;
}

int gold_amend(struct store *store, const struct viewer *viewer, const struct campaign *campaign, int64_t item,
               const struct gold_key *key, struct slice why, struct error *error) {
    int status = require_lead(viewer, "gold amend", error);
    if (status >= 0)
        status = require_why(why, error);
    if (status >= 0)
        status = transaction_begin(store, "gold_amend", error);
    if (status < 0)
        return status;
    return transaction_end(store, amend(store, viewer, campaign, item, key, why, error), error);
}

static int retire(struct store *store, const struct viewer *viewer, const struct campaign *campaign, int64_t item,
                  bool void_outcomes, struct slice why, struct error *error) {
    struct pool pool = POOL_INIT;
    struct gold_item found;
    int status = find_item(store, item, &pool, &found, error);
    if (status >= 0 && (!found.gold || found.voided || (found.retired && !void_outcomes)))
        status =
            error_set(error, STATUS_USAGE, found.retired ? "item '%s' is retired already" : "item '%s' is not gold",
                      store_ref(store, item).text);
    if (status >= 0)
        status = retire_key(store, viewer, found.gold, void_outcomes, why, error);
    if (status >= 0 && void_outcomes)
        status = settle(store, campaign, &found, error);
    pool_release(&pool);
    return status;
}

int gold_retire(struct store *store, const struct viewer *viewer, const struct campaign *campaign, int64_t item,
                bool void_outcomes, struct slice why, struct error *error) {
    int status = require_lead(viewer, "gold retire", error);
    if (status >= 0)
        status = require_why(why, error);
    if (status >= 0)
        status = transaction_begin(store, "gold_retire", error);
    if (status < 0)
        return status;
    return transaction_end(store, retire(store, viewer, campaign, item, void_outcomes, why, error), error);
}
