/*
 * Agreement between annotators. Notation as usual: n_uk annotators gave level k to unit u, r_u = sum over k.
 * Only units with r_u >= 2 are pairable. Undefined (never 0 or 1) where a figure is 0/0.
 */
#ifndef CORE_QUALITY_AGREEMENT_H
#define CORE_QUALITY_AGREEMENT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "core/quality/figure.h"
#include "core/quality/table.h"

#define AGREEMENT_LEVELS         TABLE_LEVELS
#define AGREEMENT_PAIR_ITEMS     30 /* a cell of the annotator matrix needs so many common items */
#define AGREEMENT_CATEGORY_UNITS 50 /* under so many pairable units a category shows only the percent */

enum agreement_weights { WEIGHTS_NONE, WEIGHTS_LINEAR, WEIGHTS_QUADRATIC, WEIGHTS_ORDINAL };

enum agreement_kind {
    AGREEMENT_PERCENT,       /* mean over units of the share of agreeing pairs */
    AGREEMENT_UNANIMOUS,     /* share of pairable units where all agree */
    AGREEMENT_PAIRWISE,      /* share of agreeing pairs of judgments, every pair of the same weight */
    AGREEMENT_FLEISS,        /* Fleiss (1971) in Gwet's form (2014) for any number of ratings; equal on complete data */
    AGREEMENT_ALPHA_NOMINAL, /* Krippendorff (2011) */
    AGREEMENT_ALPHA_ORDINAL,
    AGREEMENT_ALPHA_INTERVAL, /* values 0, 1, 2, …: the level numbers, or values that are given */
    AGREEMENT_AC1,            /* Gwet (2008) */
    AGREEMENT_AC2_LINEAR,
    AGREEMENT_AC2_QUADRATIC,
    AGREEMENT_AC2_ORDINAL,
    AGREEMENT_KINDS
};

/*
 * Everything that the figures need of a table: sums over units, additive, so that replicates and leave-one-
 * out can add them.
 */
struct agreement_sums {
    size_t levels;
    double pairable;     /* units with r_u >= 2 */
    double rated;        /* units with r_u >= 1 */
    double unanimous;    /* pairable units with one level */
    double agreeing;     /* ordered pairs of judgments of one unit with one level: sum of n_k (n_k - 1) */
    double together;     /* all of them: sum of r (r - 1) */
    double *coincidence; /* levels²: sum of n_k (n_l - [k = l]) / (r - 1) */
    double *pairs;       /* levels²: sum of n_k (n_l - [k = l]) / (r (r - 1)) */
    double *shares;      /* levels: sum of n_k / r over rated units */
};

void agreement_sums_init(struct agreement_sums *s, size_t levels);
void agreement_sums_release(struct agreement_sums *s);

/*
 * Sets s from the table's patterns, each counted weight[p] times (NULL: its multiplicity). O(patterns ·
 * levels²).
 */
void agreement_sums_set(struct agreement_sums *s, const struct ratings_table *t, const uint64_t *weight);

/* Adds `times` units (negative takes them out) with these counts by level; raters is their sum, > 0. */
void agreement_sums_add(struct agreement_sums *s, const uint32_t *counts, uint32_t raters, double times);

/*
 * One figure, without interval. n = pairable units. values: NULL, or `levels` numbers for the interval
 * metric. Undefined: no unit has two ratings; one level only (Fleiss, alpha). AC1 and AC2 are 1 there:
 * agreement_one_level tells.
 */
struct figure agreement_from_sums(const struct agreement_sums *s, enum agreement_kind kind, const double *values);

/* All pairable ratings are one level: to be said beside an AC1 or AC2 of 1 ("one category only"). */
bool agreement_one_level(const struct agreement_sums *s);

/* The same straight from a table. */
struct figure agreement_value(const struct ratings_table *t, enum agreement_kind kind, const double *values);

/*
 * Standard error of AC1/AC2 over units, infinite population (Gwet 2008, eq. 3.3.1 generalised); undefined as
 * the figure is, or with one rated unit.
 */
struct figure agreement_ac_error(const struct ratings_table *t, enum agreement_weights weights);

double agreement_weight(enum agreement_weights weights, size_t k, size_t l, size_t levels);

/* "percent", "krippendorff_alpha", "gwet_ac1", …: the report's keys, the metric added where it is not the usual one. */
const char *agreement_kind_name(enum agreement_kind kind);

struct cohen {
    struct figure kappa; /* with the large-sample interval, clamped to [-1, 1]; n = common items */
    double observed;     /* weighted agreement */
    double expected;
    double error;      /* standard error (Fleiss, Cohen and Everitt 1969), NAN when undefined */
    double error_null; /* the same under independence, for a test of 0 */
};

/* Cohen's kappa from counts[first * levels + second]. Undefined: no common items; expected agreement is 1. */
void agreement_cohen(const uint64_t *counts, size_t levels, enum agreement_weights weights, struct cohen *out);

/*
 * Alpha (or another kind) without each annotator in turn: out[annotators], n = pairable units left. One pass
 * over the ratings, O(ratings · levels²) with small constants. ratings must be those that built the table.
 */
void agreement_leave_one_out(const struct ratings_table *t, const struct rating *ratings, size_t count,
                             size_t annotators, enum agreement_kind kind, const double *values, struct figure *out);

struct agreement_pair {
    uint32_t a; /* a < b */
    uint32_t b;
    size_t n;           /* common items */
    struct figure same; /* share of equal levels, Wilson */
    struct cohen cohen;
};

/*
 * All pairs of annotators with at least `least` common items (AGREEMENT_PAIR_ITEMS), by a, then b. *pairs is
 * allocated (memory_free); returns their number. Memory annotators² · 2 bytes and levels² · 8 for each pair
 * kept.
 */
size_t agreement_pairs(const struct rating *ratings, size_t count, size_t units, size_t annotators, size_t levels,
                       enum agreement_weights weights, size_t least, struct agreement_pair **pairs);

#endif
