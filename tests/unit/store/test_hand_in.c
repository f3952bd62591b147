/* What happens once, when a batch becomes final: and what happens to one that never does. */
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

#include <cmocka.h>

#include "core/base/timestamp.h"
#include "store/check.h"
#include "store/settings.h"
#include "tests/unit/store/helper_work.h"

#include "core/base/banned.h"

static const char *const names[] = {"ana", "dov", "mia", "eve", "ben"};

static struct judgment constant(void *context, int64_t item, enum kind kind) {
    (void)item, (void)kind;
    int prefer = *(int *)context;
    return work_judgment(prefer, prefer >= 0 ? 2 : 0);
}

static void test_refused_while_open(void **state) {
    (void)state;
    struct test_store test;
    struct viewer people[5];
    struct hand_in done;
    test_store_init(&test);
    work_people(&test, names, 2, people);
    test_import(&test, "helpfulness", 0, 20, 0);
    struct batch batch = work_deal(&test, &people[0], "helpfulness");
    assert_int_equal(batch_hand_in(test.store, &people[0], &test.campaign, batch.id, &done, &test.error), STATUS_NO);
    assert_non_null(strstr(test.error.text, "10 items"));
    work_judge_all(&test, &people[0], &batch, work_always_a, NULL);
    assert_int_equal(batch_hand_in(test.store, &people[1], &test.campaign, batch.id, &done, &test.error), STATUS_USAGE);
    must(&test, batch_hand_in(test.store, &people[0], &test.campaign, batch.id, &done, &test.error));
    assert_int_equal(done.judged, 10);
    assert_int_equal(done.aside, 0);
    assert_int_equal(done.number, 1);
    assert_int_equal(done.active_ms, 300000);
    assert_int_equal(batch_hand_in(test.store, &people[0], &test.campaign, batch.id, &done, &test.error), STATUS_NO);
    /* final is final */
    struct pool pool = POOL_INIT;
    struct serving serving;
    must(&test, serving_load(test.store, &batch, 1, &test.rubric, &pool, &serving, &test.error));
    struct judgment again = work_judgment(1, 1);
    assert_int_equal(judgment_submit(test.store, &people[0], serving.id, 1, &test.rubric, &again, 0, &test.error),
                     STATUS_NO);
    assert_int_equal(serving_set_aside(test.store, &people[0], serving.id, ASIDE_OTHER, &test.error), STATUS_NO);
    assert_int_equal(draft_save(test.store, serving.id, slice_of("prefer a\n"), &test.error), STATUS_NO);
    assert_int_equal(batch_deal(test.store, &people[0], &test.campaign, "helpfulness", &pool, &batch,
                                &(struct nothing_left){0}, &test.error),
                     0);
    assert_int_equal(batch.number, 2);
    pool_release(&pool);
    test_store_release(&test);
}

static void test_splits(void **state) {
    (void)state;
    struct test_store test;
    struct viewer people[5];
    int a = 0, b = 1, tie = CHOICE_TIE;
    test_store_init(&test);
    work_people(&test, names, 5, people);
    test_import(&test, "safety", 0, 10, 0); /* overlap 2 */
    assert_true(work_one_batch(&test, &people[0], "safety", constant, &a));
    assert_int_equal(test_query(&test, "select count(*) from queue where lane = 1"), 0);
    struct batch open = work_deal(&test, &people[1], "safety");
    work_judge_all(&test, &people[1], &open, constant, &b);
    assert_int_equal(test_query(&test, "select count(*) from queue"), 0); /* nothing moves before the hand-in */
    struct hand_in done;
    must(&test, batch_hand_in(test.store, &people[1], &test.campaign, open.id, &done, &test.error));
    assert_int_equal(test_query(&test, "select count(*) from queue where lane = 1 and need = 1"), 10);
    assert_false(work_one_batch(&test, &people[0], "safety", constant, &a)); /* who has had it is not asked again */
    assert_true(work_one_batch(&test, &people[2], "safety", constant, &tie));
    assert_int_equal(test_query(&test, "select count(*) from queue where lane = 1 and need = 1"),
                     10); /* three ways apart */
    assert_true(work_one_batch(&test, &people[3], "safety", constant, &a));
    assert_int_equal(test_query(&test, "select count(*) from queue"),
                     0); /* two of four is no majority, but enough is enough */
    assert_false(work_one_batch(&test, &people[4], "safety", constant, &a));
    test_store_release(&test);
}

static void test_agreement_is_no_split(void **state) {
    (void)state;
    struct test_store test;
    struct viewer people[5];
    int a = 0;
    test_store_init(&test);
    work_people(&test, names, 2, people);
    test_import(&test, "safety", 0, 10, 0);
    work_one_batch(&test, &people[0], "safety", constant, &a);
    work_one_batch(&test, &people[1], "safety", constant, &a);
    assert_int_equal(test_query(&test, "select count(*) from queue"), 0);
    test_store_release(&test);
}

static void fail_on_finding(void *context, const char *part, const char *finding) {
    (void)context;
    fail_msg("%s: %s", part, finding);
}

