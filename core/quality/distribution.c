/* The beta and the normal distribution (declared in proportion.h). */
#include <math.h>
#include <stddef.h>

#include "core/quality/proportion.h"

#include "core/base/banned.h"

/* Continued fraction of the incomplete beta function by Lentz' method, as in DiDonato and Morris (1992). */
static double beta_fraction(double x, double a, double b) {
    const double tiny = 1e-300;
    double c = 1;
    double d = 1 - (a + b) * x / (a + 1);
    d = 1 / (fabs(d) < tiny ? tiny : d);
    double f = d;
    for (int m = 1; m < 20000; m++) {
        double even = m * (b - m) * x / ((a + 2 * m - 1) * (a + 2 * m));
        d = 1 + even * d;
        c = 1 + even / c;
        d = 1 / (fabs(d) < tiny ? tiny : d);
        c = fabs(c) < tiny ? tiny : c;
        f *= d * c;
        double odd = -(a + m) * (a + b + m) * x / ((a + 2 * m) * (a + 2 * m + 1));
        d = 1 + odd * d;
        c = 1 + odd / c;
        d = 1 / (fabs(d) < tiny ? tiny : d);
        c = fabs(c) < tiny ? tiny : c;
        f *= d * c;
        if (fabs(d * c - 1) < 1e-16) {
            break;
        }
    }
    return f;
}

double beta_cdf(double x, double a, double b) {
    if (!(x > 0)) {
        return 0;
    }
    if (x >= 1) {
        return 1;
    }
    double front = exp(lgamma(a + b) - lgamma(a) - lgamma(b) + a * log(x) + b * log1p(-x));
    if (x < (a + 1) / (a + b + 2)) {
        return front * beta_fraction(x, a, b) / a;
    }
    return 1 - front * beta_fraction(1 - x, b, a) / b;
}

double beta_quantile(double p, double a, double b) {
    if (p <= 0) {
        return 0;
    }
    if (p >= 1) {
        return 1;
    }
    double low = 0, high = 1, x = a / (a + b);
    for (int i = 0; i < 200; i++) { /* Newton steps, kept inside a bracket that only shrinks */
        double off = beta_cdf(x, a, b) - p;
        if (off > 0) {
            high = x;
        } else {
            low = x;
        }
        double density = exp(lgamma(a + b) - lgamma(a) - lgamma(b) + (a - 1) * log(x) + (b - 1) * log1p(-x));
        double next = x - off / density;
        if (!(next > low && next < high)) {
            next = (low + high) / 2;
        }
        if (fabs(next - x) <= 1e-16 + 1e-15 * x || next == x) {
            return next;
        }
        x = next;
    }
    return x;
}

double normal_cdf(double z) {
    return 0.5 * erfc(-z / sqrt(2));
}

/* Bisection to 1e-3, then Newton on the density: quantiles are asked for rarely. */
double normal_quantile(double p) {
    if (p <= 0) {
        return -INFINITY;
    }
    if (p >= 1) {
        return INFINITY;
    }
    double low = -40, high = 40;
    while (high - low > 1e-3) {
        double middle = (low + high) / 2;
        if (normal_cdf(middle) < p) {
            low = middle;
        } else {
            high = middle;
        }
    }
    double z = (low + high) / 2;
    for (int i = 0; i < 4; i++) {
        double density = exp(-z * z / 2) / sqrt(2 * acos(-1.0));
        z -= (normal_cdf(z) - p) / density;
    }
    return z;
}
