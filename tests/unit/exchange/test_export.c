/* Training data out: rows to the byte, reasons, the three files together, and the same bytes every time. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <stdio.h>
#include <stdlib.h>

#include <cjson/cJSON.h>

#include "core/base/array.h"
#include "core/base/memory.h"
#include "rubrics/campaign.h"
#include "tests/unit/exchange/helper_campaign.h"

#include "core/base/banned.h"

static struct message question[] = {{ROLE_SYSTEM, {"s", 1}}, {ROLE_USER, {"q\n\"\x1B", 4}}};
static struct message good[] = {{ROLE_ASSISTANT, {"g\xC3\xA9", 3}}, {ROLE_TOOL, {"\xE2\x80\xAE", 3}}};
static struct message bad[] = {{ROLE_ASSISTANT, {"b", 1}}};

static struct item pair(void) {
    struct item item = {.name = {"i", 1}, .prompt = {question, 2}, .response_count = 2};
    item.responses[0] = (struct response){{"a", 1}, {NULL, 0}, {good, 2}};
    item.responses[1] = (struct response){{"b", 1}, {NULL, 0}, {bad, 1}};
    return item;
}

static void test_row(void **state) {
    (void)state;
    struct buffer out = BUFFER_INIT;
    struct item item = pair();
    assert_true(export_write_row(&out, &item, 1, 0, false));
    assert_string_equal(
        out.data,
        "{\"prompt\":[{\"role\":\"system\",\"content\":\"s\"},{\"role\":\"user\",\"content\":\"q\\n\\\"\\u001b\"}],"
        "\"chosen\":[{\"role\":\"assistant\",\"content\":\"b\"}],"
        "\"rejected\":[{\"role\":\"assistant\",\"content\":\"g\xC3\xA9\"},{\"role\":\"tool\",\"content\":\"\\u202e\"}]}"
        "\n");
    buffer_clear(&out);
    assert_false(export_write_row(&out, &item, 0, 1, true));
    item.prompt = (struct messages){question + 1, 1};
    assert_false(export_write_row(&out, &item, 0, 1, true));
    item.responses[0].messages.count = 1;
    assert_int_equal(out.length, 0);
    assert_true(export_write_row(&out, &item, 0, 1, true));
    assert_string_equal(out.data, "{\"prompt\":\"q\\n\\\"\\u001b\",\"chosen\":\"g\xC3\xA9\",\"rejected\":\"b\"}\n");
    buffer_release(&out);
}

/* Of two responses. */
static struct policy_answer judge(const struct export_item *item, const struct export_policy *policy) {
    struct policy_pair pairs[POLICY_PAIRS];
    assert_int_equal(export_judge(item, policy, pairs), 1);
    return pairs[0].answer;
}

static void test_judge(void **state) {
    (void)state;
    static const struct export_vote votes[] = {{.prefer = 0, .strength = 1},
                                               {.prefer = 0, .strength = 3},
                                               {.prefer = 1, .strength = 2},
                                               {.prefer = CHOICE_TIE},
                                               {.prefer = CHOICE_TIE}};
    struct export_policy policy = policy_default;
    struct export_item item = {.item = pair(), .votes = votes, .vote_count = 3};
    struct policy_answer answer = judge(&item, &policy);
    assert_int_equal(answer.reason, POLICY_EXPORTED);
    assert_int_equal(answer.chosen, 0);
    assert_int_equal(answer.agreeing, 2);
    assert_true(answer.strength == 2);
    item.vote_count = 5;
    assert_int_equal(judge(&item, &policy).reason, POLICY_UNDECIDED);
    item.votes = votes + 3;
    item.vote_count = 2;
    assert_int_equal(judge(&item, &policy).reason, POLICY_TIE);
    policy.ties = TIES_KEEP;
    answer = judge(&item, &policy);
    assert_int_equal(answer.reason, POLICY_EXPORTED);
    assert_int_equal(answer.chosen, CHOICE_TIE);
    item.vote_count = 0;
    assert_int_equal(judge(&item, &policy).reason, POLICY_NO_JUDGMENT);
    item.held_count = 1;
    assert_int_equal(judge(&item, &policy).reason, POLICY_HELD);
    item.votes = votes;
    item.vote_count = 1;
    item.gold = true;
    assert_int_equal(judge(&item, &policy).reason, POLICY_GOLD);
}

