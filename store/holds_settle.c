/*
 * The detector's holds of one person on one track, made what the final judgments and the keys in force say. An
 * alarm and its hold are the same when their range is: a hold without an alarm is withdrawn unless somebody has
 * decided about it, an alarm without a hold gets one.
 */
#include "store/holds.h"

#include <stdio.h>

#include "core/base/array.h"
#include "store/work_parts.h"

#include "core/base/banned.h"

enum { FIRST_AFTER, LAST_OF_BATCH, LIST, ADD, WITHDRAW, ANSWERERS, ANSWERERS_OF_ITEM };
static const char *const sql[] = {
    [FIRST_AFTER] = "select j.id from judgment j join item i on i.id = j.item left join serving s on s.id = j.serving "
                    "left join batch b on "
                    "b.id = s.batch where j.person = ?1 and j.id > ?2 and j.kind in (0, 1, 2) and i.track = ?3"
                    " and (j.serving is null or b.handed_in is not null)"
                    " and not exists (select 1 from retraction r where r.judgment = j.id) order by j.id limit 1",
    [LAST_OF_BATCH] = "select max(j.id) from serving s join judgment j on j.item = s.item and j.person = s.person and "
                      "j.serving = s.id"
                      " where s.batch = ?1 and j.kind in (0, 1, 2) and not exists (select 1 from retraction r where "
                      "r.judgment = j.id)",
    [LIST] = "select h.id, h.since, h.until, d.hold is not null from hold h left join hold_decision d on d.hold = h.id"
             " where h.person = ?1 and h.track = ?2 and h.origin = 0 and coalesce(d.decision, '') <> 'withdrawn' order "
             "by h.id",
    [ADD] = ("insert into hold (uid, person, track, category, since, until, origin, placed, why, at)"
             " values (?1, ?2, ?3, null, ?4, ?5, 0, null, ?6, ?7)"),
    [WITHDRAW] = "insert into hold_decision (hold, decision, person, why, at) values (?1, 'withdrawn', null, ?2, ?3)",
    [ANSWERERS] = "select distinct j.person from judgment j indexed by judgment_gold join item i on i.id = j.item"
                  " join track t on t.id = i.track where j.kind = 1 and t.name = ?1",
    [ANSWERERS_OF_ITEM] = "select distinct person from judgment where item = ?1 and kind = 1",
};
const struct statement_table holds_settle_statements = STATEMENT_TABLE(sql);

struct range {
    int64_t since, until;
    bool placed;
};

struct placed {
    struct placed_hold {
        int64_t id, since, until;
        bool decided;
    } * items;
    size_t count, capacity;
};

static int find_range(struct store *store, int64_t person, int64_t track, const struct alarm *alarm, struct range *out,
                      struct error *error) {
    *out = (struct range){0};
    int status = statement_integer(store, &sql[FIRST_AFTER],
                                   VALUES(value_integer(person), value_integer(alarm->after), value_integer(track)),
                                   &out->since, error);
    if (alarm->batch < 0) /* an imported judgment */
        out->until = -alarm->batch;
    else if (status >= 0)
        status = statement_integer(store, &sql[LAST_OF_BATCH], VALUES(value_integer(alarm->batch)), &out->until, error);
    return status;
}

static int read_placed(struct store *store, int64_t person, int64_t track, struct placed *out, struct error *error) {
    struct sqlite3_stmt *row;
    int status = statement_open(store, &sql[LIST], VALUES(value_integer(person), value_integer(track)), &row, error);
    while (status >= 0 && (status = statement_step(store, row, error)) == STEP_ROW)
        *ARRAY_ADD(out) = (struct placed_hold){column_integer(row, 0), column_integer(row, 1), column_integer(row, 2),
                                               column_integer(row, 3) != 0};
    statement_close(row);
    return status;
}

static int log_hold(struct store *store, const char *verb, int64_t hold, struct error *error) {
    return event_append(store, &(struct event_entry){.verb = verb, .subject = SUBJECT_HOLD, .id = hold}, NULL, error);
}

static int withdraw(struct store *store, int64_t hold, struct error *error) {
    int status = statement_run(store, &sql[WITHDRAW],
                               VALUES(value_integer(hold), value_string("no alarm by the keys and settings in force"),
                                      value_integer(store_now(store))),
                               error);
    return status < 0 ? status : log_hold(store, "withdraw-hold", hold, error);
}

