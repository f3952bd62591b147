/* Holds as leads see, place and decide them; see holds.h. The detector's own come from holds_settle.c. */
#include "store/holds.h"

#include "core/base/array.h"
#include "store/people.h"
#include "store/work_parts.h"

#include "core/base/banned.h"

/* Which judgments j (with batch b and item i) a hold h covers: final production. */
#define IN_RANGE                                                                                               \
    " i.track = h.track and (j.serving is null or b.handed_in is not null) and j.kind = 0 and j.id >= h.since" \
    " and (h.until is null or j.id <= h.until) and (h.category is null or i.category = h.category)"            \
    " and not exists (select 1 from retraction r where r.judgment = j.id)"

enum { LIST, FIND_PERSON, FIND_TRACKS, FIRST_SINCE, LAST_UNTIL, ADD, FIND_HOLD, DECIDE, REDO_ITEMS };
static const char *const sql[] = {
    [LIST] =
        "select h.id, h.uid, p.name, t.name, c.name, h.since, coalesce(h.until, 0),"
        " (select at from judgment where id >= h.since and person = h.person order by id limit 1),"
        " (select at from judgment where id = h.until),"
        " (select count(*) from judgment j left join serving s on s.id = j.serving left join batch b on b.id = s.batch"
        " join item i on i.id = j.item where j.person = h.person and" IN_RANGE
        "), h.origin = 0, h.why, h.at, d.decision, d.why, coalesce(q.name, ''), d.at from hold h"
        " join person p on p.id = h.person join track t on t.id = h.track left join category c on c.id = h.category"
        " left join hold_decision d on d.hold = h.id left join person q on q.id = d.person order by h.id",
    [FIND_PERSON] = "select id from person where name = ?1",
    [FIND_TRACKS] =
        "select t.id from track t where (?2 is null or t.name = ?2) and (exists"
        " (select 1 from batch b where b.person = ?1 and b.track = t.id) or exists (select 1 from judgment j"
        " join item i on i.id = j.item where j.person = ?1 and j.serving is null and i.track = t.id)) order by t.id",
    [FIRST_SINCE] = "select min(id) from judgment where person = ?1 and at >= ?2",
    [LAST_UNTIL] = "select max(id) from judgment where person = ?1 and at <= ?2",
    [ADD] = "insert into hold (uid, person, track, category, since, until, origin, placed, why, at)"
            " values (?1, ?2, ?3, ?4, ?5, ?6, 1, ?7, ?8, ?9)",
    [FIND_HOLD] = "select d.decision from hold h left join hold_decision d on d.hold = h.id where h.id = ?1",
    [DECIDE] = "insert into hold_decision (hold, decision, person, why, at) values (?1, ?2, ?3, ?4, ?5)",
    /* one place for an item, however many held judgments of it there are; none for what another hold had redone
     * before, nor for a model or a source, who took none */
    [REDO_ITEMS] =
        "select h.track, j.item, j.round from hold h join judgment j on j.person = h.person"
        " left join serving s on s.id = j.serving left join batch b on b.id = s.batch join item i on i.id = j.item"
        " join person p on p.id = j.person and p.role in (0, 1) where h.id = ?1 and" IN_RANGE
        " and not exists (select 1 from hold x join hold_decision d on d.hold = x.id and d.decision = 'redone'"
        " where x.id <> h.id and x.person = h.person and x.track = h.track and j.id >= x.since"
        " and (x.until is null or j.id <= x.until) and (x.category is null or x.category = i.category))"
        " group by j.item, j.round order by min(j.id)",
};
const struct statement_table holds_statements = STATEMENT_TABLE(sql);

static void read_hold(struct sqlite3_stmt *row, struct pool *pool, struct hold *out) {
    *out = (struct hold){
        .id = column_integer(row, 0),
        .uid = column_copy(row, 1, pool),
        .person = column_copy(row, 2, pool),
        .track = column_copy(row, 3, pool),
        .category = column_copy(row, 4, pool),
        .since = column_integer(row, 5),
        .until = column_integer(row, 6),
        .since_at = column_integer(row, 7),
        .until_at = column_integer(row, 8),
        .judgments = column_integer(row, 9),
        .by_detector = column_integer(row, 10) != 0,
        .why = column_copy(row, 11, pool),
        .at = column_integer(row, 12),
        .decision = column_copy(row, 13, pool),
        .decision_why = column_copy(row, 14, pool),
        .decision_person = column_copy(row, 15, pool),
        .decision_at = column_integer(row, 16),
    };
}

