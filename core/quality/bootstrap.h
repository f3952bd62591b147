/*
 * Bootstrap of agreement figures over units (or over prompts, where items share one): percentile intervals.
 * A replicate is a multinomial over patterns (Efron 1979); the ratings of a unit travel together.
 */
#ifndef CORE_QUALITY_BOOTSTRAP_H
#define CORE_QUALITY_BOOTSTRAP_H

#include <stddef.h>
#include <stdint.h>

#include "core/quality/agreement.h"

#define BOOTSTRAP_REPLICATES 1000

struct bootstrap_result {
    struct figure figure; /* value from the data, low and high the 2.5 and 97.5 percentiles of the replicates */
    size_t defined;       /* replicates in which the figure existed */
    size_t undefined;     /* the rest: left out of the interval, and counted */
};

/*
 * All the kinds asked for, from the same replicates. cluster: as for table_blocks_init (NULL: resample
 * units). values: as for agreement_from_sums. The interval is NAN where fewer than half the replicates, or
 * fewer than two blocks, exist. Same seed, same result.
 */
void bootstrap_agreement(const struct ratings_table *t, const uint32_t *cluster, const enum agreement_kind *kinds,
                         size_t kinds_count, const double *values, size_t replicates, uint64_t seed,
                         struct bootstrap_result *results);

/* Linear interpolation between order statistics (R's type 7); sorts values. NAN for n = 0; 0 <= p <= 1. */
double percentile(double *values, size_t n, double p);

#endif
