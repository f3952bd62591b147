/* A file into the store: all or nothing, rejects, labels, tracks. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <stdio.h>

#include "core/base/array.h"
#include "tests/unit/exchange/helper_campaign.h"

#include "core/base/banned.h"

static int64_t items_in_store(struct campaign_store *test, const char *track) {
    struct item_counts counts;
    campaign_store_must(test, load_item_counts(test->store, track, &counts, &test->error));
    return counts.total;
}

static void test_twice(void **state) {
    (void)state;
    static const char file[] = "{\"id\":\"one\",\"prompt\":\"p\",\"responses\":[\"x\",\"y\"],\"gold\":{\"prefer\":"
                               "\"a\"},\"category\":\"c\"}\n\n"
                               "{\"prompt\":\"q\",\"responses\":[\"x\",\"y\"],\"meta\":[1.0]}";
    struct campaign_store test;
    struct import_report report;
    campaign_store_init(&test);
    campaign_store_must(&test, campaign_store_import(&test, "f.jsonl", file, &report));
    assert_string_equal(report.format, "native");
    assert_true(report.detected);
    assert_int_equal(report.counts.lines, 2);
    assert_int_equal(report.counts.added, 2);
    assert_int_equal(report.counts.gold, 1);
    assert_int_equal(report.bytes, strlen(file));
    struct hash hash;
    char hex[HASH_HEX_SIZE];
    hash_bytes(&hash, slice_of(file));
    hash_to_hex(&hash, hex);
    assert_string_equal(report.hash, hex);
    campaign_store_must(&test, campaign_store_import(&test, "f.jsonl", file, &report));
    assert_int_equal(report.counts.added, 0);
    assert_int_equal(report.counts.same, 2);
    assert_int_equal(items_in_store(&test, NULL), 2);
    campaign_store_release(&test);
}

static void test_all_or_nothing(void **state) {
    (void)state;
    static const char file[] = "{\"id\":\"one\",\"prompt\":\"p\",\"responses\":[\"x\",\"y\"]}\n"
                               "{\"id\":\"two\",\"prompt\":\"p\",\"responses\":[\"x\"]}\n"
                               "{\"id\":\"one\",\"prompt\":\"p\",\"responses\":[\"x\",\"other\"]}\n"
                               "{\"id\":\"three\" \"prompt\"\n"
                               "{\"id\":\"four\",\"prompt\":\"p\",\"responses\":[\"x\",\"\\u001b[2J\"]}\n";
    struct campaign_store test;
    struct import_report report;
    campaign_store_init(&test);
    assert_int_equal(campaign_store_import(&test, "f.jsonl", file, &report), STATUS_INPUT);
    assert_non_null(strstr(test.error.text, "/f.jsonl:2: responses: holds 1; an item has 2 to 26"));
    assert_int_equal(items_in_store(&test, NULL), 0);

    struct output rejects = OUTPUT_INIT;
    char path[256], name[512];
    memcpy(path, scratch_path(&test.scratch, "f.jsonl"), sizeof path);
    campaign_store_must(&test, output_open(&rejects, scratch_path(&test.scratch, "rejects"), &test.error));
    struct import_request request = {.path = path, .track = "helpfulness", .rejects = &rejects, .dry_run = true};
    assert_int_equal(exchange_import(test.store, &test.viewer, &test.campaign, &request, &report, &test.error),
                     STATUS_NO);
    assert_int_equal(items_in_store(&test, NULL), 0);
    request.dry_run = false;
    output_release(&rejects);
    campaign_store_must(&test, output_open(&rejects, scratch_path(&test.scratch, "rejects"), &test.error));
    assert_int_equal(exchange_import(test.store, &test.viewer, &test.campaign, &request, &report, &test.error),
                     STATUS_NO);
    campaign_store_must(&test, output_finish(&rejects, &test.error));
    output_release(&rejects);
    assert_int_equal(report.counts.lines, 5);
    assert_int_equal(report.counts.added, 2);
    assert_int_equal(report.rejected, 3);
    assert_int_equal(items_in_store(&test, NULL), 2);

    struct buffer written = BUFFER_INIT, wanted = BUFFER_INIT;
    scratch_read(scratch_path(&test.scratch, "rejects"), &written);
    snprintf(name, sizeof name, "{\"file\":\"%s\",\"line\":", path);
    buffer_add_format(
        &wanted, "%s2,\"error\":\"%s:2: responses: holds 1; an item has 2 to 26\",\"text\":\"{\\\"id\\\":\\\"two\\\",",
        name, path);
    assert_memory_equal(written.data, wanted.data, wanted.length);
    const char *third = strchr(written.data, '\n') + 1;
    assert_memory_equal(third, name, strlen(name));
    buffer_clear(&wanted);
    buffer_add_format(&wanted,
                      "%s4,\"error\":\"%s:4:15: '\\\"' stands where ',' or '}' "
                      "should\",\"text\":\"{\\\"id\\\":\\\"three\\\" \\\"prompt\\\"\"}\n",
                      name, path);
    assert_string_equal(strchr(third, '\n') + 1, wanted.data);
    buffer_release(&written);
    buffer_release(&wanted);
    campaign_store_release(&test);
}

static void test_tracks(void **state) {
    (void)state;
    static const struct {
        const char *line, *track, *sentence; /* track: asked for; sentence NULL: goes in */
        int status;
    } cases[] = {
        {"", NULL,
         "f:1: track: is missing, and the campaign has more than one (helpfulness, safety); name it in the line or "
         "with --track",
         STATUS_INPUT},
        {"\"track\":\"saftey\",", NULL, "f:1: track: the campaign has no track \"saftey\"; did you mean safety",
         STATUS_INPUT},
        {"\"track\":\"zebra\",", NULL, "f:1: track: the campaign has no track \"zebra\"; it has helpfulness, safety",
         STATUS_INPUT},
        {"", "helpfullness", "track: the campaign has no track \"helpfullness\"; did you mean helpfulness",
         STATUS_USAGE},
        {"\"track\":\"safety\",", NULL, NULL, 0},
        {"\"track\":\"safety\",", "helpfulness", NULL, 0},
    };
    struct campaign_store test;
    struct import_report report;
    campaign_store_init(&test);
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        struct buffer line = BUFFER_INIT;
        char path[256];
        buffer_add_format(&line, "{\"id\":\"i\",%s\"prompt\":\"p\",\"responses\":[\"x\",\"y\"]}", cases[i].line);
        scratch_write(&test.scratch, "f", buffer_slice(&line));
        memcpy(path, scratch_path(&test.scratch, "f"), sizeof path);
        struct import_request request = {.path = path, .track = cases[i].track};
        int status = exchange_import(test.store, &test.viewer, &test.campaign, &request, &report, &test.error);
        if (!cases[i].sentence)
            campaign_store_must(&test, status);
        else
            assert_string_equal(test.error.text +
                                    (cases[i].status == STATUS_INPUT ? strlen(test.scratch.folder) + 1 : 0),
                                cases[i].sentence);
        assert_int_equal(status, cases[i].status);
        buffer_release(&line);
    }
    assert_int_equal(items_in_store(&test, "safety"), 1);
    assert_int_equal(items_in_store(&test, "helpfulness"), 1);
    campaign_store_release(&test);
}

