/* Batches that were not handed in by the end of their lease: what was judged is final, the rest goes back to the
 * queue. See batch.h. */
#include "store/batch.h"

#include "core/base/array.h"
#include "store/holds.h"
#include "store/work_parts.h"

#include "core/base/banned.h"

enum { STALE, OPEN_SERVINGS, RELEASE, CLOSE };
static const char *const sql[] = {
    /* nobody waits for the items of training and qualification: they stay open, unless their person is gone */
    [STALE] = ("select b.id, b.person, b.track, t.name, b.purpose from batch b join track t on t.id = b.track"
               " where b.handed_in is null and b.lease < ?1 and (b.purpose = 0 or b.lease = 0) and b.person <> ?2"
               " and b.pack is null order by b.id"),
    [OPEN_SERVINGS] = "select item, round from serving where batch = ?1 and state = 0 and kind = 0 order by position",
    [RELEASE] = "update serving set state = 3, at = ?2 where batch = ?1 and state = 0",
    [CLOSE] = "update batch set handed_in = ?2 where id = ?1",
};
const struct statement_table release_statements = STATEMENT_TABLE(sql);

struct stale {
    int64_t batch, person, track;
    const struct track_settings *settings; /* NULL: the settings have no such track any more */
    enum batch_purpose purpose;
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
    if (status >= 0) /* before the queue counts what is under way */
        status = statement_run(store, &sql[RELEASE],
                               VALUES(value_integer(stale->batch), value_integer(store_now(store))), error);
    for (size_t i = 0; status >= 0 && i < items.count; i++)
        status = queue_give_back(store, stale->track, items.items[i].item, items.items[i].round, error);
    ARRAY_RELEASE(&items);
    return status;
}

static int release(struct store *store, const struct stale *stale, struct error *error) {
    int status = give_back(store, stale, error);
    if (status >= 0)
        status = statement_run(store, &sql[CLOSE], VALUES(value_integer(stale->batch), value_integer(store_now(store))),
                               error);
    if (status >= 0 && stale->purpose == BATCH_WORK)
        status = splits_queue(store, stale->batch, stale->track, error);
    if (status >= 0)
        status = event_append(
            store, &(struct event_entry){.verb = "release", .subject = SUBJECT_BATCH, .id = stale->batch}, NULL, error);
    if (status >= 0 && stale->purpose == BATCH_WORK && stale->settings)
        status = holds_settle_handed_in(store, stale->person, stale->settings, error);
    return status;
}

int stale_release(struct store *store, const struct campaign *campaign, int64_t person, int64_t *released,
                  struct error *error) {
    struct stale_batches stale = {0};
    struct sqlite3_stmt *row;
    int status =
        statement_open(store, &sql[STALE], VALUES(value_integer(store_now(store)), value_integer(person)), &row, error);
    while (status >= 0 && (status = statement_step(store, row, error)) == STEP_ROW)
        *ARRAY_ADD(&stale) = (struct stale){column_integer(row, 0), column_integer(row, 1), column_integer(row, 2),
                                            campaign_track(campaign, column_slice(row, 3).data),
                                            (enum batch_purpose)column_integer(row, 4)};
    statement_close(row);
    for (size_t i = 0; status >= 0 && i < stale.count; i++)
        status = release(store, &stale.items[i], error);
    *released = (int64_t)stale.count;
    ARRAY_RELEASE(&stale);
    return status < 0 ? status : STATUS_OK;
}
