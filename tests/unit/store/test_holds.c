/* Holds by hand and by the detector: what they cover, and what a decision does. */
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

#include <cmocka.h>

#include "core/model/history.h"
#include "store/check.h"
#include "store/holds.h"
#include "store/load.h"
#include "tests/unit/store/helper_work.h"

#include "core/base/banned.h"

static const char *const names[] = {"ana", "dov"};

static struct judgment wrong_on_gold(void *context, int64_t item, enum kind kind) {
    (void)context, (void)item;
    return work_judgment(kind == KIND_GOLD ? 1 : 0, 2);
}

static void start(struct test_store *test, struct viewer *people) {
    test_store_init(test);
    work_people(test, names, 2, people);
    test_import(test, "helpfulness", 0, 250, 5);
    test->campaign.tracks[0].gold_low = test->campaign.tracks[0].gold_high = 0.2;
    test->campaign.tracks[0].retest_rate = 0;
}

static size_t list(struct test_store *test, struct pool *pool, struct hold **holds) {
    size_t count;
    must(test, hold_list(test->store, &test->lead, pool, holds, &count, &test->error));
    return count;
}

static size_t count_held(struct test_store *test) {
    struct history history;
    size_t held = 0;
    must(test, load_history(test->store, &(struct load_scope){0}, &history, &test->error));
    for (size_t i = 0; i < history.row_count; i++)
        held += history.rows[i].kind == KIND_PRODUCTION && history.rows[i].held;
    history_release(&history);
    return held;
}

/* Head start 5 of 15, three up a miss: the fourth missed gold fires, in the second batch of two each. */
static void test_detector(void **state) {
    (void)state;
    struct test_store test;
    struct viewer people[2];
    struct pool pool = POOL_INIT;
    struct hold *holds;
    start(&test, people);
    assert_true(work_one_batch(&test, &people[0], "helpfulness", wrong_on_gold, NULL));
    assert_int_equal(list(&test, &pool, &holds), 0);
    struct batch open = work_deal(&test, &people[0], "helpfulness");
    work_judge_all(&test, &people[0], &open, wrong_on_gold, NULL);
    assert_int_equal(list(&test, &pool, &holds), 0); /* nothing moves between two hand-ins */
    struct hand_in done;
    must(&test, batch_hand_in(test.store, &people[0], &test.campaign, open.id, &done, &test.error));
    assert_int_equal(list(&test, &pool, &holds), 1);
    assert_true(holds[0].by_detector);
    assert_true(slice_is(holds[0].person, "ana"));
    assert_int_equal(holds[0].since, 1); /* C was never 0 */
    assert_int_equal(holds[0].until, 20);
    assert_int_equal(holds[0].judgments, 16);
    assert_int_equal(holds[0].since_at, test_query(&test, "select at from judgment where id = 1"));
    assert_null(holds[0].decision.data);
    assert_int_equal(count_held(&test), 16);
    /* after an alarm the detector begins at 0: five misses to the next, in the fifth batch */
    for (int i = 0; i < 3; i++)
        work_one_batch(&test, &people[0], "helpfulness", wrong_on_gold, NULL);
    assert_int_equal(list(&test, &pool, &holds), 2);
    assert_true(holds[1].since > 10 && holds[1].since <= 21); /* right after the gold that fired */
    assert_int_equal(holds[1].until, 50);
    must(&test, hold_release(test.store, &test.lead, holds[1].id, slice_of("the items were odd"), &test.error));
    assert_int_equal(count_held(&test), 16);
    list(&test, &pool, &holds);
    assert_true(slice_is(holds[1].decision, "released"));
    assert_true(slice_is(holds[1].decision_person, "lea"));
    assert_int_equal(hold_release(test.store, &test.lead, holds[1].id, slice_of("again"), &test.error), STATUS_NO);
    assert_int_equal(hold_redo(test.store, &test.lead, holds[1].id, slice_of("again"), &test.error), STATUS_NO);
    pool_release(&pool);
    test_store_release(&test);
}

static void fail_on_finding(void *context, const char *part, const char *finding) {
    (void)context;
    fail_msg("%s: %s", part, finding);
}

