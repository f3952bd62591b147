/*
 * Gold in the store: promote, amend, retire. The great one: a key amended after 200 answers leaves a store that
 * cannot be told from one where it was right from the start: the history that every figure is made of, the alarms,
 * the holds. Only the log knows.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

#include <cmocka.h>

#include "core/base/memory.h"
#include "core/model/history.h"
#include "store/check.h"
#include "store/gold.h"
#include "store/holds.h"
#include "store/load.h"
#include "store/work_parts.h"
#include "tests/unit/store/helper_work.h"

#include "core/base/banned.h"

static const char *const names[] = {"ana"};
static const struct gold_key right_key = {.answers = {{.prefer = 0}}, .answer_count = 1, .difficulty = DIFFICULTY_EASY};
static const struct gold_key wrong_key = {
    .answers = {{.prefer = 1}}, .answer_count = 1, .low = 1, .high = 3, .difficulty = DIFFICULTY_EASY};

/* Someone who knows the answer nine times in ten, and after item 700 one time in two: by a hash of the item. */
static struct judgment falls_off(void *context, int64_t item, enum kind kind) {
    (void)context, (void)kind;
    uint64_t mix = (uint64_t)item * 11400714819323198485u >> 40;
    return work_judgment(mix % 100 < (item < 700 ? 92 : 50) ? 0 : 1, 2);
}

/* Every sixth gold item has the wrong key. */
static bool is_misjudged(int64_t item) {
    return item % 30 == 5;
}

/* 1,250 items, of which 5, 10 … are gold with key a; where `misjudged`, some have b. */
static void import(struct test_store *test, bool misjudged) {
    struct import *import;
    struct import_source source = {slice_of("items.jsonl"), slice_of("native")};
    struct import_counts counts;
    struct pool pool = POOL_INIT;
    must(test, import_begin(test->store, &test->lead, &test->campaign, &source, false, &import, &test->error));
    for (int i = 0; i < 1250; i++) {
        enum import_fate fate;
        struct item item = test_item(&pool, "helpfulness", i);
        if (i % 5 == 4)
            item.gold = misjudged && is_misjudged(i + 1) ? &wrong_key : &right_key;
        must(test, import_put(import, &item, &fate, &test->error));
        pool_clear(&pool);
    }
    must(test, import_end(import, slice_of("00"), 1000, &counts, &test->error));
    pool_release(&pool);
}

static void start_with(struct test_store *test, struct viewer *ana, bool misjudged) {
    test_store_init(test);
    work_people(test, names, 1, ana);
    import(test, misjudged);
    test->campaign.tracks[0].gold_low = test->campaign.tracks[0].gold_high = 0.2;
    test->campaign.tracks[0].retest_rate = 0;
}

static void start(struct test_store *test, struct viewer *ana) {
    start_with(test, ana, false);
}

static void work(struct test_store *test, const struct viewer *ana) {
    for (int i = 0; i < 100; i++)
        assert_true(work_one_batch(test, ana, "helpfulness", falls_off, NULL));
    assert_int_equal(test_query(test, "select count(*) from judgment where kind = 1"), 200);
}

static struct history load(struct test_store *test) {
    struct history history;
    must(test, load_history(test->store, &(struct load_scope){0}, &history, &test->error));
    return history;
}

static void expect_same_key(const struct history *a, int x, const struct history *b, int y) {
    assert_int_equal(x < 0, y < 0);
    if (x < 0)
        return;
    const struct gold_key *k = &a->keys[x], *l = &b->keys[y];
    assert_int_equal(k->answer_count, l->answer_count);
    for (size_t i = 0; i < k->answer_count; i++)
        assert_int_equal(k->answers[i].prefer, l->answers[i].prefer);
    assert_int_equal(k->low, l->low);
    assert_int_equal(k->high, l->high);
    assert_int_equal(k->difficulty, l->difficulty);
    assert_int_equal(k->use, l->use);
}

