/* Batches as their person sees them: the open one, and the list of what is in it. See batch.h. */
#include "store/batch.h"

#include <stdio.h>

#include "core/base/array.h"
#include "store/work_parts.h"

#include "core/base/banned.h"

#define BATCH_COLUMNS                                                                                                  \
    "select b.id, b.number, b.size, b.dealt, coalesce(b.handed_in, 0), t.name,"                                        \
    " (select count(*) from serving s where s.batch = b.id and s.state = 1),"                                          \
    " (select count(*) from serving s where s.batch = b.id and s.state = 2),"                                          \
    " (select coalesce(sum(max(coalesce(j.ms, 0), 0)), 0) from serving s join judgment j on j.item = s.item"           \
    " and j.person = s.person and j.serving = s.id where s.batch = b.id and s.state = 1"                               \
    " and not exists (select 1 from retraction r where r.judgment = j.id)), coalesce(b.session, 0), z.name,"           \
    " (select s.kind from serving s where s.batch = b.id and s.position = 1), b.purpose from batch b join track t on " \
    "t.id = "                                                                                                          \
    "b.track left join session z on z.id = b.session"
#define REFERENCES "exists (select 1 from serving s where s.batch = b.id and s.kind = 7)"

enum { FIND_OPEN, FIND_SESSION, READ, LINES };
static const char *const sql[] = {
    [FIND_OPEN] = BATCH_COLUMNS " where b.person = ?1 and t.name = ?2 and b.handed_in is null and not " REFERENCES
                                " order by b.session is not null, b.id limit 1",
    [FIND_SESSION] =
        BATCH_COLUMNS " where b.person = ?1 and t.name = ?2 and b.handed_in is null and b.session is not null"
                      " and (?3 = 0 or b.session = ?3) and " REFERENCES " = ?4 order by b.id limit 1",
    [READ] = BATCH_COLUMNS " where b.id = ?1",
    [LINES] =
        "select s.position, s.item, s.state, s.reason, s.shown, j.prefer, j.strength,"
        " exists (select 1 from draft d where d.serving = s.id and d.body <> ''), exists (select 1 from question q "
        "where q.serving = "
        "s.id), j.ranking"
        " from serving s left join judgment j on j.item = s.item and j.person = s.person and j.serving = s.id"
        " and not exists (select 1 from retraction r where r.judgment = j.id) where s.batch = ?1 order by s.position",
};
const struct statement_table batch_statements = STATEMENT_TABLE(sql);

static const struct {
    const char *key, *words;
    bool to_lead;
} reasons[ASIDE_REASONS] = {
    [ASIDE_BROKEN] = {"broken", "text is broken, or not an answer", true},
    [ASIDE_NOT_MY_FIELD] = {"not-my-field", "not my field", false},
    [ASIDE_LANGUAGE] = {"language", "a language I don't read", false},
    [ASIDE_DISTRESSING] = {"distressing", "I would rather not read this", false},
    [ASIDE_UNDECIDED] = {"undecided", "can't decide", false},
    [ASIDE_OTHER] = {"other", "something else: the lead should look", true},
};

const char *aside_reason_key(enum aside_reason reason) {
    return reasons[reason].key;
}

const char *aside_reason_words(enum aside_reason reason) {
    return reasons[reason].words;
}

bool aside_to_lead(enum aside_reason reason) {
    return reasons[reason].to_lead;
}

struct batch_name batch_name(enum batch_purpose purpose, int number) {
    struct batch_name out;
    if (purpose == BATCH_WORK)
        snprintf(out.text, sizeof out.text, "batch %d", number);
    else
        snprintf(out.text, sizeof out.text, "%s", purpose == BATCH_TRAINING ? "training" : "qualification");
    return out;
}

static void read_batch(struct sqlite3_stmt *row, struct pool *pool, struct batch *out) {
    *out = (struct batch){
        .id = column_integer(row, 0),
        .number = (int)column_integer(row, 1),
        .size = (int)column_integer(row, 2),
        .dealt = column_integer(row, 3),
        .handed_in = column_integer(row, 4),
        .track = column_copy(row, 5, pool),
        .judged = (int)column_integer(row, 6),
        .aside = (int)column_integer(row, 7),
        .active_ms = column_integer(row, 8),
        .session = column_integer(row, 9),
        .session_name = column_copy(row, 10, pool),
        .session_kind = (enum kind)column_integer(row, 11),
        .purpose = (enum batch_purpose)column_integer(row, 12),
    };
    if (!out->session)
        out->session_kind = KIND_PRODUCTION; /* what the first item of a batch is, is nobody's business */
}

