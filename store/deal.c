/*
 * Dealing a batch: production from the queue, gold and retests matched to it, positions and sides by keyed draws;
 * all in one transaction. The number that the draws are about is the batch's row id, which no other batch of this
 * person has.
 */
#include "store/deal_parts.h"

#include "core/base/memory.h"
#include "core/base/timestamp.h"
#include "core/work/sharing.h"

#include "core/base/banned.h"

enum {
    FIND_OPEN,
    FIND_TRAINING,
    NEXT_ID,
    NEXT_NUMBER,
    NEXT_NUMBER_APART,
    ADD_BATCH,
    ADD_SERVING,
    PERSON_TRACKS,
    RESPONSES
};
static const char *const sql[] = {
    /* work in hand first, then what a session asks for, and only then more work (kind 7: the lead's references) */
    [FIND_OPEN] = ("select id from batch b where person = ?1 and track = ?2 and handed_in is null"
                   " and not exists (select 1 from serving s where s.batch = b.id and s.kind = 7)"
                   " order by session is not null, id limit 1"),
    [FIND_TRAINING] =
        ("select id from batch where person = ?1 and track = ?2 and handed_in is null and purpose = 1 order by "
         "id limit 1"),
    [NEXT_ID] = "select coalesce(max(id), 0) + 1 from batch",
    [NEXT_NUMBER] = "select coalesce(max(number), 0) + 1 from batch where person = ?1 and track = ?2 and number > 0",
    [NEXT_NUMBER_APART] =
        "select coalesce(min(number), 1) - 1 from batch where person = ?1 and track = ?2 and number < 1",
    [ADD_BATCH] = ("insert into batch (id, uid, person, track, number, size, purpose, dealt, lease) values (?1, ?2, "
                   "?3, ?4, ?5, ?6, ?7, ?8, ?9)"),
    [ADD_SERVING] = ("insert into serving (batch, position, person, item, prompt, round, pass, kind, shown, state, at)"
                     " values (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, 0, ?10)"),
    [PERSON_TRACKS] =
        "select tracks = '' or instr(',' || tracks || ',', ',' || ?2 || ',') > 0 from person where id = ?1",
    [RESPONSES] = "select length(lengths) - length(replace(lengths, ' ', '')) + 1 from item where id = ?1",
};
const struct statement_table deal_statements = STATEMENT_TABLE(sql);

/* One place of the batch before it has a position. */
struct slot {
    int64_t item, prompt;
    int round, pass;
    enum kind kind;
    char before[LIMIT_RESPONSES + 1]; /* of a retest: the order it was shown in; else "" */
};

struct deal {
    int64_t person, track, batch, number;
    const struct track_settings *settings;
    enum batch_purpose purpose;
    struct slot *slots;
    size_t count;
};

static int add_batch(struct store *store, const struct deal *deal, struct error *error) {
    struct ulid uid = ulid_make(store->world);
    int64_t now = store_now(store),
            lease = now + (deal->settings ? deal->settings->lease_days : track_default.lease_days) * MS_DAY;
    return statement_run(store, &sql[ADD_BATCH],
                         VALUES(value_integer(deal->batch), value_string(uid.text), value_integer(deal->person),
                                value_integer(deal->track), value_integer(deal->number),
                                value_integer((int64_t)deal->count), value_integer(deal->purpose), value_integer(now),
                                value_integer(lease)),
                         error);
}

static int add_serving(struct store *store, const struct deal *deal, const struct slot *slot, size_t position,
                       struct error *error) {
    char shown[LIMIT_RESPONSES + 1];
    int64_t responses = 2;
    int status = statement_integer(store, &sql[RESPONSES], VALUES(value_integer(slot->item)), &responses, error);
    if (status < 0)
        return status;
    deal_shown(store->secret, deal->person, slot->item, slot->round, slot->pass, (size_t)responses,
               slot->before[0] ? slot->before : NULL, shown);
    return statement_run(store, &sql[ADD_SERVING],
                         VALUES(value_integer(deal->batch), value_integer((int64_t)position),
                                value_integer(deal->person), value_integer(slot->item), value_integer(slot->prompt),
                                value_integer(slot->round), value_integer(slot->pass), value_integer(slot->kind),
                                value_string(shown), value_integer(store_now(store))),
                         error);
}

