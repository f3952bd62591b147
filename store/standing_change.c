/* Standing changes: an attempt is scored, a lead lets somebody in or asks again, an amended key lets somebody in. Each is a row of `standing`
 * and an event; the row names the person's newest batch of then, which of an attempt is the attempt. See standing.h and work_parts.h. */
#include "store/standing.h"

#include <stdio.h>

#include "core/base/array.h"
#include "core/base/buffer.h"
#include "store/people.h"
#include "store/work_parts.h"

#include "core/base/banned.h"

enum { ADD, ANSWERS, FAILED_WITH, FIND_PERSON, IS_ANNOTATOR, PAUSED_BY, STANDS, OPEN_APART, RELEASE, CLOSE };
static const char *const sql[] = {
    [ADD] = ("insert into standing (person, track, state, batch, hold, decided, reason, at) values (?1, ?2, ?3,"
             " coalesce(?8, (select max(id) from batch where person = ?1 and track = ?2)), ?4, ?5, ?6, ?7)"),
    [ANSWERS] =
        ("select g.id, g.void, j.prefer, j.ranking, j.strength from serving s join judgment j on j.item = s.item and "
         "j.person = s.person and j.serving = s.id and not exists (select 1 from retraction r where r.judgment = "
         "j.id) join gold g on g.id = (select max(x.id) from gold x where x.item = s.item)"
         " where s.batch = ?1 and s.state = 1"),
    [FAILED_WITH] =
        ("select x.person, x.batch, b.size from standing x join batch b on b.id = x.batch join serving s on s.batch = "
         "x.batch and s.item = ?1 and s.kind = 4 where x.state = 'failed' and x.track = ?2 and x.id > coalesce((select "
         "max(y.id) from standing y where y.person = x.person and y.track = ?2 and y.state <> 'failed'), 0) order by "
         "x.id"),
    [FIND_PERSON] = "select id, role from person where name = ?1 and solo = 0",
    [IS_ANNOTATOR] = "select role = 0 and solo = 0 from person where id = ?1",
    /* the hold of the pause that counts; failures since then leave it in force */
    [PAUSED_BY] =
        ("select coalesce(hold, 0) from standing where person = ?1 and track = ?2 and state <> 'failed' order by id "
         "desc limit 1"),
    [STANDS] = ("select exists (select 1 from hold h left join hold_decision d on d.hold = h.id where h.person = ?1 "
                "and h.track "
                "= ?2 and h.origin = 0 and h.id >= ?3 and coalesce(d.decision, '') <> 'withdrawn')"),
    [OPEN_APART] = "select id from batch where person = ?1 and track = ?2 and purpose <> 0 and handed_in is null",
    [RELEASE] = "update serving set state = 3, at = ?2 where batch = ?1 and state = 0",
    [CLOSE] = "update batch set handed_in = ?2 where id = ?1",
};
const struct statement_table standing_change_statements = STATEMENT_TABLE(sql);

int standing_record(struct store *store, const struct standing_change *change, struct error *error) {
    struct buffer detail = BUFFER_INIT;
    buffer_add_format(&detail, "%s: ", change->track_name);
    buffer_add_slice(&detail, change->reason);
    int status = statement_run(store, &sql[ADD],
                               VALUES(value_integer(change->person), value_integer(change->track),
                                      value_string(standing_state_name(change->state)), value_id(change->hold),
                                      value_id(change->decided), value_text(change->reason),
                                      value_integer(store_now(store)), value_id(change->batch)),
                               error);
    if (status >= 0)
        status = event_append(store,
                              &(struct event_entry){.person = change->decided,
                                                    .verb = change->verb,
                                                    .subject = SUBJECT_PERSON,
                                                    .id = change->person,
                                                    .detail = buffer_slice(&detail)},
                              NULL, error);
    buffer_release(&detail);
    return status;
}

/* --- Attempts
 * ---------------------------------------------------------------------------------------------------------- */

struct answers {
    struct answer {
        int64_t gold;
        bool void_key;
        int prefer, strength;
        struct ranking ranking;
    } * items;
    size_t count, capacity;
};

static int read_answers(struct store *store, int64_t batch, struct answers *out, struct error *error) {
    struct sqlite3_stmt *row;
    int status = statement_open(store, &sql[ANSWERS], VALUES(value_integer(batch)), &row, error);
    while (status >= 0 && (status = statement_step(store, row, error)) == STEP_ROW) {
        struct answer *one = ARRAY_ADD(out);
        *one = (struct answer){.gold = column_integer(row, 0),
                               .void_key = column_integer(row, 1) != 0,
                               .prefer = (int)column_integer(row, 2),
                               .strength = (int)column_integer(row, 4)};
        struct slice ranking = column_slice(row, 3);
        if (ranking.length > 0 && ranking.length < sizeof one->ranking.text)
            memcpy(one->ranking.text, ranking.data, ranking.length);
    }
    statement_close(row);
    return status;
}

