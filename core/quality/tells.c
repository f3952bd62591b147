/* See tells.h. */
#include "core/quality/tells.h"

#include <math.h>
#include <stdbool.h>
#include <stdlib.h>

#include "core/quality/proportion.h"

#include "core/base/banned.h"

static int compare(const void *a, const void *b) {
    double x = *(const double *)a, y = *(const double *)b;
    return (x > y) - (x < y);
}

static double variance(double t, double m, double n) {
    double star = (m + n) / 2 - 1;
    return t * (1 - t) * (1 + star * (1 - t) / (2 - t) + star * t / (1 + t)) / (m * n);
}

/* The end of the interval between the figure and `end` (0 or 1). */
static double limit(double auc, double end, double m, double n, double factor, double z) {
    double inside = auc, outside = end;
    for (int i = 0; i < 60; i++) {
        double t = (inside + outside) / 2;
        if ((auc - t) * (auc - t) <= z * z * factor * variance(t, m, n))
            inside = t;
        else
            outside = t;
    }
    return (inside + outside) / 2;
}

/* tied: sum of t³ - t over groups of equal values. */
static void conclude(struct tell *out, double auc, double m, double n, double tied, size_t looks) {
    double all = m + n, factor = 1 - tied / (all * all * all - all);
    double z = normal_quantile(1 - TELLS_LEVEL / (double)looks / 2);
    *out = (struct tell){auc, auc, auc, TELL_CHANCE};
    if (factor < 1e-12) /* everybody has the same */
        return;
    out->low = limit(auc, 0, m, n, factor, z);
    out->high = limit(auc, 1, m, n, factor, z);
    if (out->low > 0.5 || out->high < 0.5)
        out->verdict = TELL_SOME;
}

static bool too_little(struct tell *out, size_t m, size_t n) {
    *out = (struct tell){0.5, 0, 1, TELL_TOO_LITTLE};
    return m < TELLS_FROM || n < TELLS_FROM;
}

void tell_number(struct tell *out, double *gold, size_t m, double *production, size_t n, size_t looks) {
    if (too_little(out, m, n))
        return;
    qsort(gold, m, sizeof *gold, compare);
    qsort(production, n, sizeof *production, compare);
    double wins = 0, tied = 0;
    for (size_t i = 0, j = 0; i < m || j < n;) {
        double value = j == n || (i < m && gold[i] <= production[j]) ? gold[i] : production[j];
        size_t from = i, below = j;
        while (i < m && gold[i] <= value)
            i++;
        while (j < n && production[j] <= value)
            j++;
        double same = (double)(i - from + j - below);
        wins += (double)(i - from) * ((double)below + (double)(j - below) / 2);
        tied += same * same * same - same;
    }
    conclude(out, wins / ((double)m * (double)n), (double)m, (double)n, tied, looks);
}

void tell_presence(struct tell *out, size_t gold, size_t m, size_t production, size_t n, size_t looks) {
    if (too_little(out, m, n))
        return;
    double have = (double)(gold + production), lack = (double)(m + n) - have;
    double auc = 0.5 + ((double)gold / (double)m - (double)production / (double)n) / 2;
    conclude(out, auc, (double)m, (double)n, have * have * have - have + lack * lack * lack - lack, looks);
    if (out->verdict == TELL_SOME && fisher_two_sided(gold, m, production, n) > TELLS_LEVEL / (double)looks)
        out->verdict = TELL_CHANCE;
}

double tell_variation(const size_t *gold, const size_t *production, size_t kinds) {
    double m = 0, n = 0, sum = 0;
    for (size_t i = 0; i < kinds; i++) {
        m += (double)gold[i];
        n += (double)production[i];
    }
    for (size_t i = 0; i < kinds && m > 0 && n > 0; i++)
        sum += fabs((double)gold[i] / m - (double)production[i] / n);
    return sum / 2;
}

const char *tell_verdict_words(enum tell_verdict verdict) {
    static const char *const words[] = {"too little to say", "at chance", "gives some away"};
    return words[verdict];
}