static void test_labels(void **state) {
    (void)state;
    static const char file[] =
        "{\"chosen\":\"\\n\\nHuman: q\\n\\nAssistant: x\",\"rejected\":\"\\n\\nHuman: q\\n\\nAssistant: y\"}\n";
    static const char *const names[] = {"judgments", "drop", "gold"};
    for (size_t i = 0; i < COUNT_OF(names); i++) {
        struct campaign_store test;
        struct import_report report;
        struct import_request request = {.track = "safety", .format = "hh"};
        char path[256];
        campaign_store_init(&test);
        scratch_write(&test.scratch, "f", slice_of(file));
        memcpy(path, scratch_path(&test.scratch, "f"), sizeof path);
        request.path = path;
        assert_true(import_labels_find(names[i], &request.labels));
        campaign_store_must(&test,
                            exchange_import(test.store, &test.viewer, &test.campaign, &request, &report, &test.error));
        assert_int_equal(report.counts.labels, i == 0);
        assert_int_equal(report.counts.gold, i == 2);
        assert_false(report.detected);
        campaign_store_release(&test);
    }
    enum import_labels labels;
    assert_false(import_labels_find("keep", &labels));
}

static int give_up(void *context, uint64_t bytes, uint64_t total, uint64_t lines) {
    uint64_t *seen = context;
    assert_true(bytes <= total && lines > 0);
    *seen = bytes;
    return STATUS_SYSTEM;
}

