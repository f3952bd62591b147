/* Who may act, what a name means, and what stays of somebody who is forgotten. */
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

#include <cmocka.h>

#include "store/check.h"
#include "store/internal.h"
#include "store/people.h"
#include "store/questions.h"
#include "tests/unit/store/helper_work.h"

#include "core/base/banned.h"

static int add(struct test_store *test, const struct viewer *viewer, const char *name, enum person_role role,
               bool confirm) {
    struct person person = {.name = slice_of(name), .role = role};
    return person_add(test->store, viewer, &person, confirm, &test->error);
}

static void test_solo(void **state) {
    (void)state;
    struct test_store test;
    struct viewer viewer;
    test_store_init(&test);
    must(&test, viewer_find(test.store, "anybody", &viewer, &test.error));
    assert_int_equal(viewer.role, VIEWER_SOLO);
    assert_int_equal(viewer.person, 0);
    assert_true(viewer_sees_all(&viewer));
    struct batch batch;
    struct nothing_left left;
    struct pool pool = POOL_INIT;
    assert_int_equal(batch_deal(test.store, &viewer, &test.campaign, "helpfulness", &pool, &batch, &left, &test.error),
                     STATUS_USAGE);
    must(&test, viewer_enter(test.store, &viewer, &test.error));
    assert_true(viewer.person > 0);
    int64_t person = viewer.person;
    must(&test, viewer_enter(test.store, &viewer, &test.error));
    assert_int_equal(viewer.person, person);
    assert_int_equal(test_query(&test, "select count(*) from person"), 1);
    must(&test, viewer_find(test.store, "anybody", &viewer, &test.error)); /* it is still solo use */
    assert_int_equal(viewer.role, VIEWER_SOLO);
    assert_int_equal(viewer.person, person);
    test_import(&test, "helpfulness", 0, 20, 4);
    assert_true(work_one_batch(&test, &viewer, "helpfulness", work_always_a, NULL));
    assert_true(test_query(&test, "select count(*) from judgment where kind = 1") >=
                1); /* gold is hidden in solo use too */
    struct revealed *revealed;
    size_t count, gold = 0;
    must(&test, batch_reveal(test.store, &viewer, 1, &pool, &revealed, &count, &test.error));
    for (size_t i = 0; i < count; i++)
        gold += revealed[i].key != NULL;
    assert_int_equal(gold, test_query(&test, "select count(*) from judgment where kind = 1"));
    pool_release(&pool);
    test_store_release(&test);
}

static void test_end_of_solo(void **state) {
    (void)state;
    struct test_store test;
    struct viewer sam, viewer;
    test_store_init(&test);
    test_import(&test, "helpfulness", 0, 20, 0);
    must(&test, viewer_find(test.store, "sam", &sam, &test.error));
    must(&test, viewer_enter(test.store, &sam, &test.error));
    work_one_batch(&test, &sam, "helpfulness", work_always_a, NULL);
    assert_int_equal(add(&test, &sam, "ana", PERSON_ANNOTATOR, false), STATUS_NO);
    assert_non_null(strstr(test.error.text, "stops being"));
    assert_int_equal(add(&test, &sam, "sam", PERSON_ANNOTATOR, true), STATUS_USAGE); /* nobody would be lead */
    must(&test, add(&test, &sam, "judge-7b", PERSON_MODEL, false));                  /* a model ends nothing */
    must(&test, viewer_find(test.store, "sam", &viewer, &test.error));
    assert_int_equal(viewer.role, VIEWER_SOLO);
    must(&test, add(&test, &sam, "ana", PERSON_ANNOTATOR, true));
    /* who added the first annotator is the lead, and keeps the judgments of before */
    must(&test, viewer_find(test.store, "sam", &viewer, &test.error));
    assert_int_equal(viewer.role, VIEWER_LEAD);
    assert_int_equal(viewer.person, sam.person);
    must(&test, viewer_find(test.store, "ana", &viewer, &test.error));
    assert_int_equal(viewer.role, VIEWER_ANNOTATOR);
    assert_false(viewer_sees_all(&viewer));
    assert_int_equal(viewer_find(test.store, "anna", &viewer, &test.error), STATUS_USAGE);
    assert_non_null(strstr(test.error.text, "did you mean 'ana'"));
    assert_int_equal(viewer_find(test.store, "judge-7b", &viewer, &test.error), STATUS_USAGE);
    assert_non_null(strstr(test.error.text, "cannot act"));
    test_store_release(&test);
}

