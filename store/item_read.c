/* One item with its texts, its extra, and a gold key, out of the tables into core/model. */
#include "store/internal.h"

#include "core/base/banned.h"

enum { READ_ITEM, READ_RESPONSES, READ_EXTRA, READ_PROMPT, READ_GOLD, READ_ANSWERS };
static const char *const sql[] = {
    [READ_ITEM] = ("select i.name, t.name, c.name, l.name, i.content, i.priority, i.line, p.form, p.body from item i "
                   "join track t on t.id = i.track"
                   " join prompt p on p.id = i.prompt left join category c on c.id = i.category"
                   " left join language l on l.id = i.language where i.id = ?1"),
    [READ_RESPONSES] = ("select r.name, m.name, r.form, r.body from response r left join model m on m.id = r.model"
                        " where r.id between ?1 * 32 and ?1 * 32 + 31 order by r.id"),
    [READ_EXTRA] = "select json from item_extra where item = ?1",
    [READ_PROMPT] = "select p.form, p.body from item i join prompt p on p.id = i.prompt where i.id = ?1",
    [READ_GOLD] = "select use, difficulty, low, high, explanation from gold where id = ?1",
    [READ_ANSWERS] = "select prefer, ranking from gold_answer where gold = ?1 order by n",
};
const struct statement_table item_read_statements = STATEMENT_TABLE(sql);

static int damaged(struct store *store, int64_t item, struct error *error) {
    return error_set(error, STATUS_SYSTEM, "the store '%s' is damaged: item '%s' is not whole", store->path,
                     store_ref(store, item).text);
}

static int read_responses(struct store *store, int64_t content, struct pool *pool, struct item *out, bool *whole,
                          struct error *error) {
    struct sqlite3_stmt *row;
    int status = statement_open(store, &sql[READ_RESPONSES], VALUES(value_integer(content)), &row, error);
    while (status >= 0 && (status = statement_step(store, row, error)) == STEP_ROW) {
        if (out->response_count == LIMIT_RESPONSES) {
            *whole = false;
            break;
        }
        struct response *response = &out->responses[out->response_count++];
        *response = (struct response){.name = column_copy(row, 0, pool), .model = column_copy(row, 1, pool)};
        out->redacted |= column_integer(row, 2) == FORM_REDACTED;
        *whole &= messages_decode(column_copy(row, 3, pool), (int)column_integer(row, 2), ROLE_ASSISTANT, pool,
                                  &response->messages);
    }
    statement_close(row);
    return status;
}

int item_read(struct store *store, int64_t item, struct pool *pool, struct item *out, struct error *error) {
    struct sqlite3_stmt *row;
    int status = statement_find(store, &sql[READ_ITEM], VALUES(value_integer(item)), &row, error);
    if (status != STEP_ROW)
        return status < 0 ? status : damaged(store, item, error);
    *out = (struct item){.name = column_copy(row, 0, pool),
                         .track = column_copy(row, 1, pool),
                         .category = column_copy(row, 2, pool),
                         .language = column_copy(row, 3, pool),
                         .has_priority = !column_absent(row, 5),
                         .priority = column_real(row, 5),
                         .line = (size_t)column_integer(row, 6)};
    int64_t content = column_integer(row, 4);
    bool whole = messages_decode(column_copy(row, 8, pool), (int)column_integer(row, 7), ROLE_USER, pool, &out->prompt);
    statement_close(row);
    status = read_responses(store, content, pool, out, &whole, error);
    if (status >= 0 && (!whole || out->response_count < 2))
        return damaged(store, item, error);
    return status < 0 ? status : STATUS_OK;
}

int item_read_extra(struct store *store, int64_t item, struct pool *pool, struct slice *out, struct error *error) {
    struct sqlite3_stmt *row;
    *out = SLICE_ABSENT;
    int status = statement_find(store, &sql[READ_EXTRA], VALUES(value_integer(item)), &row, error);
    if (status == STEP_ROW)
        *out = column_copy(row, 0, pool);
    statement_close(row);
    return status < 0 ? status : STATUS_OK;
}

int item_read_head(struct store *store, int64_t item, struct pool *pool, struct slice *out, struct error *error) {
    enum { HEAD_BYTES = 200 };
    struct sqlite3_stmt *row;
    struct pool scratch = POOL_INIT;
    struct messages messages;
    int status = statement_find(store, &sql[READ_PROMPT], VALUES(value_integer(item)), &row, error);
    if (status == STEP_ROW &&
        messages_decode(column_slice(row, 1), (int)column_integer(row, 0), ROLE_USER, &scratch, &messages)) {
        struct slice text = messages.items[messages.count - 1].content;
        if (text.length > HEAD_BYTES) {
            text.length = HEAD_BYTES;
            while (text.length && ((unsigned char)text.data[text.length] & 0xC0) == 0x80)
                text.length--;
        }
        *out = pool_slice(pool, text);
    } else if (status >= 0) {
        status = damaged(store, item, error);
    }
    statement_close(row);
    pool_release(&scratch);
    return status < 0 ? status : STATUS_OK;
}

int gold_read(struct store *store, int64_t gold, struct pool *pool, struct gold_key *out, struct error *error) {
    struct sqlite3_stmt *row;
    int status = statement_find(store, &sql[READ_GOLD], VALUES(value_integer(gold)), &row, error);
    if (status != STEP_ROW)
        return status < 0 ? status
                          : error_set(error, STATUS_SYSTEM, "the store '%s' is damaged: gold %lld is missing",
                                      store->path, (long long)gold);
    *out = (struct gold_key){.use = (enum gold_use)column_integer(row, 0),
                             .difficulty = (enum difficulty)column_integer(row, 1),
                             .low = (int)column_integer(row, 2),
                             .high = (int)column_integer(row, 3),
                             .explanation = column_copy(row, 4, pool)};
    statement_close(row);
    status = statement_open(store, &sql[READ_ANSWERS], VALUES(value_integer(gold)), &row, error);
    while (status >= 0 && out->answer_count < GOLD_ANSWERS &&
           (status = statement_step(store, row, error)) == STEP_ROW) {
        struct gold_answer *answer = &out->answers[out->answer_count++];
        answer->prefer = (int)column_integer(row, 0);
        answer->ranking = column_ranking(row, 1);
    }
    statement_close(row);
    if (status >= 0 && !out->answer_count)
        return error_set(error, STATUS_SYSTEM, "the store '%s' is damaged: gold %lld has no answer", store->path,
                         (long long)gold);
    return status < 0 ? status : STATUS_OK;
}
