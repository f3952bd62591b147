/*
 * Aggregation: from several labels of an item to one, with its doubt. Labels are levels 0..labels-1 of struct
 * rating. Views only: nothing is overwritten by them.
 */
#ifndef CORE_QUALITY_AGGREGATE_H
#define CORE_QUALITY_AGGREGATE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "core/quality/table.h"

#define AGGREGATE_UNDECIDED (-1) /* a tie between labels */
#define AGGREGATE_NO_VOTES  (-2)

struct majority {
    int label;      /* 0.., AGGREGATE_UNDECIDED or AGGREGATE_NO_VOTES */
    uint32_t votes; /* for the winning label (or each of the tied ones) */
    uint32_t total;
};

/* out: one a unit. A tie is undecided, never the first label. */
void aggregate_majority(const struct rating *ratings, size_t count, size_t units, size_t labels, struct majority *out);

struct dawid_skene_options {
    double diagonal;     /* prior pseudo-counts of each person's error rows: the true label, */
    double off_diagonal; /* and each other one */
    double class_prior;  /* pseudo-count of each label's share */
    bool one_coin;       /* one accuracy a person, errors spread evenly */
    double tolerance;    /* relative change of the log-likelihood, in two rounds running */
    size_t rounds;       /* at most */
    const int *known;    /* NULL, or per unit the gold label (clamped), -1 for unknown */
};

void dawid_skene_defaults(struct dawid_skene_options *options); /* 20, 5, 1, full, 1e-8, 1,000, nothing known */

struct dawid_skene {
    size_t units;
    size_t annotators;
    size_t labels;
    double *posterior;     /* units × labels, rows sum to 1; units without votes have the label shares */
    double *prior;         /* labels: estimated shares */
    double *errors;        /* annotators × true × observed, rows sum to 1 */
    double *accuracy;      /* annotators: P(observed = true) under the estimated shares; NAN without votes */
    bool *inverted;        /* annotators: diagonal of the error rows, by the label shares, under chance (1 / labels) */
    double log_likelihood; /* of the observed labels */
    size_t rounds;         /* done */
    bool converged;        /* within options->rounds */
};

/*
 * Dawid and Skene (1979) by EM from vote shares, with Dirichlet pseudo-counts, in log space. Memory linear in
 * ratings, units · labels and annotators · labels². The caller releases it. labels >= 2 (2 .. TABLE_LEVELS).
 */
void dawid_skene_fit(struct dawid_skene *out, const struct rating *ratings, size_t count, size_t units,
                     size_t annotators, size_t labels, const struct dawid_skene_options *options);
void dawid_skene_release(struct dawid_skene *fit);

/*
 * The label with the largest posterior; AGGREGATE_UNDECIDED when two share it (within 1e-9). *chance gets it
 * (or NULL).
 */
int dawid_skene_label(const struct dawid_skene *fit, size_t unit, double *chance);

#endif
