/* A session is made: people, items by a rule or by hand, and a batch for each person, in one transaction. See
 * session.h; the rules are core/work/calibration.h. */
#include <stdio.h>

#include "core/base/array.h"
#include "core/text/suggest.h"
#include "core/text/utf8.h"
#include "store/people.h"
#include "store/session_parts.h"

#include "core/base/banned.h"

enum { NAME_USED, ADD_SESSION, ADD_PERSON, ADD_ITEM, WORKERS, INVITED, BUSY_WITH, CHECK_ITEM };
#define WORKS_HERE "(p.tracks = '' or instr(',' || p.tracks || ',', ',' || ?1 || ',') > 0)"
#define PAUSED                                                                                                     \
    "coalesce((select s.state = 'paused' from standing s where s.person = p.id and s.track is null order by s.id " \
    "desc limit 1), 0)"
static const char *const sql[] = {
    [NAME_USED] = "select 1 from session where name = ?1",
    [ADD_SESSION] = "insert into session (uid, name, track, person, at) values (?1, ?2, ?3, ?4, ?5)",
    [ADD_PERSON] = "insert into session_person (session, person, number) values (?1, ?2, ?3)",
    [ADD_ITEM] = "insert into session_item (session, item, position) values (?1, ?2, ?3)",
    [WORKERS] = ("select p.id from person p where p.role = 0 and p.solo = 0 and " WORKS_HERE " and not " PAUSED
                 " order by p.id"),
    [INVITED] = ("select p.id, p.role, p.solo, " WORKS_HERE ", " PAUSED " from person p where p.name = ?2"),
    [BUSY_WITH] = "select p.name from session_person y join person p on p.id = y.person join serving s on s.person = "
                  "y.person and s.item = ?2 join batch b on b.id = s.batch and b.handed_in is null"
                  " where y.session = ?1 limit 1",
    [CHECK_ITEM] = ("select t.name, exists (select 1 from retirement r where r.item = i.id) from item i join track t "
                    "on t.id = i.track where i.id = ?1"),
};
const struct statement_table session_new_statements = STATEMENT_TABLE(sql);

/* --- Name and people -------------------------------------------------------------------------------------------------- */

static int check_name(struct store *store, const char *name, struct error *error) {
    int64_t used = 0;
    size_t length = strlen(name);
    if (length == 0 || length > LIMIT_NAME_BYTES || !utf8_valid(slice_of(name)))
        return error_set(error, STATUS_USAGE, "the name of a session has 1 to %d bytes of UTF-8", LIMIT_NAME_BYTES);
    for (size_t i = 0; i < length; i++)
        if ((unsigned char)name[i] < 0x20 || name[i] == 0x7f)
            return error_set(error, STATUS_USAGE, "the name of a session holds no control characters");
    int status = statement_integer(store, &sql[NAME_USED], VALUES(value_string(name)), &used, error);
    return status == STEP_ROW ? error_set(error, STATUS_USAGE, "there is a session '%s' already", name) : status;
}

static int invite_one(struct store *store, struct session_making *making, const char *name, struct error *error) {
    struct pool pool = POOL_INIT;
    struct person person;
    struct sqlite3_stmt *row;
    const char *track = making->request->track;
    int status = person_find(store, name, &pool, &person, error);
    pool_release(&pool);
    if (status < 0)
        return status;
    status = statement_find(store, &sql[INVITED], VALUES(value_string(track), value_string(name)), &row, error);
    if (status != STEP_ROW)
        return status;
    int64_t id = column_integer(row, 0);
    bool acts = column_integer(row, 1) <= PERSON_LEAD && column_integer(row, 2) == 0, works = column_integer(row, 3),
         paused = column_integer(row, 4);
    statement_close(row);
    if (!acts)
        return error_set(error, STATUS_USAGE, "'%s' cannot be invited: only annotators and leads judge here", name);
    if (!works)
        return error_set(error, STATUS_NO, "'%s' does not work on track '%s'", name, track);
    if (paused)
        return error_set(error, STATUS_NO, "'%s' is paused and could not answer", name);
    for (size_t i = 0; i < making->people.count; i++)
        if (making->people.items[i] == id)
            return STATUS_OK;
    *ARRAY_ADD(&making->people) = id;
    return STATUS_OK;
}

static int find_people(struct store *store, struct session_making *making, struct error *error) {
    const struct session_request *request = making->request;
    struct sqlite3_stmt *row = NULL;
    int status = STATUS_OK;
    for (size_t i = 0; status >= 0 && i < request->people_count; i++)
        status = invite_one(store, making, request->people[i], error);
    if (!request->people) {
        status = statement_open(store, &sql[WORKERS], VALUES(value_string(request->track)), &row, error);
        while (status >= 0 && (status = statement_step(store, row, error)) == STEP_ROW)
            *ARRAY_ADD(&making->people) = column_integer(row, 0);
        statement_close(row);
    }
    if (status >= 0 && making->people.count < CALIBRATION_PEOPLE_LEAST)
        return error_set(error, STATUS_NO, "a session compares people: at least %d must be invited on track '%s'",
                         CALIBRATION_PEOPLE_LEAST, request->track);
    return status < 0 ? status : STATUS_OK;
}

static int read_tastes(struct store *store, struct session_making *making, struct error *error) {
    int status = STATUS_OK;
    making->tastes = memory_new(making->people.count, sizeof *making->tastes);
    for (size_t i = 0; status >= 0 && i < making->people.count; i++)
        status = taste_read(store, making->people.items[i], &making->tastes[i], error);
    return status;
}