/* Right answers of an attempt by the keys in force. What was set aside is not right; an item whose key was taken back counts for the person. */
static int count_right(struct store *store, int64_t batch, int *right, struct error *error) {
    struct answers answers = {0};
    struct pool pool = POOL_INIT;
    *right = 0;
    int status = read_answers(store, batch, &answers, error);
    for (size_t i = 0; status >= 0 && i < answers.count; i++) {
        const struct answer *one = &answers.items[i];
        struct gold_key key;
        pool_clear(&pool);
        status = gold_read(store, one->gold, &pool, &key, error);
        if (status >= 0)
            *right +=
                one->void_key || gold_key_judge(&key, one->prefer, one->ranking.text, one->strength) == VERDICT_RIGHT;
    }
    pool_release(&pool);
    ARRAY_RELEASE(&answers);
    return status < 0 ? status : STATUS_OK;
}

int standing_judge(struct store *store, int64_t person, int64_t track, const struct track_settings *settings,
                   int64_t batch, struct hand_in *out, struct error *error) {
    char reason[80];
    int status = count_right(store, batch, &out->right, error);
    if (status < 0)
        return status;
    out->wanted = settings->qualification_pass;
    out->passed = out->right >= out->wanted;
    snprintf(reason, sizeof reason, "%d of %d as the reference, %d wanted", out->right, out->size, out->wanted);
    struct standing_change change = {.person = person,
                                     .track = track,
                                     .track_name = settings->name,
                                     .batch = batch,
                                     .state = out->passed ? STANDING_QUALIFIED : STANDING_FAILED,
                                     .verb = out->passed ? "qualify" : "fail-qualification",
                                     .reason = slice_of(reason)};
    return standing_record(store, &change, error);
}

struct failures {
    struct failure {
        int64_t person, batch;
        int size;
    } * items;
    size_t count, capacity;
};

/* The attempt reaches the bar now: whoever failed with it may work. */
static int settle_one(struct store *store, const struct track_settings *settings, int64_t track,
                      const struct failure *failure, struct error *error) {
    char reason[100];
    int right = 0;
    int status = count_right(store, failure->batch, &right, error);
    if (status < 0 || right < settings->qualification_pass)
        return status;
    snprintf(reason, sizeof reason, "a key was amended: %d of %d as the reference, %d wanted", right, failure->size,
             settings->qualification_pass);
    struct standing_change change = {.person = failure->person,
                                     .track = track,
                                     .track_name = settings->name,
                                     .state = STANDING_QUALIFIED,
                                     .verb = "qualify",
                                     .reason = slice_of(reason)};
    return standing_record(store, &change, error);
}

int standing_settle(struct store *store, const struct track_settings *settings, int64_t item, struct error *error) {
    struct failures failures = {0};
    struct sqlite3_stmt *row = NULL;
    int64_t track;
    int status = track_id(store, settings->name, &track, error);
    if (status >= 0)
        status =
            statement_open(store, &sql[FAILED_WITH], VALUES(value_integer(item), value_integer(track)), &row, error);
    while (status >= 0 && (status = statement_step(store, row, error)) == STEP_ROW)
        *ARRAY_ADD(&failures) =
            (struct failure){column_integer(row, 0), column_integer(row, 1), (int)column_integer(row, 2)};
    statement_close(row);
    for (size_t i = 0; status >= 0 && i < failures.count; i++)
        status = settle_one(store, settings, track, &failures.items[i], error);
    ARRAY_RELEASE(&failures);
    return status < 0 ? status : STATUS_OK;
}

/* --- A lead's word
 * ----------------------------------------------------------------------------------------------------- */

/* Training or an attempt under way is asked for no more: what was judged in it stays, the rest is released. */
static int end_apart(struct store *store, int64_t person, int64_t track, struct error *error) {
    int64_t batch = 0;
    int status =
        statement_integer(store, &sql[OPEN_APART], VALUES(value_integer(person), value_integer(track)), &batch, error);
    if (status != STEP_ROW)
        return status;
    struct value now = value_integer(store_now(store));
    status = statement_run(store, &sql[RELEASE], VALUES(value_integer(batch), now), error);
    if (status >= 0)
        status = statement_run(store, &sql[CLOSE], VALUES(value_integer(batch), now), error);
    if (status >= 0)
        status = event_append(store, &(struct event_entry){.verb = "release", .subject = SUBJECT_BATCH, .id = batch},
                              NULL, error);
    return status;
}

static int find_person(struct store *store, const char *name, int64_t *person, struct error *error) {
    struct sqlite3_stmt *row;
    int status = statement_find(store, &sql[FIND_PERSON], VALUES(value_string(name)), &row, error);
    if (status == STEP_DONE)
        return people_unknown(store, name, error);
    if (status < 0)
        return status;
    enum person_role role = (enum person_role)column_integer(row, 1);
    *person = column_integer(row, 0);
    statement_close(row);
    return role == PERSON_ANNOTATOR ? STATUS_OK
                                    : error_set(error, STATUS_USAGE, "'%s' is a %s, who is asked for no qualification",
                                                name, person_role_name(role));
}

