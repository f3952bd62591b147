/* Item lines, JSON and YAML: every field, and for lines that are wrong the exact sentence. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <stdio.h>

#include "app/exchange/items_in.h"
#include "app/exchange/lines_out.h"
#include "core/base/array.h"
#include "tests/unit/exchange/helper_scratch.h"

#include "core/base/banned.h"

/* The error of the first record of a file with these bytes, without the folder; "" if it is an item. Fails if there
 * is none. */
static const char *error_of(const struct scratch *scratch, const char *name, struct slice bytes, int wanted) {
    static struct error error;
    struct items *items;
    struct item item;
    error.text[0] = '\0';
    scratch_write(scratch, name, bytes);
    int found = items_open(&items, scratch_path(scratch, name), NULL, &error);
    if (found == 0)
        found = items_next(items, &item, &error);
    items_close(items);
    if (found != wanted)
        fail_msg(SLICE_FORMAT ": %d %s", SLICE_ARGS(bytes), found, error.text);
    size_t folder = strlen(scratch->folder) + 1;
    return strncmp(error.text, scratch->folder, folder - 1) == 0 ? error.text + folder : error.text;
}

#define TWO "\"responses\":[\"x\",\"y\"]"
#define ASK "\"prompt\":\"q\","
#define GOLD(prefer) \
    "{" ASK          \
    "\"responses\":[{\"id\":\"r1\",\"text\":\"x\"},{\"id\":\"r2\",\"text\":\"y\"}],\"gold\":{\"prefer\":" prefer "}}"

