/* The queue of open items as a whole: filled by an import, rebuilt for new settings, compared with the facts.
 * Dealing takes from it row by row (queue.c). */
#include <sqlite3.h>
#include <stdio.h>

#include "core/model/campaign.h"
#include "core/work/queue_rank.h"
#include "core/work/sharing.h"
#include "store/work_parts.h"

#include "core/base/banned.h"

/* item, n: production judgments given or under way, imported ones of people too, without those that a hold had redone */
#define TAKEN                                                                                                          \
    "taken (item, n) as (select item, sum(n) from (select item, 1 as n from serving where kind = 0 and round = 0 and " \
    "state in (0, 1)"                                                                                                  \
    " union all select j.item, 1 from judgment j join person p on p.id = j.person where j.serving is null and j.kind " \
    "= 0"                                                                                                              \
    " and j.round = 0 and p.role in (0, 1) and j.id not in (select judgment from retraction)"                          \
    " union all select item, -1 from (select distinct j.id, j.item from hold h"                                        \
    " join hold_decision d on d.hold = h.id and d.decision = 'redone'"                                                 \
    " join judgment j on j.person = h.person and j.id between h.since and coalesce(h.until, 9223372036854775807)"      \
    " join item i on i.id = j.item and i.track = h.track and (h.category is null or i.category = h.category)"          \
    " join person p on p.id = j.person and p.role in (0, 1)"                                                           \
    " where j.kind = 0 and j.round = 0 and j.id not in (select judgment from retraction))) "                           \
    "group by item)"

/* an item whose key was retired has been shown as gold: it is nobody's work again */
#define OPEN                                                           \
    "i.id not in (select item from gold)"                              \
    " and not exists (select 1 from retirement r where r.item = i.id)" \
    " and not " CATEGORY_CLOSED

#define WITH_LEAD "(select item from serving where " SENT_TO_LEAD ")"

