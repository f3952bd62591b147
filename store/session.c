/* Sessions as they stand: the list, and everything of one. See session.h. */
#include "store/session.h"

#include "core/base/array.h"
#include "core/text/suggest.h"
#include "store/session_parts.h"

#include "core/base/banned.h"

/* ?1: of whom the answers are counted; 0: of everybody */
#define SESSION                                                                                                        \
    "select z.id, z.name, t.name, coalesce(p.name, ''), z.at, coalesce(z.closed, 0),"                                  \
    " (select count(*) from session_item i where i.session = z.id),"                                                   \
    " (select count(*) from session_person y where y.session = z.id),"                                                 \
    " (select count(*) from session_person y where y.session = z.id and y.excused is null and (?1 = 0 or y.person = "  \
    "?1) and not exists (select 1 from batch b join serving s on s.batch = b.id and s.kind = 5 where b.session = z.id" \
    "  and b.person = y.person and b.handed_in is null)),"                                                             \
    " (select count(*) from session_person y where y.session = z.id and y.excused is not null and (?1 = 0 or "         \
    "y.person = ?1)),"                                                                                                 \
    " (select count(*) from batch b join serving s on s.batch = b.id and s.kind = 6 where b.session = z.id"            \
    "  and b.handed_in is null and (?1 = 0 or b.person = ?1)),"                                                        \
    " (select count(distinct j.item) from judgment j where j.session = z.id and j.kind = 7 and ?1 = 0"                 \
    "  and j.item in (select item from session_item i where i.session = z.id)"                                         \
    "  and not exists (select 1 from retraction r where r.judgment = j.id))"                                           \
    " from session z join track t on t.id = z.track left join person p on p.id = z.person"

/* what session_qualify writes before its words */
#define REASON "'calibration ' || z.name || ': '"

enum { LIST, LIST_OWN, ONE, FIND, NAMES, PEOPLE, ITEMS, VOTES };
static const char *const sql[] = {
    [LIST] = (SESSION " order by z.id"),
    [LIST_OWN] = (SESSION " where exists (select 1 from session_person y where y.session = z.id and y.person = ?1)"
                          " order by z.id"),
    [ONE] = (SESSION " where z.id = ?2"),
    [FIND] = (SESSION " where z.name = ?2"),
    [NAMES] = "select name from session order by id",
    [PEOPLE] = ("select y.person, p.name, y.number, b.size, (select count(*) from serving s where s.batch = b.id and "
                "s.state in (1, 2)), b.handed_in is not null and y.excused is null, y.excused is not null,"
                " (select count(*) from batch a join serving s on s.batch = a.id and s.kind = 6 where a.session = "
                "y.session and a.person = y.person and a.handed_in is null), b.id,"
                " coalesce((select substr(x.reason, length(" REASON ") + 1) from standing x where x.batch = b.id"
                "  and x.state = 'qualified' and substr(x.reason, 1, length(" REASON ")) = " REASON "), '')"
                " from session_person y join person p on p.id = y.person join session z on z.id = y.session"
                " join batch b on b.session = y.session and b.person = y.person and exists"
                " (select 1 from serving k where k.batch = b.id and k.kind = 5)"
                " where y.session = ?1 order by y.number"),
    [ITEMS] = ("select x.item, i.name, c.name, length(i.lengths) - length(replace(i.lengths, ' ', '')) + 1,"
               " coalesce(x.verdict, -1), coalesce(x.note, ''),"
               " exists (select 1 from gold g where g.item = x.item and g.retired is null),"
               " exists (select 1 from batch b join serving s on s.batch = b.id and s.kind = 6 and s.item = x.item"
               "  where b.session = x.session),"
               " (select count(*) from batch b join serving s on s.batch = b.id and s.kind = 6 and s.item = x.item"
               "  where b.session = x.session and b.handed_in is null)"
               " from session_item x join item i on i.id = x.item left join category c on c.id = i.category"
               " where x.session = ?1 order by x.position"),
    /* votes of batches that are in, references at any time; the people in order of their numbers, the lead last */
    [VOTES] = ("select s.item, s.person, s.kind, s.state, coalesce(s.reason, 0), s.shown, j.id, coalesce(j.rubric, 0),"
               " j.at, coalesce(j.ms, 0), j.prefer, j.strength, coalesce(j.confidence, -1), j.ranking, j.ratings,"
               " coalesce(j.rationale, ''), p.name from batch b join serving s on s.batch = b.id and s.state in (1, 2)"
               " join person p on p.id = s.person"
               " left join session_person y on y.session = b.session and y.person = b.person"
               " left join judgment j on j.item = s.item and j.person = s.person and j.serving = s.id"
               "  and not exists (select 1 from retraction r where r.judgment = j.id)"
               " where b.session = ?1 and (b.handed_in is not null or s.kind = 7)"
               " order by s.kind = 7, y.number, s.kind, coalesce(j.id, 0)"),
};
const struct statement_table session_statements = STATEMENT_TABLE(sql);

