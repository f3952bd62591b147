/* The gold pool as leads see it; see gold.h. Keys are written in gold_change.c. */
#include "store/gold.h"

#include "core/base/array.h"
#include "store/work_parts.h"

#include "core/base/banned.h"

enum { LIST, IN_FORCE, NEWEST, RESPONSES, ANSWERED };
static const char *const sql[] = {
    [LIST] = "select g.id, g.item, i.name, t.name, c.name, l.name, g.origin, coalesce(p.name, ''), g.at, i.content "
             "from gold g"
             " join item i on i.id = g.item join track t on t.id = i.track left join category c on c.id = i.category"
             " left join language l on l.id = i.language left join person p on p.id = g.person where g.retired is null "
             "order by g.item",
    [IN_FORCE] = "select id from gold where item = ?1 and retired is null",
    [NEWEST] = "select id, retired is not null, void from gold where item = ?1 order by id desc limit 1",
    [RESPONSES] = "select name from response where id between ?1 * 32 and ?1 * 32 + 31 order by id",
    [ANSWERED] = "select j.prefer, j.ranking, j.strength from judgment j join serving s on s.id = j.serving join batch "
                 "b on b.id = s.batch"
                 " join person p on p.id = j.person where j.item = ?1 and j.kind = 1 and b.handed_in is not null and "
                 "p.role in (0, 1)"
                 " and not exists (select 1 from retraction r where r.judgment = j.id)",
};
const struct statement_table gold_statements = STATEMENT_TABLE(sql);

struct gold_rows {
    struct gold_line *items;
    int64_t *gold, *content;
    size_t count, capacity, gold_capacity, content_capacity;
};

static void read_row(struct store *store, struct sqlite3_stmt *row, struct pool *pool, struct gold_rows *rows) {
    rows->gold = memory_grow(rows->gold, &rows->gold_capacity, rows->count + 1, sizeof *rows->gold);
    rows->content = memory_grow(rows->content, &rows->content_capacity, rows->count + 1, sizeof *rows->content);
    rows->gold[rows->count] = column_integer(row, 0);
    rows->content[rows->count] = column_integer(row, 9);
    *ARRAY_ADD(rows) = (struct gold_line){
        .item = column_integer(row, 1),
        .ref = store_ref(store, column_integer(row, 1)),
        .name = column_copy(row, 2, pool),
        .track = column_copy(row, 3, pool),
        .category = column_copy(row, 4, pool),
        .language = column_copy(row, 5, pool),
        .origin = column_copy(row, 6, pool),
        .person = column_copy(row, 7, pool),
        .at = column_integer(row, 8),
    };
}

static int read_names(struct store *store, int64_t content, struct gold_line *line, struct error *error) {
    struct sqlite3_stmt *row;
    int status = statement_open(store, &sql[RESPONSES], VALUES(value_integer(content)), &row, error);
    while (status >= 0 && line->response_count < LIMIT_RESPONSES &&
           (status = statement_step(store, row, error)) == STEP_ROW) {
        struct slice name = column_slice(row, 0);
        char *copy = line->responses[line->response_count++];
        size_t length = name.length;
        if (length >= sizeof line->responses[0]) {
            length = sizeof line->responses[0] - 1;
            while (length > 0 && ((unsigned char)name.data[length] & 0xC0) == 0x80)
                length--;
        }
        if (length > 0)
            memcpy(copy, name.data, length);
    }
    statement_close(row);
    return status;
}

static int count_answers(struct store *store, struct gold_line *line, struct error *error) {
    struct sqlite3_stmt *row;
    int status = statement_open(store, &sql[ANSWERED], VALUES(value_integer(line->item)), &row, error);
    while (status >= 0 && (status = statement_step(store, row, error)) == STEP_ROW) {
        struct slice ranking = column_slice(row, 1); /* terminated, as SQLite gives text */
        line->answered++;
        line->right += gold_key_judge(&line->key, (int)column_integer(row, 0), ranking.data ? ranking.data : "",
                                      (int)column_integer(row, 2)) == VERDICT_RIGHT;
    }
    statement_close(row);
    return status;
}

static int list(struct store *store, struct pool *pool, struct gold_rows *rows, struct error *error) {
    struct sqlite3_stmt *row;
    int status = statement_open(store, &sql[LIST], NO_VALUES, &row, error);
    while (status >= 0 && (status = statement_step(store, row, error)) == STEP_ROW)
        read_row(store, row, pool, rows);
    statement_close(row);
    for (size_t i = 0; status >= 0 && i < rows->count; i++) {
        status = gold_read(store, rows->gold[i], pool, &rows->items[i].key, error);
        if (status >= 0)
            status = read_names(store, rows->content[i], &rows->items[i], error);
        if (status >= 0)
            status = count_answers(store, &rows->items[i], error);
    }
    return status < 0 ? status : STATUS_OK;
}

int gold_list(struct store *store, const struct viewer *viewer, struct pool *pool, struct gold_line **out,
              size_t *count, struct error *error) {
    struct gold_rows rows = {0};
    int status = require_lead(viewer, "gold", error);
    if (status >= 0)
        status = transaction_read(store, "gold_list", error);
    if (status < 0)
        return status;
    status = transaction_end(store, list(store, pool, &rows, error), error);
    if (status >= 0) {
        *out = pool_copy(pool, rows.items, rows.count, sizeof **out);
        *count = rows.count;
    }
    memory_free(rows.gold);
    memory_free(rows.content);
    ARRAY_RELEASE(&rows);
    return status;
}

int gold_of_item(struct store *store, int64_t item, struct pool *pool, struct gold_key *out, struct error *error) {
    int64_t gold = 0;
    int status = transaction_read(store, "gold_of_item", error);
    if (status < 0)
        return status;
    status = statement_integer(store, &sql[IN_FORCE], VALUES(value_integer(item)), &gold, error);
    if (status == STEP_DONE)
        status = error_set(error, STATUS_USAGE, "item '%s' is not gold", store_ref(store, item).text);
    if (status >= 0)
        status = gold_read(store, gold, pool, out, error);
    return transaction_end(store, status, error);
}

static int last(struct store *store, int64_t item, struct pool *pool, struct last_key *out, struct error *error) {
    struct sqlite3_stmt *row;
    int status = statement_find(store, &sql[NEWEST], VALUES(value_integer(item)), &row, error);
    int64_t gold = status == STEP_ROW && column_integer(row, 2) == 0 ? column_integer(row, 0) : 0;
    out->retired = gold && column_integer(row, 1) != 0;
    if (status == STEP_ROW)
        statement_close(row);
    if (status < 0)
        return status;
    return gold ? gold_read(store, gold, pool, &out->key, error)
                : error_set(error, STATUS_USAGE, "item '%s' is not gold", store_ref(store, item).text);
}

int gold_last(struct store *store, const struct viewer *viewer, int64_t item, struct pool *pool, struct last_key *out,
              struct error *error) {
    int status = require_lead(viewer, "gold", error);
    if (status >= 0)
        status = transaction_read(store, "gold_last", error);
    return status < 0 ? status : transaction_end(store, last(store, item, pool, out, error), error);
}
