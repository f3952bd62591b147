/*
 * How well one feature of an item tells gold from production. AUC: the chance that a gold item has more of the
 * feature than a production item, ties counting half (Mann and Whitney 1947); 0.5 tells nothing.
 *
 * The interval is Newcombe's method 5 (2006, Statistics in Medicine 25, 559–573): the values of the AUC that the
 * figure is compatible with under the variance that they imply themselves,
 *     V(t) = t(1-t) (1 + n*(1-t)/(2-t) + n* t/(1+t)) / (gold · production),  n* = (gold + production)/2 - 1,
 * times the share of it that ties leave, 1 - sum(t³-t)/(N³-N). V(0.5) is the variance without any tell, so that
 * the interval holds 0.5 exactly when the Mann–Whitney test does not reject.
 *
 * Its level is 1 - TELLS_LEVEL / looks (Bonferroni): a pool of which no feature tells anything shows any tell at
 * most about once in twenty. A yes-or-no feature must pass Fisher's exact test at that level, too.
 */
#ifndef CORE_QUALITY_TELLS_H
#define CORE_QUALITY_TELLS_H

#include <stddef.h>

enum { TELLS_FROM = 10 }; /* of gold and of production: with fewer nothing is said */
#define TELLS_LEVEL 0.05

enum tell_verdict { TELL_TOO_LITTLE, TELL_CHANCE, TELL_SOME };

struct tell {
    double auc, low, high; /* 0..1; all 0.5 where every item has the same */
    enum tell_verdict verdict;
};

/* Values of m gold and n production items, finite; both arrays are sorted by this. looks: features looked at, >= 1. */
void tell_number(struct tell *out, double *gold, size_t m, double *production, size_t n, size_t looks);

/* The same for a feature that items have or not: how many of them do. */
void tell_presence(struct tell *out, size_t gold, size_t m, size_t production, size_t n, size_t looks);

/* Total variation between two distributions over kinds, from counts: half the sum of the differences of shares,
 * 0 to 1. 0 where either side is empty. */
double tell_variation(const size_t *gold, const size_t *production, size_t kinds);

const char *tell_verdict_words(enum tell_verdict verdict); /* "at chance" */

#endif