int hold_list(struct store *store, const struct viewer *viewer, struct pool *pool, struct hold **out, size_t *count,
              struct error *error) {
    struct {
        struct hold *items;
        size_t count, capacity;
    } holds = {0};
    struct sqlite3_stmt *row;
    int status = require_lead(viewer, "hold", error);
    if (status >= 0)
        status = statement_open(store, &sql[LIST], NO_VALUES, &row, error);
    if (status < 0)
        return status;
    while ((status = statement_step(store, row, error)) == STEP_ROW)
        read_hold(row, pool, ARRAY_ADD(&holds));
    statement_close(row);
    if (status >= 0) {
        *out = pool_copy(pool, holds.items, holds.count, sizeof **out);
        *count = holds.count;
    }
    ARRAY_RELEASE(&holds);
    return status;
}

/* --- Placing
 * ------------------------------------------------------------------------------------------------------------ */

struct wish {
    int64_t person, category, since, until; /* judgment ids; until 0: open end */
    struct slice why;
};

struct track_ids {
    int64_t *items;
    size_t count, capacity;
};

static int read_tracks(struct store *store, int64_t person, const char *track, struct track_ids *out,
                       struct error *error) {
    struct sqlite3_stmt *row;
    int status =
        statement_open(store, &sql[FIND_TRACKS], VALUES(value_integer(person), value_string(track)), &row, error);
    while (status >= 0 && (status = statement_step(store, row, error)) == STEP_ROW)
        *ARRAY_ADD(out) = column_integer(row, 0);
    statement_close(row);
    return status;
}

/* Moments become judgments. */
static int find_range(struct store *store, int64_t since, int64_t until, struct wish *wish, struct error *error) {
    int status = STATUS_OK;
    if (since) {
        status = statement_integer(store, &sql[FIRST_SINCE], VALUES(value_integer(wish->person), value_integer(since)),
                                   &wish->since, error);
        if (status >= 0 && wish->since == 0)
            return error_set(error, STATUS_INPUT, "there is no judgment of this person since then");
    }
    if (status >= 0 && until) {
        status = statement_integer(store, &sql[LAST_UNTIL], VALUES(value_integer(wish->person), value_integer(until)),
                                   &wish->until, error);
        if (status >= 0 && (wish->until == 0 || wish->until < wish->since))
            return error_set(error, STATUS_INPUT, "there is no judgment of this person in that time");
    }
    return status < 0 ? status : STATUS_OK;
}

static int place(struct store *store, const struct viewer *viewer, int64_t track, const struct wish *wish,
                 struct error *error) {
    struct ulid uid = ulid_make(store->world);
    int status = statement_run(store, &sql[ADD],
                               VALUES(value_string(uid.text), value_integer(wish->person), value_integer(track),
                                      value_id(wish->category), value_integer(wish->since), value_id(wish->until),
                                      value_id(viewer->person), value_text(wish->why), value_integer(store_now(store))),
                               error);
    if (status >= 0)
        status = event_append(
            store,
            &(struct event_entry){
                .person = viewer->person, .verb = "hold", .subject = SUBJECT_HOLD, .id = statement_inserted(store)},
            NULL, error);
    return status;
}

static int add(struct store *store, const struct viewer *viewer, const char *annotator, const char *track,
               int64_t since, int64_t until, const char *category, struct slice why, struct error *error) {
    struct wish wish = {.why = why};
    struct track_ids tracks = {0};
    int64_t named = 0;
    int status = statement_integer(store, &sql[FIND_PERSON], VALUES(value_string(annotator)), &wish.person, error);
    if (status == STEP_DONE)
        status = people_unknown(store, annotator, error);
    if (status >= 0 && track)
        status = track_id(store, track, &named, error);
    if (status >= 0 && category) {
        status = code_find(store, CODE_CATEGORY, slice_of(category), &wish.category, error);
        if (status == STEP_DONE)
            status = error_set(error, STATUS_USAGE, "there is no category '%s'", category);
    }
    if (status >= 0)
        status = find_range(store, since, until, &wish, error);
    if (status >= 0)
        status = read_tracks(store, wish.person, track, &tracks, error);
    if (status >= 0 && tracks.count == 0)
        status = error_set(error, STATUS_INPUT, "'%s' has no judgments there to hold", annotator);
    for (size_t i = 0; status >= 0 && i < tracks.count; i++)
        status = place(store, viewer, tracks.items[i], &wish, error);
    ARRAY_RELEASE(&tracks);
    return status;
}

