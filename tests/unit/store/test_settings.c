/* Settings and rubrics: versions, compare-and-set, acknowledgement, and copies of the whole. */
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

#include <cmocka.h>
#include <sys/stat.h>
#include <unistd.h>

#include "store/check.h"
#include "store/internal.h"
#include "store/settings.h"
#include "tests/unit/store/helper_store.h"

#include "core/base/banned.h"

static void test_versions(void **state) {
    (void)state;
    struct test_store test;
    struct pool pool = POOL_INIT;
    struct settings_version newest, *all;
    size_t count;
    test_store_init(&test);
    must(&test, settings_newest(test.store, &pool, &newest, &test.error));
    assert_int_equal(newest.id, 1);
    assert_true(slice_is(newest.yaml, test_settings_yaml));
    assert_int_equal(newest.hash.length, 64);
    static const char odd[] = "a: \0\xff";
    must(&test, settings_replace(test.store, &test.lead, 1, slice_make(odd, sizeof odd - 1), &test.campaign, NULL, 0,
                                 &test.error));
    assert_int_equal(
        settings_replace(test.store, &test.lead, 1, slice_of("late"), &test.campaign, NULL, 0, &test.error),
        STATUS_USAGE);
    assert_non_null(strstr(test.error.text, "changed meanwhile"));
    must(&test, settings_history(test.store, &pool, &all, &count, &test.error));
    assert_int_equal(count, 2);
    assert_true(slice_equal(all[1].yaml, slice_make(odd, sizeof odd - 1)));
    struct viewer ana = {.role = VIEWER_ANNOTATOR, .name = "ana"};
    assert_int_equal(settings_replace(test.store, &ana, 2, slice_of("x"), &test.campaign, NULL, 0, &test.error),
                     STATUS_USAGE);
    pool_release(&pool);
    test_store_release(&test);
}

static void test_tracks_with_items_stay(void **state) {
    (void)state;
    struct test_store test;
    test_store_init(&test);
    test.campaign.track_count = 1; /* safety has no items yet */
    must(&test, settings_replace(test.store, &test.lead, 1, slice_of("one"), &test.campaign, NULL, 0, &test.error));
    test.campaign.track_count = 2;
    must(&test, settings_replace(test.store, &test.lead, 2, slice_of("two"), &test.campaign, NULL, 0, &test.error));
    test_import(&test, "safety", 0, 1, 0);
    test.campaign.track_count = 1;
    int64_t before = test_query(&test, "select count(*) from event");
    assert_int_equal(
        settings_replace(test.store, &test.lead, 3, slice_of("three"), &test.campaign, NULL, 0, &test.error),
        STATUS_INPUT);
    assert_non_null(strstr(test.error.text, "'safety' has items"));
    assert_int_equal(test_query(&test, "select count(*) from settings"), 3);
    assert_int_equal(test_query(&test, "select count(*) from event"), before);
    test.campaign.track_count = 2;
    test.campaign.tracks[0].name = "tone"; /* a new track needs a rubric */
    assert_int_equal(
        settings_replace(test.store, &test.lead, 3, slice_of("four"), &test.campaign, NULL, 0, &test.error),
        STATUS_INPUT);
    assert_non_null(strstr(test.error.text, "no rubric"));
    test_store_release(&test);
}

static int replace(struct test_store *test, struct slice yaml, enum rubric_change change) {
    struct rubric_effect effect;
    return rubric_replace(test->store, &test->lead, &test->rubric, yaml, &(struct rubric_step){.change = change},
                          &effect, &test->error);
}

