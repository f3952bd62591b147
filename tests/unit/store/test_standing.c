/* Training and qualification in the store: what is dealt first, how an attempt ends, what a lead may say, and that the pools stay apart. */
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

#include <cmocka.h>

#include "store/check.h"
#include "store/gold.h"
#include "store/people.h"
#include "store/standing.h"
#include "tests/unit/store/helper_work.h"

#include "core/base/banned.h"

enum { WORK = 60, HIDDEN = 30, TRAINING = 5, QUALIFICATION = 17 };
static const char *const names[] = {"ana", "dov"};

struct scene {
    struct test_store test;
    struct viewer people[2];
    struct pool pool;
};

static void import_gold(struct test_store *test, const char *prefix, int first, int count, enum gold_use use) {
    struct import *import;
    struct import_source source = {slice_of("gold.yaml"), slice_of("native")};
    struct import_counts counts;
    struct pool pool = POOL_INIT;
    must(test, import_begin(test->store, &test->lead, &test->campaign, &source, false, &import, &test->error));
    for (int i = 0; i < count; i++) {
        struct gold_key key = {.answers = {{.prefer = 0}},
                               .answer_count = 1,
                               .use = use,
                               .difficulty = i / 2 % 2 ? DIFFICULTY_EASY : DIFFICULTY_HARD,
                               .explanation = slice_of("a is right.")};
        struct item item = test_item(&pool, "helpfulness", first + i);
        char name[24];
        snprintf(name, sizeof name, "%s-%d", prefix, i);
        item.name = slice_of(name);
        item.gold = &key;
        enum import_fate fate;
        must(test, import_put(import, &item, &fate, &test->error));
    }
    must(test, import_end(import, slice_of(prefix), 10, &counts, &test->error));
    pool_release(&pool);
}

/* Attempts of 8, passed with 6, two of them; 3 training items before each. Pools: 5 training, 17 qualification. */
static void scene_init(struct scene *scene) {
    *scene = (struct scene){.pool = POOL_INIT};
    struct test_store *test = &scene->test;
    test_store_init(test);
    struct track_settings *track = &test->campaign.tracks[0];
    track->qualification_items = 8;
    track->qualification_pass = 6;
    track->qualification_attempts = 2;
    track->qualification_training = 3;
    track->gold_low = track->gold_high = 0.2;
    track->retest_rate = 0;
    work_people(test, names, 2, scene->people);
    test_import(test, "helpfulness", 0, WORK, 0);
    import_gold(test, "hidden", 1000, HIDDEN, GOLD_HIDDEN);
    import_gold(test, "training", 2000, TRAINING, GOLD_TRAINING);
    import_gold(test, "qualification", 3000, QUALIFICATION, GOLD_QUALIFICATION);
}

static void print_finding(void *context, const char *part, const char *finding) {
    (void)context;
    print_error("%s: %s\n", part, finding);
}

static void scene_release(struct scene *scene) {
    must(&scene->test, store_check(scene->test.store, print_finding, NULL, &scene->test.error));
    pool_release(&scene->pool);
    test_store_release(&scene->test);
}

static struct standing standing_of(struct scene *scene, int who) {
    struct track_standing out;
    must(&scene->test, standing_read(scene->test.store, &scene->people[who], &scene->test.campaign.tracks[0],
                                     &scene->pool, &out, &scene->test.error));
    return out.standing;
}

/* Answers so many as the key says, and then no more. */
static struct judgment first_right(void *context, int64_t item, enum kind kind) {
    int *left = context;
    (void)item, (void)kind;
    return work_judgment((*left)-- > 0 ? 0 : 1, 2);
}

static struct hand_in answer(struct scene *scene, int who, enum batch_purpose purpose, int size, int right) {
    struct test_store *test = &scene->test;
    struct batch batch = work_deal(test, &scene->people[who], "helpfulness");
    struct hand_in out;
    assert_int_equal(batch.purpose, purpose);
    assert_int_equal(batch.size, size);
    work_judge_all(test, &scene->people[who], &batch, first_right, &right);
    must(test, batch_hand_in(test->store, &scene->people[who], &test->campaign, batch.id, &out, &test->error));
    assert_int_equal(out.purpose, purpose);
    return out;
}