static void test_texts(void **state) {
    (void)state;
    static const struct export_vote vote = {.prefer = 0};
    static struct message blank[] = {{ROLE_ASSISTANT, {" \n", 2}}}, other[] = {{ROLE_USER, {"b", 1}}};
    struct export_item item = {.item = pair(), .votes = &vote, .vote_count = 1};
    item.item.responses[0].messages = (struct messages){blank, 1};
    assert_int_equal(judge(&item, &policy_default).reason, POLICY_EMPTY_TEXT);
    item.item.responses[0].messages = (struct messages){bad, 1};
    assert_int_equal(judge(&item, &policy_default).reason, POLICY_EQUAL_TEXTS);
    item.item.responses[0].messages = (struct messages){other, 1};
    assert_int_equal(judge(&item, &policy_default).reason, POLICY_EXPORTED);
    item.item.prompt = (struct messages){question, 1};
    assert_int_equal(judge(&item, &policy_default).reason, POLICY_PROMPT);
    item.item.prompt = (struct messages){bad, 1};
    assert_int_equal(judge(&item, &policy_default).reason, POLICY_PROMPT);
}

static void test_sidecar_path(void **state) {
    (void)state;
    static const char *const paths[][2] = {
        {"a/prefs.jsonl", "a/prefs.meta.jsonl"}, {"prefs", "prefs.meta.jsonl"}, {".jsonl", ".jsonl.meta.jsonl"}};
    for (size_t i = 0; i < COUNT_OF(paths); i++) {
        char *path = export_sidecar_path(paths[i][0]);
        assert_string_equal(path, paths[i][1]);
        memory_free(path);
    }
}

#define ROW(id, q, x, y) "{\"id\":\"" id "\",\"prompt\":\"" q "\",\"responses\":[\"" x "\",\"" y "\"]}\n"

static const char items[] = ROW("first", "q1", "x1", "y1") ROW("tied", "q2", "x2", "y2") ROW("bad", "q3", "x3", "y3")
    ROW("empty", "q4", "",
        "y4") "{\"id\":\"gold\",\"prompt\":\"q5\",\"responses\":[\"x\",\"y\"],\"gold\":{\"prefer\":\"a\"}}\n"
              "{\"id\":\"three\",\"prompt\":\"q6\",\"responses\":[\"x\",\"y\",\"z\"]}\n"
              "{\"id\":\"turns\",\"messages\":[{\"role\":\"user\",\"content\":\"h\"},{\"role\":\"assistant\","
              "\"content\":\"i\"},"
              "{\"role\":\"user\",\"content\":\"q7\"}],\"responses\":[\"x7\",\"y7\"],\"category\":\"c\"}\n";

static int choose(const struct item *item) { /* an annotator is not given the name */
    struct slice asked = item->prompt.items[item->prompt.count - 1].content;
    return slice_is(asked, "q2") ? CHOICE_TIE : slice_is(asked, "q3") || slice_is(asked, "q6") ? CHOICE_NONE : 1;
}

static const char wanted[] =
    "{\"prompt\":[{\"role\":\"user\",\"content\":\"q1\"}],\"chosen\":[{\"role\":\"assistant\",\"content\":\"y1\"}],"
    "\"rejected\":[{\"role\":\"assistant\",\"content\":\"x1\"}]}\n"
    "{\"prompt\":[{\"role\":\"user\",\"content\":\"q2\"}],\"chosen\":[{\"role\":\"assistant\",\"content\":\"x2\"}],"
    "\"rejected\":[{\"role\":\"assistant\",\"content\":\"y2\"}]}\n"
    "{\"prompt\":[{\"role\":\"user\",\"content\":\"q2\"}],\"chosen\":[{\"role\":\"assistant\",\"content\":\"y2\"}],"
    "\"rejected\":[{\"role\":\"assistant\",\"content\":\"x2\"}]}\n"
    "{\"prompt\":[{\"role\":\"user\",\"content\":\"h\"},{\"role\":\"assistant\",\"content\":\"i\"},{\"role\":\"user\","
    "\"content\":\"q7\"}],"
    "\"chosen\":[{\"role\":\"assistant\",\"content\":\"y7\"}],\"rejected\":[{\"role\":\"assistant\",\"content\":\"x7\"}"
    "]}\n";

