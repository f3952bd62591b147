/*
 * Integrity: the file, the schema, the references, the log, and everything that follows from the facts, rebuilt
 * and compared. One snapshot. Each rule is one query that finds what breaks it: a number that names the row, as
 * the sentence says.
 */
#include "store/check.h"

#include <stdio.h>

#include "core/base/array.h"
#include "store/internal.h"

#include "core/base/banned.h"

enum { FILE_WHOLE, REFERENCES, RULES };
static const char *const sql[] = {
    [FILE_WHOLE] = "pragma integrity_check(20)",
    [REFERENCES] = "pragma foreign_key_check",
    /* one row for each finding: a number */
    ("select i.id from item i where (select count(*) from response r where r.id between i.content * 32 and i.content * "
     "32 + 25)"
     " <> length(i.lengths) - length(replace(i.lengths, ' ', '')) + 1 or not exists (select 1 from response r where "
     "r.id = i.content * 32 + 1)"),
    ("select r.id from response r where not exists (select 1 from item i where i.id = r.id / 32 and i.content = i.id)"
     " or (r.id % 32 > 0 and not exists (select 1 from response b where b.id = r.id - 1))"),
    "select i.id from item i join item c on c.id = i.content where c.content <> c.id or c.name <> i.name",
    "select p.id from prompt p where p.id not in (select prompt from item)",
    "select g.item from gold g where not exists (select 1 from gold_answer a where a.gold = g.id)",
    ("select g.item from gold g join gold_answer a on a.gold = g.id join item i on i.id = g.item"
     " where a.prefer < -2 or a.prefer > length(i.lengths) - length(replace(i.lengths, ' ', ''))"),
    ("select j.id from judgment j join item i on i.id = j.item"
     " where j.prefer > length(i.lengths) - length(replace(i.lengths, ' ', '')) or (j.prefer < 0 and j.strength <> 0)"
     " or j.confidence not between 0 and 100"),
    ("select j.id from judgment j join serving s on s.id = j.serving where s.item <> j.item or s.person <> j.person or "
     "s.kind <> j.kind"
     " or s.round <> j.round or s.shown is not j.shown"),
    ("select j.id from judgment j join serving s on s.id = j.serving join batch b on b.id = s.batch where b.session is "
     "not j.session"),
    ("select j.id from judgment j where j.serving is not null and 'judgment ' || j.uid not in (select subject from "
     "event)"),
    ("select j.serving from judgment j where j.serving is not null and j.id not in (select judgment from retraction)"
     " group by j.serving having count(*) > 1"),
    ("select s.id from serving s where s.state = 1 and s.id not in (select j.serving from judgment j where j.serving "
     "is "
     "not null"
     " and j.id not in (select judgment from retraction))"),
    "select s.id from serving s join batch b on b.id = s.batch where s.state = 0 and b.handed_in is not null",
    ("select s.id from serving s join batch b on b.id = s.batch where s.person <> b.person or s.position not between 1 "
     "and b.size"
     " or not exists (select 1 from item i where i.id = s.item and i.track = b.track and i.prompt = s.prompt)"),
    "select b.id from batch b where b.size <> (select count(*) from serving s where s.batch = b.id)",
    ("select s.id from serving s join item i on i.id = s.item"
     " where length(s.shown) <> length(i.lengths) - length(replace(i.lengths, ' ', '')) + 1"),
    "select h.id from hold h where h.until < h.since",
    ("with logged (subject, verb) as (select subject, verb from event where verb in ('release-hold', 'redo-hold', "
     "'withdraw-hold'))"
     " select h.id from hold h left join logged l on l.subject = 'hold ' || h.uid left join hold_decision d on d.hold "
     "= h.id"
     " where d.decision is not case l.verb when 'release-hold' then 'released' when 'redo-hold' then 'redone'"
     " when 'withdraw-hold' then 'withdrawn' end"),
    "select h.id from hold h where 'hold ' || h.uid not in (select subject from event where verb = 'hold')",
    "select r.judgment from retraction r where 'retraction ' || r.uid not in (select subject from event)",
    ("select g.item from gold g where 'gold ' || g.id not in (select subject from event where verb in ('gold', "
     "'promote-gold', 'amend-gold'))"),
    /* an amended key is retired by the event of the next one */
    ("with logged (subject, void) as (select subject, max(verb = 'void-gold') from event where verb in ('retire-gold', "
     "'void-gold') group by subject)"
     " select g.item from gold g left join logged l on l.subject = 'gold ' || g.id where g.void <> coalesce(l.void, 0)"
     " or (g.retired is not null and l.subject is null and not exists (select 1 from gold n where n.item = g.item and"
     " n.id > g.id))"),
    ("select s.id from serving s join batch b on b.id = s.batch where case b.purpose when 1 then s.kind <> 3 when 2 "
     "then "
     "s.kind <> 4 else s.kind in (3, 4) end or (s.kind in (1, 3, 4) and not exists (select 1 from gold g where "
     "g.item = s.item and g.use = case s.kind when 1 then 0 when 4 then 1 else 2 end))"),
    ("select p.id from person p where (select count(*) from standing s where s.person = p.id and s.track is not null) "
     "<> "
     "(select count(*) from event e where e.subject = 'person ' || p.uid and e.verb in ('qualify', "
     "'fail-qualification', "
     "'let-in', 'ask-qualification', 'pause-track', 'lift-pause'))"),
    ("select t.id from track t left join rubric r on r.id = t.rubric where r.id is null and exists (select 1 from "
     "judgment j"
     " join serving s on s.id = j.serving join batch b on b.id = s.batch where b.track = t.id)"),
    ("select distinct p.person from place p join person x on x.id = p.person and x.languages = '' and x.categories = ''"
     " join queue q on q.track = p.track and q.lane = p.lane and (q.rank, q.item) <= (p.rank, p.item)"
     " where not exists (select 1 from serving s where s.person = p.person and s.item = q.item and s.round = q.round)"
     " and not exists (select 1 from judgment j where j.item = q.item and j.person = p.person and j.round = q.round)"),
};
const struct statement_table check_statements = STATEMENT_TABLE(sql);

