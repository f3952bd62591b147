/* People who work in a test store: dealt batches are answered by a rule and handed in. */
#ifndef TESTS_UNIT_STORE_HELPER_WORK_H
#define TESTS_UNIT_STORE_HELPER_WORK_H

#include "store/batch.h"
#include "tests/unit/store/helper_store.h"

/* Adds a lead "lea" (test->lead becomes her) and an annotator of each name; viewers[i] is who acts for names[i]. */
void work_people(struct test_store *test, const char *const *names, size_t count, struct viewer *viewers);
/* The annotator of this name. */
struct viewer work_viewer(struct test_store *test, const char *name);

/* What somebody answers to a serving of this kind: called with the kind read behind the store's back. */
typedef struct judgment work_rule(void *context, int64_t item, enum kind kind);
struct judgment work_judgment(int prefer, int strength);
struct judgment work_always_a(void *context, int64_t item, enum kind kind); /* a, strength 2, confidence 80 */

/* Deals (or finds) the batch; STATUS is asserted. id 0: nothing left. */
struct batch work_deal(struct test_store *test, const struct viewer *viewer, const char *track);
/* Judges all that is still to be done. */
void work_judge_all(struct test_store *test, const struct viewer *viewer, const struct batch *batch, work_rule *rule,
                    void *context);
void work_submit(struct test_store *test, const struct viewer *viewer, int64_t serving,
                 const struct judgment *judgment);
/* Deal, judge, hand in; false if nothing was left. */
bool work_one_batch(struct test_store *test, const struct viewer *viewer, const char *track, work_rule *rule,
                    void *context);

#endif
