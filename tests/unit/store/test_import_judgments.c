/* Judgments made elsewhere: what they become, which are the same, who their people are, and what the
 * queue and the detector make of them. */
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

#include <cmocka.h>

#include "store/check.h"
#include "store/import_judgments.h"
#include "store/load.h"
#include "store/people.h"
#include "tests/unit/store/helper_work.h"

#include "core/base/banned.h"

static const int64_t noon = INT64_C(1790000000000);

static struct judgments *begin(struct test_store *test, bool dry_run) {
    struct judgments *judgments = NULL;
    struct import_source source = {slice_of("judgments.jsonl"), slice_of("jsonl")};
    must(test, judgments_begin(test->store, &test->lead, &test->campaign, &source, dry_run, &judgments, &test->error));
    return judgments;
}

static struct judgment_counts end(struct test_store *test, struct judgments *judgments) {
    struct judgment_counts counts;
    must(test, judgments_end(judgments, slice_of("ab12"), 99, 1, &counts, &test->error));
    return counts;
}

struct line {
    const char *annotator, *uid;
    int item, prefer;
    int64_t at; /* 0: the line says none */
    enum person_role role;
    bool has_role;
};

static int put(struct test_store *test, struct judgments *judgments, const struct line *line, enum import_fate *fate) {
    static uint64_t number;
    struct pool pool = POOL_INIT;
    struct judged_item item;
    struct judgment judgment = work_judgment(line->prefer, line->prefer >= 0 ? 2 : 0);
    char name[32];
    snprintf(name, sizeof name, "item-%d", line->item);
    int status = judgments_find_item(judgments, slice_of(name), SLICE_ABSENT, &pool, &item, &test->error);
    if (status >= 0)
        status = judgments_put(judgments,
                               &(struct given_judgment){.item = &item,
                                                        .annotator = slice_of(line->annotator),
                                                        .has_role = line->has_role,
                                                        .role = line->role,
                                                        .uid = slice_of(line->uid),
                                                        .has_at = line->at != 0,
                                                        .at = line->at,
                                                        .rubric = 1,
                                                        .judgment = &judgment,
                                                        .shown = "ba",
                                                        .active_ms = 1500,
                                                        .line = ++number},
                               fate, &test->error);
    pool_release(&pool);
    return status;
}

static enum import_fate must_put(struct test_store *test, struct judgments *judgments, struct line line) {
    enum import_fate fate;
    must(test, put(test, judgments, &line, &fate));
    return fate;
}

static void found(void *context, const char *part, const char *finding) {
    print_error("%s: %s\n", part, finding);
    ++*(int *)context;
}

static void must_be_whole(struct test_store *test) {
    int findings = 0;
    must(test, store_check(test->store, found, &findings, &test->error));
    assert_int_equal(findings, 0);
}

/* Gold by the item's key, a second judgment a retest, in order of time and not of the file. */
static void test_kinds(void **state) {
    (void)state;
    struct test_store test;
    test_store_init(&test);
    test_import(&test, "helpfulness", 0, 10, 5); /* 4 and 9 are gold */
    struct judgments *judgments = begin(&test, false);
    must_put(&test, judgments, (struct line){.annotator = "ana", .item = 1, .prefer = 1, .at = noon + 5000});
    must_put(&test, judgments, (struct line){.annotator = "ana", .item = 4, .prefer = 0, .at = noon + 1000});
    must_put(&test, judgments, (struct line){.annotator = "ana", .item = 1, .prefer = 0, .at = noon + 2000});
    must_put(&test, judgments, (struct line){.annotator = "dov", .item = 1, .prefer = CHOICE_TIE, .at = noon + 3000});
    must_put(&test, judgments,
             (struct line){
                 .annotator = "judge", .item = 1, .prefer = 0, .at = noon, .has_role = true, .role = PERSON_MODEL});
    struct judgment_counts counts = end(&test, judgments);
    assert_int_equal(counts.added, 5);
    assert_int_equal(counts.gold, 1);
    assert_int_equal(counts.retests, 1);
    assert_int_equal(counts.outside, 1);
    assert_int_equal(counts.people, 3);
    assert_int_equal(
        test_query(&test, "select count(*) from judgment a join judgment b on a.id < b.id and a.at > b.at"), 0);
    assert_int_equal(test_query(&test, "select prefer from judgment where kind = 2"), 1);
    assert_int_equal(test_query(&test, "select count(*) from judgment j join gold g on g.item = j.item where kind = 1"),
                     1);
    assert_int_equal(
        test_query(&test, "select count(*) from judgment where serving is null and ms = 1500 and shown = 'ba'"), 5);

    struct history history;
    must(&test, load_history(test.store, &(struct load_scope){0}, &history, &test.error));
    assert_int_equal(history.row_count, 5);
    for (size_t i = 0; i < history.row_count; i++)
        assert_int_equal(history.rows[i].first >= 0, history.rows[i].kind == KIND_RETEST);
    history_release(&history);
    must_be_whole(&test);
    test_store_release(&test);
}