static void test_rubrics(void **state) {
    (void)state;
    struct test_store test;
    struct pool pool = POOL_INIT;
    struct rubric_version version, *all;
    size_t count;
    int64_t acknowledged;
    test_store_init(&test);
    must(&test, rubric_newest(test.store, "safety", &pool, &version, &test.error));
    assert_true(slice_is(version.name, "plain") && slice_is(version.yaml, test_rubric_yaml));
    assert_int_equal(version.change, RUBRIC_FIRST);
    must(&test, rubric_history(test.store, &pool, &all, &count, &test.error));
    assert_int_equal(count, 1); /* the same text for two tracks is stored once */
    assert_int_equal(replace(&test, slice_of("other text"), RUBRIC_SEMANTIC), STATUS_INPUT);
    assert_non_null(strstr(test.error.text, "version from 2 on"));
    test.rubric.version = 2;
    must(&test, replace(&test, slice_of("other text"), RUBRIC_EDITORIAL));
    must(&test, rubric_newest(test.store, "helpfulness", &pool, &version, &test.error));
    assert_int_equal(version.version, 2);
    assert_int_equal(version.change, RUBRIC_EDITORIAL);
    struct rubric_version by_id;
    must(&test, rubric_by_id(test.store, version.id, &pool, &by_id, &test.error));
    assert_true(slice_is(by_id.yaml, "other text"));
    assert_int_equal(rubric_by_id(test.store, 99, &pool, &by_id, &test.error), STATUS_USAGE);
    assert_int_equal(rubric_newest(test.store, "none", &pool, &by_id, &test.error), STATUS_USAGE);
    /* back to the first text and to the other one again: nothing is stored anew, and the log says so */
    int64_t texts = test_query(&test, "select count(*) from rubric");
    for (int i = 0; i < 2; i++) /* the second time it is in force already */
        must(&test, replace(&test, slice_of(test_rubric_yaml), RUBRIC_EDITORIAL));
    assert_int_equal(test_query(&test, "select count(*) from event where verb = 'rubric-again'"), 1);
    assert_int_equal(test_query(&test, "select rubric from track where name = 'safety'"), 1);
    must(&test, replace(&test, slice_of("other text"), RUBRIC_EDITORIAL));
    assert_int_equal(test_query(&test, "select count(*) from event where verb = 'rubric-again'"), 2);
    assert_int_equal(test_query(&test, "select count(*) from rubric"), texts);
    test.rubric.name = "unknown";
    assert_int_equal(replace(&test, slice_of("x"), RUBRIC_SEMANTIC), STATUS_INPUT);
    test.rubric.name = "plain";

    test_execute(&test, "insert into person (id, uid, name, role, at) values (1, 'p1', 'ana', 0, 1)");
    struct viewer ana = {.role = VIEWER_ANNOTATOR, .person = 1, .name = "ana"};
    must(&test, rubric_acknowledged(test.store, 1, "safety", &acknowledged, &test.error));
    assert_int_equal(acknowledged, 0);
    must(&test, rubric_acknowledge(test.store, &ana, 1, &test.error));
    test.fixed.now += 1000;
    must(&test, rubric_acknowledge(test.store, &ana, version.id, &test.error));
    must(&test, rubric_acknowledged(test.store, 1, "safety", &acknowledged, &test.error));
    assert_int_equal(acknowledged, version.id);
    assert_true(rubric_acknowledge(test.store, &ana, 77, &test.error) < 0);
    assert_int_equal(test_query(&test, "select count(*) from event where verb = 'acknowledge'"), 2);
    pool_release(&pool);
    test_store_release(&test);
}

static void no_finding(void *context, const char *part, const char *finding) {
    (void)context;
    fail_msg("%s: %s", part, finding);
}

static void test_backup(void **state) {
    (void)state;
    struct test_store test;
    struct store *copy;
    struct stat about;
    char path[200];
    test_store_init(&test);
    test_import(&test, "helpfulness", 0, 50, 7);
    snprintf(path, sizeof path, "%s/copy.assay", test.folder);
    must(&test, store_backup(test.store, path, &test.error));
    assert_int_equal(store_backup(test.store, path, &test.error), STATUS_SYSTEM);
    assert_non_null(strstr(test.error.text, "exists already"));
    assert_int_equal(stat(path, &about), 0);
    assert_int_equal(about.st_mode & 0777, 0600);
    test_import(&test, "helpfulness", 50, 5, 0); /* writers go on; the copy stays as it was */
    must(&test, store_open(&copy, path, STORE_PLAIN, &test.fixed.world, &test.error));
    must(&test, store_check(copy, no_finding, NULL, &test.error));
    int64_t items = 0;
    must(&test, statement_query(copy, "select count(*) from item", &items, &test.error));
    assert_int_equal(items, 50);
    assert_string_equal(store_ref(copy, 7).text, store_ref(test.store, 7).text);
    store_close(copy);
    snprintf(path, sizeof path, "%s/none/copy.assay", test.folder);
    assert_int_equal(store_backup(test.store, path, &test.error), STATUS_SYSTEM);
    test_store_release(&test);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_versions),
        cmocka_unit_test(test_tracks_with_items_stay),
        cmocka_unit_test(test_rubrics),
        cmocka_unit_test(test_backup),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
