/* Judgments, drafts and items set aside, inside one batch. */
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

#include <cmocka.h>

#include "core/base/timestamp.h"
#include "store/people.h"
#include "store/questions.h"
#include "tests/unit/store/helper_work.h"

#include "core/base/banned.h"

static const char *const names[] = {"ana", "dov"};

struct fixture {
    struct test_store test;
    struct viewer people[2];
    struct pool pool;
    struct batch batch; /* ana's */
};

static int setup(void **state) {
    struct fixture *f = calloc(1, sizeof *f);
    test_store_init(&f->test);
    work_people(&f->test, names, 2, f->people);
    test_import(&f->test, "safety", 0, 50, 5); /* overlap 2, 40 production, 10 gold */
    f->test.campaign.tracks[1].gold_low = f->test.campaign.tracks[1].gold_high = 0.2;
    f->batch = work_deal(&f->test, &f->people[0], "safety");
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

static struct serving load(struct fixture *f, int position) {
    struct serving serving;
    must(&f->test,
         serving_load(f->test.store, &f->batch, position, &f->test.rubric, &f->pool, &serving, &f->test.error));
    return serving;
}

static void test_judgment_comes_back(void **state) {
    struct fixture *f = *state;
    struct serving serving = load(f, 1);
    struct judgment given = work_judgment(1, 3);
    given.tags = 2;
    given.flags = 1;
    given.rationale = slice_of("two\nlines");
    assert_int_equal(serving.state, SERVING_DEALT);
    assert_false(serving.judged);
    work_submit(&f->test, &f->people[0], serving.id, &given);
    serving = load(f, 1);
    assert_int_equal(serving.state, SERVING_JUDGED);
    assert_true(serving.judged);
    assert_int_equal(serving.judgment.prefer, 1);
    assert_int_equal(serving.judgment.strength, 3);
    assert_int_equal(serving.judgment.confidence, 80);
    assert_int_equal(serving.judgment.tags, 2);
    assert_int_equal(serving.judgment.flags, 1);
    assert_int_equal(serving.judgment.ratings.cells[0][0], 5);
    assert_int_equal(serving.judgment.ratings.cells[0][1], CELL_MISSING);
    assert_true(slice_is(serving.judgment.rationale, "two\nlines"));
    assert_int_equal(serving.active_ms, 30000);
    assert_int_equal(serving.rubric, 1);
}

static void test_revision_retracts(void **state) {
    struct fixture *f = *state;
    struct serving serving = load(f, 3);
    struct judgment first = work_judgment(0, 1), second = work_judgment(CHOICE_TIE, 0);
    work_submit(&f->test, &f->people[0], serving.id, &first);
    work_submit(&f->test, &f->people[0], serving.id, &second);
    assert_int_equal(test_query(&f->test, "select count(*) from judgment"), 2);
    assert_int_equal(test_query(&f->test, "select count(*) from retraction where judgment = 1"), 1);
    assert_int_equal(load(f, 3).judgment.prefer, CHOICE_TIE);
    struct batch now = work_deal(&f->test, &f->people[0], "safety");
    assert_int_equal(now.judged, 1);
    assert_int_equal(now.active_ms, 30000);
}

static void test_draft(void **state) {
    struct fixture *f = *state;
    struct serving serving = load(f, 2);
    assert_int_equal(serving.draft.length, 0);
    must(&f->test, draft_save(f->test.store, serving.id, slice_of("prefer a\n"), &f->test.error));
    must(&f->test, draft_save(f->test.store, serving.id, slice_of("prefer b\n"), &f->test.error));
    must(&f->test, draft_sync(f->test.store, &f->test.error));
    test_store_reopen(&f->test, STORE_SCREEN);
    serving = load(f, 2);
    assert_true(slice_is(serving.draft, "prefer b\n"));
    assert_true(serving.draft_at > 0);
    struct judgment given = work_judgment(1, 1);
    work_submit(&f->test, &f->people[0], serving.id, &given);
    assert_int_equal(load(f, 2).draft.length, 0);
    assert_int_equal(test_query(&f->test, "select count(*) from draft"), 0);
}

static void test_refusals(void **state) {
    struct fixture *f = *state;
    struct serving serving = load(f, 1);
    struct judgment good = work_judgment(0, 2), bad = work_judgment(2, 1), strong = work_judgment(0, 4),
                    tie = work_judgment(CHOICE_TIE, 1);
    struct error *error = &f->test.error;
    struct store *store = f->test.store;
    assert_int_equal(judgment_submit(store, &f->people[1], serving.id, 1, &f->test.rubric, &good, 0, error),
                     STATUS_USAGE);
    assert_int_equal(judgment_submit(store, &f->people[0], serving.id, 1, &f->test.rubric, &bad, 0, error),
                     STATUS_INPUT);
    assert_int_equal(judgment_submit(store, &f->people[0], serving.id, 1, &f->test.rubric, &strong, 0, error),
                     STATUS_INPUT);
    assert_int_equal(judgment_submit(store, &f->people[0], serving.id, 1, &f->test.rubric, &tie, 0, error),
                     STATUS_INPUT);
    assert_int_equal(judgment_submit(store, &f->people[0], 999, 1, &f->test.rubric, &good, 0, error), STATUS_USAGE);
    assert_int_equal(serving_set_aside(store, &f->people[1], serving.id, ASIDE_OTHER, error), STATUS_USAGE);
    assert_int_equal(test_query(&f->test, "select count(*) from judgment"), 0);
}

/* Nothing that a serving gives out says where its item comes from. */
static void test_gold_looks_like_the_rest(void **state) {
    struct fixture *f = *state;
    assert_int_equal(test_query(&f->test, "select count(*) from serving where kind = 1"), 2);
    for (int position = 1; position <= 10; position++) {
        struct serving serving = load(f, position);
        assert_null(serving.item.gold);
        assert_false(serving.item.label.present);
        assert_true(slice_is(serving.item.name, serving.ref.text));
        assert_int_equal(serving.item.line, 0);
        assert_null(serving.item.responses[0].model.data);
        assert_true(slice_is(serving.item.responses[0].name, "a"));
        assert_int_equal(serving.item.response_count, 2);
    }
}

/* The same acts on gold and on production leave the same traces for their annotator. */
static void test_acts_leave_the_same_traces(void **state) {
    struct fixture *f = *state;
    int64_t gold = test_query(&f->test, "select position from serving where kind = 1 order by position limit 1");
    int64_t other = test_query(&f->test, "select position from serving where kind = 0 order by position limit 1");
    int64_t positions[2] = {gold, other}, events[2];
    struct batch after[2];
    for (int i = 0; i < 2; i++) {
        int64_t before = test_query(&f->test, "select max(n) from event");
        struct serving serving = load(f, (int)positions[i]);
        struct judgment given = work_judgment(0, 2);
        work_submit(&f->test, &f->people[0], serving.id, &given);
        must(&f->test, serving_set_aside(f->test.store, &f->people[0], serving.id, ASIDE_UNDECIDED, &f->test.error));
        must(&f->test, serving_take_back(f->test.store, &f->people[0], serving.id, &f->test.error));
        must(&f->test, question_ask(f->test.store, &f->people[0], serving.id, slice_of("is it?"), &f->test.error));
        work_submit(&f->test, &f->people[0], serving.id, &given);
        events[i] = test_query(&f->test, "select max(n) from event") - before;
        serving = load(f, (int)positions[i]);
        assert_true(serving.question && serving.judged);
        after[i] = work_deal(&f->test, &f->people[0], "safety");
    }
    assert_int_equal(events[0], events[1]);
    assert_int_equal(after[0].judged + 1, after[1].judged);
    assert_int_equal(after[0].aside, after[1].aside);
    struct serving_line *lines;
    size_t count;
    must(&f->test, batch_lines(f->test.store, &f->batch, &f->pool, &lines, &count, &f->test.error));
    assert_int_equal(count, 10);
    for (int i = 0; i < 2; i++) {
        const struct serving_line *line = &lines[positions[i] - 1];
        assert_int_equal(line->position, positions[i]);
        assert_int_equal(line->state, SERVING_JUDGED);
        assert_int_equal(line->prefer, 0);
        assert_int_equal(line->strength, 2);
        assert_true(line->question && !line->has_draft);
        assert_true(line->head.length > 5 && memcmp(line->head.data, "What is", 7) == 0);
    }
}

static void test_aside_goes_where_its_reason_says(void **state) {
    struct fixture *f = *state;
    int64_t first = test_query(&f->test, "select position from serving where kind = 0 order by position limit 1");
    int64_t second =
        test_query(&f->test, "select position from serving where kind = 0 order by position limit 1 offset 1");
    struct serving broken = load(f, (int)first), elsewhere = load(f, (int)second);
    int64_t open = test_query(&f->test, "select sum(need) from queue");
    must(&f->test, serving_set_aside(f->test.store, &f->people[0], broken.id, ASIDE_BROKEN, &f->test.error));
    assert_int_equal(test_query(&f->test, "select sum(need) from queue"), open);
    must(&f->test, serving_set_aside(f->test.store, &f->people[0], elsewhere.id, ASIDE_LANGUAGE, &f->test.error));
    assert_int_equal(test_query(&f->test, "select sum(need) from queue"), open + 1);
    assert_int_equal(serving_set_aside(f->test.store, &f->people[0], elsewhere.id, ASIDE_OTHER, &f->test.error),
                     STATUS_NO);
    struct judgment given = work_judgment(0, 2);
    assert_int_equal(
        judgment_submit(f->test.store, &f->people[0], elsewhere.id, 1, &f->test.rubric, &given, 0, &f->test.error),
        STATUS_NO);
    assert_int_equal(load(f, (int)second).reason, ASIDE_LANGUAGE);
    assert_int_equal(work_deal(&f->test, &f->people[0], "safety").aside, 2);
    must(&f->test, serving_take_back(f->test.store, &f->people[0], elsewhere.id, &f->test.error));
    must(&f->test, serving_take_back(f->test.store, &f->people[0], broken.id, &f->test.error));
    assert_int_equal(test_query(&f->test, "select sum(need) from queue"), open);
    assert_int_equal(serving_take_back(f->test.store, &f->people[0], broken.id, &f->test.error), STATUS_NO);
}

/* Gold can always be taken back, so everything can: else a refusal would say what is not gold. */
static void test_take_back_when_it_is_taken(void **state) {
    struct fixture *f = *state;
    test_execute(&f->test, "delete from queue"); /* only what ana gives back is there */
    int64_t position = test_query(&f->test, "select position from serving where kind = 0 order by position limit 1");
    struct serving serving = load(f, (int)position);
    must(&f->test, serving_set_aside(f->test.store, &f->people[0], serving.id, ASIDE_NOT_MY_FIELD, &f->test.error));
    assert_int_equal(
        test_query(&f->test, "select count(*) from queue where lane = 0 and rank = (select max(n) from event)"), 1);
    struct batch other = work_deal(&f->test, &f->people[1], "safety");
    assert_int_equal(other.size, 1); /* one item is too few for gold beside it */
    must(&f->test, serving_take_back(f->test.store, &f->people[0], serving.id, &f->test.error));
    assert_int_equal(load(f, (int)position).state, SERVING_DEALT);
    assert_int_equal(test_query(&f->test, "select count(*) from queue"), 0);
    must(&f->test, serving_set_aside(f->test.store, &f->people[0], serving.id, ASIDE_BROKEN, &f->test.error));
}

static void test_aside_retracts(void **state) {
    struct fixture *f = *state;
    struct serving serving = load(f, 1);
    struct judgment given = work_judgment(0, 2);
    work_submit(&f->test, &f->people[0], serving.id, &given);
    must(&f->test, serving_set_aside(f->test.store, &f->people[0], serving.id, ASIDE_DISTRESSING, &f->test.error));
    assert_int_equal(test_query(&f->test, "select count(*) from retraction"), 1);
    assert_false(load(f, 1).judged);
}

/* A pause holds from the moment it is said, also for who sat down before. */
static void test_pause_in_the_middle(void **state) {
    struct fixture *f = *state;
    struct store *store = f->test.store;
    struct serving serving = load(f, 1);
    struct judgment given = work_judgment(0, 2);
    struct hand_in done;
    must(&f->test, person_pause(store, &f->test.lead, "ana", true, &f->test.error));
    assert_false(f->people[0].paused); /* as she came in */
    assert_int_equal(judgment_submit(store, &f->people[0], serving.id, 1, &f->test.rubric, &given, 0, &f->test.error),
                     STATUS_NO);
    assert_non_null(strstr(f->test.error.text, "paused"));
    assert_int_equal(serving_set_aside(store, &f->people[0], serving.id, ASIDE_OTHER, &f->test.error), STATUS_NO);
    assert_int_equal(question_ask(store, &f->people[0], serving.id, slice_of("why?"), &f->test.error), STATUS_NO);
    assert_int_equal(batch_hand_in(store, &f->people[0], &f->test.campaign, f->batch.id, &done, &f->test.error),
                     STATUS_NO);
    must(&f->test, draft_save(store, serving.id, slice_of("prefer a\n"), &f->test.error)); /* no word is lost */
    must(&f->test, person_pause(store, &f->test.lead, "ana", false, &f->test.error));
    work_submit(&f->test, &f->people[0], serving.id, &given);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(test_judgment_comes_back, setup, teardown),
        cmocka_unit_test_setup_teardown(test_revision_retracts, setup, teardown),
        cmocka_unit_test_setup_teardown(test_draft, setup, teardown),
        cmocka_unit_test_setup_teardown(test_refusals, setup, teardown),
        cmocka_unit_test_setup_teardown(test_gold_looks_like_the_rest, setup, teardown),
        cmocka_unit_test_setup_teardown(test_acts_leave_the_same_traces, setup, teardown),
        cmocka_unit_test_setup_teardown(test_aside_goes_where_its_reason_says, setup, teardown),
        cmocka_unit_test_setup_teardown(test_take_back_when_it_is_taken, setup, teardown),
        cmocka_unit_test_setup_teardown(test_aside_retracts, setup, teardown),
        cmocka_unit_test_setup_teardown(test_pause_in_the_middle, setup, teardown),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
