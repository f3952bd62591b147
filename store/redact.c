/* See redact.h. Items with the same responses (one item on several tracks) go together: their text is one. */
#include "store/redact.h"

#include "core/base/array.h"
#include "store/internal.h"

#include "core/base/banned.h"

#define OF_QUESTIONS "(select 'question ' || uid from question where item = ?1)"
enum {
    SHARING,
    CLEAR_RESPONSES,
    CLEAR_PROMPT,
    PROMPT_KEPT,
    READ_RATIONALES,
    CLEAR_RATIONALE,
    CLEAR_EXTRA,
    CLEAR_GOLD,
    CLEAR_ANSWERS,
    CLEAR_QUESTIONS,
    CLEAR_CONTESTS,
    CLEAR_NOTES,
    CLEAR_DRAFTS,
    CLEAR_ITEM_DETAILS,
    CLEAR_GOLD_DETAILS,
    CLEAR_OTHER_DETAILS,
    SET_ASIDE,
    RETIRE
};
/* form 2 is FORM_REDACTED; key 0: no look-up by the text that was there */
static const char *const sql[] = {
    [SHARING] = "select id from item where content = (select content from item where id = ?1) order by id",
    [CLEAR_RESPONSES] =
        "update response set form = 2, body = '' where id between"
        " (select content * 32 from item where id = ?1) and (select content * 32 + 31 from item where id = ?1)",
    [CLEAR_PROMPT] = "update prompt set form = 2, body = '', key = 0 where id = (select prompt from item where id = ?1)"
                     " and not exists (select 1 from item o join response r on r.id = o.content * 32"
                     " where o.prompt = prompt.id and r.form <> 2)",
    [PROMPT_KEPT] = "select p.form <> 2 from item i join prompt p on p.id = i.prompt where i.id = ?1",
    [READ_RATIONALES] = "select id, rationale from judgment where item = ?1 and rationale is not null",
    [CLEAR_RATIONALE] = "update judgment set rationale = null, redacted = ?2 where id = ?1",
    [CLEAR_EXTRA] = "delete from item_extra where item = ?1",
    [CLEAR_GOLD] = "update gold set explanation = null, why = null where item = ?1",
    [CLEAR_ANSWERS] = "update answer set text = '' where question in (select id from question where item = ?1)",
    [CLEAR_QUESTIONS] = "update question set text = '' where item = ?1",
    [CLEAR_CONTESTS] = "update contest set text = '' where item = ?1",
    [CLEAR_NOTES] = "update session_item set note = null where item = ?1",
    [CLEAR_DRAFTS] = "delete from draft where serving in (select id from serving where item = ?1)",
    /* the reason of the redaction itself stays */
    [CLEAR_ITEM_DETAILS] =
        "update event set detail = null where detail <> '' and verb <> 'redact' and subject ="
        " (select 'item ' || t.name || '/' || i.name from item i join track t on t.id = i.track where i.id = ?1)",
    /* also those without words: the row that they are held against has changed */
    [CLEAR_GOLD_DETAILS] = "update event set detail = null where detail is not null and subject in"
                           " (select 'gold ' || id from gold where item = ?1)",
    [CLEAR_OTHER_DETAILS] = "update event set detail = null where detail <> '' and (subject in " OF_QUESTIONS
                            " or subject in (select 'judgment ' || uid from judgment where item = ?1))",
    [SET_ASIDE] = "update serving set state = 2, reason = 0 where item = ?1 and state = 0"
                  " and batch in (select id from batch where handed_in is null)",
    [RETIRE] = "insert into retirement (item, person, why, at) select ?1, ?2, 'redacted', ?3"
               " where ?1 not in (select item from retirement)",
};
const struct statement_table redact_statements = STATEMENT_TABLE(sql);

struct rationale {
    int64_t judgment;
    struct hash hash;
};

/* The words go, their hash stays: the judgment is still what the log says. */
static int clear_rationales(struct store *store, int64_t item, struct error *error) {
    struct {
        struct rationale *items;
        size_t count, capacity;
    } found = {0};
    struct sqlite3_stmt *row;
    int status = statement_open(store, &sql[READ_RATIONALES], VALUES(value_integer(item)), &row, error);
    while (status >= 0 && (status = statement_step(store, row, error)) == STEP_ROW) {
        struct rationale *one = ARRAY_ADD(&found);
        one->judgment = column_integer(row, 0);
        hash_bytes(&one->hash, column_slice(row, 1));
    }
    statement_close(row);
    for (size_t i = 0; status >= 0 && i < found.count; i++)
        status = statement_run(
            store, &sql[CLEAR_RATIONALE],
            VALUES(value_integer(found.items[i].judgment), value_blob(found.items[i].hash.bytes, HASH_BYTES)), error);
    ARRAY_RELEASE(&found);
    return status;
}

