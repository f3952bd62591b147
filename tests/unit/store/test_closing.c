/* A category that is done, and what the lead gives back: what is dealt, wanted, counted and checked then. */
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

#include <cmocka.h>

#include "core/base/timestamp.h"
#include "store/check.h"
#include "store/closing.h"
#include "store/load.h"
#include "store/load_desk.h"
#include "tests/unit/store/helper_work.h"

#include "core/base/banned.h"

struct fixture {
    struct test_store test;
    struct viewer people[3];
    struct pool pool;
};

/* 40 items, "coding" and "law" by turns, wanted by one. */
static int setup(void **state) {
    static const char *const names[] = {"ana", "dov", "eve"};
    struct fixture *f = calloc(1, sizeof *f);
    test_store_init(&f->test);
    work_people(&f->test, names, 3, f->people);
    test_import(&f->test, "helpfulness", 0, 40, 0);
    *state = f;
    return 0;
}

static int teardown(void **state) {
    struct fixture *f = *state;
    pool_release(&f->pool);
    test_store_release(&f->test);
    free(f);
    return 0;
}

static void close_law(struct fixture *f) {
    must(&f->test,
         category_close(f->test.store, &f->test.lead, "helpfulness", "law", slice_of("enough"), &f->test.error));
}

static void reopen_law(struct fixture *f) {
    must(&f->test, category_reopen(f->test.store, &f->test.lead, &f->test.campaign, "helpfulness", "law",
                                   slice_of("more of it"), &f->test.error));
}

static int64_t in_queue(struct fixture *f, const char *category) {
    char text[200];
    snprintf(text, sizeof text,
             "select count(*) from queue q join item i on i.id = q.item join category c on c.id = i.category"
             " where c.name = '%s'",
             category);
    return test_query(&f->test, text);
}

static void found(void *context, const char *part, const char *finding) {
    (void)context;
    print_error("%s: %s\n", part, finding);
}

static void check(struct fixture *f) {
    must(&f->test, store_check(f->test.store, found, NULL, &f->test.error));
}

static struct item_counts counts_of(struct fixture *f) {
    struct item_counts counts;
    must(&f->test, load_item_counts(f->test.store, "helpfulness", &counts, &f->test.error));
    assert_int_equal(counts.total, counts.gold + counts.judged + counts.open);
    return counts;
}

static void test_nobody_is_dealt_it(void **state) {
    struct fixture *f = *state;
    close_law(f);
    assert_int_equal(in_queue(f, "law"), 0);
    assert_int_equal(in_queue(f, "coding"), 20);
    assert_int_equal(counts_of(f).closed, 20);
    assert_int_equal(counts_of(f).open, 20);
    while (work_one_batch(&f->test, &f->people[0], "helpfulness", work_always_a, NULL))
        ;
    assert_int_equal(test_query(&f->test, "select count(*) from judgment"), 20);
    assert_int_equal(test_query(&f->test, "select count(*) from judgment j join item i on i.id = j.item join category c"
                                          " on c.id = i.category where c.name = 'law'"),
                     0);
    assert_int_equal(counts_of(f).judged, 20);
    check(f);
    test_import(&f->test, "helpfulness", 100, 10, 0); /* what comes later is closed too */
    assert_int_equal(in_queue(f, "law"), 0);
    assert_int_equal(in_queue(f, "coding"), 5);
    assert_int_equal(counts_of(f).closed, 25);
    check(f);
    reopen_law(f);
    assert_int_equal(in_queue(f, "law"), 25);
    assert_int_equal(counts_of(f).closed, 0);
    while (work_one_batch(&f->test, &f->people[1], "helpfulness", work_always_a, NULL))
        ;
    assert_int_equal(counts_of(f).judged, 50);
    check(f);
}

/* A batch that is open when the category closes stays whole; what comes back of it waits for the reopening. */
static void test_what_is_dealt_stays(void **state) {
    struct fixture *f = *state;
    struct batch batch = work_deal(&f->test, &f->people[0], "helpfulness");
    struct serving serving;
    struct hand_in done;
    close_law(f);
    must(&f->test, serving_load(f->test.store, &batch, 1, &f->test.rubric, &f->pool, &serving, &f->test.error));
    must(&f->test, serving_set_aside(f->test.store, &f->people[0], serving.id, ASIDE_LANGUAGE, &f->test.error));
    must(&f->test, serving_load(f->test.store, &batch, 2, &f->test.rubric, &f->pool, &serving, &f->test.error));
    must(&f->test, serving_set_aside(f->test.store, &f->people[0], serving.id, ASIDE_LANGUAGE, &f->test.error));
    assert_int_equal(in_queue(f, "law"), 0);
    work_judge_all(&f->test, &f->people[0], &batch, work_always_a, NULL);
    must(&f->test, batch_hand_in(f->test.store, &f->people[0], &f->test.campaign, batch.id, &done, &f->test.error));
    assert_int_equal(done.judged, batch.size - 2);
    check(f);
    reopen_law(f);
    check(f);
    int64_t judged = counts_of(f).judged;
    assert_int_equal(judged, batch.size - 2);
    assert_int_equal(in_queue(f, "law") + in_queue(f, "coding"), 40 - judged);
    while (work_one_batch(&f->test, &f->people[1], "helpfulness", work_always_a, NULL))
        ;
    assert_int_equal(counts_of(f).judged, 40);
    assert_int_equal(test_query(&f->test, "select count(*) from judgment"), 40); /* none too many */
}

