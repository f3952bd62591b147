/* How many outcomes are enough: sizes for plans, gates, and the odds of a qualification. */
#ifndef CORE_QUALITY_PLANNING_H
#define CORE_QUALITY_PLANNING_H

#include <stdbool.h>
#include <stddef.h>

/*
 * Smallest n whose Wilson 95 % interval at accuracy p has at most this half width. 0 < p < 1, half_width > 0.
 */
size_t planning_for_width(double p, double half_width);

/* Chance that a person of this accuracy gets at least `pass` of n right (exact binomial). */
double planning_chance_to_pass(double accuracy, size_t n, size_t pass);

struct planning_test {
    size_t n;          /* questions */
    size_t pass;       /* right answers needed */
    double good_fails; /* chance that a person at `good` fails */
    double bad_passes; /* chance that a person at `bad` passes */
};

/*
 * The smallest test that fails a person of accuracy `good` with chance at most alpha and passes one of
 * accuracy `bad` with chance at most beta; of the cuts that do, the lowest. False when none with n <= 2000
 * does, or good <= bad.
 */
bool planning_find_test(double good, double bad, double alpha, double beta, struct planning_test *found);

/*
 * Smallest n >= have such that, the further outcomes all being right, the gate's rule would hold: the Wilson
 * lower bound (lower = true) or the share (false) reaches `limit`, and n >= min_n. Returns how many more are
 * needed, 0 if it holds already, SIZE_MAX when no number within 100,000 would do (limit 1 by the lower
 * bound).
 */
size_t planning_more_needed(size_t right, size_t have, double limit, bool lower, size_t min_n);

#endif
