/*
 * Judgments and gold keys as arrays: one scan a table, no join. What an item says about its judgments is kept in
 * an array by item id when everybody is loaded, and looked up item by item for one person. Rows are read in order
 * of submission and then moved into (person, track, judgment) by counting.
 */
#include <stdlib.h>

#include "core/base/array.h"
#include "core/work/sharing.h"
#include "store/history_order.h"
#include "store/internal.h"
#include "store/load.h"

#include "core/base/banned.h"

enum {
    PEOPLE,
    TRACKS,
    RUBRICS,
    IN_FORCE,
    CATEGORIES,
    LANGUAGES,
    BATCHES,
    LAST_ITEM,
    LAST_JUDGMENT,
    ITEMS,
    ITEM,
    GOLD,
    SERVINGS,
    SERVING,
    RETRACTED,
    ALL,
    OWN,
    HOLDS,
    RESTARTS
};
#define JUDGMENT                                                                                                   \
    "select id, item, person, kind, round, rubric, serving, prefer, strength, confidence, shown, ms, at, ranking " \
    "from "                                                                                                        \
    "judgment "
static const char *const sql[] = {
    [PEOPLE] = "select id, name, role from person order by id",
    [TRACKS] = "select id, name from track order by id",
    [RUBRICS] = "select id, name, version, change = 2 from rubric order by id",
    [IN_FORCE] = "select id, rubric from track where rubric is not null",
    [CATEGORIES] = "select id, name from category order by id",
    [LANGUAGES] = "select id, name from language order by id",
    [BATCHES] = "select id, person, track, number, size, dealt, coalesce(handed_in, 0) from batch order by id",
    [LAST_ITEM] = "select coalesce(max(id), 0) from item",
    [LAST_JUDGMENT] = "select coalesce(max(id), 0) from judgment",
    [ITEMS] = "select id, track, category, language, lengths from item",
    [ITEM] = "select id, track, category, language, lengths from item where id = ?1",
    [GOLD] = ("select g.id, g.item from gold g where void = 0 and not exists (select 1 from gold n where n.item = "
              "g.item and n.id > g.id)"
              " order by g.item"),
    [SERVINGS] = "select id, batch from serving",
    [SERVING] = "select id, batch from serving where id = ?1",
    [RETRACTED] = "select judgment from retraction",
    [ALL] = (JUDGMENT "order by id"),
    [OWN] = (JUDGMENT "where person = ?1 order by id"),
    [HOLDS] = ("select h.person, h.track, coalesce(h.category, 0), h.since, coalesce(h.until, 9223372036854775807) "
               "from hold h"
               " left join hold_decision d on d.hold = h.id where d.decision is null or d.decision = 'redone'"),
    [RESTARTS] = "select person, track, at from standing where state = 'qualified' and track is not null order by at",
};
const struct statement_table load_history_statements = STATEMENT_TABLE(sql);

/* What an item says about its judgments; codes. */
struct about {
    int32_t track, category, language;
    int32_t lengths[2];
    unsigned char responses;
    int32_t gold; /* index into keys, -1 */
};

/* Codes by store id. */
struct codes {
    int *by_id;
    size_t count;
};

struct loader {
    struct store *store;
    const struct load_scope *scope;
    struct history *out;
    struct error *error;
    struct codes people, tracks, categories, languages, batches;
    struct about *items; /* by id; NULL: look up */
    size_t item_count;
    int32_t *batch_of; /* code by serving id; NULL: look up */
    size_t serving_count;
    unsigned char *retracted; /* a bit for each judgment id */
    size_t retracted_count;
    struct {
        struct gold_of {
            int64_t item;
            int32_t key;
        } * items; /* by item, ascending */
        size_t count, capacity;
    } gold;
    size_t capacity; /* of out->rows */
    int64_t track;   /* store id of the scope's track; 0: all */
};

static int code_of(const struct codes *codes, int64_t id) {
    return id > 0 && (size_t)id < codes->count ? codes->by_id[id] : 0;
}

