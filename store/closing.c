/* See closing.h. That a category is closed is a row; the queue (queue_whole.c) follows it. */
#include "store/closing.h"

#include "core/base/array.h"
#include "store/internal.h"

#include "core/base/banned.h"

enum { HAS_ITEMS, FIND, CLOSE, REOPEN, LIST };
static const char *const sql[] = {
    [HAS_ITEMS] = "select exists (select 1 from item where track = ?1 and coalesce(category, 0) = ?2)",
    [FIND] = "select id from closing where track = ?1 and coalesce(category, 0) = ?2 and reopened is null",
    [CLOSE] = "insert into closing (track, category, person, why, at) values (?1, nullif(?2, 0), ?3, ?4, ?5)",
    [REOPEN] = "update closing set reopened = ?2 where id = ?1",
    [LIST] = ("select t.name, c.name, p.name, x.why, x.at from closing x join track t on t.id = x.track"
              " left join category c on c.id = x.category left join person p on p.id = x.person"
              " where x.reopened is null order by x.track, c.name"),
};
const struct statement_table closing_statements = STATEMENT_TABLE(sql);

struct place {
    const char *track_name, *category_name;
    int64_t track, category, closing; /* closing 0: open */
};

static const char *said(const char *category) {
    return category[0] ? category : "(none)";
}

static int find(struct store *store, struct place *place, struct error *error) {
    int64_t any = 0;
    int status = track_id(store, place->track_name, &place->track, error);
    if (status >= 0 && place->category_name[0])
        status = code_find(store, CODE_CATEGORY, slice_of(place->category_name), &place->category, error);
    bool known = status >= 0 && (place->category || !place->category_name[0]);
    if (known)
        status = statement_integer(store, &sql[HAS_ITEMS],
                                   VALUES(value_integer(place->track), value_integer(place->category)), &any, error);
    if (status >= 0 && !any)
        return error_set(error, STATUS_USAGE, "track '%s' has no items of category '%s'", place->track_name,
                         said(place->category_name));
    if (status >= 0)
        status =
            statement_integer(store, &sql[FIND], VALUES(value_integer(place->track), value_integer(place->category)),
                              &place->closing, error);
    return status < 0 ? status : STATUS_OK;
}

/* "helpfulness, coding: enough of it". */
static int log_place(struct store *store, const struct viewer *viewer, const char *verb, const struct place *place,
                     struct slice why, struct error *error) {
    struct buffer detail = BUFFER_INIT;
    buffer_add_format(&detail, "%s, %s", place->track_name, said(place->category_name));
    if (why.length)
        buffer_add_format(&detail, ": " SLICE_FORMAT, SLICE_ARGS(why));
    int status = event_append(
        store, &(struct event_entry){.person = viewer->person, .verb = verb, .detail = buffer_slice(&detail)}, NULL,
        error);
    buffer_release(&detail);
    return status;
}

static int close_category(struct store *store, const struct viewer *viewer, struct place *place, struct slice why,
                          struct error *error) {
    int status = find(store, place, error);
    if (status >= 0 && place->closing)
        status = error_set(error, STATUS_USAGE, "category '%s' of track '%s' is closed already",
                           said(place->category_name), place->track_name);
    if (status >= 0)
        status = statement_run(store, &sql[CLOSE],
                               VALUES(value_integer(place->track), value_integer(place->category),
                                      value_id(viewer->person), value_text(why), value_integer(store_now(store))),
                               error);
    if (status >= 0)
        status = queue_close(store, place->track, place->category, error);
    return status < 0 ? status : log_place(store, viewer, "close-category", place, why, error);
}

int category_close(struct store *store, const struct viewer *viewer, const char *track, const char *category,
                   struct slice why, struct error *error) {
    struct place place = {.track_name = track, .category_name = category};
    int status = require_lead(viewer, "items close", error);
    if (status >= 0 && !why.length)
        status = error_set(error, STATUS_USAGE, "closing a category needs a reason");
    if (status >= 0)
        status = transaction_begin(store, "category_close", error);
    return status < 0 ? status : transaction_end(store, close_category(store, viewer, &place, why, error), error);
}

static int reopen_category(struct store *store, const struct viewer *viewer, const struct track_settings *settings,
                           struct place *place, struct slice why, struct error *error) {
    int status = find(store, place, error);
    if (status >= 0 && !place->closing)
        status = error_set(error, STATUS_USAGE, "category '%s' of track '%s' is not closed", said(place->category_name),
                           place->track_name);
    if (status >= 0)
        status = statement_run(store, &sql[REOPEN],
                               VALUES(value_integer(place->closing), value_integer(store_now(store))), error);
    if (status >= 0)
        status = queue_reopen(store, place->track, settings, error);
    return status < 0 ? status : log_place(store, viewer, "reopen-category", place, why, error);
}

int category_reopen(struct store *store, const struct viewer *viewer, const struct campaign *campaign,
                    const char *track, const char *category, struct slice why, struct error *error) {
    struct place place = {.track_name = track, .category_name = category};
    const struct track_settings *settings = campaign_track(campaign, track);
    int status = require_lead(viewer, "items reopen", error);
    if (status >= 0 && !settings)
        status = error_set(error, STATUS_USAGE, "there is no track '%s'", track);
    if (status >= 0)
        status = transaction_begin(store, "category_reopen", error);
    return status < 0 ? status
                      : transaction_end(store, reopen_category(store, viewer, settings, &place, why, error), error);
}

int closing_list(struct store *store, const struct viewer *viewer, struct pool *pool, struct closing **out,
                 size_t *count, struct error *error) {
    struct {
        struct closing *items;
        size_t count, capacity;
    } lines = {0};
    struct sqlite3_stmt *row;
    *count = 0;
    int status = require_lead(viewer, "items", error);
    if (status >= 0)
        status = statement_open(store, &sql[LIST], NO_VALUES, &row, error);
    if (status < 0)
        return status;
    while ((status = statement_step(store, row, error)) == STEP_ROW)
        *ARRAY_ADD(&lines) = (struct closing){
            .track = column_copy(row, 0, pool),
            .category = column_copy(row, 1, pool),
            .person = column_copy(row, 2, pool),
            .why = column_copy(row, 3, pool),
            .at = column_integer(row, 4),
        };
    statement_close(row);
    if (status >= 0) {
        *out = pool_copy(pool, lines.items, lines.count, sizeof **out);
        *count = lines.count;
    }
    ARRAY_RELEASE(&lines);
    return status < 0 ? status : STATUS_OK;
}
