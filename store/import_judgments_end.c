/* Imported judgments into the tables, in order of time: only then it is known which is a person's first
 * on an item. */
#include <stdlib.h>

#include "core/base/array.h"
#include "store/holds.h"
#include "store/import_judgments_parts.h"

#include "core/base/banned.h"

enum { LAST, MET_BEFORE, GOLD_USE, ADD, ADD_MARK, TRACKS, STREAMS };
static const char *const sql[] = {
    [LAST] = "select coalesce(max(id), 0) from judgment",
    [MET_BEFORE] = "select 1 from judgment j where item = ?1 and person = ?2 and round = 0 and kind in (0, 1, 3, 4)"
                   " and not exists (select 1 from retraction r where r.judgment = j.id) limit 1",
    [GOLD_USE] = "select use from gold where item = ?1 and void = 0 order by id desc limit 1",
    [ADD] =
        ("insert into judgment (uid, item, person, kind, round, rubric, prefer, strength, confidence, ranking, ratings,"
         " shown, ms, at, rationale) values (?1, ?2, ?3, ?4, 0, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14)"),
    [ADD_MARK] = "insert into mark (judgment, kind, name) values (?1, ?2, ?3)",
    [TRACKS] =
        ("select distinct t.id, t.name from judgment j join item i on i.id = j.item join track t on t.id = i.track"
         " join person p on p.id = j.person where j.id > ?1 and j.kind = 0 and p.role in (0, 1)"),
    [STREAMS] =
        ("select distinct j.person, t.name from judgment j join item i on i.id = j.item join track t on t.id = i.track"
         " join person p on p.id = j.person where j.id > ?1 and j.kind = 1 and p.role in (0, 1) order by 1, 2"),
};
const struct statement_table import_judgments_end_statements = STATEMENT_TABLE(sql);

static int compare_times(const void *a, const void *b) {
    const struct waiting *left = *(const struct waiting *const *)a, *right = *(const struct waiting *const *)b;
    if (left->at != right->at)
        return left->at < right->at ? -1 : 1;
    return (left->line > right->line) - (left->line < right->line);
}

/* By the item's key and by what this person said of the item before. */
static int find_kind(struct judgments *judgments, const struct waiting *waiting, enum kind *out, struct error *error) {
    static const enum kind by_use[] = {
        [GOLD_HIDDEN] = KIND_GOLD, [GOLD_QUALIFICATION] = KIND_QUALIFICATION, [GOLD_TRAINING] = KIND_TRAINING};
    int64_t met = 0, use = 0;
    *out = (enum kind)waiting->kind;
    if (waiting->kind >= 0)
        return STATUS_OK;
    *out = KIND_PRODUCTION;
    int status = statement_integer(judgments->store, &sql[MET_BEFORE],
                                   VALUES(value_integer(waiting->item), value_integer(waiting->person)), &met, error);
    if (status >= 0 && met) {
        *out = KIND_RETEST;
        return STATUS_OK;
    }
    if (status >= 0)
        status = statement_integer(judgments->store, &sql[GOLD_USE], VALUES(value_integer(waiting->item)), &use, error);
    if (status == STEP_ROW)
        *out = by_use[use];
    return status < 0 ? status : STATUS_OK;
}

static int add_marks(struct judgments *judgments, int64_t judgment, const char *marks, struct error *error) {
    int status = STATUS_OK;
    while (status >= 0 && *marks) {
        size_t length = strcspn(marks, "\n");
        status = statement_run(judgments->store, &sql[ADD_MARK],
                               VALUES(value_integer(judgment), value_integer(marks[0] - '0'),
                                      value_text(slice_make(marks + 1, length - 1))),
                               error);
        marks += length + (marks[length] == '\n');
    }
    return status;
}

static struct value text_or_null(const char *text) {
    return *text ? value_string(text) : value_null();
}

static int add(struct judgments *judgments, const struct waiting *waiting, struct error *error) {
    enum kind kind;
    int status = find_kind(judgments, waiting, &kind, error);
    if (status < 0)
        return status;
    judgments->counts.gold += kind == KIND_GOLD;
    judgments->counts.retests += kind == KIND_RETEST;
    status = statement_run(judgments->store, &sql[ADD],
                           VALUES(value_string(waiting->uid), value_integer(waiting->item),
                                  value_integer(waiting->person), value_integer(kind), value_id(waiting->rubric),
                                  value_integer(waiting->prefer), value_integer(waiting->strength),
                                  waiting->confidence < 0 ? value_null() : value_integer(waiting->confidence),
                                  text_or_null(waiting->ranking), text_or_null(waiting->ratings),
                                  text_or_null(waiting->shown),
                                  waiting->active_ms < 0 ? value_null() : value_integer(waiting->active_ms),
                                  value_integer(waiting->at), text_or_null(waiting->rationale)),
                           error);
    return status < 0 ? status : add_marks(judgments, statement_inserted(judgments->store), waiting->marks, error);
}

static int add_all(struct judgments *judgments, struct error *error) {
    const struct waiting **order = memory_new(judgments->count, sizeof *order);
    for (size_t i = 0; i < judgments->count; i++)
        order[i] = &judgments->items[i];
    qsort(order, judgments->count, sizeof *order, compare_times);
    int status = STATUS_OK;
    for (size_t i = 0; status >= 0 && i < judgments->count; i++)
        if (!order[i]->stored)
            status = add(judgments, order[i], error);
    memory_free(order);
    return status;
}

/* The tracks, or people on tracks, that got judgments after `last`. id is the first column. */
struct touched {
    struct touched_one {
        int64_t id;
        const struct track_settings *settings; /* NULL: a track that the settings no longer have */
    } * items;
    size_t count, capacity;
};

static int read_touched(struct judgments *judgments, int statement, int64_t last, struct touched *out,
                        struct error *error) {
    struct sqlite3_stmt *row;
    int status = statement_open(judgments->store, &sql[statement], VALUES(value_integer(last)), &row, error);
    while (status >= 0 && (status = statement_step(judgments->store, row, error)) == STEP_ROW)
        *ARRAY_ADD(out) = (struct touched_one){column_integer(row, 0),
                                               campaign_track(judgments->campaign, column_slice(row, 1).data)};
    statement_close(row);
    return status;
}

/* The queue asks for less now, and the detector has seen more. */
static int settle(struct judgments *judgments, int64_t last, struct error *error) {
    struct touched tracks = {0}, streams = {0};
    int status = read_touched(judgments, TRACKS, last, &tracks, error);
    if (status >= 0)
        status = read_touched(judgments, STREAMS, last, &streams, error);
    for (size_t i = 0; status >= 0 && i < tracks.count; i++)
        if (tracks.items[i].settings)
            status = queue_rebuild(judgments->store, tracks.items[i].id, tracks.items[i].settings, error);
    for (size_t i = 0; status >= 0 && i < streams.count; i++)
        if (streams.items[i].settings)
            status = holds_settle(judgments->store, streams.items[i].id, streams.items[i].settings, error);
    ARRAY_RELEASE(&tracks);
    ARRAY_RELEASE(&streams);
    return status;
}

int judgments_store(struct judgments *judgments, struct error *error) {
    int64_t last = 0;
    int status = statement_integer(judgments->store, &sql[LAST], NO_VALUES, &last, error);
    if (status >= 0)
        status = add_all(judgments, error);
    return status < 0 || judgments->counts.added == 0 ? status : settle(judgments, last, error);
}
