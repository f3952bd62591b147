/* The plan of a campaign: what is left, joined with what was done. Reads only. */
#ifndef STORE_LOAD_PLAN_H
#define STORE_LOAD_PLAN_H

#include "core/report/plan.h"
#include "core/work/viewer.h"
#include "store/store.h"

/*
 * Left is what is in the queue, or dealt and not handed in. To a person (not paused, with a role that works) it is
 * what the queue holds for them by their tracks, categories and languages, without what they have been given, and
 * what their open batches lack. history: of everybody and all tracks, all time; now: UTC ms. Release the plan.
 */
int load_plan(struct store *store, const struct viewer *viewer, const struct history *history, int64_t now,
              struct plan *out, struct error *error);

#endif
