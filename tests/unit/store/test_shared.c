/*
 * The shared set of a track: who gets it and when, what setting aside, new items, new people and new settings do to it.
 * The law of the queue with it is in test_queue_law.c.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>

#include <cmocka.h>

#include "store/check.h"
#include "store/closing.h"
#include "store/load.h"
#include "store/people.h"
#include "store/settings.h"
#include "tests/unit/store/helper_work.h"

#include "core/base/banned.h"

enum { ITEMS = 200, BATCH = 10 };
static const double share = 0.1;

static const char *const shared_items = "select count(*) from queue where lane = 5";

static void set_share(struct test_store *test, double to) {
    struct pool pool = POOL_INIT;
    struct settings_version settings;
    test->campaign.tracks[0].shared = to;
    must(test, settings_newest(test->store, &pool, &settings, &test->error));
    must(test, settings_replace(test->store, &test->lead, settings.id, slice_of(test_settings_yaml), &test->campaign,
                                NULL, 0, &test->error));
    pool_release(&pool);
}

static void fail_on_finding(void *context, const char *part, const char *finding) {
    (void)context;
    fail_msg("%s: %s", part, finding);
}

static void check(struct test_store *test) {
    must(test, store_check(test->store, fail_on_finding, NULL, &test->error));
}

static void init(struct test_store *test, const char *const *names, size_t count, struct viewer *people) {
    test_store_init(test);
    work_people(test, names, count, people);
    test->campaign.tracks[0].gold_low = test->campaign.tracks[0].gold_high = test->campaign.tracks[0].retest_rate = 0;
    set_share(test, share);
    test_import(test, "helpfulness", 0, ITEMS, 0);
}

static int64_t served(struct test_store *test, int64_t person, int batches) {
    char text[300];
    snprintf(text, sizeof text,
             "select count(*) from serving s join batch b on b.id = s.batch where s.person = %lld and b.number <= %d"
             " and s.item in (select item from queue where lane = 5)",
             (long long)person, batches);
    return test_query(test, text);
}

static void work_all(struct test_store *test, const struct viewer *viewer) {
    while (work_one_batch(test, viewer, "helpfulness", work_always_a, NULL))
        continue;
}

static void test_everybody_gets_it(void **state) {
    static const char *const names[] = {"ana", "dov"};
    struct test_store test;
    struct viewer people[3];
    struct item_counts counts;
    (void)state;
    init(&test, names, 2, people);
    int64_t shared = test_query(&test, shared_items);
    assert_true((double)shared > ITEMS * share / 2 && (double)shared < ITEMS * share * 2);
    must(&test, load_item_counts(test.store, "helpfulness", &counts, &test.error));
    assert_int_equal(counts.open, ITEMS);
    for (int i = 1; i <= 3; i++) { /* a fifth of each batch, no more while there is other work */
        assert_true(work_one_batch(&test, &people[0], "helpfulness", work_always_a, NULL));
        assert_int_equal(served(&test, people[0].person, i), i * BATCH / 5);
    }
    check(&test);
    work_all(&test, &people[0]);
    assert_int_equal(served(&test, people[0].person, 1000), shared);
    must(&test, load_item_counts(test.store, "helpfulness", &counts, &test.error)); /* one judgment each is wanted */
    assert_int_equal(counts.judged, ITEMS);
    assert_int_equal(counts.open, 0);
    work_all(&test, &people[1]); /* nothing else is left for him */
    assert_int_equal(served(&test, people[1].person, 1000), shared);
    assert_int_equal(test_query(&test, "select count(*) from judgment where person = (select id from person where name "
                                       "= 'dov')"),
                     shared);
    struct person eve = {.name = slice_of("eve"), .role = PERSON_ANNOTATOR}; /* who comes later has it too */
    must(&test, person_add(test.store, &test.lead, &eve, true, &test.error));
    people[2] = work_viewer(&test, "eve");
    work_all(&test, &people[2]);
    assert_int_equal(served(&test, people[2].person, 1000), shared);
    assert_int_equal(test_query(&test, shared_items), shared);
    check(&test);
    test_store_release(&test);
}