static void expect_same_history(const struct history *a, const struct history *b) {
    assert_int_equal(a->row_count, b->row_count);
    assert_int_equal(a->batch_count, b->batch_count);
    for (size_t i = 0; i < a->row_count; i++) {
        const struct history_row *x = &a->rows[i], *y = &b->rows[i];
        assert_int_equal(x->judgment, y->judgment);
        assert_int_equal(x->item, y->item);
        assert_int_equal(x->kind, y->kind);
        assert_int_equal(x->prefer, y->prefer);
        assert_int_equal(x->strength, y->strength);
        assert_int_equal(x->confidence, y->confidence);
        assert_int_equal(x->batch, y->batch);
        assert_int_equal(x->held, y->held);
        assert_string_equal(x->shown, y->shown);
        expect_same_key(a, x->gold, b, y->gold);
    }
}

/* The alarms, as "since-until since-until …" of the holds that stand. */
static void describe_holds(struct test_store *test, struct buffer *out) {
    struct pool pool = POOL_INIT;
    struct hold *holds;
    size_t count;
    must(test, hold_list(test->store, &test->lead, &pool, &holds, &count, &test->error));
    for (size_t i = 0; i < count; i++)
        if (!slice_is(holds[i].decision, "withdrawn"))
            buffer_add_format(out, "%lld-%lld:%lld ", (long long)holds[i].since, (long long)holds[i].until,
                              (long long)holds[i].judgments);
    pool_release(&pool);
}

static int compare_words(const void *a, const void *b) {
    return strcmp(*(char *const *)a, *(char *const *)b);
}

/* The same words in any order: an amended store placed its holds in another one. */
static void expect_same_words(const struct buffer *a, const struct buffer *b) {
    char *words[2][64];
    size_t counts[2] = {0, 0};
    const struct buffer *both[] = {a, b};
    for (int k = 0; k < 2; k++)
        for (char *at = both[k]->data; *at && counts[k] < 64; at = strchr(at, ' ') + 1)
            words[k][counts[k]++] = memory_copy(at, (size_t)(strchr(at, ' ') - at));
    assert_int_equal(counts[0], counts[1]);
    for (int k = 0; k < 2; k++)
        qsort(words[k], counts[k], sizeof *words[k], compare_words);
    for (size_t i = 0; i < counts[0]; i++)
        assert_string_equal(words[0][i], words[1][i]);
    for (int k = 0; k < 2; k++)
        for (size_t i = 0; i < counts[k]; i++)
            memory_free(words[k][i]);
}

static size_t count_wrong(struct test_store *test, int64_t person) {
    struct alarm_outcome *outcomes;
    size_t count, wrong = 0;
    must(test, transaction_read(test->store, "test", &test->error));
    must(test, outcomes_read(test->store, person, 1, &outcomes, &count, &test->error));
    transaction_end(test->store, 0, NULL);
    assert_int_equal(count, 200);
    for (size_t i = 0; i < count; i++)
        wrong += outcomes[i].wrong;
    memory_free(outcomes);
    return wrong;
}

static void fail_on_finding(void *context, const char *part, const char *finding) {
    (void)context;
    fail_msg("%s: %s", part, finding);
}

static void test_amended_after_200_answers(void **state) {
    (void)state;
    struct test_store right, amended;
    struct viewer ana, other;
    start_with(&right, &ana, false);
    start_with(&amended, &other, true);
    work(&right, &ana);
    work(&amended, &other);

    struct buffer holds_right = BUFFER_INIT, holds_before = BUFFER_INIT, holds_after = BUFFER_INIT;
    describe_holds(&right, &holds_right);
    describe_holds(&amended, &holds_before);
    assert_true(holds_right.length > 0);                          /* there is a true fall to find */
    assert_string_not_equal(holds_right.data, holds_before.data); /* and the wrong keys accuse somebody of more */
    size_t wrong_before = count_wrong(&amended, other.person), wrong_right = count_wrong(&right, ana.person);
    assert_true(wrong_before > wrong_right + 10);

    for (int64_t item = 1; item <= 1250; item++)
        if (item % 5 == 0 && is_misjudged(item))
            must(&amended, gold_amend(amended.store, &amended.lead, &amended.campaign, item, &right_key,
                                      slice_of("the reference was wrong"), &amended.error));
    describe_holds(&amended, &holds_after);
    expect_same_words(&holds_right, &holds_after);
    assert_int_equal(count_wrong(&amended, other.person), wrong_right);
    struct history a = load(&right), b = load(&amended);
    expect_same_history(&a, &b);
    history_release(&a);
    history_release(&b);

    /* the log shows both: what was said then, and that it was taken back */
    assert_true(test_query(&amended, "select count(*) from hold_decision where decision = 'withdrawn'") > 0);
    assert_true(test_query(&amended, "select count(*) from event where verb = 'withdraw-hold'") > 0);
    assert_true(test_query(&amended, "select count(*) from event where verb = 'amend-gold'") > 20);
    assert_int_equal(test_query(&right, "select count(*) from event where verb in ('withdraw-hold', 'amend-gold')"), 0);
    must(&amended, store_check(amended.store, fail_on_finding, NULL, &amended.error));
    buffer_release(&holds_right);
    buffer_release(&holds_before);
    buffer_release(&holds_after);
    test_store_release(&right);
    test_store_release(&amended);
}

