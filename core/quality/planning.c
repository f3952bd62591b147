/* Sizes of plans and gates, by search over n with exact or Wilson formulas. */
#include "core/quality/planning.h"

#include <math.h>
#include <stdint.h>

#include "core/quality/proportion.h"

#include "core/base/banned.h"

#define Z95 1.959963984540054

static double half_width(double p, double n) {
    double low, high;
    proportion_wilson_ends(p * n, n, Z95, &low, &high);
    return (high - low) / 2;
}

size_t planning_for_width(double p, double width) {
    size_t low = 1, high = 1;
    while (half_width(p, (double)high) > width && high < (SIZE_MAX >> 4)) {
        low = high + 1;
        high *= 2;
    }
    while (low < high) { /* the width falls with n */
        size_t middle = low + (high - low) / 2;
        if (half_width(p, (double)middle) > width) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    return high;
}

double planning_chance_to_pass(double accuracy, size_t n, size_t pass) {
    return binomial_at_least(pass, n, accuracy);
}

bool planning_find_test(double good, double bad, double alpha, double beta, struct planning_test *found) {
    if (!(good > bad) || !(bad > 0) || !(good < 1)) {
        return false;
    }
    for (size_t n = 1; n <= 2000; n++) {
        size_t low = 0, high = n + 1; /* lowest cut that keeps the bad ones out */
        while (low < high) {
            size_t middle = low + (high - low) / 2;
            if (binomial_at_least(middle, n, bad) > beta) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        double fails = 1 - binomial_at_least(low, n, good);
        if (low <= n && fails <= alpha) {
            *found = (struct planning_test){n, low, fails, binomial_at_least(low, n, bad)};
            return true;
        }
    }
    return false;
}

static bool rule_holds(size_t right, size_t n, double limit, bool lower, size_t min_n) {
    if (n < min_n || n == 0) {
        return false;
    }
    if (!lower) {
        return (double)right >= limit * (double)n - 1e-12;
    }
    double low, high;
    proportion_wilson_ends((double)right, (double)n, Z95, &low, &high);
    return low >= limit;
}

size_t planning_more_needed(size_t right, size_t have, double limit, bool lower, size_t min_n) {
    for (size_t more = 0; more <= 100000; more++) {
        if (rule_holds(right + more, have + more, limit, lower, min_n)) {
            return more;
        }
    }
    return SIZE_MAX;
}
