/*
 * What a lead should decide about gold: keys that the best annotators do not answer as they say.
 *
 * The best at an item are those who answered it (first judgments, team alone, counted.h) and were
 * right on at least `bar` of their other gold of the track, from DECISIONS_FROM on. Under the wrong rates that
 * they have elsewhere, (wrong + 1) / (n + 2), the chance that so many of them miss it is a Poisson-binomial tail;
 * keys are suspect where that chance, adjusted for the number of keys looked at (Holm 1979), is under
 * DECISIONS_LEVEL, and DECISIONS_MISSED of them and more than half missed it. So with right keys, and people who
 * miss independently, a look shows any suspect at all at most once in twenty.
 *
 * Only answers given after the key was set count: a key that was amended, or kept with a reason, is judged by
 * what comes after.
 */
#ifndef CORE_REPORT_DECISIONS_H
#define CORE_REPORT_DECISIONS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "core/report/counted.h"

enum { DECISIONS_FROM = 10, DECISIONS_MISSED = 3 };
#define DECISIONS_LEVEL 0.05

struct gold_answerer {
    uint32_t row; /* index into history->rows */
    int person;   /* code */
    enum verdict verdict;
    size_t n, right; /* this person's other gold outcomes on the track */
    bool best;
};

/* One key in force with what was answered since it was set. */
struct gold_case {
    int64_t item;
    int key;                       /* index into history->keys */
    struct gold_answerer *answers; /* best people first, then by share right; the rest in order of share */
    size_t count;
    size_t best, best_missed;
    double chance; /* adjusted; 1 where nothing can be said */
    bool suspect;
};

struct gold_cases {
    struct gold_case *cases; /* suspects first, the least likely first */
    size_t count, suspects;
    struct gold_answerer *answers; /* owned */
};

/* key_at: by item id, when its key was set (UTC ms); 0 or beyond key_count: before everything. bar: accuracy, 0..1. */
void gold_cases_init(struct gold_cases *out, const struct counted *counted, const int64_t *key_at, size_t key_count,
                     double bar);
void gold_cases_release(struct gold_cases *cases);

#endif
