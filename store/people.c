/* Who acts, and who there is; see people.h. Changes of people are in people_change.c. */
#include "store/people.h"

#include "core/base/array.h"
#include "core/text/suggest.h"
#include "core/text/utf8.h"
#include "store/internal.h"

#include "core/base/banned.h"

#define PERSON_COLUMNS                                                                                              \
    "select p.id, p.name, p.role, p.tracks, p.languages, p.categories, p.at, p.solo,"                               \
    " coalesce((select s.state = 'paused' from standing s where s.person = p.id and s.track is null order by s.id " \
    "desc"                                                                                                          \
    " limit 1), 0) from person p"

enum { FIND, LIST, LIST_NAMES, IS_TEAM, ADD_SOLO };
static const char *const sql[] = {
    [FIND] = PERSON_COLUMNS " where p.name = ?1",
    [LIST] = PERSON_COLUMNS " order by p.role, p.name",
    [LIST_NAMES] = "select name from person where role in (0, 1) and solo = 0 order by id",
    [IS_TEAM] = "select exists (select 1 from person where role in (0, 1) and solo = 0)",
    [ADD_SOLO] = "insert into person (uid, name, role, solo, at) values (?1, ?2, 0, 1, ?3)",
};
const struct statement_table people_statements = STATEMENT_TABLE(sql);

static void read_person(struct sqlite3_stmt *row, struct pool *pool, struct person *out) {
    *out = (struct person){
        .id = column_integer(row, 0),
        .name = column_copy(row, 1, pool),
        .role = (enum person_role)column_integer(row, 2),
        .tracks = column_copy(row, 3, pool),
        .languages = column_copy(row, 4, pool),
        .categories = column_copy(row, 5, pool),
        .at = column_integer(row, 6),
        .paused = column_integer(row, 8) != 0,
    };
}

int people_unknown(struct store *store, const char *name, struct error *error) {
    struct {
        char **items;
        size_t count, capacity;
    } names = {0};
    struct sqlite3_stmt *row;
    int status = statement_open(store, &sql[LIST_NAMES], NO_VALUES, &row, error);
    while (status >= 0 && (status = statement_step(store, row, error)) == STEP_ROW) {
        struct slice one = column_slice(row, 0);
        *ARRAY_ADD(&names) = memory_copy(one.data, one.length);
    }
    statement_close(row);
    if (status >= 0) {
        const char *near = suggest(name, (const char *const *)names.items, names.count);
        status = near ? error_set(error, STATUS_USAGE, "'%s' is not among the people of this store; did you mean '%s'?",
                                  name, near)
                      : error_set(error, STATUS_USAGE,
                                  "'%s' is not among the people of this store; a lead adds people with 'assay people'",
                                  name);
    }
    for (size_t i = 0; i < names.count; i++)
        memory_free(names.items[i]);
    ARRAY_RELEASE(&names);
    return status;
}

static int resolve(struct store *store, const char *name, struct viewer *viewer, struct error *error) {
    int64_t team = 0;
    struct sqlite3_stmt *row;
    int status = statement_integer(store, &sql[IS_TEAM], NO_VALUES, &team, error);
    if (status >= 0)
        status = statement_find(store, &sql[FIND], VALUES(value_string(name)), &row, error);
    if (status < 0)
        return status;
    if (status == STEP_ROW) {
        enum person_role role = (enum person_role)column_integer(row, 2);
        bool solo = column_integer(row, 7) != 0, imported = column_integer(row, 7) == 2, known = team ? !solo : true;
        viewer->person = column_integer(row, 0);
        viewer->paused = column_integer(row, 8) != 0;
        statement_close(row);
        if (role == PERSON_MODEL || role == PERSON_SOURCE)
            return error_set(error, STATUS_USAGE, "'%s' is a %s: its labels are kept here, it cannot act", name,
                             person_role_name(role));
        viewer->role = !team ? VIEWER_SOLO : role == PERSON_LEAD ? VIEWER_LEAD : VIEWER_ANNOTATOR;
        if (!known && imported)
            return error_set(error, STATUS_USAGE,
                             "'%s' is known by imported judgments alone; a lead adds people with 'assay people'", name);
        return known ? STATUS_OK : people_unknown(store, name, error);
    }
    return team ? people_unknown(store, name, error) : STATUS_OK;
}

int viewer_find(struct store *store, const char *name, struct viewer *viewer, struct error *error) {
    size_t length = strlen(name);
    if (length == 0 || length > LIMIT_NAME_BYTES)
        return error_set(error, STATUS_USAGE, "a name has 1 to %d bytes; who acts is said with --as NAME",
                         LIMIT_NAME_BYTES);
    if (!utf8_valid(slice_of(name)))
        return error_set(error, STATUS_USAGE, "the name '%s' is not UTF-8; who acts is said with --as NAME", name);
    struct viewer found = {.role = VIEWER_SOLO};
    memcpy(found.name, name, length);
    int status = transaction_read(store, "viewer_find", error);
    if (status < 0)
        return status;
    status = transaction_end(store, resolve(store, name, &found, error), error);
    if (status >= 0)
        *viewer = found;
    return status;
}

int viewer_enter(struct store *store, struct viewer *viewer, struct error *error) {
    if (viewer->person)
        return STATUS_OK;
    struct viewer found = *viewer;
    int status = transaction_begin(store, "viewer_enter", error);
    if (status < 0)
        return status;
    status = resolve(store, viewer->name, &found, error); /* the store may have got people, or this person, meanwhile */
    if (status >= 0 && !found.person) {
        struct ulid uid = ulid_make(store->world);
        status = statement_run(
            store, &sql[ADD_SOLO],
            VALUES(value_string(uid.text), value_string(found.name), value_integer(store_now(store))), error);
        if (status >= 0) {
            found.person = statement_inserted(store);
            status = event_append(
                store,
                &(struct event_entry){
                    .person = found.person, .verb = "enter", .subject = SUBJECT_PERSON, .id = found.person},
                NULL, error);
        }
    }
    status = transaction_end(store, status, error);
    if (status >= 0)
        *viewer = found;
    return status;
}

int people_list(struct store *store, const struct viewer *viewer, struct pool *pool, struct person **out, size_t *count,
                struct error *error) {
    struct {
        struct person *items;
        size_t count, capacity;
    } people = {0};
    struct sqlite3_stmt *row;
    int status = require_lead(viewer, "people", error);
    if (status >= 0)
        status = statement_open(store, &sql[LIST], NO_VALUES, &row, error);
    if (status < 0)
        return status;
    while ((status = statement_step(store, row, error)) == STEP_ROW)
        read_person(row, pool, ARRAY_ADD(&people));
    statement_close(row);
    if (status >= 0) {
        *out = pool_copy(pool, people.items, people.count, sizeof **out);
        *count = people.count;
    }
    ARRAY_RELEASE(&people);
    return status;
}

int person_find(struct store *store, const char *name, struct pool *pool, struct person *out, struct error *error) {
    struct sqlite3_stmt *row;
    int status = statement_find(store, &sql[FIND], VALUES(value_string(name)), &row, error);
    if (status == STEP_DONE)
        return people_unknown(store, name, error);
    if (status < 0)
        return status;
    read_person(row, pool, out);
    statement_close(row);
    return STATUS_OK;
}