static void test_stale_batches_go_back(void **state) {
    (void)state;
    struct test_store test;
    struct viewer people[5];
    struct pool pool = POOL_INIT;
    struct serving serving;
    struct judgment given = work_judgment(0, 2);
    test_store_init(&test);
    work_people(&test, names, 2, people);
    test_import(&test, "helpfulness", 0, 30, 3);
    test.campaign.tracks[0].gold_low = test.campaign.tracks[0].gold_high = 0.2;
    struct batch batch = work_deal(&test, &people[0], "helpfulness");
    int64_t position = test_query(&test, "select min(position) from serving where kind = 0");
    must(&test, serving_load(test.store, &batch, (int)position, &test.rubric, &pool, &serving, &test.error));
    work_submit(&test, &people[0], serving.id, &given);
    int64_t wanted = test_query(&test, "select sum(need) from queue");
    work_deal(&test, &people[1], "safety"); /* nothing is there; and nothing goes back before its time */
    assert_int_equal(test_query(&test, "select count(*) from serving where state = 3"), 0);
    test.fixed.now += 8 * MS_DAY;
    /* its own person goes on with it */
    assert_int_equal(work_deal(&test, &people[0], "helpfulness").id, batch.id);
    /* somebody else's deal takes it back */
    struct batch other = work_deal(&test, &people[1], "helpfulness");
    assert_int_equal(other.size, 10);
    assert_int_equal(test_query(&test, "select count(*) from serving where batch = 1 and state = 3"), 9);
    assert_int_equal(test_query(&test, "select sum(need) from queue"),
                     wanted + 7 - 8); /* 2 of 10 were gold; dov took 8 production */
    assert_int_equal(
        test_query(&test,
                   "select count(*) from serving s join serving t on t.item = s.item and t.batch = 2 where s.batch = 1"
                   " and s.state = 3 and s.kind = 0"),
        7);
    must(&test, serving_load(test.store, &batch, 1 + (int)position % 10, &test.rubric, &pool, &serving, &test.error));
    assert_int_equal(judgment_submit(test.store, &people[0], serving.id, 1, &test.rubric, &given, 0, &test.error),
                     STATUS_NO);
    struct batch next = work_deal(&test, &people[0], "helpfulness");
    assert_int_equal(next.number, 2);
    must(&test, store_check(test.store, fail_on_finding, NULL, &test.error));
    pool_release(&pool);
    test_store_release(&test);
}

static void set_overlap(struct test_store *test, int64_t settings, int overlap) {
    test->campaign.tracks[1].overlap = overlap;
    must(test, settings_replace(test->store, &test->lead, settings, slice_of("other overlap"), &test->campaign, NULL, 0,
                                &test->error));
}

/* A place that was given back is wanted by nobody when the settings want less; one that a split asked for is. */
static void test_given_back_and_less_wanted(void **state) {
    (void)state;
    struct test_store test;
    struct viewer people[3];
    int a = 0, b = 1;
    test_store_init(&test);
    work_people(&test, names, 3, people);
    test_import(&test, "safety", 0, 10, 0);
    work_deal(&test, &people[0], "safety");
    struct batch open = work_deal(&test, &people[1], "safety");
    int64_t serving = test_query(&test, "select id from serving where batch = 2 and position = 1");
    must(&test, serving_set_aside(test.store, &people[1], serving, ASIDE_LANGUAGE, &test.error));
    assert_int_equal(test_query(&test, "select sum(need) from queue where lane = 0"), 1);
    set_overlap(&test, 1, 1);
    assert_int_equal(test_query(&test, "select count(*) from queue"), 0);
    set_overlap(&test, 2, 2);
    assert_int_equal(test_query(&test, "select sum(need) from queue"), 1);

    work_one_batch(&test, &people[0], "safety", constant, &a);
    work_judge_all(&test, &people[1], &open, constant, &b);
    struct hand_in done;
    must(&test, batch_hand_in(test.store, &people[1], &test.campaign, open.id, &done, &test.error));
    struct batch third = work_deal(&test, &people[2], "safety");
    assert_int_equal(third.size, 10); /* nine splits, and the one that was set aside */
    serving =
        test_query(&test, "select s.id from serving s where s.batch = 3 and s.item not in (select item from serving"
                          " where state = 2) limit 1");
    must(&test, serving_set_aside(test.store, &people[2], serving, ASIDE_LANGUAGE, &test.error));
    assert_int_equal(test_query(&test, "select count(*) from queue where lane = 0"), 1);
    test.campaign.tracks[1].order = ORDER_RANDOM;
    set_overlap(&test, 3, 2);
    assert_int_equal(test_query(&test, "select count(*) from queue where lane = 0"), 1);
    must(&test, store_check(test.store, fail_on_finding, NULL, &test.error));
    test_store_release(&test);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_refused_while_open),         cmocka_unit_test(test_splits),
        cmocka_unit_test(test_agreement_is_no_split),      cmocka_unit_test(test_stale_batches_go_back),
        cmocka_unit_test(test_given_back_and_less_wanted),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