static void test_redo(void **state) {
    (void)state;
    struct test_store test;
    struct viewer people[2];
    struct pool pool = POOL_INIT;
    struct hold *holds;
    start(&test, people);
    work_one_batch(&test, &people[0], "helpfulness", wrong_on_gold, NULL);
    work_one_batch(&test, &people[0], "helpfulness", wrong_on_gold, NULL);
    assert_int_equal(list(&test, &pool, &holds), 1);
    int64_t open = test_query(&test, "select sum(need) from queue");
    must(&test, hold_redo(test.store, &test.lead, holds[0].id, slice_of("redo these"), &test.error));
    assert_int_equal(test_query(&test, "select sum(need) from queue"), open + 16);
    assert_int_equal(test_query(&test, "select count(*) from queue where lane = 0"), 16);
    assert_int_equal(count_held(&test), 16); /* kept, marked, left out */
    struct batch again = work_deal(&test, &people[1], "helpfulness");
    assert_int_equal(
        test_query(&test,
                   "select count(*) from serving s join judgment j on j.item = s.item where s.kind = 0 and s.batch ="
                   " (select max(id) from batch)"),
        8);
    assert_int_equal(again.size, 10);
    /* not to the one whose judgments they were */
    work_deal(&test, &people[0], "helpfulness");
    assert_int_equal(
        test_query(&test, "select count(*) from (select person, item from serving group by 1, 2 having count(*) > 1)"),
        0);
    must(&test, store_check(test.store, fail_on_finding, NULL, &test.error));
    pool_release(&pool);
    test_store_release(&test);
}

static void test_by_hand(void **state) {
    (void)state;
    struct test_store test;
    struct viewer people[2];
    struct pool pool = POOL_INIT;
    struct hold *holds;
    start(&test, people);
    work_one_batch(&test, &people[0], "helpfulness", work_always_a, NULL);
    int64_t between = test.fixed.now;
    work_one_batch(&test, &people[0], "helpfulness", work_always_a, NULL);
    struct slice why = slice_of("said so in the meeting");
    struct store *store = test.store;
    assert_int_equal(hold_add(store, &people[0], "ana", NULL, 0, 0, NULL, why, &test.error), STATUS_USAGE);
    assert_int_equal(hold_add(store, &test.lead, "nobody", NULL, 0, 0, NULL, why, &test.error), STATUS_USAGE);
    assert_int_equal(hold_add(store, &test.lead, "dov", NULL, 0, 0, NULL, why, &test.error), STATUS_INPUT);
    assert_int_equal(hold_add(store, &test.lead, "ana", NULL, 0, 0, "nothing", why, &test.error), STATUS_USAGE);
    assert_int_equal(hold_add(store, &test.lead, "ana", NULL, test.fixed.now + 1000, 0, NULL, why, &test.error),
                     STATUS_INPUT);
    assert_int_equal(hold_add(store, &test.lead, "ana", NULL, 0, 0, NULL, slice_of(""), &test.error), STATUS_USAGE);
    assert_int_equal(list(&test, &pool, &holds), 0);
    must(&test, hold_add(store, &test.lead, "ana", NULL, between, 0, NULL, why, &test.error));
    must(&test, hold_add(store, &test.lead, "ana", "helpfulness", 0, between, "law", why, &test.error));
    assert_int_equal(list(&test, &pool, &holds), 2);
    assert_int_equal(holds[0].since, 11);
    assert_int_equal(holds[0].until, 0);
    assert_int_equal(holds[0].judgments, 8);
    assert_false(holds[0].by_detector);
    assert_int_equal(holds[1].until, 10);
    assert_true(slice_is(holds[1].category, "law"));
    assert_int_equal(holds[1].judgments,
                     test_query(&test, "select count(*) from judgment j join item i on i.id = j.item join category c on"
                                       " c.id = i.category where c.name = 'law' and j.kind = 0 and j.id <= 10"));
    assert_int_equal(count_held(&test), holds[0].judgments + holds[1].judgments);
    /* an open end takes what comes after */
    work_one_batch(&test, &people[0], "helpfulness", work_always_a, NULL);
    list(&test, &pool, &holds);
    assert_int_equal(holds[0].judgments, 16);
    pool_release(&pool);
    test_store_release(&test);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_detector),
        cmocka_unit_test(test_redo),
        cmocka_unit_test(test_by_hand),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