static void test_only_leads_change_people(void **state) {
    (void)state;
    struct test_store test;
    struct viewer ana;
    struct pool pool = POOL_INIT;
    struct person *people;
    size_t count;
    static const char *const names[] = {"ana"};
    test_store_init(&test);
    work_people(&test, names, 1, &ana);
    assert_int_equal(add(&test, &ana, "eve", PERSON_LEAD, true), STATUS_USAGE);
    assert_int_equal(person_pause(test.store, &ana, "lea", true, &test.error), STATUS_USAGE);
    assert_int_equal(person_rename(test.store, &ana, "lea", "eve", &test.error), STATUS_USAGE);
    assert_int_equal(person_forget(test.store, &ana, "lea", &test.error), STATUS_USAGE);
    assert_int_equal(person_set_role(test.store, &ana, "ana", PERSON_LEAD, &test.error), STATUS_USAGE);
    assert_int_equal(people_list(test.store, &ana, &pool, &people, &count, &test.error), STATUS_USAGE);
    must(&test, people_list(test.store, &test.lead, &pool, &people, &count, &test.error));
    assert_int_equal(count, 2);
    assert_true(slice_is(people[0].name, "ana"));
    assert_int_equal(people[1].role, PERSON_LEAD);
    pool_release(&pool);
    test_store_release(&test);
}

static void test_names(void **state) {
    (void)state;
    struct test_store test;
    struct viewer ana;
    static const char *const names[] = {"ana"};
    char longest[LIMIT_NAME_BYTES + 2];
    test_store_init(&test);
    work_people(&test, names, 1, &ana);
    memset(longest, 'x', sizeof longest);
    longest[LIMIT_NAME_BYTES + 1] = '\0';
    assert_int_equal(add(&test, &test.lead, longest, PERSON_ANNOTATOR, true), STATUS_USAGE);
    assert_int_equal(add(&test, &test.lead, "", PERSON_ANNOTATOR, true), STATUS_USAGE);
    assert_int_equal(add(&test, &test.lead, "a\033[31mb", PERSON_ANNOTATOR, true), STATUS_USAGE);
    assert_int_equal(add(&test, &test.lead, "a,b", PERSON_ANNOTATOR, true), STATUS_USAGE);
    assert_int_equal(add(&test, &test.lead, "ana", PERSON_LEAD, true), STATUS_USAGE);
    longest[LIMIT_NAME_BYTES] = '\0';
    must(&test, add(&test, &test.lead, longest, PERSON_ANNOTATOR, true));
    must(&test, add(&test, &test.lead, "Zoë 王", PERSON_ANNOTATOR, true));
    must(&test, person_rename(test.store, &test.lead, "ana", "anna", &test.error));
    assert_int_equal(person_rename(test.store, &test.lead, "ana", "x", &test.error), STATUS_USAGE);
    assert_int_equal(person_rename(test.store, &test.lead, "anna", "lea", &test.error), STATUS_USAGE);
    struct viewer anna = work_viewer(&test, "anna");
    assert_int_equal(anna.person, ana.person);
    struct person wrong = {
        .name = slice_of("tim"), .role = PERSON_ANNOTATOR, .tracks = slice_of("helpfulness,nonsense")};
    assert_int_equal(person_add(test.store, &test.lead, &wrong, true, &test.error), STATUS_USAGE);
    assert_int_equal(test_query(&test, "select count(*) from person where name = 'tim'"), 0);
    test_store_release(&test);
}

static void test_the_last_lead(void **state) {
    (void)state;
    struct test_store test;
    struct viewer ana;
    static const char *const names[] = {"ana"};
    test_store_init(&test);
    work_people(&test, names, 1, &ana);
    assert_int_equal(person_set_role(test.store, &test.lead, "lea", PERSON_ANNOTATOR, &test.error), STATUS_USAGE);
    assert_int_equal(person_forget(test.store, &test.lead, "lea", &test.error), STATUS_USAGE);
    assert_int_equal(person_set_role(test.store, &test.lead, "ana", PERSON_MODEL, &test.error), STATUS_USAGE);
    must(&test, person_set_role(test.store, &test.lead, "ana", PERSON_LEAD, &test.error));
    must(&test, person_set_role(test.store, &test.lead, "lea", PERSON_ANNOTATOR, &test.error));
    assert_int_equal(work_viewer(&test, "lea").role, VIEWER_ANNOTATOR);
    test_store_release(&test);
}

static void fail_on_finding(void *context, const char *part, const char *finding) {
    (void)context;
    fail_msg("%s: %s", part, finding);
}

