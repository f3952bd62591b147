/* What the lead's desk reads: who may, what waits, what nobody has met, and the work behind a question. */
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

#include <cmocka.h>

#include "store/gold.h"
#include "store/load.h"
#include "store/load_desk.h"
#include "store/load_heads.h"
#include "store/questions.h"
#include "tests/unit/store/helper_work.h"

#include "core/base/banned.h"

struct fixture {
    struct test_store test;
    struct viewer people[2];
    struct pool pool;
};

static int setup(void **state) {
    static const char *const names[] = {"ana", "dov"};
    struct fixture *f = calloc(1, sizeof *f);
    test_store_init(&f->test);
    work_people(&f->test, names, 2, f->people);
    test_import(&f->test, "helpfulness", 0, 80, 4); /* 20 of them gold */
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

static void test_leads_only(void **state) {
    struct fixture *f = *state;
    struct store *store = f->test.store;
    struct error *error = &f->test.error;
    struct aside_line *asides;
    struct unseen_gold *unseen;
    struct answer_line *answers;
    struct question_work work;
    size_t count;
    const struct viewer *ana = &f->people[0];
    assert_int_equal(load_asides(store, ana, &f->pool, &asides, &count, error), STATUS_USAGE);
    assert_int_equal(load_unseen_gold(store, ana, &f->pool, &unseen, &count, error), STATUS_USAGE);
    assert_int_equal(load_item_answers(store, ana, 1, &f->pool, &answers, &count, error), STATUS_USAGE);
    assert_int_equal(load_person_answers(store, ana, ana->person, "helpfulness", &f->pool, &answers, &count, error),
                     STATUS_USAGE);
    assert_int_equal(load_question_work(store, ana, 1, &f->pool, &work, error), STATUS_USAGE);
    assert_int_equal(load_question_work(store, &f->test.lead, 99, &f->pool, &work, error), STATUS_USAGE);
}

static void test_heads(void **state) {
    struct fixture *f = *state;
    struct store *store = f->test.store;
    struct item_head *heads;
    size_t count;
    const int64_t ids[] = {3, 99999, 2};
    assert_int_equal(load_heads(store, &f->people[0], ids, 3, &f->pool, &heads, &count, &f->test.error), STATUS_USAGE);
    must(&f->test, load_heads(store, &f->test.lead, ids, 3, &f->pool, &heads, &count, &f->test.error));
    assert_int_equal(count, 2); /* one is not there */
    assert_true(heads[0].item == 3 && heads[1].item == 2);
    assert_string_equal(heads[0].ref.text, store_ref(store, 3).text);
    assert_true(heads[0].head.length > 0 && heads[0].wanted == 1 && !heads[0].retired);
    must(&f->test, item_retire(store, &f->test.lead, 3, slice_of("cut"), &f->test.error));
    must(&f->test, load_heads(store, &f->test.lead, ids, 1, &f->pool, &heads, &count, &f->test.error));
    assert_true(heads[0].retired && heads[0].wanted == 0);
    must(&f->test,
         load_open_heads(store, &f->test.lead, "helpfulness", NULL, 100, &f->pool, &heads, &count, &f->test.error));
    assert_int_equal(count, 59); /* without gold and without that one */
    must(&f->test,
         load_open_heads(store, &f->test.lead, "helpfulness", "law", 10, &f->pool, &heads, &count, &f->test.error));
    assert_int_equal(count, 10);
    for (size_t i = 0; i < count; i++)
        assert_true(slice_is(heads[i].category, "law") && heads[i].wanted == 1);
    must(&f->test,
         load_open_heads(store, &f->test.lead, "helpfulness", "", 10, &f->pool, &heads, &count, &f->test.error));
    assert_int_equal(count, 0);
}

static void test_asides(void **state) {
    struct fixture *f = *state;
    struct store *store = f->test.store;
    struct aside_line *asides;
    struct serving serving;
    size_t count;
    struct batch batch = work_deal(&f->test, &f->people[0], "helpfulness");
    must(&f->test, serving_load(store, &batch, 1, &f->test.rubric, &f->pool, &serving, &f->test.error));
    must(&f->test, serving_set_aside(store, &f->people[0], serving.id, ASIDE_LANGUAGE, &f->test.error));
    must(&f->test, load_asides(store, &f->test.lead, &f->pool, &asides, &count, &f->test.error));
    assert_int_equal(count, 0); /* that one goes to somebody else */
    must(&f->test, serving_load(store, &batch, 2, &f->test.rubric, &f->pool, &serving, &f->test.error));
    must(&f->test, serving_set_aside(store, &f->people[0], serving.id, ASIDE_BROKEN, &f->test.error));
    must(&f->test, load_asides(store, &f->test.lead, &f->pool, &asides, &count, &f->test.error));
    assert_int_equal(count, 1);
    assert_string_equal(asides[0].ref.text, serving.ref.text);
    assert_true(slice_is(asides[0].person, "ana") && slice_is(asides[0].track, "helpfulness"));
    assert_true(asides[0].reason == ASIDE_BROKEN && asides[0].people == 1);
    must(&f->test, item_retire(store, &f->test.lead, asides[0].item, slice_of("cut"), &f->test.error));
    must(&f->test, load_asides(store, &f->test.lead, &f->pool, &asides, &count, &f->test.error));
    assert_int_equal(count, 0);
}

static void test_unseen_gold(void **state) {
    struct fixture *f = *state;
    struct unseen_gold *unseen;
    size_t count;
    must(&f->test, load_unseen_gold(f->test.store, &f->test.lead, &f->pool, &unseen, &count, &f->test.error));
    assert_int_equal(count, 0); /* nobody has worked */
    work_one_batch(&f->test, &f->people[0], "helpfulness", work_always_a, NULL);
    int64_t served = test_query(&f->test, "select count(*) from serving where kind = 1");
    assert_true(served > 0);
    must(&f->test, load_unseen_gold(f->test.store, &f->test.lead, &f->pool, &unseen, &count, &f->test.error));
    assert_int_equal(count, 1);
    assert_true(slice_is(unseen[0].person_name, "ana") && unseen[0].person == f->people[0].person);
    assert_int_equal(unseen[0].unseen, 20 - served);
}

struct seen {
    int64_t items, open, amended;
};

static void see_key(void *context, int64_t item, int64_t amended) {
    struct seen *seen = context;
    assert_true(item > 0);
    seen->items++;
    seen->amended += amended > 0;
}

static void see_open(void *context, struct slice track, struct slice category, int64_t open) {
    struct seen *seen = context;
    assert_true(slice_is(track, "helpfulness"));
    assert_true(slice_is(category, "coding") || slice_is(category, "law"));
    seen->open += open;
}

static void test_keys_and_open(void **state) {
    struct fixture *f = *state;
    struct test_store *test = &f->test;
    struct seen seen = {0};
    struct gold_key key = {.answers = {{.prefer = 1}}, .answer_count = 1};
    int64_t first = test_query(test, "select min(item) from gold"),
            last = test_query(test, "select max(item) from gold");
    must(test, gold_amend(test->store, &test->lead, &test->campaign, first, &key, slice_of("b"), &test->error));
    must(test, gold_retire(test->store, &test->lead, &test->campaign, last, false, slice_of("old"), &test->error));
    must(test, load_keys(test->store, see_key, &seen, &test->error));
    assert_true(seen.items == 19 && seen.amended == 1);
    must(test, load_open_categories(test->store, see_open, &seen, &test->error));
    assert_int_equal(seen.open, 60);
}

static void test_answers(void **state) {
    struct fixture *f = *state;
    struct test_store *test = &f->test;
    struct answer_line *answers;
    size_t count, one;
    int64_t ana = f->people[0].person;
    work_one_batch(test, &f->people[0], "helpfulness", work_always_a, NULL);
    must(test,
         load_person_answers(test->store, &test->lead, ana, "helpfulness", &f->pool, &answers, &count, &test->error));
    assert_int_equal(count, 10);
    for (size_t i = 1; i < count; i++)
        assert_true(answers[i].judgment > answers[i - 1].judgment);
    assert_true(answers[0].final && answers[0].prefer == 0 && answers[0].strength == 2 && answers[0].confidence == 80);
    assert_int_equal(strlen(answers[0].shown), 2);
    must(test, load_item_answers(test->store, &test->lead, answers[0].item, &f->pool, &answers, &one, &test->error));
    assert_true(one == 1 && slice_is(answers[0].name, "ana"));
    must(test, load_person_answers(test->store, &test->lead, ana, "safety", &f->pool, &answers, &count, &test->error));
    assert_int_equal(count, 0);
}

/* First a draft, then a judgment, then a final one. */
static void test_question_work(void **state) {
    struct fixture *f = *state;
    struct store *store = f->test.store;
    struct question_work work;
    struct serving serving;
    struct batch batch = work_deal(&f->test, &f->people[0], "helpfulness");
    must(&f->test, serving_next(store, &batch, &f->test.rubric, &f->pool, &serving, &f->test.error));
    must(&f->test, question_ask(store, &f->people[0], serving.id, slice_of("why?"), &f->test.error));
    must(&f->test, draft_save(store, serving.id, slice_of("overall a\n"), &f->test.error));
    must(&f->test, load_question_work(store, &f->test.lead, 1, &f->pool, &work, &f->test.error));
    assert_true(!work.judged && work.prefer == CHOICE_MISSING && slice_is(work.draft, "overall a\n"));
    assert_string_equal(work.shown, serving.shown);
    struct judgment judgment = work_judgment(1, 3);
    work_submit(&f->test, &f->people[0], serving.id, &judgment);
    judgment = work_judgment(0, 2); /* revised: the first one is retracted */
    work_submit(&f->test, &f->people[0], serving.id, &judgment);
    must(&f->test, load_question_work(store, &f->test.lead, 1, &f->pool, &work, &f->test.error));
    assert_true(work.judged && work.prefer == 0 && work.strength == 2 && !work.handed_in && !work.draft.data);
    work_one_batch(&f->test, &f->people[0], "helpfulness", work_always_a, NULL);
    must(&f->test, load_question_work(store, &f->test.lead, 1, &f->pool, &work, &f->test.error));
    assert_true(work.handed_in);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(test_leads_only, setup, teardown),
        cmocka_unit_test_setup_teardown(test_heads, setup, teardown),
        cmocka_unit_test_setup_teardown(test_asides, setup, teardown),
        cmocka_unit_test_setup_teardown(test_unseen_gold, setup, teardown),
        cmocka_unit_test_setup_teardown(test_keys_and_open, setup, teardown),
        cmocka_unit_test_setup_teardown(test_answers, setup, teardown),
        cmocka_unit_test_setup_teardown(test_question_work, setup, teardown),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