static void test_decided_holds_are_left(void **state) {
    (void)state;
    struct test_store test;
    struct viewer ana;
    struct pool pool = POOL_INIT;
    struct hold *holds;
    size_t count;
    start(&test, &ana);
    for (int i = 0; i < 100; i++)
        work_one_batch(&test, &ana, "helpfulness", falls_off, NULL);
    must(&test, hold_list(test.store, &test.lead, &pool, &holds, &count, &test.error));
    assert_true(count >= 1);
    must(&test, hold_release(test.store, &test.lead, holds[0].id, slice_of("looked at: fine"), &test.error));
    /* every key now takes what anybody said: no alarm is left */
    struct gold_key any = {.answers = {{.prefer = 0}, {.prefer = 1}}, .answer_count = 2};
    for (int64_t item = 5; item <= 1250; item += 5)
        must(&test,
             gold_amend(test.store, &test.lead, &test.campaign, item, &any, slice_of("both will do"), &test.error));
    must(&test, hold_list(test.store, &test.lead, &pool, &holds, &count, &test.error));
    assert_true(slice_is(holds[0].decision, "released"));
    for (size_t i = 1; i < count; i++)
        assert_true(slice_is(holds[i].decision, "withdrawn"));
    pool_release(&pool);
    test_store_release(&test);
}

static void test_list_and_retire(void **state) {
    (void)state;
    struct test_store test;
    struct viewer ana;
    struct pool pool = POOL_INIT;
    struct gold_line *lines;
    struct gold_key key;
    size_t count;
    start(&test, &ana);
    for (int i = 0; i < 5; i++)
        work_one_batch(&test, &ana, "helpfulness", work_always_a, NULL);
    must(&test, gold_list(test.store, &test.lead, &pool, &lines, &count, &test.error));
    assert_int_equal(count, 250);
    int64_t answered = 0, right = 0, item = 0;
    for (size_t i = 0; i < count; i++) {
        answered += lines[i].answered;
        right += lines[i].right;
        item = lines[i].answered ? lines[i].item : item;
    }
    assert_int_equal(answered, 10);
    assert_int_equal(right, 10);
    assert_true(slice_is(lines[0].origin, "import"));
    assert_string_equal(lines[0].responses[0], "r1");
    assert_int_equal(gold_list(test.store, &ana, &pool, &lines, &count, &test.error), STATUS_USAGE);

    must(&test, gold_of_item(test.store, item, &pool, &key, &test.error));
    must(&test, gold_retire(test.store, &test.lead, &test.campaign, item, false, slice_of("leaked"), &test.error));
    assert_int_equal(gold_of_item(test.store, item, &pool, &key, &test.error), STATUS_USAGE);
    struct history history = load(&test);
    size_t outcomes = 0;
    for (size_t i = 0; i < history.row_count; i++)
        outcomes += history.rows[i].kind == KIND_GOLD && history.rows[i].gold >= 0;
    assert_int_equal(outcomes, 10); /* retired is not void: what was answered stays */
    history_release(&history);
    pool_release(&pool);
    test_store_release(&test);
}