enum {
    FILL_INPUT,
    FILL_RANKED,
    FILL_SHARED,
    FORGET_LANE,
    FORGET_PLACES,
    FORGET_FRESH_PLACES,
    DROP_RETURNED,
    RENEW,
    FILL_AGAIN,
    REMOVE,
    CLOSE,
    ANY_CLOSED,
    COUNT_CLOSED,
    WRONG_NEED,
    NOT_OPEN,
    WRONG_TRACK,
    WRONG_SHARED
};
static const char *const sql[] = {
    [FILL_INPUT] =
        ("insert into queue (track, lane, rank, item, round, need) select i.track, 9, i.id, i.id, 0, ?3 from item i"
         " where i.id > ?2 and i.track = ?1 and not queue_shared(i.id, ?4) and " OPEN " order by i.id"),
    [FILL_RANKED] =
        ("insert into queue (track, lane, rank, item, round, need)"
         " select i.track, 9, queue_rank(?4, i.id, i.priority) as rank, i.id, 0, ?3 from item i"
         " where i.id > ?2 and i.track = ?1 and not queue_shared(i.id, ?5) and " OPEN " order by rank, i.id"),
    /* 2: enum item_order, a keyed draw */
    [FILL_SHARED] = ("insert into queue (track, lane, rank, item, round, need)"
                     " select i.track, 5, queue_rank(2, i.id, 0) as rank, i.id, 0, 1 from item i"
                     " where i.id > ?2 and i.track = ?1 and queue_shared(i.id, ?3) and " OPEN " order by rank, i.id"
                     " on conflict do nothing"),
    [FORGET_LANE] = "delete from queue where track = ?1 and (lane in (5, 9) or (round = 0 and queue_shared(item, ?2)))",
    [FORGET_PLACES] = "delete from place where track = ?1",
    [FORGET_FRESH_PLACES] = "delete from place where track = ?1 and lane = ?2",
    /* what was given back, and has enough without it: unless its judgments are split as in core/work/queue_rank.h */
    [DROP_RETURNED] = ("with " TAKEN " delete from queue where track = ?1 and lane = 0 and round = 0"
                       " and ?2 <= coalesce((select n from taken where taken.item = queue.item), 0)"
                       " and not exists (select 1 from (select max(n) as most, sum(n) as total from (select count(*) "
                       "as n from judgment j"
                       "  join person p on p.id = j.person and p.role in (0, 1) where j.item = queue.item and j.kind = "
                       "0 and j.round = 0"
                       "  and j.id not in (select judgment from retraction) group by j.prefer)) where total >= ?2 and "
                       "2 * most <= total)"),
    [RENEW] = ("with " TAKEN
               " update queue set need = max(1, ?2 - coalesce((select n from taken where taken.item = queue.item), 0))"
               " where track = ?1 and lane < 9 and round = 0"),
    [FILL_AGAIN] =
        ("with " TAKEN " insert into queue (track, lane, rank, item, round, need)"
         " select i.track, 9, queue_rank(?3, i.id, i.priority) as rank, i.id, 0, ?2 - coalesce(t.n, 0) from item i"
         " left join taken t on t.item = i.id"
         " where i.track = ?1 and ?2 > coalesce(t.n, 0) and not queue_shared(i.id, ?4) and " OPEN
         " and not exists (select 1 from queue q where q.item = i.id and q.round = 0)"
         " and i.id not in " WITH_LEAD " order by rank, i.id"),
    [REMOVE] = "delete from queue where item = ?1",
    [CLOSE] = ("delete from queue where track = ?1 and round = 0"
               " and coalesce((select category from item i where i.id = queue.item), 0) = ?2"),
    [ANY_CLOSED] = "select exists (select 1 from closing where reopened is null and (?1 = 0 or track = ?1))",
    [COUNT_CLOSED] =
        ("with " TAKEN " select count(*) from item i join track k on k.id = i.track left join taken t on t.item = i.id"
         " where (?1 = 0 or i.track = ?1) and " CATEGORY_CLOSED " and coalesce(t.n, 0) < k.overlap"
         " and i.id not in (select item from retirement union all select item from gold) and i.id not in " WITH_LEAD
         " and not exists (select 1 from serving s join batch b on b.id = s.batch and b.handed_in is null"
         "  where s.item = i.id and s.kind = 0 and s.round = 0 and s.state in (0, 1))"),
    [WRONG_NEED] =
        ("with " TAKEN
         " select i.id, max(0, k.overlap - coalesce(t.n, 0)) as wanted, coalesce(q.need, 0) as have from item i"
         " join track k on k.id = i.track left join taken t on t.item = i.id left join queue q on q.item = i.id and "
         "q.round = 0"
         " where not queue_shared(i.id, k.shared) and " OPEN
         " and (have > wanted + 2 or (have < wanted and i.id not in " WITH_LEAD ")) order by i.id"),
    [NOT_OPEN] = ("select i.id from queue q join item i on i.id = q.item where not (" OPEN ") order by i.id"),
    [WRONG_TRACK] = ("select q.item from queue q left join item i on i.id = q.item where i.track is not q.track"
                     " or q.lane not in (0, 1, 5, 9) order by q.item"),
    [WRONG_SHARED] =
        ("select i.id from item i join track k on k.id = i.track left join queue q on q.item = i.id and q.round = 0"
         " where " OPEN " and (queue_shared(i.id, k.shared) or q.lane = 5)"
         " and (q.lane is not 5 or not queue_shared(i.id, k.shared)) order by i.id"),
};
const struct statement_table queue_whole_statements = STATEMENT_TABLE(sql);

static void rank_function(sqlite3_context *context, int count, sqlite3_value **values) {
    struct store *store = sqlite3_user_data(context);
    (void)count;
    sqlite3_result_int64(context,
                         queue_rank((enum item_order)sqlite3_value_int(values[0]), sqlite3_value_int64(values[1]),
                                    sqlite3_value_double(values[2]), store->secret));
}

static void shared_function(sqlite3_context *context, int count, sqlite3_value **values) {
    struct store *store = sqlite3_user_data(context);
    (void)count;
    sqlite3_result_int(context,
                       sharing_holds(store->secret, sqlite3_value_int64(values[0]), sqlite3_value_double(values[1])));
}

int queue_prepare(struct store *store, struct error *error) {
    enum { HOW = SQLITE_UTF8 | SQLITE_DETERMINISTIC | SQLITE_DIRECTONLY };
    int code = sqlite3_create_function(store->db, "queue_rank", 3, HOW, store, rank_function, NULL, NULL);
    if (code == SQLITE_OK)
        code = sqlite3_create_function(store->db, "queue_shared", 2, HOW, store, shared_function, NULL, NULL);
    return code == SQLITE_OK ? STATUS_OK : statement_failed(store, code, error);
}

static int fill_shared(struct store *store, int64_t track, double share, int64_t after, struct error *error) {
    if (!(share > 0))
        return STATUS_OK;
    int status = statement_run(store, &sql[FORGET_FRESH_PLACES],
                               VALUES(value_integer(track), value_integer(LANE_SHARED)), error);
    return status < 0 ? status
                      : statement_run(store, &sql[FILL_SHARED],
                                      VALUES(value_integer(track), value_integer(after), value_real(share)), error);
}

