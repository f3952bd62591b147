/* See load_desk.h. */
#include "store/load_desk.h"

#include "core/base/array.h"
#include "store/work_parts.h"

#include "core/base/banned.h"

#define ANSWER                                                                                                  \
    "select j.id, j.item, j.person, p.name, j.kind, j.prefer, j.strength, coalesce(j.confidence, -1), j.shown," \
    " coalesce(j.ms, -1), j.at, j.rationale, j.serving is null or b.handed_in is not null, j.ranking"           \
    " from judgment j"                                                                                          \
    " join person p on p.id = j.person and p.role in (0, 1) left join serving s on s.id = j.serving"            \
    " left join batch b on b.id = s.batch"

enum { ASIDES, KEYS, UNSEEN, SHOWN_FIRST, OF_ITEM, OF_PERSON, OPEN, QUESTION };
static const char *const sql[] = {
    [ASIDES] = ("select s.item, t.name, p.name, s.reason, a.people from"
                " (select item, min(id) as first, count(*) as people from serving where " SENT_TO_LEAD
                "  and item not in (select item from retirement) group by item) a"
                " join serving s on s.id = a.first join item i on i.id = s.item join track t on t.id = i.track"
                " join person p on p.id = s.person order by a.first"),
    /* a contested key is looked at again, whether it is served or not */
    [KEYS] = ("select item, case origin when 'amended' then at else 0 end from gold where (retired is null or (void = 0"
              " and id in (select gold from contest) and not exists (select 1 from gold n where n.item = gold.item and"
              " n.id > gold.id))) and item not in (select item from retirement)"),
    /* pool: hidden gold of each track; met: how much of it each person has been served */
    [UNSEEN] =
        ("with pool as (select g.item, i.track from gold g join item i on i.id = g.item where g.retired is null"
         " and g.use = 0 and g.item not in (select item from retirement)),"
         " size as (select track, count(*) as n from pool group by track),"
         " met as (select s.person, pool.track, count(distinct s.item) as n from pool join serving s on s.item = "
         "pool.item group by s.person, pool.track)"
         " select w.person, w.track, p.name, t.name, size.n - coalesce(met.n, 0) from"
         " (select distinct person, track from batch) w join person p on p.id = w.person and p.role = 0"
         " join track t on t.id = w.track join size on size.track = w.track"
         " left join met on met.person = w.person and met.track = w.track order by w.track, w.person"),
    [SHOWN_FIRST] =
        "select s.kind, count(*), sum(s.shown = 'ab') from track t join batch b on b.track = t.id and b.purpose = 0"
        " join serving s on s.batch = b.id and s.kind in (0, 1) and length(s.shown) = 2 where t.name = ?1"
        " group by s.kind",
    [OF_ITEM] = (ANSWER " where j.item = ?1 and j.id not in (select judgment from retraction) order by j.id"),
    [OF_PERSON] =
        (ANSWER " join item i on i.id = j.item join track t on t.id = i.track and t.name = ?2 where j.person = ?1"
                " and (j.serving is null or b.handed_in is not null)"
                " and j.id not in (select judgment from retraction) order by j.id"),
    [OPEN] = ("select t.name, c.name, count(*) from queue join item i on i.id = queue.item join track t on t.id = "
              "queue.track"
              " left join category c on c.id = i.category where queue.round = 0 and " QUEUE_WAITS
              " group by queue.track, i.category"),
    [QUESTION] = ("select q.item, coalesce(s.shown, ''), d.body, j.prefer, j.strength, j.rationale, b.handed_in is not "
                  "null, j.ranking from question q"
                  " left join serving s on s.id = q.serving left join draft d on d.serving = s.id"
                  " left join batch b on b.id = s.batch"
                  " left join judgment j on j.item = q.item and j.person = q.person and j.serving = q.serving"
                  "  and j.id not in (select judgment from retraction)"
                  " where q.id = ?1 order by j.id desc limit 1"),
};
const struct statement_table load_desk_statements = STATEMENT_TABLE(sql);