static void test_void_leaves_every_figure(void **state) {
    (void)state;
    struct test_store test;
    struct viewer ana;
    start(&test, &ana);
    for (int i = 0; i < 5; i++)
        work_one_batch(&test, &ana, "helpfulness", work_always_a, NULL);
    int64_t item = test_query(&test, "select item from judgment where kind = 1 limit 1");
    must(&test,
         gold_retire(test.store, &test.lead, &test.campaign, item, true, slice_of("no answer is right"), &test.error));
    struct history history = load(&test);
    size_t outcomes = 0;
    for (size_t i = 0; i < history.row_count; i++)
        outcomes += history.rows[i].kind == KIND_GOLD && history.rows[i].gold >= 0;
    assert_int_equal(outcomes, 9);
    history_release(&history);
    test_store_release(&test);
}

/* An item that was void and becomes gold again brings its old answers back, and what they do to holds. */
static void test_promoted_again(void **state) {
    (void)state;
    struct test_store test;
    struct viewer ana;
    start(&test, &ana);
    for (int i = 0; i < 5; i++)
        work_one_batch(&test, &ana, "helpfulness", work_always_a, NULL);
    int64_t items[10], after = 0;
    for (int i = 0; i < 10; i++) {
        char text[100];
        snprintf(text, sizeof text, "select min(item) from judgment where kind = 1 and item > %lld", (long long)after);
        items[i] = after = test_query(&test, text);
        must(&test, gold_retire(test.store, &test.lead, &test.campaign, after, true, slice_of("unclear"), &test.error));
    }
    struct gold_key key = {.answers = {{.prefer = 1}}, .answer_count = 1};
    for (int i = 0; i < 10; i++)
        must(&test, gold_promote(test.store, &test.lead, &test.campaign, items[i], &key, slice_of("b"), &test.error));
    assert_true(test_query(&test, "select count(*) from hold where origin = 0") >= 1);
    must(&test, store_check(test.store, fail_on_finding, NULL, &test.error));
    test_store_release(&test);
}

static void test_promote_and_refusals(void **state) {
    (void)state;
    struct test_store test;
    struct viewer ana;
    struct gold_key bad = {.answers = {{.prefer = 2}}, .answer_count = 1}, none = {.answer_count = 0};
    struct gold_key strong = {.answers = {{.prefer = 0}}, .answer_count = 1, .low = 3, .high = 2};
    start(&test, &ana);
    struct slice why = slice_of("clear");
    assert_int_equal(gold_promote(test.store, &test.lead, &test.campaign, 5, &right_key, why, &test.error),
                     STATUS_USAGE); /* is gold */
    assert_int_equal(gold_amend(test.store, &test.lead, &test.campaign, 1, &right_key, why, &test.error), STATUS_USAGE);
    assert_int_equal(gold_promote(test.store, &test.lead, &test.campaign, 1, &bad, why, &test.error), STATUS_INPUT);
    assert_int_equal(gold_promote(test.store, &test.lead, &test.campaign, 1, &none, why, &test.error), STATUS_INPUT);
    assert_int_equal(gold_promote(test.store, &test.lead, &test.campaign, 1, &strong, why, &test.error), STATUS_INPUT);
    assert_int_equal(gold_promote(test.store, &test.lead, &test.campaign, 1, &right_key, slice_of(""), &test.error),
                     STATUS_USAGE);
    assert_int_equal(gold_promote(test.store, &ana, &test.campaign, 1, &right_key, why, &test.error), STATUS_USAGE);
    assert_int_equal(gold_promote(test.store, &test.lead, &test.campaign, 99999, &right_key, why, &test.error),
                     STATUS_USAGE);
    assert_int_equal(test_query(&test, "select count(*) from gold"), 250);
    must(&test, gold_promote(test.store, &test.lead, &test.campaign, 1, &wrong_key, why, &test.error));
    assert_int_equal(test_query(&test, "select count(*) from queue where item = 1"), 0);
    assert_int_equal(
        test_query(&test, "select count(*) from gold where item = 1 and origin = 'promoted' and low = 1 and high = 3"),
        1);
    must(&test, store_check(test.store, fail_on_finding, NULL, &test.error));
    test_store_release(&test);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_amended_after_200_answers), cmocka_unit_test(test_decided_holds_are_left),
        cmocka_unit_test(test_list_and_retire),           cmocka_unit_test(test_void_leaves_every_figure),
        cmocka_unit_test(test_promote_and_refusals),      cmocka_unit_test(test_promoted_again),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
