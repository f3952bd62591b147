/* One serving with its texts, its draft and what was submitted. See batch.h. */
#include "store/work_parts.h"

#include "core/base/banned.h"

enum { NEXT, AT_POSITION, READ_DRAFT, READ_JUDGMENT, READ_MARKS, HAS_QUESTION };
static const char *const sql[] = {
    [NEXT] = "select id from serving where batch = ?1 and state = 0 order by position limit 1",
    [AT_POSITION] = "select id from serving where batch = ?1 and position = ?2",
    [READ_DRAFT] = "select body, at from draft where serving = ?1",
    [READ_JUDGMENT] =
        "select prefer, strength, confidence, ranking, ratings, rationale, rubric, ms from judgment where id = ?1",
    [READ_MARKS] = "select kind, name from mark where judgment = ?1",
    [HAS_QUESTION] = "select exists (select 1 from question where serving = ?1)",
};
const struct statement_table serve_statements = STATEMENT_TABLE(sql);

static unsigned word_bit(struct slice word, const char *const *words, int count) {
    for (int i = 0; i < count; i++)
        if (slice_is(word, words[i]))
            return 1u << i;
    return 0;
}

static int read_marks(struct store *store, int64_t judgment, const struct rubric *rubric, struct judgment *out,
                      struct error *error) {
    struct sqlite3_stmt *row;
    int status = statement_open(store, &sql[READ_MARKS], VALUES(value_integer(judgment)), &row, error);
    while (status >= 0 && (status = statement_step(store, row, error)) == STEP_ROW) {
        if (column_integer(row, 0) == 0)
            out->tags |= word_bit(column_slice(row, 1), rubric->tags, rubric->tag_count);
        else
            out->flags |= word_bit(column_slice(row, 1), rubric->flags, rubric->flag_count);
    }
    statement_close(row);
    return status < 0 ? status : STATUS_OK;
}

/* What was submitted, by the words of the given rubric; ratings that do not fit it are missing. */
static int read_judgment(struct store *store, int64_t judgment, const struct rubric *rubric, struct pool *pool,
                         struct serving *out, struct error *error) {
    struct sqlite3_stmt *row;
    int status = statement_find(store, &sql[READ_JUDGMENT], VALUES(value_integer(judgment)), &row, error);
    if (status != STEP_ROW)
        return status;
    struct slice rationale = column_copy(row, 5, pool);
    out->judged = true;
    out->judgment = (struct judgment){
        .prefer = (int)column_integer(row, 0),
        .strength = (int)column_integer(row, 1),
        .confidence = column_absent(row, 2) ? -1 : (int)column_integer(row, 2),
        .ranking = column_ranking(row, 3),
        .rationale = rationale.data ? rationale : slice_of(""),
    };
    ratings_clear(&out->judgment.ratings);
    if (!column_absent(row, 4))
        ratings_read(column_slice(row, 4), &out->judgment.ratings, rubric, out->item.response_count);
    out->rubric = column_integer(row, 6);
    out->active_ms = column_absent(row, 7) ? 0 : column_integer(row, 7);
    statement_close(row);
    return read_marks(store, judgment, rubric, &out->judgment, error);
}

/* What could tell where the item comes from is not given out: its name, its line, who made the responses. */
static void hide_origin(struct serving *out, struct pool *pool) {
    out->item.name = slice_of(pool_string(pool, slice_of(out->ref.text)));
    out->item.line = 0;
    out->item.has_priority = false;
    out->item.priority = 0;
    for (size_t i = 0; i < out->item.response_count; i++) {
        static const char *const letters = "abcdefghijklmnopqrstuvwxyz";
        out->item.responses[i].name = slice_make(letters + i, 1);
        out->item.responses[i].model = SLICE_ABSENT;
    }
}

static int load(struct store *store, int64_t id, const struct rubric *rubric, struct pool *pool, struct serving *out,
                struct error *error) {
    struct serving_row serving;
    struct sqlite3_stmt *row;
    int64_t judgment = 0, asked = 0;
    int status = serving_row_read(store, id, &serving, error);
    if (status < 0)
        return status;
    *out = (struct serving){
        .id = id,
        .position = serving.position,
        .ref = store_ref(store, serving.item),
        .state = serving.state,
        .reason = serving.reason,
        .draft = slice_of(""),
    };
    memcpy(out->shown, serving.shown, sizeof out->shown);
    status = item_read(store, serving.item, pool, &out->item, error);
    if (status >= 0)
        hide_origin(out, pool);
    if (status >= 0 &&
        (status = statement_find(store, &sql[READ_DRAFT], VALUES(value_integer(id)), &row, error)) == STEP_ROW) {
        out->draft = column_copy(row, 0, pool);
        out->draft_at = column_integer(row, 1);
        statement_close(row);
    }
    if (status >= 0)
        status = serving_judgment(store, &serving, &judgment, error);
    if (status == STEP_ROW)
        status = read_judgment(store, judgment, rubric, pool, out, error);
    if (status >= 0)
        status = statement_integer(store, &sql[HAS_QUESTION], VALUES(value_integer(id)), &asked, error);
    out->question = asked != 0;
    return status < 0 ? status : STATUS_OK;
}

int serving_next(struct store *store, const struct batch *batch, const struct rubric *rubric, struct pool *pool,
                 struct serving *out, struct error *error) {
    int64_t id = 0;
    int status = transaction_read(store, "serving_next", error);
    if (status < 0)
        return status;
    *out = (struct serving){0};
    status = statement_integer(store, &sql[NEXT], VALUES(value_integer(batch->id)), &id, error);
    if (status == STEP_ROW)
        status = load(store, id, rubric, pool, out, error);
    return transaction_end(store, status, error);
}

int serving_load(struct store *store, const struct batch *batch, int position, const struct rubric *rubric,
                 struct pool *pool, struct serving *out, struct error *error) {
    int64_t id = 0;
    int status = transaction_read(store, "serving_load", error);
    if (status < 0)
        return status;
    status = statement_integer(store, &sql[AT_POSITION], VALUES(value_integer(batch->id), value_integer(position)), &id,
                               error);
    if (status == STEP_DONE)
        status = error_set(error, STATUS_USAGE, "there is no item %d in batch %d", position, batch->number);
    if (status >= 0)
        status = load(store, id, rubric, pool, out, error);
    return transaction_end(store, status, error);
}
