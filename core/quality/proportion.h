/* k of n: intervals, exact tests, and the distributions they need. Probabilities lie in 0..1. */
#ifndef CORE_QUALITY_PROPORTION_H
#define CORE_QUALITY_PROPORTION_H

#include <stddef.h>

#include "core/quality/figure.h"

/*
 * k / n with the Wilson 95 % interval (Wilson 1927), exactly 0 at the low end for k = 0 and 1 at the high end
 * for k = n. Undefined for n = 0 ("no outcomes"). k <= n.
 */
struct figure proportion_wilson(size_t k, size_t n);

/* The same for real-valued successes and another z (1.959964 is 95 %); n > 0. For planning. */
void proportion_wilson_ends(double k, double n, double z, double *low, double *high);

/*
 * Jeffreys interval, Beta(k + 1/2, n − k + 1/2), with 0 and 1 at the ends (Brown, Cai and DasGupta 2001). n =
 * 0: undefined.
 */
struct figure proportion_jeffreys(size_t k, size_t n);

/* Clopper and Pearson (1934). n = 0: undefined. */
struct figure proportion_exact(size_t k, size_t n);

/*
 * Posterior of an accuracy under a uniform prior, Beta(1 + k, 1 + n − k): mean and central 95 %. Defined for
 * n = 0.
 */
struct figure proportion_posterior(size_t k, size_t n);

/*
 * P(accuracy < limit) under Beta(a + k, b + n − k); a, b > 0 is the prior (1, 1 for a qualification). Defined
 * for n = 0.
 */
double proportion_chance_below(size_t k, size_t n, double a, double b, double limit);

double binomial_mass(size_t k, size_t n, double p);     /* P(X = k) */
double binomial_at_least(size_t k, size_t n, double p); /* P(X >= k); 1 for k = 0, 0 for k > n */
double binomial_at_most(size_t k, size_t n, double p);  /* P(X <= k) */

/*
 * Exact two-sided binomial test of k of n against p: the sum over all outcomes that are no more likely (as
 * R's binom.test). 1 for n = 0.
 */
double binomial_two_sided(size_t k, size_t n, double p);

/* Fisher's exact test, two-sided, of a of na against b of nb. 1 where a margin is empty. */
double fisher_two_sided(size_t a, size_t na, size_t b, size_t nb);

double beta_cdf(double x, double a, double b);      /* regularised incomplete beta I_x(a, b); a, b > 0 */
double beta_quantile(double p, double a, double b); /* x with beta_cdf(x, a, b) = p */
double normal_cdf(double z);
double normal_quantile(double p); /* 0 < p < 1; ±INFINITY at the ends */

/* Holm's step-down adjustment (Holm 1979), in place: p[i] becomes its adjusted value. O(count²) at most. */
void holm_adjust(double *p, size_t count);

#endif
