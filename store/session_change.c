/* What the lead does in an open session: go on without somebody, call a second vote, say what became of an item,
 * write references, close. See session.h. */
#include "store/session.h"

#include <stdio.h>

#include "core/base/array.h"
#include "core/base/buffer.h"
#include "store/session_parts.h"

#include "core/base/banned.h"

enum {
    FIND_PERSON,
    EXCUSE,
    FIND_ITEM,
    ITEMS,
    CALLED,
    VOTERS,
    SET_VERDICT,
    REFERENCE_BATCH,
    REFERENCE_POSITION,
    FIRST_OUT,
    SECOND_OUT,
    SECOND_OF,
    EXCUSE_REST,
    CLOSE
};
#define STILL_OUT                                                                                      \
    "exists (select 1 from batch b join serving s on s.batch = b.id and s.kind = 5 where b.session = " \
    "session_person.session and b.person = session_person.person and b.handed_in is null)"
static const char *const sql[] = {
    [FIND_PERSON] =
        ("select excused is not null or not " STILL_OUT " from session_person where session = ?1 and person = ?2"),
    [EXCUSE] = "update session_person set excused = ?3 where session = ?1 and person = ?2",
    [FIND_ITEM] = "select 1 from session_item where session = ?1 and item = ?2",
    [ITEMS] = "select item from session_item where session = ?1 order by position",
    [CALLED] = "select 1 from batch b join serving s on s.batch = b.id and s.kind = 6 and s.item = ?2"
               " where b.session = ?1 limit 1",
    [VOTERS] = "select y.person from batch b join session_person y on y.session = b.session and y.person = b.person"
               " join serving s on s.batch = b.id and s.kind = 5 and s.item = ?2 and s.state = 1"
               " where b.session = ?1 and b.handed_in is not null order by y.number",
    [SET_VERDICT] = "update session_item set verdict = ?3, note = ?4 where session = ?1 and item = ?2",
    [REFERENCE_BATCH] = "select b.id from batch b where b.session = ?1 and b.person = ?2 and exists (select 1 from"
                        " serving s where s.batch = b.id and s.kind = 7)",
    [REFERENCE_POSITION] = "select position from serving where batch = ?1 and item = ?2",
    [FIRST_OUT] = ("select p.name, 1 from session_person join person p on p.id = session_person.person"
                   " where session = ?1 and excused is null and " STILL_OUT " order by p.name"),
    [SECOND_OUT] = ("select p.name, count(*) from batch b join person p on p.id = b.person where b.session = ?1"
                    " and b.handed_in is null and exists (select 1 from serving s where s.batch = b.id and s.kind = 6)"
                    " group by p.id order by p.name"),
    [SECOND_OF] = ("select exists (select 1 from batch b join serving s on s.batch = b.id and s.kind = 6"
                   " where b.session = ?1 and b.person = ?2 and b.handed_in is null)"),
    [EXCUSE_REST] = ("update session_person set excused = ?2 where session = ?1 and excused is null and " STILL_OUT),
    [CLOSE] = "update session set closed = ?2 where id = ?1",
};
const struct statement_table session_change_statements = STATEMENT_TABLE(sql);

static int begin(struct store *store, const struct viewer *viewer, const char *verb, int64_t session,
                 struct session_row *row, struct error *error) {
    int status = require_lead(viewer, "calibrate", error);
    if (status >= 0)
        status = transaction_begin(store, verb, error);
    if (status < 0)
        return status;
    status = session_row_open(store, session, row, error);
    return status < 0 ? transaction_end(store, status, error) : status;
}

static int excuse(struct store *store, const struct viewer *viewer, int64_t session, int64_t person,
                  struct error *error) {
    int64_t answered = 0, second = 0;
    int status = statement_integer(store, &sql[FIND_PERSON], VALUES(value_integer(session), value_integer(person)),
                                   &answered, error);
    if (status == STEP_DONE)
        return error_set(error, STATUS_USAGE, "nobody like that is invited to this session");
    if (status >= 0 && answered)
        status = statement_integer(store, &sql[SECOND_OF], VALUES(value_integer(session), value_integer(person)),
                                   &second, error);
    if (status >= 0 && answered && !second)
        return error_set(error, STATUS_NO, "their votes are not waited for any more");
    if (status >= 0 && !answered)
        status = statement_run(store, &sql[EXCUSE],
                               VALUES(value_integer(session), value_integer(person), value_integer(store_now(store))),
                               error);
    if (status >= 0)
        status = session_end_batches(store, session, person, answered != 0, error);
    return status < 0 ? status : session_log(store, viewer, "excuse", session, "", error);
}