/* *hold: its id. */
static int place(struct store *store, int64_t person, int64_t track, const struct range *range, double bar,
                 int64_t *hold, struct error *error) {
    char why[80];
    struct ulid uid = ulid_make(store->world);
    snprintf(why, sizeof why, "gold answers below the bar of %.0f %%", 100 * bar);
    int status = statement_run(store, &sql[ADD],
                               VALUES(value_string(uid.text), value_integer(person), value_integer(track),
                                      value_integer(range->since), value_integer(range->until), value_string(why),
                                      value_integer(store_now(store))),
                               error);
    *hold = statement_inserted(store);
    return status < 0 ? status : log_hold(store, "hold", *hold, error);
}

/* Pairs alarms with the holds that stand; what is left over on either side changes. *last: the hold placed last, if any was. */
static int reconcile(struct store *store, int64_t person, int64_t track, struct range *ranges, size_t count, double bar,
                     int64_t *last, struct error *error) {
    struct placed placed = {0};
    int status = read_placed(store, person, track, &placed, error);
    for (size_t i = 0; status >= 0 && i < placed.count; i++) {
        const struct placed_hold *hold = &placed.items[i];
        bool found = false;
        for (size_t k = 0; k < count; k++)
            if (ranges[k].since == hold->since && ranges[k].until == hold->until)
                found = ranges[k].placed = true;
        if (!found && !hold->decided)
            status = withdraw(store, hold->id, error);
    }
    for (size_t k = 0; status >= 0 && k < count; k++)
        if (!ranges[k].placed)
            status = place(store, person, track, &ranges[k], bar, last, error);
    ARRAY_RELEASE(&placed);
    return status;
}

static int settle(struct store *store, int64_t person, const struct track_settings *track, bool may_pause,
                  struct error *error) {
    struct drift_design design;
    struct alarm_outcome *outcomes = NULL;
    struct alarm *alarms = NULL;
    int64_t *moments = NULL, id, placed = 0;
    size_t outcome_count = 0, restart_count = 0, count = 0;
    int status = track_id(store, track->name, &id, error);
    if (status >= 0 && alarms_design(track, &design)) {
        status = outcomes_read(store, person, id, &outcomes, &outcome_count, error);
        if (status >= 0)
            status = restarts_read(store, person, id, &moments, &restart_count, error);
        struct restarts restarts = {moments, restart_count};
        if (status >= 0)
            count = alarms_find(&design, outcomes, outcome_count, &restarts, NULL, NULL, &alarms);
    }
    struct range *ranges = memory_new(count, sizeof *ranges);
    for (size_t i = 0; status >= 0 && i < count; i++)
        status = find_range(store, person, id, &alarms[i], &ranges[i], error);
    if (status >= 0)
        status = reconcile(store, person, id, ranges, count, track->in_control, &placed, error);
    if (status >= 0)
        status = standing_follow(store, person, id, track, may_pause ? placed : 0, error);
    memory_free(moments);
    memory_free(ranges);
    memory_free(outcomes);
    memory_free(alarms);
    return status < 0 ? status : STATUS_OK;
}

int holds_settle(struct store *store, int64_t person, const struct track_settings *track, struct error *error) {
    return settle(store, person, track, false, error);
}

int holds_settle_handed_in(struct store *store, int64_t person, const struct track_settings *track,
                           struct error *error) {
    return settle(store, person, track, true, error);
}

int holds_settle_answerers(struct store *store, const struct track_settings *track, int64_t item, struct error *error) {
    struct {
        int64_t *items;
        size_t count, capacity;
    } people = {0};
    struct sqlite3_stmt *row;
    int status = item ? statement_open(store, &sql[ANSWERERS_OF_ITEM], VALUES(value_integer(item)), &row, error)
                      : statement_open(store, &sql[ANSWERERS], VALUES(value_string(track->name)), &row, error);
    while (status >= 0 && (status = statement_step(store, row, error)) == STEP_ROW)
        *ARRAY_ADD(&people) = column_integer(row, 0);
    statement_close(row);
    for (size_t i = 0; status >= 0 && i < people.count; i++)
        status = holds_settle(store, people.items[i], track, error);
    ARRAY_RELEASE(&people);
    return status < 0 ? status : STATUS_OK;
}
