/* Items with everything a lead may see, how many there are in which state, and taking one out of the work. */
#include "store/internal.h"
#include "store/item_walk.h"
#include "store/load.h"

#include "core/base/banned.h"

/* cross join: from the few open batches to their servings, never the other way round */
#define COUNTED \
    " from batch b cross join serving s on s.batch = b.id where (?1 = 0 or b.track = ?1) and b.handed_in is null"
#define NOT_WORK "(select item from retirement union all select item from gold)"
enum { ABOUT, ITEMS, GOLD, QUEUED, UNDER_WAY, ASIDE, ASIDE_OPEN, WAITING, RETIRED, RETIRE };
static const char *const sql[] = {
    [ABOUT] =
        ("select (select g.id from gold g where g.item = i.id and g.retired is null),"
         " (select count(*) from judgment j join person p on p.id = j.person and p.role < 2 join serving s on "
         "s.id = j.serving"
         "  join batch b on b.id = s.batch and b.handed_in is not null"
         "  where j.item = i.id and j.id not in (select judgment from retraction)),"
         " (select sum(need) from queue q where q.item = i.id), s.name, coalesce(i.line, 0),"
         " exists (select 1 from retirement r where r.item = i.id), exists (select 1 from gold g where g.item = i.id)"
         " from item i left join source s on s.id = i.source where i.id = ?1"),
    [ITEMS] = "select count(*) from item where (?1 = 0 or track = ?1) and id not in " NOT_WORK,
    [GOLD] =
        ("select count(*) from gold g join item i on i.id = g.item where g.retired is null and (?1 = 0 or i.track = ?1)"
         " and g.item not in (select item from retirement)"),
    [QUEUED] = "select count(*) from queue where (?1 = 0 or track = ?1) and round = 0 and " QUEUE_WAITS,
    [UNDER_WAY] = ("select count(distinct s.item)" COUNTED " and s.kind = 0 and s.state in (0, 1)"
                   " and s.item not in " NOT_WORK " and not exists (select 1 from queue q where q.item = s.item)"),
    [ASIDE] = ("select count(distinct s.item) from serving s join item i on i.id = s.item where " SENT_TO_LEAD
               " and (?1 = 0 or i.track = ?1) and s.item not in (select item from retirement)"),
    [ASIDE_OPEN] = ("select count(distinct s.item) from serving s join item i on i.id = s.item where " SENT_TO_LEAD
                    " and s.kind = 0 and (?1 = 0 or i.track = ?1) and s.item not in " NOT_WORK
                    " and not exists (select 1 from queue q where q.item = s.item) and not exists (select 1 from "
                    "serving o join batch b on b.id = o.batch"
                    " where b.handed_in is null and o.item = s.item and o.kind = 0 and o.state in (0, 1))"),
    [WAITING] = ("select count(*)" COUNTED " and s.state = 1 and b.session is null"),
    [RETIRED] = "select 1 from retirement where item = ?1",
    [RETIRE] = "insert into retirement (item, person, why, at) values (?1, ?2, ?3, ?4)",
};
const struct statement_table load_items_statements = STATEMENT_TABLE(sql);

/* What is known of an item beside its texts. key: room for the gold key. */
static int read_about(struct store *store, struct item_line *line, struct gold_key *key, struct pool *pool,
                      struct error *error) {
    struct sqlite3_stmt *row;
    int status = statement_find(store, &sql[ABOUT], VALUES(value_integer(line->id)), &row, error);
    if (status != STEP_ROW)
        return status;
    int64_t gold = column_integer(row, 0);
    line->gold = gold != 0;
    line->judgments = column_integer(row, 1);
    line->wanted = column_integer(row, 2);
    line->source = column_copy(row, 3, pool);
    line->source_line = column_integer(row, 4);
    line->retired = column_integer(row, 5) != 0;
    line->was_gold = !gold && column_integer(row, 6) != 0;
    statement_close(row);
    line->ref = store_ref(store, line->id);
    line->item.gold = gold ? key : NULL;
    return gold ? gold_read(store, gold, pool, key, error) : STATUS_OK;
}

