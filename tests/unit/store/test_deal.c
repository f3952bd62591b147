/* What a batch is made of, whom it goes to, and that nothing in it tells gold from the rest. */
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

#include <cmocka.h>

#include "core/base/timestamp.h"
#include "store/gold.h"
#include "store/people.h"
#include "tests/unit/store/helper_work.h"

#include "core/base/banned.h"

static const char *const names[] = {"ana", "dov"};

static void start(struct test_store *test, struct viewer *viewers, int items, int gold_every) {
    test_store_init(test);
    work_people(test, names, 2, viewers);
    test_import(test, "helpfulness", 0, items, gold_every);
}

static void test_shares(void **state) {
    (void)state;
    struct test_store test;
    struct viewer people[2];
    start(&test, people, 400, 4); /* 300 production, 100 gold */
    for (int i = 0; i < 20; i++)
        assert_true(work_one_batch(&test, &people[0], "helpfulness", work_always_a, NULL));
    assert_int_equal(test_query(&test, "select count(*) from serving"), 200);
    int64_t gold = test_query(&test, "select count(*) from serving where kind = 1");
    assert_in_range(gold, 20, 20); /* 10 % of 10 is 1 in each batch */
    assert_int_equal(
        test_query(&test, "select count(*) from (select batch from serving group by batch having sum(kind = 1) <> 1)"),
        0);
    /* positions are drawn: gold stands nearly everywhere */
    assert_true(test_query(&test, "select count(distinct position) from serving where kind = 1") >= 6);
    /* sides are a coin */
    int64_t ab = test_query(&test, "select count(*) from serving where shown = 'ab'");
    assert_in_range(ab, 70, 130);
    int64_t gold_ab = test_query(&test, "select count(*) from serving where shown = 'ab' and kind = 1");
    assert_in_range(gold_ab, 3, 17);
    assert_int_equal(test_query(&test, "select count(*) from serving where shown not in ('ab', 'ba')"), 0);
    assert_int_equal(
        test_query(&test, "select count(*) from serving s join item i on i.id = s.item where s.prompt <> i.prompt"), 0);
    test_store_release(&test);
}

static void test_open_batch_is_returned(void **state) {
    (void)state;
    struct test_store test;
    struct viewer people[2];
    start(&test, people, 40, 0);
    struct batch first = work_deal(&test, &people[0], "helpfulness"),
                 again = work_deal(&test, &people[0], "helpfulness");
    assert_int_equal(first.id, again.id);
    assert_int_equal(first.number, 1);
    assert_int_equal(first.size, 10);
    struct batch other = work_deal(&test, &people[1], "helpfulness");
    assert_int_not_equal(other.id, first.id);
    assert_int_equal(
        test_query(&test, "select count(*) from serving s join serving t on t.item = s.item and t.id <> s.id"), 0);
    test_store_release(&test);
}

static void test_gold_that_was_seen_stays_away(void **state) {
    (void)state;
    struct test_store test;
    struct viewer people[2];
    struct pool pool = POOL_INIT;
    start(&test, people, 60, 0);
    test.campaign.tracks[0].gold_low = test.campaign.tracks[0].gold_high = 0.2;
    work_one_batch(&test, &people[0], "helpfulness", work_always_a, NULL);
    /* all that ana has judged becomes gold: for her it is burnt, for dov it is fresh */
    struct gold_key key = {.answers = {{.prefer = 0}}, .answer_count = 1};
    for (int64_t item = 1; item <= 10; item++)
        must(&test, gold_promote(test.store, &test.lead, &test.campaign, item, &key, slice_of("clear"), &test.error));
    for (int i = 0; i < 3; i++)
        work_one_batch(&test, &people[0], "helpfulness", work_always_a, NULL);
    assert_int_equal(test_query(&test, "select count(*) from serving where kind = 1"), 0);
    work_deal(&test, &people[1], "helpfulness");
    assert_int_equal(test_query(&test, "select count(*) from serving where kind = 1"), 2);
    assert_int_equal(
        test_query(
            &test,
            "select count(*) from (select person, item from serving where pass = 0 group by 1, 2 having count(*) > 1)"),
        0);
    pool_release(&pool);
    test_store_release(&test);
}

