#include "store/load_ratings.h"

#include "core/base/memory.h"
#include "store/internal.h"

#include "core/base/banned.h"

enum { RATINGS, LAST_ITEM, PROMPTS };
static const char *const sql[] = {
    [RATINGS] = ("select id, coalesce(rubric, 0), ratings, rationale from judgment where ratings is not null"
                 " or rationale is not null order by id"),
    [LAST_ITEM] = "select coalesce(max(id), 0) from item",
    [PROMPTS] = "select id, prompt from item",
};
extern const struct statement_table load_ratings_statements;
const struct statement_table load_ratings_statements = STATEMENT_TABLE(sql);

int load_ratings(struct store *store, ratings_visit *visit, void *context, struct error *error) {
    struct sqlite3_stmt *row;
    int status = statement_open(store, &sql[RATINGS], NO_VALUES, &row, error);
    if (status < 0)
        return status;
    while ((status = statement_step(store, row, error)) == STEP_ROW) {
        status = visit(context, column_integer(row, 0), column_integer(row, 1), column_slice(row, 2),
                       column_slice(row, 3), error);
        if (status < 0)
            break;
    }
    statement_close(row);
    return status < 0 ? status : STATUS_OK;
}

static int read_prompts(struct store *store, int64_t **out, size_t *count, struct error *error) {
    struct sqlite3_stmt *row;
    int64_t last = 0;
    int status = statement_integer(store, &sql[LAST_ITEM], NO_VALUES, &last, error);
    if (status < 0 || (status = statement_open(store, &sql[PROMPTS], NO_VALUES, &row, error)) < 0)
        return status;
    *count = (size_t)last + 1;
    *out = memory_new(*count, sizeof **out);
    while ((status = statement_step(store, row, error)) == STEP_ROW) {
        int64_t item = column_integer(row, 0);
        if (item > 0 && item <= last)
            (*out)[item] = column_integer(row, 1);
    }
    statement_close(row);
    return status;
}

int load_prompts(struct store *store, int64_t **out, size_t *count, struct error *error) {
    *out = NULL;
    *count = 0;
    int status = transaction_read(store, "load_prompts", error);
    if (status < 0)
        return status;
    status = transaction_end(store, read_prompts(store, out, count, error), error);
    if (status < 0) {
        memory_free(*out);
        *out = NULL;
    }
    return status < 0 ? status : STATUS_OK;
}
