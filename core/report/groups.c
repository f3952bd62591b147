/* Rows are sorted by group; each group is a table of its own. See groups.h. */
#include "core/report/groups.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>

#include "core/base/memory.h"
#include "core/base/timestamp.h"
#include "core/quality/bootstrap.h"
#include "core/quality/proportion.h"

#include "core/base/banned.h"

const char *group_by_name(enum group_by by) {
    static const char *const names[] = {"category", "language", "rubric", "week", "day"};
    return names[by];
}

struct keyed {
    int64_t key;
    size_t i; /* index into counted->rows */
};

static int64_t floor_days(int64_t ms) {
    return ms >= 0 ? ms / MS_DAY : -((-ms + MS_DAY - 1) / MS_DAY);
}

/* Days count from Thursday, 1 January 1970; ISO weeks begin on Monday. */
static int64_t key_of(const struct history_row *row, enum group_by by) {
    switch (by) {
    case GROUP_CATEGORY:
        return row->category;
    case GROUP_LANGUAGE:
        return row->language;
    case GROUP_RUBRIC:
        return row->rubric;
    case GROUP_WEEK: {
        int64_t days = floor_days(row->at) + 3;
        return days >= 0 ? days / 7 : -((-days + 6) / 7);
    }
    default:
        return floor_days(row->at);
    }
}

static int compare_keyed(const void *a, const void *b) {
    const struct keyed *x = a, *y = b;
    return x->key != y->key ? (x->key > y->key) - (x->key < y->key) : (x->i > y->i) - (x->i < y->i);
}

/* What one group is worked out in: units numbered anew, so that a table is no larger than its group. */
struct bench {
    const struct counted *counted;
    const struct team_levels *levels;
    uint32_t *unit_of; /* per unit of the track: number in the group + 1 */
    struct rating *ratings;
    uint32_t *prompts;
};

static void find_agreement(struct group *group, const struct bench *bench, size_t ratings, uint64_t seed) {
    static const enum agreement_kind kinds[] = {AGREEMENT_PERCENT, AGREEMENT_ALPHA_NOMINAL};
    struct ratings_table table;
    struct bootstrap_result results[2];
    ratings_table_init(&table, bench->ratings, ratings, group->items, bench->levels->count);
    bootstrap_agreement(&table, bench->counted->prompts ? bench->prompts : NULL, kinds, 2, NULL, BOOTSTRAP_REPLICATES,
                        seed, results);
    group->percent = results[0].figure;
    group->alpha = results[1].figure;
    if (group->percent.n > 0 && group->percent.n < TEAM_GROUP_UNITS)
        group->alpha = figure_undefined("under 50 items have two judgments", group->percent.n);
    ratings_table_release(&table);
}

static void fill(struct group *group, const struct bench *bench, const struct keyed *from, const struct keyed *to,
                 uint64_t seed) {
    const struct counted *counted = bench->counted;
    size_t ratings = 0;
    for (const struct keyed *at = from; at < to; at++) {
        const struct counted_row *row = &counted->rows[at->i];
        const struct history_row *judgment = counted_at(counted, at->i);
        group->judgments++;
        if (bench->unit_of[row->unit] == 0) {
            bench->unit_of[row->unit] = (uint32_t)++group->items;
            bench->prompts[group->items - 1] = counted->prompts ? counted->prompts[row->unit] : 0;
        }
        if (!row->first)
            continue;
        uint32_t level = team_level(bench->levels, judgment->prefer);
        bench->ratings[ratings++] = (struct rating){bench->unit_of[row->unit] - 1, row->person, level};
        if (counted_is_outcome(judgment)) {
            group->gold_n++;
            group->gold_right += counted_is_right(counted->history, judgment);
        }
    }
    for (const struct keyed *at = from; at < to; at++)
        bench->unit_of[counted->rows[at->i].unit] = 0;
    group->gold_accuracy =
        group->gold_n ? proportion_wilson(group->gold_right, group->gold_n) : figure_undefined("no gold outcomes", 0);
    find_agreement(group, bench, ratings, seed);
}

static double badness(const struct figure *figure) {
    return figure->undefined ? INFINITY : figure->value;
}

static int compare_worst(const void *a, const void *b) {
    const struct group *x = a, *y = b;
    double left = badness(&x->gold_accuracy), right = badness(&y->gold_accuracy);
    if (left == right) {
        left = badness(&x->alpha);
        right = badness(&y->alpha);
    }
    return left != right ? (left < right ? -1 : 1) : (x->key > y->key) - (x->key < y->key);
}

static void name_time(struct group *group, enum group_by by, int64_t at) {
    struct timestamp label = by == GROUP_WEEK ? timestamp_week(at) : timestamp_day(at);
    snprintf(group->label, sizeof group->label, "%.15s", label.text);
    group->key = at;
}

void groups_init(struct groups *out, enum group_by by, const struct counted *counted, const struct team_scale *scale,
                 int64_t seed) {
    struct team_levels levels;
    size_t n = 0, room = 0;
    *out = (struct groups){.by = by};
    team_levels_find(&levels, counted, scale);
    struct keyed *keyed = memory_new(counted->team_rows, sizeof *keyed);
    for (size_t i = 0; i < counted->row_count; i++)
        if (counted->rows[i].team)
            keyed[n++] = (struct keyed){key_of(counted_at(counted, i), by), i};
    qsort(keyed, n, sizeof *keyed, compare_keyed);
    struct bench bench = {counted, &levels, memory_new(counted->units, sizeof *bench.unit_of),
                          memory_new(n, sizeof *bench.ratings), memory_new(counted->units, sizeof *bench.prompts)};
    for (size_t from = 0, to; from < n; from = to) {
        for (to = from; to < n && keyed[to].key == keyed[from].key;)
            to++;
        out->groups = memory_grow(out->groups, &room, out->count + 1, sizeof *out->groups);
        struct group *group = &out->groups[out->count++];
        *group = (struct group){.key = keyed[from].key};
        fill(group, &bench, &keyed[from], &keyed[to],
             team_seed(seed, counted->track, TEAM_GROUP, out->count * GROUP_WAYS + by));
        if (by == GROUP_WEEK || by == GROUP_DAY)
            name_time(group, by, counted_at(counted, keyed[from].i)->at);
    }
    if (by != GROUP_WEEK && by != GROUP_DAY && out->count > 1)
        qsort(out->groups, out->count, sizeof *out->groups, compare_worst);
    memory_free(keyed);
    memory_free(bench.unit_of);
    memory_free(bench.ratings);
    memory_free(bench.prompts);
}

void groups_release(struct groups *groups) {
    memory_free(groups->groups);
    *groups = (struct groups){0};
}