static void import_pair(struct test_store *test, int prompt, const char *name, bool gold) {
    static const struct gold_key key = {.answers = {{.prefer = 1}}, .answer_count = 1};
    struct import *import;
    struct import_source source = {slice_of("pairs.jsonl"), slice_of("native")};
    struct import_counts counts;
    struct pool pool = POOL_INIT;
    enum import_fate fate;
    must(test, import_begin(test->store, &test->lead, &test->campaign, &source, false, &import, &test->error));
    struct item item = test_item(&pool, "helpfulness", prompt), other = test_item(&pool, "helpfulness", prompt + 500);
    item.name = slice_of(name);
    item.responses[1] = other.responses[1];
    item.gold = gold ? &key : NULL;
    must(test, import_put(import, &item, &fate, &test->error));
    must(test, import_end(import, slice_of("11"), 10, &counts, &test->error));
    pool_release(&pool);
}

static void test_gold_with_a_prompt_that_was_seen_stays_away(void **state) {
    (void)state;
    struct test_store test;
    struct viewer people[2];
    start(&test, people, 30, 0);
    test.campaign.tracks[0].gold_low = test.campaign.tracks[0].gold_high = 0.2;
    import_pair(&test, 0, "gold-of-a-seen-prompt", true);
    for (int i = 0; i < 3; i++)
        work_one_batch(&test, &people[0], "helpfulness", work_always_a, NULL);
    assert_int_equal(test_query(&test, "select count(*) from serving where kind = 1"), 0);
    test_store_release(&test);
}

static void test_taste(void **state) {
    (void)state;
    struct test_store test;
    struct viewer people[2];
    start(&test, people, 100, 5);
    struct person only_law = {.categories = slice_of("medical, law")}, nothing = {.languages = slice_of("fr")},
                  all = {.languages = slice_of("en,fr")};
    must(&test, person_set(test.store, &test.lead, "ana", &only_law, &test.error));
    for (int i = 0; i < 10; i++)
        if (!work_one_batch(&test, &people[0], "helpfulness", work_always_a, NULL))
            break;
    assert_int_equal(
        test_query(&test,
                   "select count(*) from serving s join item i on i.id = s.item join category c on c.id = i.category"
                   " where c.name <> 'law'"),
        0);
    assert_int_equal(
        test_query(
            &test,
            "select count(*) from serving where kind = 0 and person = (select id from person where name = 'ana')"),
        40);
    must(&test, person_set(test.store, &test.lead, "dov", &nothing, &test.error));
    assert_int_equal(work_deal(&test, &people[1], "helpfulness").id, 0);
    must(&test, person_set(test.store, &test.lead, "dov", &all, &test.error)); /* what was passed by suits now */
    assert_int_equal(work_deal(&test, &people[1], "helpfulness").size, 10);
    struct person safety = {.tracks = slice_of("safety")}, wrong = {.tracks = slice_of("nonsense")};
    must(&test, person_set(test.store, &test.lead, "ana", &safety, &test.error));
    assert_int_equal(person_set(test.store, &test.lead, "ana", &wrong, &test.error), STATUS_USAGE);
    struct batch batch;
    struct nothing_left left;
    struct pool pool = POOL_INIT;
    assert_int_equal(
        batch_deal(test.store, &people[0], &test.campaign, "helpfulness", &pool, &batch, &left, &test.error),
        STATUS_NO);
    pool_release(&pool);
    test_store_release(&test);
}

static void test_paused(void **state) {
    (void)state;
    struct test_store test;
    struct viewer people[2];
    struct batch batch;
    struct nothing_left left;
    struct pool pool = POOL_INIT;
    start(&test, people, 20, 0);
    must(&test, person_pause(test.store, &test.lead, "ana", true, &test.error));
    struct viewer ana = work_viewer(&test, "ana");
    assert_true(ana.paused);
    assert_int_equal(batch_deal(test.store, &ana, &test.campaign, "helpfulness", &pool, &batch, &left, &test.error),
                     STATUS_NO);
    must(&test, person_pause(test.store, &test.lead, "ana", false, &test.error));
    ana = work_viewer(&test, "ana");
    assert_int_equal(work_deal(&test, &ana, "helpfulness").size, 10);
    pool_release(&pool);
    test_store_release(&test);
}

