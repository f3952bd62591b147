/* The tree: what is read, where it stands, and every way in which a text is refused. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <locale.h>

#include "core/base/array.h"
#include "core/base/buffer.h"
#include "rubrics/yaml.h"

#include "core/base/banned.h"

static void read_whole(struct yaml *yaml, const char *text) {
    struct error error = ERROR_INIT;
    int status = yaml_read(yaml, slice_of(text), "f.yaml", &error);
    assert_string_equal(error.text, "");
    assert_int_equal(status, 0);
}

static void assert_text(const struct yaml_node *node, const char *text, int line, int column, bool plain) {
    assert_non_null(node);
    assert_int_equal(node->kind, YAML_SCALAR);
    assert_int_equal(node->text.length, strlen(text));
    assert_memory_equal(node->text.data, text, strlen(text) + 1);
    assert_int_equal(node->line, line);
    assert_int_equal(node->column, column);
    assert_int_equal(node->plain, plain);
}

static void test_tree(void **state) {
    (void)state;
    struct yaml yaml;
    read_whole(&yaml, "# comment\n"
                      "id: q-17\n"
                      "löng: [1, \"two\", 'three']\n"
                      "responses:\n"
                      "  - |\n"
                      "    a: b\n"
                      "\n"
                      "    c\n"
                      "  - {model: m, content: \"x\\0y\"}\n"
                      "none:\n");
    assert_int_equal(yaml.document_count, 1);
    const struct yaml_node *root = &yaml.documents[0];
    assert_int_equal(root->kind, YAML_MAP);
    assert_int_equal(root->count, 4);
    assert_text(yaml_find(root, "id"), "q-17", 2, 5, true);

    const struct yaml_node *list = yaml_find(root, "löng");
    assert_int_equal(list->kind, YAML_LIST);
    assert_int_equal(list->count, 3);
    assert_text(&list->items[0], "1", 3, 8, true); /* columns count code points */
    assert_text(&list->items[1], "two", 3, 11, false);
    assert_text(&list->items[2], "three", 3, 18, false);

    const struct yaml_node *responses = yaml_find(root, "responses");
    assert_int_equal(responses->count, 2);
    assert_text(&responses->items[0], "a: b\n\nc\n", 5, 5, false);
    assert_text(yaml_find(&responses->items[1], "model"), "m", 9, 13, true);
    const struct yaml_node *content = yaml_find(&responses->items[1], "content");
    assert_int_equal(content->text.length, 3);
    assert_memory_equal(content->text.data, "x\0y", 4);

    assert_true(yaml_is_null(yaml_find(root, "none")));
    assert_false(yaml_is_null(list));
    assert_null(yaml_find(root, "absent"));
    assert_null(yaml_find(list, "id"));
    assert_null(yaml_find(NULL, "id"));
    yaml_release(&yaml);
}

static void test_null_is_plain(void **state) {
    (void)state;
    struct yaml yaml;
    read_whole(&yaml, "[~, null, Null, NULL, \"\", 'null', nul, \"~\"]");
    for (size_t i = 0; i < 8; i++)
        assert_int_equal(yaml_is_null(&yaml.documents[0].items[i]), i < 4);
    yaml_release(&yaml);
}

static void test_documents(void **state) {
    (void)state;
    struct yaml yaml;
    struct error error = ERROR_INIT;
    const struct yaml_node *root = NULL;
    read_whole(&yaml, "---\nid: a\n---\n# nothing\n---\nid: b\n...\n");
    assert_int_equal(yaml.document_count, 2);
    assert_text(yaml_find(&yaml.documents[1], "id"), "b", 6, 5, true);
    assert_int_equal(yaml_single(&yaml, &root, &error), STATUS_INPUT);
    assert_string_equal(error.text, "f.yaml:6:1: a second document; this file holds exactly one");
    yaml_release(&yaml);

    read_whole(&yaml, "# only a comment\n");
    assert_int_equal(yaml.document_count, 0);
    assert_int_equal(yaml_single(&yaml, &root, &error), STATUS_INPUT);
    assert_string_equal(error.text, "f.yaml:1:1: the file holds nothing but space and comments");
    yaml_release(&yaml);

    read_whole(&yaml, "");
    assert_int_equal(yaml.document_count, 0);
    yaml_release(&yaml);

    read_whole(&yaml, "\xEF\xBB\xBFid: a\r\nname: b\r\n"); /* as Windows saves it */
    assert_int_equal(yaml_single(&yaml, &root, &error), 0);
    assert_text(yaml_find(root, "id"), "a", 1, 5, true);
    assert_text(yaml_find(root, "name"), "b", 2, 7, true);
    yaml_release(&yaml);
}

