/* The strict scan: what is wrong, at which byte, in which words; and what it passes, held against cJSON. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <cjson/cJSON.h>

#include "app/exchange/tree.h"
#include "core/base/array.h"

#include "core/base/banned.h"

static const struct {
    const char *line;
    size_t column;
    const char *sentence;
} bad[] = {
    {"", 1, "the line ends here; a value is missing"},
    {"{", 2, "the line ends here; a key in double quotes is missing"},
    {"{\"a\"", 5, "the line ends here; ':' after the key is missing"},
    {"{\"a\":1", 7, "the line ends here; ',' or '}' is missing"},
    {"[1 2]", 4, "'2' stands where ',' or ']' should"},
    {"[1}", 3, "'}' stands where ',' or ']' should"},
    {"{\"a\":1]", 7, "']' stands where ',' or '}' should"},
    {"{\"a\":1,}", 8, "a comma before this has nothing behind it"},
    {"[1,]", 4, "a comma before this has nothing behind it"},
    {"[,1]", 2, "',' stands where a value should"},
    {"{a:1}", 2, "'a' stands where a key in double quotes should"},
    {"{'a':1}", 2, "''' stands where a key in double quotes should"},
    {"['a']", 2, "a string stands between double quotes, not single ones"},
    {"{} {}", 4, "something stands behind the end of the value; a line holds one"},
    {"{}x", 3, "something stands behind the end of the value; a line holds one"},
    {"nul", 1, "'n' stands where a value should"},
    {"nullx", 5, "something stands behind the end of the value; a line holds one"},
    {"[NaN]", 2, "JSON has no NaN and no infinity; write a number, or null"},
    {"[-Infinity]", 2, "JSON has no NaN and no infinity; write a number, or null"},
    {"[True]", 2, "this is Python; JSON writes true, false and null"},
    {"[None]", 2, "this is Python; JSON writes true, false and null"},
    {"[01]", 2, "a number has no zero before its other digits"},
    {"[-]", 3, "']' stands where a digit after the minus should"},
    {"[1.]", 4, "']' stands where a digit after the point should"},
    {"[1e+]", 5, "']' stands where a digit of the exponent should"},
    {"[.5]", 2, "'.' stands where a value should"},
    {"[+1]", 2, "'+' stands where a value should"},
    {"[0x10]", 3, "'x' stands where ',' or ']' should"},
    {"\xEF\xBB\xBF{}", 1, "a byte order mark (U+FEFF) is allowed at the start of a file only"},
    {"\"abc", 5, "the line ends inside a string; the closing quote is missing"},
    {"\"abc\\", 5, "the line ends inside a string; the closing quote is missing"},
    {"\"a\tb\"", 3, "a control character in a string is written \\u00XX (or \\n, \\t …)"},
    {"\"\\x41\"", 2, "a backslash is followed by one of \" \\ / b f n r t u; a backslash itself is written \\\\"},
    {"\"\\u12G4\"", 2, "\\u is followed by four hexadecimal digits"},
    {"\"\\u12", 2, "\\u is followed by four hexadecimal digits"},
    {"\"\\u0000\"", 2, "\\u0000 cannot be kept; leave it out"},
    {"\"\\ud83d\"", 2, "the first half of a surrogate pair without the second; the character is cut"},
    {"\"\\ud83d\\u0041\"", 2, "the first half of a surrogate pair without the second; the character is cut"},
    {"\"\\ude00\"", 2, "the second half of a surrogate pair without the first; the character is cut"},
    {"\"\xFF\"", 2, "this byte is not UTF-8; convert the file (iconv -t UTF-8)"},
    {"\"\xC0\xAF\"", 2, "this byte is not UTF-8; convert the file (iconv -t UTF-8)"},
    {"\"\xE0\x80\x80\"", 2, "this byte is not UTF-8; convert the file (iconv -t UTF-8)"},
    {"\"\xED\xA0\x80\"", 2, "this byte is not UTF-8; convert the file (iconv -t UTF-8)"},
    {"\"\xF4\x90\x80\x80\"", 2, "this byte is not UTF-8; convert the file (iconv -t UTF-8)"},
    {"\"plain, and then a cut one: \xE2\x82\"", 29, "this byte is not UTF-8; convert the file (iconv -t UTF-8)"},
    {"{\"id\":1,\"x\":2,\"id\":3}", 15, "the key \"id\" stands twice in one object"},
    {"{\"id\":1,\"\\u0069d\":3}", 9, "the key \"\\u0069d\" stands twice in one object"},
    {"[{\"a\":{\"b\":1,\"b\":2}}]", 14, "the key \"b\" stands twice in one object"},
};

static void test_bad(void **state) {
    (void)state;
    struct tree tree = {0};
    for (size_t i = 0; i < COUNT_OF(bad); i++) {
        struct error error = ERROR_INIT;
        size_t column = 0;
        /* a copy without anything behind it, so that a read past the end is seen */
        char *line = memory_resize(NULL, strlen(bad[i].line) + !*bad[i].line, 1);
        memcpy(line, bad[i].line, strlen(bad[i].line));
        assert_int_equal(json_scan(&tree, slice_make(line, strlen(bad[i].line)), &column, &error), STATUS_INPUT);
        assert_string_equal(error.text, bad[i].sentence);
        assert_int_equal(column, bad[i].column);
        memory_free(line);
    }
    tree_release(&tree);
}