static void test_nothing_left(void **state) {
    (void)state;
    struct test_store test;
    struct viewer people[2];
    struct batch batch;
    struct nothing_left left = {0};
    struct pool pool = POOL_INIT;
    test_store_init(&test);
    work_people(&test, names, 2, people);
    test_import(&test, "safety", 0, 12, 0); /* overlap 2 */
    while (work_one_batch(&test, &people[0], "safety", work_always_a, NULL))
        ;
    struct batch open = work_deal(&test, &people[1], "safety");
    struct serving serving;
    must(&test, serving_next(test.store, &open, &test.rubric, &pool, &serving, &test.error));
    must(&test, serving_set_aside(test.store, &people[1], serving.id, ASIDE_BROKEN, &test.error));
    must(&test, batch_deal(test.store, &people[0], &test.campaign, "safety", &pool, &batch, &left, &test.error));
    assert_int_equal(batch.id, 0);
    assert_int_equal(left.for_others, 2);
    assert_int_equal(left.for_lead, 1);
    assert_int_equal(left.open_batches, 1);
    pool_release(&pool);
    test_store_release(&test);
}

/* One person alone comes past every item, in the order that the settings name. */
static void test_everything_is_dealt(void **state) {
    (void)state;
    static const enum item_order orders[] = {ORDER_INPUT, ORDER_RANDOM, ORDER_PRIORITY};
    for (int i = 0; i < 3; i++) {
        struct test_store test;
        struct viewer people[2];
        test_store_init(&test);
        work_people(&test, names, 2, people);
        test.campaign.tracks[0].order = orders[i];
        test_import(&test, "helpfulness", 0, 97, 9);
        while (work_one_batch(&test, &people[0], "helpfulness", work_always_a, NULL))
            ;
        assert_int_equal(test_query(&test, "select count(*) from serving where kind = 0"), 87);
        assert_int_equal(test_query(&test, "select count(*) from queue"), 0);
        test_store_release(&test);
    }
}

static void test_retests(void **state) {
    (void)state;
    struct test_store test;
    struct viewer people[2];
    start(&test, people, 900, 0);
    struct track_settings *track = &test.campaign.tracks[0];
    track->retest_rate = 0.1;
    track->retest_items = 30;
    track->retest_days = 2;
    for (int i = 0; i < 6; i++)
        work_one_batch(&test, &people[0], "helpfulness", work_always_a, NULL);
    assert_int_equal(test_query(&test, "select count(*) from serving where kind = 2"), 0); /* the days are not over */
    test.fixed.now += 3 * MS_DAY;
    for (int i = 0; i < 40; i++)
        work_one_batch(&test, &people[0], "helpfulness", work_always_a, NULL);
    int64_t retests = test_query(&test, "select count(*) from serving where kind = 2");
    assert_in_range(retests, 5, 60);
    assert_int_equal(test_query(&test, "select count(*) from serving s where s.kind = 2 and s.pass <> 1"), 0);
    /* at least so many judgments lie between, and two days */
    assert_int_equal(
        test_query(
            &test,
            "select count(*) from serving s join serving f on f.item = s.item and f.person = s.person and f.pass = 0"
            " where s.kind = 2 and (f.kind <> 0 or s.id - f.id < 30)"),
        0);
    assert_int_equal(
        test_query(
            &test,
            "select count(*) from judgment s join judgment f on f.item = s.item and f.person = s.person and f.kind = 0"
            " where s.kind = 2 and s.at - f.at < 2 * 86400000"),
        0);
    test.fixed.now += 3 * MS_DAY;
    for (int i = 0; i < 30; i++)
        work_one_batch(&test, &people[0], "helpfulness", work_always_a, NULL);
    int64_t all = test_query(&test, "select count(*) from serving where kind = 2");
    int64_t swapped = test_query(
        &test, "select count(*) from serving s join serving f on f.item = s.item and f.person = s.person and f.pass = 0"
               " where s.kind = 2 and s.shown <> f.shown");
    assert_true(all >= 20);
    assert_true(swapped * 5 > all && swapped * 5 < all * 4);
    test_store_release(&test);
}

static struct judgment always_wrong(void *context, int64_t item, enum kind kind) {
    (void)context, (void)item;
    return work_judgment(kind == KIND_GOLD ? 1 : 0, 2);
}