static const struct {
    const char *line, *sentence;
} bad[] = {
    {"{" ASK TWO ",}", "i.jsonl:1:37: a comma before this has nothing behind it"},
    {"{" ASK "\"id\":\"a\",\"id\":\"b\"," TWO "}", "i.jsonl:1:24: the key \"id\" stands twice in one object"},
    {"{" ASK TWO, "i.jsonl:1:36: the line ends here; ',' or '}' is missing"},
    {"7", "i.jsonl:1: the record is a number; an object is wanted"},
    {"{\"catgory\":\"x\"," ASK TWO "}",
     "i.jsonl:1: catgory: is not a known key; did you mean \"category\"? (if not, put it under \"meta\")"},
    {"{\"ID\":\"x\"," ASK TWO "}",
     "i.jsonl:1: ID: is not a known key; did you mean \"id\"? (if not, put it under \"meta\")"},
    {"{" ASK "\"response\":[\"x\",\"y\"]}",
     "i.jsonl:1: response: is not a known key; did you mean \"responses\"? (if not, put it under \"meta\")"},
    {"{\"prefer\":\"a\"," ASK TWO "}",
     "i.jsonl:1: prefer: stands at the wrong place; a reference answer is {\"gold\": {\"prefer\": …}}"},
    {"{\"id\":17," ASK TWO "}", "i.jsonl:1: id: is a number; a string is wanted"},
    {"{\"id\":\"\"," ASK TWO "}", "i.jsonl:1: id: is empty; 1 to 256 bytes are wanted"},
    {"{\"id\":\" a\"," ASK TWO "}", "i.jsonl:1: id: \" a\" begins or ends with a space"},
    {"{\"id\":\"a\\u001b[2J\"," ASK TWO "}", "i.jsonl:1: id: \"a␛[2J\" holds U+001B; a name has no control characters"},
    {"{\"track\":\"a\\u202e\"," ASK TWO "}",
     "i.jsonl:1: track: \"a‹U+202E›\" holds U+202E; a name has no control characters"},
    {"{\"language\":[]," ASK TWO "}", "i.jsonl:1: language: is a list; a string is wanted"},
    {"{" TWO "}", "i.jsonl:1: prompt: is missing; \"prompt\" (a string) or \"messages\" (a list) is wanted"},
    {"{\"prompt\":null," TWO "}",
     "i.jsonl:1: prompt: is missing; \"prompt\" (a string) or \"messages\" (a list) is wanted"},
    {"{\"prompt\":\"\"," TWO "}", "i.jsonl:1: prompt: is empty; there is nothing to answer"},
    {"{\"prompt\":3," TWO "}", "i.jsonl:1: prompt: is a number; a string is wanted"},
    {"{" ASK "\"messages\":[]," TWO "}", "i.jsonl:1: messages: stands beside \"prompt\"; one of the two is wanted"},
    {"{\"messages\":[]," TWO "}", "i.jsonl:1: messages: holds 0 messages; 1 to 1024 are wanted"},
    {"{\"messages\":\"hi\"," TWO "}", "i.jsonl:1: messages: is a string; a list of messages is wanted"},
    {"{\"messages\":[\"hi\"]," TWO "}", "i.jsonl:1: messages[1]: is a string; an object is wanted"},
    {"{\"messages\":[{\"role\":\"user\"}]," TWO "}",
     "i.jsonl:1: messages[1]: has no \"content\"; a message is {\"role\": …, \"content\": …}"},
    {"{\"messages\":[{\"role\":\"usr\",\"content\":\"x\"}]," TWO "}",
     "i.jsonl:1: messages[1].role: \"usr\" is no role; did you mean user"},
    {"{\"messages\":[{\"role\":\"gpt\",\"content\":\"x\"}]," TWO "}",
     "i.jsonl:1: messages[1].role: \"gpt\" is no role; system, user, assistant and tool are"},
    {"{\"messages\":[{\"role\":\"user\",\"content\":[{\"type\":\"text\"}]}]," TWO "}",
     "i.jsonl:1: messages[1].content: is a list; a string is wanted"},
    {"{\"messages\":[{\"role\":\"user\",\"content\":\"x\",\"tool_calls\":[]}]," TWO "}",
     "i.jsonl:1: messages[1].tool_calls: is no key here; what should be kept beside goes under \"meta\" of the item"},
    {"{" ASK "\"responses\":[\"x\"]}", "i.jsonl:1: responses: holds 1; an item has 2 to 26"},
    {"{" ASK "\"responses\":{}}", "i.jsonl:1: responses: is an object; a list is wanted"},
    {"{" ASK "\"responses\":[\"x\",null]}",
     "i.jsonl:1: responses[2]: is null; a string or {\"id\": …, \"content\": …} is wanted"},
    {"{" ASK "\"responses\":[\"x\",\"x\"]}",
     "i.jsonl:1: responses: both are the same text; there is nothing to compare"},
    {"{" ASK "\"responses\":[\"x\",{\"id\":\"y\"}]}",
     "i.jsonl:1: responses[2]: has no \"content\"; a response is a string, or {\"id\": …, \"content\": …}"},
    {"{" ASK "\"responses\":[\"x\",{\"text\":\"y\",\"content\":\"y\"}]}",
     "i.jsonl:1: responses[2].text: stands beside \"content\"; one of the two is wanted"},
    {"{" ASK "\"responses\":[\"x\",{\"id\":\"a\",\"text\":\"y\"}]}",
     "i.jsonl:1: responses[2]: has the id \"a\", as responses[1] has"},
    {"{" ASK "\"responses\":[\"x\",{\"id\":\"tie\",\"text\":\"y\"}]}",
     "i.jsonl:1: responses[2].id: \"tie\" is an answer, and no name of a response"},
    {"{" ASK "\"responses\":[\"x\",{\"txt\":\"y\"}]}",
     "i.jsonl:1: responses[2].txt: is no key here; did you mean \"text\"?"},
    {"{" ASK "\"responses\":[\"x\",{\"text\":\"y\",\"score\":1}]}",
     "i.jsonl:1: responses[2].score: is no key here; what should be kept beside goes under \"meta\" of the item"},
    {"{" ASK TWO ",\"priority\":\"high\"}", "i.jsonl:1: priority: is a string; a number is wanted"},
    {"{" ASK TWO ",\"priority\":1e999}",
     "i.jsonl:1: priority: is not a number that can be kept; a decimal number is wanted"},
    {"{" ASK TWO ",\"gold\":\"a\"}", "i.jsonl:1: gold: is a string; an object is wanted"},
    {"{" ASK TWO ",\"gold\":{}}",
     "i.jsonl:1: gold: has no \"prefer\"; a response id, \"tie\", \"none\", a list of these, or {\"ranking\": …}"},
    {GOLD("\"r3\""), "i.jsonl:1: gold.prefer: \"r3\" is no response of this item; its responses are \"r1\" and so on"},
    {GOLD("[\"r1\",7]"), "i.jsonl:1: gold.prefer[2]: is a number; a string is wanted"},
    {GOLD("[]"), "i.jsonl:1: gold.prefer: holds 0 answers; 1 to 32 are wanted"},
    {GOLD("{\"ranking\":[[\"r1\"]]}"),
     "i.jsonl:1: gold.prefer.ranking: places 1 of 2 responses; an order names each once"},
    {GOLD("{\"ranking\":[[\"r1\",\"r1\"]]}"),
     "i.jsonl:1: gold.prefer.ranking[1]: the response \"r1\" stands twice in the order"},
    {GOLD("{\"ranking\":[[],[\"r1\"]]}"), "i.jsonl:1: gold.prefer.ranking[1]: is an empty group"},
    {GOLD("\"r1\",\"strength\":4"), "i.jsonl:1: gold.strength: is no strength; 1, 2 or 3, or [least, most], is wanted"},
    {GOLD("\"r1\",\"strength\":1.5"),
     "i.jsonl:1: gold.strength: is no strength; 1, 2 or 3, or [least, most], is wanted"},
    {GOLD("\"r1\",\"strength\":[3,2]"), "i.jsonl:1: gold.strength: [3, 2] is upside down; [least, most] is wanted"},
    {GOLD("\"r1\",\"strength\":[1]"), "i.jsonl:1: gold.strength: holds 1 numbers; [least, most] is wanted"},
    {GOLD("\"tie\",\"strength\":1"),
     "i.jsonl:1: gold.strength: stands beside answers that have none (tie, none); leave it out"},
    {GOLD("\"r1\",\"use\":\"secret\""),
     "i.jsonl:1: gold.use: \"secret\" is not known; hidden, qualification or training is"},
    {GOLD("\"r1\",\"difficulty\":3"), "i.jsonl:1: gold.difficulty: is a number; a string is wanted"},
    {GOLD("\"r1\",\"explantion\":\"\""), "i.jsonl:1: gold.explantion: is no key here; did you mean \"explanation\"?"},
};