/* They are among the people, but the store stays solo, nobody is refused, and adding one of them makes
 * it theirs. */
static void test_solo_use_goes_on(void **state) {
    (void)state;
    struct test_store test;
    struct viewer viewer;
    test_store_init(&test);
    test_import(&test, "helpfulness", 0, 4, 0);
    struct judgments *judgments = begin(&test, false);
    must_put(&test, judgments, (struct line){.annotator = "ana", .item = 1, .prefer = 1});
    must_put(&test, judgments,
             (struct line){.annotator = "boss", .item = 1, .prefer = 1, .has_role = true, .role = PERSON_LEAD});
    end(&test, judgments);
    must(&test, viewer_find(test.store, "lea", &viewer, &test.error));
    assert_int_equal(viewer.role, VIEWER_SOLO);
    must(&test, viewer_find(test.store, "ana", &viewer, &test.error));
    assert_int_equal(viewer.role, VIEWER_SOLO);

    struct viewer names[1];
    work_people(&test, (const char *const[]){"kim"}, 1, names); /* and lea as lead */
    assert_int_equal(viewer_find(test.store, "ana", &viewer, &test.error), STATUS_USAGE);
    assert_int_equal(viewer_find(test.store, "boss", &viewer, &test.error), STATUS_USAGE);
    must(&test, person_add(test.store, &test.lead, &(struct person){.name = slice_of("ana"), .role = PERSON_ANNOTATOR},
                           true, &test.error));
    must(&test, viewer_find(test.store, "ana", &viewer, &test.error));
    assert_int_equal(viewer.role, VIEWER_ANNOTATOR);
    assert_int_equal(
        test_query(
            &test,
            "select count(*) from judgment j join person p on p.id = j.person where p.name = 'ana' and p.solo = 0"),
        1);
    test_store_release(&test);
}

static void test_the_same(void **state) {
    (void)state;
    struct test_store test;
    test_store_init(&test);
    test_import(&test, "helpfulness", 0, 4, 0);
    const struct line timed = {.annotator = "ana", .item = 1, .prefer = 1, .at = noon},
                      named = {.annotator = "ana", .item = 2, .prefer = 1, .uid = "judgment-7"},
                      bare = {.annotator = "ana", .item = 3, .prefer = 1};
    for (int round = 0; round < 2; round++) {
        struct judgments *judgments = begin(&test, false);
        enum import_fate first = round ? IMPORT_SAME : IMPORT_ADDED;
        assert_int_equal(must_put(&test, judgments, timed), first);
        assert_int_equal(must_put(&test, judgments, timed), IMPORT_SAME);
        assert_int_equal(must_put(&test, judgments, named), first);
        assert_int_equal(must_put(&test, judgments, named), IMPORT_SAME);
        /* without a time the same line twice is the same answer twice */
        assert_int_equal(must_put(&test, judgments, bare), first);
        assert_int_equal(must_put(&test, judgments, bare), first);
        struct judgment_counts counts = end(&test, judgments);
        assert_int_equal(counts.added, round ? 0 : 4);
        assert_int_equal(counts.same, round ? 6 : 2);
        test.fixed.now += 1000000;
    }
    assert_int_equal(test_query(&test, "select count(*) from judgment"), 4);
    assert_int_equal(test_query(&test, "select count(*) from judgment where kind = 2"), 1);
    assert_int_equal(test_query(&test, "select count(*) from judgment where uid = 'judgment-7'"), 1);

    struct line other = named;
    enum import_fate fate;
    other.prefer = 0;
    struct judgments *judgments = begin(&test, false);
    assert_int_equal(put(&test, judgments, &other, &fate), STATUS_INPUT);
    assert_non_null(strstr(test.error.text,
                           "uid: the judgment 'judgment-7' is there already and differs from this line in its prefer"));
    other = named;
    other.annotator = "dov";
    assert_int_equal(put(&test, judgments, &other, &fate), STATUS_INPUT);
    assert_non_null(strstr(test.error.text, "in its annotator"));
    other.uid = "judgment-8";
    must_put(&test, judgments, other);
    other.prefer = CHOICE_NONE;
    assert_int_equal(put(&test, judgments, &other, &fate), STATUS_INPUT);
    judgments_abort(judgments);
    assert_int_equal(test_query(&test, "select count(*) from judgment"), 4);
    assert_int_equal(test_query(&test, "select count(*) from person where name = 'dov'"), 0);
    test_store_release(&test);
}

