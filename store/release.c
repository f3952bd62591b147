/* Batches that were not handed in by the end of their lease: what was judged is final, the rest goes back to the
 * queue. See batch.h. */
#include "store/batch.h"

#include "core/base/array.h"
#include "store/work_parts.h"

#include "core/base/banned.h"

enum { STALE, OPEN_SERVINGS, RELEASE, CLOSE };
static const char *const sql[] = {
    [STALE] = ("select id, track, training from batch where handed_in is null and lease < ?1 and person <> ?2 and pack "
               "is null order by id"),
    [OPEN_SERVINGS] = "select item, round from serving where batch = ?1 and state = 0 and kind = 0 order by position",
    [RELEASE] = "update serving set state = 3, at = ?2 where batch = ?1 and state = 0",
    [CLOSE] = "update batch set handed_in = ?2 where id = ?1",
};
const struct statement_table release_statements = STATEMENT_TABLE(sql);

struct stale {
    int64_t batch, track;
    bool training;
};

struct stale_batches {
    struct stale *items;
    size_t count, capacity;
};

struct open_items {
    struct open_item {
        int64_t item;
        int round;
    } * items;
    size_t count, capacity;
};

static int give_back(struct store *store, const struct stale *stale, struct error *error) {
    struct open_items items = {0};
    struct sqlite3_stmt *row;
    int status = statement_open(store, &sql[OPEN_SERVINGS], VALUES(value_integer(stale->batch)), &row, error);
    while (status >= 0 && (status = statement_step(store, row, error)) == STEP_ROW)
        *ARRAY_ADD(&items) = (struct open_item){column_integer(row, 0), (int)column_integer(row, 1)};
    statement_close(row);
    for (size_t i = 0; status >= 0 && i < items.count; i++)
        status = queue_give_back(store, stale->track, items.items[i].item, items.items[i].round, error);
    ARRAY_RELEASE(&items);
    return status;
}

static int release(struct store *store, const struct stale *stale, int64_t actor, struct error *error) {
    int64_t now = store_now(store);
    int status = give_back(store, stale, error);
    if (status >= 0)
        status = statement_run(store, &sql[RELEASE], VALUES(value_integer(stale->batch), value_integer(now)), error);
    if (status >= 0)
        status = statement_run(store, &sql[CLOSE], VALUES(value_integer(stale->batch), value_integer(now)), error);
    if (status >= 0 && !stale->training)
        status = splits_queue(store, stale->batch, stale->track, error);
    if (status >= 0)
        status = event_append(
            store,
            &(struct event_entry){.person = actor, .verb = "release", .subject = SUBJECT_BATCH, .id = stale->batch},
            NULL, error);
    return status;
}

int stale_release(struct store *store, int64_t person, int64_t actor, int64_t *released, struct error *error) {
    struct stale_batches stale = {0};
    struct sqlite3_stmt *row;
    int status =
        statement_open(store, &sql[STALE], VALUES(value_integer(store_now(store)), value_integer(person)), &row, error);
    while (status >= 0 && (status = statement_step(store, row, error)) == STEP_ROW)
        *ARRAY_ADD(&stale) =
            (struct stale){column_integer(row, 0), column_integer(row, 1), column_integer(row, 2) != 0};
    statement_close(row);
    for (size_t i = 0; status >= 0 && i < stale.count; i++)
        status = release(store, &stale.items[i], actor, error);
    *released = (int64_t)stale.count;
    ARRAY_RELEASE(&stale);
    return status < 0 ? status : STATUS_OK;
}

int batch_release_stale(struct store *store, int64_t *released, struct error *error) {
    int status = transaction_begin(store, "batch_release_stale", error);
    if (status < 0)
        return status;
    return transaction_end(store, stale_release(store, 0, 0, released, error), error);
}