static void test_bad(void **state) {
    (void)state;
    struct scratch scratch;
    scratch_init(&scratch);
    for (size_t i = 0; i < COUNT_OF(bad); i++) {
        bool fatal = strstr(bad[i].sentence, "the record is") != NULL;
        assert_string_equal(error_of(&scratch, "i.jsonl", slice_of(bad[i].line), fatal ? STATUS_INPUT : ITEMS_BAD),
                            bad[i].sentence);
    }
    scratch_release(&scratch);
}

static void test_unknown_kinds(void **state) {
    (void)state;
    struct scratch scratch;
    scratch_init(&scratch);
    assert_string_equal(error_of(&scratch, "a.json", slice_of("\n[{\"prompt\":1}]"), STATUS_INPUT),
                        "a.json:2: a JSON array; one object a line is wanted (jq -c '.[]' makes these)");
    assert_string_equal(error_of(&scratch, "a.jsonl", slice_of("{\"text\":\"a\",\"label\":1}"), STATUS_INPUT),
                        "a.jsonl:1: the fields are of no format that is known here: \"text\", \"label\"; known are hh "
                        "(transcripts: chosen and "
                        "rejected, with turns led by Human: and Assistant:); native (items of assay: prompt or "
                        "messages, and responses)");
    assert_string_equal(error_of(&scratch, "a.json", slice_of("{ \r\n\"prompt\": 1\n}"), ITEMS_BAD),
                        "a.json:1:3: the line ends here; a key in double quotes is missing");
    assert_string_equal(
        error_of(&scratch, "a.json", slice_of("{\r\n\"prompt\": 1\n}"), STATUS_INPUT),
        "a.json:1: a JSON object over several lines; one object a line is wanted (jq -c '.' makes these)");
    assert_memory_equal(error_of(&scratch, "a.yaml", slice_of("- prompt: q\n\tresponses: x\n"), STATUS_INPUT),
                        "a.yaml:2:", 9);
    struct items *items;
    struct error error = ERROR_INIT;
    scratch_write(&scratch, "b.jsonl", slice_of("{}"));
    assert_int_equal(items_open(&items, scratch_path(&scratch, "b.jsonl"), "natve", &error), STATUS_USAGE);
    assert_string_equal(error.text, "\"natve\" is no format that is read here; did you mean native");
    scratch_release(&scratch);
}