static void test_trained_failed_passed(void **state) {
    (void)state;
    struct scene scene;
    scene_init(&scene);
    struct test_store *test = &scene.test;
    assert_int_equal(standing_of(&scene, 0).next, STANDING_TRAINING);
    answer(&scene, 0, BATCH_TRAINING, 3, 0);
    struct hand_in out = answer(&scene, 0, BATCH_QUALIFICATION, 8, 5);
    assert_int_equal(out.right, 5);
    assert_int_equal(out.wanted, 6);
    assert_false(out.passed);
    struct standing now = standing_of(&scene, 0);
    assert_int_equal(now.state, STANDING_FAILED);
    assert_int_equal(now.next, STANDING_TRAINING);
    assert_int_equal(now.size, 2); /* of five, three are seen */
    assert_int_equal(now.attempts_left, 1);
    answer(&scene, 0, BATCH_TRAINING, 2, 2);
    out = answer(&scene, 0, BATCH_QUALIFICATION, 8, 6);
    assert_true(out.passed);
    assert_int_equal(standing_of(&scene, 0).next, STANDING_WORK);
    struct batch work = work_deal(test, &scene.people[0], "helpfulness");
    assert_int_equal(work.purpose, BATCH_WORK);
    assert_int_equal(work.number, 1);
    /* each pool as itself, nobody twice, nothing of it in the work */
    assert_int_equal(test_query(test, "select count(*) from serving s join gold g on g.item = s.item where s.kind <> "
                                      "case g.use when 0 then 1 when 1 then 4 else 3 end"),
                     0);
    assert_int_equal(test_query(test, "select count(*) - count(distinct item) from serving"), 0);
    assert_int_equal(test_query(test, "select count(*) from serving where kind = 1"), 2);
    /* even over category and difficulty: 2 and 2 of each in every attempt */
    assert_int_equal(test_query(test, "select count(*) from (select 1 from serving s join item i on i.id = s.item join "
                                      "gold g on g.item = i.id where s.kind = 4 group by s.batch, i.category, "
                                      "g.difficulty having count(*) <> 2)"),
                     0);
    assert_int_equal(work_deal(test, &scene.people[1], "safety").purpose, BATCH_WORK); /* which asks for nothing */
    scene_release(&scene);
}

static void test_no_attempt_left_waits_for_the_lead(void **state) {
    (void)state;
    struct scene scene;
    struct nothing_left left;
    struct batch batch;
    scene_init(&scene);
    struct test_store *test = &scene.test;
    answer(&scene, 0, BATCH_TRAINING, 3, 3);
    answer(&scene, 0, BATCH_QUALIFICATION, 8, 0);
    answer(&scene, 0, BATCH_TRAINING, 2, 3);
    answer(&scene, 0, BATCH_QUALIFICATION, 8, 1);
    must(test, batch_deal(test->store, &scene.people[0], &test->campaign, "helpfulness", &scene.pool, &batch, &left,
                          &test->error));
    assert_int_equal(batch.id, 0);
    assert_int_equal(left.standing.next, STANDING_NO_ATTEMPT);
    struct standing_line *lines;
    size_t count;
    must(test, standing_list(test->store, &test->lead, &test->campaign, &scene.pool, &lines, &count, &test->error));
    assert_int_equal(count, 2);
    assert_true(standing_waits(&lines[0].now.standing));
    assert_string_equal(lines[0].now.reason.data, "1 of 8 as the reference, 6 wanted");
    assert_int_equal(lines[1].now.standing.next, STANDING_TRAINING);
    /* asked again: attempts anew, but of the pool one item is left */
    must(test, standing_set(test->store, &test->lead, &test->campaign, "ana", "helpfulness", false, slice_of("again"),
                            &test->error));
    assert_int_equal(standing_of(&scene, 0).next, STANDING_NO_ITEMS);
    assert_int_equal(standing_of(&scene, 0).attempts_left, 2);
    import_gold(test, "more", 4000, 7, GOLD_QUALIFICATION);
    assert_int_equal(standing_of(&scene, 0).next, STANDING_QUALIFICATION);
    must(test, standing_set(test->store, &test->lead, &test->campaign, "ana", "helpfulness", true, slice_of("knows it"),
                            &test->error));
    assert_int_equal(work_deal(test, &scene.people[0], "helpfulness").purpose, BATCH_WORK);
    scene_release(&scene);
}

