/* Versions of the settings: compare-and-set on the newest, tracks and rubrics along with them. */
#include "store/settings.h"

#include "store/holds.h"
#include "store/internal.h"

#include "core/base/banned.h"

enum { NEWEST, NEWEST_BY, HISTORY, COUNT, ADD, LOST_TRACK, READ_TRACK, SET_TRACK, HAS_ITEMS, SET_RUBRIC };
static const char *const sql[] = {
    [NEWEST] =
        ("select s.id, s.yaml, s.hash, coalesce(p.name, ''), s.at from settings s left join person p on p.id = s.person"
         " order by s.id desc limit 1"),
    [NEWEST_BY] = ("select s.id, coalesce(p.name, 'somebody') from settings s left join person p on p.id = s.person "
                   "order by s.id desc limit 1"),
    [HISTORY] = ("select s.id, s.yaml, s.hash, coalesce(p.name, ''), s.at from settings s left join person p on p.id = "
                 "s.person order by s.id"),
    [COUNT] = "select count(*) from settings",
    [ADD] = "insert into settings (yaml, hash, person, at) values (?1, ?2, ?3, ?4)",
    [LOST_TRACK] = "select name from track t where exists (select 1 from item where track = t.id) order by id",
    [READ_TRACK] = "select overlap, ranked, rubric, shared from track where id = ?1",
    [SET_TRACK] = "update track set overlap = ?2, ranked = ?3, shared = ?4 where id = ?1",
    [HAS_ITEMS] = "select 1 from item where track = ?1 limit 1",
    [SET_RUBRIC] = "update track set rubric = ?2 where id = ?1",
};
const struct statement_table settings_statements = STATEMENT_TABLE(sql);

static void read_version(struct sqlite3_stmt *row, struct pool *pool, struct settings_version *out) {
    *out = (struct settings_version){.id = column_integer(row, 0),
                                     .yaml = column_copy(row, 1, pool),
                                     .hash = column_copy(row, 2, pool),
                                     .person = column_copy(row, 3, pool),
                                     .at = column_integer(row, 4)};
}

int settings_newest(struct store *store, struct pool *pool, struct settings_version *out, struct error *error) {
    struct sqlite3_stmt *row;
    int status = statement_find(store, &sql[NEWEST], NO_VALUES, &row, error);
    if (status == STEP_ROW)
        read_version(row, pool, out);
    statement_close(row);
    return status == STEP_DONE ? error_set(error, STATUS_SYSTEM, "the store '%s' has no settings yet", store->path)
           : status < 0        ? status
                               : STATUS_OK;
}

int settings_history(struct store *store, struct pool *pool, struct settings_version **out, size_t *count,
                     struct error *error) {
    struct sqlite3_stmt *row = NULL;
    int64_t total = 0;
    *out = NULL;
    *count = 0;
    int status = transaction_read(store, "settings_history", error);
    if (status < 0)
        return status;
    status = statement_integer(store, &sql[COUNT], NO_VALUES, &total, error);
    if (status >= 0) {
        *out = pool_new(pool, (size_t)total + 1, sizeof **out);
        status = statement_open(store, &sql[HISTORY], NO_VALUES, &row, error);
    }
    while (status >= 0 && *count < (size_t)total && (status = statement_step(store, row, error)) == STEP_ROW)
        read_version(row, pool, &(*out)[(*count)++]);
    statement_close(row);
    return transaction_end(store, status < 0 ? status : STATUS_OK, error);
}

/* Nobody else replaced what the caller looked at. */
static int compare_newest(struct store *store, int64_t expected, struct error *error) {
    struct sqlite3_stmt *row;
    int status = statement_find(store, &sql[NEWEST_BY], NO_VALUES, &row, error);
    int64_t newest = status == STEP_ROW ? column_integer(row, 0) : 0;
    if (status >= 0 && newest != expected)
        status = error_set(error, STATUS_USAGE,
                           "the settings were changed meanwhile by '" SLICE_FORMAT "'; look at them again",
                           SLICE_ARGS(status == STEP_ROW ? column_slice(row, 1) : slice_of("nobody")));
    statement_close(row);
    return status;
}