int load_asides(struct store *store, const struct viewer *viewer, struct pool *pool, struct aside_line **out,
                size_t *count, struct error *error) {
    struct {
        struct aside_line *items;
        size_t count, capacity;
    } lines = {0};
    struct sqlite3_stmt *row;
    int status = require_lead(viewer, "lead", error);
    if (status >= 0)
        status = statement_open(store, &sql[ASIDES], NO_VALUES, &row, error);
    if (status < 0)
        return status;
    while ((status = statement_step(store, row, error)) == STEP_ROW)
        *ARRAY_ADD(&lines) = (struct aside_line){
            .item = column_integer(row, 0),
            .ref = store_ref(store, column_integer(row, 0)),
            .track = column_copy(row, 1, pool),
            .person = column_copy(row, 2, pool),
            .reason = (enum aside_reason)column_integer(row, 3),
            .people = column_integer(row, 4),
        };
    statement_close(row);
    if (status >= 0) {
        *out = pool_copy(pool, lines.items, lines.count, sizeof **out);
        *count = lines.count;
    }
    ARRAY_RELEASE(&lines);
    return status < 0 ? status : STATUS_OK;
}

int load_keys(struct store *store, key_visit *visit, void *context, struct error *error) {
    struct sqlite3_stmt *row;
    int status = statement_open(store, &sql[KEYS], NO_VALUES, &row, error);
    if (status < 0)
        return status;
    while ((status = statement_step(store, row, error)) == STEP_ROW)
        visit(context, column_integer(row, 0), column_integer(row, 1));
    statement_close(row);
    return status < 0 ? status : STATUS_OK;
}

int load_unseen_gold(struct store *store, const struct viewer *viewer, struct pool *pool, struct unseen_gold **out,
                     size_t *count, struct error *error) {
    struct {
        struct unseen_gold *items;
        size_t count, capacity;
    } lines = {0};
    struct sqlite3_stmt *row;
    int status = require_lead(viewer, "lead", error);
    if (status >= 0)
        status = statement_open(store, &sql[UNSEEN], NO_VALUES, &row, error);
    if (status < 0)
        return status;
    while ((status = statement_step(store, row, error)) == STEP_ROW)
        *ARRAY_ADD(&lines) = (struct unseen_gold){
            .person = column_integer(row, 0),
            .track = column_integer(row, 1),
            .person_name = column_copy(row, 2, pool),
            .track_name = column_copy(row, 3, pool),
            .unseen = column_integer(row, 4),
        };
    statement_close(row);
    if (status >= 0) {
        *out = pool_copy(pool, lines.items, lines.count, sizeof **out);
        *count = lines.count;
    }
    ARRAY_RELEASE(&lines);
    return status < 0 ? status : STATUS_OK;
}

int load_shown_first(struct store *store, const struct viewer *viewer, const char *track, struct shown_first *out,
                     struct error *error) {
    struct sqlite3_stmt *row;
    *out = (struct shown_first){0};
    int status = require_lead(viewer, "gold tells", error);
    if (status >= 0)
        status = statement_open(store, &sql[SHOWN_FIRST], VALUES(value_string(track)), &row, error);
    if (status < 0)
        return status;
    while ((status = statement_step(store, row, error)) == STEP_ROW) {
        int gold = column_integer(row, 0) != 0;
        out->dealt[gold] = column_integer(row, 1);
        out->first[gold] = column_integer(row, 2);
    }
    statement_close(row);
    return status < 0 ? status : STATUS_OK;
}

