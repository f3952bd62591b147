/* Items in: what is added, the same, refused; gold, labels, prompts that are shared, the queue, undoing
 * everything. */
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

#include <cmocka.h>

#include "store/internal.h"
#include "store/settings.h"
#include "tests/unit/store/helper_store.h"

#include "core/base/banned.h"

static struct import *begin(struct test_store *test, bool dry_run) {
    struct import *import = NULL;
    struct import_source source = {slice_of("items.jsonl"), slice_of("native")};
    must(test, import_begin(test->store, &test->lead, &test->campaign, &source, dry_run, &import, &test->error));
    return import;
}

static struct import_counts end(struct test_store *test, struct import *import) {
    struct import_counts counts;
    must(test, import_end(import, slice_of("ab12"), 99, &counts, &test->error));
    return counts;
}

static void test_twice(void **state) {
    (void)state;
    struct test_store test;
    test_store_init(&test);
    test_import(&test, "helpfulness", 0, 20, 5);
    int64_t events = test_query(&test, "select count(*) from event");
    assert_int_equal(test_query(&test, "select count(*) from item"), 20);
    assert_int_equal(test_query(&test, "select count(*) from response"), 40);
    assert_int_equal(test_query(&test, "select count(*) from prompt"), 20);
    assert_int_equal(test_query(&test, "select count(*) from gold"), 4);
    assert_int_equal(test_query(&test, "select count(*) from queue where need = 1 and lane = 9 and rank = item"), 16);
    assert_int_equal(test_query(&test, "select count(*) from queue where item in (select item from gold)"), 0);
    assert_int_equal(
        test_query(&test,
                   "select count(*) from item where category is not null and language = 1 and lengths like '__ %'"),
        20);

    struct import *import = begin(&test, false);
    struct pool pool = POOL_INIT;
    for (int i = 0; i < 21; i++) {
        struct item item = test_item(&pool, "helpfulness", i);
        enum import_fate fate;
        must(&test, import_put(import, &item, &fate, &test.error));
        assert_int_equal(fate, i < 20 ? IMPORT_SAME : IMPORT_ADDED);
    }
    struct import_counts counts = end(&test, import);
    assert_int_equal(counts.lines, 21);
    assert_int_equal(counts.same, 20);
    assert_int_equal(counts.added, 1);
    assert_int_equal(counts.categories, 2);
    assert_int_equal(test_query(&test, "select count(*) from queue"), 17);
    assert_int_equal(test_query(&test, "select count(*) from event"), events + 1);
    assert_int_equal(test_query(&test, "select count(*) from source where bytes = 99 and lines = 21 and hash = 'ab12'"),
                     1);

    import = begin(&test, false); /* nothing new: no event */
    struct item item = test_item(&pool, "helpfulness", 3);
    enum import_fate fate;
    must(&test, import_put(import, &item, &fate, &test.error));
    end(&test, import);
    assert_int_equal(test_query(&test, "select count(*) from event"), events + 1);
    pool_release(&pool);
    test_store_release(&test);
}

static void expect_differs(struct test_store *test, struct import *import, const struct item *item, const char *part) {
    enum import_fate fate;
    assert_int_equal(import_put(import, item, &fate, &test->error), STATUS_INPUT);
    if (!strstr(test->error.text, "differs") || !strstr(test->error.text, part))
        fail_msg("%s: %s", part, test->error.text);
}