static void test_a_leads_word(void **state) {
    (void)state;
    struct scene scene;
    struct hand_in out;
    scene_init(&scene);
    struct test_store *test = &scene.test;
    const struct viewer *lead = &test->lead, *ana = &scene.people[0];
    struct slice why = slice_of("because");
    struct batch open = work_deal(test, ana, "helpfulness");
    assert_int_equal(standing_set(test->store, ana, &test->campaign, "ana", "helpfulness", true, why, &test->error),
                     STATUS_USAGE);
    assert_int_equal(standing_set(test->store, lead, &test->campaign, "ana", "safety", true, why, &test->error),
                     STATUS_USAGE);
    assert_int_equal(standing_set(test->store, lead, &test->campaign, "ana", "none", true, why, &test->error),
                     STATUS_USAGE);
    assert_int_equal(standing_set(test->store, lead, &test->campaign, "lea", "helpfulness", true, why, &test->error),
                     STATUS_USAGE);
    assert_int_equal(standing_set(test->store, lead, &test->campaign, "nobody", "helpfulness", true, why, &test->error),
                     STATUS_USAGE);
    assert_int_equal(
        standing_set(test->store, lead, &test->campaign, "ana", "helpfulness", true, slice_of(""), &test->error),
        STATUS_USAGE);
    assert_int_equal(standing_set(test->store, lead, &test->campaign, "ana", "helpfulness", false, why, &test->error),
                     STATUS_NO);
    must(test, standing_set(test->store, lead, &test->campaign, "ana", "helpfulness", true, why, &test->error));
    assert_int_equal(standing_set(test->store, lead, &test->campaign, "ana", "helpfulness", true, why, &test->error),
                     STATUS_NO);
    /* the training under way is over with it */
    assert_int_equal(batch_hand_in(test->store, ana, &test->campaign, open.id, &out, &test->error), STATUS_NO);
    struct batch work = work_deal(test, ana, "helpfulness");
    assert_int_equal(work.purpose, BATCH_WORK);
    must(test, standing_set(test->store, lead, &test->campaign, "ana", "helpfulness", false, why, &test->error));
    /* what is open may be finished; then comes the training again */
    assert_int_equal(work_deal(test, ana, "helpfulness").id, work.id);
    work_judge_all(test, ana, &work, work_always_a, NULL);
    must(test, batch_hand_in(test->store, ana, &test->campaign, work.id, &out, &test->error));
    assert_int_equal(work_deal(test, ana, "helpfulness").purpose, BATCH_TRAINING);
    /* an annotator is not given a lead's words; they go with the person */
    struct track_standing now;
    must(test, standing_read(test->store, ana, &test->campaign.tracks[0], &scene.pool, &now, &test->error));
    assert_true(now.by_lead);
    assert_null(now.reason.data);
    must(test, person_forget(test->store, lead, "ana", &test->error));
    assert_int_equal(test_query(test, "select count(*) from standing where reason is not null"), 0);
    assert_int_equal(test_query(test, "select count(*) from event where detail like '%because%'"), 0);
    scene_release(&scene);
}

static void test_cut_off_in_the_middle(void **state) {
    (void)state;
    struct scene scene;
    scene_init(&scene);
    struct test_store *test = &scene.test;
    answer(&scene, 0, BATCH_TRAINING, 3, 3);
    struct batch begun = work_deal(test, &scene.people[0], "helpfulness");
    struct serving serving;
    for (int i = 0; i < 3; i++) {
        struct judgment judgment = work_judgment(0, 2);
        must(test, serving_next(test->store, &begun, &test->rubric, &scene.pool, &serving, &test->error));
        work_submit(test, &scene.people[0], serving.id, &judgment);
    }
    test_store_reopen(test, STORE_PLAIN);
    struct batch again = work_deal(test, &scene.people[0], "helpfulness");
    assert_int_equal(again.id, begun.id);
    assert_int_equal(again.judged, 3);
    assert_int_equal(again.purpose, BATCH_QUALIFICATION);
    /* long after its lease it is still there: nobody waits for its items */
    test->fixed.now += INT64_C(400) * 24 * 3600 * 1000;
    work_deal(test, &scene.people[1], "safety");
    struct hand_in out = answer(&scene, 0, BATCH_QUALIFICATION, 8, 3);
    assert_int_equal(out.right, 6);
    assert_true(out.passed);
    scene_release(&scene);
}