int session_excuse(struct store *store, const struct viewer *viewer, int64_t session, int64_t person,
                   struct error *error) {
    struct session_row row;
    int status = begin(store, viewer, "session_excuse", session, &row, error);
    return status < 0 ? status : transaction_end(store, excuse(store, viewer, session, person, error), error);
}

static int has_item(struct store *store, int64_t session, int64_t item, struct error *error) {
    int64_t there = 0;
    int status =
        statement_integer(store, &sql[FIND_ITEM], VALUES(value_integer(session), value_integer(item)), &there, error);
    return status == STEP_DONE
               ? error_set(error, STATUS_USAGE, "item '%s' is not in this session", store_ref(store, item).text)
               : status;
}

struct ids {
    int64_t *items;
    size_t count, capacity;
};

static int read_ids(struct store *store, const char *const *statement, const struct value *values, size_t count,
                    struct ids *out, struct error *error) {
    struct sqlite3_stmt *row;
    int status = statement_open(store, statement, values, count, &row, error);
    while (status >= 0 && (status = statement_step(store, row, error)) == STEP_ROW)
        *ARRAY_ADD(out) = column_integer(row, 0);
    statement_close(row);
    return status < 0 ? status : STATUS_OK;
}

static int vote_again(struct store *store, const struct viewer *viewer, const struct session_row *session, int64_t item,
                      size_t *asked, struct error *error) {
    struct ids voters = {0};
    int64_t called = 0;
    int status = has_item(store, session->id, item, error);
    if (status >= 0)
        status = statement_integer(store, &sql[CALLED], VALUES(value_integer(session->id), value_integer(item)),
                                   &called, error);
    if (status == STEP_ROW)
        status =
            error_set(error, STATUS_NO, "a second vote on item '%s' was called already", store_ref(store, item).text);
    if (status >= 0)
        status = read_ids(store, &sql[VOTERS], VALUES(value_integer(session->id), value_integer(item)), &voters, error);
    if (status >= 0 && voters.count == 0)
        status = error_set(error, STATUS_NO, "nobody has voted on item '%s' yet", store_ref(store, item).text);
    for (size_t i = 0; status >= 0 && i < voters.count; i++)
        status = session_add_batch(store, session, voters.items[i], KIND_REVOTE, &item, 1, error);
    *asked = voters.count;
    ARRAY_RELEASE(&voters);
    return status < 0 ? status
                      : session_log(store, viewer, "vote-again", session->id, store_ref(store, item).text, error);
}

int session_vote_again(struct store *store, const struct viewer *viewer, int64_t session, int64_t item, size_t *asked,
                       struct error *error) {
    struct session_row row;
    int status = begin(store, viewer, "session_vote_again", session, &row, error);
    return status < 0 ? status : transaction_end(store, vote_again(store, viewer, &row, item, asked, error), error);
}

static int judge_item(struct store *store, const struct viewer *viewer, int64_t session, int64_t item,
                      enum calibration_verdict verdict, struct slice note, struct error *error) {
    char detail[64];
    int status = has_item(store, session, item, error);
    if (status >= 0)
        status = statement_run(store, &sql[SET_VERDICT],
                               VALUES(value_integer(session), value_integer(item), value_integer(verdict),
                                      note.length ? value_text(note) : value_null()),
                               error);
    snprintf(detail, sizeof detail, "%s %s", store_ref(store, item).text, calibration_verdict_name(verdict));
    return status < 0 ? status : session_log(store, viewer, "verdict", session, detail, error);
}

int session_judge_item(struct store *store, const struct viewer *viewer, int64_t session, int64_t item,
                       enum calibration_verdict verdict, struct slice note, struct error *error) {
    struct session_row row;
    int status = begin(store, viewer, "session_judge_item", session, &row, error);
    return status < 0 ? status
                      : transaction_end(store, judge_item(store, viewer, session, item, verdict, note, error), error);
}