static void test_setting_aside(void **state) {
    static const char *const names[] = {"ana", "dov"};
    struct test_store test;
    struct viewer people[2];
    (void)state;
    init(&test, names, 2, people);
    struct batch batch = work_deal(&test, &people[0], "helpfulness");
    int64_t serving = test_query(&test, "select s.id from serving s join queue q on q.item = s.item where q.lane = 5");
    assert_true(serving > 0);
    must(&test, serving_set_aside(test.store, &people[0], serving, ASIDE_UNDECIDED, &test.error));
    check(&test);
    must(&test, serving_take_back(test.store, &people[0], serving, &test.error));
    check(&test);
    must(&test, serving_set_aside(test.store, &people[0], serving, ASIDE_BROKEN, &test.error));
    check(&test);
    assert_int_equal(test_query(&test, "select count(*) from queue where lane = 5 and need <> 1"), 0);
    work_judge_all(&test, &people[0], &batch, work_always_a, NULL);
    test.fixed.now += INT64_C(8) * 86400000; /* dov's deal sends the batch back */
    struct viewer late = people[1];
    work_all(&test, &late);
    check(&test);
    test_store_release(&test);
}

static void test_other_settings(void **state) {
    static const char *const names[] = {"ana", "dov"};
    struct test_store test;
    struct viewer people[2];
    (void)state;
    init(&test, names, 2, people);
    work_one_batch(&test, &people[0], "helpfulness", work_always_a, NULL);
    work_deal(&test, &people[1], "helpfulness");
    int64_t before = test_query(&test, shared_items);
    set_share(&test, 0.3); /* what was in it stays in it */
    check(&test);
    int64_t more = test_query(&test, shared_items);
    assert_true(more > before);
    test_import(&test, "helpfulness", ITEMS, ITEMS, 0);
    check(&test);
    assert_true(test_query(&test, shared_items) > more);
    set_share(&test, share);
    check(&test);
    set_share(&test, 1);
    check(&test);
    assert_int_equal(test_query(&test, shared_items), 2 * ITEMS);
    set_share(&test, 0);
    check(&test);
    assert_int_equal(test_query(&test, shared_items), 0);
    /* one judgment each, and none of what has it or is under way */
    assert_int_equal(test_query(&test, "select count(*) from queue where item in (select item from serving)"), 0);
    assert_int_equal(test_query(&test, "select count(*) from queue"),
                     2 * ITEMS - 2 * BATCH + test_query(&test, "select count(*) - count(distinct item) from serving"));
    test_store_release(&test);
}

static void test_closing_a_category(void **state) {
    static const char *const names[] = {"ana", "dov"};
    struct test_store test;
    struct viewer people[2];
    (void)state;
    init(&test, names, 2, people);
    int64_t before = test_query(&test, shared_items);
    work_one_batch(&test, &people[0], "helpfulness", work_always_a, NULL);
    must(&test, category_close(test.store, &test.lead, "helpfulness", "law", slice_of("enough"), &test.error));
    check(&test);
    int64_t closed = test_query(&test, shared_items);
    assert_true(closed > 0 && closed < before);
    must(&test,
         category_reopen(test.store, &test.lead, &test.campaign, "helpfulness", "law", slice_of("more"), &test.error));
    check(&test);
    assert_int_equal(test_query(&test, shared_items), before);
    work_all(&test, &people[0]);
    assert_int_equal(served(&test, people[0].person, 1000), before);
    test_store_release(&test);
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_everybody_gets_it), cmocka_unit_test(test_setting_aside),
                                       cmocka_unit_test(test_other_settings),
                                       cmocka_unit_test(test_closing_a_category)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
