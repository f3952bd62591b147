/* See load_plan.h. */
#include "store/load_plan.h"

#include "core/base/array.h"
#include "store/internal.h"

#include "core/base/banned.h"

/* dealt and not handed in, of items that are work */
#define UNDER_WAY                                                                                         \
    "batch b cross join serving s on s.batch = b.id and s.kind = 0 and s.round = 0 and s.state in (0, 1)" \
    " and s.item not in (select item from retirement union all select item from gold)"

#define SUITS(words, name)                                                                                       \
    "(p." words " = '' or " name " is null or instr(',' || replace(p." words ", ', ', ',') || ',', ',' || " name \
    " || ',') > 0)"

enum { LEFT, OPEN_TO };
static const char *const sql[] = {
    [LEFT] = ("select t.name, c.name, sum(a.left), sum(a.with_lead), sum(a.closed) from ("
              "select q.track as track, i.category as category, sum(q.need) as left, 0 as with_lead, 0 as closed from "
              "queue q"
              " join item i on i.id = q.item where q.round = 0 group by q.track, i.category"
              " union all select i.track, i.category, count(*), 0, 0 from " UNDER_WAY " join item i on i.id = s.item"
              " where b.handed_in is null group by i.track, i.category"
              " union all select i.track, i.category, 0, count(distinct s.item), 0 from serving s join item i on i.id "
              "= s.item"
              " where " SENT_TO_LEAD " and s.kind = 0"
              " and s.item not in (select item from retirement union all select item from gold) group by i.track, "
              "i.category"
              " union all select track, category, 0, 0, 1 from closing where reopened is null"
              ") a join track t on t.id = a.track left join category c on c.id = a.category"
              " group by a.track, a.category order by a.track, c.name"),
    [OPEN_TO] =
        ("with open as (select q.track as track, i.category as category, i.language as language, count(*) as n"
         " from queue q join item i on i.id = q.item where q.round = 0 group by q.track, i.category, i.language),"
         " had as (select s.person as person, q.track as track, count(*) as n from queue q"
         "  join serving s on s.item = q.item and s.round = 0 where q.round = 0 group by s.person, q.track),"
         " lacks as (select b.person as person, b.track as track, count(*) as n from " UNDER_WAY
         " where b.handed_in is null group by b.person, b.track)"
         " select p.id, t.name, max(0, coalesce((select sum(o.n) from open o left join category c on c.id = o.category"
         "  left join language l on l.id = o.language where o.track = t.id"
         "  and " SUITS("categories", "c.name") " and " SUITS(
             "languages",
             "l.name") "), 0)"
                       " - coalesce((select n from had where had.person = p.id and had.track = t.id), 0))"
                       " + coalesce((select n from lacks where lacks.person = p.id and lacks.track = t.id), 0)"
                       " from person p join track t where p.role in (0, 1) and p.solo < 2 and " SUITS(
                           "tracks", "t.name") " and coalesce((select state from standing s where s.person = p.id and "
                                               "s.track is null order by s.id desc"
                                               "  limit 1), 'active') <> 'paused' order by t.id, p.name"),
};
const struct statement_table load_plan_statements = STATEMENT_TABLE(sql);

struct gathering {
    struct {
        struct plan_left *items;
        size_t count, capacity;
    } left;
    struct {
        struct plan_open *items;
        size_t count, capacity;
    } open;
};

static int read_left(struct store *store, const struct history *history, struct gathering *out, struct error *error) {
    struct sqlite3_stmt *row;
    int status = statement_open(store, &sql[LEFT], NO_VALUES, &row, error);
    while (status >= 0 && (status = statement_step(store, row, error)) == STEP_ROW)
        *ARRAY_ADD(&out->left) = (struct plan_left){
            .track = history_code(history->tracks, history->track_count, column_slice(row, 0)),
            .category = history_code(history->categories, history->category_count, column_slice(row, 1)),
            .left = column_integer(row, 2),
            .with_lead = column_integer(row, 3),
            .closed = column_integer(row, 4) != 0,
        };
    statement_close(row);
    return status;
}

static int read_open(struct store *store, const struct history *history, struct gathering *out, struct error *error) {
    struct sqlite3_stmt *row;
    int status = statement_open(store, &sql[OPEN_TO], NO_VALUES, &row, error);
    while (status >= 0 && (status = statement_step(store, row, error)) == STEP_ROW)
        *ARRAY_ADD(&out->open) = (struct plan_open){
            .person = history_code_of_id(history->person_ids, history->person_count, column_integer(row, 0)),
            .track = history_code(history->tracks, history->track_count, column_slice(row, 1)),
            .open = column_integer(row, 2),
        };
    statement_close(row);
    return status;
}

int load_plan(struct store *store, const struct viewer *viewer, const struct history *history, int64_t now,
              struct plan *out, struct error *error) {
    struct gathering gathering = {0};
    *out = (struct plan){0};
    int status = require_lead(viewer, "plan", error);
    if (status >= 0)
        status = transaction_read(store, "load_plan", error);
    if (status < 0)
        return status;
    status = read_left(store, history, &gathering, error);
    if (status >= 0)
        status = read_open(store, history, &gathering, error);
    if (status >= 0)
        plan_init(out, &(struct plan_input){history, gathering.left.items, gathering.left.count, gathering.open.items,
                                            gathering.open.count, now});
    ARRAY_RELEASE(&gathering.left);
    ARRAY_RELEASE(&gathering.open);
    return transaction_end(store, status < 0 ? status : STATUS_OK, error);
}
