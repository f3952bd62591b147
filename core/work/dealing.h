/*
 * The rules by which a batch is dealt. Pure: the store brings the facts and records what is decided here.
 * Every chance decision is a keyed draw from what it is about (the store's secret; purpose, person, item, round, ordinal), so it is
 * the same whatever others do at the same time.
 */
#ifndef CORE_WORK_DEALING_H
#define CORE_WORK_DEALING_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "core/model/campaign.h"
#include "core/model/item.h"
#include "core/model/person.h"

/* What the match looks at. */
struct deal_item {
    int64_t item;
    int category, language; /* codes; 0 = none */
    size_t length;          /* code points of all responses */
    int responses;          /* how many */
    enum difficulty difficulty;
};

struct deal_counts {
    size_t production, gold, retest;
};

/* How many of each, of at most `batch` items: `available` production, gold and retest items are there. Fractions are settled by a keyed draw. A
 * short queue shrinks the whole batch in proportion; the gold share never exceeds a fifth unless the settings fix a higher rate.
 * With no production item left there is no batch (all zero). */
struct deal_counts deal_count(const unsigned char key[32], int64_t person, int64_t batch_number,
                              const struct track_settings *track, double gold_rate, struct deal_counts available);

/* Chooses `wanted` of the candidates so that the mix of pairs and rankings (by their number of responses), category, language, length and
 * difficulty follows that of the production items, in this order of weight; writes
 * indices of candidates to chosen. A place that a ranking of so many responses would take stays empty when no candidate has as many: gold that crowded
 * among the others would show. Returns how many, `wanted` at most. */
size_t deal_match(const unsigned char key[32], int64_t person, const struct deal_item *production,
                  size_t production_count, const struct deal_item *candidates, size_t candidate_count, size_t wanted,
                  size_t *chosen);

/* Chooses `wanted` of the candidates (all, if there are fewer) as evenly over categories as they allow, and within a category over
 * difficulties; which ones is a keyed draw about the person and the batch. Writes indices to chosen, returns how many. */
size_t deal_even(const unsigned char key[32], int64_t person, int64_t batch_number, const struct deal_item *candidates,
                 size_t candidate_count, size_t wanted, size_t *chosen);

/* A keyed order of n things: order[i] = which stands at position i. There is no rule but chance: gold may come first. */
void deal_order(const unsigned char key[32], int64_t person, int64_t batch_number, size_t n, size_t *order);

/* The order in which the responses are shown: `responses` stored letters and a terminator. A retest (pass 1) of an item that was shown as
 * `before` is shown swapped in half of all cases, else the same; before is NULL otherwise. */
void deal_shown(const unsigned char key[32], int64_t person, int64_t item, int64_t round, int pass, size_t responses,
                const char *before, char shown[LIMIT_RESPONSES + 1]);

#endif
