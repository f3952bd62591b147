/* Questions to the lead, answers, and rulings that everybody is shown once. */
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

#include <cmocka.h>

#include "store/questions.h"
#include "tests/unit/store/helper_work.h"

#include "core/base/banned.h"

struct fixture {
    struct test_store test;
    struct viewer people[2];
    struct pool pool;
    struct serving serving; /* ana's first */
};

static int setup(void **state) {
    static const char *const names[] = {"ana", "dov"};
    struct fixture *f = calloc(1, sizeof *f);
    test_store_init(&f->test);
    work_people(&f->test, names, 2, f->people);
    test_import(&f->test, "helpfulness", 0, 20, 0);
    struct batch batch = work_deal(&f->test, &f->people[0], "helpfulness");
    must(&f->test, serving_next(f->test.store, &batch, &f->test.rubric, &f->pool, &f->serving, &f->test.error));
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

static size_t list(struct fixture *f, const struct viewer *viewer, struct question **out) {
    size_t count;
    must(&f->test, question_list(f->test.store, viewer, &f->pool, out, &count, &f->test.error));
    return count;
}

static size_t list_rulings(struct fixture *f, const struct viewer *viewer, const char *track, struct ruling **out) {
    size_t count;
    must(&f->test, ruling_list(f->test.store, viewer, track, &f->pool, out, &count, &f->test.error));
    return count;
}

static void test_ask_and_answer(void **state) {
    struct fixture *f = *state;
    struct store *store = f->test.store;
    struct error *error = &f->test.error;
    struct question *questions;
    assert_int_equal(question_ask(store, &f->people[1], f->serving.id, slice_of("mine?"), error), STATUS_USAGE);
    assert_int_equal(question_ask(store, &f->people[0], f->serving.id, slice_of(""), error), STATUS_USAGE);
    must(&f->test, question_ask(store, &f->people[0], f->serving.id, slice_of("is half a refusal helpful?"), error));
    assert_int_equal(list(f, &f->people[1], &questions), 0); /* only one's own */
    assert_int_equal(list(f, &f->test.lead, &questions), 1);
    assert_true(slice_is(questions[0].person, "ana"));
    assert_string_equal(questions[0].ref.text, f->serving.ref.text);
    assert_null(questions[0].answer.data);
    assert_int_equal(question_answer(store, &f->people[0], questions[0].id, slice_of("yes"), false, error),
                     STATUS_USAGE);
    must(&f->test,
         question_answer(store, &f->test.lead, questions[0].id, slice_of("if the rest is whole"), false, error));
    assert_int_equal(question_answer(store, &f->test.lead, questions[0].id, slice_of("no"), false, error), STATUS_NO);
    assert_int_equal(list(f, &f->people[0], &questions), 1);
    assert_true(slice_is(questions[0].answer, "if the rest is whole"));
    assert_true(slice_is(questions[0].answer_person, "lea"));
    assert_false(questions[0].ruling || questions[0].seen);
    assert_int_equal(question_seen(store, &f->people[1], questions[0].id, error), STATUS_USAGE);
    must(&f->test, question_seen(store, &f->people[0], questions[0].id, error));
    list(f, &f->people[0], &questions);
    assert_true(questions[0].seen);
    assert_int_equal(question_answer(store, &f->test.lead, 77, slice_of("?"), false, error), STATUS_USAGE);
}

static void test_answer_becomes_a_ruling(void **state) {
    struct fixture *f = *state;
    struct question *questions;
    struct ruling *rulings;
    must(&f->test, question_ask(f->test.store, &f->people[0], f->serving.id, slice_of("and links?"), &f->test.error));
    list(f, &f->test.lead, &questions);
    must(&f->test, question_answer(f->test.store, &f->test.lead, questions[0].id, slice_of("dead links count as wrong"),
                                   true, &f->test.error));
    list(f, &f->people[0], &questions);
    assert_true(questions[0].ruling);
    assert_int_equal(list_rulings(f, &f->people[1], "helpfulness", &rulings), 1);
    assert_true(slice_is(rulings[0].text, "dead links count as wrong"));
    assert_true(slice_is(rulings[0].track, "helpfulness"));
    assert_false(rulings[0].acknowledged);
    must(&f->test, ruling_acknowledge(f->test.store, &f->people[1], rulings[0].id, &f->test.error));
    must(&f->test, ruling_acknowledge(f->test.store, &f->people[1], rulings[0].id, &f->test.error));
    list_rulings(f, &f->people[1], NULL, &rulings);
    assert_true(rulings[0].acknowledged);
    list_rulings(f, &f->people[0], NULL, &rulings);
    assert_false(rulings[0].acknowledged);
}

static void test_rulings(void **state) {
    struct fixture *f = *state;
    struct store *store = f->test.store;
    struct error *error = &f->test.error;
    struct ruling *rulings;
    assert_int_equal(ruling_add(store, &f->people[0], "helpfulness", slice_of("x"), error), STATUS_USAGE);
    assert_int_equal(ruling_add(store, &f->test.lead, "nothing", slice_of("x"), error), STATUS_USAGE);
    assert_int_equal(ruling_add(store, &f->test.lead, "helpfulness", slice_of(""), error), STATUS_INPUT);
    must(&f->test, ruling_add(store, &f->test.lead, "helpfulness", slice_of("one"), error));
    must(&f->test, ruling_add(store, &f->test.lead, "safety", slice_of("two"), error));
    assert_int_equal(list_rulings(f, &f->people[0], NULL, &rulings), 2);
    assert_int_equal(list_rulings(f, &f->people[0], "safety", &rulings), 1);
    assert_true(slice_is(rulings[0].text, "two"));
    assert_int_equal(ruling_retire(store, &f->people[0], rulings[0].id, error), STATUS_USAGE);
    must(&f->test, ruling_retire(store, &f->test.lead, rulings[0].id, error));
    assert_int_equal(ruling_retire(store, &f->test.lead, rulings[0].id, error), STATUS_NO);
    assert_int_equal(ruling_retire(store, &f->test.lead, 99, error), STATUS_USAGE);
    list_rulings(f, &f->people[0], "safety", &rulings);
    assert_true(rulings[0].retired);
    assert_int_equal(ruling_acknowledge(store, &f->people[0], 99, error), STATUS_USAGE);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(test_ask_and_answer, setup, teardown),
        cmocka_unit_test_setup_teardown(test_answer_becomes_a_ruling, setup, teardown),
        cmocka_unit_test_setup_teardown(test_rulings, setup, teardown),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
