/* See contests.h. That a contest is settled is no row of its own: it follows from the keys of its item. */
#include "store/contests.h"

#include "core/base/array.h"
#include "core/model/judgment.h"
#include "core/text/utf8.h"
#include "store/work_parts.h"

#include "core/base/banned.h"

enum { SHOWN, OPEN, MAKE, SEEN };
static const char *const sql[] = {
    /* ?3: hidden gold too. Nothing whose prompt is also that of gold still served, on whatever track */
    [SHOWN] =
        ("with answered (judgment, item, shown, prefer, strength, ranking, kind) as ("
         "select j.id, j.item, s.shown, j.prefer, j.strength, j.ranking, j.kind from judgment j indexed by "
         "judgment_gold"
         " join serving s on s.id = j.serving join batch b on b.id = s.batch"
         " where ?3 and j.person = ?1 and j.kind = 1 and b.track = ?2 and b.handed_in is not null"
         " union all "
         "select j.id, j.item, s.shown, j.prefer, j.strength, j.ranking, j.kind from batch b"
         " join serving s on s.batch = b.id and s.kind = 3 join judgment j on j.item = s.item and j.person = s.person"
         " and j.serving = s.id where b.person = ?1 and b.track = ?2 and b.number < 1 and b.handed_in is not null)"
         " select a.item, g.id, g.void, a.shown, a.prefer, a.strength, a.ranking, a.kind, c.text, c.gold, g.why, c.seen"
         " from answered a join item i on i.id = a.item"
         " join gold g on g.id = (select max(x.id) from gold x where x.item = a.item)"
         "  and (g.retired is not null or (g.use = 2 and a.kind = 3))"
         " left join contest c on c.item = a.item and c.person = ?1"
         " where a.judgment not in (select judgment from retraction) and a.item not in (select item from retirement)"
         " and not exists (select 1 from gold l join item o on o.id = l.item where l.retired is null and l.use <> 2"
         "  and o.prompt = i.prompt)"
         " order by a.judgment desc"),
    [OPEN] = ("select c.item, p.name, t.name, c.text, c.at, g.retired is not null,"
              " (select s.shown from judgment j join serving s on s.id = j.serving where j.item = c.item"
              "  and j.person = c.person order by j.id desc) from contest c"
              " join gold g on g.id = c.gold and g.void = 0"
              " and not exists (select 1 from gold n where n.item = c.item and n.id > c.gold)"
              " join person p on p.id = c.person join item i on i.id = c.item join track t on t.id = i.track"
              " where c.item not in (select item from retirement) order by c.id"),
    [MAKE] = ("insert into contest (uid, item, gold, person, text, at)"
              " values (?1, ?2, (select max(id) from gold where item = ?2), ?3, ?4, ?5)"),
    [SEEN] = ("update contest set seen = ?3 where item = ?1 and person = ?2 and seen is null"
              " and exists (select 1 from gold n where n.item = contest.item and (n.id > contest.gold"
              "  or (n.id = contest.gold and n.void)))"),
};
const struct statement_table contests_statements = STATEMENT_TABLE(sql);

struct shown_keys {
    struct shown_key *items;
    int64_t *gold;
    size_t count, capacity, gold_capacity;
};

static void copy_shown(char out[LIMIT_RESPONSES + 1], struct slice shown) {
    if (shown.length <= LIMIT_RESPONSES)
        memcpy(out, shown.data, shown.length);
}

static void read_row(struct store *store, struct sqlite3_stmt *row, struct pool *pool, struct shown_keys *keys) {
    keys->gold = memory_grow(keys->gold, &keys->gold_capacity, keys->count + 1, sizeof *keys->gold);
    keys->gold[keys->count] = column_integer(row, 1);
    struct shown_key *one = ARRAY_ADD(keys);
    *one = (struct shown_key){
        .item = column_integer(row, 0),
        .ref = store_ref(store, column_integer(row, 0)),
        .voided = column_integer(row, 2) != 0,
        .prefer = (int)column_integer(row, 4),
        .strength = (int)column_integer(row, 5),
        .ranking = column_ranking(row, 6),
        .training = column_integer(row, 7) == KIND_TRAINING,
        .contest = column_copy(row, 8, pool),
    };
    copy_shown(one->shown, column_slice(row, 3));
    bool newer = one->contest.data && column_integer(row, 9) != column_integer(row, 1);
    one->decided = newer || (one->contest.data && one->voided);
    one->news = one->decided && column_absent(row, 11);
    if (newer)
        one->why = column_copy(row, 10, pool);
}

static int read_keys(struct store *store, const struct viewer *viewer, const struct track_settings *track,
                     struct pool *pool, struct shown_keys *keys, struct error *error) {
    struct sqlite3_stmt *row = NULL;
    int64_t id;
    if (track->feedback == FEEDBACK_NEVER || !viewer->person)
        return STATUS_OK;
    int status = track_id(store, track->name, &id, error);
    if (status >= 0)
        status = statement_open(store, &sql[SHOWN],
                                VALUES(value_integer(viewer->person), value_integer(id),
                                       value_integer(track->feedback == FEEDBACK_AFTER_RETIREMENT)),
                                &row, error);
    while (status >= 0 && (status = statement_step(store, row, error)) == STEP_ROW)
        read_row(store, row, pool, keys);
    statement_close(row);
    for (size_t i = 0; status >= 0 && i < keys->count; i++) {
        status = gold_read(store, keys->gold[i], pool, &keys->items[i].key, error);
        if (status >= 0)
            status = item_read_head(store, keys->items[i].item, pool, &keys->items[i].head, error);
    }
    return status < 0 ? status : STATUS_OK;
}

