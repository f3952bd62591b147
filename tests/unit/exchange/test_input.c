/* Lines out of plain, gzip and broken files. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <stdio.h>
#include <unistd.h>

#include "app/exchange/input.h"
#include "core/base/array.h"
#include "core/base/limits.h"
#include "tests/unit/exchange/helper_scratch.h"

#include "core/base/banned.h"

/* "NUMBER:LINE|" for each line, and how it ended. */
static int dump(const char *path, struct buffer *out, struct error *error) {
    struct input *input;
    struct slice line;
    buffer_clear(out);
    int found = input_open(&input, path, error);
    while (found == 0 && (found = input_line(input, &line, error)) == INPUT_LINE) {
        buffer_add_format(out, "%llu:" SLICE_FORMAT "|", (unsigned long long)input_line_number(input),
                          SLICE_ARGS(line));
        found = 0;
    }
    input_close(input);
    return found;
}

static void test_lines(void **state) {
    (void)state;
    static const struct {
        const char *bytes, *lines;
    } cases[] = {
        {"", ""},
        {"\n\n \t\n", ""},
        {"a", "1:a|"},
        {"a\n", "1:a|"},
        {"a\r\nb\r\n\r\nc", "1:a|2:b|4:c|"},
        {"\xEF\xBB\xBF"
         "a\n\xEF\xBB\xBF"
         "b",
         "1:a|2:\xEF\xBB\xBF"
         "b|"},
        {"\xEF\xBB\xBF", ""},
        {"\n\n  a b \n", "3:  a b |"},
        {"a\rb\n", "1:a\rb|"},
    };
    struct scratch scratch;
    struct buffer out = BUFFER_INIT;
    struct error error = ERROR_INIT;
    scratch_init(&scratch);
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        scratch_write(&scratch, "plain", slice_of(cases[i].bytes));
        assert_int_equal(dump(scratch_path(&scratch, "plain"), &out, &error), 0);
        assert_string_equal(out.data, cases[i].lines);
        scratch_gzip(&scratch, "packed", slice_of(cases[i].bytes), "wb");
        assert_int_equal(dump(scratch_path(&scratch, "packed"), &out, &error), 0);
        assert_string_equal(out.data, cases[i].lines);
    }
    scratch_release(&scratch);
    buffer_release(&out);
}

/* Lines of growing length, so that their ends fall everywhere in the pieces that are read; and the hash of the whole.
 * */
static void test_long_and_hash(void **state) {
    (void)state;
    struct scratch scratch;
    struct buffer bytes = BUFFER_INIT;
    scratch_init(&scratch);
    for (size_t i = 0; i < 1500; i++) {
        buffer_add_repeated(&bytes, "x", i + 1);
        buffer_add_string(&bytes, i % 2 ? "\r\n" : "\n");
    }
    scratch_write(&scratch, "plain", buffer_slice(&bytes));
    scratch_gzip(&scratch, "packed", buffer_slice(&bytes), "wb");
    for (int packed = 0; packed < 2; packed++) {
        const char *path = scratch_path(&scratch, packed ? "packed" : "plain");
        struct buffer file = BUFFER_INIT;
        struct error error = ERROR_INIT;
        struct input *input;
        struct slice line;
        size_t count = 0;
        scratch_read(path, &file);
        assert_int_equal(input_open(&input, path, &error), 0);
        for (; input_line(input, &line, &error) == INPUT_LINE; count++)
            assert_int_equal(line.length, count + 1);
        assert_int_equal(count, 1500);
        assert_int_equal(input_bytes(input), file.length);
        assert_int_equal(input_size(input), file.length);
        struct hash whole, counted;
        hash_bytes(&whole, buffer_slice(&file));
        input_hash(input, &counted);
        assert_true(hash_equal(&whole, &counted));
        input_close(input);
        buffer_release(&file);
    }
    buffer_release(&bytes);
    scratch_release(&scratch);
}

