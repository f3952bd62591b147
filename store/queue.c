/* The queue of open items and the place up to which each person has read each lane; see work_parts.h and
 * core/work/queue_rank.h. */
#include "store/work_parts.h"

#include "core/base/array.h"
#include "core/base/memory.h"
#include "core/work/queue_rank.h"

#include "core/base/banned.h"

/* Of the item ?3: judgments that count for the overlap, and items under way. */
#define COUNTING                                                                                              \
    " from judgment j join person p on p.id = j.person and p.role in (0, 1) where j.item = ?3 and j.kind = 0" \
    " and j.round = 0 and j.id not in (select judgment from retraction)"                                      \
    " and not exists (select 1 from hold h join hold_decision d on d.hold = h.id and d.decision = 'redone'"   \
    " join item i on i.id = j.item where h.person = j.person and h.track = i.track and j.id >= h.since"       \
    " and (h.until is null or j.id <= h.until) and (h.category is null or h.category = i.category))"
#define UNDER_WAY                                                                                                    \
    "(select count(*) from batch b cross join serving s on s.batch = b.id where b.handed_in is null and s.item = ?3" \
    " and s.kind = 0 and s.round = 0 and s.state = 0)"

enum { FIND_PLACE, LOOK, TAKE_LAST, TAKE_ONE, SET_PLACE, RAISE, ADD_RETURNED, FIND_ITEM, READ_TASTE };
static const char *const sql[] = {
    [FIND_PLACE] = "select rank, item from place where person = ?1 and track = ?2 and lane = ?3",
    [LOOK] = "select q.rank, q.item, q.round, q.need, i.category, i.language, i.lengths, i.prompt from queue q join "
             "item i on i.id = q.item"
             " where q.track = ?1 and q.lane = ?2 and (q.rank, q.item) > (?4, ?5)"
             " and not exists (select 1 from serving s where s.person = ?3 and s.item = q.item and s.round = q.round)"
             " and not exists (select 1 from judgment j where j.item = q.item and j.person = ?3 and j.round = q.round)"
             " order by q.rank, q.item",
    [TAKE_LAST] = "delete from queue where track = ?1 and lane = ?2 and rank = ?3 and item = ?4 and need = 1 and lane "
                  "<> 5",
    [TAKE_ONE] = "update queue set need = need - (lane <> 5) where track = ?1 and lane = ?2 and rank = ?3 and item = "
                 "?4",
    [SET_PLACE] = "insert into place (person, track, lane, rank, item) values (?1, ?2, ?3, ?4, ?5)"
                  " on conflict (person, track, lane) do update set rank = excluded.rank, item = excluded.item",
    /* a row of the shared set is for everybody: nothing is taken from it, nothing comes back */
    [RAISE] = "update queue set need = need + (lane <> 5) where item = ?1 and round = ?2",
    /* what has enough without it (its overlap was lowered meanwhile), unless its judgments are split as in queue_rank.h;
     * what was retired, became gold or whose category was closed meanwhile is wanted by nobody, also when its key has been retired since */
    [ADD_RETURNED] =
        ("insert into queue (track, lane, rank, item, round, need) select ?1, 0, ?2, ?3, ?4, 1"
         " where not exists (select 1 from retirement r where r.item = ?3)"
         " and ?3 not in (select item from gold)"
         " and (?4 > 0 or not exists (select 1 from item i where i.id = ?3 and " CATEGORY_CLOSED "))"
         " and (?4 > 0 or (select count(*)" COUNTING ") + " UNDER_WAY
         " < (select overlap from track where id = ?1) or (select 2 * max(n) <= sum(n) from (select count(*) "
         "as n" COUNTING " group by j.prefer)))"),
    [FIND_ITEM] = "select track, lane, rank from queue where item = ?1 and round = ?2",
    [READ_TASTE] = "select 0, c.id from person p join category c on instr(',' || replace(p.categories, ', ', ',') || "
                   "',', ',' || c.name || "
                   "',') where p.id = ?1"
                   " union all select 1, l.id from person p join language l on instr(',' || replace(p.languages, ', ', "
                   "',') || ',', ',' || "
                   "l.name || ',')"
                   " where p.id = ?1 union all select 2, 0 from person where id = ?1 and categories <> ''"
                   " union all select 3, 0 from person where id = ?1 and languages <> ''",
};
const struct statement_table queue_statements = STATEMENT_TABLE(sql);