static const char wanted_meta[] =
    "{\"row\":1,\"item\":\"first\",\"category\":null,\"language\":null,\"chosen\":\"b\",\"rejected\":\"a\",\"chosen_"
    "model\":null,"
    "\"rejected_model\":null,\"responses\":2,\"tie\":false,\"strength\":2.0,\"agreement\":1.0,\"agreeing\":1,"
    "\"judgments\":1,\"rubrics\":[\"plain@1\"],\"older_rule\":0}\n"
    "{\"row\":2,\"item\":\"tied\",\"category\":null,\"language\":null,\"chosen\":\"a\",\"rejected\":\"b\",\"chosen_"
    "model\":null,"
    "\"rejected_model\":null,\"responses\":2,\"tie\":true,\"strength\":null,\"agreement\":1.0,\"agreeing\":1,"
    "\"judgments\":1,\"rubrics\":[\"plain@1\"],\"older_rule\":0}\n"
    "{\"row\":3,\"item\":\"tied\",\"category\":null,\"language\":null,\"chosen\":\"b\",\"rejected\":\"a\",\"chosen_"
    "model\":null,"
    "\"rejected_model\":null,\"responses\":2,\"tie\":true,\"strength\":null,\"agreement\":1.0,\"agreeing\":1,"
    "\"judgments\":1,\"rubrics\":[\"plain@1\"],\"older_rule\":0}\n"
    "{\"row\":4,\"item\":\"turns\",\"category\":\"c\",\"language\":null,\"chosen\":\"b\",\"rejected\":\"a\",\"chosen_"
    "model\":null,"
    "\"rejected_model\":null,\"responses\":2,\"tie\":false,\"strength\":2.0,\"agreement\":1.0,\"agreeing\":1,"
    "\"judgments\":1,\"rubrics\":[\"plain@1\"],\"older_rule\":0}\n";

static const char wanted_why[] = "first\texported\tb over a; 1 of 1 judgments, strength 2.00\n"
                                 "tied\texported\ta tie, in both orders; 1 of 1 judgments\n"
                                 "bad\tnone_acceptable\tevery response unacceptable; 1 of 1 judgments\n"
                                 "empty\tempty_text\ta response is empty; 1 of 1 judgments, strength 2.00\n"
                                 "gold\tgold\ta gold item\n"
                                 "three\tnone_acceptable\ta and b: every response unacceptable; 1 of 1 judgments\n"
                                 "three\tnone_acceptable\ta and c: every response unacceptable; 1 of 1 judgments\n"
                                 "three\tnone_acceptable\tb and c: every response unacceptable; 1 of 1 judgments\n"
                                 "turns\texported\tb over a; 1 of 1 judgments, strength 2.00\n";

static void expect_file(const struct campaign_store *test, const char *name, const char *text) {
    struct buffer file = BUFFER_INIT;
    scratch_read(scratch_path(&test->scratch, name), &file);
    assert_string_equal(file.data, text);
    buffer_release(&file);
}

/* The chances at the end of each line sum to 1; the rest is the text. */
static void expect_sidecar(const struct campaign_store *test, const char *text) {
    struct buffer file = BUFFER_INIT, rest = BUFFER_INIT;
    scratch_read(scratch_path(&test->scratch, "out.meta.jsonl"), &file);
    const char *at = file.data;
    for (const char *end; (end = strchr(at, '\n')) != NULL; at = end + 1) {
        const char *posterior = strstr(at, ",\"posterior\":");
        assert_true(posterior && posterior < end);
        buffer_add(&rest, at, (size_t)(posterior - at));
        buffer_add_string(&rest, "}\n");
        cJSON *line = cJSON_ParseWithLength(at, (size_t)(end - at));
        const cJSON *chances = cJSON_GetObjectItemCaseSensitive(line, "posterior"), *chance;
        double sum = 0;
        assert_non_null(cJSON_GetObjectItemCaseSensitive(chances, "a"));
        cJSON_ArrayForEach(chance, chances) sum += chance->valuedouble;
        assert_true(sum > 0.99999 && sum < 1.00001);
        cJSON_Delete(line);
    }
    assert_string_equal(rest.data, text);
    buffer_release(&file);
    buffer_release(&rest);
}