static void test_again_and_rest(void **state) {
    (void)state;
    struct scratch scratch;
    struct buffer rest = BUFFER_INIT;
    struct error error = ERROR_INIT;
    struct input *input;
    struct slice line;
    scratch_init(&scratch);
    scratch_write(&scratch, "f", slice_of("\xEF\xBB\xBF\n \n- a\n\n- b\n"));
    assert_int_equal(input_open(&input, scratch_path(&scratch, "f"), &error), 0);
    assert_int_equal(input_line(input, &line, &error), INPUT_LINE);
    input_again(input);
    assert_int_equal(input_line(input, &line, &error), INPUT_LINE);
    assert_true(slice_is(line, "- a"));
    input_again(input);
    assert_int_equal(input_rest(input, &rest, 1000, &error), 0);
    assert_string_equal(rest.data, "\n \n- a\n\n- b\n"); /* blank lines too, so that YAML counts lines right */
    assert_int_equal(input_line(input, &line, &error), INPUT_END);
    input_close(input);
    assert_int_equal(input_open(&input, scratch_path(&scratch, "f"), &error), 0);
    buffer_clear(&rest);
    assert_int_equal(input_rest(input, &rest, 5, &error), STATUS_INPUT);
    input_close(input);
    buffer_release(&rest);
    scratch_release(&scratch);
}

static void test_gzip(void **state) {
    (void)state;
    struct scratch scratch;
    struct buffer bytes = BUFFER_INIT, file = BUFFER_INIT, out = BUFFER_INIT;
    struct error error = ERROR_INIT;
    scratch_init(&scratch);
    scratch_gzip(&scratch, "g", slice_of("one\ntw"), "wb");
    scratch_gzip(&scratch, "g", slice_of("o\nthree\n"), "ab"); /* a second member */
    assert_int_equal(dump(scratch_path(&scratch, "g"), &out, &error), 0);
    assert_string_equal(out.data, "1:one|2:two|3:three|");
    scratch_read(scratch_path(&scratch, "g"), &file);
    for (size_t cut = 2; cut < file.length; cut++) { /* cut anywhere but between the two members: an error */
        scratch_write(&scratch, "cut", slice_make(file.data, cut));
        int status = dump(scratch_path(&scratch, "cut"), &out, &error);
        if (status == 0)
            assert_string_equal(out.data, "1:one|2:tw|");
        else
            assert_non_null(strstr(error.text, "/cut: the gzip data is cut off; the file is not complete"));
    }
    buffer_add_slice(&bytes, buffer_slice(&file));
    buffer_add_repeated(&bytes, "\x01", 4);
    scratch_write(&scratch, "tail", buffer_slice(&bytes));
    assert_int_equal(dump(scratch_path(&scratch, "tail"), &out, &error), STATUS_INPUT);
    assert_non_null(strstr(error.text, "the gzip data is followed by something that is none"));
    file.data[file.length - 6] ^= 1; /* the checksum */
    scratch_write(&scratch, "broken", buffer_slice(&file));
    assert_int_equal(dump(scratch_path(&scratch, "broken"), &out, &error), STATUS_INPUT);
    assert_non_null(strstr(error.text, "the gzip data is broken"));
    buffer_clear(&bytes);
    for (int i = 0; i < 400000; i++) /* far more text than one piece, out of little */
        buffer_add_string(&bytes, "same line\n");
    scratch_gzip(&scratch, "big", buffer_slice(&bytes), "wb9");
    assert_int_equal(dump(scratch_path(&scratch, "big"), &out, &error), 0);
    assert_non_null(strstr(out.data, "|400000:same line|"));
    buffer_release(&bytes);
    buffer_release(&file);
    buffer_release(&out);
    scratch_release(&scratch);
}

static void test_refused(void **state) {
    (void)state;
    struct scratch scratch;
    struct buffer out = BUFFER_INIT;
    struct error error = ERROR_INIT;
    scratch_init(&scratch);
    assert_int_equal(dump(scratch.folder, &out, &error), STATUS_SYSTEM);
    assert_non_null(strstr(error.text, ": is a folder; a file of items is wanted"));
    assert_int_equal(dump(scratch_path(&scratch, "missing"), &out, &error), STATUS_SYSTEM);
    assert_non_null(strstr(error.text, "missing: cannot be opened: No such file or directory"));
    struct buffer line = BUFFER_INIT;
    buffer_add_repeated(&line, "0123456789abcdef", LIMIT_LINE_BYTES / 16 + 1);
    scratch_gzip(&scratch, "bomb", buffer_slice(&line), "wb1");
    buffer_release(&line);
    assert_int_equal(dump(scratch_path(&scratch, "bomb"), &out, &error), STATUS_INPUT);
    assert_non_null(strstr(error.text, "bomb:1: the line is longer than 64 MiB"));
    buffer_release(&out);
    scratch_release(&scratch);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_lines), cmocka_unit_test(test_long_and_hash), cmocka_unit_test(test_again_and_rest),
        cmocka_unit_test(test_gzip),  cmocka_unit_test(test_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
