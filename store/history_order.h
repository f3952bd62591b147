/* The second half of load_history: rows read in order of submission are put in order, linked and marked. */
#ifndef STORE_HISTORY_ORDER_H
#define STORE_HISTORY_ORDER_H

#include "core/model/history.h"

/* Into (person, track, judgment), in place; rows must come in order of judgment. */
void history_order(struct history *history);

/* Of ordered rows: `first` of retests, `training_burnt`. */
void history_link(struct history *history);

/* Marks the ordered rows of person and track (codes) with a judgment id in [since, until] as held; category 0:
 * all. */
void history_hold(struct history *history, int person, int track, int category, int64_t since, int64_t until);

#endif
