/* A lower overlap while batches are open: what comes back to the queue then is asked for only where it is still wanted. */
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>

#include <cmocka.h>

#include "store/check.h"
#include "store/settings.h"
#include "tests/unit/store/helper_work.h"

#include "core/base/banned.h"

enum { ITEMS = 5 };

struct fixture {
    struct test_store test;
    struct viewer people[3];
    struct batch batches[2];
};

static void set_overlap(struct fixture *f, int overlap) {
    struct pool pool = POOL_INIT;
    struct settings_version settings;
    f->test.campaign.tracks[1].overlap = overlap;
    must(&f->test, settings_newest(f->test.store, &pool, &settings, &f->test.error));
    must(&f->test, settings_replace(f->test.store, &f->test.lead, settings.id, slice_of(test_settings_yaml),
                                    &f->test.campaign, NULL, 0, &f->test.error));
    pool_release(&pool);
}

static void fail_on_finding(void *context, const char *part, const char *finding) {
    (void)context;
    fail_msg("%s: %s", part, finding);
}

/* Two people have all items in open batches, at overlap 2. */
static void init(struct fixture *f) {
    static const char *const names[] = {"ana", "dov", "eve"};
    test_store_init(&f->test);
    work_people(&f->test, names, 3, f->people);
    test_import(&f->test, "safety", 0, ITEMS, 0);
    for (int i = 0; i < 2; i++)
        f->batches[i] = work_deal(&f->test, &f->people[i], "safety");
    assert_int_equal(test_query(&f->test, "select count(*) from queue"), 0);
}

static void finish(struct fixture *f, int64_t queued) {
    must(&f->test, store_check(f->test.store, fail_on_finding, NULL, &f->test.error));
    assert_int_equal(test_query(&f->test, "select count(*) from queue"), queued);
    test_store_release(&f->test);
}

static int64_t first_serving(struct fixture *f, int person) {
    char text[200];
    snprintf(text, sizeof text, "select id from serving where person = %lld and item = 1",
             (long long)f->people[person].person);
    return test_query(&f->test, text);
}

static void test_set_aside(void **state) {
    struct fixture f;
    (void)state;
    init(&f);
    set_overlap(&f, 1);
    must(&f.test, serving_set_aside(f.test.store, &f.people[0], first_serving(&f, 0), ASIDE_UNDECIDED, &f.test.error));
    assert_int_equal(test_query(&f.test, "select count(*) from queue"), 0); /* dov has it */
    must(&f.test, serving_set_aside(f.test.store, &f.people[1], first_serving(&f, 1), ASIDE_UNDECIDED, &f.test.error));
    assert_int_equal(test_query(&f.test, "select count(*) from queue"), 1); /* now nobody has */
    assert_int_equal(work_deal(&f.test, &f.people[2], "safety").size, 1);
    finish(&f, 0);
}

static void test_set_aside_as_it_was(void **state) {
    struct fixture f;
    (void)state;
    init(&f);
    must(&f.test, serving_set_aside(f.test.store, &f.people[0], first_serving(&f, 0), ASIDE_UNDECIDED, &f.test.error));
    finish(&f, 1);
}

static void test_a_lease_that_ran_out(void **state) {
    struct fixture f;
    (void)state;
    init(&f);
    set_overlap(&f, 1);
    work_judge_all(&f.test, &f.people[0], &f.batches[0], work_always_a, NULL);
    f.test.fixed.now += INT64_C(8) * 86400000;
    assert_int_equal(work_deal(&f.test, &f.people[2], "safety").size, 0); /* both go back; ana's judgments are enough */
    finish(&f, 0);
}

static void test_both_leases_ran_out(void **state) {
    struct fixture f;
    (void)state;
    init(&f);
    set_overlap(&f, 1);
    f.test.fixed.now += INT64_C(8) * 86400000;
    assert_int_equal(work_deal(&f.test, &f.people[2], "safety").size, ITEMS);
    finish(&f, 0);
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_set_aside), cmocka_unit_test(test_set_aside_as_it_was),
                                       cmocka_unit_test(test_a_lease_that_ran_out),
                                       cmocka_unit_test(test_both_leases_ran_out)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