static void release(struct shown_keys *keys) {
    memory_free(keys->gold);
    ARRAY_RELEASE(keys);
}

int contest_keys(struct store *store, const struct viewer *viewer, const struct track_settings *track,
                 struct pool *pool, struct shown_key **out, size_t *count, struct error *error) {
    struct shown_keys keys = {0};
    int status = transaction_read(store, "contest_keys", error);
    if (status < 0)
        return status;
    status = transaction_end(store, read_keys(store, viewer, track, pool, &keys, error), error);
    if (status >= 0) {
        *out = pool_new(pool, keys.count, sizeof **out);
        *count = keys.count;
        if (keys.count)
            memcpy(*out, keys.items, keys.count * sizeof **out);
    }
    release(&keys);
    return status;
}

static int check_text(struct slice text, struct error *error) {
    if (text.length == 0)
        return error_set(error, STATUS_USAGE, "a contest needs a reason");
    if (text.length > CONTEST_MOST_BYTES)
        return error_set(error, STATUS_INPUT, "the reason is longer than %d bytes", CONTEST_MOST_BYTES);
    return utf8_valid(text) ? STATUS_OK : error_set(error, STATUS_USAGE, "the reason is not UTF-8");
}

static int make(struct store *store, const struct viewer *viewer, const struct track_settings *track, int64_t item,
                struct slice text, struct error *error) {
    struct shown_keys keys = {0};
    struct pool pool = POOL_INIT;
    struct ulid uid = ulid_make(store->world);
    const struct shown_key *found = NULL;
    int status = read_keys(store, viewer, track, &pool, &keys, error);
    for (size_t i = 0; i < keys.count; i++)
        found = keys.items[i].item == item ? &keys.items[i] : found;
    const char *ref = store_ref(store, item).text;
    if (status >= 0 && !found)
        status =
            error_set(error, STATUS_USAGE, "the reference answer of item '%s' is not shown to '%s'", ref, viewer->name);
    else if (status >= 0 && found->contest.data)
        status = error_set(error, STATUS_NO, "you have contested item '%s' already", ref);
    else if (status >= 0 && found->voided)
        status = error_set(error, STATUS_NO, "item '%s' counts in no figure any more", ref);
    if (status >= 0)
        status = statement_run(store, &sql[MAKE],
                               VALUES(value_string(uid.text), value_integer(item), value_integer(viewer->person),
                                      value_text(text), value_integer(store_now(store))),
                               error);
    if (status >= 0)
        status = event_append(store,
                              &(struct event_entry){.person = viewer->person,
                                                    .verb = "contest",
                                                    .subject = SUBJECT_CONTEST,
                                                    .id = statement_inserted(store)},
                              NULL, error);
    release(&keys);
    pool_release(&pool);
    return status;
}

int contest_make(struct store *store, const struct viewer *viewer, const struct track_settings *track, int64_t item,
                 struct slice text, struct error *error) {
    int status = check_text(text, error);
    if (status >= 0)
        status = transaction_begin(store, "contest_make", error);
    if (status < 0)
        return status;
    status = require_worker(store, viewer, error);
    if (status >= 0)
        status = make(store, viewer, track, item, text, error);
    return transaction_end(store, status, error);
}

int contest_seen(struct store *store, const struct viewer *viewer, int64_t item, struct error *error) {
    int status = transaction_begin(store, "contest_seen", error);
    if (status < 0)
        return status;
    status = statement_run(store, &sql[SEEN],
                           VALUES(value_integer(item), value_integer(viewer->person), value_integer(store_now(store))),
                           error);
    return transaction_end(store, status, error);
}

int contest_list(struct store *store, const struct viewer *viewer, struct pool *pool, struct contest **out,
                 size_t *count, struct error *error) {
    struct {
        struct contest *items;
        size_t count, capacity;
    } contests = {0};
    struct sqlite3_stmt *row;
    int status = require_lead(viewer, "gold contests", error);
    if (status >= 0)
        status = statement_open(store, &sql[OPEN], NO_VALUES, &row, error);
    if (status < 0)
        return status;
    while ((status = statement_step(store, row, error)) == STEP_ROW) {
        struct contest *one = ARRAY_ADD(&contests);
        *one = (struct contest){
            .item = column_integer(row, 0),
            .ref = store_ref(store, column_integer(row, 0)),
            .person = column_copy(row, 1, pool),
            .track = column_copy(row, 2, pool),
            .text = column_copy(row, 3, pool),
            .at = column_integer(row, 4),
            .retired = column_integer(row, 5) != 0,
        };
        copy_shown(one->shown, column_slice(row, 6));
    }
    statement_close(row);
    if (status >= 0) {
        *out = pool_new(pool, contests.count, sizeof **out);
        *count = contests.count;
        if (contests.count)
            memcpy(*out, contests.items, contests.count * sizeof **out);
    }
    ARRAY_RELEASE(&contests);
    return status < 0 ? status : STATUS_OK;
}