/* Batch, servings, event. Positions are a keyed draw, except in training, which is in stored order. */
static int record(struct store *store, const struct deal *deal, struct error *error) {
    size_t *order = memory_new(deal->count, sizeof *order);
    for (size_t i = 0; i < deal->count; i++)
        order[i] = i;
    if (deal->purpose != BATCH_TRAINING)
        deal_order(store->secret, deal->person, deal->batch, deal->count, order);
    int status = add_batch(store, deal, error);
    for (size_t i = 0; status >= 0 && i < deal->count; i++)
        status = add_serving(store, deal, &deal->slots[order[i]], i + 1, error);
    memory_free(order);
    if (status >= 0)
        status = event_append(
            store,
            &(struct event_entry){.person = deal->person, .verb = "deal", .subject = SUBJECT_BATCH, .id = deal->batch},
            NULL, error);
    return status;
}

/* --- Putting a batch together
 * ------------------------------------------------------------------------------------------- */

static bool prompt_is_picked(const struct queue_pick *picks, size_t count, int64_t prompt) {
    for (size_t i = 0; i < count; i++)
        if (picks[i].prompt == prompt)
            return true;
    return false;
}

static bool size_is_picked(const struct queue_pick *picks, size_t count, int responses) {
    for (size_t i = 0; i < count; i++)
        if (picks[i].responses == responses)
            return true;
    return false;
}

/* Gold whose prompt is among the production items that this batch may get is left out, before anything is counted:
 * no place stays empty for it. */
static void drop_picked_prompts(const struct queue_pick *picks, size_t count, struct deal_candidates *gold) {
    size_t kept = 0;
    for (size_t i = 0; i < gold->count; i++) {
        if (prompt_is_picked(picks, count, gold->candidates[i].prompt))
            continue;
        gold->items[kept] = gold->items[i];
        gold->candidates[kept++] = gold->candidates[i];
    }
    gold->count = kept;
}

/* A number of responses that no production item of the batch has would show too. */
static void drop_other_sizes(const struct queue_pick *picks, size_t count, struct deal_candidates *from) {
    size_t kept = 0;
    for (size_t i = 0; i < from->count; i++) {
        if (!size_is_picked(picks, count, from->items[i].responses))
            continue;
        from->items[kept] = from->items[i];
        from->candidates[kept++] = from->candidates[i];
    }
    from->count = kept;
}

/* How many of each; with fewer candidates there are only more production items. */
static struct deal_counts count_slots(struct store *store, const struct deal *deal, double rate,
                                      const struct queue_pick *picks, size_t found, struct deal_candidates *gold,
                                      struct deal_candidates *retests) {
    struct deal_counts counts = deal_count(store->secret, deal->person, deal->batch, deal->settings, rate,
                                           (struct deal_counts){found, gold->count, retests->count});
    drop_other_sizes(picks, counts.production, gold);
    drop_other_sizes(picks, counts.production, retests);
    return deal_count(store->secret, deal->person, deal->batch, deal->settings, rate,
                      (struct deal_counts){found, gold->count, retests->count});
}

static void add_matched(struct store *store, struct deal *deal, const struct deal_item *production,
                        size_t production_count, const struct deal_candidates *from, size_t wanted, enum kind kind) {
    size_t *chosen = memory_new(from->count, sizeof *chosen);
    size_t count =
        deal_match(store->secret, deal->person, production, production_count, from->items, from->count, wanted, chosen);
    for (size_t i = 0; i < count; i++) {
        const struct deal_candidate *one = &from->candidates[chosen[i]];
        deal->slots[deal->count++] = (struct slot){
            // NOLINTNEXTLINE(clang-analyzer-core.NullDereference): deal_match chose it
            .item = one->item,
            .prompt = one->prompt,
            .kind = kind,
            .pass = kind == KIND_RETEST,
        };
        memcpy(deal->slots[deal->count - 1].before, one->before, sizeof one->before);
    }
    memory_free(chosen);
}

static void add_production(struct deal *deal, const struct queue_pick *picks, size_t count,
                           struct deal_item *production) {
    for (size_t i = 0; i < count; i++) {
        const struct queue_pick *pick = &picks[i];
        production[i] = (struct deal_item){pick->item,   pick->category,  pick->language,
                                           pick->length, pick->responses, DIFFICULTY_UNKNOWN};
        deal->slots[deal->count++] =
            (struct slot){.item = pick->item, .prompt = pick->prompt, .round = pick->round, .kind = KIND_PRODUCTION};
    }
}

