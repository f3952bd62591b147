/* Servings counted by batch, and the models that items name; see load_ratings.h. */
#include "core/base/memory.h"
#include "store/internal.h"
#include "store/load_ratings.h"

#include "core/base/banned.h"

enum { MODELS_MOST = UINT16_MAX - 1 };

enum { SERVED, LAST_ITEM, MODELS, NAMED, CONTENTS };
static const char *const sql[] = {
    /* kind 1 is gold; state 2 is set aside */
    [SERVED] = ("select s.batch, s.kind = 1, count(*), sum(s.state = 2) from batch b join serving s on s.batch = b.id"
                " where b.handed_in is not null and b.number > 0 group by 1, 2"),
    [LAST_ITEM] = "select coalesce(max(id), 0) from item",
    [MODELS] = "select id, name from model order by id",
    [NAMED] = "select id, model from response where model is not null order by id",
    [CONTENTS] = "select id, content from item",
};
extern const struct statement_table load_models_statements;
const struct statement_table load_models_statements = STATEMENT_TABLE(sql);

int load_servings(struct store *store, servings_visit *visit, void *context, struct error *error) {
    struct sqlite3_stmt *row;
    int status = statement_open(store, &sql[SERVED], NO_VALUES, &row, error);
    while (status >= 0 && (status = statement_step(store, row, error)) == STEP_ROW)
        visit(context, column_integer(row, 0), column_integer(row, 1) != 0, column_integer(row, 2),
              column_integer(row, 3));
    statement_close(row);
    return status < 0 ? status : STATUS_OK;
}

static int read_names(struct store *store, struct store_models *out, int64_t **number_of, int64_t *last,
                      struct error *error) {
    struct sqlite3_stmt *row;
    size_t room = 0, number_room = 0;
    int status = statement_open(store, &sql[MODELS], NO_VALUES, &row, error);
    *last = 0;
    while (status >= 0 && (status = statement_step(store, row, error)) == STEP_ROW && out->name_count < MODELS_MOST) {
        int64_t id = column_integer(row, 0);
        struct slice name = column_slice(row, 1);
        out->names = memory_grow(out->names, &room, out->name_count + 2, sizeof *out->names);
        if (out->name_count == 0)
            out->names[out->name_count++] = memory_copy("", 0);
        *number_of = memory_grow(*number_of, &number_room, (size_t)id + 1, sizeof **number_of);
        while (*last < id)
            (*number_of)[++*last] = 0;
        (*number_of)[id] = (int64_t)out->name_count;
        out->names[out->name_count++] = memory_copy(name.data, name.length);
    }
    statement_close(row);
    return status < 0 ? status : STATUS_OK;
}

/* The number of the model that a row of NAMED tells, and whose: false for a row that says nothing. */
static bool read_named(const struct store_models *out, struct sqlite3_stmt *row, const int64_t *number_of, int64_t last,
                       size_t *content, uint32_t *place, uint16_t *number) {
    int64_t id = column_integer(row, 0), model = column_integer(row, 1);
    *content = (size_t)(id / 32);
    *place = (uint32_t)(id % 32);
    if (id < 32 || *content >= out->item_room || *place >= LIMIT_RESPONSES || model <= 0 || model > last)
        return false;
    *number = (uint16_t)number_of[model];
    return *number != 0;
}

/* Rows come in the order of responses, so that those of an item stand side by side. */
static int read_responses(struct store *store, struct store_models *out, const int64_t *number_of, int64_t last,
                          struct error *error) {
    struct sqlite3_stmt *row;
    size_t count = 0, room = 0, content;
    uint32_t place;
    uint16_t number;
    int status = statement_open(store, &sql[NAMED], NO_VALUES, &row, error);
    while (status >= 0 && (status = statement_step(store, row, error)) == STEP_ROW) {
        if (!read_named(out, row, number_of, last, &content, &place, &number))
            continue;
        struct item_models *item = &out->of[content];
        if (item->count == 0)
            item->from = (uint32_t)count;
        out->models = memory_grow(out->models, &room, item->from + place + 1, sizeof *out->models);
        while (item->count <= place)
            out->models[item->from + item->count++] = 0;
        out->models[item->from + place] = number;
        count = item->from + item->count;
    }
    statement_close(row);
    return status < 0 ? status : STATUS_OK;
}

/* Items that share their responses with another name its content. */
static int read_items(struct store *store, struct store_models *out, const int64_t *number_of, int64_t last,
                      struct error *error) {
    struct sqlite3_stmt *row;
    int status = read_responses(store, out, number_of, last, error);
    if (status >= 0)
        status = statement_open(store, &sql[CONTENTS], NO_VALUES, &row, error);
    else
        return status;
    while (status >= 0 && (status = statement_step(store, row, error)) == STEP_ROW) {
        int64_t item = column_integer(row, 0), content = column_integer(row, 1);
        if (item != content && item > 0 && (size_t)item < out->item_room && content > 0 &&
            (size_t)content < out->item_room)
            out->of[item] = out->of[content];
    }
    statement_close(row);
    return status < 0 ? status : STATUS_OK;
}

static int read_models(struct store *store, struct store_models *out, struct error *error) {
    int64_t *number_of = NULL, last = 0, last_item = 0;
    int status = read_names(store, out, &number_of, &last, error);
    if (status >= 0 && out->name_count > 0)
        status = statement_integer(store, &sql[LAST_ITEM], NO_VALUES, &last_item, error);
    if (status >= 0 && out->name_count > 0) {
        out->item_room = (size_t)last_item + 1;
        out->of = memory_new(out->item_room, sizeof *out->of);
        status = read_items(store, out, number_of, last, error);
    }
    memory_free(number_of);
    return status < 0 ? status : STATUS_OK;
}

int load_models(struct store *store, struct store_models *out, struct error *error) {
    *out = (struct store_models){0};
    int status = transaction_read(store, "load_models", error);
    if (status >= 0)
        status = transaction_end(store, read_models(store, out, error), error);
    if (status < 0)
        store_models_release(out);
    return status < 0 ? status : STATUS_OK;
}

void store_models_release(struct store_models *models) {
    for (size_t i = 0; i < models->name_count; i++)
        memory_free(models->names[i]);
    memory_free(models->names);
    memory_free(models->of);
    memory_free(models->models);
    *models = (struct store_models){0};
}