/* A batch past its lease gives nothing of a closed category back. */
static void test_a_lease_that_runs_out(void **state) {
    struct fixture *f = *state;
    work_deal(&f->test, &f->people[0], "helpfulness");
    close_law(f);
    f->test.fixed.now += 30 * MS_DAY;
    work_deal(&f->test, &f->people[1], "helpfulness");
    assert_int_equal(in_queue(f, "law"), 0);
    check(f);
    reopen_law(f);
    assert_int_equal(in_queue(f, "law"), 20);
    check(f);
}

static void test_refused(void **state) {
    struct fixture *f = *state;
    struct store *store = f->test.store;
    struct error *error = &f->test.error;
    const struct viewer *lead = &f->test.lead;
    struct closing *closed;
    size_t count;
    assert_int_equal(category_close(store, &f->people[0], "helpfulness", "law", slice_of("x"), error), STATUS_USAGE);
    assert_int_equal(category_close(store, lead, "helpfulness", "law", slice_of(""), error), STATUS_USAGE);
    assert_int_equal(category_close(store, lead, "helpfulness", "low", slice_of("x"), error), STATUS_USAGE);
    assert_int_equal(category_close(store, lead, "helpfulness", "", slice_of("x"), error), STATUS_USAGE);
    assert_int_equal(category_close(store, lead, "safety", "law", slice_of("x"), error), STATUS_USAGE);
    assert_int_equal(category_reopen(store, lead, &f->test.campaign, "helpfulness", "law", slice_of("x"), error),
                     STATUS_USAGE);
    close_law(f);
    assert_int_equal(category_close(store, lead, "helpfulness", "law", slice_of("x"), error), STATUS_USAGE);
    assert_int_equal(closing_list(store, &f->people[0], &f->pool, &closed, &count, error), STATUS_USAGE);
    must(&f->test, closing_list(store, lead, &f->pool, &closed, &count, error));
    assert_int_equal(count, 1);
    assert_true(slice_is(closed[0].category, "law") && slice_is(closed[0].why, "enough") &&
                slice_is(closed[0].person, "lea"));
    reopen_law(f);
    close_law(f); /* and again */
    check(f);
}

/* --- What the lead gives back --- */

static int64_t set_aside(struct fixture *f, const struct viewer *who, const struct batch *batch, int position,
                         enum aside_reason reason, struct serving *serving) {
    must(&f->test, serving_load(f->test.store, batch, position, &f->test.rubric, &f->pool, serving, &f->test.error));
    must(&f->test, serving_set_aside(f->test.store, who, serving->id, reason, &f->test.error));
    char text[80];
    snprintf(text, sizeof text, "select item from serving where id = %lld", (long long)serving->id);
    return test_query(&f->test, text);
}

static size_t with_lead(struct fixture *f) {
    struct aside_line *asides;
    size_t count;
    must(&f->test, load_asides(f->test.store, &f->test.lead, &f->pool, &asides, &count, &f->test.error));
    return count;
}

static void test_given_back(void **state) {
    struct fixture *f = *state;
    struct store *store = f->test.store;
    struct serving serving;
    struct hand_in done;
    struct batch batch = work_deal(&f->test, &f->people[0], "helpfulness");
    int64_t item = set_aside(f, &f->people[0], &batch, 3, ASIDE_BROKEN, &serving),
            before = in_queue(f, "law") + in_queue(f, "coding");
    assert_int_equal(with_lead(f), 1);
    assert_int_equal(item_give_back(store, &f->people[1], item, slice_of("x"), &f->test.error), STATUS_USAGE);
    must(&f->test, item_give_back(store, &f->test.lead, item, slice_of("it is whole"), &f->test.error));
    assert_int_equal(with_lead(f), 0);
    assert_int_equal(counts_of(f).aside_lead, 0);
    assert_int_equal(in_queue(f, "law") + in_queue(f, "coding"), before + 1);
    assert_int_equal(item_give_back(store, &f->test.lead, item, slice_of("x"), &f->test.error), STATUS_USAGE);
    work_judge_all(&f->test, &f->people[0], &batch, work_always_a, NULL);
    must(&f->test, batch_hand_in(store, &f->people[0], &f->test.campaign, batch.id, &done, &f->test.error));
    while (work_one_batch(&f->test, &f->people[0], "helpfulness", work_always_a, NULL))
        ;
    assert_int_equal(counts_of(f).open, 1); /* for other people */
    while (work_one_batch(&f->test, &f->people[1], "helpfulness", work_always_a, NULL))
        ;
    assert_int_equal(counts_of(f).judged, 40);
    check(f);
}

/* Taken back after all: the place in the queue goes, and setting it aside anew reaches the lead anew. */
static void test_given_back_and_taken_back(void **state) {
    struct fixture *f = *state;
    struct store *store = f->test.store;
    struct serving serving;
    struct batch batch = work_deal(&f->test, &f->people[0], "helpfulness");
    int64_t item = set_aside(f, &f->people[0], &batch, 3, ASIDE_OTHER, &serving);
    must(&f->test, item_give_back(store, &f->test.lead, item, slice_of("look again"), &f->test.error));
    must(&f->test, serving_take_back(store, &f->people[0], serving.id, &f->test.error));
    assert_int_equal(in_queue(f, "law") + in_queue(f, "coding"), 30);
    check(f);
    must(&f->test, serving_set_aside(store, &f->people[0], serving.id, ASIDE_OTHER, &f->test.error));
    assert_int_equal(with_lead(f), 1);
    check(f);
}

int main(void) {
#define TEST(name) cmocka_unit_test_setup_teardown(name, setup, teardown)
    const struct CMUnitTest tests[] = {TEST(test_nobody_is_dealt_it),
                                       TEST(test_what_is_dealt_stays),
                                       TEST(test_a_lease_that_runs_out),
                                       TEST(test_refused),
                                       TEST(test_given_back),
                                       TEST(test_given_back_and_taken_back)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