static void test_whole(void **state) {
    (void)state;
    static const char line[] =
        "{\"id\": \"q-17\", \"track\": \"helpfulness\", \"category\": \"coding\", \"language\": "
        "\"en\",\"n\":9007199254740993,"
        "\"messages\": [{\"role\": \"system\", \"content\": \"s\\u00e9\"}, {\"content\": \"u\", \"role\": \"user\"}],"
        "\"responses\": [{\"id\": \"r1\", \"content\": \"one\", \"model\": \"m-7b\"}, {\"id\":\"r2\",\"messages\":"
        "[{\"role\":\"assistant\",\"content\":\"\"},{\"role\":\"tool\",\"content\":\"t\"}]}, \"three\"],"
        "\"gold\": {\"prefer\": [\"r1\", {\"ranking\": [[\"r2\"], [\"r1\", \"c\"]]},\"none\"], \"strength\": [2, 3], "
        "\"explanation\": \"why\","
        "\"difficulty\": \"hard\", \"use\": \"qualification\"},\"priority\": 0.73, \"meta\": {\"any\" : [1.50]}}\n";
    struct scratch scratch;
    struct items *items;
    struct item item;
    struct error error = ERROR_INIT;
    scratch_init(&scratch);
    scratch_write(&scratch, "i.jsonl", slice_of(line));
    assert_int_equal(items_open(&items, scratch_path(&scratch, "i.jsonl"), "auto", &error), 0);
    assert_int_equal(items_next(items, &item, &error), ITEMS_ITEM);
    assert_string_equal(items_format(items)->name, "native");
    assert_true(slice_is(item.name, "q-17") && slice_is(item.track, "helpfulness"));
    assert_true(slice_is(item.category, "coding") && slice_is(item.language, "en"));
    assert_int_equal(item.prompt.count, 2);
    assert_int_equal(item.prompt.items[0].role, ROLE_SYSTEM);
    assert_true(slice_is(item.prompt.items[0].content, "s\xC3\xA9"));
    assert_int_equal(item.response_count, 3);
    assert_true(slice_is(item.responses[0].model, "m-7b"));
    assert_null(item.responses[1].model.data);
    assert_int_equal(item.responses[1].messages.count, 2);
    assert_true(slice_is(item.responses[2].name, "c") &&
                slice_is(item.responses[2].messages.items[0].content, "three"));
    assert_int_equal(item.gold->answer_count, 3);
    assert_int_equal(item.gold->answers[0].prefer, 0);
    assert_string_equal(item.gold->answers[1].ranking.text, "b>a=c");
    assert_int_equal(item.gold->answers[1].prefer, 1);
    assert_int_equal(item.gold->answers[2].prefer, CHOICE_NONE);
    assert_int_equal(item.gold->low, 2);
    assert_int_equal(item.gold->high, 3);
    assert_int_equal(item.gold->use, GOLD_QUALIFICATION);
    assert_int_equal(item.gold->difficulty, DIFFICULTY_HARD);
    assert_true(item.has_priority && item.priority == 0.73);
    assert_true(slice_is(item.extra, "{\"n\":9007199254740993,\"meta\":{\"any\" : [1.50]}}"));
    assert_int_equal(item.line, 1);

    struct buffer first = BUFFER_INIT, second = BUFFER_INIT; /* written out, read again, written out: the same */
    item_write_line(&first, &item);
    assert_int_equal(items_next(items, &item, &error), ITEMS_END);
    items_close(items);
    scratch_write(&scratch, "i.jsonl", buffer_slice(&first));
    assert_int_equal(items_open(&items, scratch_path(&scratch, "i.jsonl"), "native", &error), 0);
    if (items_next(items, &item, &error) != ITEMS_ITEM)
        fail_msg("%s", error.text);
    item_write_line(&second, &item);
    assert_string_equal(first.data, second.data);
    items_close(items);
    buffer_release(&first);
    buffer_release(&second);
    scratch_release(&scratch);
}

/* Fills name with the derived name of the only item of a file. */
static void name_of(const struct scratch *scratch, const char *file, const char *bytes, char name[32]) {
    struct items *items;
    struct item item;
    struct error error = ERROR_INIT;
    scratch_write(scratch, file, slice_of(bytes));
    assert_int_equal(items_open(&items, scratch_path(scratch, file), NULL, &error), 0);
    if (items_next(items, &item, &error) != ITEMS_ITEM)
        fail_msg("%s", error.text);
    snprintf(name, 32, SLICE_FORMAT, SLICE_ARGS(item.name));
    items_close(items);
}

