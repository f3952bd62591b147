/* What annotators asked, and what was answered; see questions.h. An answer that holds for everybody becomes a
 * ruling. */
#include "store/questions.h"

#include "core/base/array.h"
#include "core/text/utf8.h"
#include "store/rulings.h"
#include "store/work_parts.h"

#include "core/base/banned.h"

enum { QUESTION_MOST_BYTES = 4096 };

enum { ASK, LIST, FIND, ANSWER, SEEN };
static const char *const sql[] = {
    [ASK] = "insert into question (uid, item, serving, person, text, at) values (?1, ?2, ?3, ?4, ?5, ?6)",
    [LIST] =
        "select q.id, p.name, t.name, q.text, q.item, q.at, a.text, coalesce(r.name, ''), a.at, a.ruling is not null, "
        "a.seen is not null"
        " from question q join person p on p.id = q.person join item i on i.id = q.item join track t on t.id = i.track"
        " left join answer a on a.question = q.id left join person r on r.id = a.person where ?1 is null or q.person = "
        "?1 order by q.id",
    [FIND] = ("select q.person, i.track, a.question is not null, a.seen from question q join item i on i.id = q.item"
              " left join answer a on a.question = q.id where q.id = ?1"),
    [ANSWER] = "insert into answer (question, text, person, ruling, at) values (?1, ?2, ?3, ?4, ?5)",
    [SEEN] = "update answer set seen = ?2 where question = ?1 and seen is null",
};
const struct statement_table questions_statements = STATEMENT_TABLE(sql);

static int check_text(struct slice text, struct error *error) {
    if (text.length == 0)
        return error_set(error, STATUS_USAGE, "the text is empty");
    if (text.length > QUESTION_MOST_BYTES)
        return error_set(error, STATUS_INPUT, "the text is longer than %d bytes", QUESTION_MOST_BYTES);
    if (!utf8_valid(text))
        return error_set(error, STATUS_USAGE, "the text is not UTF-8");
    return STATUS_OK;
}

static int ask(struct store *store, const struct viewer *viewer, int64_t id, struct slice text, struct error *error) {
    struct serving_row serving;
    struct ulid uid = ulid_make(store->world);
    int status = serving_row_read(store, id, &serving, error);
    if (status >= 0 && serving.person != viewer->person)
        status = error_set(error, STATUS_USAGE, "item '%s' was not dealt to '%s'", store_ref(store, serving.item).text,
                           viewer->name);
    if (status >= 0)
        status = statement_run(store, &sql[ASK],
                               VALUES(value_string(uid.text), value_integer(serving.item), value_integer(id),
                                      value_integer(viewer->person), value_text(text), value_integer(store_now(store))),
                               error);
    if (status >= 0)
        status = event_append(
            store,
            &(struct event_entry){
                .person = viewer->person, .verb = "ask", .subject = SUBJECT_QUESTION, .id = statement_inserted(store)},
            NULL, error);
    return status;
}

int question_ask(struct store *store, const struct viewer *viewer, int64_t serving, struct slice text,
                 struct error *error) {
    int status = check_text(text, error);
    if (status >= 0)
        status = transaction_begin(store, "question_ask", error);
    if (status < 0)
        return status;
    status = require_worker(store, viewer, error);
    if (status >= 0)
        status = ask(store, viewer, serving, text, error);
    return transaction_end(store, status, error);
}

static void read_question(struct store *store, struct sqlite3_stmt *row, struct pool *pool, struct question *out) {
    *out = (struct question){
        .id = column_integer(row, 0),
        .person = column_copy(row, 1, pool),
        .track = column_copy(row, 2, pool),
        .text = column_copy(row, 3, pool),
        .ref = store_ref(store, column_integer(row, 4)),
        .at = column_integer(row, 5),
        .answer = column_copy(row, 6, pool),
        .answer_person = column_copy(row, 7, pool),
        .answer_at = column_integer(row, 8),
        .ruling = column_integer(row, 9) != 0,
        .seen = column_integer(row, 10) != 0,
    };
}

int question_list(struct store *store, const struct viewer *viewer, struct pool *pool, struct question **out,
                  size_t *count, struct error *error) {
    struct {
        struct question *items;
        size_t count, capacity;
    } questions = {0};
    struct sqlite3_stmt *row;
    struct value whose = viewer_sees_all(viewer) ? value_null() : value_integer(viewer->person);
    int status = statement_open(store, &sql[LIST], VALUES(whose), &row, error);
    if (status < 0)
        return status;
    while ((status = statement_step(store, row, error)) == STEP_ROW)
        read_question(store, row, pool, ARRAY_ADD(&questions));
    statement_close(row);
    if (status >= 0) {
        *out = pool_copy(pool, questions.items, questions.count, sizeof **out);
        *count = questions.count;
    }
    ARRAY_RELEASE(&questions);
    return status;
}

struct asked {
    int64_t person, track;
    bool answered, seen;
};

static int find_question(struct store *store, int64_t id, struct asked *out, struct error *error) {
    struct sqlite3_stmt *row;
    int status = statement_find(store, &sql[FIND], VALUES(value_integer(id)), &row, error);
    if (status != STEP_ROW)
        return status < 0 ? status : error_set(error, STATUS_USAGE, "there is no question '%lld'", (long long)id);
    *out = (struct asked){column_integer(row, 0), column_integer(row, 1), column_integer(row, 2) != 0,
                          !column_absent(row, 3)};
    statement_close(row);
    return STATUS_OK;
}

static int answer(struct store *store, const struct viewer *viewer, int64_t id, struct slice text, bool ruling,
                  struct error *error) {
    struct asked asked = {0};
    int64_t rule = 0;
    int status = find_question(store, id, &asked, error);
    if (status >= 0 && asked.answered)
        status = error_set(error, STATUS_NO, "question %lld is answered already", (long long)id);
    if (status >= 0 && ruling)
        status = ruling_record(store, viewer, asked.track, text, &rule, error);
    if (status >= 0)
        status = statement_run(store, &sql[ANSWER],
                               VALUES(value_integer(id), value_text(text), value_id(viewer->person), value_id(rule),
                                      value_integer(store_now(store))),
                               error);
    if (status >= 0)
        status = event_append(
            store,
            &(struct event_entry){.person = viewer->person, .verb = "answer", .subject = SUBJECT_QUESTION, .id = id},
            NULL, error);
    return status;
}

int question_answer(struct store *store, const struct viewer *viewer, int64_t id, struct slice text, bool ruling,
                    struct error *error) {
    int status = require_lead(viewer, "questions answer", error);
    if (status >= 0)
        status = check_text(text, error);
    if (status >= 0)
        status = transaction_begin(store, "question_answer", error);
    if (status < 0)
        return status;
    return transaction_end(store, answer(store, viewer, id, text, ruling, error), error);
}

static int seen(struct store *store, const struct viewer *viewer, int64_t id, struct error *error) {
    struct asked asked = {0};
    int status = find_question(store, id, &asked, error);
    if (status >= 0 && asked.person != viewer->person)
        return error_set(error, STATUS_USAGE, "question %lld was asked by somebody else", (long long)id);
    if (status >= 0 && asked.answered)
        status = statement_run(store, &sql[SEEN], VALUES(value_integer(id), value_integer(store_now(store))), error);
    return status;
}

int question_seen(struct store *store, const struct viewer *viewer, int64_t id, struct error *error) {
    int status = transaction_begin(store, "question_seen", error);
    if (status < 0)
        return status;
    return transaction_end(store, seen(store, viewer, id, error), error);
}