static void test_nul_bytes(void **state) {
    (void)state;
    struct tree tree = {0};
    struct error error = ERROR_INIT;
    size_t column = 0;
    assert_int_equal(json_scan(&tree, slice_make("{\0}", 3), &column, &error), STATUS_INPUT);
    assert_int_equal(column, 2);
    assert_int_equal(json_scan(&tree, slice_make("[\0]", 3), &column, &error), STATUS_INPUT);
    assert_int_equal(json_scan(&tree, slice_make("\"a\0b\"", 5), &column, &error), STATUS_INPUT);
    assert_int_equal(column, 3);
    assert_int_equal(json_scan(&tree, slice_make("\"\\\0\"", 4), &column, &error), STATUS_INPUT);
    assert_int_equal(json_scan(&tree, slice_make("{}\0", 3), &column, &error), STATUS_INPUT);
    tree_release(&tree);
}

static void test_depth(void **state) {
    (void)state;
    struct tree tree = {0};
    struct error error = ERROR_INIT;
    struct buffer line = BUFFER_INIT;
    buffer_add_repeated(&line, "[", 64);
    buffer_add_repeated(&line, "]", 64);
    assert_int_equal(json_scan(&tree, buffer_slice(&line), NULL, &error), 0);
    buffer_clear(&line);
    buffer_add_repeated(&line, "[", 1000000);
    size_t column = 0;
    assert_int_equal(json_scan(&tree, buffer_slice(&line), &column, &error), STATUS_INPUT);
    assert_int_equal(column, 65);
    assert_string_equal(error.text, "more levels of nesting than the 64 that are read");
    buffer_release(&line);
    tree_release(&tree);
}

/* Many keys take the other way of looking for one that stands twice. */
static void test_many_keys(void **state) {
    (void)state;
    struct tree tree = {0};
    struct error error = ERROR_INIT;
    struct buffer line = BUFFER_INIT;
    buffer_add_char(&line, '{');
    for (int i = 0; i < 100000; i++)
        buffer_add_format(&line, "%s\"k%d\":%d", i ? "," : "", i, i);
    size_t before = line.length;
    buffer_add_char(&line, '}');
    assert_int_equal(json_scan(&tree, buffer_slice(&line), NULL, &error), 0);
    assert_int_equal(tree.items[0].count, 100000);
    double value;
    assert_true(tree_number(tree_find(&tree, tree.items, "k99999"), &value));
    assert_true(value == 99999);
    buffer_cut(&line, before);
    buffer_add_string(&line, ",\"\\u006b500\":1,\"k7\":1}");
    size_t column = 0;
    assert_int_equal(json_scan(&tree, buffer_slice(&line), &column, &error), STATUS_INPUT);
    assert_int_equal(column, before + 2);
    buffer_release(&line);
    tree_release(&tree);
}

static void test_spans(void **state) {
    (void)state;
    struct tree tree = {0};
    struct pool pool = POOL_INIT;
    struct error error = ERROR_INIT;
    static const char line[] = " {\"n\": 9007199254740993, \"m\" : { \"deep\": [1, {\"x\":null}] } , "
                               "\"s\":\"a\\u00e9\\ud83d\\ude00\\n\", \"e\":[],\"o\":{}} \r";
    assert_int_equal(json_scan(&tree, slice_of(line), NULL, &error), 0);
    assert_int_equal(tree.items[0].count, 5);
    assert_true(slice_is(tree_raw(tree_find(&tree, tree.items, "n")), "9007199254740993"));
    assert_true(slice_is(tree_raw(tree_find(&tree, tree.items, "m")), "{ \"deep\": [1, {\"x\":null}] }"));
    assert_true(slice_is(tree_raw(tree_find(&tree, tree.items, "s")), "\"a\\u00e9\\ud83d\\ude00\\n\""));
    assert_true(slice_is(tree_text(tree_find(&tree, tree.items, "s"), &pool), "a\xC3\xA9\xF0\x9F\x98\x80\n"));
    assert_true(slice_is(tree_raw(tree_find(&tree, tree.items, "e")), "[]"));
    assert_true(slice_is(tree_raw(tree_find(&tree, tree.items, "o")), "{}"));
    assert_null(tree_find(&tree, tree.items, "x"));
    pool_release(&pool);
    tree_release(&tree);
}