static void code_set(struct codes *codes, int64_t id, int code) {
    size_t capacity = codes->count;
    if ((size_t)id >= codes->count) {
        codes->by_id = memory_grow(codes->by_id, &capacity, (size_t)id + 1, sizeof *codes->by_id);
        memset(codes->by_id + codes->count, 0, (capacity - codes->count) * sizeof *codes->by_id);
        codes->count = capacity;
    }
    codes->by_id[id] = code;
}

/* One table of names: code 0 is "". ids and roles may be NULL. */
static int load_names(struct loader *loader, int statement, struct codes *codes, char ***names, size_t *count,
                      int64_t **ids, enum person_role **roles) {
    size_t name_room = 0, id_room = 0, role_room = 0;
    struct sqlite3_stmt *row;
    int status = statement_open(loader->store, &sql[statement], NO_VALUES, &row, loader->error);
    struct slice name = slice_of("");
    for (int64_t id = 0;; id = column_integer(row, 0), name = column_slice(row, 1)) {
        *names = memory_grow(*names, &name_room, *count + 1, sizeof **names);
        (*names)[*count] = memory_copy(name.data, name.length);
        if (ids) {
            *ids = memory_grow(*ids, &id_room, *count + 1, sizeof **ids);
            (*ids)[*count] = id;
        }
        if (roles) {
            *roles = memory_grow(*roles, &role_room, *count + 1, sizeof **roles);
            (*roles)[*count] = id ? (enum person_role)column_integer(row, 2) : PERSON_ANNOTATOR;
        }
        code_set(codes, id, (int)(*count)++);
        if (status < 0 || (status = statement_step(loader->store, row, loader->error)) != STEP_ROW)
            break;
    }
    statement_close(row);
    return status;
}

static int load_rubrics(struct loader *loader) {
    struct history *out = loader->out;
    struct sqlite3_stmt *row;
    int status = statement_open(loader->store, &sql[RUBRICS], NO_VALUES, &row, loader->error);
    while (status >= 0 && (status = statement_step(loader->store, row, loader->error)) == STEP_ROW)
        rubric_marks_add(&out->rubrics, column_integer(row, 0), column_slice(row, 1), (int)column_integer(row, 2),
                         column_integer(row, 3) != 0);
    statement_close(row);
    out->track_rubrics = memory_new(out->track_count, sizeof *out->track_rubrics);
    if (status >= 0)
        status = statement_open(loader->store, &sql[IN_FORCE], NO_VALUES, &row, loader->error);
    while (status >= 0 && (status = statement_step(loader->store, row, loader->error)) == STEP_ROW)
        out->track_rubrics[code_of(&loader->tracks, column_integer(row, 0))] = column_integer(row, 1);
    statement_close(row);
    return status;
}

static int load_batches(struct loader *loader) {
    struct history *out = loader->out;
    size_t room = 0;
    struct sqlite3_stmt *row;
    int status = statement_open(loader->store, &sql[BATCHES], NO_VALUES, &row, loader->error);
    while (status >= 0 && (status = statement_step(loader->store, row, loader->error)) == STEP_ROW) {
        out->batches = memory_grow(out->batches, &room, out->batch_count + 1, sizeof *out->batches);
        code_set(&loader->batches, column_integer(row, 0), (int)out->batch_count);
        out->batches[out->batch_count++] =
            (struct batch_mark){.id = column_integer(row, 0),
                                .person = code_of(&loader->people, column_integer(row, 1)),
                                .track = code_of(&loader->tracks, column_integer(row, 2)),
                                .number = (int)column_integer(row, 3),
                                .size = (int)column_integer(row, 4),
                                .dealt = column_integer(row, 5),
                                .handed_in = column_integer(row, 6)};
    }
    statement_close(row);
    return status;
}

