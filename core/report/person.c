/* Gold, confidence, habits and retests of one person; see person.h. The detector is in person_drift.c. */
#include "core/report/person.h"

#include <stdlib.h>

#include "core/base/memory.h"
#include "core/quality/proportion.h"
#include "core/report/person_parts.h"

#include "core/base/banned.h"

/* --- Which rows
 * ------------------------------------------------------------------------------------------------------- */

/* The first row that is not before (person, track). */
static size_t first_row(const struct history *history, int person, int track) {
    size_t low = 0, high = history->row_count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        const struct history_row *row = &history->rows[middle];
        if (row->person < person || (row->person == person && row->track < track))
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

static bool counts(const struct history *history, const struct history_row *row) {
    bool final = row->batch < 0 || history->batches[row->batch].handed_in != 0; /* without a batch: imported */
    return final && (row->kind == KIND_PRODUCTION || row->kind == KIND_GOLD || row->kind == KIND_RETEST);
}

static int compare_numbers(const void *a, const void *b) {
    const struct batch_mark *x = *(const struct batch_mark *const *)a, *y = *(const struct batch_mark *const *)b;
    return (x->number > y->number) - (x->number < y->number);
}

static void take_slice(struct person_slice *slice, const struct history *history, int person, int track) {
    size_t from = first_row(history, person, track), to = first_row(history, person, track + 1);
    *slice = (struct person_slice){.history = history, .person = person, .track = track};
    slice->rows = memory_new(to - from, sizeof *slice->rows);
    for (size_t i = from; i < to; i++)
        if (counts(history, &history->rows[i]))
            slice->rows[slice->row_count++] = &history->rows[i];
    slice->hand_ins = memory_new(history->batch_count, sizeof *slice->hand_ins);
    for (size_t i = 0; i < history->batch_count; i++) {
        const struct batch_mark *batch = &history->batches[i];
        if (batch->person == person && batch->track == track && batch->handed_in != 0 && batch->number > 0)
            slice->hand_ins[slice->hand_in_count++] = batch;
    }
    if (slice->hand_in_count > 1)
        qsort(slice->hand_ins, slice->hand_in_count, sizeof *slice->hand_ins, compare_numbers);
}

/* --- Gold
 * ------------------------------------------------------------------------------------------------------------- */

static bool is_outcome(const struct history_row *row) {
    return row->kind == KIND_GOLD && row->gold >= 0 && !row->training_burnt;
}

static void find_outcomes(struct person_gold *gold, const struct person_slice *slice) {
    gold->outcomes = memory_new(slice->row_count, sizeof *gold->outcomes);
    for (size_t i = 0; i < slice->row_count; i++) {
        const struct history_row *row = slice->rows[i];
        if (!is_outcome(row))
            continue;
        version_mix_row(&gold->mix, slice->history, row);
        enum verdict verdict = history_judge(&slice->history->keys[row->gold], row);
        gold->outcomes[gold->n++] = (struct person_outcome){
            .judgment = row->judgment,
            .at = row->at,
            .category = row->category,
            .batch_number = row->batch_number,
            .verdict = verdict,
        };
        gold->right += verdict == VERDICT_RIGHT;
        gold->wrong_side += verdict == VERDICT_WRONG_SIDE;
        gold->wrong_strength += verdict == VERDICT_WRONG_STRENGTH;
    }
    gold->figure = gold->n ? proportion_wilson(gold->right, gold->n) : figure_undefined("no gold outcomes", 0);
    gold->note = gold->n ? "gold is usually easier than the other items" : NULL;
}

static int compare_worst(const void *a, const void *b) {
    const struct person_category *x = a, *y = b;
    if (x->figure.value != y->figure.value)
        return x->figure.value < y->figure.value ? -1 : 1;
    return (x->category > y->category) - (x->category < y->category);
}

/* A row keeps the counts of the hand-in at which it last moved: single outcomes must not show between two figures. */
static void find_categories(struct person_gold *gold, size_t category_count) {
    struct tally {
        size_t n, right;
    } *now = memory_new(category_count, sizeof *now), *kept = memory_new(category_count, sizeof *kept);
    for (size_t i = 0; i < gold->n; i++) {
        const struct person_outcome *outcome = &gold->outcomes[i];
        now[outcome->category].n++;
        now[outcome->category].right += outcome->verdict == VERDICT_RIGHT;
        if (i + 1 < gold->n && gold->outcomes[i + 1].batch_number == outcome->batch_number)
            continue;
        for (size_t c = 0; c < category_count; c++)
            if (now[c].n >= (kept[c].n ? kept[c].n + PERSON_ROW_STEP : PERSON_ROW_FROM))
                kept[c] = now[c];
    }
    gold->categories = memory_new(category_count, sizeof *gold->categories);
    for (size_t c = 0; c < category_count; c++)
        if (kept[c].n > 0)
            gold->categories[gold->category_count++] = (struct person_category){
                .category = (int)c,
                .n = kept[c].n,
                .right = kept[c].right,
                .figure = proportion_wilson(kept[c].right, kept[c].n),
            };
    if (gold->category_count > 1)
        qsort(gold->categories, gold->category_count, sizeof *gold->categories, compare_worst);
    memory_free(now);
    memory_free(kept);
}

/* --- The rest
 * --------------------------------------------------------------------------------------------------------- */

static void find_confidence(struct person_figures *out, const struct person_slice *slice, int64_t seed) {
    struct confidence_answer *answers = memory_new(out->gold.n, sizeof *answers);
    size_t n = 0, outcome = 0;
    for (size_t i = 0; i < slice->row_count; i++) {
        const struct history_row *row = slice->rows[i];
        if (!is_outcome(row))
            continue;
        bool right = out->gold.outcomes[outcome++].verdict != VERDICT_WRONG_SIDE;
        if (row->confidence >= 0)
            answers[n++] = (struct confidence_answer){(uint8_t)row->confidence, right};
    }
    confidence_figures(answers, n, (uint64_t)seed, &out->confidence);
    memory_free(answers);
}

static void find_habits(struct person_figures *out, const struct person_slice *slice) {
    for (size_t i = 0; i < slice->row_count; i++) {
        const struct history_row *row = slice->rows[i];
        if (row->kind == KIND_RETEST || row->prefer < 0 || !row->shown[0])
            continue;
        out->side_chosen++;
        out->first_chosen += shown_position(row->shown, row->prefer) == 0;
    }
    out->shown_first = habits_shown_first(out->first_chosen, out->side_chosen);
}

enum { DIRECTIONS = LIMIT_RESPONSES + 2 };

static uint8_t direction(int prefer) {
    return (uint8_t)(prefer - CHOICE_NONE); /* none, tie, then the responses */
}

static void find_retests(struct person_figures *out, const struct person_slice *slice) {
    struct retest_pair *pairs = memory_new(slice->row_count, sizeof *pairs);
    size_t n = 0;
    for (size_t i = 0; i < slice->row_count; i++) {
        const struct history_row *row = slice->rows[i];
        if (row->kind != KIND_RETEST || row->first < 0)
            continue;
        const struct history_row *before = &slice->history->rows[row->first];
        pairs[n++] = (struct retest_pair){
            .first = direction(before->prefer),
            .second = direction(row->prefer),
            .swapped = before->top != row->top,
        };
    }
    consistency_figures(pairs, n, DIRECTIONS, WEIGHTS_NONE, &out->retest);
    memory_free(pairs);
}

void person_figures_init(struct person_figures *out, const struct history *history, int person, int track,
                         const struct track_settings *settings, int64_t seed) {
    struct person_slice slice;
    *out = (struct person_figures){0};
    take_slice(&slice, history, person, track);
    out->judgments = slice.row_count;
    for (size_t i = 0; i < slice.row_count; i++)
        version_mix_row(&out->mix, history, slice.rows[i]);
    out->hand_ins = slice.hand_in_count;
    if (slice.hand_in_count > 0)
        out->last_hand_in = slice.hand_ins[slice.hand_in_count - 1]->handed_in;
    find_outcomes(&out->gold, &slice);
    find_categories(&out->gold, history->category_count);
    person_drift_fill(out, &slice, settings, seed);
    find_confidence(out, &slice, seed);
    find_habits(out, &slice);
    find_retests(out, &slice);
    memory_free(slice.rows);
    memory_free(slice.hand_ins);
}

void person_figures_release(struct person_figures *figures) {
    memory_free(figures->gold.categories);
    memory_free(figures->gold.outcomes);
    memory_free(figures->drift.columns);
    memory_free(figures->drift.alarms);
    memory_free(figures->drift.ewma);
    *figures = (struct person_figures){0};
}
