/*
 * Shares and counts of one person's habits; the length model and speed stand in habits_length.c and
 * habits_speed.c.
 */
#include "core/quality/habits.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "core/base/memory.h"
#include "core/quality/proportion.h"

#include "core/base/banned.h"

static struct habit_share share_of(size_t k, size_t n, const char *reason, bool flags) {
    struct habit_share h = {.share = n == 0 ? figure_undefined(reason, 0) : proportion_wilson(k, n), .p = 1};
    h.p = binomial_two_sided(k, n, 0.5);
    h.chance = h.p >= 0.05;
    h.flagged = flags && n > 0 && h.p < 1e-4 && fabs(h.share.value - 0.5) > 0.05;
    return h;
}

struct habit_share habits_shown_first(size_t first_chosen, size_t n) {
    return share_of(first_chosen, n, "no untied judgments", true);
}

struct habit_share habits_longer(size_t longer_chosen, size_t n) {
    return share_of(longer_chosen, n, "no choice between texts of two lengths", false);
}

size_t habits_usage(const uint8_t *answers, size_t n, size_t levels, size_t *counts) {
    size_t counted = 0;
    for (size_t l = 0; l < levels; l++) {
        counts[l] = 0;
    }
    for (size_t i = 0; i < n; i++) {
        if (answers[i] < levels) {
            counts[answers[i]]++;
            counted++;
        }
    }
    return counted;
}

/*
 * Chance of a run of at least `length` successes in n trials: with A(i) the chance of none in i trials, A(i)
 * = A(i-1) - A(i-length-1) (1-p) p^length, A(length) = 1 - p^length, A(i < length) = 1 (Feller 1968, XIII.7).
 */
static double chance_of_run(size_t n, size_t length, double p) {
    if (length == 0 || p >= 1) {
        return 1;
    }
    if (length > n) {
        return 0;
    }
    double *run = memory_new(n + 1, sizeof *run); /* 1 - A(i), added up so that nothing cancels */
    double power = exp((double)length * log(p));
    run[length] = power;
    for (size_t i = length + 1; i <= n; i++) {
        run[i] = run[i - 1] + (1 - run[i - length - 1]) * (1 - p) * power;
    }
    double chance = run[n];
    memory_free(run);
    return chance;
}

struct habit_run habits_straight_lining(const uint8_t *answers, size_t n) {
    struct habit_run h = {.chance = NAN};
    size_t uses[UINT8_MAX + 1] = {0}, current = 0;
    for (size_t i = 0; i < n; i++) {
        uses[answers[i]]++;
        current = i > 0 && answers[i] == answers[i - 1] ? current + 1 : 1;
        if (current > h.longest) {
            h.longest = current;
            h.answer = answers[i];
        }
    }
    if (n > 0) {
        h.chance = chance_of_run(n, h.longest, (double)uses[h.answer] / (double)n);
        h.flagged = h.chance < 1e-4 && h.longest >= 10;
    }
    return h;
}

static int compare_hashes(const void *a, const void *b) {
    uint64_t x = *(const uint64_t *)a, y = *(const uint64_t *)b;
    return (x > y) - (x < y);
}

struct figure habits_repeated_rationales(const uint64_t *hashes, size_t n) {
    if (n == 0) {
        return figure_undefined("no rationales", 0);
    }
    uint64_t *sorted = memory_new(n, sizeof *sorted);
    memcpy(sorted, hashes, n * sizeof *sorted);
    qsort(sorted, n, sizeof *sorted, compare_hashes);
    size_t repeats = 0; /* every one but the first of its kind repeats an earlier one */
    for (size_t i = 1; i < n; i++) {
        repeats += sorted[i] == sorted[i - 1];
    }
    memory_free(sorted);
    return proportion_wilson(repeats, n);
}

struct habit_skips habits_skips(size_t gold_skipped, size_t gold_served, size_t other_skipped, size_t other_served) {
    struct habit_skips h = {
        .gold = gold_served == 0 ? figure_undefined("no gold served", 0) : proportion_wilson(gold_skipped, gold_served),
        .other = other_served == 0 ? figure_undefined("no other items served", 0)
                                   : proportion_wilson(other_skipped, other_served),
        .p = fisher_two_sided(gold_skipped, gold_served, other_skipped, other_served),
    };
    h.flagged = h.p < 1e-3;
    return h;
}
