/* One pass over the rows, which come person by person; see counted.h. */
#include "core/report/counted.h"

#include "core/base/memory.h"

#include "core/base/banned.h"

bool counted_is_outcome(const struct history_row *row) {
    return row->kind == KIND_GOLD && row->gold >= 0 && !row->training_burnt;
}

bool counted_is_right(const struct history *history, const struct history_row *row) {
    return gold_key_judge(&history->keys[row->gold], row->prefer, "", row->strength) == VERDICT_RIGHT;
}

static bool counts(const struct history *history, const struct history_row *row, int track) {
    bool final = row->batch < 0 || history->batches[row->batch].handed_in != 0;
    bool kind = row->kind == KIND_PRODUCTION || row->kind == KIND_GOLD || row->kind == KIND_RETEST;
    return row->track == track && final && kind && !row->training_burnt && row->item > 0;
}

/* By item id: the unit, and who was met on it last. */
struct units {
    struct unit_mark {
        uint32_t unit_plus_one; /* 0: not met */
        int person;             /* 0: nobody yet */
    } * marks;
    size_t count;
};

static void units_init(struct units *units, const struct history *history, int track) {
    int64_t last = 0;
    for (size_t i = 0; i < history->row_count; i++)
        if (counts(history, &history->rows[i], track) && history->rows[i].item > last)
            last = history->rows[i].item;
    units->count = (size_t)last + 1;
    units->marks = memory_new(units->count, sizeof *units->marks);
}

static void find_prompts(struct counted *out, const struct units *units, const int64_t *prompt_of,
                         size_t prompt_count) {
    if (!prompt_of)
        return;
    out->prompts = memory_new(out->units, sizeof *out->prompts);
    for (size_t item = 0; item < units->count; item++) {
        uint32_t unit = units->marks[item].unit_plus_one;
        bool known = item < prompt_count && prompt_of[item] > 0;
        if (unit > 0) /* prompts and items without one are numbered apart */
            out->prompts[unit - 1] = known ? (uint32_t)(2 * prompt_of[item]) : 2 * (uint32_t)item + 1;
    }
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
        struct unit_mark *mark = &units.marks[row->item];
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
    find_prompts(out, &units, prompt_of, prompt_count);
    memory_free(units.marks);
}

void counted_release(struct counted *counted) {
    memory_free(counted->rows);
    memory_free(counted->prompts);
    memory_free(counted->people);
    *counted = (struct counted){0};
}
