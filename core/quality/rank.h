/*
 * Rankings of the responses of one item by several people. A ranking is tiers: 1 is best, equal numbers are
 * tied.
 */
#ifndef CORE_QUALITY_RANK_H
#define CORE_QUALITY_RANK_H

#include <stddef.h>

#include "core/quality/figure.h"

/*
 * Kendall's tau-b of two rankings of n responses (Kendall 1945). n of the figure: pairs of responses.
 * Undefined when one of them ties everything, or n < 2.
 */
struct figure rank_tau(const int *a, const int *b, size_t n);

/*
 * Mean tau-b over all pairs of people on one item: tiers[person * n + response]. Undefined pairs are left
 * out. n: pairs used.
 */
struct figure rank_tau_mean(const int *tiers, size_t people, size_t n);

/*
 * Kendall's W with correction for ties (Kendall and Babington Smith 1939). n: people. Undefined for fewer
 * than two people or responses, or when everybody ties everything.
 */
struct figure rank_concordance(const int *tiers, size_t people, size_t n);

#endif