static void test_other_content_is_refused(void **state) {
    (void)state;
    static const struct gold_key key = {.answers = {{.prefer = 1}}, .answer_count = 1, .difficulty = DIFFICULTY_EASY};
    struct test_store test;
    struct pool pool = POOL_INIT;
    test_store_init(&test);
    test_import(&test, "helpfulness", 0, 4, 2); /* items 1 and 3 are gold with key a */
    struct import *import = begin(&test, false);
    struct item item = test_item(&pool, "helpfulness", 0), other = test_item(&pool, "helpfulness", 7);
    item.prompt = other.prompt;
    expect_differs(&test, import, &item, "prompt");
    item = test_item(&pool, "helpfulness", 0);
    item.responses[1].messages = other.responses[1].messages;
    expect_differs(&test, import, &item, "responses");
    item = test_item(&pool, "helpfulness", 0);
    item.responses[0].model = slice_of("another");
    expect_differs(&test, import, &item, "responses");
    item = test_item(&pool, "helpfulness", 0);
    item.responses[2] = other.responses[0];
    item.response_count = 3;
    expect_differs(&test, import, &item, "responses");
    item = test_item(&pool, "helpfulness", 0);
    item.category = slice_of("law");
    expect_differs(&test, import, &item, "category");
    item.category = SLICE_ABSENT;
    expect_differs(&test, import, &item, "category");
    item = test_item(&pool, "helpfulness", 0);
    item.language = slice_of("de");
    expect_differs(&test, import, &item, "language");
    item = test_item(&pool, "helpfulness", 0);
    item.has_priority = true;
    expect_differs(&test, import, &item, "priority");
    item = test_item(&pool, "helpfulness", 0);
    item.extra = slice_of("{}");
    expect_differs(&test, import, &item, "meta");
    item = test_item(&pool, "helpfulness", 0);
    item.gold = &key;
    expect_differs(&test, import, &item, "gold");
    item = test_item(&pool, "helpfulness", 1);
    item.gold = &key;
    expect_differs(&test, import, &item, "gold");
    enum import_fate fate;
    item = test_item(&pool, "helpfulness", 8); /* it is still usable */
    must(&test, import_put(import, &item, &fate, &test.error));
    struct import_counts counts = end(&test, import);
    assert_int_equal(counts.added, 1);
    assert_int_equal(counts.same, 0);
    assert_int_equal(test_query(&test, "select count(*) from item"), 5);
    assert_int_equal(test_query(&test, "select count(*) from prompt"), 5);
    assert_int_equal(test_query(&test, "select count(*) from response"), 10);
    item.track = slice_of("nowhere");
    import = begin(&test, false);
    assert_int_equal(import_put(import, &item, &fate, &test.error), STATUS_INPUT);
    assert_non_null(strstr(test.error.text, "no track 'nowhere'"));
    import_abort(import);
    pool_release(&pool);
    test_store_release(&test);
}

static void test_abort_and_dry_run_leave_nothing(void **state) {
    (void)state;
    struct test_store test;
    struct pool pool = POOL_INIT;
    test_store_init(&test);
    int64_t events = test_query(&test, "select count(*) from event");
    for (int dry = 0; dry < 2; dry++) {
        struct import *import = begin(&test, dry);
        for (int i = 0; i < 5; i++) {
            enum import_fate fate;
            struct item item = test_item(&pool, "helpfulness", i);
            item.label = (struct label){true, 0, 2};
            must(&test, import_put(import, &item, &fate, &test.error));
        }
        if (dry)
            assert_int_equal(end(&test, import).added, 5);
        else
            import_abort(import);
        assert_int_equal(
            test_query(
                &test,
                "select (select count(*) from item) + (select count(*) from prompt) + (select count(*) from person)"
                " + (select count(*) from category) + (select count(*) from queue) + (select count(*) from source)"),
            0);
    }
    assert_int_equal(test_query(&test, "select count(*) from event"), events);
    int64_t keys = 0;
    must(&test, statement_query(test.store, "pragma foreign_keys", &keys, &test.error));
    assert_int_equal(keys, 1);
    pool_release(&pool);
    test_store_release(&test);
}

static void test_labels(void **state) {
    (void)state;
    struct test_store test;
    struct pool pool = POOL_INIT;
    test_store_init(&test);
    for (int round = 0; round < 2; round++) { /* the second time says nothing new */
        struct import *import = begin(&test, false);
        for (int i = 0; i < 3; i++) {
            enum import_fate fate;
            struct item item = test_item(&pool, "helpfulness", i);
            item.label = (struct label){i < 2, i ? CHOICE_TIE : 1, i ? 0 : 3};
            must(&test, import_put(import, &item, &fate, &test.error));
        }
        assert_int_equal(end(&test, import).labels, round ? 0 : 2);
    }
    assert_int_equal(test_query(&test, "select count(*) from judgment"), 2);
    assert_int_equal(test_query(&test, "select count(*) from person where name = 'items.jsonl' and role = 3"), 1);
    assert_int_equal(test_query(&test, "select count(*) from judgment where item = 1 and prefer = 1 and strength = 3 "
                                       "and kind = 0 and serving is null"),
                     1);
    assert_int_equal(test_query(&test, "select need from queue where item = 1"),
                     1); /* a label is not a judgment that was wanted */
    pool_release(&pool);
    test_store_release(&test);
}