static void test_set_aside_is_not_right(void **state) {
    (void)state;
    struct scene scene;
    struct hand_in out;
    struct serving serving;
    scene_init(&scene);
    struct test_store *test = &scene.test;
    answer(&scene, 0, BATCH_TRAINING, 3, 3);
    struct batch batch = work_deal(test, &scene.people[0], "helpfulness");
    for (int i = 0; i < 3; i++) {
        must(test, serving_next(test->store, &batch, &test->rubric, &scene.pool, &serving, &test->error));
        must(test, serving_set_aside(test->store, &scene.people[0], serving.id, ASIDE_UNDECIDED, &test->error));
    }
    work_judge_all(test, &scene.people[0], &batch, work_always_a, NULL);
    must(test, batch_hand_in(test->store, &scene.people[0], &test->campaign, batch.id, &out, &test->error));
    assert_int_equal(out.right, 5);
    assert_false(out.passed);
    assert_int_equal(test_query(test, "select count(*) from queue q join gold g on g.item = q.item"), 0);
    scene_release(&scene);
}

/* A key was wrong: whoever failed with it by one is let in, whoever passed stays so. */
static void test_an_amended_key(void **state) {
    (void)state;
    struct scene scene;
    scene_init(&scene);
    struct test_store *test = &scene.test;
    for (int who = 0; who < 2; who++)
        answer(&scene, who, BATCH_TRAINING, 3, 3);
    answer(&scene, 0, BATCH_QUALIFICATION, 8, 5);
    answer(&scene, 1, BATCH_QUALIFICATION, 8, 6);
    int64_t missed = test_query(test, "select j.item from judgment j where j.kind = 4 and j.prefer = 1 and j.person = "
                                      "(select id from person where name = 'ana') limit 1");
    int64_t met = test_query(test, "select j.item from judgment j where j.kind = 4 and j.prefer = 0 and j.person = "
                                   "(select id from person where name = 'dov') and j.item not in (select k.item from "
                                   "judgment k where k.kind = 4 and k.prefer = 1) limit 1");
    struct gold_key key = {.answers = {{.prefer = 1}}, .answer_count = 1, .use = GOLD_QUALIFICATION};
    must(test, gold_amend(test->store, &test->lead, &test->campaign, met, &key, slice_of("wrong"), &test->error));
    assert_int_equal(standing_of(&scene, 1).next, STANDING_WORK);
    assert_int_not_equal(standing_of(&scene, 0).next, STANDING_WORK);
    must(test, gold_amend(test->store, &test->lead, &test->campaign, missed, &key, slice_of("wrong"), &test->error));
    struct standing now = standing_of(&scene, 0);
    bool first_was_hers = test_query(test, "select count(*) from judgment j where j.kind = 4 and j.prefer = 0 and "
                                           "j.person = (select id from person where name = 'ana')") == 5;
    assert_true(first_was_hers);
    if (now.next != STANDING_WORK) { /* the first amended one was among hers, and cost her one */
        must(test, gold_retire(test->store, &test->lead, &test->campaign, met, true, slice_of("void"), &test->error));
        now = standing_of(&scene, 0);
    }
    assert_int_equal(now.state, STANDING_QUALIFIED);
    scene_release(&scene);
}

/* --- Below the bar --- */

static struct judgment wrong_on_gold(void *context, int64_t item, enum kind kind) {
    (void)context, (void)item;
    return work_judgment(kind == KIND_GOLD, 2);
}

/* Lets ana in and works, with a gold item of which every batch has two, until the detector fires. */
static void fall(struct scene *scene, enum below_bar below_bar) {
    struct test_store *test = &scene->test;
    test->campaign.tracks[0].below_bar = below_bar;
    must(test, standing_set(test->store, &test->lead, &test->campaign, "ana", "helpfulness", true, slice_of("known"),
                            &test->error));
    for (int i = 0; i < 5 && test_query(test, "select count(*) from hold") == 0; i++)
        work_one_batch(test, &scene->people[0], "helpfulness", wrong_on_gold, NULL);
    assert_int_equal(test_query(test, "select count(*) from hold"), 1);
}

