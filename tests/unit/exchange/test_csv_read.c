/* CSV to the letter of RFC 4180: what is read, what is refused, and where. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "app/exchange/csv_read.h"
#include "core/base/array.h"

#include "core/base/banned.h"

/* Reads all of it into "field|field/field|field"; a bad record as "!"; a broken end as "X". */
static const char *read_all(const char *text, struct error *error) {
    static struct buffer out = BUFFER_INIT;
    struct slice fields[CSV_FIELDS];
    struct csv csv;
    size_t count;
    int found;
    buffer_clear(&out);
    csv_start(&csv, slice_of(text), 1);
    while ((found = csv_next(&csv, fields, &count, NULL, error)) > 0) {
        if (out.length)
            buffer_add_char(&out, '/');
        if (found == CSV_BAD)
            buffer_add_char(&out, '!');
        for (size_t i = 0; i < count && found == CSV_RECORD; i++) {
            if (i)
                buffer_add_char(&out, '|');
            buffer_add_slice(&out, fields[i]);
        }
    }
    if (found < 0)
        buffer_add_char(&out, 'X');
    csv_release(&csv);
    return out.data;
}

static void test_read(void **state) {
    (void)state;
    static const struct {
        const char *text, *fields;
    } cases[] = {
        {"", ""},
        {"a,b\n1,2\n", "a|b/1|2"},
        {"a,b\r\n1,2", "a|b/1|2"},
        {"a,b\n\n\r\n1,2\n\n", "a|b/1|2"},
        {"a,b\n,\n", "a|b/|"},
        {"a\n\"\"\n", "a/"},
        {"a,b\n\"x,y\",\"he said \"\"no\"\"\"\n", "a|b/x,y|he said \"no\""},
        {"a,b\n\"two\n\nlines\r\n\",2\n", "a|b/two\n\nlines\r\n|2"},
        {"a\n x \n", "a/ x "},
        {"a,b\n1,\"2\"", "a|b/1|2"},
    };
    for (size_t i = 0; i < COUNT_OF(cases); i++)
        assert_string_equal(read_all(cases[i].text, NULL), cases[i].fields);
}

static void test_refused(void **state) {
    (void)state;
    static const struct {
        const char *text, *fields, *why;
    } cases[] = {
        {"a,b\n1\n3,4\n", "a|b/!/3|4", "has 1 field where the header has 2"},
        {"a,b\n1,2,3\n", "a|b/!", "has 3 fields where the header has 2"},
        {"a,b\n1,x\"y\n3,4\n", "a|b/!/3|4", "field 2: a quote inside a field"},
        {"a,b\n\"1\"x,2\n3,4\n", "a|b/!/3|4", "text behind the closing quote"},
        {"a,b\n1,x\ry\n3,4\n", "a|b/!/3|4", "a carriage return that ends no line"},
        {"a,b\n1,\"two\n3,4\n", "a|bX", "the quote of a field is never closed"},
    };
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        struct error error = ERROR_INIT;
        assert_string_equal(read_all(cases[i].text, &error), cases[i].fields);
        if (!strstr(error.text, cases[i].why))
            fail_msg("\"%s\" does not say \"%s\"", error.text, cases[i].why);
    }
}

/* Where a record begins is the line of the file, whatever line ends its fields hold. */
static void test_lines(void **state) {
    (void)state;
    struct csv csv;
    struct slice fields[CSV_FIELDS], raw;
    size_t count;
    csv_start(&csv, slice_of("a,b\n\"x\ny\",1\n\nz,2\n"), 4);
    const uint64_t lines[] = {4, 5, 8};
    const char *const texts[] = {"a,b", "\"x\ny\",1", "z,2"};
    for (size_t i = 0; i < COUNT_OF(lines); i++) {
        assert_int_equal(csv_next(&csv, fields, &count, &raw, NULL), CSV_RECORD);
        assert_int_equal(csv.line, lines[i]);
        assert_true(slice_is(raw, texts[i]));
    }
    assert_int_equal(csv_next(&csv, fields, &count, &raw, NULL), CSV_END);
    csv_release(&csv);
}

static void test_many_fields(void **state) {
    (void)state;
    struct buffer text = BUFFER_INIT;
    struct error error = ERROR_INIT;
    buffer_add_repeated(&text, "x,", CSV_FIELDS + 10);
    assert_string_equal(read_all(text.data, &error), "!");
    assert_non_null(strstr(error.text, "more fields than are read"));
    buffer_release(&text);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_read),
        cmocka_unit_test(test_refused),
        cmocka_unit_test(test_lines),
        cmocka_unit_test(test_many_fields),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
