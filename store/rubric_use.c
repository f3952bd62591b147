/* What became of each version of a rubric: judgments by it, and who has read it. See settings.h. */
#include "store/settings.h"

#include "store/internal.h"

#include "core/base/banned.h"

enum { USE, UNSETTLED };
static const char *const sql[] = {
    /* a person who has read an earlier version but not this one waits; nobody waits for a version that is no longer in force */
    [USE] =
        ("select r.id, coalesce(d.judgments, 0), coalesce(d.items, 0),"
         " coalesce((select group_concat(name, ', ') from (select p.name from acknowledgement a join person p on p.id ="
         " a.person where a.kind = 0 and a.subject = r.id order by p.name)), ''),"
         " coalesce((select group_concat(name, ', ') from (select p.name from person p where p.role = 0"
         "  and exists (select 1 from track t where t.rubric = r.id)"
         "  and exists (select 1 from acknowledgement a join rubric o on o.id = a.subject and o.name = r.name"
         "   where a.kind = 0 and a.person = p.id)"
         "  and not exists (select 1 from acknowledgement a where a.kind = 0 and a.person = p.id and a.subject = r.id)"
         "  order by p.name)), '')"
         " from rubric r left join (select j.rubric, count(*) as judgments, count(distinct j.item) as items"
         "  from judgment j join person q on q.id = j.person and q.role in (0, 1)"
         "  left join serving s on s.id = j.serving left join batch b on b.id = s.batch"
         "  where j.kind = 0 and (b.id is null or b.handed_in is not null)"
         "  and j.id not in (select judgment from retraction) group by j.rubric) d on d.rubric = r.id order by r.id"),
    /* the newest change of meaning on each track that nobody has calibrated since */
    [UNSETTLED] =
        ("select t.name, r.id, count(j.id), (select o.id from rubric o where o.name = r.name and o.id < r.id order by "
         "o.id desc limit 1)"
         " from track t join rubric r on r.id = (select max(x.id) from rubric x join rubric n on n.name = x.name"
         "  where n.id = t.rubric and x.change = 2 and x.id <= t.rubric)"
         " join item i on i.track = t.id join judgment j on j.item = i.id and j.kind = 0 and j.rubric < r.id"
         " where r.at >= ?1 and not exists (select 1 from session s where s.track = t.id and s.at >= r.at)"
         " and j.id not in (select judgment from retraction) group by t.id order by t.id"),
};
const struct statement_table rubric_use_statements = STATEMENT_TABLE(sql);

int rubric_use(struct store *store, const struct viewer *viewer, struct pool *pool, struct rubric_use *out,
               size_t count, struct error *error) {
    struct sqlite3_stmt *row = NULL;
    int status = require_lead(viewer, "rubric history", error);
    if (status >= 0)
        status = statement_open(store, &sql[USE], NO_VALUES, &row, error);
    for (size_t i = 0; status >= 0 && i < count && (status = statement_step(store, row, error)) == STEP_ROW; i++)
        out[i] = (struct rubric_use){.id = column_integer(row, 0),
                                     .judgments = (size_t)column_integer(row, 1),
                                     .items = (size_t)column_integer(row, 2),
                                     .read = column_copy(row, 3, pool),
                                     .waiting = column_copy(row, 4, pool)};
    statement_close(row);
    return status < 0 ? status : STATUS_OK;
}

int rubric_unsettled(struct store *store, int64_t since, struct pool *pool, struct rubric_unsettled *out, size_t room,
                     size_t *count, struct error *error) {
    struct sqlite3_stmt *row;
    *count = 0;
    int status = statement_open(store, &sql[UNSETTLED], VALUES(value_integer(since)), &row, error);
    while (status >= 0 && *count < room && (status = statement_step(store, row, error)) == STEP_ROW)
        out[(*count)++] = (struct rubric_unsettled){.track = column_copy(row, 0, pool),
                                                    .id = column_integer(row, 1),
                                                    .judgments = (size_t)column_integer(row, 2),
                                                    .before = column_integer(row, 3)};
    statement_close(row);
    return status < 0 ? status : STATUS_OK;
}