static void test_adaptive_gold_rate(void **state) {
    (void)state;
    struct test_store test;
    struct viewer people[2];
    start(&test, people, 600, 3);
    struct track_settings *track = &test.campaign.tracks[0];
    track->batch = 20;
    track->gold_low = 0.05;
    track->gold_high = 0.2;
    for (int i = 0; i < 6; i++) {
        work_one_batch(&test, &people[0], "helpfulness", work_always_a, NULL);
        work_one_batch(&test, &people[1], "helpfulness", always_wrong, NULL);
    }
    /* both start at the head start, so at the high rate; one of them comes down */
    assert_int_equal(
        test_query(&test,
                   "select count(*) from serving s join batch b on b.id = s.batch where b.number = 1 and s.kind = 1"),
        8);
    assert_int_equal(
        test_query(&test,
                   "select count(*) from serving s join batch b on b.id = s.batch join person p on p.id = b.person"
                   " where p.name = 'ana' and b.number > 4 and s.kind = 1"),
        2);
    assert_true(
        test_query(&test,
                   "select count(*) from serving s join batch b on b.id = s.batch join person p on p.id = b.person"
                   " where p.name = 'dov' and b.number > 1 and s.kind = 1") > 10);
    assert_int_equal(
        test_query(&test, "select count(*) from (select batch from serving group by batch having sum(kind = 1) > 4)"),
        0);
    test_store_release(&test);
}

static void test_training(void **state) {
    (void)state;
    struct test_store test;
    struct viewer people[2];
    struct batch batch;
    struct pool pool = POOL_INIT;
    struct hand_in done;
    struct revealed *revealed;
    size_t count;
    start(&test, people, 40, 8);
    test_execute(&test, "update gold set use = 2");
    must(&test, batch_deal_training(test.store, &people[0], "helpfulness", 3, &pool, &batch, &test.error));
    assert_int_equal(batch.size, 3);
    assert_int_equal(batch_reveal(test.store, &people[0], batch.id, &pool, &revealed, &count, &test.error), STATUS_NO);
    work_judge_all(&test, &people[0], &batch, work_always_a, NULL);
    must(&test, batch_hand_in(test.store, &people[0], &test.campaign, batch.id, &done, &test.error));
    must(&test, batch_reveal(test.store, &people[0], batch.id, &pool, &revealed, &count, &test.error));
    assert_int_equal(count, 3);
    assert_int_equal(revealed[0].kind, KIND_TRAINING);
    assert_int_equal(revealed[0].key->answers[0].prefer, 0);
    assert_int_equal(batch_reveal(test.store, &people[1], batch.id, &pool, &revealed, &count, &test.error),
                     STATUS_USAGE);
    must(&test, batch_deal_training(test.store, &people[0], "helpfulness", 3, &pool, &batch, &test.error));
    assert_int_equal(batch.size, 2);
    assert_int_equal(work_deal(&test, &people[0], "helpfulness").id, batch.id); /* what is open comes first */
    work_judge_all(&test, &people[0], &batch, work_always_a, NULL);
    must(&test, batch_hand_in(test.store, &people[0], &test.campaign, batch.id, &done, &test.error));
    struct batch work = work_deal(&test, &people[0], "helpfulness");
    assert_int_equal(work.number, 1); /* training shifts no numbers */
    assert_int_equal(test_query(&test, "select count(*) from serving where kind = 1"), 0);
    pool_release(&pool);
    test_store_release(&test);
}

/* The largest batch there is, from a pool of a thousand: nowhere near the blink that it may take. */
static void test_deal_is_quick(void **state) {
    (void)state;
    struct test_store test;
    struct viewer people[2];
    struct timespec before, after;
    start(&test, people, 4000, 4);
    test.campaign.tracks[0].batch = 50;
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &before);
    for (int i = 0; i < 5; i++) {
        struct hand_in done;
        struct batch batch = work_deal(&test, &people[0], "helpfulness");
        test_execute(&test, "update serving set state = 2, reason = 1");
        must(&test, batch_hand_in(test.store, &people[0], &test.campaign, batch.id, &done, &test.error));
    }
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &after);
    double ms = (double)(after.tv_sec - before.tv_sec) * 1e3 + (double)(after.tv_nsec - before.tv_nsec) / 1e6;
    print_message("five batches of 50: %.1f ms\n", ms);
    assert_true(ms < 2000); /* with sanitizers, on a slow machine */
    test_store_release(&test);
}