static int find_batch(struct store *store, int statement, const struct value *values, size_t count, struct pool *pool,
                      struct batch *out, struct error *error) {
    struct sqlite3_stmt *row;
    *out = (struct batch){0};
    int status = statement_find(store, &sql[statement], values, count, &row, error);
    if (status == STEP_ROW) {
        read_batch(row, pool, out);
        statement_close(row);
    }
    return status < 0 ? status : STATUS_OK;
}

int batch_find_open(struct store *store, const struct viewer *viewer, const char *track, struct pool *pool,
                    struct batch *out, struct error *error) {
    int64_t id;
    int status = track_id(store, track, &id, error);
    return status < 0 ? status
                      : find_batch(store, FIND_OPEN, VALUES(value_integer(viewer->person), value_string(track)), pool,
                                   out, error);
}

int batch_find_session(struct store *store, const struct viewer *viewer, const char *track, int64_t session,
                       enum kind kind, struct pool *pool, struct batch *out, struct error *error) {
    return find_batch(store, FIND_SESSION,
                      VALUES(value_integer(viewer->person), value_string(track), value_integer(session),
                             value_integer(kind == KIND_REFERENCE)),
                      pool, out, error);
}

int batch_read(struct store *store, int64_t batch, struct pool *pool, struct batch *out, struct error *error) {
    struct sqlite3_stmt *row;
    int status = statement_find(store, &sql[READ], VALUES(value_integer(batch)), &row, error);
    if (status != STEP_ROW)
        return status < 0 ? status : error_set(error, STATUS_USAGE, "there is no batch '%lld'", (long long)batch);
    read_batch(row, pool, out);
    statement_close(row);
    return STATUS_OK;
}

struct lines {
    struct serving_line *items;
    int64_t *ids; /* of their items */
    size_t count, capacity, id_capacity;
};

static void read_line(struct store *store, struct sqlite3_stmt *row, struct serving_line *line) {
    struct slice shown = column_slice(row, 4);
    *line = (struct serving_line){
        .position = (int)column_integer(row, 0),
        .ref = store_ref(store, column_integer(row, 1)),
        .state = (enum serving_state)column_integer(row, 2),
        .reason = (enum aside_reason)column_integer(row, 3),
        .prefer = column_absent(row, 5) || column_integer(row, 2) != SERVING_JUDGED ? CHOICE_MISSING
                                                                                    : (int)column_integer(row, 5),
        .strength = (int)column_integer(row, 6),
        .has_draft = column_integer(row, 7) != 0,
        .question = column_integer(row, 8) != 0,
        .ranking = column_ranking(row, 9),
    };
    if (shown.length < sizeof line->shown)
        memcpy(line->shown, shown.data, shown.length);
}

int batch_lines(struct store *store, const struct batch *batch, struct pool *pool, struct serving_line **out,
                size_t *count, struct error *error) {
    struct lines lines = {0};
    struct sqlite3_stmt *row;
    int status = transaction_read(store, "batch_lines", error);
    if (status < 0)
        return status;
    status = statement_open(store, &sql[LINES], VALUES(value_integer(batch->id)), &row, error);
    while (status >= 0 && (status = statement_step(store, row, error)) == STEP_ROW) {
        lines.ids = memory_grow(lines.ids, &lines.id_capacity, lines.count + 1, sizeof *lines.ids);
        lines.ids[lines.count] = column_integer(row, 1);
        read_line(store, row, ARRAY_ADD(&lines));
    }
    statement_close(row);
    for (size_t i = 0; status >= 0 && i < lines.count; i++)
        status = item_read_head(store, lines.ids[i], pool, &lines.items[i].head, error);
    status = transaction_end(store, status, error);
    if (status >= 0) {
        *out = pool_copy(pool, lines.items, lines.count, sizeof **out);
        *count = lines.count;
    }
    memory_free(lines.ids);
    ARRAY_RELEASE(&lines);
    return status;
}