static double manifest_number(const cJSON *manifest, const char *group, const char *key) {
    const cJSON *map = group ? cJSON_GetObjectItemCaseSensitive(manifest, group) : manifest;
    const cJSON *value = cJSON_GetObjectItemCaseSensitive(map, key);
    assert_true(cJSON_IsNumber(value));
    return value->valuedouble;
}

static void check_manifest(const struct campaign_store *test, const struct export_report *report) {
    struct buffer file = BUFFER_INIT;
    scratch_read(scratch_path(&test->scratch, "m.json"), &file);
    cJSON *manifest = cJSON_Parse(file.data);
    assert_non_null(manifest);
    assert_true(manifest_number(manifest, NULL, "items") == 7 && manifest_number(manifest, NULL, "exported") == 3);
    assert_true(manifest_number(manifest, NULL, "rows") == 4 && manifest_number(manifest, NULL, "ties") == 1);
    assert_true(manifest_number(manifest, "left_out", "gold") == 1 &&
                manifest_number(manifest, "left_out", "none_acceptable") == 2);
    assert_true(manifest_number(manifest, "left_out", "empty_text") == 1 &&
                manifest_number(manifest, "left_out", "no_judgment") == 0);
    const cJSON *rankings = cJSON_GetObjectItemCaseSensitive(manifest, "rankings");
    assert_true(manifest_number(rankings, NULL, "items") == 1 && manifest_number(rankings, NULL, "pairs") == 0);
    assert_true(manifest_number(rankings, "left_out", "none_acceptable") == 3);
    assert_true(manifest_number(manifest, "left_out", "tie") == 0 && manifest_number(manifest, NULL, "waiting") == 0);
    assert_true(manifest_number(manifest, "data", "bytes") == (double)report->bytes && report->bytes == strlen(wanted));
    const cJSON *data = cJSON_GetObjectItemCaseSensitive(manifest, "data");
    struct hash hash;
    char hex[HASH_HEX_SIZE];
    hash_bytes(&hash, slice_of(wanted));
    hash_to_hex(&hash, hex);
    assert_string_equal(cJSON_GetObjectItemCaseSensitive(data, "blake2b_256")->valuestring, hex);
    assert_string_equal(cJSON_GetObjectItemCaseSensitive(data, "file")->valuestring, "out.jsonl");
    assert_int_equal(cJSON_GetArraySize(cJSON_GetObjectItemCaseSensitive(manifest, "rubrics")), 1);
    cJSON_Delete(manifest);
    buffer_release(&file);
}

static void test_store(void **state) {
    (void)state;
    struct campaign_store test;
    struct import_report imported;
    struct export_report report;
    char path[256], manifest[256];
    campaign_store_init(&test);
    campaign_store_must(&test, campaign_store_import(&test, "items.jsonl", items, &imported));
    campaign_store_judge(&test, choose);
    memcpy(path, scratch_path(&test.scratch, "out.jsonl"), sizeof path);
    memcpy(manifest, scratch_path(&test.scratch, "m.json"), sizeof manifest);
    struct export_request request = {
        .track = "helpfulness", .policy = policy_default, .path = path, .manifest = manifest};
    request.policy.ties = TIES_KEEP;
    for (int turn = 0; turn < 2; turn++) { /* twice the same, the second time over the first */
        request.explain = fopen(scratch_path(&test.scratch, "why"), "wb");
        assert_non_null(request.explain);
        campaign_store_must(&test,
                            exchange_export(test.store, &test.viewer, &test.campaign, &request, &report, &test.error));
        fclose(request.explain);
        expect_file(&test, "out.jsonl", wanted);
        expect_sidecar(&test, wanted_meta);
        expect_file(&test, "why", wanted_why);
        check_manifest(&test, &report);
    }
    request = (struct export_request){.track = "helpfulness", .policy = policy_default, .path = path, .plain = true};
    campaign_store_must(&test,
                        exchange_export(test.store, &test.viewer, &test.campaign, &request, &report, &test.error));
    expect_file(&test, "out.jsonl", "{\"prompt\":\"q1\",\"chosen\":\"y1\",\"rejected\":\"x1\"}\n");
    assert_int_equal(report.omitted[OMITTED_MANY_TURNS], 1);
    assert_int_equal(report.reasons[POLICY_TIE], 1);
    assert_int_equal(report.reasons[POLICY_EXPORTED], 1);
    campaign_store_release(&test);
}

