/* See load_heads.h. */
#include "store/load_heads.h"

#include "core/base/array.h"
#include "store/internal.h"

#include "core/base/banned.h"

enum { HEAD, OPEN };
static const char *const sql[] = {
    [HEAD] = ("select c.name, coalesce((select sum(need) from queue q where q.item = i.id and q.round = 0), 0),"
              " exists (select 1 from retirement r where r.item = i.id)"
              " from item i left join category c on c.id = i.category where i.id = ?1"),
    [OPEN] = ("select q.item from queue q join item i on i.id = q.item left join category c on c.id = i.category"
              " where q.track = ?1 and q.round = 0 and (?2 is null or coalesce(c.name, '') = ?2)"
              " order by q.lane, q.rank, q.item limit ?3"),
};
const struct statement_table load_heads_statements = STATEMENT_TABLE(sql);

struct heads {
    struct item_head *items;
    size_t count, capacity;
};

static int add_head(struct store *store, int64_t item, struct heads *heads, struct pool *pool, struct error *error) {
    struct sqlite3_stmt *row;
    int status = statement_find(store, &sql[HEAD], VALUES(value_integer(item)), &row, error);
    if (status != STEP_ROW)
        return status;
    struct item_head *head = ARRAY_ADD(heads);
    *head = (struct item_head){
        .item = item,
        .ref = store_ref(store, item),
        .category = column_copy(row, 0, pool),
        .wanted = column_integer(row, 1),
        .retired = column_integer(row, 2) != 0,
    };
    statement_close(row);
    return item_read_head(store, item, pool, &head->head, error);
}

/* What was gathered, moved into the pool. */
static void take(struct heads *heads, struct pool *pool, struct item_head **out, size_t *count) {
    *out = pool_copy(pool, heads->items, heads->count, sizeof **out);
    *count = heads->count;
}

int load_heads(struct store *store, const struct viewer *viewer, const int64_t *items, size_t item_count,
               struct pool *pool, struct item_head **out, size_t *count, struct error *error) {
    struct heads heads = {0};
    int status = require_lead(viewer, "items", error);
    if (status >= 0)
        status = transaction_read(store, "load_heads", error);
    if (status < 0)
        return status;
    for (size_t i = 0; i < item_count && status >= 0; i++)
        status = add_head(store, items[i], &heads, pool, error);
    if (status >= 0)
        take(&heads, pool, out, count);
    ARRAY_RELEASE(&heads);
    return transaction_end(store, status < 0 ? status : STATUS_OK, error);
}

int load_open_heads(struct store *store, const struct viewer *viewer, const char *track, const char *category,
                    size_t most, struct pool *pool, struct item_head **out, size_t *count, struct error *error) {
    struct {
        int64_t *items;
        size_t count, capacity;
    } ids = {0};
    struct sqlite3_stmt *row = NULL;
    int64_t id;
    int status = transaction_read(store, "load_open_heads", error);
    if (status < 0)
        return status;
    status = track_id(store, track, &id, error);
    if (status >= 0)
        status = statement_open(
            store, &sql[OPEN],
            VALUES(value_integer(id), category ? value_string(category) : value_null(), value_integer((int64_t)most)),
            &row, error);
    while (status >= 0 && (status = statement_step(store, row, error)) == STEP_ROW)
        *ARRAY_ADD(&ids) = column_integer(row, 0);
    statement_close(row);
    if (status >= 0)
        status = load_heads(store, viewer, ids.items, ids.count, pool, out, count, error);
    ARRAY_RELEASE(&ids);
    return transaction_end(store, status < 0 ? status : STATUS_OK, error);
}