static int load_keys(struct loader *loader) {
    struct history *out = loader->out;
    struct pool pool = POOL_INIT;
    size_t room = 0;
    struct sqlite3_stmt *row;
    int status = statement_open(loader->store, &sql[GOLD], NO_VALUES, &row, loader->error);
    while (status >= 0 && (status = statement_step(loader->store, row, loader->error)) == STEP_ROW) {
        out->keys = memory_grow(out->keys, &room, out->key_count + 1, sizeof *out->keys);
        *ARRAY_ADD(&loader->gold) = (struct gold_of){column_integer(row, 1), (int32_t)out->key_count};
        status = gold_read(loader->store, column_integer(row, 0), &pool, &out->keys[out->key_count], loader->error);
        out->keys[out->key_count++].explanation = SLICE_ABSENT;
        pool_clear(&pool);
    }
    statement_close(row);
    pool_release(&pool);
    return status;
}

static int by_item(const void *a, const void *b) {
    const struct gold_of *left = a, *right = b;
    return (left->item > right->item) - (left->item < right->item);
}

static int32_t key_of(const struct loader *loader, int64_t item) {
    const struct gold_of *found = loader->gold.count ? bsearch(&(struct gold_of){.item = item}, loader->gold.items,
                                                               loader->gold.count, sizeof *found, by_item)
                                                     : NULL;
    return found ? found->key : -1;
}

/* "48 121" → 48, 121; of three or more responses only how many there are. */
static void read_lengths(struct slice text, struct about *about) {
    int32_t numbers[2] = {0, 0};
    size_t n = 0;
    for (size_t i = 0; i < text.length; i++) {
        if (text.data[i] == ' ')
            n++;
        else if (n < 2 && text.data[i] >= '0' && text.data[i] <= '9' && numbers[n] < 200000000)
            numbers[n] = numbers[n] * 10 + (text.data[i] - '0');
    }
    about->responses = (unsigned char)(n + 1);
    if (n == 1)
        memcpy(about->lengths, numbers, sizeof numbers);
}

static struct about read_about(struct loader *loader, struct sqlite3_stmt *row) {
    struct about about = {.track = code_of(&loader->tracks, column_integer(row, 1)),
                          .category = code_of(&loader->categories, column_integer(row, 2)),
                          .language = code_of(&loader->languages, column_integer(row, 3)),
                          .gold = -1};
    read_lengths(column_slice(row, 4), &about);
    return about;
}

static int load_about(struct loader *loader) {
    int64_t last = 0;
    struct sqlite3_stmt *row;
    int status = statement_integer(loader->store, &sql[LAST_ITEM], NO_VALUES, &last, loader->error);
    loader->item_count = (size_t)last + 1;
    loader->items = memory_new(loader->item_count, sizeof *loader->items);
    status = status < 0 ? status : statement_open(loader->store, &sql[ITEMS], NO_VALUES, &row, loader->error);
    if (status < 0)
        return status;
    while ((status = statement_step(loader->store, row, loader->error)) == STEP_ROW) {
        int64_t id = column_integer(row, 0);
        if (id > 0 && id <= last)
            loader->items[id] = read_about(loader, row);
    }
    statement_close(row);
    for (size_t i = 0; i < loader->gold.count; i++)
        if ((size_t)loader->gold.items[i].item < loader->item_count)
            loader->items[loader->gold.items[i].item].gold = loader->gold.items[i].key;
    return status;
}

static int find_about(struct loader *loader, int64_t item, struct about *out) {
    *out = (struct about){.gold = -1};
    if (loader->items) {
        if (item > 0 && (size_t)item < loader->item_count)
            *out = loader->items[item];
        return STATUS_OK;
    }
    struct sqlite3_stmt *row;
    int status = statement_find(loader->store, &sql[ITEM], VALUES(value_integer(item)), &row, loader->error);
    if (status == STEP_ROW)
        *out = read_about(loader, row);
    statement_close(row);
    out->gold = key_of(loader, item);
    return status;
}

static int load_servings(struct loader *loader) {
    struct sqlite3_stmt *row;
    size_t room = 0;
    int status = statement_open(loader->store, &sql[SERVINGS], NO_VALUES, &row, loader->error);
    while (status >= 0 && (status = statement_step(loader->store, row, loader->error)) == STEP_ROW) {
        size_t id = (size_t)column_integer(row, 0);
        if (id >= room)
            loader->batch_of = memory_grow(loader->batch_of, &room, id + 1, sizeof *loader->batch_of);
        loader->batch_of[id] = code_of(&loader->batches, column_integer(row, 1));
        loader->serving_count = id >= loader->serving_count ? id + 1 : loader->serving_count;
    }
    statement_close(row);
    return status;
}