/* --- What a person may be given
 * ----------------------------------------------------------------------------------------- */

struct codes {
    int64_t *items;
    size_t count, capacity;
};

int taste_read(struct store *store, int64_t person, struct taste *out, struct error *error) {
    struct codes lists[2] = {{0}, {0}};
    bool limited[2] = {false, false};
    struct sqlite3_stmt *row;
    int status = statement_open(store, &sql[READ_TASTE], VALUES(value_integer(person)), &row, error);
    while (status >= 0 && (status = statement_step(store, row, error)) == STEP_ROW) {
        int64_t what = column_integer(row, 0);
        if (what < 2)
            *ARRAY_ADD(&lists[what]) = column_integer(row, 1);
        else
            limited[what - 2] = true;
    }
    statement_close(row);
    for (int i = 0; i < 2; i++) /* a list of which nothing is in the store yet is a limit too */
        if (limited[i] && !lists[i].items)
            lists[i].items = memory_new(1, sizeof *lists[i].items);
    *out = (struct taste){.categories = lists[0].items,
                          .category_count = lists[0].count,
                          .languages = lists[1].items,
                          .language_count = lists[1].count};
    return status < 0 ? status : STATUS_OK;
}

void taste_release(struct taste *taste) {
    memory_free(taste->categories);
    memory_free(taste->languages);
    *taste = (struct taste){0};
}

/* An item without a category or language is for everybody. */
static bool in_list(const int64_t *codes, size_t count, int64_t code) {
    if (!codes || code == 0)
        return true;
    for (size_t i = 0; i < count; i++)
        if (codes[i] == code)
            return true;
    return false;
}

bool taste_fits(const struct taste *taste, int64_t category, int64_t language) {
    return in_list(taste->categories, taste->category_count, category) &&
           in_list(taste->languages, taste->language_count, language);
}

size_t lengths_total(struct slice lengths, size_t *responses) {
    size_t total = 0, number = 0;
    *responses = lengths.length > 0;
    for (size_t i = 0; i < lengths.length; i++) {
        if (lengths.data[i] == ' ') {
            total += number;
            number = 0;
            ++*responses;
        } else {
            number = number * 10 + (size_t)(lengths.data[i] - '0');
        }
    }
    return total + number;
}

/* --- Taking
 * ------------------------------------------------------------------------------------------------------------- */

struct place {
    int64_t rank, item;
};

static int look_in_lane(struct store *store, int64_t person, int64_t track, int lane, const struct taste *taste,
                        size_t wanted, struct queue_pick *picks, size_t *found, struct error *error) {
    struct place from = {INT64_MIN, 0}, last = {INT64_MIN, 0};
    struct sqlite3_stmt *row;
    size_t before = *found;
    int status = statement_find(store, &sql[FIND_PLACE],
                                VALUES(value_integer(person), value_integer(track), value_integer(lane)), &row, error);
    if (status == STEP_ROW) {
        from = last = (struct place){column_integer(row, 0), column_integer(row, 1)};
        statement_close(row);
    }
    if (status >= 0)
        status = statement_open(store, &sql[LOOK],
                                VALUES(value_integer(track), value_integer(lane), value_integer(person),
                                       value_integer(from.rank), value_integer(from.item)),
                                &row, error);
    while (status >= 0 && *found < wanted && (status = statement_step(store, row, error)) == STEP_ROW) {
        int64_t category = column_integer(row, 4), language = column_integer(row, 5);
        size_t responses, length = lengths_total(column_slice(row, 6), &responses);
        if (*found == before)
            last = (struct place){column_integer(row, 0), column_integer(row, 1)};
        if (!taste_fits(taste, category, language))
            continue;
        picks[(*found)++] = (struct queue_pick){
            .rank = column_integer(row, 0),
            .item = column_integer(row, 1),
            .round = (int)column_integer(row, 2),
            .need = column_integer(row, 3),
            .category = (int)category,
            .language = (int)language,
            .length = length,
            .responses = (int)responses,
            .prompt = column_integer(row, 7),
            .lane = lane,
        };
    }
    statement_close(row);
    /* Rows before the first pick will never suit this person: they need not be looked at again. */
    if (status >= 0 && *found == before && (last.rank != from.rank || last.item != from.item))
        status = statement_run(store, &sql[SET_PLACE],
                               VALUES(value_integer(person), value_integer(track), value_integer(lane),
                                      value_integer(last.rank), value_integer(last.item)),
                               error);
    return status < 0 ? status : STATUS_OK;
}

