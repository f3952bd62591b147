/* The facts that a batch is dealt from; see deal_parts.h. Nothing here counts over the queue or over all of a
 * person's work. */
#include "store/deal_parts.h"

#include <stdio.h>

#include "core/base/array.h"
#include "core/base/timestamp.h"
#include "core/hash/draw.h"

#include "core/base/banned.h"

/* Gold i that the person ?2 may be given: its prompt was never served to them, its key is not theirs. */
#define UNSEEN                                                                              \
    " and not exists (select 1 from serving s where s.person = ?2 and s.prompt = i.prompt)" \
    " and not exists (select 1 from judgment j where j.item = i.id and j.person = ?2)"      \
    " and not exists (select 1 from retirement r where r.item = i.id)"                      \
    " and not exists (select 1 from gold x where x.item = i.id and x.origin <> 'import' and x.person = ?2)"

enum { POOL, GOLD, APART, OLD_BATCHES, OLD_JUDGMENTS, LEFT_QUEUE, LEFT_LEAD, LEFT_BATCHES };
static const char *const sql[] = {
    [POOL] = "select item, difficulty from gold where retired is null and use = 0 order by id",
    [GOLD] =
        "select i.id, i.prompt, i.category, i.language, i.lengths from item i where i.id = ?3 and i.track = ?1" UNSEEN,
    [APART] =
        /* cross: from the keys, which are few, to their items */
    "select i.id, i.prompt, i.category, i.language, i.lengths, g.difficulty from gold g cross join item i on i.id "
    "= g.item where g.retired is null and g.use = ?3 and i.track = ?1" UNSEEN " order by g.item",
    [OLD_BATCHES] =
        ("select b.id, (select count(*) from serving s where s.batch = b.id and s.state = 1) from batch b"
         " where b.person = ?1 and b.track = ?2 and b.number > 0 and b.handed_in is not null order by b.number desc"),
    [OLD_JUDGMENTS] =
        ("select i.id, i.prompt, i.category, i.language, i.lengths, s.shown from serving s join judgment j on j.item = "
         "s.item"
         " and j.person = s.person and j.serving = s.id join item i on i.id = s.item where s.batch = ?1 and s.state = 1"
         " and s.kind = 0 and j.at <= ?2 and not exists (select 1 from retraction r where r.judgment = j.id)"
         " and not exists (select 1 from serving x where x.person = s.person and x.item = s.item and x.round = s.round "
         "and x.pass > 0)"
         " and not exists (select 1 from gold g where g.item = i.id)"
         " and not exists (select 1 from retirement r where r.item = i.id) order by s.position"),
    [LEFT_QUEUE] = "select count(*) from queue where track = ?1 and " QUEUE_WAITS,
    [LEFT_LEAD] = ("select count(distinct s.item) from serving s join item i on i.id = s.item where " SENT_TO_LEAD
                   " and i.track = ?1 and not exists (select 1 from retirement r where r.item = i.id)"),
    [LEFT_BATCHES] =
        "select count(*) from batch where handed_in is null and track = ?1 and person <> ?2 and number > 0",
};
const struct statement_table deal_facts_statements = STATEMENT_TABLE(sql);

void deal_candidates_release(struct deal_candidates *candidates) {
    memory_free(candidates->items);
    memory_free(candidates->candidates);
    *candidates = (struct deal_candidates){0};
}

/* The next candidate from columns item, prompt, category, language, lengths; NULL if it does not fit. */
static struct deal_candidate *add_candidate(struct deal_candidates *out, struct sqlite3_stmt *row,
                                            const struct taste *taste) {
    size_t responses, length = lengths_total(column_slice(row, 4), &responses);
    int64_t category = column_integer(row, 2), language = column_integer(row, 3);
    if (taste && !taste_fits(taste, category, language))
        return NULL;
    out->items = memory_grow(out->items, &out->item_capacity, out->count + 1, sizeof *out->items);
    out->candidates = memory_grow(out->candidates, &out->candidate_capacity, out->count + 1, sizeof *out->candidates);
    out->items[out->count] = (struct deal_item){column_integer(row, 0), (int)category,     (int)language, length,
                                                (int)responses,         DIFFICULTY_UNKNOWN};
    out->candidates[out->count] =
        (struct deal_candidate){.item = column_integer(row, 0), .prompt = column_integer(row, 1)};
    return &out->candidates[out->count++];
}