static void import_with_priority(struct test_store *test, int first, int count, double priority) {
    struct import *import;
    struct import_source source = {slice_of("more.jsonl"), slice_of("native")};
    struct import_counts counts;
    struct pool pool = POOL_INIT;
    enum import_fate fate;
    must(test, import_begin(test->store, &test->lead, &test->campaign, &source, false, &import, &test->error));
    for (int i = first; i < first + count; i++) {
        struct item item = test_item(&pool, "helpfulness", i);
        item.has_priority = true;
        item.priority = priority;
        must(test, import_put(import, &item, &fate, &test->error));
        pool_clear(&pool);
    }
    must(test, import_end(import, slice_of("22"), 10, &counts, &test->error));
    pool_release(&pool);
}

/* What comes late and ranks before the place that somebody has reached is dealt to them too, and first. */
static void test_late_items_are_dealt(void **state) {
    (void)state;
    static const enum item_order orders[] = {ORDER_INPUT, ORDER_RANDOM, ORDER_PRIORITY};
    for (int i = 0; i < 3; i++) {
        struct test_store test;
        struct viewer people[2];
        test_store_init(&test);
        work_people(&test, names, 2, people);
        test.campaign.tracks[0].order = orders[i];
        import_with_priority(&test, 0, 20, 0.1);
        work_one_batch(&test, &people[0], "helpfulness", work_always_a, NULL);
        import_with_priority(&test, 100, 30, 0.9);
        work_one_batch(&test, &people[0], "helpfulness", work_always_a, NULL);
        if (orders[i] == ORDER_PRIORITY)
            assert_int_equal(test_query(&test, "select min(item) from serving where batch = 2"), 21);
        while (work_one_batch(&test, &people[0], "helpfulness", work_always_a, NULL))
            ;
        assert_int_equal(test_query(&test, "select count(*) from serving where kind = 0"), 50);
        test_store_release(&test);
    }
}

/* Gold that is left out for its prompt leaves no gap in the batch. */
static void test_left_out_gold_leaves_no_gap(void **state) {
    (void)state;
    struct test_store test;
    struct viewer people[2];
    start(&test, people, 30, 0);
    test.campaign.tracks[0].gold_low = test.campaign.tracks[0].gold_high = 0.2;
    import_pair(&test, 0, "gold-of-a-prompt-in-the-batch", true);
    assert_int_equal(work_deal(&test, &people[0], "helpfulness").size, 10);
    test_store_release(&test);
}

/* Somebody who set one item aside for the lead can't tell by the number that waits there whether it was gold. */
static void test_what_waits_for_the_lead_tells_nothing(void **state) {
    (void)state;
    for (int kind = KIND_PRODUCTION; kind <= KIND_GOLD; kind++) {
        struct test_store test;
        struct viewer people[2];
        struct batch batch;
        struct nothing_left left = {0};
        struct pool pool = POOL_INIT;
        struct hand_in done;
        start(&test, people, 10, 5);
        test.campaign.tracks[0].gold_low = test.campaign.tracks[0].gold_high = 0.2;
        struct batch open = work_deal(&test, &people[0], "helpfulness");
        int64_t serving = test_query(&test, kind == KIND_GOLD ? "select id from serving where kind = 1"
                                                              : "select id from serving where kind = 0");
        must(&test, serving_set_aside(test.store, &people[0], serving, ASIDE_OTHER, &test.error));
        work_judge_all(&test, &people[0], &open, work_always_a, NULL);
        must(&test, batch_hand_in(test.store, &people[0], &test.campaign, open.id, &done, &test.error));
        must(&test,
             batch_deal(test.store, &people[0], &test.campaign, "helpfulness", &pool, &batch, &left, &test.error));
        assert_int_equal(batch.id, 0);
        assert_int_equal(left.for_lead, 1);
        pool_release(&pool);
        test_store_release(&test);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_shares),
        cmocka_unit_test(test_open_batch_is_returned),
        cmocka_unit_test(test_gold_that_was_seen_stays_away),
        cmocka_unit_test(test_gold_with_a_prompt_that_was_seen_stays_away),
        cmocka_unit_test(test_taste),
        cmocka_unit_test(test_paused),
        cmocka_unit_test(test_nothing_left),
        cmocka_unit_test(test_everything_is_dealt),
        cmocka_unit_test(test_retests),
        cmocka_unit_test(test_adaptive_gold_rate),
        cmocka_unit_test(test_training),
        cmocka_unit_test(test_deal_is_quick),
        cmocka_unit_test(test_late_items_are_dealt),
        cmocka_unit_test(test_left_out_gold_leaves_no_gap),
        cmocka_unit_test(test_what_waits_for_the_lead_tells_nothing),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