static void test_refused(void **state) {
    (void)state;
    struct campaign_store test;
    struct export_report report;
    char path[256], manifest[256];
    campaign_store_init(&test);
    scratch_write(&test.scratch, "out.jsonl", slice_of("old"));
    memcpy(path, scratch_path(&test.scratch, "out.jsonl"), sizeof path);
    struct export_request request = {.track = "helpfulness", .policy = policy_default, .path = path};
    struct viewer annotator = {.role = VIEWER_ANNOTATOR, .name = "ana"};
    assert_int_equal(exchange_export(test.store, &annotator, &test.campaign, &request, &report, &test.error),
                     STATUS_USAGE);
    assert_string_equal(test.error.text, "\"ana\" is an annotator; export is for leads");
    memcpy(manifest, scratch_path(&test.scratch, "no/folder"), sizeof manifest);
    request.manifest = manifest; /* one of three files cannot be written: none is */
    assert_int_equal(exchange_export(test.store, &test.viewer, &test.campaign, &request, &report, &test.error),
                     STATUS_SYSTEM);
    expect_file(&test, "out.jsonl", "old");
    campaign_store_release(&test);
}

/* Three files say three things of the same rows: the votes of sources, when they are asked for. */
static void test_labels_vote(void **state) {
    (void)state;
    static const char x[] = "\"\\n\\nHuman: q\\n\\nAssistant: x\"", y[] = "\"\\n\\nHuman: q\\n\\nAssistant: y\"";
    struct campaign_store test;
    struct import_report imported;
    struct export_report report;
    char path[256];
    campaign_store_init(&test);
    for (int i = 0; i < 3; i++) {
        struct buffer line = BUFFER_INIT;
        char name[32];
        snprintf(name, sizeof name, "s%d.jsonl", i);
        buffer_add_format(&line, "{\"chosen\":%s,\"rejected\":%s}", i == 1 ? y : x, i == 1 ? x : y);
        campaign_store_must(&test, campaign_store_import(&test, name, line.data, &imported));
        assert_int_equal(imported.counts.added, i == 0); /* the swapped row is the same item */
        assert_int_equal(imported.counts.labels, 1);
        buffer_release(&line);
    }
    memcpy(path, scratch_path(&test.scratch, "out.jsonl"), sizeof path);
    struct export_request request = {.track = "helpfulness", .policy = policy_default, .path = path};
    campaign_store_must(&test,
                        exchange_export(test.store, &test.viewer, &test.campaign, &request, &report, &test.error));
    assert_int_equal(report.reasons[POLICY_NO_JUDGMENT], 1);
    expect_file(&test, "out.jsonl", "");
    request.labels = true;
    request.policy.min_agreement = 0.6;
    campaign_store_must(&test,
                        exchange_export(test.store, &test.viewer, &test.campaign, &request, &report, &test.error));
    expect_file(
        &test, "out.jsonl",
        "{\"prompt\":[{\"role\":\"user\",\"content\":\"q\"}],\"chosen\":[{\"role\":\"assistant\",\"content\":\"x\"}],"
        "\"rejected\":[{\"role\":\"assistant\",\"content\":\"y\"}]}\n");
    request.policy.min_agreement = 0.7;
    campaign_store_must(&test,
                        exchange_export(test.store, &test.viewer, &test.campaign, &request, &report, &test.error));
    assert_int_equal(report.reasons[POLICY_LOW_AGREEMENT], 1);
    campaign_store_release(&test);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_row),          cmocka_unit_test(test_judge), cmocka_unit_test(test_texts),
        cmocka_unit_test(test_sidecar_path), cmocka_unit_test(test_store), cmocka_unit_test(test_refused),
        cmocka_unit_test(test_labels_vote),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
