/*
 * What may be said after an alarm: whether the accuracy changed, by a permutation test of the largest split.
 */
#include <math.h>
#include <string.h>

#include "core/base/memory.h"
#include "core/quality/drift.h"
#include "core/quality/stream.h"

#include "core/base/banned.h"

#define LEAST_SIDE    5
#define BEFORE_LEAST  10
#define SHUFFLES      1999
#define LARGE_MOST    ((SHUFFLES + 1) / 20 - 1) /* so many as large, and p can't be under .05 any more */
#define STREAM_NUMBER 0x64726966u

/*
 * The largest rise of the error share over all splits, each divided by sqrt(1/t + 1/(n - t)). The pooled
 * variance is the same in every shuffle and is left out.
 */
static double largest_rise(const uint8_t *wrong, size_t n, const double *scale, size_t total) {
    double best = -INFINITY;
    size_t errors = 0;
    for (size_t t = 1; t + LEAST_SIDE <= n; t++) {
        errors += wrong[t - 1] != 0;
        if (t < LEAST_SIDE) {
            continue;
        }
        double before = (double)errors / (double)t;
        double since = (double)(total - errors) / (double)(n - t);
        double rise = (since - before) * scale[t];
        best = rise > best ? rise : best;
    }
    return best;
}

/* Sequential (Besag and Clifford 1991): the decision at .05 is that of all shuffles, and most people need few of them. */
static double permutation_p(const uint8_t *wrong, size_t n, uint64_t seed) {
    if (n < (size_t)2 * LEAST_SIDE) {
        return 1;
    }
    double *scale = memory_new(n, sizeof *scale);
    uint8_t *shuffled = memory_new(n, 1);
    size_t total = 0;
    for (size_t i = 0; i < n; i++) {
        total += wrong[i] != 0;
        scale[i] = i == 0 ? 0 : 1 / sqrt(1 / (double)i + 1 / (double)(n - i));
    }
    memcpy(shuffled, wrong, n);
    double seen = largest_rise(wrong, n, scale, total);
    struct stream s;
    stream_init(&s, seed, STREAM_NUMBER);
    size_t as_large = 0, done = 0;
    while (done < SHUFFLES && as_large < LARGE_MOST) {
        stream_shuffle_bytes(&s, shuffled, n);
        as_large += largest_rise(shuffled, n, scale, total) >= seen - 1e-12;
        done++;
    }
    memory_free(scale);
    memory_free(shuffled);
    return as_large < LARGE_MOST ? (double)(as_large + 1) / (SHUFFLES + 1) : (double)as_large / (double)done;
}

void drift_change_test(const uint8_t *wrong, size_t n, size_t onset, double bar, uint64_t seed,
                       struct drift_change *out) {
    onset = onset > n ? n : onset;
    *out = (struct drift_change){.before_n = onset, .since_n = n - onset};
    for (size_t i = 0; i < n; i++) {
        *(i < onset ? &out->before_right : &out->since_right) += wrong[i] == 0;
    }
    bool good_before = onset >= BEFORE_LEAST && (double)out->before_right >= bar * (double)onset - 1e-9;
    out->p = good_before ? permutation_p(wrong, n, seed) : (double)NAN;
    out->changed = good_before && out->p < 0.05;
}
