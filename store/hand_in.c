/* A batch becomes final: every figure moves once, here. Splits are queued for one more judgment, the detector's
 * holds are settled. See batch.h. */
#include "store/batch.h"

#include "store/holds.h"
#include "store/work_parts.h"

#include "core/base/banned.h"

enum { READ_BATCH, COUNT_TO_DO, CLOSE };
static const char *const sql[] = {
    [READ_BATCH] = ("select b.person, b.track, b.handed_in is not null, b.purpose, t.name, b.number from batch b"
                    " join track t on t.id = b.track where b.id = ?1"),
    [COUNT_TO_DO] = "select count(*) from serving where batch = ?1 and state = 0",
    [CLOSE] = "update batch set handed_in = ?2 where id = ?1",
};
const struct statement_table hand_in_statements = STATEMENT_TABLE(sql);

struct closing {
    int64_t batch, person, track;
    enum batch_purpose purpose;
    const struct track_settings *settings;
};

/* The viewer's own open batch on a track of the campaign, with nothing left to do. */
static int check(struct store *store, const struct viewer *viewer, const struct campaign *campaign,
                 struct closing *closing, struct error *error) {
    struct pool pool = POOL_INIT;
    struct sqlite3_stmt *row;
    int64_t to_do = 0;
    int status = statement_find(store, &sql[READ_BATCH], VALUES(value_integer(closing->batch)), &row, error);
    if (status != STEP_ROW)
        return status < 0 ? status
                          : error_set(error, STATUS_USAGE, "there is no batch '%lld'", (long long)closing->batch);
    closing->person = column_integer(row, 0);
    closing->track = column_integer(row, 1);
    closing->purpose = (enum batch_purpose)column_integer(row, 3);
    bool closed = column_integer(row, 2) != 0;
    struct batch_name name = batch_name(closing->purpose, (int)column_integer(row, 5));
    struct slice track = column_copy(row, 4, &pool);
    statement_close(row);
    closing->settings = campaign_track(campaign, track.data);
    if (closing->person != viewer->person)
        status = error_set(error, STATUS_USAGE, "%s was not dealt to '%s'", name.text, viewer->name);
    else if (closed)
        status = error_set(error, STATUS_NO, "%s was handed in already, or went back to the queue", name.text);
    else if (!closing->settings)
        status = error_set(error, STATUS_USAGE, "there is no track '%s' in the settings", track.data);
    else
        status = statement_integer(store, &sql[COUNT_TO_DO], VALUES(value_integer(closing->batch)), &to_do, error);
    if (status >= 0 && to_do > 0)
        status = error_set(error, STATUS_NO, "%s is not done: %lld %s still to be judged or set aside", name.text,
                           (long long)to_do, to_do == 1 ? "item is" : "items are");
    pool_release(&pool);
    return status < 0 ? status : STATUS_OK;
}

static int hand_in(struct store *store, const struct viewer *viewer, const struct campaign *campaign, int64_t batch,
                   struct hand_in *out, struct error *error) {
    struct closing closing = {.batch = batch};
    struct pool pool = POOL_INIT;
    struct batch seen;
    int status = check(store, viewer, campaign, &closing, error);
    if (status >= 0)
        status =
            statement_run(store, &sql[CLOSE], VALUES(value_integer(batch), value_integer(store_now(store))), error);
    if (status >= 0 && closing.purpose == BATCH_WORK)
        status = splits_queue(store, batch, closing.track, error);
    if (status >= 0)
        status = event_append(
            store,
            &(struct event_entry){.person = viewer->person, .verb = "hand-in", .subject = SUBJECT_BATCH, .id = batch},
            NULL, error);
    if (status >= 0 && closing.purpose == BATCH_WORK)
        status = holds_settle_handed_in(store, closing.person, closing.settings, error);
    if (status >= 0)
        status = batch_read(store, batch, &pool, &seen, error);
    if (status >= 0)
        *out = (struct hand_in){.number = seen.number,
                                .judged = seen.judged,
                                .aside = seen.aside,
                                .active_ms = seen.active_ms,
                                .purpose = seen.purpose,
                                .size = seen.size};
    if (status >= 0 && closing.purpose == BATCH_QUALIFICATION)
        status = standing_judge(store, closing.person, closing.track, closing.settings, batch, out, error);
    pool_release(&pool);
    return status;
}

int batch_hand_in(struct store *store, const struct viewer *viewer, const struct campaign *campaign, int64_t batch,
                  struct hand_in *out, struct error *error) {
    int status = transaction_begin(store, "batch_hand_in", error);
    if (status < 0)
        return status;
    status = require_worker(store, viewer, error);
    if (status >= 0)
        status = hand_in(store, viewer, campaign, batch, out, error);
    status = transaction_end(store, status, error);
    transaction_trim(store);
    return status;
}