/* The sentences of the rules, in their order: part, what the number is, what is wrong. */
static const struct {
    const char *part, *thing, *wrong;
} sentences[] = {
    {"items", "item", "does not have the responses that it names"},
    {"items", "response", "belongs to no item"},
    {"items", "item", "borrows its responses from an item that has none of its own"},
    {"items", "prompt", "belongs to no item"},
    {"gold", "item", "is gold without an answer"},
    {"gold", "item", "has a gold answer that is none of its responses"},
    {"judgments", "judgment", "has a choice that does not fit its item"},
    {"judgments", "judgment", "is not about what was served"},
    {"judgments", "judgment", "does not name the session that asked for it"},
    {"judgments", "judgment", "is not in the log"},
    {"servings", "serving", "has more than one judgment in force"},
    {"servings", "serving", "counts as judged without a judgment in force"},
    {"servings", "serving", "is still to be done in a batch that was handed in"},
    {"servings", "serving", "does not fit its batch"},
    {"servings", "batch", "does not have as many servings as it says"},
    {"servings", "serving", "was shown in an order that does not fit its item"},
    {"holds", "hold", "ends before it begins"},
    {"holds", "hold", "does not have the decision that is in the log"},
    {"holds", "hold", "is not in the log"},
    {"judgments", "judgment", "is retracted, but not in the log"},
    {"gold", "item", "has gold that is not in the log"},
    {"gold", "item", "has gold that is retired or void, and the log does not say so"},
    {"servings", "serving", "is of a pool that its batch is not dealt from"},
    {"people", "person", "has a standing that is not in the log"},
    {"rubrics", "track", "has judgments and no rubric"},
    {"queue", "person", "has a place behind open items that they were never served"},
};

static int check_file(struct store *store, check_found *found, void *context, struct error *error) {
    struct sqlite3_stmt *row;
    int status = statement_open(store, &sql[FILE_WHOLE], NO_VALUES, &row, error);
    while (status >= 0 && (status = statement_step(store, row, error)) == STEP_ROW)
        if (!slice_is(column_slice(row, 0), "ok"))
            found(context, "file", column_slice(row, 0).data);
    statement_close(row);
    return status;
}

static int check_references(struct store *store, check_found *found, void *context, struct error *error) {
    struct sqlite3_stmt *row;
    int status = statement_open(store, &sql[REFERENCES], NO_VALUES, &row, error);
    while (status >= 0 && (status = statement_step(store, row, error)) == STEP_ROW) {
        char line[300];
        snprintf(line, sizeof line,
                 "row %lld of '" SLICE_FORMAT "' refers to a row of '" SLICE_FORMAT "' that is not there",
                 (long long)column_integer(row, 1), SLICE_ARGS(column_slice(row, 0)), SLICE_ARGS(column_slice(row, 2)));
        found(context, "references", line);
    }
    statement_close(row);
    return status;
}

static int check_rule(struct store *store, size_t rule, check_found *found, void *context, struct error *error) {
    struct sqlite3_stmt *row;
    int status = statement_open(store, &sql[RULES + rule], NO_VALUES, &row, error);
    while (status >= 0 && (status = statement_step(store, row, error)) == STEP_ROW) {
        char line[200];
        int64_t id = column_integer(row, 0);
        if (strcmp(sentences[rule].thing, "item") == 0)
            snprintf(line, sizeof line, "item %s %s", store_ref(store, id).text, sentences[rule].wrong);
        else
            snprintf(line, sizeof line, "%s %lld %s", sentences[rule].thing, (long long)id, sentences[rule].wrong);
        found(context, sentences[rule].part, line);
    }
    statement_close(row);
    return status;
}

/* Counts findings on their way to the caller. */
struct counter {
    check_found *found;
    void *context;
    uint64_t count;
};

static void count_found(void *context, const char *part, const char *finding) {
    struct counter *counter = context;
    counter->count++;
    if (counter->found)
        counter->found(counter->context, part, finding);
}

_Static_assert(COUNT_OF(sql) - RULES == COUNT_OF(sentences), "a sentence for each rule");

int store_check(struct store *store, check_found *found, void *context, struct error *error) {
    struct counter counter = {found, context, 0};
    int status = transaction_read(store, "store_check", error);
    if (status < 0)
        return status;
    status = check_file(store, count_found, &counter, error);
    if (status >= 0 && !counter.count) /* nothing that a torn file says can be relied on */
        status = schema_compare(store, count_found, &counter, error);
    if (status >= 0 && !counter.count) {
        status = check_references(store, count_found, &counter, error);
        if (status >= 0)
            status = log_verify(store, count_found, &counter, error);
        for (size_t rule = 0; status >= 0 && rule < COUNT_OF(sentences); rule++)
            status = check_rule(store, rule, count_found, &counter, error);
        if (status >= 0)
            status = queue_verify(store, count_found, &counter, error);
    }
    status = transaction_end(store, status, error);
    if (status >= 0 && counter.count)
        return error_set(error, STATUS_NO, "%llu finding%s in '%s'", (unsigned long long)counter.count,
                         counter.count == 1 ? "" : "s", store->path);
    return status < 0 ? status : STATUS_OK;
}
