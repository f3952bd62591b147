/* Gold outcomes of one person, derived from the final judgments and the keys in force: the newest row of an item's
 * gold, unless it is void. An imported judgment is a batch of its own: minus its id. */
#include "store/work_parts.h"

#include "core/base/array.h"
#include "core/model/item.h"

#include "core/base/banned.h"

enum { OUTCOMES, RESTARTS };
static const char *const sql[] = {
    [OUTCOMES] =
        "select j.id, coalesce(s.batch, -j.id), j.prefer, j.ranking, j.strength, g.low, g.high, a.prefer, a.ranking, "
        "j.at "
        "from judgment j"
        " indexed by judgment_gold join item i on i.id = j.item left join serving s on s.id = j.serving left join "
        "batch b on "
        "b.id = s.batch"
        " join gold g on g.id = (select max(x.id) from gold x where x.item = j.item) join gold_answer a on a.gold = "
        "g.id"
        " where j.person = ?1 and j.kind = 1 and i.track = ?2 and (j.serving is null or b.handed_in is not null) and "
        "g.void = 0"
        " and not exists (select 1 from retraction r where r.judgment = j.id) order by j.id, a.n",
    [RESTARTS] = "select at from standing where person = ?1 and track = ?2 and state = 'qualified' order by at",
};
const struct statement_table outcomes_statements = STATEMENT_TABLE(sql);

int outcomes_read(struct store *store, int64_t person, int64_t track, struct alarm_outcome **out, size_t *count,
                  struct error *error) {
    struct {
        struct alarm_outcome *items;
        size_t count, capacity;
    } outcomes = {0};
    struct sqlite3_stmt *row;
    int status =
        statement_open(store, &sql[OUTCOMES], VALUES(value_integer(person), value_integer(track)), &row, error);
    while (status >= 0 && (status = statement_step(store, row, error)) == STEP_ROW) {
        int64_t judgment = column_integer(row, 0);
        if (outcomes.count == 0 || outcomes.items[outcomes.count - 1].judgment != judgment)
            *ARRAY_ADD(&outcomes) =
                (struct alarm_outcome){judgment, column_integer(row, 1), true, column_integer(row, 9)};
        struct gold_key key = {
            .answer_count = 1, .low = (int)column_integer(row, 5), .high = (int)column_integer(row, 6)};
        struct ranking given = column_ranking(row, 3);
        key.answers[0].prefer = (int)column_integer(row, 7);
        key.answers[0].ranking = column_ranking(row, 8);
        if (gold_key_judge(&key, (int)column_integer(row, 2), given.text, (int)column_integer(row, 4)) == VERDICT_RIGHT)
            outcomes.items[outcomes.count - 1].wrong = false;
    }
    statement_close(row);
    if (status < 0) {
        ARRAY_RELEASE(&outcomes);
        return status;
    }
    *out = outcomes.items;
    *count = outcomes.count;
    return STATUS_OK;
}

int restarts_read(struct store *store, int64_t person, int64_t track, int64_t **out, size_t *count,
                  struct error *error) {
    struct {
        int64_t *items;
        size_t count, capacity;
    } restarts = {0};
    struct sqlite3_stmt *row;
    int status =
        statement_open(store, &sql[RESTARTS], VALUES(value_integer(person), value_integer(track)), &row, error);
    while (status >= 0 && (status = statement_step(store, row, error)) == STEP_ROW)
        *ARRAY_ADD(&restarts) = column_integer(row, 0);
    statement_close(row);
    if (status < 0) {
        ARRAY_RELEASE(&restarts);
        return status;
    }
    *out = restarts.items;
    *count = restarts.count;
    return STATUS_OK;
}