static void test_refused(void **state) {
    (void)state;
    struct test_store test;
    enum import_fate fate;
    test_store_init(&test);
    test_import(&test, "helpfulness", 0, 4, 0);
    test_import(&test, "safety", 0, 2, 0);
    int64_t events = test_query(&test, "select count(*) from event");
    struct judgments *judgments = begin(&test, false);
    assert_int_equal(put(&test, judgments, &(struct line){.annotator = "ana", .item = 9}, &fate), STATUS_INPUT);
    assert_non_null(strstr(test.error.text, "item: there is no item 'item-9'"));
    assert_int_equal(put(&test, judgments, &(struct line){.annotator = "ana", .item = 1}, &fate), STATUS_INPUT);
    assert_non_null(strstr(test.error.text, "stands on 2 tracks"));
    must_put(&test, judgments, (struct line){.annotator = "ana", .item = 2});
    struct line model = {.annotator = "ana", .item = 3, .has_role = true, .role = PERSON_MODEL};
    assert_int_equal(put(&test, judgments, &model, &fate), STATUS_INPUT);
    assert_non_null(
        strstr(test.error.text, "annotator: 'ana' is here the name of role 'annotator', and this line means 'model'"));
    judgments_abort(judgments);
    judgments = begin(&test, true); /* a dry run counts and keeps nothing */
    must_put(&test, judgments, (struct line){.annotator = "ana", .item = 2});
    assert_int_equal(end(&test, judgments).added, 1);
    assert_int_equal(test_query(&test, "select count(*) from judgment"), 0);
    assert_int_equal(test_query(&test, "select count(*) from person"), 0);
    assert_int_equal(test_query(&test, "select count(*) from event"), events);
    struct viewer annotator = {.role = VIEWER_ANNOTATOR, .name = "kim"};
    struct import_source source = {slice_of("j"), slice_of("jsonl")};
    assert_int_equal(judgments_begin(test.store, &annotator, &test.campaign, &source, false, &judgments, &test.error),
                     STATUS_USAGE);
    test_store_release(&test);
}

/* Two are wanted on safety: what people brought counts, what a model brought does not. */
static void test_queue(void **state) {
    (void)state;
    struct test_store test;
    test_store_init(&test);
    test_import(&test, "safety", 0, 5, 0);
    struct judgments *judgments = begin(&test, false);
    must_put(&test, judgments, (struct line){.annotator = "ana", .item = 0, .prefer = 1});
    must_put(&test, judgments, (struct line){.annotator = "dov", .item = 0, .prefer = 1});
    must_put(&test, judgments, (struct line){.annotator = "ana", .item = 1, .prefer = 1});
    must_put(&test, judgments,
             (struct line){.annotator = "judge", .item = 2, .prefer = 1, .has_role = true, .role = PERSON_MODEL});
    end(&test, judgments);
    assert_int_equal(test_query(&test, "select count(*) from queue"), 4);
    assert_int_equal(test_query(&test, "select need from queue q join item i on i.id = q.item where i.name = 'item-1'"),
                     1);
    assert_int_equal(test_query(&test, "select need from queue q join item i on i.id = q.item where i.name = 'item-2'"),
                     2);
    struct item_counts counts;
    must(&test, load_item_counts(test.store, "safety", &counts, &test.error));
    assert_int_equal(counts.judged, 1);
    must_be_whole(&test);
    test_store_release(&test);
}

/* Sixty right ones, then wrong ones: an alarm, and a hold that ends with the judgment that raised it;
 * released, it stays released. */
static void test_holds(void **state) {
    (void)state;
    struct test_store test;
    test_store_init(&test);
    test_import(&test, "helpfulness", 0, 100, 1); /* all gold, a is right */
    test_import(&test, "helpfulness", 100, 20, 0);
    struct judgments *judgments = begin(&test, false);
    for (int i = 0; i < 60; i++)
        must_put(&test, judgments, (struct line){.annotator = "ana", .item = i, .prefer = i >= 40, .at = noon + i});
    must_put(&test, judgments, (struct line){.annotator = "ana", .item = 100, .prefer = 0, .at = noon + 42});
    end(&test, judgments);
    assert_true(test_query(&test, "select count(*) from hold") > 0);
    /* +3 and -1 against 15: the fifth wrong one in a row, that of item 44 */
    assert_int_equal(
        test_query(&test, "select j.at from hold h join judgment j on j.id = h.until order by h.id limit 1"),
        noon + 44);
    assert_int_equal(
        test_query(&test, "select j.at from hold h join judgment j on j.id = h.since order by h.id limit 1"),
        noon + 40);
    struct history history;
    must(&test, load_history(test.store, &(struct load_scope){0}, &history, &test.error));
    size_t held = 0;
    for (size_t i = 0; i < history.row_count; i++)
        held += history.rows[i].held && history.rows[i].kind == KIND_PRODUCTION;
    assert_int_equal(held, 1);
    history_release(&history);
    int64_t holds = test_query(&test, "select count(*) from hold");
    judgments = begin(&test, false);
    must_put(&test, judgments, (struct line){.annotator = "ana", .item = 99, .prefer = 0, .at = noon + 99});
    end(&test, judgments);
    assert_int_equal(test_query(&test, "select count(*) from hold"), holds);
    assert_int_equal(test_query(&test, "select count(*) from hold_decision"), 0);
    must_be_whole(&test);
    test_store_release(&test);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_kinds),    cmocka_unit_test(test_solo_use_goes_on),
        cmocka_unit_test(test_the_same), cmocka_unit_test(test_refused),
        cmocka_unit_test(test_queue),    cmocka_unit_test(test_holds),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
