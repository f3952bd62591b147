/*
 * Confidence: what a person said how sure they are (integer percent, "a second expert would choose the same")
 * against whether they were right.
 */
#ifndef CORE_QUALITY_CONFIDENCE_H
#define CORE_QUALITY_CONFIDENCE_H

#include <stddef.h>
#include <stdint.h>

#include "core/quality/figure.h"

#define CONFIDENCE_BINS  10
#define CONFIDENCE_EARLY 10 /* under this many answers there is no verdict */

struct confidence_answer {
    uint8_t percent; /* 0..100 */
    uint8_t right;   /* 0 or 1 */
};

struct confidence_bin { /* (10 i, 10 (i + 1)] percent; the first one also holds 0 */
    size_t n;
    size_t right;
    double stated; /* mean stated share; NAN when empty */
    double hit;    /* share right; NAN when empty */
};

enum confidence_verdict { CONFIDENCE_TOO_EARLY, CONFIDENCE_FITS, CONFIDENCE_SURER, CONFIDENCE_RIGHTER };

struct confidence_figures {
    size_t n;
    size_t right;
    double mean_percent;       /* mean stated confidence, 0..100; NAN for n = 0 */
    struct figure brier;       /* mean (c - y)², 0 is best (Brier 1950) */
    struct figure reliability; /* Murphy (1973) over the distinct stated values: */
    struct figure resolution;  /* brier = reliability - resolution + uncertainty, exactly */
    struct figure uncertainty;
    struct figure ece;   /* expected calibration error over the ten bins; what it means the band below says */
    double ece_band_low; /* where the ECE of a perfectly calibrated person with the same statements lies, 95 % */
    double ece_band_high;
    struct figure gap; /* mean c - mean y, in shares; above 0: surer than right. Interval: Wilson of mean y */
    enum confidence_verdict verdict;
    struct confidence_bin bins[CONFIDENCE_BINS];
};

/*
 * All figures of one person. Undefined ("no answers with a confidence") for n = 0. The band is simulated
 * (1,000 draws) from a stream of this seed. The verdict is other than fits only when the gap's interval does
 * not hold 0.
 *
 * Intervals of Brier score, its parts and the calibration error: bootstrap over answers (Efron 1979), 1,000
 * replicates, percentiles, none where all answers are alike. Reliability, resolution and calibration error are
 * biased upwards with few answers (Bröcker 2012), their replicates more so: their intervals are made to hold
 * the value where it falls outside.
 */
void confidence_figures(const struct confidence_answer *answers, size_t n, uint64_t seed,
                        struct confidence_figures *out);

int confidence_bin_of(int percent); /* max(ceil(percent / 10) - 1, 0) */
/* "too early", "fits", "surer than right", "righter than sure". */
const char *confidence_verdict_name(enum confidence_verdict verdict);

#endif
