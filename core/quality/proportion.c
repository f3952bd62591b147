/* Intervals and exact tests of k of n; the distributions stand in distribution.c. */
#include "core/quality/proportion.h"

#include <math.h>

#include "core/base/banned.h"

#define Z95 1.959963984540054

static const char no_outcomes[] = "no outcomes";

void proportion_wilson_ends(double k, double n, double z, double *low, double *high) {
    double share = k / n;
    double square = z * z;
    double centre = (share + square / (2 * n)) / (1 + square / n);
    double half = z / (1 + square / n) * sqrt(share * (1 - share) / n + square / (4 * n * n));
    *low = k <= 0 ? 0 : fmax(0, centre - half);
    *high = k >= n ? 1 : fmin(1, centre + half);
}

struct figure proportion_wilson(size_t k, size_t n) {
    if (n == 0) {
        return figure_undefined(no_outcomes, 0);
    }
    double low, high;
    proportion_wilson_ends((double)k, (double)n, Z95, &low, &high);
    return figure_interval((double)k / (double)n, low, high, n);
}

struct figure proportion_jeffreys(size_t k, size_t n) {
    if (n == 0) {
        return figure_undefined(no_outcomes, 0);
    }
    double a = (double)k + 0.5, b = (double)(n - k) + 0.5;
    double low = k == 0 ? 0 : beta_quantile(0.025, a, b);
    double high = k == n ? 1 : beta_quantile(0.975, a, b);
    return figure_interval((double)k / (double)n, low, high, n);
}

struct figure proportion_exact(size_t k, size_t n) {
    if (n == 0) {
        return figure_undefined(no_outcomes, 0);
    }
    double kd = (double)k, rest = (double)(n - k);
    double low = k == 0 ? 0 : beta_quantile(0.025, kd, rest + 1);
    double high = k == n ? 1 : beta_quantile(0.975, kd + 1, rest);
    return figure_interval(kd / (double)n, low, high, n);
}

struct figure proportion_posterior(size_t k, size_t n) {
    double a = (double)k + 1, b = (double)(n - k) + 1;
    return figure_interval(a / (a + b), beta_quantile(0.025, a, b), beta_quantile(0.975, a, b), n);
}

double proportion_chance_below(size_t k, size_t n, double a, double b, double limit) {
    return beta_cdf(limit, a + (double)k, b + (double)(n - k));
}

static double log_choose(double n, double k) {
    return lgamma(n + 1) - lgamma(k + 1) - lgamma(n - k + 1);
}

double binomial_mass(size_t k, size_t n, double p) {
    if (k > n) {
        return 0;
    }
    if (p <= 0) {
        return k == 0 ? 1 : 0;
    }
    if (p >= 1) {
        return k == n ? 1 : 0;
    }
    return exp(log_choose((double)n, (double)k) + (double)k * log(p) + (double)(n - k) * log1p(-p));
}

double binomial_at_least(size_t k, size_t n, double p) {
    if (k == 0) {
        return 1;
    }
    if (k > n) {
        return 0;
    }
    return beta_cdf(p, (double)k, (double)(n - k) + 1);
}

double binomial_at_most(size_t k, size_t n, double p) {
    if (k >= n) {
        return 1;
    }
    return beta_cdf(1 - p, (double)(n - k), (double)k + 1);
}

/*
 * The outcomes no more likely than k are two tails; the far end of the other one is found by bisection, as
 * the mass is unimodal. 1e-7 relative slack makes outcomes of equal mass equal in spite of rounding.
 */
double binomial_two_sided(size_t k, size_t n, double p) {
    if (n == 0) {
        return 1;
    }
    if (p <= 0 || p >= 1) {
        return (p <= 0 ? k == 0 : k == n) ? 1 : 0;
    }
    double limit = binomial_mass(k, n, p) * (1 + 1e-7);
    double mean = (double)n * p;
    if ((double)k == mean) {
        return 1;
    }
    if ((double)k < mean) {
        size_t low = (size_t)ceil(mean), high = n + 1; /* first value at or above the mean with mass <= limit */
        while (low < high) {
            size_t middle = low + (high - low) / 2;
            if (binomial_mass(middle, n, p) <= limit) {
                high = middle;
            } else {
                low = middle + 1;
            }
        }
        return fmin(1, binomial_at_most(k, n, p) + binomial_at_least(low, n, p));
    }
    size_t count = 0, above = (size_t)floor(mean) + 1; /* number of values from 0 with mass <= limit */
    while (count < above) {
        size_t middle = count + (above - count) / 2;
        if (binomial_mass(middle, n, p) <= limit) {
            count = middle + 1;
        } else {
            above = middle;
        }
    }
    double below = count == 0 ? 0 : binomial_at_most(count - 1, n, p);
    return fmin(1, binomial_at_least(k, n, p) + below);
}

double fisher_two_sided(size_t a, size_t na, size_t b, size_t nb) {
    size_t hits = a + b, total = na + nb;
    if (na == 0 || nb == 0 || hits == 0 || hits == total) {
        return 1;
    }
    size_t least = hits > nb ? hits - nb : 0;
    size_t most = hits < na ? hits : na;
    double all = log_choose((double)total, (double)hits);
    double observed = log_choose((double)na, (double)a) + log_choose((double)nb, (double)b) - all;
    double sum = 0;
    for (size_t x = least; x <= most; x++) {
        double mass = log_choose((double)na, (double)x) + log_choose((double)nb, (double)(hits - x)) - all;
        if (mass <= observed + 1e-7) {
            sum += exp(mass);
        }
    }
    return fmin(1, sum);
}

void holm_adjust(double *p, size_t count) {
    /* Selection by rank; the numbers of categories are small. p is marked done by storing -(adjusted) - 1. */
    double running = 0;
    for (size_t rank = 0; rank < count; rank++) {
        size_t least = count;
        for (size_t i = 0; i < count; i++) {
            if (p[i] >= 0 && (least == count || p[i] < p[least])) {
                least = i;
            }
        }
        if (least == count) {
            break;
        }
        running = fmax(running, fmin(1, p[least] * (double)(count - rank)));
        p[least] = -running - 1;
    }
    for (size_t i = 0; i < count; i++) {
        p[i] = -p[i] - 1;
    }
}