/* The batch of a serving as an index, -1 for none. */
static int find_batch(struct loader *loader, int64_t serving, int *batch) {
    *batch = -1;
    if (!serving)
        return STATUS_OK;
    if (loader->batch_of) {
        *batch = (size_t)serving < loader->serving_count ? loader->batch_of[serving] : -1;
        return STATUS_OK;
    }
    struct sqlite3_stmt *row;
    int status = statement_find(loader->store, &sql[SERVING], VALUES(value_integer(serving)), &row, loader->error);
    if (status == STEP_ROW)
        *batch = code_of(&loader->batches, column_integer(row, 1));
    statement_close(row);
    return status;
}

static int load_retracted(struct loader *loader) {
    int64_t last = 0;
    struct sqlite3_stmt *row;
    int status = statement_integer(loader->store, &sql[LAST_JUDGMENT], NO_VALUES, &last, loader->error);
    loader->retracted_count = (size_t)last + 1;
    loader->retracted = memory_new(loader->retracted_count / 8 + 1, 1);
    status = status < 0 ? status : statement_open(loader->store, &sql[RETRACTED], NO_VALUES, &row, loader->error);
    if (status < 0)
        return status;
    while ((status = statement_step(loader->store, row, loader->error)) == STEP_ROW) {
        size_t id = (size_t)column_integer(row, 0);
        if (id < loader->retracted_count)
            loader->retracted[id / 8] |= (unsigned char)(1u << id % 8);
    }
    statement_close(row);
    return status;
}

static int load_row(struct loader *loader, struct sqlite3_stmt *row) {
    const struct load_scope *scope = loader->scope;
    struct history *out = loader->out;
    int64_t id = column_integer(row, 0), at = column_integer(row, 12);
    struct about about;
    int batch;
    if (loader->retracted[id / 8] >> id % 8 & 1 || at < scope->since || (scope->until && at >= scope->until))
        return STATUS_OK;
    if (scope->shared > 0 && !sharing_holds(loader->store->secret, column_integer(row, 1), scope->shared))
        return STATUS_OK;
    int status = find_batch(loader, column_integer(row, 6), &batch);
    if (status < 0 || (batch >= 0 && !out->batches[batch].handed_in && !scope->open))
        return status;
    if ((status = find_about(loader, column_integer(row, 1), &about)) < 0)
        return status;
    if (scope->track && about.track != code_of(&loader->tracks, loader->track))
        return STATUS_OK;
    if (out->row_count == loader->capacity)
        out->rows = memory_grow(out->rows, &loader->capacity, out->row_count + 1, sizeof *out->rows);
    struct history_row *to = &out->rows[out->row_count++];
    *to = (struct history_row){.judgment = id,
                               .item = column_integer(row, 1),
                               .at = at,
                               .person = code_of(&loader->people, column_integer(row, 2)),
                               .track = about.track,
                               .category = about.category,
                               .language = about.language,
                               .rubric = (int)column_integer(row, 5),
                               .batch_number = batch < 0 ? 0 : out->batches[batch].number,
                               .batch = batch,
                               .kind = (enum kind)column_integer(row, 3),
                               .round = (int)column_integer(row, 4),
                               .prefer = (signed char)column_integer(row, 7),
                               .strength = (signed char)column_integer(row, 8),
                               .confidence = column_absent(row, 9) ? -1 : (signed char)column_integer(row, 9),
                               .active_ms = column_absent(row, 11) ? -1 : (int32_t)column_integer(row, 11),
                               .lengths = {about.lengths[0], about.lengths[1]},
                               .responses = about.responses,
                               .gold = about.gold,
                               .first = -1};
    struct slice shown = column_slice(row, 10);
    if (shown.length == 2)
        memcpy(to->shown, shown.data, 2);
    to->top = shown.length > 0 ? shown.data[0] : '\0';
    to->ranking = pool_string(&out->pool, column_slice(row, 13));
    return STATUS_OK;
}

