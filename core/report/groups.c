/* Rows are parted by group; each group has lines of its own. See groups.h. */
#include "core/report/groups.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>

#include "core/base/memory.h"
#include "core/base/timestamp.h"
#include "core/quality/proportion.h"

#include "core/base/banned.h"

const char *group_by_name(enum group_by by) {
    static const char *const names[] = {"category", "language", "rubric", "week", "day"};
    return names[by];
}

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

/* The team's rows by group, in order of the key. */
struct parts {
    int64_t *keys; /* ascending, one a group */
    size_t count;
    uint32_t *of;   /* per counted row: its group + 1; 0: not of the team */
    uint32_t *rows; /* indices into counted->rows: those of group g are rows[start[g]] .. rows[start[g + 1] - 1] */
    size_t *start;
};

/* The first key that is not smaller. */
static size_t find_key(const struct parts *parts, int64_t key) {
    size_t from = 0, to = parts->count;
    while (from < to) {
        size_t middle = (from + to) / 2;
        if (parts->keys[middle] < key)
            from = middle + 1;
        else
            to = middle;
    }
    return from;
}

static void find_keys(struct parts *parts, enum group_by by, const struct counted *counted) {
    size_t room = 0;
    for (size_t i = 0; i < counted->row_count; i++) {
        if (!counted->rows[i].team)
            continue;
        int64_t key = key_of(counted_at(counted, i), by);
        size_t at = find_key(parts, key);
        if (at < parts->count && parts->keys[at] == key)
            continue;
        parts->keys = memory_grow(parts->keys, &room, parts->count + 1, sizeof *parts->keys);
        memmove(&parts->keys[at + 1], &parts->keys[at], (parts->count++ - at) * sizeof *parts->keys);
        parts->keys[at] = key;
    }
}

static void parts_init(struct parts *parts, enum group_by by, const struct counted *counted) {
    *parts = (struct parts){.of = memory_new(counted->row_count, sizeof *parts->of)};
    find_keys(parts, by, counted);
    parts->start = memory_new(parts->count + 2, sizeof *parts->start); /* one place ahead until all rows stand */
    parts->rows = memory_new(counted->team_rows, sizeof *parts->rows);
    for (size_t i = 0; i < counted->row_count; i++)
        if (counted->rows[i].team) {
            parts->of[i] = (uint32_t)find_key(parts, key_of(counted_at(counted, i), by)) + 1;
            parts->start[parts->of[i] + 1]++;
        }
    for (size_t g = 1; g <= parts->count; g++)
        parts->start[g + 1] += parts->start[g];
    for (size_t i = 0; i < counted->row_count; i++)
        if (parts->of[i])
            parts->rows[parts->start[parts->of[i]]++] = (uint32_t)i;
}

static void parts_release(struct parts *parts) {
    memory_free(parts->keys);
    memory_free(parts->of);
    memory_free(parts->rows);
    memory_free(parts->start);
}

/* seen: per unit, the number of the last group that it was met in + 1. */
static void count_group(struct group *group, const struct counted *counted, const uint32_t *rows, size_t count,
                        uint32_t *seen, uint32_t number) {
    group->judgments = count;
    for (size_t i = 0; i < count; i++) {
        const struct counted_row *row = &counted->rows[rows[i]];
        const struct history_row *judgment = counted_at(counted, rows[i]);
        group->items += seen[row->unit] != number + 1;
        seen[row->unit] = number + 1;
        version_mix_row(&group->mix, counted->history, judgment);
        if (row->first && counted_is_outcome(judgment)) {
            group->gold_n++;
            version_mix_row(&group->gold_mix, counted->history, judgment);
            group->gold_right += counted_is_right(counted->history, judgment);
        }
    }
    group->gold_accuracy =
        group->gold_n ? proportion_wilson(group->gold_right, group->gold_n) : figure_undefined("no gold outcomes", 0);
}

static double badness(const struct figure *figure) {
    return figure->undefined ? INFINITY : figure->value;
}

static int compare_worst(const void *a, const void *b) {
    const struct group *x = a, *y = b;
    double left = badness(&x->gold_accuracy), right = badness(&y->gold_accuracy);
    if (left == right) {
        left = badness(&x->lines.alpha);
        right = badness(&y->lines.alpha);
    }
    return left != right ? (left < right ? -1 : 1) : (x->key > y->key) - (x->key < y->key);
}

static void name_time(struct group *group, enum group_by by, int64_t at) {
    struct timestamp label = by == GROUP_WEEK ? timestamp_week(at) : timestamp_day(at);
    snprintf(group->label, sizeof group->label, "%.15s", label.text);
    group->key = at;
}

/* Criteria and orders of all groups at once: their cells are walked through once. */
static void find_details(struct groups *out, const struct parts *parts, const struct groups_input *input) {
    const struct counted *counted = input->lines->counted;
    const struct row_groups groups = {parts->of, parts->count, (size_t)out->by + 1, TEAM_GROUP_UNITS};
    out->criteria = memory_new(parts->count * input->criterion_count, sizeof *out->criteria);
    criteria_agreement(out->criteria, input->criteria, input->criterion_count, counted, &groups, input->seed);
    struct track_rankings *rankings = memory_new(parts->count, sizeof *rankings);
    track_rankings_find(rankings, counted, &groups, input->seed);
    for (size_t g = 0; g < parts->count; g++) {
        out->groups[g].criteria = &out->criteria[g * input->criterion_count];
        out->groups[g].rankings = rankings[g];
    }
    memory_free(rankings);
}

void groups_init(struct groups *out, enum group_by by, const struct groups_input *input) {
    const struct counted *counted = input->lines->counted;
    struct parts parts;
    parts_init(&parts, by, counted);
    *out = (struct groups){by, memory_new(parts.count, sizeof *out->groups), parts.count, NULL};
    uint32_t *seen = memory_new(counted->units, sizeof *seen);
    for (size_t g = 0; g < parts.count; g++) {
        struct group *group = &out->groups[g];
        const uint32_t *rows = &parts.rows[parts.start[g]];
        size_t count = parts.start[g + 1] - parts.start[g];
        group->key = parts.keys[g];
        count_group(group, counted, rows, count, seen, (uint32_t)g);
        team_lines_find(&group->lines, input->lines, rows, count, input->seed, (g + 1) * GROUP_WAYS + by,
                        TEAM_GROUP_UNITS);
        if (by == GROUP_WEEK || by == GROUP_DAY)
            name_time(group, by, counted_at(counted, rows[0])->at);
    }
    find_details(out, &parts, input);
    if (by != GROUP_WEEK && by != GROUP_DAY && out->count > 1)
        qsort(out->groups, out->count, sizeof *out->groups, compare_worst);
    memory_free(seen);
    parts_release(&parts);
}

void groups_release(struct groups *groups) {
    memory_free(groups->groups);
    memory_free(groups->criteria);
    *groups = (struct groups){0};
}