static void test_progress_stops(void **state) {
    (void)state;
    struct campaign_store test;
    struct import_report report;
    struct buffer file = BUFFER_INIT;
    uint64_t seen = 0;
    char path[256];
    campaign_store_init(&test);
    for (int i = 0; i < 60000; i++)
        buffer_add_format(&file,
                          "{\"id\":\"item-%d\",\"prompt\":\"a prompt that many share, long "
                          "enough\",\"responses\":[\"x%d\",\"y%d\"]}\n",
                          i, i, i);
    scratch_write(&test.scratch, "f", buffer_slice(&file));
    memcpy(path, scratch_path(&test.scratch, "f"), sizeof path);
    struct import_request request = {.path = path, .track = "safety", .progress = give_up, .context = &seen};
    assert_int_equal(exchange_import(test.store, &test.viewer, &test.campaign, &request, &report, &test.error),
                     STATUS_SYSTEM);
    assert_true(seen >= 1 << 22);
    assert_int_equal(items_in_store(&test, NULL), 0);
    buffer_release(&file);
    campaign_store_release(&test);
}

static void test_empty_and_missing(void **state) {
    (void)state;
    struct campaign_store test;
    struct import_report report;
    campaign_store_init(&test);
    assert_int_equal(campaign_store_import(&test, "empty", "\n\n", &report), STATUS_INPUT);
    assert_non_null(strstr(test.error.text, "/empty: holds no items"));
    struct import_request request = {.path = test.scratch.folder, .track = "safety"};
    assert_int_equal(exchange_import(test.store, &test.viewer, &test.campaign, &request, &report, &test.error),
                     STATUS_SYSTEM);
    campaign_store_release(&test);
}

/* The public file goes in whole, and a second time adds nothing. */
static void test_real_file(void **state) {
    (void)state;
    const char *folder = shared_data();
    if (!folder)
        skip();
    struct campaign_store test;
    struct import_report report;
    char path[512];
    campaign_store_init(&test);
    snprintf(path, sizeof path, "%s/hh-rlhf/harmless-base-test-rows0001-1300.jsonl", folder);
    struct import_request request = {.path = path, .track = "safety"};
    campaign_store_must(&test,
                        exchange_import(test.store, &test.viewer, &test.campaign, &request, &report, &test.error));
    assert_int_equal(report.counts.lines, 1300);
    assert_int_equal(report.counts.added, 1300);
    assert_int_equal(report.counts.labels, 1300);
    campaign_store_must(&test,
                        exchange_import(test.store, &test.viewer, &test.campaign, &request, &report, &test.error));
    assert_int_equal(report.counts.added, 0);
    assert_int_equal(report.counts.same, 1300);
    campaign_store_release(&test);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_twice),          cmocka_unit_test(test_all_or_nothing),
        cmocka_unit_test(test_tracks),         cmocka_unit_test(test_labels),
        cmocka_unit_test(test_progress_stops), cmocka_unit_test(test_empty_and_missing),
        cmocka_unit_test(test_real_file),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
