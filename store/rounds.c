/* Rounds: items that are judged again after their rubric changed its meaning. See rounds.h; core/report/counted.h says
 * how rounds are kept apart in figures, load_export.c in exports. */
#include "store/rounds.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>

#include "core/base/array.h"
#include "core/base/memory.h"
#include "core/hash/draw.h"

#include "core/base/banned.h"

/* final production judgments of people on the tracks of a rubric (?1) by other versions of it than ?2 */
#define EARLIER                                                                                                   \
    "judgment j join person p on p.id = j.person and p.role in (0, 1) join item i on i.id = j.item"               \
    " join track t on t.id = i.track join rubric r on r.id = t.rubric and r.name = ?1"                            \
    " left join serving s on s.id = j.serving left join batch b on b.id = s.batch"                                \
    " where j.kind = 0 and j.rubric is not null and j.rubric <> ?2 and (b.id is null or b.handed_in is not null)" \
    " and j.id not in (select judgment from retraction)"

enum { COUNT, KEYS, TRACKS, CANDIDATES, ADD_ROUND, ADD_TO_QUEUE };
static const char *const sql[] = {
    [COUNT] = ("select count(*), count(distinct j.item) from " EARLIER),
    [KEYS] = ("select count(*) from gold g join item i on i.id = g.item join track t on t.id = i.track"
              " join rubric r on r.id = t.rubric where r.name = ?1 and g.retired is null"),
    [TRACKS] = "select t.id, t.overlap from track t join rubric r on r.id = t.rubric where r.name = ?1 order by t.id",
    [CANDIDATES] = ("select distinct i.id from " EARLIER " and i.track = ?3 and i.id not in (select item from gold)"
                    " and not exists (select 1 from retirement x where x.item = i.id)"
                    " and not exists (select 1 from queue q where q.item = i.id) order by i.id"),
    [ADD_ROUND] = "insert into round (track, name, at) values (?1, ?2, ?3)",
    [ADD_TO_QUEUE] = "insert into queue (track, lane, rank, item, round, need) values (?1, 0, ?2, ?3, ?4, ?5)",
};
const struct statement_table rounds_statements = STATEMENT_TABLE(sql);

struct candidates {
    struct candidate {
        int64_t item;
        uint64_t rank; /* a keyed draw */
    } * items;
    size_t count, capacity;
};

static int compare_candidates(const void *a, const void *b) {
    const struct candidate *x = a, *y = b;
    return x->rank != y->rank ? (x->rank > y->rank) - (x->rank < y->rank) : (x->item > y->item) - (x->item < y->item);
}

/* In the order in which they are taken. */
static int read_candidates(struct store *store, const struct rubric *rubric, int64_t rubric_id, int64_t track,
                           int64_t seed, struct candidates *out, struct error *error) {
    unsigned char key[DRAW_KEY_BYTES];
    char number[32];
    struct sqlite3_stmt *row;
    snprintf(number, sizeof number, "%lld", (long long)seed);
    draw_key_from_seed(key, slice_of(number));
    int status =
        statement_open(store, &sql[CANDIDATES],
                       VALUES(value_string(rubric->name), value_integer(rubric_id), value_integer(track)), &row, error);
    while (status >= 0 && (status = statement_step(store, row, error)) == STEP_ROW) {
        int64_t item = column_integer(row, 0);
        snprintf(number, sizeof number, "%lld", (long long)item);
        *ARRAY_ADD(out) = (struct candidate){
            item, draw_bits(key, &(struct draw){.purpose = "again", .item = number, .round = rubric->version})};
    }
    statement_close(row);
    if (out->count)
        qsort(out->items, out->count, sizeof *out->items, compare_candidates);
    return status < 0 ? status : STATUS_OK;
}

static int open_round(struct store *store, const struct viewer *viewer, const struct rubric *rubric, int64_t rubric_id,
                      int64_t track, int64_t overlap, const struct candidates *from, size_t count,
                      struct error *error) {
    char name[LIMIT_NAME_BYTES + 32], detail[160];
    int64_t rank;
    snprintf(name, sizeof name, "%s@%d", rubric->name, rubric->version);
    int status =
        statement_run(store, &sql[ADD_ROUND],
                      VALUES(value_integer(track), value_string(name), value_integer(store_now(store))), error);
    int64_t round = statement_inserted(store);
    if (status >= 0)
        status = event_next(store, &rank, error);
    for (size_t i = 0; status >= 0 && i < from->count && i < count; i++)
        status = statement_run(store, &sql[ADD_TO_QUEUE],
                               VALUES(value_integer(track), value_integer(rank), value_integer(from->items[i].item),
                                      value_integer(round), value_integer(overlap)),
                               error);
    snprintf(detail, sizeof detail, "round %lld: %zu of %zu items", (long long)round, count, from->count);
    if (status >= 0)
        status = event_append(store,
                              &(struct event_entry){.person = viewer->person,
                                                    .verb = "again",
                                                    .subject = SUBJECT_RUBRIC,
                                                    .id = rubric_id,
                                                    .detail = slice_of(detail)},
                              NULL, error);
    return status;
}

static int put_again(struct store *store, const struct viewer *viewer, const struct rubric *rubric, int64_t rubric_id,
                     int64_t track, int64_t overlap, const struct rubric_step *step, struct rubric_effect *effect,
                     struct error *error) {
    struct candidates candidates = {0};
    int status = read_candidates(store, rubric, rubric_id, track, step->seed, &candidates, error);
    size_t count = (size_t)ceil(step->again * (double)candidates.count - 1e-9);
    if (status >= 0 && count > 0)
        status = open_round(store, viewer, rubric, rubric_id, track, overlap, &candidates, count, error);
    effect->again += status < 0 ? 0 : count;
    ARRAY_RELEASE(&candidates);
    return status;
}

int rounds_open(struct store *store, const struct viewer *viewer, const struct rubric *rubric, int64_t rubric_id,
                const struct rubric_step *step, struct rubric_effect *effect, struct error *error) {
    struct sqlite3_stmt *row;
    struct {
        struct track_overlap {
            int64_t id, overlap;
        } * items;
        size_t count, capacity;
    } tracks = {0};
    int64_t keys = 0;
    int status = statement_integer(store, &sql[KEYS], VALUES(value_string(rubric->name)), &keys, error);
    effect->keys = (size_t)keys;
    if (status < 0)
        return status;
    status =
        statement_find(store, &sql[COUNT], VALUES(value_string(rubric->name), value_integer(rubric_id)), &row, error);
    if (status == STEP_ROW) {
        effect->judgments = (size_t)column_integer(row, 0);
        effect->items = (size_t)column_integer(row, 1);
        statement_close(row);
    }
    if (status >= 0 && step->again > 0) {
        status = statement_open(store, &sql[TRACKS], VALUES(value_string(rubric->name)), &row, error);
        while (status >= 0 && (status = statement_step(store, row, error)) == STEP_ROW)
            *ARRAY_ADD(&tracks) = (struct track_overlap){column_integer(row, 0), column_integer(row, 1)};
        statement_close(row);
    }
    for (size_t i = 0; status >= 0 && i < tracks.count; i++)
        status = put_again(store, viewer, rubric, rubric_id, tracks.items[i].id, tracks.items[i].overlap, step, effect,
                           error);
    ARRAY_RELEASE(&tracks);
    return status < 0 ? status : STATUS_OK;
}
