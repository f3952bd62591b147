/*
 * Lanes and ranks of the queue of open items (store/queue). Lane 0: returned (skipped by another, released); 1: split (judgments disagree);
 * 5: the shared set (sharing.h), whose rows are not used up; 9: fresh. Rank in 0 and 1 is the number of the event that put the item there; in 5 a
 * keyed draw; in 9 the campaign's order.
 */
#ifndef CORE_WORK_QUEUE_RANK_H
#define CORE_WORK_QUEUE_RANK_H

#include <stdint.h>

#include "core/model/campaign.h"

enum { LANE_RETURNED = 0, LANE_SPLIT = 1, LANE_SHARED = 5, LANE_FRESH = 9 };

/* Rank in lanes 5 and 9; ascending = served earlier. Priority: order-preserving bits of −priority; random: keyed by the store's secret. */
int64_t queue_rank(enum item_order order, int64_t item, double priority, const unsigned char key[32]);

/* True if final judgments on an item disagree about the direction so that one more is worth asking for: at least `overlap` judgments, no choice
 * with a strict majority, and fewer than overlap + 2 (the rule never asks for more than two extra). */
bool queue_split(const int *prefers, size_t count, int overlap);

#endif
