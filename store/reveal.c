/* What a batch held, once it is final: for training, where that is the point, and for whoever may see everything
 * anyway. See batch.h. */
#include "store/batch.h"

#include "core/base/array.h"
#include "store/work_parts.h"

#include "core/base/banned.h"

enum { READ_BATCH, LIST, KEY };
static const char *const sql[] = {
    [READ_BATCH] = "select person, purpose = 1, handed_in is not null, number from batch where id = ?1",
    [LIST] =
        ("select s.position, s.item, s.kind, s.shown, j.prefer, j.strength,"
         " (select g.id from gold g where g.item = s.item and g.void = 0 and s.kind in (1, 3, 4) order by g.id desc "
         "limit 1), j.ranking"
         " from serving s left join judgment j on j.item = s.item and j.person = s.person and j.serving = s.id"
         " and not exists (select 1 from retraction r where r.judgment = j.id) where s.batch = ?1 order by s.position"),
    /* void: there is none any more */
    [KEY] = ("select s.kind, s.state, s.person, (select g.id from gold g where g.item = s.item and g.void = 0 and not "
             "exists"
             " (select 1 from gold n where n.item = g.item and n.id > g.id)) from serving s where s.id = ?1"),
};
const struct statement_table reveal_statements = STATEMENT_TABLE(sql);

struct found {
    int64_t item, gold;
};

struct revealed_list {
    struct revealed *items;
    struct found *found;
    size_t count, capacity, found_capacity;
};

static int check(struct store *store, const struct viewer *viewer, int64_t batch, struct error *error) {
    struct sqlite3_stmt *row;
    int status = statement_find(store, &sql[READ_BATCH], VALUES(value_integer(batch)), &row, error);
    if (status != STEP_ROW)
        return status < 0 ? status : error_set(error, STATUS_USAGE, "there is no batch '%lld'", (long long)batch);
    bool own = column_integer(row, 0) == viewer->person, training = column_integer(row, 1) != 0,
         closed = column_integer(row, 2) != 0;
    statement_close(row);
    if (!viewer_sees_all(viewer) && !(own && training))
        return error_set(error, STATUS_USAGE, "what a batch held is for leads; '%s' is an annotator", viewer->name);
    return closed ? STATUS_OK : error_set(error, STATUS_NO, "the batch is still open: hand it in first");
}

static void read_row(struct store *store, struct sqlite3_stmt *row, struct revealed_list *list) {
    struct slice shown = column_slice(row, 3);
    list->found = memory_grow(list->found, &list->found_capacity, list->count + 1, sizeof *list->found);
    list->found[list->count] = (struct found){column_integer(row, 1), column_integer(row, 6)};
    struct revealed *one = ARRAY_ADD(list);
    *one = (struct revealed){
        .position = (int)column_integer(row, 0),
        .ref = store_ref(store, column_integer(row, 1)),
        .kind = (enum kind)column_integer(row, 2),
        .prefer = column_absent(row, 4) ? CHOICE_MISSING : (int)column_integer(row, 4),
        .strength = (int)column_integer(row, 5),
        .ranking = column_ranking(row, 7),
    };
    if (shown.length < sizeof one->shown)
        memcpy(one->shown, shown.data, shown.length);
}

static int complete(struct store *store, const struct found *found, struct revealed *one, struct pool *pool,
                    struct error *error) {
    int status = item_read_head(store, found->item, pool, &one->head, error);
    if (status < 0 || !found->gold)
        return status;
    struct gold_key *key = pool_new(pool, 1, sizeof *key);
    one->key = key;
    return gold_read(store, found->gold, pool, key, error);
}

int batch_reveal(struct store *store, const struct viewer *viewer, int64_t batch, struct pool *pool,
                 struct revealed **out, size_t *count, struct error *error) {
    struct revealed_list list = {0};
    struct sqlite3_stmt *row = NULL;
    int status = transaction_read(store, "batch_reveal", error);
    if (status < 0)
        return status;
    status = check(store, viewer, batch, error);
    if (status >= 0)
        status = statement_open(store, &sql[LIST], VALUES(value_integer(batch)), &row, error);
    while (status >= 0 && (status = statement_step(store, row, error)) == STEP_ROW)
        read_row(store, row, &list);
    statement_close(row);
    for (size_t i = 0; status >= 0 && i < list.count; i++)
        status = complete(store, &list.found[i], &list.items[i], pool, error);
    status = transaction_end(store, status, error);
    if (status >= 0) {
        *out = pool_copy(pool, list.items, list.count, sizeof **out);
        *count = list.count;
    }
    memory_free(list.found);
    ARRAY_RELEASE(&list);
    return status;
}

static int find_key(struct store *store, const struct viewer *viewer, int64_t serving, int64_t *gold,
                    struct error *error) {
    struct sqlite3_stmt *row;
    int status = statement_find(store, &sql[KEY], VALUES(value_integer(serving)), &row, error);
    if (status != STEP_ROW)
        return status < 0 ? status : error_set(error, STATUS_USAGE, "there is no serving '%lld'", (long long)serving);
    bool open = column_integer(row, 0) == KIND_TRAINING && column_integer(row, 1) == SERVING_JUDGED &&
                column_integer(row, 2) == viewer->person;
    *gold = column_integer(row, 3);
    statement_close(row);
    if (!open)
        return error_set(error, STATUS_USAGE, "a key is shown in training alone, after one's own answer");
    return *gold ? STATUS_OK : error_set(error, STATUS_NO, "this item has no reference any more");
}

int serving_key(struct store *store, const struct viewer *viewer, int64_t serving, struct pool *pool,
                struct gold_key *out, struct error *error) {
    int64_t gold = 0;
    int status = transaction_read(store, "serving_key", error);
    if (status < 0)
        return status;
    status = find_key(store, viewer, serving, &gold, error);
    if (status >= 0)
        status = gold_read(store, gold, pool, out, error);
    return transaction_end(store, status < 0 ? status : STATUS_OK, error);
}
