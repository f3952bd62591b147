/* Suspect keys; see decisions.h. */
#include "core/report/decisions.h"

#include <stdlib.h>

#include "core/base/memory.h"
#include "core/quality/proportion.h"

#include "core/base/banned.h"

/* P(at least k of them miss), each with a chance of its own. */
static double chance_of(const double *wrong, size_t n, size_t k) {
    double *mass = memory_new(n + 1, sizeof *mass), tail = 0;
    mass[0] = 1;
    for (size_t i = 0; i < n; i++)
        for (size_t j = i + 2; j-- > 0;)
            mass[j] = mass[j] * (1 - wrong[i]) + (j > 0 ? mass[j - 1] * wrong[i] : 0);
    for (size_t j = k; j <= n; j++)
        tail += mass[j];
    memory_free(mass);
    return tail < 1 ? tail : 1;
}

static double share(const struct gold_answerer *answerer) {
    return answerer->n ? (double)answerer->right / (double)answerer->n : -1;
}

static int compare_answerers(const void *a, const void *b) {
    const struct gold_answerer *x = a, *y = b;
    if (x->best != y->best)
        return x->best ? -1 : 1;
    double p = share(x), q = share(y);
    return p != q ? (p > q ? -1 : 1) : (x->row > y->row) - (x->row < y->row);
}

static int compare_cases(const void *a, const void *b) {
    const struct gold_case *x = a, *y = b;
    if (x->suspect != y->suspect)
        return x->suspect ? -1 : 1;
    if (x->chance != y->chance)
        return x->chance < y->chance ? -1 : 1;
    return (x->item > y->item) - (x->item < y->item);
}

struct outcome {
    int64_t item;
    uint32_t row, person;
    bool right;
};

static int compare_outcomes(const void *a, const void *b) {
    const struct outcome *x = a, *y = b;
    return x->item != y->item ? (x->item < y->item ? -1 : 1) : (x->row > y->row) - (x->row < y->row);
}

static void weigh(struct gold_case *out) {
    double *wrong = memory_new(out->count, sizeof *wrong);
    for (size_t i = 0; i < out->count; i++) {
        const struct gold_answerer *answerer = &out->answers[i];
        if (!answerer->best)
            continue;
        wrong[out->best++] = (double)(answerer->n - answerer->right + 1) / (double)(answerer->n + 2);
        out->best_missed += answerer->verdict != VERDICT_RIGHT;
    }
    out->chance = out->best ? chance_of(wrong, out->best, out->best_missed) : 1;
    memory_free(wrong);
}

/* Chances become adjusted ones, and the suspects are named. */
static void judge(struct gold_cases *out) {
    double *chances = memory_new(out->count, sizeof *chances);
    for (size_t i = 0; i < out->count; i++)
        chances[i] = out->cases[i].chance;
    holm_adjust(chances, out->count);
    for (size_t i = 0; i < out->count; i++) {
        struct gold_case *one = &out->cases[i];
        one->chance = chances[i];
        one->suspect =
            one->chance < DECISIONS_LEVEL && one->best_missed >= DECISIONS_MISSED && 2 * one->best_missed > one->best;
        out->suspects += one->suspect;
    }
    memory_free(chances);
}

void gold_cases_init(struct gold_cases *out, const struct counted *counted, const int64_t *key_at, size_t key_count,
                     double bar) {
    const struct history *history = counted->history;
    *out = (struct gold_cases){0};
    struct outcome *outcomes = memory_new(counted->row_count, sizeof *outcomes);
    size_t *n = memory_new(counted->people_count, sizeof *n), *right = memory_new(counted->people_count, sizeof *right);
    size_t count = 0;
    for (size_t i = 0; i < counted->row_count; i++) {
        const struct history_row *row = counted_at(counted, i);
        const struct counted_row *mine = &counted->rows[i];
        if (!mine->team || !mine->first || !counted_is_outcome(row))
            continue;
        bool as_key = counted_is_right(history, row);
        outcomes[count++] = (struct outcome){row->item, mine->row, mine->person, as_key};
        n[mine->person]++;
        right[mine->person] += as_key;
    }
    if (count > 1)
        qsort(outcomes, count, sizeof *outcomes, compare_outcomes);
    out->answers = memory_new(count, sizeof *out->answers);
    out->cases = memory_new(count, sizeof *out->cases);
    for (size_t i = 0, used = 0; i < count;) {
        struct gold_case *one = &out->cases[out->count++];
        *one = (struct gold_case){.item = outcomes[i].item, .answers = &out->answers[used]};
        int64_t since = (size_t)one->item < key_count ? key_at[one->item] : 0;
        for (; i < count && outcomes[i].item == one->item; i++) {
            const struct outcome *outcome = &outcomes[i];
            const struct history_row *row = &history->rows[outcome->row];
            one->key = row->gold;
            if (row->at < since)
                continue;
            struct gold_answerer *answerer = &out->answers[used++];
            *answerer = (struct gold_answerer){
                .row = outcome->row,
                .person = row->person,
                .verdict = history_judge(&history->keys[row->gold], row),
                .n = n[outcome->person] - 1,
                .right = right[outcome->person] - outcome->right,
            };
            answerer->best = answerer->n >= DECISIONS_FROM && share(answerer) >= bar;
            one->count++;
        }
        if (one->count > 1)
            qsort(one->answers, one->count, sizeof *one->answers, compare_answerers);
        weigh(one);
    }
    judge(out);
    if (out->count > 1)
        qsort(out->cases, out->count, sizeof *out->cases, compare_cases);
    memory_free(outcomes);
    memory_free(n);
    memory_free(right);
}

void gold_cases_release(struct gold_cases *cases) {
    memory_free(cases->cases);
    memory_free(cases->answers);
    *cases = (struct gold_cases){0};
}