/* --- Gold
 * --------------------------------------------------------------------------------------------------------------- */

struct gold_pool {
    struct pooled {
        int64_t item;
        enum difficulty difficulty;
    } * items;
    size_t count, capacity;
};

static int read_pool(struct store *store, struct gold_pool *out, struct error *error) {
    struct sqlite3_stmt *row;
    int status = statement_open(store, &sql[POOL], NO_VALUES, &row, error);
    while (status >= 0 && (status = statement_step(store, row, error)) == STEP_ROW)
        *ARRAY_ADD(out) = (struct pooled){column_integer(row, 0), (enum difficulty)column_integer(row, 1)};
    statement_close(row);
    return status;
}

static size_t common_divisor(size_t a, size_t b) {
    return b == 0 ? a : common_divisor(b, a % b);
}

/* A walk through all of 0 … count-1 that is spread over the whole from its first steps: at + step, +step … modulo
 * count. */
struct walk {
    size_t at, step;
};

static struct walk start_walk(struct store *store, int64_t person, int64_t batch, size_t count) {
    char who[24];
    snprintf(who, sizeof who, "%lld", (long long)person);
    struct draw start = {.purpose = "gold walk", .person = who, .round = batch}, step = start;
    step.ordinal = 1;
    struct walk walk = {(size_t)draw_below(store->secret, &start, count),
                        count / 4 + (size_t)draw_below(store->secret, &step, count / 2 + 1)};
    while (walk.step == 0 || common_divisor(walk.step, count) != 1)
        walk.step++;
    return walk;
}

static bool has_prompt(const struct deal_candidates *candidates, int64_t prompt) {
    for (size_t i = 0; i < candidates->count; i++)
        if (candidates->candidates[i].prompt == prompt)
            return true;
    return false;
}

static int add_gold(struct store *store, int64_t person, int64_t track, const struct taste *taste,
                    const struct pooled *gold, struct deal_candidates *out, struct error *error) {
    struct sqlite3_stmt *row;
    int status = statement_find(
        store, &sql[GOLD], VALUES(value_integer(track), value_integer(person), value_integer(gold->item)), &row, error);
    if (status != STEP_ROW)
        return status;
    if (!has_prompt(out, column_integer(row, 1)) && add_candidate(out, row, taste))
        out->items[out->count - 1].difficulty = gold->difficulty;
    statement_close(row);
    return status;
}

int deal_read_gold(struct store *store, int64_t person, int64_t track, int64_t batch, const struct taste *taste,
                   struct deal_candidates *out, struct error *error) {
    enum { CANDIDATES_READ = 1000 }; /* of a larger pool: enough to follow any mix, and a deal stays a blink */
    struct gold_pool gold = {0};
    int status = read_pool(store, &gold, error);
    if (status >= 0 && gold.count > 0) {
        struct walk walk = start_walk(store, person, batch, gold.count);
        for (size_t i = 0; status >= 0 && i < gold.count && out->count < CANDIDATES_READ; i++) {
            status = add_gold(store, person, track, taste, &gold.items[walk.at], out, error);
            walk.at = (walk.at + walk.step) % gold.count;
        }
    }
    ARRAY_RELEASE(&gold);
    return status < 0 ? status : STATUS_OK;
}

int deal_read_apart(struct store *store, int64_t person, int64_t track, enum gold_use use, const struct taste *taste,
                    size_t enough, struct deal_candidates *out, struct error *error) {
    struct sqlite3_stmt *row;
    int status = statement_open(store, &sql[APART],
                                VALUES(value_integer(track), value_integer(person), value_integer(use)), &row, error);
    while (status >= 0 && out->count < enough && (status = statement_step(store, row, error)) == STEP_ROW)
        if (!has_prompt(out, column_integer(row, 1)) && add_candidate(out, row, taste))
            out->items[out->count - 1].difficulty = (enum difficulty)column_integer(row, 5);
    statement_close(row);
    return status < 0 ? status : STATUS_OK;
}

/* --- Retests
 * ------------------------------------------------------------------------------------------------------------ */

struct batch_ids {
    int64_t *items;
    size_t count, capacity;
};