static int set(struct store *store, const struct viewer *viewer, const struct track_settings *settings,
               const char *name, bool qualified, int64_t batch, struct slice why, struct error *error) {
    static const struct taste everything = {0};
    struct standing now;
    struct standing_change change = {.track_name = settings->name,
                                     .state = qualified ? STANDING_QUALIFIED : STANDING_PAUSED,
                                     .verb = qualified ? "let-in" : "ask-qualification",
                                     .batch = batch,
                                     .decided = viewer->person,
                                     .reason = why};
    int status = find_person(store, name, &change.person, error);
    if (status >= 0)
        status = track_id(store, settings->name, &change.track, error);
    struct viewer them = {.role = VIEWER_ANNOTATOR, .person = change.person};
    if (status >= 0)
        status = standing_find(store, &them, settings, change.track, &everything, &now, error);
    if (status < 0)
        return status;
    if (qualified && now.next == STANDING_WORK)
        return error_set(error, STATUS_NO, "'%s' may work on '%s' already", name, settings->name);
    if (!qualified && now.next != STANDING_WORK && now.attempt == 1)
        return error_set(error, STATUS_NO, "'%s' is asked to qualify on '%s' already", name, settings->name);
    if (qualified)
        status = end_apart(store, change.person, change.track, error);
    return status < 0 ? status : standing_record(store, &change, error);
}

int standing_say(struct store *store, const struct viewer *viewer, const struct campaign *campaign, const char *name,
                 const char *track, bool qualified, int64_t batch, struct slice why, struct error *error) {
    const struct track_settings *settings = campaign_track(campaign, track);
    int status = require_lead(viewer, "people set", error);
    if (status >= 0 && !settings)
        return error_set(error, STATUS_USAGE, "no track is named '%s'", track);
    if (status >= 0 && !standing_is_asked(settings, VIEWER_ANNOTATOR))
        status = error_set(error, STATUS_USAGE, "track '%s' asks for no qualification", track);
    if (status >= 0 && !why.length)
        status = error_set(error, STATUS_USAGE, "a word on somebody's standing needs a reason");
    if (status >= 0)
        status = transaction_begin(store, "standing_set", error);
    if (status < 0)
        return status;
    return transaction_end(store, set(store, viewer, settings, name, qualified, batch, why, error), error);
}

int standing_set(struct store *store, const struct viewer *viewer, const struct campaign *campaign, const char *name,
                 const char *track, bool qualified, struct slice why, struct error *error) {
    return standing_say(store, viewer, campaign, name, track, qualified, 0, why, error);
}

/* --- Below the bar
 * ----------------------------------------------------------------------------------------------------- */

static int pause(struct store *store, int64_t person, int64_t track, const struct track_settings *settings,
                 int64_t hold, struct error *error) {
    static const struct taste everything = {0};
    struct standing now;
    char reason[80];
    struct viewer them = {.role = VIEWER_ANNOTATOR, .person = person};
    int64_t annotator = 0;
    int status = statement_integer(store, &sql[IS_ANNOTATOR], VALUES(value_integer(person)), &annotator, error);
    if (status >= 0)
        status = standing_find(store, &them, settings, track, &everything, &now, error);
    if (status < 0 || !annotator || now.next != STANDING_WORK)
        return status;
    snprintf(reason, sizeof reason, "gold answers below the bar of %.0f %%", 100 * settings->in_control);
    struct standing_change change = {.person = person,
                                     .track = track,
                                     .track_name = settings->name,
                                     .state = STANDING_PAUSED,
                                     .hold = hold,
                                     .verb = "pause-track",
                                     .reason = slice_of(reason)};
    return standing_record(store, &change, error);
}

/* A pause whose alarm is gone, and that no later alarm upholds, is over. */
static int lift(struct store *store, int64_t person, int64_t track, const struct track_settings *settings,
                struct error *error) {
    int64_t hold = 0, stands = 1;
    int status =
        statement_integer(store, &sql[PAUSED_BY], VALUES(value_integer(person), value_integer(track)), &hold, error);
    if (status >= 0 && hold)
        status =
            statement_integer(store, &sql[STANDS],
                              VALUES(value_integer(person), value_integer(track), value_integer(hold)), &stands, error);
    if (status < 0 || stands)
        return status;
    status = end_apart(store, person, track, error);
    struct standing_change change = {.person = person,
                                     .track = track,
                                     .track_name = settings->name,
                                     .state = STANDING_ACTIVE,
                                     .verb = "lift-pause",
                                     .reason = slice_of("no alarm by the keys and settings in force")};
    return status < 0 ? status : standing_record(store, &change, error);
}

int standing_follow(struct store *store, int64_t person, int64_t track, const struct track_settings *settings,
                    int64_t placed, struct error *error) {
    int status = lift(store, person, track, settings, error);
    if (status >= 0 && placed && settings->below_bar == BELOW_PAUSE)
        status = pause(store, person, track, settings, placed, error);
    return status < 0 ? status : STATUS_OK;
}