static void compare(const struct tree *tree, const struct tree_node *node, const cJSON *other, struct pool *pool) {
    double number = 0;
    switch (node->kind) {
    case TREE_NULL:
        assert_true(cJSON_IsNull(other));
        break;
    case TREE_TRUE:
        assert_true(cJSON_IsTrue(other));
        break;
    case TREE_FALSE:
        assert_true(cJSON_IsFalse(other));
        break;
    case TREE_NUMBER:
        assert_true(cJSON_IsNumber(other) && tree_number(node, &number));
        assert_true(number == other->valuedouble);
        break;
    case TREE_STRING:
        assert_true(slice_is(tree_text(node, pool), other->valuestring));
        break;
    default: {
        bool map = node->kind == TREE_MAP;
        assert_true(map ? cJSON_IsObject(other) : cJSON_IsArray(other));
        assert_int_equal(cJSON_GetArraySize(other), (int)node->count);
        const struct tree_node *inside = tree_first(node);
        const cJSON *child = other->child;
        for (size_t i = 0; i < node->count; i++, child = child->next, inside = tree_after(tree, inside)) {
            if (map)
                assert_true(slice_is(tree_text(inside++, pool), child->string));
            compare(tree, inside, child, pool);
        }
        assert_ptr_equal(inside, tree_after(tree, node));
    }
    }
}

static void test_same_as_cjson(void **state) {
    (void)state;
    static const char *const lines[] = {
        "0",
        "-0.5e-3",
        "\"\"",
        "[]",
        "{}",
        "true",
        "[[],{},[[]],\"\",{\"\":{\"\":[]}}]",
        "{\"a\":[1,2.25,-3e2,true,false,null],\"b\":{\"c\":\"\\\"\\\\\\/\\b\\f\\n\\r\\t\\u00ff\\uFFFD\"}}",
        ("\"0123456789abcdef0123456789abcdef0123456789abcdef\\n0123456\\t0\\\"\xE2\x82\xAC\xE4\xB8\xAD\xE6\x96\x87\xF0"
         "\x9F\x98\x80 tail of more than eight\""),
        "[\"\\ud800\\udc00\",\"\\udbff\\udfff\",\"\xF4\x8F\xBF\xBF\",\"\x7F\",\"\xEF\xBB\xBF inside\"]",
    };
    struct tree tree = {0};
    struct pool pool = POOL_INIT;
    for (size_t i = 0; i < COUNT_OF(lines); i++) {
        struct error error = ERROR_INIT;
        if (json_scan(&tree, slice_of(lines[i]), NULL, &error))
            fail_msg("%s: %s", lines[i], error.text);
        cJSON *other = cJSON_Parse(lines[i]);
        assert_non_null(other);
        compare(&tree, tree.items, other, &pool);
        cJSON_Delete(other);
    }
    pool_release(&pool);
    tree_release(&tree);
}

/* Every place of every kind of byte relative to the steps of 8 and 32 that the scan takes. */
static void test_alignment(void **state) {
    (void)state;
    static const struct {
        const char *piece, *means;
    } pieces[] = {{"\\n", "\n"},
                  {"\xC3\xA9", "\xC3\xA9"},
                  {"\xE4\xB8\xAD", "\xE4\xB8\xAD"},
                  {"\\ud83d\\ude00", "\xF0\x9F\x98\x80"},
                  {"\\\\", "\\"}};
    struct tree tree = {0};
    struct pool pool = POOL_INIT;
    struct buffer line = BUFFER_INIT, text = BUFFER_INIT;
    for (size_t before = 0; before < 80; before++)
        for (size_t after = 0; after < 48; after += 5)
            for (size_t i = 0; i < COUNT_OF(pieces); i++) {
                buffer_clear(&line);
                buffer_clear(&text);
                pool_clear(&pool);
                buffer_add_repeated(&text, "x", before);
                buffer_add_string(&text, pieces[i].means);
                buffer_add_repeated(&text, "y", after);
                buffer_add_char(&line, '"');
                buffer_add_repeated(&line, "x", before);
                buffer_add_string(&line, pieces[i].piece);
                buffer_add_repeated(&line, "y", after);
                buffer_add_char(&line, '"');
                assert_int_equal(json_scan(&tree, buffer_slice(&line), NULL, NULL), 0);
                assert_true(slice_equal(tree_text(tree.items, &pool), buffer_slice(&text)));
                line.data[1 + before] = '\x01';
                size_t column = 0;
                assert_int_equal(json_scan(&tree, buffer_slice(&line), &column, NULL), STATUS_INPUT);
                assert_int_equal(column, before + 2);
            }
    buffer_release(&line);
    buffer_release(&text);
    pool_release(&pool);
    tree_release(&tree);
}

static void test_numbers(void **state) {
    (void)state;
    struct tree tree = {0};
    double value = 7;
    assert_int_equal(json_scan(&tree, slice_of("1e400"), NULL, NULL), 0);
    assert_false(tree_number(tree.items, &value));
    struct buffer digits = BUFFER_INIT;
    buffer_add_repeated(&digits, "9", 5000);
    assert_int_equal(json_scan(&tree, buffer_slice(&digits), NULL, NULL), 0);
    assert_false(tree_number(tree.items, &value));
    assert_int_equal(tree_raw(tree.items).length, 5000);
    assert_true(value == 7);
    buffer_release(&digits);
    tree_release(&tree);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_bad),       cmocka_unit_test(test_nul_bytes), cmocka_unit_test(test_depth),
        cmocka_unit_test(test_many_keys), cmocka_unit_test(test_spans),     cmocka_unit_test(test_same_as_cjson),
        cmocka_unit_test(test_alignment), cmocka_unit_test(test_numbers),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