static int load_rows(struct loader *loader) {
    int64_t person = loader->scope->person;
    struct sqlite3_stmt *row;
    int status = person ? statement_open(loader->store, &sql[OWN], VALUES(value_integer(person)), &row, loader->error)
                        : statement_open(loader->store, &sql[ALL], NO_VALUES, &row, loader->error);
    while (status >= 0 && (status = statement_step(loader->store, row, loader->error)) == STEP_ROW)
        status = load_row(loader, row);
    statement_close(row);
    return status;
}

static int mark_held(struct loader *loader) {
    struct sqlite3_stmt *row;
    int status = statement_open(loader->store, &sql[HOLDS], NO_VALUES, &row, loader->error);
    while (status >= 0 && (status = statement_step(loader->store, row, loader->error)) == STEP_ROW)
        history_hold(loader->out, code_of(&loader->people, column_integer(row, 0)),
                     code_of(&loader->tracks, column_integer(row, 1)),
                     code_of(&loader->categories, column_integer(row, 2)), column_integer(row, 3),
                     column_integer(row, 4));
    statement_close(row);
    return status;
}

static int load_restarts(struct loader *loader) {
    struct history *out = loader->out;
    struct sqlite3_stmt *row;
    size_t room = 0;
    int status = statement_open(loader->store, &sql[RESTARTS], NO_VALUES, &row, loader->error);
    while (status >= 0 && (status = statement_step(loader->store, row, loader->error)) == STEP_ROW) {
        out->restarts = memory_grow(out->restarts, &room, out->restart_count + 1, sizeof *out->restarts);
        out->restarts[out->restart_count++] =
            (struct restart_mark){code_of(&loader->people, column_integer(row, 0)),
                                  code_of(&loader->tracks, column_integer(row, 1)), column_integer(row, 2)};
    }
    statement_close(row);
    return status;
}

static int load_all(struct loader *loader) {
    struct history *out = loader->out;
    int status =
        load_names(loader, PEOPLE, &loader->people, &out->people, &out->person_count, &out->person_ids, &out->roles);
    if (status >= 0)
        status = load_names(loader, TRACKS, &loader->tracks, &out->tracks, &out->track_count, &out->track_ids, NULL);
    if (status >= 0)
        status = load_rubrics(loader);
    if (status >= 0)
        status =
            load_names(loader, CATEGORIES, &loader->categories, &out->categories, &out->category_count, NULL, NULL);
    if (status >= 0)
        status = load_names(loader, LANGUAGES, &loader->languages, &out->languages, &out->language_count, NULL, NULL);
    if (status >= 0 && loader->scope->track)
        status = track_id(loader->store, loader->scope->track, &loader->track, loader->error);
    if (status >= 0)
        status = load_batches(loader);
    if (status >= 0)
        status = load_keys(loader);
    if (status >= 0 && !loader->scope->person)
        status = load_about(loader);
    if (status >= 0 && !loader->scope->person)
        status = load_servings(loader);
    if (status >= 0)
        status = load_retracted(loader);
    if (status >= 0)
        status = load_rows(loader);
    if (status < 0)
        return status;
    history_order(out);
    history_link(out);
    status = mark_held(loader);
    return status < 0 ? status : load_restarts(loader);
}

int load_history(struct store *store, const struct load_scope *scope, struct history *out, struct error *error) {
    *out = (struct history){0};
    struct loader loader = {.store = store, .scope = scope, .out = out, .error = error};
    int status = transaction_read(store, "load_history", error);
    if (status < 0)
        return status;
    status = transaction_end(store, load_all(&loader), error);
    memory_free(loader.people.by_id);
    memory_free(loader.tracks.by_id);
    memory_free(loader.categories.by_id);
    memory_free(loader.languages.by_id);
    memory_free(loader.batches.by_id);
    memory_free(loader.items);
    memory_free(loader.batch_of);
    memory_free(loader.retracted);
    ARRAY_RELEASE(&loader.gold);
    if (status < 0)
        history_release(out);
    return status < 0 ? status : STATUS_OK;
}
