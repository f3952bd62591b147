/* Holds by hand and by the detector: what they cover, and what a decision does. */
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

#include <cmocka.h>

#include "core/base/timestamp.h"
#include "core/model/history.h"
#include "store/check.h"
#include "store/holds.h"
#include "store/load.h"
#include "store/people.h"
#include "store/settings.h"
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

/* Two holds over the same judgments, both to be redone: each item is wanted once more, not twice. */
static void test_redo_twice(void **state) {
    (void)state;
    struct test_store test;
    struct viewer people[2];
    start(&test, people);
    work_one_batch(&test, &people[0], "helpfulness", work_always_a, NULL);
    int64_t open = test_query(&test, "select sum(need) from queue");
    for (int i = 0; i < 2; i++)
        must(&test, hold_add(test.store, &test.lead, "ana", NULL, 0, 0, NULL, slice_of("both"), &test.error));
    must(&test, hold_redo(test.store, &test.lead, 1, slice_of(""), &test.error));
    must(&test, hold_redo(test.store, &test.lead, 2, slice_of(""), &test.error));
    assert_int_equal(test_query(&test, "select sum(need) from queue"), open + 8);
    /* the settings' overlap: the queue as it is built anew says the same */
    test.campaign.tracks[0].order = ORDER_RANDOM;
    must(&test, settings_replace(test.store, &test.lead, 1, slice_of("again"), &test.campaign, NULL, 0, &test.error));
    assert_int_equal(test_query(&test, "select sum(need) from queue"), open + 8);
    must(&test, store_check(test.store, fail_on_finding, NULL, &test.error));
    test_store_release(&test);
}

/* A model takes no place in the queue, so its judgments give none back. */
static void test_redo_of_a_model(void **state) {
    (void)state;
    struct test_store test;
    struct viewer people[2];
    start(&test, people);
    struct person judge = {.name = slice_of("judge-7b"), .role = PERSON_MODEL};
    must(&test, person_add(test.store, &test.lead, &judge, true, &test.error));
    test_execute(&test, "insert into judgment (uid, item, person, kind, prefer, at) select 'j1', 1, id, 0, 0, 1"
                        " from person where name = 'judge-7b'");
    int64_t open = test_query(&test, "select sum(need) from queue");
    must(&test, hold_add(test.store, &test.lead, "judge-7b", NULL, 0, 0, NULL, slice_of("all"), &test.error));
    must(&test, hold_redo(test.store, &test.lead, 1, slice_of(""), &test.error));
    assert_int_equal(test_query(&test, "select sum(need) from queue"), open);
    test_store_release(&test);
}

static struct judgment always_b(void *context, int64_t item, enum kind kind) {
    (void)context, (void)item, (void)kind;
    return work_judgment(1, 2);
}

/* What is to be redone has no say in whether people disagree. */
static void test_redone_judgments_split_nothing(void **state) {
    (void)state;
    struct test_store test;
    struct viewer people[2];
    start(&test, people);
    work_one_batch(&test, &people[0], "helpfulness", work_always_a, NULL);
    must(&test, hold_add(test.store, &test.lead, "ana", NULL, 0, 0, NULL, slice_of("all"), &test.error));
    must(&test, hold_redo(test.store, &test.lead, 1, slice_of(""), &test.error));
    work_one_batch(&test, &people[1], "helpfulness", always_b, NULL);
    assert_int_equal(test_query(&test, "select count(*) from queue where lane = 1"), 0);
    test_store_release(&test);
}

/* A batch that went back is final too: the detector looks at it at once. */
static void test_detector_after_a_release(void **state) {
    (void)state;
    struct test_store test;
    struct viewer people[2];
    struct pool pool = POOL_INIT;
    struct hold *holds;
    start(&test, people);
    work_one_batch(&test, &people[0], "helpfulness", wrong_on_gold, NULL);
    struct batch open = work_deal(&test, &people[0], "helpfulness");
    work_judge_all(&test, &people[0], &open, wrong_on_gold, NULL);
    test.fixed.now += 8 * MS_DAY;
    work_deal(&test, &people[1], "helpfulness");
    assert_int_equal(list(&test, &pool, &holds), 1);
    assert_int_equal(holds[0].until, 20);
    pool_release(&pool);
    test_store_release(&test);
}

/* Another bar: the alarms are others, and so are the holds. */
static void test_settings_settle_holds(void **state) {
    (void)state;
    struct test_store test;
    struct viewer people[2];
    struct pool pool = POOL_INIT;
    struct hold *holds;
    start(&test, people);
    work_one_batch(&test, &people[0], "helpfulness", wrong_on_gold, NULL);
    work_one_batch(&test, &people[0], "helpfulness", wrong_on_gold, NULL);
    assert_int_equal(list(&test, &pool, &holds), 1);
    test.campaign.tracks[0].in_control = 0.5;
    test.campaign.tracks[0].out_of_control = 0.3;
    must(&test, settings_replace(test.store, &test.lead, 1, slice_of("low"), &test.campaign, NULL, 0, &test.error));
    assert_int_equal(list(&test, &pool, &holds), 1);
    assert_true(slice_is(holds[0].decision, "withdrawn"));
    test.campaign.tracks[0].in_control = 0.85;
    test.campaign.tracks[0].out_of_control = 0.65;
    must(&test, settings_replace(test.store, &test.lead, 2, slice_of("high"), &test.campaign, NULL, 0, &test.error));
    assert_int_equal(list(&test, &pool, &holds), 2);
    assert_null(holds[1].decision.data);
    must(&test, store_check(test.store, fail_on_finding, NULL, &test.error));
    pool_release(&pool);
    test_store_release(&test);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_detector),
        cmocka_unit_test(test_redo),
        cmocka_unit_test(test_by_hand),
        cmocka_unit_test(test_redo_twice),
        cmocka_unit_test(test_redo_of_a_model),
        cmocka_unit_test(test_redone_judgments_split_nothing),
        cmocka_unit_test(test_detector_after_a_release),
        cmocka_unit_test(test_settings_settle_holds),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