static void test_sharing(void **state) {
    (void)state;
    struct test_store test;
    struct pool pool = POOL_INIT;
    test_store_init(&test);
    test_import(&test, "helpfulness", 0, 10, 0);
    test_import(&test, "safety", 0, 10, 0); /* the same items in another track: texts are not stored twice */
    assert_int_equal(test_query(&test, "select count(*) from item"), 20);
    assert_int_equal(test_query(&test, "select count(*) from response"), 20);
    assert_int_equal(test_query(&test, "select count(*) from prompt"), 10);
    assert_int_equal(test_query(&test, "select count(*) from item where content = id - 10"), 10);
    assert_int_equal(
        test_query(&test,
                   "select count(*) from queue q join track t on t.id = q.track where t.name = 'safety' and need = 2"),
        10);
    struct item read;
    must(&test, item_read(test.store, 13, &pool, &read, &test.error));
    struct item wanted = test_item(&pool, "safety", 2);
    assert_true(slice_equal(read.name, wanted.name) && slice_equal(read.track, wanted.track) &&
                slice_equal(read.category, wanted.category));
    assert_int_equal(read.response_count, 2);
    assert_true(
        slice_equal(read.responses[1].messages.items[0].content, wanted.responses[1].messages.items[0].content));
    /* prompts of several items */
    struct import *import = begin(&test, false);
    enum import_fate fate;
    struct item a = test_item(&pool, "helpfulness", 100), b = test_item(&pool, "helpfulness", 101),
                c = test_item(&pool, "helpfulness", 102);
    c.prompt = a.prompt;
    must(&test, import_put(import, &a, &fate, &test.error));
    must(&test, import_put(import, &b, &fate, &test.error));
    must(&test, import_put(import, &c, &fate, &test.error));
    end(&test, import);
    assert_int_equal(test_query(&test, "select count(*) from prompt"), 12);
    assert_int_equal(
        test_query(&test, "select count(distinct prompt) from item where name in ('item-100', 'item-102')"), 1);
    pool_release(&pool);
    test_store_release(&test);
}

/* Bytes that nobody expects come back as they were. */
static void test_texts_are_exact(void **state) {
    (void)state;
    static const char odd[] = "a\0b\xff\xc3\x28\r\n\x1b[31m";
    struct test_store test;
    struct pool pool = POOL_INIT;
    test_store_init(&test);
    struct item item = test_item(&pool, "helpfulness", 0), read;
    struct message turns[3] = {
        {ROLE_SYSTEM, slice_of("be kind")}, {ROLE_USER, slice_make(odd, sizeof odd - 1)}, {ROLE_USER, slice_of("")}};
    item.prompt = (struct messages){turns, 3};
    item.responses[0].messages.items[0].content = slice_make(odd, sizeof odd - 1);
    item.responses[1].messages.items[0].content = slice_of("");
    item.extra = slice_of("{\"n\": 9007199254740993, \"x\": 1e400}");
    item.has_priority = true;
    item.priority = 0.1;
    struct import *import = begin(&test, false);
    enum import_fate fate;
    must(&test, import_put(import, &item, &fate, &test.error));
    must(&test, import_put(import, &item, &fate, &test.error));
    assert_int_equal(fate, IMPORT_SAME);
    end(&test, import);
    must(&test, item_read(test.store, 1, &pool, &read, &test.error));
    assert_int_equal(read.prompt.count, 3);
    assert_int_equal(read.prompt.items[0].role, ROLE_SYSTEM);
    assert_true(slice_equal(read.prompt.items[1].content, item.prompt.items[1].content));
    assert_true(slice_equal(read.responses[0].messages.items[0].content, item.responses[0].messages.items[0].content));
    assert_int_equal(read.responses[1].messages.items[0].content.length, 0);
    assert_true(read.has_priority && read.priority >= 0.1 && read.priority <= 0.1);
    struct slice extra;
    must(&test, item_read_extra(test.store, 1, &pool, &extra, &test.error));
    assert_true(slice_equal(extra, item.extra));
    pool_release(&pool);
    test_store_release(&test);
}