int queue_look(struct store *store, int64_t person, int64_t track, const struct taste *taste, size_t wanted,
               size_t quota, struct queue_pick *picks, size_t *found, struct error *error) {
    static const int lanes[] = {LANE_RETURNED, LANE_SPLIT, LANE_FRESH};
    struct queue_pick *shared = memory_new(wanted, sizeof *shared);
    size_t shared_count = 0;
    *found = 0;
    int status = quota ? look_in_lane(store, person, track, LANE_SHARED, taste, wanted, shared, &shared_count, error)
                       : STATUS_OK;
    for (; *found < quota && *found < shared_count; ++*found)
        picks[*found] = shared[*found];
    size_t first = *found;
    for (size_t i = 0; status >= 0 && i < COUNT_OF(lanes); i++)
        status = look_in_lane(store, person, track, lanes[i], taste, wanted, picks, found, error);
    for (size_t i = first; i < shared_count && *found < wanted; i++) /* nothing else is left: more of it */
        picks[(*found)++] = shared[i];
    memory_free(shared);
    return status;
}

static int take_row(struct store *store, int64_t track, int lane, int64_t rank, int64_t item, struct error *error) {
    int status = statement_run(
        store, &sql[TAKE_LAST],
        VALUES(value_integer(track), value_integer(lane), value_integer(rank), value_integer(item)), error);
    if (status >= 0 && statement_changes(store) == 0)
        status = statement_run(
            store, &sql[TAKE_ONE],
            VALUES(value_integer(track), value_integer(lane), value_integer(rank), value_integer(item)), error);
    return status;
}

int queue_take(struct store *store, int64_t person, int64_t track, const struct queue_pick *picks, size_t count,
               size_t found, struct error *error) {
    int status = STATUS_OK;
    for (size_t i = 0; status >= 0 && i < count; i++) {
        const struct queue_pick *pick = &picks[i];
        status = take_row(store, track, pick->lane, pick->rank, pick->item, error);
        if (status >= 0 && (i + 1 == found || i + 1 == count || picks[i + 1].lane != pick->lane))
            status = statement_run(store, &sql[SET_PLACE],
                                   VALUES(value_integer(person), value_integer(track), value_integer(pick->lane),
                                          value_integer(pick->rank), value_integer(pick->item)),
                                   error);
    }
    return status;
}

/* --- One item
 * ----------------------------------------------------------------------------------------------------------- */

int queue_give_back(struct store *store, int64_t track, int64_t item, int round, struct error *error) {
    int64_t rank;
    int status = statement_run(store, &sql[RAISE], VALUES(value_integer(item), value_integer(round)), error);
    if (status < 0 || statement_changes(store) > 0)
        return status;
    status = event_next(store, &rank, error);
    if (status >= 0)
        status = statement_run(
            store, &sql[ADD_RETURNED],
            VALUES(value_integer(track), value_integer(rank), value_integer(item), value_integer(round)), error);
    return status;
}

int queue_take_item(struct store *store, int64_t item, int round, struct error *error) {
    struct sqlite3_stmt *row;
    int status = statement_find(store, &sql[FIND_ITEM], VALUES(value_integer(item), value_integer(round)), &row, error);
    if (status != STEP_ROW)
        return status;
    int64_t track = column_integer(row, 0), rank = column_integer(row, 2);
    int lane = (int)column_integer(row, 1);
    statement_close(row);
    status = take_row(store, track, lane, rank, item, error);
    return status < 0 ? status : STEP_ROW;
}