int queue_fill(struct store *store, int64_t track, const struct track_settings *settings, int64_t after,
               struct error *error) {
    struct value track_value = value_integer(track), after_value = value_integer(after),
                 overlap = value_integer(settings->overlap), share = value_real(settings->shared);
    int status = fill_shared(store, track, settings->shared, after, error);
    if (status < 0)
        return status;
    if (settings->order == ORDER_INPUT || settings->order == ORDER_DISAGREEMENT)
        return statement_run(store, &sql[FILL_INPUT], VALUES(track_value, after_value, overlap, share), error);
    /* what is new stands between what is there: people who have read past its rank must look again */
    status = statement_run(store, &sql[FORGET_FRESH_PLACES], VALUES(track_value, value_integer(LANE_FRESH)), error);
    return status < 0
               ? status
               : statement_run(store, &sql[FILL_RANKED],
                               VALUES(track_value, after_value, overlap, value_integer(settings->order), share), error);
}

int queue_rebuild(struct store *store, int64_t track, const struct track_settings *settings, struct error *error) {
    struct value track_value = value_integer(track), overlap = value_integer(settings->overlap),
                 share = value_real(settings->shared);
    int status = statement_run(store, &sql[FORGET_LANE], VALUES(track_value, share), error);
    if (status >= 0)
        status = statement_run(store, &sql[FORGET_PLACES], VALUES(track_value), error);
    if (status >= 0)
        status = statement_run(store, &sql[DROP_RETURNED], VALUES(track_value, overlap), error);
    if (status >= 0)
        status = statement_run(store, &sql[RENEW], VALUES(track_value, overlap), error);
    if (status >= 0)
        status = fill_shared(store, track, settings->shared, 0, error);
    if (status >= 0)
        status = statement_run(store, &sql[FILL_AGAIN],
                               VALUES(track_value, overlap, value_integer(settings->order), share), error);
    return status;
}

int queue_remove(struct store *store, int64_t item, struct error *error) {
    return statement_run(store, &sql[REMOVE], VALUES(value_integer(item)), error);
}

int queue_close(struct store *store, int64_t track, int64_t category, struct error *error) {
    return statement_run(store, &sql[CLOSE], VALUES(value_integer(track), value_integer(category)), error);
}

int queue_reopen(struct store *store, int64_t track, const struct track_settings *settings, struct error *error) {
    struct value track_value = value_integer(track);
    int status = statement_run(store, &sql[FORGET_FRESH_PLACES], VALUES(track_value, value_integer(LANE_FRESH)), error);
    if (status >= 0)
        status = fill_shared(store, track, settings->shared, 0, error);
    return status < 0 ? status
                      : statement_run(store, &sql[FILL_AGAIN],
                                      VALUES(track_value, value_integer(settings->overlap),
                                             value_integer(settings->order), value_real(settings->shared)),
                                      error);
}

int queue_count_closed(struct store *store, int64_t track, int64_t *count, struct error *error) {
    int64_t any = 0;
    *count = 0;
    int status = statement_integer(store, &sql[ANY_CLOSED], VALUES(value_integer(track)), &any, error);
    return status < 0 || !any
               ? status
               : statement_integer(store, &sql[COUNT_CLOSED], VALUES(value_integer(track)), count, error);
}

static int report_rows(struct store *store, int statement, const char *what, log_found *found, void *context,
                       struct error *error) {
    struct sqlite3_stmt *row;
    int status = statement_open(store, &sql[statement], NO_VALUES, &row, error);
    while (status >= 0 && (status = statement_step(store, row, error)) == STEP_ROW) {
        char line[200];
        int length = snprintf(line, sizeof line, "item %s %s", store_ref(store, column_integer(row, 0)).text, what);
        if (statement == WRONG_NEED)
            snprintf(line + length, sizeof line - (size_t)length, ": %lld, the judgments say %lld",
                     (long long)column_integer(row, 2), (long long)column_integer(row, 1));
        found(context, "queue", line);
    }
    statement_close(row);
    return status;
}

int queue_verify(struct store *store, log_found *found, void *context, struct error *error) {
    int status = report_rows(store, WRONG_NEED, "waits for a wrong number of judgments", found, context, error);
    if (status >= 0)
        status = report_rows(store, NOT_OPEN, "is in the queue and should not be", found, context, error);
    if (status >= 0)
        status = report_rows(store, WRONG_TRACK, "stands in the queue of another track or lane", found, context, error);
    if (status >= 0)
        status = report_rows(store, WRONG_SHARED, "is in the shared set and not in its lane, or the other way round",
                             found, context, error);
    return status;
}