static void test_refused(void **state) {
    (void)state;
    static const struct {
        const char *text, *error;
    } table[] = {
        {"a: 1\nb: 2\na: 3\n", "f.yaml:3:1: \"a\" stands here a second time, first at line 1; keep one of them"},
        {"x: {k: 1, \"k\": 2, k: 3}\n",
         "f.yaml:1:11: \"k\" stands here a second time, first at line 1; keep one of them"},
        {"a: &x 1\n",
         "f.yaml:1:4: anchors and aliases (&, *) are not read here; write the value out, or put the text in "
         "double quotes"},
        {"a: 1\nb: *x\n",
         "f.yaml:2:4: anchors and aliases (&, *) are not read here; write the value out, or put the text in "
         "double quotes"},
        {"a: &l [1]\n",
         "f.yaml:1:4: anchors and aliases (&, *) are not read here; write the value out, or put the text in "
         "double quotes"},
        {"a: !!str 1\n", "f.yaml:1:4: tags (!) are not read here; leave it out, or put the text in double quotes"},
        {"a: ! x\n", "f.yaml:1:4: tags (!) are not read here; leave it out, or put the text in double quotes"},
        {"- !m {a: 1}\n", "f.yaml:1:3: tags (!) are not read here; leave it out, or put the text in double quotes"},
        {"%TAG ! tag:x,2020:\n--- a\n", "f.yaml:1:1: %TAG is not read here; leave it out"},
        {"<<: {a: 1}\n", "f.yaml:1:1: merge keys are not read here; write the values out"},
        {"? [a, b]\n: 1\n", "f.yaml:1:3: a list or map as a key; a key is one word"},
        {"a: b\xFF\n", "f.yaml:1:5: a byte that is not UTF-8; save the file as UTF-8"},
        {"ok: 1\n\xC3\xA9\xC3\xA9: \xC0\x80\n", "f.yaml:2:5: a byte that is not UTF-8; save the file as UTF-8"},
        {"\xFF\xFE"
         "a",
         "f.yaml:1:1: a byte that is not UTF-8; save the file as UTF-8"},
        {"a: 1\nb: x\x1bz\n",
         "f.yaml:2:5: a control character; in double quotes it can be written as an escape such as "
         "\"\\x1b\""},
        {"a:\n\t- 1\n", "f.yaml:2:1: a tab; YAML is indented with spaces"},
        {"a: @x\n", "f.yaml:1:4: text that begins with this sign; put the text in double quotes"},
        {"a: b: c\n",
         "f.yaml:1:5: a colon that cannot stand here; put a text that holds \": \" in double quotes, or check "
         "the indentation"},
        {"a: \"b\nc: d\n", "f.yaml:3:1: the text ends inside quotes; close them"},
        {"a: [1, 2\nb: 3\n",
         "f.yaml:2:2: not valid YAML: did not find expected ',' or ']' while parsing a flow sequence that "
         "begins at line 1; check indentation, quotes and brackets"},
        {"a: 1\n b: 2\n",
         "f.yaml:2:3: a colon that cannot stand here; put a text that holds \": \" in double quotes, or check "
         "the indentation"},
        {"%YAML 9.9\n--- a\n",
         "f.yaml:1:1: not valid YAML: found incompatible YAML document; check indentation, quotes and "
         "brackets"},
    };
    for (size_t i = 0; i < COUNT_OF(table); i++) {
        struct yaml yaml;
        struct error error = ERROR_INIT;
        int status = yaml_read(&yaml, slice_of(table[i].text), "f.yaml", &error);
        assert_string_equal(error.text, table[i].error);
        assert_int_equal(status, STATUS_INPUT);
        assert_null(yaml.pool.blocks);
    }
}

static int read_status(struct slice text, struct error *error) {
    struct yaml yaml;
    int status = yaml_read(&yaml, text, "f.yaml", error);
    if (!status)
        yaml_release(&yaml);
    return status;
}

