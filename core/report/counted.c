/* One pass over the rows, which come person by person; see counted.h. */
#include "core/report/counted.h"

#include <stdlib.h>

#include "core/base/memory.h"

#include "core/base/banned.h"

bool counted_is_outcome(const struct history_row *row) {
    return row->kind == KIND_GOLD && row->gold >= 0 && !row->training_burnt;
}

bool counted_is_right(const struct history *history, const struct history_row *row) {
    return history_judge(&history->keys[row->gold], row) == VERDICT_RIGHT;
}

static bool counts(const struct history *history, const struct history_row *row, int track) {
    bool final = row->batch < 0 || history->batches[row->batch].handed_in != 0;
    bool kind = row->kind == KIND_PRODUCTION || row->kind == KIND_GOLD || row->kind == KIND_RETEST;
    return row->track == track && final && kind && !row->training_burnt && row->item > 0;
}

struct unit_mark {
    uint32_t unit_plus_one; /* 0: not met */
    int person;             /* 0: nobody yet */
};

/* The unit, and who was met on it last: by item id in the first round; the few of later rounds are looked up. */
struct units {
    struct unit_mark *marks;
    size_t count;
    struct later_unit {
        int64_t item;
        int round;
        struct unit_mark mark;
    } * later; /* sorted, each once */
    size_t later_count;
};

static int compare_later(const void *a, const void *b) {
    const struct later_unit *x = a, *y = b;
    return x->item != y->item ? (x->item > y->item) - (x->item < y->item)
                              : (x->round > y->round) - (x->round < y->round);
}

static void units_init(struct units *units, const struct history *history, int track) {
    int64_t last = 0;
    size_t room = 0, n = 0;
    *units = (struct units){0};
    for (size_t i = 0; i < history->row_count; i++) {
        const struct history_row *row = &history->rows[i];
        if (!counts(history, row, track))
            continue;
        if (row->item > last)
            last = row->item;
        if (row->round == 0)
            continue;
        units->later = memory_grow(units->later, &room, n + 1, sizeof *units->later);
        units->later[n++] = (struct later_unit){.item = row->item, .round = row->round};
    }
    units->count = (size_t)last + 1;
    units->marks = memory_new(units->count, sizeof *units->marks);
    if (n > 0)
        qsort(units->later, n, sizeof *units->later, compare_later);
    for (size_t i = 0; i < n; i++)
        if (units->later_count == 0 || compare_later(&units->later[units->later_count - 1], &units->later[i]) != 0)
            units->later[units->later_count++] = units->later[i];
}

static struct unit_mark *units_find(const struct units *units, const struct history_row *row) {
    struct later_unit key = {.item = row->item, .round = row->round};
    if (row->round == 0)
        return &units->marks[row->item];
    struct later_unit *found = bsearch(&key, units->later, units->later_count, sizeof *units->later, compare_later);
    return &found->mark; /* every row that counts is there */
}

static void describe_unit(struct counted *out, const struct unit_mark *mark, int64_t item, int round,
                          const int64_t *prompt_of, size_t prompt_count) {
    if (mark->unit_plus_one == 0)
        return;
    out->rounds[mark->unit_plus_one - 1] = round;
    if (!prompt_of)
        return;
    bool known =
        (size_t)item < prompt_count && prompt_of[item] > 0; /* prompts and items without one are numbered apart */
    out->prompts[mark->unit_plus_one - 1] = known ? (uint32_t)(2 * prompt_of[item]) : 2 * (uint32_t)item + 1;
}

static void describe_units(struct counted *out, const struct units *units, const int64_t *prompt_of,
                           size_t prompt_count) {
    out->rounds = memory_new(out->units, sizeof *out->rounds);
    if (prompt_of)
        out->prompts = memory_new(out->units, sizeof *out->prompts);
    for (size_t item = 0; item < units->count; item++)
        describe_unit(out, &units->marks[item], (int64_t)item, 0, prompt_of, prompt_count);
    for (size_t i = 0; i < units->later_count; i++)
        describe_unit(out, &units->later[i].mark, units->later[i].item, units->later[i].round, prompt_of, prompt_count);
}

static bool is_team(const struct history *history, int person) {
    return history->roles[person] == PERSON_ANNOTATOR || history->roles[person] == PERSON_LEAD;
}

void counted_init(struct counted *out, const struct history *history, int track, const int64_t *prompt_of,
                  size_t prompt_count) {
    struct units units;
    size_t row_room = 0, people_room = 0;
    *out = (struct counted){.history = history, .track = track};
    units_init(&units, history, track);
    for (size_t i = 0; i < history->row_count; i++) {
        const struct history_row *row = &history->rows[i];
        if (!counts(history, row, track))
            continue;
        if (out->people_count == 0 || out->people[out->people_count - 1] != row->person) {
            out->people = memory_grow(out->people, &people_room, out->people_count + 1, sizeof *out->people);
            out->people[out->people_count++] = row->person;
        }
        struct unit_mark *mark = units_find(&units, row);
        if (mark->unit_plus_one == 0)
            mark->unit_plus_one = (uint32_t)++out->units;
        bool met = mark->person == row->person + 1;
        out->rows = memory_grow(out->rows, &row_room, out->row_count + 1, sizeof *out->rows);
        struct counted_row *to = &out->rows[out->row_count++];
        *to = (struct counted_row){(uint32_t)i, mark->unit_plus_one - 1, (uint32_t)out->people_count - 1,
                                   row->kind != KIND_RETEST && !met, is_team(history, row->person)};
        if (row->kind != KIND_RETEST)
            mark->person = row->person + 1;
        out->team_rows += to->team;
        out->outside_rows += !to->team;
    }
    describe_units(out, &units, prompt_of, prompt_count);
    memory_free(units.marks);
    memory_free(units.later);
}

void counted_release(struct counted *counted) {
    memory_free(counted->rows);
    memory_free(counted->prompts);
    memory_free(counted->rounds);
    memory_free(counted->people);
    *counted = (struct counted){0};
}