static void read_session(struct sqlite3_stmt *row, struct pool *pool, struct session *out) {
    *out = (struct session){
        .id = column_integer(row, 0),
        .name = column_copy(row, 1, pool),
        .track = column_copy(row, 2, pool),
        .lead = column_copy(row, 3, pool),
        .at = column_integer(row, 4),
        .closed = column_integer(row, 5),
        .items = (int)column_integer(row, 6),
        .people = (int)column_integer(row, 7),
        .answered = (int)column_integer(row, 8),
        .excused = (int)column_integer(row, 9),
        .again = (int)column_integer(row, 10),
        .reference = (int)column_integer(row, 11),
    };
}

int session_list(struct store *store, const struct viewer *viewer, struct pool *pool, struct session **out,
                 size_t *count, struct error *error) {
    struct {
        struct session *items;
        size_t count, capacity;
    } list = {0};
    bool all = viewer_sees_all(viewer);
    struct sqlite3_stmt *row;
    int status = statement_open(store, &sql[all ? LIST : LIST_OWN], VALUES(value_integer(all ? 0 : viewer->person)),
                                &row, error);
    while (status >= 0 && (status = statement_step(store, row, error)) == STEP_ROW)
        read_session(row, pool, ARRAY_ADD(&list));
    statement_close(row);
    if (status >= 0) {
        *out = pool_new(pool, list.count, sizeof **out);
        *count = list.count;
        if (list.count)
            memcpy(*out, list.items, list.count * sizeof **out);
    }
    ARRAY_RELEASE(&list);
    return status < 0 ? status : STATUS_OK;
}

static int say_unknown(struct store *store, const char *name, struct error *error) {
    struct {
        char **items;
        size_t count, capacity;
    } names = {0};
    struct sqlite3_stmt *row;
    int status = statement_open(store, &sql[NAMES], NO_VALUES, &row, error);
    while (status >= 0 && (status = statement_step(store, row, error)) == STEP_ROW)
        *ARRAY_ADD(&names) = memory_copy(column_slice(row, 0).data, column_slice(row, 0).length);
    statement_close(row);
    const char *near = suggest(name, (const char *const *)names.items, names.count);
    if (status >= 0)
        status = error_set(error, STATUS_USAGE, "there is no session '%s'%s%s%s", name, near ? "; did you mean '" : "",
                           near ? near : "", near ? "'?" : "");
    for (size_t i = 0; i < names.count; i++)
        memory_free(names.items[i]);
    ARRAY_RELEASE(&names);
    return status;
}

int session_find(struct store *store, const struct viewer *viewer, const char *name, struct pool *pool,
                 struct session *out, struct error *error) {
    struct sqlite3_stmt *row;
    int status = require_lead(viewer, "calibrate", error);
    if (status >= 0)
        status = statement_find(store, &sql[FIND], VALUES(value_integer(0), value_string(name)), &row, error);
    if (status != STEP_ROW)
        return status < 0 ? status : say_unknown(store, name, error);
    read_session(row, pool, out);
    statement_close(row);
    return STATUS_OK;
}

/* --- Everything of one --------------------------------------------------------------------------------------------------- */

struct reading {
    struct store *store;
    struct pool *pool;
    struct session_book *book;
    struct error *error;
};

static int read_head(struct reading *reading, int64_t session) {
    struct sqlite3_stmt *row;
    int status = statement_find(reading->store, &sql[ONE], VALUES(value_integer(0), value_integer(session)), &row,
                                reading->error);
    if (status != STEP_ROW)
        return status < 0 ? status : error_set(reading->error, STATUS_USAGE, "there is no such session");
    read_session(row, reading->pool, &reading->book->session);
    statement_close(row);
    return STATUS_OK;
}

static int read_people(struct reading *reading) {
    struct session_book *book = reading->book;
    size_t room = (size_t)book->session.people;
    struct sqlite3_stmt *row;
    book->people = pool_new(reading->pool, room, sizeof *book->people);
    int status =
        statement_open(reading->store, &sql[PEOPLE], VALUES(value_integer(book->session.id)), &row, reading->error);
    while (status >= 0 && (status = statement_step(reading->store, row, reading->error)) == STEP_ROW &&
           book->people_count < room)
        book->people[book->people_count++] = (struct session_person){
            .id = column_integer(row, 0),
            .name = column_copy(row, 1, reading->pool),
            .number = (int)column_integer(row, 2),
            .size = (int)column_integer(row, 3),
            .done = (int)column_integer(row, 4),
            .answered = column_integer(row, 5) != 0,
            .excused = column_integer(row, 6) != 0,
            .again = (int)column_integer(row, 7),
            .batch = column_integer(row, 8),
            .qualified = column_copy(row, 9, reading->pool),
        };
    statement_close(row);
    return status;
}