static int clear_item(struct store *store, int64_t item, int64_t actor, struct slice why, struct error *error) {
    static const int steps[] = {CLEAR_EXTRA,        CLEAR_GOLD,          CLEAR_ANSWERS, CLEAR_QUESTIONS,
                                CLEAR_CONTESTS,     CLEAR_NOTES,         CLEAR_DRAFTS,  CLEAR_ITEM_DETAILS,
                                CLEAR_GOLD_DETAILS, CLEAR_OTHER_DETAILS, SET_ASIDE};
    int status = clear_rationales(store, item, error);
    for (size_t i = 0; status >= 0 && i < COUNT_OF(steps); i++)
        status = statement_run(store, &sql[steps[i]], VALUES(value_integer(item)), error);
    if (status >= 0)
        status = statement_run(store, &sql[RETIRE],
                               VALUES(value_integer(item), value_id(actor), value_integer(store_now(store))), error);
    if (status >= 0)
        status = queue_remove(store, item, error);
    if (status >= 0)
        status =
            event_append(store,
                         &(struct event_entry){
                             .person = actor, .verb = "redact", .subject = SUBJECT_ITEM, .id = item, .detail = why},
                         NULL, error);
    return status;
}

static int clear_all(struct store *store, int64_t item, int64_t actor, struct slice why, struct redaction *out,
                     struct error *error) {
    struct {
        int64_t *items;
        size_t count, capacity;
    } sharing = {0};
    struct sqlite3_stmt *row;
    int64_t kept;
    int status = statement_open(store, &sql[SHARING], VALUES(value_integer(item)), &row, error);
    while (status >= 0 && (status = statement_step(store, row, error)) == STEP_ROW)
        *ARRAY_ADD(&sharing) = column_integer(row, 0);
    statement_close(row);
    if (status >= 0)
        status = statement_run(store, &sql[CLEAR_RESPONSES], VALUES(value_integer(item)), error);
    for (size_t i = 0; status >= 0 && i < sharing.count; i++) {
        kept = 0;
        status = clear_item(store, sharing.items[i], actor, why, error);
        if (status >= 0)
            status = statement_run(store, &sql[CLEAR_PROMPT], VALUES(value_integer(sharing.items[i])), error);
        if (status >= 0)
            status = statement_integer(store, &sql[PROMPT_KEPT], VALUES(value_integer(sharing.items[i])), &kept, error);
        out->prompt_kept |= kept != 0;
        out->items++;
    }
    ARRAY_RELEASE(&sharing);
    return status;
}

int item_redact(struct store *store, const struct viewer *viewer, int64_t item, struct slice why, struct redaction *out,
                struct error *error) {
    *out = (struct redaction){0};
    int status = require_lead(viewer, "items redact", error);
    if (status >= 0) /* what is overwritten in a page becomes zeros */
        status = statement_script(store, "pragma secure_delete=on", error);
    if (status >= 0)
        status = transaction_begin(store, "item_redact", error);
    if (status < 0)
        return status;
    status = clear_all(store, item, viewer->person, why, out, error);
    return transaction_end(store, status < 0 ? status : STATUS_OK, error);
}

/* vacuum: pages keep remains of cells that were moved before they were cleared; temp_store: not all of it in memory */
int store_scrub(struct store *store, const struct viewer *viewer, struct error *error) {
    int64_t busy = 0;
    int status = require_lead(viewer, "items redact", error);
    if (status >= 0)
        status = statement_script(store, "pragma temp_store=file; vacuum; pragma temp_store=memory", error);
    if (status >= 0)
        status = statement_query(store, "pragma wal_checkpoint(truncate)", &busy, error);
    if (status >= 0 && busy)
        status = error_set(error, STATUS_SYSTEM,
                           "the texts are out of '%s', but others are reading it, and remains may lie in its log file; "
                           "redact again when they are done",
                           store->path);
    return status < 0 ? status : STATUS_OK;
}