static void test_derived_name(void **state) {
    (void)state;
    struct scratch scratch;
    char a[32], b[32];
    scratch_init(&scratch);
    name_of(&scratch, "i.jsonl", "{\"prompt\":\"q\",\"responses\":[\"x\",\"y\"]}", a);
    assert_int_equal(strlen(a), 18);
    assert_memory_equal(a, "x-", 2);
    name_of(&scratch, "i.jsonl",
            "{\"category\":\"c\",\"messages\":[{\"role\":\"user\",\"content\":\"\\u0071\"}],\"responses\":[{\"text\":"
            "\"x\"},\"y\"]}",
            b);
    assert_string_equal(a, b); /* of what is said, not how it is written */
    name_of(&scratch, "i.yml", "# by hand\n- prompt: q\n  responses: [x, 'y']\n", b);
    assert_string_equal(a, b);
    name_of(&scratch, "i.jsonl", "{\"prompt\":\"q\",\"responses\":[\"y\",\"x\"]}", b);
    assert_string_not_equal(a, b);
    name_of(&scratch, "i.jsonl", "{\"prompt\":\"qx\",\"responses\":[\"\",\"y\"]}", b);
    assert_string_not_equal(a, b);
    scratch_release(&scratch);
}

static void test_yaml(void **state) {
    (void)state;
    static const char yaml[] = "\n# by hand\n"
                               "- id: one\n"
                               "  prompt: 12\n"
                               "  responses: [yes, {id: 7, content: ''}]\n"
                               "  gold: {prefer: \"7\", strength: 2}\n"
                               "  priority: -3\n"
                               "  meta: {n: 1.50, s: '1', t: [true, null, no]}\n"
                               "- id: two\n"
                               "  prompt: q\n"
                               "  responses: [x]\n"
                               "---\n"
                               "id: three\n"
                               "prompt: q\n"
                               "responses:\n"
                               "- x\n"
                               "- content: y\n"
                               "  modle: m\n";
    struct scratch scratch;
    struct items *items;
    struct item item;
    struct error error = ERROR_INIT;
    scratch_init(&scratch);
    scratch_write(&scratch, "i", slice_of(yaml)); /* no name that tells */
    assert_int_equal(items_open(&items, scratch_path(&scratch, "i"), NULL, &error), 0);
    if (items_next(items, &item, &error) != ITEMS_ITEM)
        fail_msg("%s", error.text);
    assert_int_equal(items_line(items), 3);
    assert_true(slice_is(item.prompt.items[0].content, "12") &&
                slice_is(item.responses[0].messages.items[0].content, "yes"));
    assert_true(slice_is(item.responses[1].name, "7"));
    assert_int_equal(item.responses[1].messages.items[0].content.length, 0);
    assert_int_equal(item.gold->answers[0].prefer, 1);
    assert_int_equal(item.gold->high, 2);
    assert_true(item.priority == -3);
    assert_true(slice_is(item.extra, "{\"meta\":{\"n\":1.50,\"s\":\"1\",\"t\":[true,null,\"no\"]}}"));
    assert_int_equal(items_next(items, &item, &error), ITEMS_BAD);
    assert_non_null(strstr(error.text, "/i:11: responses: holds 1; an item has 2 to 26"));
    assert_true(slice_is(items_text(items), "{\"id\":\"two\",\"prompt\":\"q\",\"responses\":[\"x\"]}"));
    assert_int_equal(items_next(items, &item, &error), ITEMS_BAD);
    assert_non_null(strstr(error.text, "/i:18: responses[2].modle: is no key here; did you mean \"model\"?"));
    assert_int_equal(items_next(items, &item, &error), ITEMS_END);
    items_close(items);
    scratch_release(&scratch);
}

/* The items that are shipped with the program can be read. */
static void test_shipped(void **state) {
    (void)state;
    static const char *const files[] = {"training.yaml", "gold/law.yaml", "gold/safety.yaml", "items/coding.yaml",
                                        "items/ranking-1.yaml"};
    for (size_t i = 0; i < COUNT_OF(files); i++) {
        struct items *items;
        struct item item;
        struct error error = ERROR_INIT;
        char path[512];
        snprintf(path, sizeof path, TEST_SOURCE_DIR "/sample-data/%s", files[i]);
        if (items_open(&items, path, NULL, &error))
            fail_msg("%s", error.text);
        int found, count = 0;
        while ((found = items_next(items, &item, &error)) == ITEMS_ITEM)
            count++;
        if (found)
            fail_msg("%s", error.text);
        assert_true(count > 1);
        items_close(items);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_bad),          cmocka_unit_test(test_unknown_kinds), cmocka_unit_test(test_whole),
        cmocka_unit_test(test_derived_name), cmocka_unit_test(test_yaml),          cmocka_unit_test(test_shipped),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