int hold_add(struct store *store, const struct viewer *viewer, const char *annotator, const char *track, int64_t since,
             int64_t until, const char *category, struct slice why, struct error *error) {
    int status = require_lead(viewer, "hold add", error);
    if (status >= 0)
        status = why.length ? STATUS_OK : error_set(error, STATUS_USAGE, "a hold needs a reason");
    if (status >= 0)
        status = transaction_begin(store, "hold_add", error);
    if (status < 0)
        return status;
    return transaction_end(store, add(store, viewer, annotator, track, since, until, category, why, error), error);
}

/* --- Deciding
 * ----------------------------------------------------------------------------------------------------------- */

static int decide(struct store *store, const struct viewer *viewer, int64_t id, const char *decision, struct slice why,
                  struct error *error) {
    struct sqlite3_stmt *row;
    int status = statement_find(store, &sql[FIND_HOLD], VALUES(value_integer(id)), &row, error);
    if (status == STEP_DONE)
        return error_set(error, STATUS_USAGE, "there is no hold '%lld'", (long long)id);
    if (status < 0)
        return status;
    if (!column_absent(row, 0))
        status = error_set(error, STATUS_NO, "hold %lld is decided already: " SLICE_FORMAT, (long long)id,
                           SLICE_ARGS(column_slice(row, 0)));
    statement_close(row);
    if (status >= 0)
        status = statement_run(store, &sql[DECIDE],
                               VALUES(value_integer(id), value_string(decision), value_id(viewer->person),
                                      value_text(why), value_integer(store_now(store))),
                               error);
    return status;
}

static int log_decision(struct store *store, const struct viewer *viewer, int64_t id, const char *verb,
                        struct slice why, struct error *error) {
    return event_append(
        store,
        &(struct event_entry){.person = viewer->person, .verb = verb, .subject = SUBJECT_HOLD, .id = id, .detail = why},
        NULL, error);
}

int hold_release(struct store *store, const struct viewer *viewer, int64_t id, struct slice why, struct error *error) {
    int status = require_lead(viewer, "hold release", error);
    if (status >= 0)
        status = transaction_begin(store, "hold_release", error);
    if (status < 0)
        return status;
    status = decide(store, viewer, id, "released", why, error);
    if (status >= 0)
        status = log_decision(store, viewer, id, "release-hold", why, error);
    return transaction_end(store, status, error);
}

struct redo_items {
    struct redo_item {
        int64_t track, item;
        int round;
    } * items;
    size_t count, capacity;
};

static int requeue(struct store *store, int64_t id, struct error *error) {
    struct redo_items items = {0};
    struct sqlite3_stmt *row;
    int status = statement_open(store, &sql[REDO_ITEMS], VALUES(value_integer(id)), &row, error);
    while (status >= 0 && (status = statement_step(store, row, error)) == STEP_ROW)
        *ARRAY_ADD(&items) =
            (struct redo_item){column_integer(row, 0), column_integer(row, 1), (int)column_integer(row, 2)};
    statement_close(row);
    for (size_t i = 0; status >= 0 && i < items.count; i++)
        status = queue_give_back(store, items.items[i].track, items.items[i].item, items.items[i].round, error);
    ARRAY_RELEASE(&items);
    return status;
}

int hold_redo(struct store *store, const struct viewer *viewer, int64_t id, struct slice why, struct error *error) {
    int status = require_lead(viewer, "hold redo", error);
    if (status >= 0)
        status = transaction_begin(store, "hold_redo", error);
    if (status < 0)
        return status;
    status = decide(store, viewer, id, "redone", why, error);
    if (status >= 0)
        status = requeue(store, id, error);
    if (status >= 0)
        status = log_decision(store, viewer, id, "redo-hold", why, error);
    return transaction_end(store, status, error);
}