static void test_many_responses_are_queued(void **state) {
    (void)state;
    struct test_store test;
    struct pool pool = POOL_INIT;
    test_store_init(&test);
    struct item item = test_item(&pool, "helpfulness", 0);
    char names[LIMIT_RESPONSES][16];
    for (int i = 0; i < LIMIT_RESPONSES; i++) {
        snprintf(names[i], sizeof names[i], "r%d", i);
        item.responses[i] = item.responses[i % 2];
        item.responses[i].name = slice_of(names[i]);
    }
    item.response_count = LIMIT_RESPONSES;
    struct import *import = begin(&test, false);
    enum import_fate fate;
    must(&test, import_put(import, &item, &fate, &test.error));
    end(&test, import);
    assert_int_equal(test_query(&test, "select count(*) from response"), LIMIT_RESPONSES);
    assert_int_equal(test_query(&test, "select count(*) from queue"), 1);
    struct item read;
    must(&test, item_read(test.store, 1, &pool, &read, &test.error));
    assert_int_equal(read.response_count, LIMIT_RESPONSES);
    pool_release(&pool);
    test_store_release(&test);
}

static void test_orders(void **state) {
    (void)state;
    struct test_store test;
    struct pool pool = POOL_INIT;
    test_store_init(&test);
    test.campaign.tracks[0].order = ORDER_PRIORITY;
    struct import *import = begin(&test, false);
    for (int i = 0; i < 6; i++) {
        enum import_fate fate;
        struct item item = test_item(&pool, "helpfulness", i);
        item.has_priority = i != 3; /* none is 0 */
        item.priority = (i - 3) * 0.5;
        must(&test, import_put(import, &item, &fate, &test.error));
    }
    end(&test, import);
    assert_int_equal(
        test_query(&test,
                   "select group_concat(item, '') from (select item from queue order by track, lane, rank, item)"),
        654321);
    test.campaign.tracks[0].order = ORDER_INPUT; /* the settings bring the rule of the queue with them */
    test.campaign.tracks[0].overlap = 3;
    must(&test, settings_replace(test.store, &test.lead, 1, slice_of("changed"), &test.campaign, NULL, 0, &test.error));
    assert_int_equal(
        test_query(&test,
                   "select group_concat(item, '') from (select item from queue order by track, lane, rank, item)"),
        123456);
    assert_int_equal(test_query(&test, "select sum(need) from queue"), 18);
    test.campaign.tracks[0].order = ORDER_RANDOM;
    must(&test, settings_replace(test.store, &test.lead, 2, slice_of("again"), &test.campaign, NULL, 0, &test.error));
    assert_int_equal(test_query(&test, "select count(*) from queue"), 6);
    assert_int_not_equal(
        test_query(&test,
                   "select group_concat(item, '') from (select item from queue order by track, lane, rank, item)"),
        123456);
    pool_release(&pool);
    test_store_release(&test);
}

static void test_is_for_leads(void **state) {
    (void)state;
    struct test_store test;
    struct import *import;
    struct import_source source = {slice_of("x"), slice_of("native")};
    struct viewer ana = {.role = VIEWER_ANNOTATOR, .person = 1, .name = "ana"};
    test_store_init(&test);
    assert_int_equal(import_begin(test.store, &ana, &test.campaign, &source, false, &import, &test.error),
                     STATUS_USAGE);
    assert_non_null(strstr(test.error.text, "for leads"));
    test_import(&test, "helpfulness", 0, 1, 0); /* nothing was left open */
    test_store_release(&test);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_twice),
        cmocka_unit_test(test_other_content_is_refused),
        cmocka_unit_test(test_abort_and_dry_run_leave_nothing),
        cmocka_unit_test(test_labels),
        cmocka_unit_test(test_sharing),
        cmocka_unit_test(test_texts_are_exact),
        cmocka_unit_test(test_many_responses_are_queued),
        cmocka_unit_test(test_orders),
        cmocka_unit_test(test_is_for_leads),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
