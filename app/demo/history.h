/*
 * The demo's campaign: founded, and six weeks of work of the twelve people of cast.h played through the store's own verbs, in a world of its
 * own. Ends with the hand-written items imported, fresh, and the newcomer among the people.
 *
 * The weeks begin on a Monday, the last one that lies at least six weeks before `now`, and nothing else depends on the moment: the same seed
 * gives the same choices whenever it is played, and with the same `now` the same store.
 */
#ifndef APP_DEMO_HISTORY_H
#define APP_DEMO_HISTORY_H

#include "core/base/error.h"
#include "core/base/world.h"

/* Chosen so that the planted people are found and nobody else is (tests/unit/app/test_demo_history.c). What is dealt follows the texts of the archive and
 * of sample-data/gold: after a change there, or to the cast, the test may ask for another seed. */
#define HISTORY_SEED   UINT64_C(27)
#define HISTORY_LEAD   "lead"
#define HISTORY_PERSON "you" /* the newcomer: an annotator of helpfulness, English */
enum { HISTORY_DAYS = 42 };

struct history_counts {
    uint64_t judgments, batches, questions, aside;
};

/* Makes the store at path (which must not exist; its folder must). On failure nothing is left there. counts may be NULL. */
int history_make(const char *path, int64_t now, uint64_t seed, struct history_counts *counts, struct error *error);

/* The first moment of the history: midnight UTC of its first Monday. */
int64_t history_start(int64_t now);

#endif
