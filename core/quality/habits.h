/*
 * Habits: effects of position, length and haste on one person's judgments. First judgments only, not retests.
 */
#ifndef CORE_QUALITY_HABITS_H
#define CORE_QUALITY_HABITS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "core/quality/figure.h"

struct habit_share {
    struct figure share; /* Wilson; undefined for n = 0 */
    double p;            /* exact two-sided binomial against one half; 1 for n = 0 */
    bool chance;         /* p >= .05: "as chance would have it" */
    bool flagged;        /* p < 1e-4 and |share - .5| > .05 */
};

/* How often the response that was shown first (left) was chosen, among n judgments that chose one. */
struct habit_share habits_shown_first(size_t first_chosen, size_t n);

/*
 * How often the longer response was chosen, among n choices between texts of different length. Never flagged:
 * length is confounded with quality.
 */
struct habit_share habits_longer(size_t longer_chosen, size_t n);

struct habit_length_row {
    uint8_t chose_a;    /* 1: the stored response A was chosen, 0: B (ties left out) */
    int8_t first_shown; /* +1: A was shown first, -1: B was */
    double log_ratio;   /* log(length of A / length of B) */
};

enum { HABIT_CONSTANT, HABIT_FIRST, HABIT_LENGTH, HABIT_TERMS };

struct habit_length {
    double coefficient[HABIT_TERMS]; /* log-odds of choosing A: constant, shown first, length */
    double error[HABIT_TERMS];       /* standard errors from the information matrix */
    double log_likelihood;
    size_t n;
    const char *undefined; /* NULL, or why there is no fit: then the numbers are NAN */
};

/*
 * Logistic regression choice_A ~ 1 + first_shown + log_ratio by Newton's method. Undefined under 20 choices, when one
 * response is always chosen, when length or order does not vary, or when the choices are separated.
 */
void habits_length_fit(const struct habit_length_row *rows, size_t n, struct habit_length *out);

/*
 * Flags the people whose value lies more than `limit` robust standard deviations (1.4826 · median absolute
 * deviation) from the team's median; z (NULL or `people` long) gets the distance. NAN values (no fit) are
 * left out. Fewer than 5 people, or no spread: nobody is flagged, z is NAN. Returns the number flagged.
 */
size_t habits_outliers(const double *values, size_t people, double limit, double *z, bool *flags);

struct habit_time {
    uint32_t person; /* 0 .. people-1 */
    double seconds;  /* time on task; rows with seconds <= 0 are left out */
    double length;   /* of all the text shown, > 0 */
};

struct habit_speed {
    size_t n;
    double median_seconds; /* NAN without rows */
    double residual;       /* median of log seconds after the length model */
    double z;              /* robust z against the team; NAN when it does not exist; below 0 is faster */
    bool flagged;          /* |z| > 4 and n >= 20 */
};

/*
 * Speed with length in the model: log seconds on log length, one slope for all, then medians of residuals.
 * out: one a person.
 */
void habits_speed(const struct habit_time *rows, size_t n, size_t people, struct habit_speed *out);

/*
 * How often each answer was used: counts[level], level 0..levels-1; levels outside are left out. Returns the
 * number counted.
 */
size_t habits_usage(const uint8_t *answers, size_t n, size_t levels, size_t *counts);

struct habit_run {
    size_t longest; /* longest stretch of the same answer (as shown, strength included) */
    uint8_t answer; /* which */
    double chance;  /* chance of so long a run, given how often the person uses that answer; NAN for n = 0 */
    bool flagged;   /* chance < 1e-4 and longest >= 10 */
};

/*
 * Straight-lining. answers in the order given; the chance is exact for independent answers (run-length
 * recurrence).
 */
struct habit_run habits_straight_lining(const uint8_t *answers, size_t n);

/*
 * Share of rationales that equal an earlier one of the same person: hashes (normalised text) in time order,
 * empty ones left out.
 */
struct figure habits_repeated_rationales(const uint64_t *hashes, size_t n);

struct habit_skips {
    struct figure gold;  /* share set aside among gold served */
    struct figure other; /* among the rest */
    double p;            /* Fisher's exact test */
    bool flagged;        /* p < 1e-3 */
};

struct habit_skips habits_skips(size_t gold_skipped, size_t gold_served, size_t other_skipped, size_t other_served);

double habits_median(double *values, size_t n); /* reorders values; NAN for n = 0 */

#endif