static int read_candidates(struct store *store, const struct deal *deal, const struct taste *taste,
                           struct deal_candidates *gold, struct deal_candidates *retests, double *rate,
                           struct error *error) {
    int status = deal_gold_rate(store, deal->person, deal->track, deal->settings, rate, error);
    if (status >= 0 && *rate > 0)
        status = deal_read_gold(store, deal->person, deal->track, deal->batch, taste, gold, error);
    if (status >= 0)
        status = deal_read_retests(store, deal->person, deal->track, deal->settings, deal->batch, retests, error);
    return status;
}

/* Fills deal->slots; count stays 0 if nothing is left for this person. */
static int compose(struct store *store, struct deal *deal, const struct taste *taste, struct error *error) {
    size_t batch = (size_t)deal->settings->batch, found = 0;
    struct queue_pick *picks = memory_new(batch, sizeof *picks);
    struct deal_item *production = memory_new(batch, sizeof *production);
    struct deal_candidates gold = {0}, retests = {0};
    double rate = 0;
    size_t quota = sharing_quota(batch, deal->settings->shared);
    int status = queue_look(store, deal->person, deal->track, taste, batch, quota, picks, &found, error);
    if (status >= 0 && found > 0)
        status = read_candidates(store, deal, taste, &gold, &retests, &rate, error);
    if (status >= 0 && found > 0) {
        drop_picked_prompts(picks, found, &gold);
        struct deal_counts counts = count_slots(store, deal, rate, picks, found, &gold, &retests);
        add_production(deal, picks, counts.production, production);
        add_matched(store, deal, production, counts.production, &gold, counts.gold, KIND_GOLD);
        add_matched(store, deal, production, counts.production, &retests, counts.retest, KIND_RETEST);
        status = queue_take(store, deal->person, deal->track, picks, counts.production, found, error);
    }
    deal_candidates_release(&gold);
    deal_candidates_release(&retests);
    memory_free(picks);
    memory_free(production);
    return status;
}

/* The person works on this track. */
static int check_track(struct store *store, const struct viewer *viewer, const char *track, struct error *error) {
    int64_t allowed = 1;
    int status = statement_integer(store, &sql[PERSON_TRACKS],
                                   VALUES(value_integer(viewer->person), value_string(track)), &allowed, error);
    if (status >= 0 && !allowed)
        return error_set(error, STATUS_NO, "'%s' does not work on track '%s'", viewer->name, track);
    return status < 0 ? status : STATUS_OK;
}

static int number_batch(struct store *store, struct deal *deal, struct error *error) {
    int status = statement_integer(store, &sql[NEXT_ID], NO_VALUES, &deal->batch, error);
    if (status >= 0)
        status =
            statement_integer(store, &sql[deal->purpose == BATCH_WORK ? NEXT_NUMBER : NEXT_NUMBER_APART],
                              VALUES(value_integer(deal->person), value_integer(deal->track)), &deal->number, error);
    return status;
}

/* Training: the first items of the pool, in stored order. Qualification: an even draw. */
static int compose_apart(struct store *store, struct deal *deal, const struct taste *taste, size_t size,
                         struct error *error) {
    struct deal_candidates pool = {0};
    bool training = deal->purpose == BATCH_TRAINING;
    int status = deal_read_apart(store, deal->person, deal->track, training ? GOLD_TRAINING : GOLD_QUALIFICATION, taste,
                                 SIZE_MAX, &pool, error);
    size_t *chosen = memory_new(pool.count, sizeof *chosen), count = size < pool.count ? size : pool.count;
    for (size_t i = 0; i < count; i++)
        chosen[i] = i;
    if (status >= 0 && !training)
        deal_even(store->secret, deal->person, deal->batch, pool.items, pool.count, size, chosen);
    for (size_t i = 0; status >= 0 && i < count; i++)
        deal->slots[deal->count++] = (struct slot){.item = pool.candidates[chosen[i]].item,
                                                   .prompt = pool.candidates[chosen[i]].prompt,
                                                   .kind = training ? KIND_TRAINING : KIND_QUALIFICATION};
    memory_free(chosen);
    deal_candidates_release(&pool);
    return status;
}

