/* All items in stored order; see item_walk.h. */
#include "store/item_walk.h"

#include "core/base/memory.h"

#include "core/base/banned.h"

enum { WALK = CODES, WALK_TRACK, RESPONSES };
#define ITEM                                                                                                       \
    "select i.id, i.name, i.content, i.track, i.category, i.language, i.priority, i.line, p.form, p.body, x.json " \
    "from item i"                                                                                                  \
    " join prompt p on p.id = i.prompt left join item_extra x on x.item = i.id "
static const char *const sql[] = {
    [CODE_TRACK] = "select id, name from track order by id",
    [CODE_CATEGORY] = "select id, name from category order by id",
    [CODE_LANGUAGE] = "select id, name from language order by id",
    [CODE_MODEL] = "select id, name from model order by id",
    [WALK] = (ITEM "order by i.id"),
    [WALK_TRACK] = (ITEM "where i.track = ?1 order by i.id"),
    [RESPONSES] = "select id, name, model, form, body from response where id >= ?1 order by id",
};
const struct statement_table item_walk_statements = STATEMENT_TABLE(sql);

static int load_names(struct item_walk *walk, enum code code, struct error *error) {
    struct name_list *list = &walk->codes[code];
    size_t room = 0;
    struct sqlite3_stmt *row;
    int status = statement_open(walk->store, &sql[code], NO_VALUES, &row, error);
    while (status >= 0 && (status = statement_step(walk->store, row, error)) == STEP_ROW) {
        size_t id = (size_t)column_integer(row, 0);
        if (id >= room) {
            list->by_id = memory_grow(list->by_id, &room, id + 1, sizeof *list->by_id);
            memset(list->by_id + list->count, 0, (room - list->count) * sizeof *list->by_id);
        }
        list->by_id[id] = column_copy(row, 1, &walk->names);
        list->count = id + 1;
    }
    statement_close(row);
    return status;
}

static struct slice name_of(const struct item_walk *walk, enum code code, int64_t id) {
    const struct name_list *list = &walk->codes[code];
    return id > 0 && (size_t)id < list->count ? list->by_id[id] : SLICE_ABSENT;
}

int item_walk_start(struct item_walk *walk, struct store *store, int64_t track, struct error *error) {
    *walk = (struct item_walk){.store = store, .track = track};
    int status = STATUS_OK;
    for (int code = 0; status >= 0 && code < CODES; code++)
        status = load_names(walk, (enum code)code, error);
    if (status >= 0)
        status = track ? statement_open(store, &sql[WALK_TRACK], VALUES(value_integer(track)), &walk->items, error)
                       : statement_open(store, &sql[WALK], NO_VALUES, &walk->items, error);
    return status;
}

void item_walk_stop(struct item_walk *walk) {
    statement_close(walk->items);
    statement_close(walk->responses);
    for (int code = 0; code < CODES; code++)
        memory_free(walk->codes[code].by_id);
    pool_release(&walk->pool);
    pool_release(&walk->names);
}

static int step_responses(struct item_walk *walk, struct error *error) {
    int status = statement_step(walk->store, walk->responses, error);
    walk->response = status == STEP_ROW ? column_integer(walk->responses, 0) : INT64_MAX;
    return status;
}

/* Puts the cursor on the first response from this id on: by a few steps if it is near, else anew. */
static int seek(struct item_walk *walk, int64_t id, struct error *error) {
    int status = STATUS_OK;
    if (!walk->responses || walk->response > id || walk->response + 32 * 8 < id) {
        statement_close(walk->responses);
        walk->responses = NULL;
        status = statement_open(walk->store, &sql[RESPONSES], VALUES(value_integer(id)), &walk->responses, error);
        return status < 0 ? status : step_responses(walk, error);
    }
    while (status >= 0 && walk->response < id)
        status = step_responses(walk, error);
    return status;
}

static int read_responses(struct item_walk *walk, int64_t content, bool *whole, struct error *error) {
    struct item *item = &walk->item;
    int status = seek(walk, content * 32, error);
    while (status >= 0 && walk->response < content * 32 + 32 && item->response_count < LIMIT_RESPONSES) {
        struct sqlite3_stmt *row = walk->responses;
        struct response *response = &item->responses[item->response_count++];
        response->name = column_copy(row, 1, &walk->pool);
        response->model = name_of(walk, CODE_MODEL, column_integer(row, 2));
        item->redacted |= column_integer(row, 3) == FORM_REDACTED;
        *whole &= messages_decode(column_copy(row, 4, &walk->pool), (int)column_integer(row, 3), ROLE_ASSISTANT,
                                  &walk->pool, &response->messages);
        status = step_responses(walk, error);
    }
    *whole &= item->response_count >= 2;
    return status;
}

int item_walk_next(struct item_walk *walk, struct error *error) {
    pool_clear(&walk->pool);
    int status = statement_step(walk->store, walk->items, error);
    if (status != STEP_ROW)
        return status;
    struct sqlite3_stmt *row = walk->items;
    struct item *item = &walk->item;
    walk->id = column_integer(row, 0);
    item->name = column_slice(row, 1);
    item->track = name_of(walk, CODE_TRACK, column_integer(row, 3));
    item->category = name_of(walk, CODE_CATEGORY, column_integer(row, 4));
    item->language = name_of(walk, CODE_LANGUAGE, column_integer(row, 5));
    item->has_priority = !column_absent(row, 6);
    item->priority = column_real(row, 6);
    item->line = (size_t)column_integer(row, 7);
    item->extra = column_slice(row, 10);
    item->gold = NULL;
    item->label = (struct label){0};
    item->response_count = 0;
    item->redacted = false;
    bool whole =
        messages_decode(column_slice(row, 9), (int)column_integer(row, 8), ROLE_USER, &walk->pool, &item->prompt);
    status = read_responses(walk, column_integer(row, 2), &whole, error);
    if (status >= 0 && !whole)
        return error_set(error, STATUS_SYSTEM, "the store '%s' is damaged: item '%s' is not whole", walk->store->path,
                         store_ref(walk->store, walk->id).text);
    return status < 0 ? status : STEP_ROW;
}