static void read_answer(struct store *store, struct sqlite3_stmt *row, struct pool *pool, struct answer_line *out) {
    struct slice shown = column_slice(row, 8);
    *out = (struct answer_line){
        .judgment = column_integer(row, 0),
        .item = column_integer(row, 1),
        .ref = store_ref(store, column_integer(row, 1)),
        .person = column_integer(row, 2),
        .name = column_copy(row, 3, pool),
        .kind = (enum kind)column_integer(row, 4),
        .prefer = (int)column_integer(row, 5),
        .strength = (int)column_integer(row, 6),
        .confidence = (int)column_integer(row, 7),
        .ms = column_integer(row, 9),
        .at = column_integer(row, 10),
        .rationale = column_copy(row, 11, pool),
        .final = column_integer(row, 12) != 0,
        .ranking = column_ranking(row, 13),
    };
    if (shown.length > 0 && shown.length <= LIMIT_RESPONSES)
        memcpy(out->shown, shown.data, shown.length);
}

static int load_answers(struct store *store, const char *const *statement, const struct value *values,
                        size_t value_count, struct pool *pool, struct answer_line **out, size_t *count,
                        struct error *error) {
    struct {
        struct answer_line *items;
        size_t count, capacity;
    } lines = {0};
    struct sqlite3_stmt *row;
    int status = statement_open(store, statement, values, value_count, &row, error);
    if (status < 0)
        return status;
    while ((status = statement_step(store, row, error)) == STEP_ROW)
        read_answer(store, row, pool, ARRAY_ADD(&lines));
    statement_close(row);
    if (status >= 0) {
        *out = pool_copy(pool, lines.items, lines.count, sizeof **out);
        *count = lines.count;
    }
    ARRAY_RELEASE(&lines);
    return status < 0 ? status : STATUS_OK;
}

int load_item_answers(struct store *store, const struct viewer *viewer, int64_t item, struct pool *pool,
                      struct answer_line **out, size_t *count, struct error *error) {
    int status = require_lead(viewer, "lead", error);
    return status < 0 ? status
                      : load_answers(store, &sql[OF_ITEM], VALUES(value_integer(item)), pool, out, count, error);
}

int load_person_answers(struct store *store, const struct viewer *viewer, int64_t person, const char *track,
                        struct pool *pool, struct answer_line **out, size_t *count, struct error *error) {
    int status = require_lead(viewer, "lead", error);
    return status < 0 ? status
                      : load_answers(store, &sql[OF_PERSON], VALUES(value_integer(person), value_string(track)), pool,
                                     out, count, error);
}

int load_open_categories(struct store *store, open_visit *visit, void *context, struct error *error) {
    struct sqlite3_stmt *row;
    int status = statement_open(store, &sql[OPEN], NO_VALUES, &row, error);
    if (status < 0)
        return status;
    while ((status = statement_step(store, row, error)) == STEP_ROW)
        visit(context, column_slice(row, 0), column_slice(row, 1), column_integer(row, 2));
    statement_close(row);
    return status < 0 ? status : STATUS_OK;
}

int load_question_work(struct store *store, const struct viewer *viewer, int64_t question, struct pool *pool,
                       struct question_work *out, struct error *error) {
    struct sqlite3_stmt *row;
    int status = require_lead(viewer, "lead", error);
    if (status >= 0)
        status = statement_find(store, &sql[QUESTION], VALUES(value_integer(question)), &row, error);
    if (status != STEP_ROW)
        return status < 0 ? status : error_set(error, STATUS_USAGE, "there is no question '%lld'", (long long)question);
    *out = (struct question_work){
        .item = column_integer(row, 0),
        .draft = column_copy(row, 2, pool),
        .judged = !column_absent(row, 3),
        .prefer = column_absent(row, 3) ? CHOICE_MISSING : (int)column_integer(row, 3),
        .strength = (int)column_integer(row, 4),
        .rationale = column_copy(row, 5, pool),
        .handed_in = column_integer(row, 6) != 0,
        .ranking = column_ranking(row, 7),
    };
    struct slice shown = column_slice(row, 1);
    if (shown.length > 0 && shown.length <= LIMIT_RESPONSES)
        memcpy(out->shown, shown.data, shown.length);
    statement_close(row);
    return STATUS_OK;
}