static int visit_items(struct store *store, int64_t track, item_visit *visit, void *context, struct error *error) {
    struct item_walk walk;
    struct item_line line;
    struct gold_key key;
    int status = item_walk_start(&walk, store, track, error);
    while (status >= 0 && (status = item_walk_next(&walk, error)) == STEP_ROW) {
        line.id = walk.id;
        line.item = walk.item;
        status = read_about(store, &line, &key, &walk.pool, error);
        if (status >= 0)
            status = visit(context, &line, error);
    }
    item_walk_stop(&walk);
    return status;
}

int load_items(struct store *store, const char *track, item_visit *visit, void *context, struct error *error) {
    int64_t id = 0;
    int status = transaction_read(store, "load_items", error);
    if (status < 0)
        return status;
    if (track)
        status = track_id(store, track, &id, error);
    if (status >= 0)
        status = visit_items(store, id, visit, context, error);
    return transaction_end(store, status < 0 ? status : STATUS_OK, error);
}

int load_item(struct store *store, int64_t id, struct pool *pool, struct item_line *out, struct error *error) {
    int status = transaction_read(store, "load_item", error);
    if (status < 0)
        return status;
    out->id = id;
    status = item_read(store, id, pool, &out->item, error);
    if (status >= 0)
        status = item_read_extra(store, id, pool, &out->item.extra, error);
    if (status >= 0)
        status = read_about(store, out, pool_new(pool, 1, sizeof(struct gold_key)), pool, error);
    return transaction_end(store, status < 0 ? status : STATUS_OK, error);
}

int load_item_counts(struct store *store, const char *track, struct item_counts *out, struct error *error) {
    int64_t id = 0, work = 0, queued = 0, under_way = 0, aside = 0;
    *out = (struct item_counts){0};
    int status = transaction_read(store, "load_item_counts", error);
    if (status < 0)
        return status;
    if (track)
        status = track_id(store, track, &id, error);
    const struct {
        int statement;
        int64_t *to;
    } counts[] = {{ITEMS, &work},       {GOLD, &out->gold},        {QUEUED, &queued},       {UNDER_WAY, &under_way},
                  {ASIDE_OPEN, &aside}, {ASIDE, &out->aside_lead}, {WAITING, &out->waiting}};
    for (size_t i = 0; status >= 0 && i < sizeof counts / sizeof *counts; i++)
        status = statement_integer(store, &sql[counts[i].statement], VALUES(value_integer(id)), counts[i].to, error);
    out->open = queued + under_way + aside;
    if (status >= 0)
        status = queue_count_closed(store, id, &out->closed, error);
    out->judged = work - out->open - out->closed;
    out->total = work - out->closed + out->gold;
    return transaction_end(store, status < 0 ? status : STATUS_OK, error);
}

int load_waiting(struct store *store, const char *track, int64_t *waiting, struct error *error) {
    int64_t id = 0;
    int status = transaction_read(store, "load_waiting", error);
    if (status < 0)
        return status;
    if (track)
        status = track_id(store, track, &id, error);
    if (status >= 0)
        status = statement_integer(store, &sql[WAITING], VALUES(value_integer(id)), waiting, error);
    return transaction_end(store, status < 0 ? status : STATUS_OK, error);
}

int item_retire(struct store *store, const struct viewer *viewer, int64_t item, struct slice why, struct error *error) {
    int64_t there = 0;
    int status = require_lead(viewer, "items retire", error);
    if (status >= 0)
        status = transaction_begin(store, "item_retire", error);
    if (status < 0)
        return status;
    status = statement_integer(store, &sql[RETIRED], VALUES(value_integer(item)), &there, error);
    if (status == STEP_ROW)
        status = error_set(error, STATUS_USAGE, "item '%s' is retired already", store_ref(store, item).text);
    if (status >= 0)
        status = statement_run(store, &sql[RETIRE],
                               VALUES(value_integer(item), value_id(viewer->person),
                                      value_text(why.data ? why : slice_of("")), value_integer(store_now(store))),
                               error);
    if (status >= 0)
        status = queue_remove(store, item, error);
    if (status >= 0)
        status = event_append(
            store,
            &(struct event_entry){
                .person = viewer->person, .verb = "retire", .subject = SUBJECT_ITEM, .id = item, .detail = why},
            NULL, error);
    return transaction_end(store, status, error);
}
