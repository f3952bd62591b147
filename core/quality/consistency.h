/* Consistency: the same person on the same item, twice (retests). */
#ifndef CORE_QUALITY_CONSISTENCY_H
#define CORE_QUALITY_CONSISTENCY_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "core/quality/agreement.h"
#include "core/quality/figure.h"

struct retest_pair {
    uint8_t first;  /* level of the first judgment, by the responses themselves, 0..levels-1 */
    uint8_t second; /* level of the retest */
    bool swapped;   /* shown in the other order */
};

struct consistency {
    size_t n;
    size_t same_count;
    struct figure same;    /* share of equal levels, Wilson */
    struct figure kept;    /* the same among pairs shown in the same order */
    struct figure swapped; /* among swapped ones; a person who follows position is far below `kept` */
    struct figure kappa;   /* Cohen, first against second */
    double p_order;        /* Fisher's exact test of kept against swapped */
};

/*
 * levels: declared number, 2..AGREEMENT_LEVELS. Undefined ("no retests") for n = 0; kappa also where it is
 * 0/0. Pairs with a level outside are left out.
 */
void consistency_figures(const struct retest_pair *pairs, size_t n, size_t levels, enum agreement_weights weights,
                         struct consistency *out);

#endif
