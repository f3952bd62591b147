/* Medians, robust outliers, and speed with the length of the text taken out. */
#include <math.h>
#include <stdlib.h>

#include "core/base/memory.h"
#include "core/quality/habits.h"

#include "core/base/banned.h"

#define TEAM_LEAST  5
#define SPEED_LIMIT 4.0
#define SPEED_LEAST 20

static int compare_doubles(const void *a, const void *b) {
    double x = *(const double *)a, y = *(const double *)b;
    return (x > y) - (x < y);
}

double habits_median(double *values, size_t n) {
    if (n == 0) {
        return NAN;
    }
    qsort(values, n, sizeof *values, compare_doubles);
    return n % 2 == 1 ? values[n / 2] : (values[n / 2 - 1] + values[n / 2]) / 2;
}

size_t habits_outliers(const double *values, size_t people, double limit, double *z, bool *flags) {
    double *known = memory_new(people + 1, sizeof *known);
    size_t n = 0;
    for (size_t i = 0; i < people; i++) {
        flags[i] = false;
        if (z != NULL) {
            z[i] = NAN;
        }
        if (!isnan(values[i])) {
            known[n++] = values[i];
        }
    }
    double centre = habits_median(known, n);
    for (size_t i = 0; i < n; i++) {
        known[i] = fabs(known[i] - centre);
    }
    double spread = 1.4826 * habits_median(known, n);
    memory_free(known);
    if (n < TEAM_LEAST || !(spread > 0)) {
        return 0;
    }
    size_t flagged = 0;
    for (size_t i = 0; i < people; i++) {
        double distance = (values[i] - centre) / spread; /* NAN stays NAN and is not flagged */
        if (z != NULL) {
            z[i] = distance;
        }
        flags[i] = fabs(distance) > limit;
        flagged += flags[i];
    }
    return flagged;
}

static bool usable(const struct habit_time *row, size_t people) {
    return row->person < people && row->seconds > 0 && row->length > 0;
}

/*
 * One slope of log seconds on log length within people (each person's own level taken out), so that a team in
 * which the slow ones got the long texts does not hide them.
 */
static double length_slope(const struct habit_time *rows, size_t n, size_t people) {
    double *sums =
        memory_new(3 * people + 1, sizeof *sums); /* per person: count, sum of log length, sum of log seconds */
    for (size_t i = 0; i < n; i++) {
        if (usable(&rows[i], people)) {
            double *sum = &sums[3 * (size_t)rows[i].person];
            sum[0] += 1;
            sum[1] += log(rows[i].length);
            sum[2] += log(rows[i].seconds);
        }
    }
    double cross = 0, square = 0;
    for (size_t i = 0; i < n; i++) {
        if (usable(&rows[i], people)) {
            const double *sum = &sums[3 * (size_t)rows[i].person];
            double x = log(rows[i].length) - sum[1] / sum[0];
            cross += x * (log(rows[i].seconds) - sum[2] / sum[0]);
            square += x * x;
        }
    }
    memory_free(sums);
    return square > 1e-12 ? cross / square : 0;
}

void habits_speed(const struct habit_time *rows, size_t n, size_t people, struct habit_speed *out) {
    double slope = length_slope(rows, n, people);
    size_t *start = memory_new(people + 1, sizeof *start);
    double *values = memory_new(n + 1, sizeof *values);
    double *residuals = memory_new(people + 1, sizeof *residuals);
    double *z = memory_new(people + 1, sizeof *z);
    bool *flags = memory_new(people + 1, sizeof *flags);
    for (size_t p = 0; p < people; p++) {
        out[p] = (struct habit_speed){.n = 0};
    }
    for (size_t i = 0; i < n; i++) {
        if (usable(&rows[i], people)) {
            out[rows[i].person].n++;
        }
    }
    for (size_t p = 0; p < people; p++) {
        start[p + 1] = start[p] + out[p].n;
    }
    for (int pass = 0; pass < 2; pass++) { /* first the seconds, then what is left of them after the length */
        size_t *filled = memory_new(people + 1, sizeof *filled);
        for (size_t i = 0; i < n; i++) {
            if (usable(&rows[i], people)) {
                uint32_t p = rows[i].person;
                values[start[p] + filled[p]++] =
                    pass == 0 ? rows[i].seconds : log(rows[i].seconds) - slope * log(rows[i].length);
            }
        }
        for (size_t p = 0; p < people; p++) {
            *(pass == 0 ? &out[p].median_seconds : &residuals[p]) = habits_median(&values[start[p]], out[p].n);
        }
        memory_free(filled);
    }
    habits_outliers(residuals, people, SPEED_LIMIT, z, flags);
    for (size_t p = 0; p < people; p++) {
        out[p].residual = residuals[p];
        out[p].z = z[p];
        out[p].flagged = flags[p] && out[p].n >= SPEED_LEAST;
    }
    memory_free(start);
    memory_free(values);
    memory_free(residuals);
    memory_free(z);
    memory_free(flags);
}