static int read_items(struct reading *reading) {
    struct session_book *book = reading->book;
    size_t room = (size_t)book->session.items;
    struct sqlite3_stmt *row;
    book->items = pool_new(reading->pool, room, sizeof *book->items);
    int status =
        statement_open(reading->store, &sql[ITEMS], VALUES(value_integer(book->session.id)), &row, reading->error);
    while (status >= 0 && (status = statement_step(reading->store, row, reading->error)) == STEP_ROW &&
           book->item_count < room) {
        struct session_item *item = &book->items[book->item_count++];
        *item = (struct session_item){
            .item = column_integer(row, 0),
            .ref = store_ref(reading->store, column_integer(row, 0)),
            .name = column_copy(row, 1, reading->pool),
            .category = column_copy(row, 2, reading->pool),
            .responses = (size_t)column_integer(row, 3),
            .verdict = (enum calibration_verdict)column_integer(row, 4),
            .note = column_copy(row, 5, reading->pool),
            .gold = column_integer(row, 6) != 0,
            .again = column_integer(row, 7) != 0,
            .again_out = (int)column_integer(row, 8),
        };
        item->votes = pool_new(reading->pool, 2 * book->people_count, sizeof *item->votes);
    }
    statement_close(row);
    return status;
}

static struct session_item *item_of(struct session_book *book, int64_t item) {
    for (size_t i = 0; i < book->item_count; i++)
        if (book->items[i].item == item)
            return &book->items[i];
    return NULL;
}

static size_t person_of(const struct session_book *book, int64_t person) {
    size_t i = 0;
    while (i < book->people_count && book->people[i].id != person)
        i++;
    return i;
}

static void copy_letters(char *to, size_t size, struct slice text) {
    if (text.length > 0 && text.length < size)
        memcpy(to, text.data, text.length);
}

static void read_vote(const struct reading *reading, struct sqlite3_stmt *row, struct session_vote *out) {
    *out = (struct session_vote){
        .person = person_of(reading->book, column_integer(row, 1)),
        .kind = (enum kind)column_integer(row, 2),
        .aside = column_integer(row, 3) == SERVING_ASIDE,
        .reason = (enum aside_reason)column_integer(row, 4),
        .judgment = column_integer(row, 6),
        .rubric = column_integer(row, 7),
        .at = column_integer(row, 8),
        .active_ms = column_integer(row, 9),
        .prefer = column_absent(row, 10) ? CHOICE_MISSING : (int)column_integer(row, 10),
        .strength = (int)column_integer(row, 11),
        .confidence = (int)column_integer(row, 12),
        .ratings = column_copy(row, 14, reading->pool),
        .rationale = column_copy(row, 15, reading->pool),
    };
    copy_letters(out->shown, sizeof out->shown, column_slice(row, 5));
    copy_letters(out->ranking.text, sizeof out->ranking.text, column_slice(row, 13));
}

static int read_votes(struct reading *reading) {
    struct session_book *book = reading->book;
    struct sqlite3_stmt *row;
    int status =
        statement_open(reading->store, &sql[VOTES], VALUES(value_integer(book->session.id)), &row, reading->error);
    while (status >= 0 && (status = statement_step(reading->store, row, reading->error)) == STEP_ROW) {
        struct session_item *item = item_of(book, column_integer(row, 0));
        bool reference = column_integer(row, 2) == KIND_REFERENCE;
        if (!item || (reference && column_absent(row, 6)) ||
            (column_integer(row, 2) == KIND_REVOTE && item->again_out > 0) ||
            (!reference && (item->vote_count == 2 * book->people_count ||
                            person_of(book, column_integer(row, 1)) == book->people_count)))
            continue;
        struct session_vote *vote =
            reference ? pool_new(reading->pool, 1, sizeof *vote) : &item->votes[item->vote_count++];
        read_vote(reading, row, vote);
        if (reference && (!item->reference || item->reference->judgment < vote->judgment)) {
            vote->person = book->people_count;
            item->reference = vote;
            item->reference_by = column_copy(row, 16, reading->pool);
        }
    }
    statement_close(row);
    return status;
}

int session_read(struct store *store, const struct viewer *viewer, int64_t session, struct pool *pool,
                 struct session_book *out, struct error *error) {
    struct reading reading = {store, pool, out, error};
    *out = (struct session_book){0};
    int status = require_lead(viewer, "calibrate", error);
    if (status >= 0)
        status = transaction_read(store, "session_read", error);
    if (status < 0)
        return status;
    status = read_head(&reading, session);
    if (status >= 0)
        status = read_people(&reading);
    if (status >= 0)
        status = read_items(&reading);
    if (status >= 0)
        status = read_votes(&reading);
    return transaction_end(store, status < 0 ? status : STATUS_OK, error);
}