static void test_paused_until_qualified_again(void **state) {
    (void)state;
    struct scene scene;
    scene_init(&scene);
    struct test_store *test = &scene.test;
    fall(&scene, BELOW_PAUSE);
    struct standing now = standing_of(&scene, 0);
    assert_int_equal(now.state, STANDING_PAUSED);
    assert_int_equal(now.next, STANDING_TRAINING);
    assert_int_equal(now.attempts_left, 2);
    assert_int_equal(standing_of(&scene, 1).state, STANDING_NONE);                     /* nobody else */
    assert_int_equal(work_deal(test, &scene.people[0], "safety").purpose, BATCH_WORK); /* nor another track */
    answer(&scene, 0, BATCH_TRAINING, 3, 3);
    answer(&scene, 0, BATCH_QUALIFICATION, 8, 8);
    assert_int_equal(standing_of(&scene, 0).next, STANDING_WORK);
    /* the detector begins anew with its head start: 4 more misses, not 5; what was held stays held */
    assert_int_equal(test_query(test, "select count(*) from hold_decision"), 0);
    for (int i = 0; i < 2; i++)
        work_one_batch(test, &scene.people[0], "helpfulness", wrong_on_gold, NULL);
    assert_int_equal(test_query(test, "select count(*) from hold"), 2);
    assert_int_equal(standing_of(&scene, 0).state, STANDING_PAUSED);
    scene_release(&scene);
}

static void test_a_pause_goes_with_its_alarm(void **state) {
    (void)state;
    struct scene scene;
    scene_init(&scene);
    struct test_store *test = &scene.test;
    fall(&scene, BELOW_PAUSE);
    struct batch training = work_deal(test, &scene.people[0], "helpfulness");
    assert_int_equal(training.purpose, BATCH_TRAINING);
    struct gold_key key = {.answers = {{.prefer = 1}}, .answer_count = 1};
    int64_t missed = test_query(test, "select item from judgment where kind = 1 order by id limit 1");
    must(test, gold_amend(test->store, &test->lead, &test->campaign, missed, &key, slice_of("wrong"), &test->error));
    assert_int_equal(test_query(test, "select count(*) from hold_decision where decision = 'withdrawn'"), 1);
    assert_int_equal(standing_of(&scene, 0).state, STANDING_ACTIVE);
    assert_int_equal(work_deal(test, &scene.people[0], "helpfulness").purpose,
                     BATCH_WORK); /* the training is over too */
    scene_release(&scene);
}

static void test_watch_goes_on_and_settings_pause_nobody(void **state) {
    (void)state;
    struct scene scene;
    scene_init(&scene);
    struct test_store *test = &scene.test;
    fall(&scene, BELOW_WATCH);
    assert_int_equal(standing_of(&scene, 0).next, STANDING_WORK);
    assert_int_equal(work_deal(test, &scene.people[0], "helpfulness").purpose, BATCH_WORK);
    /* an alarm of the past does not pause anybody: only what a hand-in brings does */
    test->campaign.tracks[0].below_bar = BELOW_PAUSE;
    struct gold_key key = {.answers = {{.prefer = 1}}, .answer_count = 1};
    int64_t missed = test_query(test, "select item from judgment where kind = 1 order by id limit 1");
    must(test, gold_amend(test->store, &test->lead, &test->campaign, missed, &key, slice_of("so"), &test->error));
    key.answers[0].prefer = 0;
    must(test, gold_amend(test->store, &test->lead, &test->campaign, missed, &key, slice_of("no"), &test->error));
    assert_int_equal(test_query(test,
                                "select count(*) from hold h where not exists (select 1 from hold_decision d where "
                                "d.hold = h.id)"),
                     1);
    assert_int_equal(standing_of(&scene, 0).next, STANDING_WORK);
    scene_release(&scene);
}

/* After an alarm the share of gold stays at the top of its range, though the detector stands at 0 again. */
static void test_raised(void **state) {
    (void)state;
    for (int raise = 0; raise < 2; raise++) {
        struct scene scene;
        scene_init(&scene);
        struct test_store *test = &scene.test;
        fall(&scene, raise ? BELOW_RAISE : BELOW_WATCH);
        int64_t last = test_query(test, "select max(id) from batch");
        test->campaign.tracks[0].gold_low = 0;
        work_deal(test, &scene.people[0], "helpfulness");
        assert_int_equal(test_query(test, "select max(id) from batch"), last + 1);
        assert_int_equal(test_query(test,
                                    "select count(*) from serving where kind = 1 and batch = (select max(id) from "
                                    "batch)"),
                         raise ? 2 : 0);
        scene_release(&scene);
    }
}

