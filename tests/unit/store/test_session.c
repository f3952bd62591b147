/* Calibration sessions: what can be made, what people are dealt, what the lead reads and when, and that nothing of a
 * session comes back as gold or work. */
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

#include <cmocka.h>

#include "store/gold.h"
#include "store/people.h"
#include "store/session.h"
#include "tests/unit/store/helper_work.h"

#include "core/base/banned.h"

struct fixture {
    struct test_store test;
    struct viewer people[3]; /* ana, dov, eva */
    struct pool pool;
    struct session session;
};

static int setup(void **state) {
    static const char *const names[] = {"ana", "dov", "eva"};
    struct fixture *f = calloc(1, sizeof *f);
    test_store_init(&f->test);
    work_people(&f->test, names, 3, f->people);
    test_import(&f->test, "helpfulness", 0, 60, 3); /* 20 gold */
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

static int make_as(struct fixture *f, const struct viewer *viewer, struct session_request request) {
    request.track = request.track ? request.track : "helpfulness";
    request.name = request.name ? request.name : "week-1";
    f->test.error = (struct error)ERROR_INIT;
    return session_new(f->test.store, viewer, &request, &f->pool, &f->session, &f->test.error);
}

static void make(struct fixture *f, struct session_request request) {
    must(&f->test, make_as(f, &f->test.lead, request));
}

static void refused(struct fixture *f, struct session_request request, const char *words) {
    int64_t events = test_query(&f->test, "select count(*) from event");
    assert_true(make_as(f, &f->test.lead, request) < 0);
    if (!strstr(f->test.error.text, words))
        fail_msg("\"%s\" does not say \"%s\"", f->test.error.text, words);
    assert_int_equal(test_query(&f->test, "select count(*) from event"), events);
    assert_int_equal(test_query(&f->test, "select count(*) from session"), 0);
}

/* a for even items, b for odd ones, so that two of these differ on every item. */
static struct judgment by_side(void *context, int64_t item, enum kind kind) {
    (void)item, (void)kind;
    return work_judgment(*(const int *)context, 2);
}

static void answer(struct fixture *f, int person, int side) {
    struct batch batch = work_deal(&f->test, &f->people[person], "helpfulness");
    struct hand_in done;
    assert_int_equal(batch.session, f->session.id);
    work_judge_all(&f->test, &f->people[person], &batch, by_side, &side);
    must(&f->test,
         batch_hand_in(f->test.store, &f->people[person], &f->test.campaign, batch.id, &done, &f->test.error));
}

static struct session_book read_book(struct fixture *f) {
    struct session_book book;
    must(&f->test, session_read(f->test.store, &f->test.lead, f->session.id, &f->pool, &book, &f->test.error));
    return book;
}

static void test_the_impossible_is_refused(void **state) {
    struct fixture *f = *state;
    static const char *const nobody[] = {"ana", "nobody"}, *const alone[] = {"ana", "ana"};
    refused(f, (struct session_request){.pick = PICK_DISAGREEMENT}, "no item of track 'helpfulness' with judgments");
    refused(f, (struct session_request){.pick = PICK_RANDOM, .items = 41}, "only 40 items");
    refused(f, (struct session_request){.pick = PICK_RANDOM, .items = 101}, "1 to 100 items");
    refused(f, (struct session_request){.pick = PICK_RANDOM, .category = "codin"}, "did you mean 'coding'");
    refused(f, (struct session_request){.pick = PICK_RANDOM, .people = nobody, .people_count = 2}, "'nobody'");
    refused(f, (struct session_request){.pick = PICK_RANDOM, .people = alone, .people_count = 2}, "at least 2");
    refused(f, (struct session_request){.pick = PICK_RANDOM, .name = "a\nb"}, "control");
    refused(f, (struct session_request){.pick = PICK_RANDOM, .track = "safty"}, "'safty'");
    int64_t chosen[] = {1, 1};
    refused(f, (struct session_request){.chosen = chosen, .chosen_count = 2}, "named twice");
    must(&f->test, person_pause(f->test.store, &f->test.lead, "dov", true, &f->test.error));
    static const char *const paused[] = {"ana", "dov"};
    refused(f, (struct session_request){.pick = PICK_RANDOM, .people = paused, .people_count = 2}, "paused");
    assert_int_equal(make_as(f, &f->people[0], (struct session_request){.pick = PICK_RANDOM}), STATUS_USAGE);
    make(f, (struct session_request){.pick = PICK_RANDOM, .items = 4}); /* dov is not invited by himself */
    assert_int_equal(f->session.people, 2);
    assert_true(make_as(f, &f->test.lead, (struct session_request){.pick = PICK_RANDOM}) < 0);
    assert_non_null(strstr(f->test.error.text, "'week-1' already"));
}

static void test_an_item_in_hand_is_left_alone(void **state) {
    struct fixture *f = *state;
    struct batch batch = work_deal(&f->test, &f->people[0], "helpfulness");
    char query[128];
    snprintf(query, sizeof query, "select item from serving where batch = %lld limit 1", (long long)batch.id);
    int64_t chosen[] = {test_query(&f->test, query)};
    refused(f, (struct session_request){.chosen = chosen, .chosen_count = 1}, "open batch of 'ana'");
    make(f, (struct session_request){.pick = PICK_RANDOM, .items = 20});
    assert_int_equal(test_query(&f->test, "select count(*) from session_item x join serving s on s.item = x.item and "
                                          "s.kind in (0, 1, 2)"),
                     0);
}

static void test_it_comes_before_the_next_batch(void **state) {
    struct fixture *f = *state;
    struct batch before = work_deal(&f->test, &f->people[0], "helpfulness"), found;
    make(f, (struct session_request){.pick = PICK_RANDOM, .items = 4});
    struct batch now = work_deal(&f->test, &f->people[0], "helpfulness");
    assert_int_equal(now.id, before.id); /* work in hand stays in hand */
    must(&f->test, batch_find_session(f->test.store, &f->people[0], "helpfulness", 0, KIND_CALIBRATION, &f->pool,
                                      &found, &f->test.error));
    assert_int_equal(found.session, f->session.id);
    assert_int_equal(found.size, 4);
    assert_true(work_one_batch(&f->test, &f->people[0], "helpfulness", work_always_a, NULL));
    now = work_deal(&f->test, &f->people[0], "helpfulness");
    assert_int_equal(now.id, found.id);
    answer(f, 0, 0);
    now = work_deal(&f->test, &f->people[0], "helpfulness");
    assert_int_equal(now.session, 0);
    assert_true(now.number == 2);
}

static void test_votes_are_read_when_they_are_in(void **state) {
    struct fixture *f = *state;
    make(f, (struct session_request){.pick = PICK_RANDOM, .items = 4});
    struct batch batch = work_deal(&f->test, &f->people[0], "helpfulness");
    work_judge_all(&f->test, &f->people[0], &batch, work_always_a, NULL);
    struct session_book book = read_book(f);
    assert_int_equal(book.session.answered, 0);
    for (size_t i = 0; i < book.item_count; i++)
        assert_int_equal(book.items[i].vote_count, 0);
    struct hand_in done;
    must(&f->test, batch_hand_in(f->test.store, &f->people[0], &f->test.campaign, batch.id, &done, &f->test.error));
    answer(f, 1, 1);
    answer(f, 2, 1);
    book = read_book(f);
    assert_int_equal(book.session.answered, 3);
    assert_true(session_is_answered(&book.session));
    for (size_t i = 0; i < book.item_count; i++) {
        assert_int_equal(book.items[i].vote_count, 3);
        for (size_t v = 0; v < 3; v++) {
            const struct session_vote *vote = &book.items[i].votes[v];
            assert_int_equal(vote->person, v); /* in order of their numbers */
            assert_int_equal(vote->kind, KIND_CALIBRATION);
            assert_int_equal(vote->prefer, slice_is(book.people[v].name, "ana") ? 0 : 1);
            assert_true(shown_valid(slice_of(vote->shown), 2));
        }
    }
    assert_int_equal(session_read(f->test.store, &f->people[0], f->session.id, &f->pool, &book, &f->test.error),
                     STATUS_USAGE);
    assert_int_equal(test_query(&f->test, "select count(*) from judgment where session is null"), 0);
}

static void test_second_votes_references_and_the_end(void **state) {
    struct fixture *f = *state;
    struct batch references, again;
    int position;
    size_t asked;
    make(f, (struct session_request){.pick = PICK_RANDOM, .items = 3});
    int64_t item = read_book(f).items[1].item, session = f->session.id;
    struct store *store = f->test.store;
    struct error *error = &f->test.error;
    assert_int_equal(session_vote_again(store, &f->test.lead, session, item, &asked, error), STATUS_NO);
    answer(f, 0, 0);
    answer(f, 1, 1);
    assert_int_equal(session_close(store, &f->test.lead, session, false, error), STATUS_NO);
    assert_non_null(strstr(error->text, "first votes of eva;"));
    must(&f->test, session_excuse(store, &f->test.lead, session, f->people[2].person, error));
    assert_int_equal(session_excuse(store, &f->test.lead, session, f->people[2].person, error), STATUS_NO);
    must(&f->test, session_vote_again(store, &f->test.lead, session, item, &asked, error));
    assert_int_equal(asked, 2);
    assert_int_equal(session_vote_again(store, &f->test.lead, session, item, &asked, error), STATUS_NO);
    must(&f->test,
         batch_find_session(store, &f->people[0], "helpfulness", session, KIND_CALIBRATION, &f->pool, &again, error));
    assert_int_equal(again.session_kind, KIND_REVOTE);
    assert_int_equal(again.size, 1);
    answer(f, 0, 1);
    assert_int_equal(session_close(store, &f->test.lead, session, false, error), STATUS_NO);
    assert_non_null(strstr(error->text, "second votes of dov;"));
    assert_int_equal(read_book(f).items[1].vote_count, 2); /* none is shown while one is out */
    must(&f->test, session_excuse(store, &f->test.lead, session, f->people[1].person, error));
    assert_int_equal(read_book(f).items[1].vote_count, 3); /* two, and ana's again */
    assert_int_equal(session_excuse(store, &f->test.lead, session, f->people[1].person, error), STATUS_NO);
    must(&f->test, session_reference(store, &f->test.lead, session, item, &f->pool, &references, &position, error));
    assert_int_equal(position, 2);
    struct serving serving;
    must(&f->test, serving_load(store, &references, position, &f->test.rubric, &f->pool, &serving, error));
    assert_string_equal(serving.shown, "ab"); /* as it stands on the lead's screen */
    struct judgment judgment = work_judgment(1, 3);
    work_submit(&f->test, &f->test.lead, serving.id, &judgment);
    judgment.strength = 2; /* said again */
    work_submit(&f->test, &f->test.lead, serving.id, &judgment);
    must(&f->test, batch_find_open(store, &f->test.lead, "helpfulness", &f->pool, &again, error));
    assert_int_equal(again.id, 0); /* the lead's references are no work of theirs */
    must(&f->test,
         session_judge_item(store, &f->test.lead, session, item, CALIBRATION_GAP, slice_of("no rule"), error));
    must(&f->test, session_close(store, &f->test.lead, session, false, error));
    struct session_book book = read_book(f);
    assert_non_null(book.items[1].reference);
    assert_int_equal(book.items[1].reference->strength, 2);
    assert_int_equal(book.items[1].verdict, CALIBRATION_GAP);
    assert_true(slice_is(book.items[1].note, "no rule"));
    assert_int_equal(book.items[1].vote_count, 3); /* two, and one again */
    assert_int_equal(book.session.excused, 1);
    assert_true(session_judge_item(store, &f->test.lead, session, item, CALIBRATION_CLEAR, slice_of(""), error) < 0);
    assert_non_null(strstr(error->text, "is closed"));
    assert_int_equal(test_query(&f->test, "select count(*) from batch where session is not null and handed_in is null"),
                     0);
    must(&f->test,
         batch_find_session(store, &f->people[1], "helpfulness", 0, KIND_CALIBRATION, &f->pool, &again, error));
    assert_int_equal(again.id, 0);
}

/* Everybody works on after a session about every gold item and every open one that is left: none of it comes back. */
static void test_nothing_of_it_comes_back(void **state) {
    struct fixture *f = *state;
    make(f, (struct session_request){.pick = PICK_GOLD, .items = 15});
    for (int i = 0; i < 3; i++)
        answer(f, i, 0);
    must(&f->test, session_close(f->test.store, &f->test.lead, f->session.id, false, &f->test.error));
    make(f, (struct session_request){.name = "week-2", .pick = PICK_RANDOM, .items = 10});
    must(&f->test,
         session_close(f->test.store, &f->test.lead, f->session.id, true, &f->test.error)); /* nobody answered */
    while (work_one_batch(&f->test, &f->people[0], "helpfulness", work_always_a, NULL))
        f->test.fixed.now += 3 * INT64_C(86400000);
    assert_true(test_query(&f->test, "select count(*) from serving where kind = 1") > 0);
    assert_int_equal(test_query(&f->test, "select count(*) from serving s join session_item x on x.item = s.item where "
                                          "s.kind in (0, 1, 2)"),
                     0);
    assert_int_equal(test_query(&f->test,
                                "select count(*) from serving s join item i on i.id = s.item where s.kind = 1 "
                                "and i.prompt in (select o.prompt from session_item x join item o on o.id = "
                                "x.item)"),
                     0);
}

static void test_disagreement_comes_from_final_judgments(void **state) {
    struct fixture *f = *state;
    test_import(&f->test, "safety", 100, 12, 0); /* overlap 2 */
    int a = 0, b = 1;
    struct hand_in done;
    for (int i = 0; i < 2; i++) {
        struct batch batch = work_deal(&f->test, &f->people[i], "safety");
        work_judge_all(&f->test, &f->people[i], &batch, by_side, i ? &b : &a);
        if (i == 1)
            refused(f, (struct session_request){.track = "safety", .pick = PICK_DISAGREEMENT}, "no item");
        must(&f->test, batch_hand_in(f->test.store, &f->people[i], &f->test.campaign, batch.id, &done, &f->test.error));
    }
    make(f, (struct session_request){.track = "safety", .pick = PICK_DISAGREEMENT});
    assert_int_equal(f->session.items, test_query(&f->test, "select count(*) from (select item from judgment group by "
                                                            "item having count(distinct prefer) = 2)"));
    assert_true(f->session.items > 0);
}

static void test_an_annotator_lists_their_own_alone(void **state) {
    struct fixture *f = *state;
    static const char *const two[] = {"ana", "dov"};
    struct session *list;
    size_t count;
    make(f, (struct session_request){.pick = PICK_RANDOM, .items = 3, .people = two, .people_count = 2});
    answer(f, 1, 0);
    must(&f->test, session_list(f->test.store, &f->people[0], &f->pool, &list, &count, &f->test.error));
    assert_int_equal(count, 1);
    assert_int_equal(list[0].answered, 0); /* dov's answers are not told */
    must(&f->test, session_list(f->test.store, &f->people[2], &f->pool, &list, &count, &f->test.error));
    assert_int_equal(count, 0);
    must(&f->test, session_list(f->test.store, &f->test.lead, &f->pool, &list, &count, &f->test.error));
    assert_int_equal(list[0].answered, 1);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(test_the_impossible_is_refused, setup, teardown),
        cmocka_unit_test_setup_teardown(test_an_item_in_hand_is_left_alone, setup, teardown),
        cmocka_unit_test_setup_teardown(test_it_comes_before_the_next_batch, setup, teardown),
        cmocka_unit_test_setup_teardown(test_votes_are_read_when_they_are_in, setup, teardown),
        cmocka_unit_test_setup_teardown(test_second_votes_references_and_the_end, setup, teardown),
        cmocka_unit_test_setup_teardown(test_nothing_of_it_comes_back, setup, teardown),
        cmocka_unit_test_setup_teardown(test_disagreement_comes_from_final_judgments, setup, teardown),
        cmocka_unit_test_setup_teardown(test_an_annotator_lists_their_own_alone, setup, teardown),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