static int add_session(struct store *store, struct session_making *making, struct error *error) {
    struct ulid uid = ulid_make(store->world);
    int status = statement_run(store, &sql[ADD_SESSION],
                               VALUES(value_string(uid.text), value_string(making->request->name),
                                      value_integer(making->session.track), value_id(making->viewer->person),
                                      value_integer(store_now(store))),
                               error);
    making->session.id = statement_inserted(store);
    int *numbers = memory_new(making->people.count, sizeof *numbers);
    calibration_number(store->secret, making->session.id, making->people.count, numbers);
    for (size_t i = 0; status >= 0 && i < making->people.count; i++)
        status = statement_run(store, &sql[ADD_PERSON],
                               VALUES(value_integer(making->session.id), value_integer(making->people.items[i]),
                                      value_integer(numbers[i])),
                               error);
    memory_free(numbers);
    return status;
}

/* --- Items by hand ------------------------------------------------------------------------------------------------------ */

static int check_item(struct store *store, struct session_making *making, int64_t item, struct error *error) {
    const char *ref = store_ref(store, item).text;
    char name[12];
    struct sqlite3_stmt *row;
    snprintf(name, sizeof name, "%s", ref);
    int status = statement_find(store, &sql[CHECK_ITEM], VALUES(value_integer(item)), &row, error);
    if (status != STEP_ROW)
        return status < 0 ? status : error_set(error, STATUS_USAGE, "there is no item '%s'", name);
    if (!slice_is(column_slice(row, 0), making->request->track))
        status =
            error_set(error, STATUS_USAGE, "item '%s' stands in another track than '%s'", name, making->request->track);
    else if (column_integer(row, 1))
        status = error_set(error, STATUS_NO, "item '%s' is out of the work", name);
    statement_close(row);
    for (size_t i = 0; status >= 0 && i < making->chosen.count; i++)
        if (making->chosen.items[i] == item)
            return error_set(error, STATUS_USAGE, "item '%s' is named twice", name);
    if (status < 0)
        return status;
    status = statement_find(store, &sql[BUSY_WITH], VALUES(value_integer(making->session.id), value_integer(item)),
                            &row, error);
    if (status == STEP_ROW) {
        status =
            error_set(error, STATUS_NO,
                      "item '%s' is in an open batch of '" SLICE_FORMAT "'; it can be taken when that is handed in",
                      name, SLICE_ARGS(column_slice(row, 0)));
        statement_close(row);
    }
    return status;
}

static int take_items(struct store *store, struct session_making *making, struct error *error) {
    int status = STATUS_OK;
    for (size_t i = 0; status >= 0 && i < making->request->chosen_count; i++) {
        status = check_item(store, making, making->request->chosen[i], error);
        if (status >= 0)
            *ARRAY_ADD(&making->chosen) = making->request->chosen[i];
    }
    return status;
}

/* --- All of it ---------------------------------------------------------------------------------------------------------- */

static int deal_all(struct store *store, const struct session_making *making, struct error *error) {
    int status = STATUS_OK;
    for (size_t i = 0; status >= 0 && i < making->chosen.count; i++)
        status = statement_run(store, &sql[ADD_ITEM],
                               VALUES(value_integer(making->session.id), value_integer(making->chosen.items[i]),
                                      value_integer((int64_t)i + 1)),
                               error);
    for (size_t i = 0; status >= 0 && i < making->people.count; i++)
        status = session_add_batch(store, &making->session, making->people.items[i], KIND_CALIBRATION,
                                   making->chosen.items, making->chosen.count, error);
    return status;
}

static int make(struct store *store, struct session_making *making, struct pool *pool, struct session *out,
                struct error *error) {
    char detail[64];
    int status = check_name(store, making->request->name, error);
    if (status >= 0)
        status = track_id(store, making->request->track, &making->session.track, error);
    if (status >= 0)
        status = find_people(store, making, error);
    if (status >= 0)
        status = read_tastes(store, making, error);
    if (status >= 0)
        status = add_session(store, making, error);
    if (status >= 0)
        status = making->request->chosen ? take_items(store, making, error) : session_pick(store, making, error);
    if (status >= 0)
        status = deal_all(store, making, error);
    snprintf(detail, sizeof detail, "%zu items, %zu people", making->chosen.count, making->people.count);
    if (status >= 0)
        status = session_log(store, making->viewer, "calibrate", making->session.id, detail, error);
    return status < 0 ? status : session_find(store, making->viewer, making->request->name, pool, out, error);
}

int session_new(struct store *store, const struct viewer *viewer, const struct session_request *request,
                struct pool *pool, struct session *out, struct error *error) {
    struct session_making making = {.viewer = viewer, .request = request};
    size_t wanted = request->chosen ? request->chosen_count : request->items ? request->items : CALIBRATION_ITEMS;
    int status = require_lead(viewer, "calibrate", error);
    if (status >= 0 && viewer->role == VIEWER_SOLO)
        status =
            error_set(error, STATUS_NO, "a session compares people, and this store has none; 'assay people' adds them");
    if (status >= 0 && (wanted < 1 || wanted > CALIBRATION_ITEMS_MOST))
        status = error_set(error, STATUS_USAGE, "a session has 1 to %d items, not %zu", CALIBRATION_ITEMS_MOST, wanted);
    if (status >= 0)
        status = transaction_begin(store, "session_new", error);
    if (status < 0)
        return status;
    status = transaction_end(store, make(store, &making, pool, out, error), error);
    for (size_t i = 0; making.tastes && i < making.people.count; i++)
        taste_release(&making.tastes[i]);
    memory_free(making.tastes);
    ARRAY_RELEASE(&making.people);
    ARRAY_RELEASE(&making.chosen);
    return status;
}