/* The one door to a key: one's own answer, in training. */
static void test_keys_are_shown_in_training_alone(void **state) {
    (void)state;
    struct scene scene;
    struct serving serving;
    struct gold_key key;
    struct revealed *revealed;
    size_t count;
    struct hand_in out;
    scene_init(&scene);
    struct test_store *test = &scene.test;
    const struct viewer *ana = &scene.people[0], *dov = &scene.people[1];
    struct batch batch = work_deal(test, ana, "helpfulness");
    must(test, serving_next(test->store, &batch, &test->rubric, &scene.pool, &serving, &test->error));
    assert_null(serving.item.gold);
    assert_int_equal(serving_key(test->store, ana, serving.id, &scene.pool, &key, &test->error), STATUS_USAGE);
    struct judgment judgment = work_judgment(1, 2);
    work_submit(test, ana, serving.id, &judgment);
    assert_int_equal(serving_key(test->store, dov, serving.id, &scene.pool, &key, &test->error), STATUS_USAGE);
    must(test, serving_key(test->store, ana, serving.id, &scene.pool, &key, &test->error));
    assert_int_equal(key.answers[0].prefer, 0);
    assert_string_equal(key.explanation.data, "a is right.");
    int64_t item = test_query(test, "select item from serving where state = 1");
    must(test, gold_retire(test->store, &test->lead, &test->campaign, item, true, slice_of("wrong"), &test->error));
    assert_int_equal(serving_key(test->store, ana, serving.id, &scene.pool, &key, &test->error), STATUS_NO);
    work_judge_all(test, ana, &batch, work_always_a, NULL);
    must(test, batch_hand_in(test->store, ana, &test->campaign, batch.id, &out, &test->error));
    struct batch attempt = work_deal(test, ana, "helpfulness");
    must(test, serving_next(test->store, &attempt, &test->rubric, &scene.pool, &serving, &test->error));
    assert_null(serving.item.gold);
    work_judge_all(test, ana, &attempt, work_always_a, NULL);
    assert_int_equal(serving_key(test->store, ana, serving.id, &scene.pool, &key, &test->error), STATUS_USAGE);
    must(test, batch_hand_in(test->store, ana, &test->campaign, attempt.id, &out, &test->error));
    assert_int_equal(serving_key(test->store, ana, serving.id, &scene.pool, &key, &test->error), STATUS_USAGE);
    assert_int_equal(batch_reveal(test->store, ana, attempt.id, &scene.pool, &revealed, &count, &test->error),
                     STATUS_USAGE);
    must(test, batch_reveal(test->store, ana, batch.id, &scene.pool, &revealed, &count, &test->error));
    scene_release(&scene);
}

static void test_check_finds_what_was_changed(void **state) {
    (void)state;
    struct scene scene;
    scene_init(&scene);
    struct test_store *test = &scene.test;
    answer(&scene, 0, BATCH_TRAINING, 3, 3);
    answer(&scene, 0, BATCH_QUALIFICATION, 8, 8);
    must(test, store_check(test->store, print_finding, NULL, &test->error));
    test_execute(test, "insert into standing (person, track, state, at) values (3, 1, 'qualified', 1)");
    assert_int_equal(store_check(test->store, NULL, NULL, &test->error), STATUS_NO);
    test_execute(test, "delete from standing where person = 3");
    test_execute(test, "update serving set kind = 3 where kind = 4 and position = 1");
    assert_int_equal(store_check(test->store, NULL, NULL, &test->error), STATUS_NO);
    test_execute(test,
                 "update serving set kind = 4 where kind = 3 and position = 1 and batch = (select max(id) from batch)");
    scene_release(&scene);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_trained_failed_passed),
        cmocka_unit_test(test_no_attempt_left_waits_for_the_lead),
        cmocka_unit_test(test_a_leads_word),
        cmocka_unit_test(test_cut_off_in_the_middle),
        cmocka_unit_test(test_set_aside_is_not_right),
        cmocka_unit_test(test_an_amended_key),
        cmocka_unit_test(test_paused_until_qualified_again),
        cmocka_unit_test(test_a_pause_goes_with_its_alarm),
        cmocka_unit_test(test_watch_goes_on_and_settings_pause_nobody),
        cmocka_unit_test(test_raised),
        cmocka_unit_test(test_keys_are_shown_in_training_alone),
        cmocka_unit_test(test_check_finds_what_was_changed),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