/* Batches after which the person has given at least so many judgments on this track. */
static int read_old_batches(struct store *store, int64_t person, int64_t track, int64_t judgments,
                            struct batch_ids *out, struct error *error) {
    struct sqlite3_stmt *row;
    int64_t since = 0;
    int status =
        statement_open(store, &sql[OLD_BATCHES], VALUES(value_integer(person), value_integer(track)), &row, error);
    while (status >= 0 && (status = statement_step(store, row, error)) == STEP_ROW) {
        if (since >= judgments)
            *ARRAY_ADD(out) = column_integer(row, 0);
        since += column_integer(row, 1);
    }
    statement_close(row);
    return status < 0 ? status : STATUS_OK;
}

static int read_old_judgments(struct store *store, int64_t batch, int64_t before, struct deal_candidates *out,
                              struct error *error) {
    struct sqlite3_stmt *row;
    int status =
        statement_open(store, &sql[OLD_JUDGMENTS], VALUES(value_integer(batch), value_integer(before)), &row, error);
    while (status >= 0 && (status = statement_step(store, row, error)) == STEP_ROW) {
        struct slice shown = column_slice(row, 5);
        struct deal_candidate *added = add_candidate(out, row, NULL);
        if (added && shown.length < sizeof added->before)
            memcpy(added->before, shown.data, shown.length);
    }
    statement_close(row);
    return status < 0 ? status : STATUS_OK;
}

int deal_read_retests(struct store *store, int64_t person, int64_t track, const struct track_settings *settings,
                      int64_t batch, struct deal_candidates *out, struct error *error) {
    enum { BATCHES_READ = 6 }; /* a batch holds a few retests at most: no need to look through years of work */
    struct batch_ids old = {0};
    if (settings->retest_rate <= 0)
        return STATUS_OK;
    int status = read_old_batches(store, person, track, settings->retest_items, &old, error);
    if (status >= 0 && old.count > 0) {
        size_t *order = memory_new(old.count, sizeof *order);
        char who[24];
        snprintf(who, sizeof who, "%lld", (long long)person);
        draw_order(store->secret, &(struct draw){.purpose = "retest batches", .person = who, .round = batch}, order,
                   old.count);
        int64_t before = store_now(store) - settings->retest_days * MS_DAY;
        for (size_t i = 0; status >= 0 && i < old.count && i < BATCHES_READ; i++)
            status = read_old_judgments(store, old.items[order[i]], before, out, error);
        memory_free(order);
    }
    ARRAY_RELEASE(&old);
    return status < 0 ? status : STATUS_OK;
}

int deal_gold_rate(struct store *store, int64_t person, int64_t track, const struct track_settings *settings,
                   double *rate, struct error *error) {
    struct drift_design design;
    struct drift_detector detector;
    struct alarm_outcome *outcomes;
    struct alarm *alarms;
    int64_t *moments = NULL;
    size_t count, restart_count = 0;
    *rate = settings->gold_low;
    if (settings->gold_low >= settings->gold_high || !alarms_design(settings, &design))
        return STATUS_OK;
    int status = outcomes_read(store, person, track, &outcomes, &count, error);
    if (status < 0)
        return status;
    status = restarts_read(store, person, track, &moments, &restart_count, error);
    struct restarts restarts = {moments, restart_count};
    size_t alarm_count = alarms_find(&design, outcomes, count, &restarts, NULL, &detector, &alarms);
    bool raised = settings->below_bar == BELOW_RAISE && alarms_raised(alarms, alarm_count, outcomes, count, &restarts);
    *rate = drift_gold_rate(&detector, raised ? settings->gold_high : settings->gold_low, settings->gold_high);
    memory_free(outcomes);
    memory_free(moments);
    memory_free(alarms);
    return status;
}

int deal_what_is_left(struct store *store, int64_t person, int64_t track, struct nothing_left *out,
                      struct error *error) {
    *out = (struct nothing_left){0};
    int status = statement_integer(store, &sql[LEFT_QUEUE], VALUES(value_integer(track)), &out->for_others, error);
    if (status >= 0)
        status = statement_integer(store, &sql[LEFT_LEAD], VALUES(value_integer(track)), &out->for_lead, error);
    if (status >= 0)
        status = statement_integer(store, &sql[LEFT_BATCHES], VALUES(value_integer(track), value_integer(person)),
                                   &out->open_batches, error);
    return status < 0 ? status : STATUS_OK;
}
