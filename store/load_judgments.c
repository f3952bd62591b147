/* Judgments one by one, in order of submission. An annotator gets their own final ones, with the item's
 * reference for its name and without kind. */
#include "core/base/memory.h"
#include "store/internal.h"
#include "store/load.h"

#include "core/base/banned.h"

#define LINE                                                                                                         \
    "select j.uid, i.name, t.name, p.name, j.item, p.role, j.kind, j.round, j.prefer, j.strength, j.confidence, "    \
    "j.ranking, j.rationale,"                                                                                        \
    " j.shown, j.ms, j.at, j.rubric, j.ratings, r.name, r.hash, r.version, j.serving is null or b.handed_in is not " \
    "null, b.number, j.id,"                                                                                          \
    " i.content, exists (select 1 from hold h left join hold_decision d on d.hold = h.id where h.person = j.person " \
    "and h.track = i.track"                                                                                          \
    "  and j.id >= h.since and (h.until is null or j.id <= h.until) and (h.category is null or h.category is "       \
    "i.category)"                                                                                                    \
    "  and (d.decision is null or d.decision = 'redone'))"                                                           \
    " from judgment j join item i on i.id = j.item join track t on t.id = i.track join person p on p.id = j.person"  \
    " left join rubric r on r.id = j.rubric left join serving s on s.id = j.serving left join batch b on b.id = "    \
    "s.batch"                                                                                                        \
    " where (?1 is null or t.name = ?1) and j.at >= ?2 and (?3 = 0 or j.at < ?3)"                                    \
    " and (?4 or j.serving is null or b.handed_in is not null) and not exists (select 1 from retraction x where "    \
    "x.judgment = j.id)"
enum { ALL, OWN, NAMES, MARKS };
static const char *const sql[] = {
    [ALL] = (LINE " order by j.id"),
    [OWN] = (LINE " and j.person = ?5 order by j.id"),
    [NAMES] = "select name, form from response where id between ?1 * 32 and ?1 * 32 + 31 order by id",
    [MARKS] = "select kind, name from mark where judgment = ?1 order by kind, name",
};
const struct statement_table load_judgments_statements = STATEMENT_TABLE(sql);

static int read_names(struct store *store, int64_t content, struct pool *pool, struct judgment_line *line,
                      struct error *error) {
    struct sqlite3_stmt *row;
    line->response_count = 0;
    int status = statement_open(store, &sql[NAMES], VALUES(value_integer(content)), &row, error);
    while (status >= 0 && line->response_count < LIMIT_RESPONSES &&
           (status = statement_step(store, row, error)) == STEP_ROW) {
        line->response_names[line->response_count++] = column_copy(row, 0, pool);
        line->redacted |= column_integer(row, 1) == FORM_REDACTED;
    }
    statement_close(row);
    return status;
}

static int read_marks(struct store *store, int64_t judgment, struct pool *pool, struct judgment_line *line,
                      struct error *error) {
    struct buffer words[2] = {BUFFER_INIT, BUFFER_INIT};
    struct sqlite3_stmt *row;
    int status = statement_open(store, &sql[MARKS], VALUES(value_integer(judgment)), &row, error);
    while (status >= 0 && (status = statement_step(store, row, error)) == STEP_ROW) {
        struct buffer *to = &words[column_integer(row, 0) == 1];
        if (to->length)
            buffer_add_char(to, ',');
        buffer_add_slice(to, column_slice(row, 1));
    }
    statement_close(row);
    line->tags = pool_slice(pool, buffer_slice(&words[0]));
    line->flags = pool_slice(pool, buffer_slice(&words[1]));
    buffer_release(&words[0]);
    buffer_release(&words[1]);
    return status;
}

/* Copies a short text into a fixed place; what does not fit is left out whole. */
static void copy_short(char *to, size_t size, struct slice text) {
    to[0] = '\0';
    if (text.length < size && text.data)
        memcpy(to, text.data, text.length + 1);
}

static int read_line(struct store *store, struct sqlite3_stmt *row, bool all, struct pool *pool,
                     struct judgment_line *line, struct error *error) {
    *line = (struct judgment_line){.uid = column_copy(row, 0, pool),
                                   .track = column_copy(row, 2, pool),
                                   .annotator = column_copy(row, 3, pool),
                                   .ref = store_ref(store, column_integer(row, 4)),
                                   .role = (enum person_role)column_integer(row, 5),
                                   .kind = all ? (enum kind)column_integer(row, 6) : KIND_PRODUCTION,
                                   .kind_hidden = !all,
                                   .round = (int)column_integer(row, 7),
                                   .active_ms = column_absent(row, 14) ? -1 : column_integer(row, 14),
                                   .at = column_integer(row, 15),
                                   .rubric = column_integer(row, 16),
                                   .ratings = column_copy(row, 17, pool),
                                   .rubric_name = column_copy(row, 18, pool),
                                   .rubric_hash = column_copy(row, 19, pool),
                                   .rubric_version = (int)column_integer(row, 20),
                                   .final = column_integer(row, 21) != 0,
                                   .held = column_integer(row, 25) != 0,
                                   .batch_number = (int)column_integer(row, 22)};
    line->item = all ? column_copy(row, 1, pool) : pool_slice(pool, slice_of(line->ref.text));
    struct judgment *judgment = &line->judgment;
    ratings_clear(&judgment->ratings);
    judgment->prefer = (int)column_integer(row, 8);
    judgment->strength = (int)column_integer(row, 9);
    judgment->confidence = column_absent(row, 10) ? -1 : (int)column_integer(row, 10);
    judgment->rationale = column_absent(row, 12) ? slice_of("") : column_copy(row, 12, pool);
    copy_short(judgment->ranking.text, sizeof judgment->ranking.text, column_slice(row, 11));
    copy_short(line->shown, sizeof line->shown, column_slice(row, 13));
    int status = read_names(store, column_integer(row, 24), pool, line, error);
    return status < 0 ? status : read_marks(store, column_integer(row, 23), pool, line, error);
}

int load_judgments(struct store *store, const struct viewer *viewer, const struct load_scope *scope,
                   judgment_visit *visit, void *context, struct error *error) {
    bool all = viewer_sees_all(viewer);
    int64_t person = all ? scope->person : viewer->person;
    struct pool pool = POOL_INIT;
    struct judgment_line *line = memory_new(1, sizeof *line);
    struct sqlite3_stmt *row = NULL;
    int status = transaction_read(store, "load_judgments", error);
    if (status < 0) {
        memory_free(line);
        return status;
    }
    struct value track = value_string(scope->track), since = value_integer(scope->since),
                 until = value_integer(scope->until);
    struct value open = value_integer(scope->open && all);
    status = all && !person ? statement_open(store, &sql[ALL], VALUES(track, since, until, open), &row, error)
                            : statement_open(store, &sql[OWN], VALUES(track, since, until, open, value_integer(person)),
                                             &row, error);
    while (status >= 0 && (status = statement_step(store, row, error)) == STEP_ROW) {
        pool_clear(&pool);
        status = read_line(store, row, all, &pool, line, error);
        if (status >= 0)
            status = visit(context, line, error);
    }
    statement_close(row);
    pool_release(&pool);
    memory_free(line);
    return transaction_end(store, status < 0 ? status : STATUS_OK, error);
}