static int reference(struct store *store, const struct viewer *viewer, const struct session_row *session, int64_t item,
                     struct pool *pool, struct batch *out, int *position, struct error *error) {
    struct ids items = {0};
    struct value who[] = {value_integer(session->id), value_integer(viewer->person)};
    int64_t batch = 0, at = 0;
    int status = has_item(store, session->id, item, error);
    if (status >= 0)
        status = statement_integer(store, &sql[REFERENCE_BATCH], who, 2, &batch, error);
    if (status == STEP_DONE) {
        status = read_ids(store, &sql[ITEMS], who, 1, &items, error);
        if (status >= 0)
            status = session_add_batch(store, session, viewer->person, KIND_REFERENCE, items.items, items.count, error);
        if (status >= 0)
            status = statement_integer(store, &sql[REFERENCE_BATCH], who, 2, &batch, error);
        ARRAY_RELEASE(&items);
    }
    if (status >= 0)
        status = statement_integer(store, &sql[REFERENCE_POSITION], VALUES(value_integer(batch), value_integer(item)),
                                   &at, error);
    *position = (int)at;
    return status < 0 ? status : batch_read(store, batch, pool, out, error);
}

int session_reference(struct store *store, const struct viewer *viewer, int64_t session, int64_t item,
                      struct pool *pool, struct batch *out, int *position, struct error *error) {
    struct session_row row;
    int status = begin(store, viewer, "session_reference", session, &row, error);
    return status < 0 ? status
                      : transaction_end(store, reference(store, viewer, &row, item, pool, out, position, error), error);
}

/* "first votes of ana, ben" with what it is called, or nothing: as many names as a sentence bears. */
static int add_waited_for(struct store *store, int statement, int64_t session, const char *what, struct buffer *out,
                          struct error *error) {
    enum { NAMES_SHOWN = 6 };
    struct sqlite3_stmt *row;
    int count = 0;
    int status = statement_open(store, &sql[statement], VALUES(value_integer(session)), &row, error);
    for (; status >= 0 && (status = statement_step(store, row, error)) == STEP_ROW; count++) {
        if (count >= NAMES_SHOWN)
            continue;
        if (count == 0)
            buffer_add_format(out, "%s%s of ", out->length ? " and " : "", what);
        buffer_add_format(out, "%s" SLICE_FORMAT, count ? ", " : "", SLICE_ARGS(column_slice(row, 0)));
        if (column_integer(row, 1) > 1)
            buffer_add_format(out, " (%lld)", (long long)column_integer(row, 1));
    }
    statement_close(row);
    if (count > NAMES_SHOWN)
        buffer_add_format(out, " and %d more", count - NAMES_SHOWN);
    return status < 0 ? status : STATUS_OK;
}

static int refuse_while_out(struct store *store, int64_t session, struct error *error) {
    struct buffer out = BUFFER_INIT;
    int status = add_waited_for(store, FIRST_OUT, session, "first votes", &out, error);
    if (!status)
        status = add_waited_for(store, SECOND_OUT, session, "second votes", &out, error);
    if (!status && out.length)
        status = error_set(error, STATUS_NO, "still out: %s; --anyway goes on without them", out.data);
    buffer_release(&out);
    return status;
}

static int close_session(struct store *store, const struct viewer *viewer, int64_t session, bool anyway,
                         struct error *error) {
    int status = anyway ? STATUS_OK : refuse_while_out(store, session, error);
    if (status >= 0)
        status = statement_run(store, &sql[EXCUSE_REST],
                               VALUES(value_integer(session), value_integer(store_now(store))), error);
    if (status >= 0)
        status = session_end_batches(store, session, 0, true, error);
    if (status >= 0)
        status =
            statement_run(store, &sql[CLOSE], VALUES(value_integer(session), value_integer(store_now(store))), error);
    return status < 0 ? status : session_log(store, viewer, "close-session", session, "", error);
}

int session_qualify(struct store *store, const struct viewer *viewer, const struct campaign *campaign,
                    const struct session *session, const struct session_person *person, struct slice words,
                    struct error *error) {
    struct buffer why = BUFFER_INIT;
    buffer_add_format(&why, "calibration " SLICE_FORMAT ": " SLICE_FORMAT, SLICE_ARGS(session->name),
                      SLICE_ARGS(words)); /* session.c finds it by these words */
    int status = standing_say(store, viewer, campaign, person->name.data, session->track.data, true, person->batch,
                              buffer_slice(&why), error);
    buffer_release(&why);
    return status;
}

int session_close(struct store *store, const struct viewer *viewer, int64_t session, bool anyway, struct error *error) {
    struct session_row row;
    int status = begin(store, viewer, "session_close", session, &row, error);
    return status < 0 ? status : transaction_end(store, close_session(store, viewer, session, anyway, error), error);
}
