/* Items of a batch on which final judgments disagree: one more is asked for, in lane 1. See core/work/queue_rank.h
 * for the rule. */
#include "store/work_parts.h"

#include "core/base/array.h"
#include "core/work/queue_rank.h"

#include "core/base/banned.h"

enum { TRACK, ITEMS, VOTES, ADD };
static const char *const sql[] = {
    [TRACK] = "select overlap from track where id = ?1",
    [ITEMS] =
        ("select s.item, s.round from serving s join item i on i.id = s.item"
         " where s.batch = ?1 and s.state = 1 and s.kind = 0 and not " CATEGORY_CLOSED
         " and not exists (select 1 from queue q where q.item = s.item and q.round = s.round)"
         " and not exists (select 1 from retirement r where r.item = s.item)"
         " and not exists (select 1 from gold g where g.item = s.item and g.retired is null) order by s.position"),
    [VOTES] =
        "select j.prefer from judgment j join person p on p.id = j.person left join serving s on s.id = j.serving"
        " left join batch b on b.id = s.batch where j.item = ?1 and j.round = ?2 and j.kind = 0 and p.role in (0, 1)"
        " and (b.id is null or b.handed_in is not null) and not exists (select 1 from retraction r where r.judgment = "
        "j.id)"
        " and not exists (select 1 from hold h join hold_decision d on d.hold = h.id and d.decision = 'redone'"
        " join item i on i.id = j.item where h.person = j.person and h.track = i.track and j.id >= h.since"
        " and (h.until is null or j.id <= h.until) and (h.category is null or h.category = i.category))",
    [ADD] = ("insert into queue (track, lane, rank, item, round, need) values (?1, ?2, ?3, ?4, ?5, 1) on conflict do "
             "nothing"),
};
const struct statement_table splits_statements = STATEMENT_TABLE(sql);

struct split_items {
    struct split_item {
        int64_t id;
        int round;
    } * items;
    size_t count, capacity;
};

static int read_items(struct store *store, int64_t batch, struct split_items *out, struct error *error) {
    struct sqlite3_stmt *row;
    int status = statement_open(store, &sql[ITEMS], VALUES(value_integer(batch)), &row, error);
    while (status >= 0 && (status = statement_step(store, row, error)) == STEP_ROW)
        *ARRAY_ADD(out) = (struct split_item){column_integer(row, 0), (int)column_integer(row, 1)};
    statement_close(row);
    return status;
}

static int is_split(struct store *store, const struct split_item *item, int wanted, bool *split, struct error *error) {
    enum { VOTES_MOST = 64 }; /* far more than the rule looks at */
    int votes[VOTES_MOST];
    size_t count = 0;
    struct sqlite3_stmt *row;
    int status =
        statement_open(store, &sql[VOTES], VALUES(value_integer(item->id), value_integer(item->round)), &row, error);
    while (status >= 0 && count < VOTES_MOST && (status = statement_step(store, row, error)) == STEP_ROW)
        votes[count++] = (int)column_integer(row, 0);
    statement_close(row);
    *split = status >= 0 && queue_split(votes, count, wanted);
    return status;
}

int splits_queue(struct store *store, int64_t batch, int64_t track, struct error *error) {
    struct split_items items = {0};
    int64_t rank = 0, overlap = 1;
    int status = statement_integer(store, &sql[TRACK], VALUES(value_integer(track)), &overlap, error);
    if (status >= 0)
        status = read_items(store, batch, &items, error);
    if (status >= 0)
        status = event_next(store, &rank, error);
    for (size_t i = 0; status >= 0 && i < items.count; i++) {
        const struct split_item *item = &items.items[i];
        bool split = false;
        status = is_split(store, item, (int)overlap, &split, error);
        if (status >= 0 && split)
            status = statement_run(store, &sql[ADD],
                                   VALUES(value_integer(track), value_integer(LANE_SPLIT), value_integer(rank),
                                          value_integer(item->id), value_integer(item->round)),
                                   error);
    }
    ARRAY_RELEASE(&items);
    return status < 0 ? status : STATUS_OK;
}