static int refuse_lost_tracks(struct store *store, const struct campaign *campaign, struct error *error) {
    struct sqlite3_stmt *row;
    int status = statement_open(store, &sql[LOST_TRACK], NO_VALUES, &row, error);
    while (status >= 0 && (status = statement_step(store, row, error)) == STEP_ROW) {
        struct slice name = column_slice(row, 0);
        if (!campaign_track(campaign, name.data))
            status = error_set(error, STATUS_INPUT, "track '" SLICE_FORMAT "' has items and can't be left out",
                               SLICE_ARGS(name));
    }
    statement_close(row);
    return status;
}

/* The rubric for this track: the one that came, or the one that is there. */
static int set_rubric(struct store *store, const struct viewer *viewer, const struct track_settings *track, int64_t id,
                      int64_t present, const struct rubric_input *rubrics, size_t count, struct error *error) {
    int64_t rubric = 0;
    int status = STATUS_OK;
    size_t i = 0;
    while (i < count && strcmp(rubrics[i].track, track->name) != 0)
        i++;
    if (i < count)
        status = rubric_store(store, viewer, rubrics[i].rubric, rubrics[i].yaml, RUBRIC_SEMANTIC, &rubric, error);
    else if (!present && (status = rubric_named(store, track->name, &rubric, error)) == STEP_DONE)
        status = error_set(error, STATUS_INPUT,
                           "track '%s' has no rubric: none was given and the store has none of that name", track->name);
    if (status >= 0 && rubric && rubric != present)
        status = statement_run(store, &sql[SET_RUBRIC], VALUES(value_integer(id), value_integer(rubric)), error);
    return status;
}

static int set_track(struct store *store, const struct viewer *viewer, const struct track_settings *track,
                     const struct rubric_input *rubrics, size_t count, struct error *error) {
    int64_t id = 0, items = 0;
    struct sqlite3_stmt *row;
    int status = code_add(store, CODE_TRACK, slice_of(track->name), &id, error);
    if (status < 0 || (status = statement_find(store, &sql[READ_TRACK], VALUES(value_integer(id)), &row, error)) < 0)
        return status;
    bool changed = column_integer(row, 0) != track->overlap || column_integer(row, 1) != (int64_t)track->order ||
                   column_real(row, 3) != track->shared;
    int64_t rubric = column_integer(row, 2);
    statement_close(row);
    status = set_rubric(store, viewer, track, id, rubric, rubrics, count, error);
    if (status < 0 || !changed)
        return status;
    status = statement_run(store, &sql[SET_TRACK],
                           VALUES(value_integer(id), value_integer(track->overlap), value_integer(track->order),
                                  value_real(track->shared)),
                           error);
    if (status >= 0)
        status = statement_integer(store, &sql[HAS_ITEMS], VALUES(value_integer(id)), &items, error);
    return status >= 0 && items ? queue_rebuild(store, id, track, error) : status;
}

static int add_version(struct store *store, const struct viewer *viewer, struct slice yaml, struct error *error) {
    struct hash hash;
    char hex[HASH_HEX_SIZE];
    hash_bytes(&hash, yaml);
    hash_to_hex(&hash, hex);
    int status = statement_run(
        store, &sql[ADD],
        VALUES(value_text(yaml), value_string(hex), value_id(viewer->person), value_integer(store_now(store))), error);
    if (status < 0)
        return status;
    return event_append(
        store,
        &(struct event_entry){
            .person = viewer->person, .verb = "settings", .subject = SUBJECT_SETTINGS, .id = statement_inserted(store)},
        NULL, error);
}

int settings_replace(struct store *store, const struct viewer *viewer, int64_t expected, struct slice yaml,
                     const struct campaign *campaign, const struct rubric_input *rubrics, size_t rubric_count,
                     struct error *error) {
    int status = require_lead(viewer, "campaign", error);
    if (status >= 0)
        status = transaction_begin(store, "settings_replace", error);
    if (status < 0)
        return status;
    status = compare_newest(store, expected, error);
    if (status >= 0)
        status = refuse_lost_tracks(store, campaign, error);
    if (status >= 0)
        status = add_version(store, viewer, yaml, error);
    for (int i = 0; status >= 0 && i < campaign->track_count; i++)
        status = set_track(store, viewer, &campaign->tracks[i], rubrics, rubric_count, error);
    for (int i = 0; status >= 0 && i < campaign->track_count; i++) /* another bar, other alarms */
        status = holds_settle_answerers(store, &campaign->tracks[i], 0, error);
    return transaction_end(store, status < 0 ? status : STATUS_OK, error);
}
