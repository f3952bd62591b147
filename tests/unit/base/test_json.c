/* The JSON writer: nesting and commas, numbers that read back, and strings of hostile bytes that come out safe. */
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

#include <cmocka.h>

#include "core/base/json.h"
#include "core/base/memory.h"

#include "core/base/banned.h"

static void test_nesting(void **state) {
    (void)state;
    struct buffer out = BUFFER_INIT;
    struct json json;
    json_start(&json, &out);
    json_open(&json, '{');
    json_key(&json, "a");
    json_open(&json, '[');
    json_integer(&json, 1);
    json_null(&json);
    json_boolean(&json, true);
    json_open(&json, '{');
    json_close(&json, '}');
    json_text(&json, NULL);
    json_close(&json, ']');
    json_key_slice(&json, slice_make("b\"x", 3));
    json_raw(&json, slice_of("{\"kept\":9007199254740993}"));
    json_key(&json, "c");
    json_text(&json, "d");
    json_close(&json, '}');
    assert_string_equal(out.data, "{\"a\":[1,null,true,{},null],\"b\\\"x\":{\"kept\":9007199254740993},\"c\":\"d\"}");
    buffer_release(&out);
}

static void expect_number(double value, const char *text) {
    struct buffer out = BUFFER_INIT;
    struct json json;
    json_start(&json, &out);
    json_number(&json, value);
    assert_string_equal(out.data, text);
    buffer_release(&out);
}

static void test_numbers(void **state) {
    (void)state;
    expect_number(0.1, "0.1");
    expect_number(1.0 / 3, "0.3333333333333333");
    expect_number(0.1 + 0.2, "0.30000000000000004");
    expect_number(1e300, "1e+300");
    expect_number(3, "3");
    expect_number(NAN, "null");
    expect_number(INFINITY, "null");
    expect_number(-INFINITY, "null");
    uint64_t dice = 9;
    for (int i = 0; i < 20000; i++) {
        double value;
        dice = dice * 6364136223846793005u + 1442695040888963407u;
        memcpy(&value, &dice, sizeof value);
        if (!isfinite(value))
            continue;
        struct buffer out = BUFFER_INIT;
        struct json json;
        json_start(&json, &out);
        json_number(&json, value);
        assert_true(strtod(out.data, NULL) == value);
        buffer_release(&out);
    }
    struct buffer out = BUFFER_INIT;
    struct json json;
    json_start(&json, &out);
    json_open(&json, '[');
    json_integer(&json, INT64_MIN);
    json_integer(&json, INT64_MAX);
    json_close(&json, ']');
    assert_string_equal(out.data, "[-9223372036854775808,9223372036854775807]");
    buffer_release(&out);
}

static void expect_quoted(const char *bytes, size_t length, const char *quoted) {
    struct buffer out = BUFFER_INIT;
    /* a copy without a byte behind it, so that the sanitizer sees one read too many */
    char *exact = memory_resize(NULL, length ? length : 1, 1);
    memcpy(exact, bytes, length);
    json_quote(&out, slice_make(exact, length));
    memory_free(exact);
    assert_string_equal(out.data, quoted);
    buffer_release(&out);
}

static void test_hostile_strings(void **state) {
    (void)state;
    static const struct {
        const char *bytes;
        size_t length;
        const char *quoted;
    } cases[] = {
        {"", 0, "\"\""},
        {"plain text, longer than eight bytes", 35, "\"plain text, longer than eight bytes\""},
        {"12345678\"12345678", 17, "\"12345678\\\"12345678\""},
        {"a\\b", 3, "\"a\\\\b\""},
        {"\b\t\n\v\f\r", 6, "\"\\b\\t\\n\\u000b\\f\\r\""},
        {"\0", 1, "\"\\u0000\""},
        {"\033[31mred\033[0m", 12, "\"\\u001b[31mred\\u001b[0m\""},
        {"\x7F", 1, "\"\\u007f\""},
        {"\xC2\x80\xC2\x9F\xC2\xA0", 6, "\"\\u0080\\u009f\xC2\xA0\""},
        {"\xE2\x80\xAE"
         "evil",
         7, "\"\\u202eevil\""},
        {"\xE2\x80\xA8\xE2\x80\xA9", 6, "\"\\u2028\\u2029\""},
        {"\xE2\x81\xA6\xD8\x9C\xEF\xBB\xBF", 8, "\"\\u2066\\u061c\\ufeff\""},
        {"h\xC3\xA9 \xE6\x97\xA5 \xF0\x9F\x98\x80", 12, "\"h\xC3\xA9 \xE6\x97\xA5 \xF0\x9F\x98\x80\""},
        {"\xFF", 1, "\"\\ufffd\""},
        {"\xC3", 1, "\"\\ufffd\""},
        {"\xE6\x97", 2, "\"\\ufffd\\ufffd\""},
        {"\xC0\xAF", 2, "\"\\ufffd\\ufffd\""},                       /* an overlong slash */
        {"\xED\xA0\x80", 3, "\"\\ufffd\\ufffd\\ufffd\""},            /* half a surrogate pair */
        {"\xF4\x90\x80\x80", 4, "\"\\ufffd\\ufffd\\ufffd\\ufffd\""}, /* past U+10FFFF */
        {"\x80"
         "abc",
         4, "\"\\ufffdabc\""},
        {"\xC3(", 2, "\"\\ufffd(\""},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
        expect_quoted(cases[i].bytes, cases[i].length, cases[i].quoted);
}

/* Whatever goes in: what comes out has no control byte, closes its quote and is UTF-8. */
static void test_random_bytes(void **state) {
    (void)state;
    uint64_t dice = 17;
    for (int round = 0; round < 20000; round++) {
        char bytes[40];
        size_t length = (size_t)round % sizeof bytes;
        for (size_t i = 0; i < length; i++) {
            dice = dice * 6364136223846793005u + 1442695040888963407u;
            bytes[i] = (char)(dice >> 56);
        }
        struct buffer out = BUFFER_INIT;
        json_quote(&out, slice_make(bytes, length));
        assert_true(out.length >= 2 && out.data[0] == '"' && out.data[out.length - 1] == '"');
        for (size_t i = 1; i + 1 < out.length; i++) {
            unsigned char c = (unsigned char)out.data[i];
            assert_true(c >= 0x20 && c != 0x7F && c != '"');
            if (c == '\\') {
                assert_non_null(strchr("\"\\bfnrtu", out.data[++i]));
            } else if (c >= 0x80) {
                size_t more = c >= 0xF0 ? 3 : c >= 0xE0 ? 2 : 1;
                assert_true(c >= 0xC2 && i + more + 1 < out.length);
                for (; more; more--)
                    assert_int_equal((unsigned char)out.data[++i] & 0xC0, 0x80);
            }
        }
        buffer_release(&out);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_nesting),
        cmocka_unit_test(test_numbers),
        cmocka_unit_test(test_hostile_strings),
        cmocka_unit_test(test_random_bytes),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