/* A new batch of deal->purpose with at most `size` items; *batch stays 0 if there is nothing to put into it. */
static int make(struct store *store, struct deal *deal, const struct taste *taste, size_t size, int64_t *batch,
                struct error *error) {
    int status = number_batch(store, deal, error);
    deal->slots = memory_new(size, sizeof *deal->slots);
    if (status >= 0)
        status = deal->purpose == BATCH_WORK ? compose(store, deal, taste, error)
                                             : compose_apart(store, deal, taste, size, error);
    if (status >= 0 && deal->count > 0) {
        status = record(store, deal, error);
        *batch = deal->batch;
    }
    memory_free(deal->slots);
    return status;
}

/* The open batch, or a new one; *batch is 0 if there is neither. */
static int deal_new(struct store *store, const struct viewer *viewer, const struct track_settings *settings,
                    int64_t track, int64_t *batch, struct standing *standing, struct error *error) {
    struct deal deal = {.person = viewer->person, .track = track, .settings = settings};
    struct taste taste = {0};
    *batch = 0;
    *standing = (struct standing){.next = STANDING_WORK};
    int status = statement_integer(store, &sql[FIND_OPEN], VALUES(value_integer(viewer->person), value_integer(track)),
                                   batch, error);
    if (status != STEP_DONE)
        return status;
    status = check_track(store, viewer, settings->name, error);
    if (status >= 0)
        status = taste_read(store, viewer->person, &taste, error);
    if (status >= 0)
        status = standing_find(store, viewer, settings, track, &taste, standing, error);
    deal.purpose = standing->next == STANDING_TRAINING        ? BATCH_TRAINING
                   : standing->next == STANDING_QUALIFICATION ? BATCH_QUALIFICATION
                                                              : BATCH_WORK;
    if (status >= 0 && !standing_waits(standing))
        status = make(store, &deal, &taste, (size_t)(deal.purpose == BATCH_WORK ? settings->batch : standing->size),
                      batch, error);
    taste_release(&taste);
    return status;
}

int batch_deal(struct store *store, const struct viewer *viewer, const struct campaign *campaign, const char *track,
               struct pool *pool, struct batch *out, struct nothing_left *left, struct error *error) {
    const struct track_settings *settings = campaign_track(campaign, track);
    struct standing standing;
    int64_t id, batch = 0, released;
    *out = (struct batch){0};
    if (!settings)
        return error_set(error, STATUS_USAGE, "there is no track '%s'", track);
    int status = transaction_begin(store, "batch_deal", error);
    if (status < 0)
        return status;
    status = require_worker(store, viewer, error);
    if (status >= 0)
        status = track_id(store, track, &id, error);
    if (status >= 0)
        status = stale_release(store, campaign, viewer->person, &released, error);
    if (status >= 0)
        status = deal_new(store, viewer, settings, id, &batch, &standing, error);
    if (status >= 0)
        status = batch ? batch_read(store, batch, pool, out, error)
                       : deal_what_is_left(store, viewer->person, id, left, error);
    if (status >= 0 && !batch)
        left->standing = standing;
    return transaction_end(store, status < 0 ? status : STATUS_OK, error);
}

static int deal_training(struct store *store, const struct viewer *viewer, const char *track, size_t size,
                         int64_t *batch, struct error *error) {
    static const struct taste everything = {0};
    struct deal deal = {.person = viewer->person, .purpose = BATCH_TRAINING};
    int status = track_id(store, track, &deal.track, error);
    if (status >= 0)
        status = statement_integer(store, &sql[FIND_TRAINING],
                                   VALUES(value_integer(deal.person), value_integer(deal.track)), batch, error);
    return status == STEP_DONE ? make(store, &deal, &everything, size, batch, error) : status;
}

int batch_deal_training(struct store *store, const struct viewer *viewer, const char *track, int size,
                        struct pool *pool, struct batch *out, struct error *error) {
    int64_t batch = 0;
    *out = (struct batch){0};
    if (size < 1 || size > LIMIT_BATCH)
        return error_set(error, STATUS_USAGE, "a batch has 1 to %d items, not %d", LIMIT_BATCH, size);
    int status = transaction_begin(store, "batch_deal_training", error);
    if (status < 0)
        return status;
    status = require_worker(store, viewer, error);
    if (status >= 0)
        status = deal_training(store, viewer, track, (size_t)size, &batch, error);
    if (status >= 0 && batch)
        status = batch_read(store, batch, pool, out, error);
    return transaction_end(store, status < 0 ? status : STATUS_OK, error);
}