/* Names and words go, judgments stay, and the log still verifies. */
static void test_forget(void **state) {
    (void)state;
    struct test_store test;
    struct viewer people[2], viewer;
    struct pool pool = POOL_INIT;
    struct serving serving;
    static const char *const names[] = {"ana", "dov"};
    test_store_init(&test);
    work_people(&test, names, 2, people);
    test_import(&test, "helpfulness", 0, 40, 0);
    work_one_batch(&test, &people[0], "helpfulness", work_always_a, NULL);
    work_one_batch(&test, &people[1], "helpfulness", work_always_a, NULL);
    struct batch batch = work_deal(&test, &people[0], "helpfulness");
    must(&test, serving_next(test.store, &batch, &test.rubric, &pool, &serving, &test.error));
    must(&test, question_ask(test.store, &people[0], serving.id, slice_of("I am Ana: may I?"), &test.error));
    must(&test, draft_save(test.store, serving.id, slice_of("why I am Ana\n"), &test.error));
    must(&test, person_forget(test.store, &test.lead, "ana", &test.error));
    assert_int_equal(test_query(&test, "select count(*) from person where name = 'ana'"), 0);
    assert_int_equal(test_query(&test, "select count(*) from person where name like 'gone-%'"), 1);
    assert_int_equal(test_query(&test, "select count(*) from judgment"), 20);
    assert_int_equal(test_query(&test, "select count(*) from judgment where rationale is not null"), 10); /* dov's */
    assert_int_equal(test_query(&test, "select count(*) from judgment where redacted is not null"), 10);
    assert_int_equal(test_query(&test, "select count(*) from question where text <> ''"), 0);
    assert_int_equal(test_query(&test, "select count(*) from draft"), 0);
    /* a screen that is still open writes nothing any more, and what it held goes to others */
    assert_int_equal(draft_save(test.store, serving.id, slice_of("why I am Ana\n"), &test.error), STATUS_NO);
    assert_int_equal(work_deal(&test, &people[1], "helpfulness").size, 10);
    assert_int_equal(test_query(&test, "select count(*) from batch where handed_in is null"), 1);
    assert_int_equal(test_query(&test, "select count(*) from serving where state = 3"), 10);
    assert_int_equal(viewer_find(test.store, "ana", &viewer, &test.error), STATUS_USAGE);
    must(&test, store_check(test.store, fail_on_finding, NULL, &test.error));
    pool_release(&pool);
    test_store_release(&test);
}

/* Who is forgotten is no lead any more: the last one that is left must stay. */
static void test_a_forgotten_lead_is_none(void **state) {
    (void)state;
    struct test_store test;
    struct viewer ana;
    static const char *const names[] = {"ana"};
    test_store_init(&test);
    work_people(&test, names, 1, &ana);
    must(&test, add(&test, &test.lead, "max", PERSON_LEAD, true));
    must(&test, person_forget(test.store, &test.lead, "max", &test.error));
    assert_int_equal(person_set_role(test.store, &test.lead, "lea", PERSON_ANNOTATOR, &test.error), STATUS_USAGE);
    assert_int_equal(person_forget(test.store, &test.lead, "lea", &test.error), STATUS_USAGE);
    test_store_release(&test);
}

static void count_finding(void *context, const char *part, const char *finding) {
    (void)part, (void)finding;
    ++*(int *)context;
}

/* The judgments of somebody who was forgotten are still held against the log. */
static void test_forgotten_judgments_are_guarded(void **state) {
    (void)state;
    struct test_store test;
    struct viewer ana;
    static const char *const names[] = {"ana"};
    int findings = 0;
    test_store_init(&test);
    work_people(&test, names, 1, &ana);
    test_import(&test, "helpfulness", 0, 20, 0);
    work_one_batch(&test, &ana, "helpfulness", work_always_a, NULL);
    must(&test, person_forget(test.store, &test.lead, "ana", &test.error));
    must(&test, log_verify(test.store, count_finding, &findings, &test.error));
    assert_int_equal(findings, 0);
    test_execute(&test, "drop trigger judgment_fixed; update judgment set prefer = 1 where id = 3");
    must(&test, log_verify(test.store, count_finding, &findings, &test.error));
    assert_int_equal(findings, 1);
    test_store_release(&test);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_solo),
        cmocka_unit_test(test_end_of_solo),
        cmocka_unit_test(test_only_leads_change_people),
        cmocka_unit_test(test_names),
        cmocka_unit_test(test_the_last_lead),
        cmocka_unit_test(test_forget),
        cmocka_unit_test(test_a_forgotten_lead_is_none),
        cmocka_unit_test(test_forgotten_judgments_are_guarded),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