static void test_limits(void **state) {
    (void)state;
    struct buffer text = BUFFER_INIT;
    struct error error = ERROR_INIT;

    buffer_add_repeated(&text, "[", YAML_DEPTH);
    buffer_add_repeated(&text, "]", YAML_DEPTH);
    assert_int_equal(read_status(buffer_slice(&text), &error), 0);
    buffer_clear(&text);
    buffer_add_repeated(&text, "[", YAML_DEPTH + 1);
    buffer_add_repeated(&text, "]", YAML_DEPTH + 1);
    assert_int_equal(read_status(buffer_slice(&text), &error), STATUS_INPUT);
    assert_string_equal(error.text, "f.yaml:1:65: lists and maps are nested too deep; at most 64 levels are read");

    buffer_clear(&text);
    buffer_add_string(&text, "[");
    buffer_add_repeated(&text, "1,\n", YAML_NODES);
    buffer_add_string(&text, "]");
    assert_int_equal(read_status(buffer_slice(&text), &error), STATUS_INPUT);
    assert_non_null(strstr(error.text, ": too many values for one YAML file; use JSON lines for so much data"));

    buffer_clear(&text);
    buffer_add_repeated(&text, "#", LIMIT_YAML_BYTES + 1);
    assert_int_equal(read_status(buffer_slice(&text), &error), STATUS_INPUT);
    assert_string_equal(error.text, "f.yaml: is larger than 64 MB; use JSON lines for so much data");
    buffer_release(&text);
}

/* Many keys are compared in n log n, and the first of several duplicates is named. */
static void test_large_map(void **state) {
    (void)state;
    struct buffer text = BUFFER_INIT;
    struct error error = ERROR_INIT;
    for (int i = 0; i < 100000; i++)
        buffer_add_format(&text, "k%d: 1\n", i);
    assert_int_equal(read_status(buffer_slice(&text), &error), 0);
    buffer_add_string(&text, "k77: 1\nk3: 1\n");
    assert_int_equal(read_status(buffer_slice(&text), &error), STATUS_INPUT);
    assert_string_equal(error.text,
                        "f.yaml:100001:1: \"k77\" stands here a second time, first at line 78; keep one of them");
    buffer_release(&text);
}

static void test_path(void **state) {
    (void)state;
    struct yaml yaml;
    struct error error = ERROR_INIT;
    read_whole(&yaml, "a:\n  b:\n    - x\n    - {c: y}\n---\nd: 1\n");
    const struct yaml_node *item = &yaml_find(yaml_find(&yaml.documents[0], "a"), "b")->items[1];
    assert_int_equal(yaml_fail(&yaml, &item->pairs[0].value, NULL, &error, "is %d", 7), STATUS_INPUT);
    assert_string_equal(error.text, "f.yaml:4:11: a.b[2].c: is 7");
    yaml_fail(&yaml, &item->pairs[0].key, NULL, &error, "no");
    assert_string_equal(error.text, "f.yaml:4:8: a.b[2].c: no");
    yaml_fail(&yaml, item, "z", &error, "is missing");
    assert_string_equal(error.text, "f.yaml:4:7: a.b[2].z: is missing");
    yaml_fail(&yaml, yaml_find(&yaml.documents[1], "d"), NULL, &error, "no");
    assert_string_equal(error.text, "f.yaml:6:4: d: no");
    yaml_fail(&yaml, &yaml.documents[1], NULL, &error, "no");
    assert_string_equal(error.text, "f.yaml:6:1: no");
    yaml_release(&yaml);
}

/* What a message repeats from a file obeys no terminal and fills no screen. */
static void test_quote(void **state) {
    (void)state;
    assert_string_equal(yaml_quote(slice_of("ab")).text, "\"ab\"");
    assert_string_equal(yaml_quote(slice_of("a\x1b[2Jb\n")).text, "\"a␛[2Jb⏎\"");
    assert_string_equal(yaml_quote(slice_of("0123456789012345678901234567890123456789")).text,
                        "\"0123456789012345678901234567890123456789\"");
    assert_string_equal(yaml_quote(slice_of("01234567890123456789012345678901234567890")).text,
                        "\"0123456789012345678901234567890123456789…\"");
    struct buffer text = BUFFER_INIT;
    buffer_add_repeated(&text, "\xE2\x80\xAE", 100); /* each shown as ‹U+202E›: longer than the room */
    struct yaml_quote quote = yaml_quote(buffer_slice(&text));
    assert_true(strlen(quote.text) < sizeof quote.text);
    assert_int_equal(quote.text[strlen(quote.text) - 1], '"');
    buffer_release(&text);
}

int main(void) {
    setlocale(LC_CTYPE, "C.UTF-8");
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_tree),    cmocka_unit_test(test_null_is_plain), cmocka_unit_test(test_documents),
        cmocka_unit_test(test_refused), cmocka_unit_test(test_limits),        cmocka_unit_test(test_large_map),
        cmocka_unit_test(test_path),    cmocka_unit_test(test_quote),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
