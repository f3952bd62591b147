/* A file is there whole, or as it was before. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <sys/stat.h>
#include <unistd.h>

#include "app/exchange/output.h"
#include "tests/unit/exchange/helper_scratch.h"

#include "core/base/banned.h"

static void expect(const char *path, const char *text) {
    struct buffer file = BUFFER_INIT;
    scratch_read(path, &file);
    assert_string_equal(file.data, text);
    buffer_release(&file);
}

static void test_finish(void **state) {
    (void)state;
    struct scratch scratch;
    struct error error = ERROR_INIT;
    scratch_init(&scratch);
    scratch_write(&scratch, "f", slice_of("old"));
    assert_int_equal(chmod(scratch_path(&scratch, "f"), 0640), 0);
    struct output output = OUTPUT_INIT;
    assert_int_equal(output_open(&output, scratch_path(&scratch, "f"), &error), 0);
    assert_int_equal(output_add(&output, slice_of("new "), &error), 0);
    buffer_add_string(output_buffer(&output), "text");
    assert_int_equal(output_seal(&output, &error), 0);
    expect(scratch_path(&scratch, "f"), "old");
    assert_int_equal(output_finish(&output, &error), 0);
    expect(scratch_path(&scratch, "f"), "new text");
    assert_int_equal(output.bytes, 8);
    struct hash counted, whole;
    output_hash(&output, &counted);
    hash_bytes(&whole, slice_of("new text"));
    assert_true(hash_equal(&counted, &whole));
    output_release(&output);
    output_release(&output);
    struct stat about;
    assert_int_equal(stat(scratch_path(&scratch, "f"), &about), 0);
    assert_int_equal(about.st_mode & 0777, 0640);
    assert_int_equal(scratch_count(&scratch), 1);
    scratch_release(&scratch);
}

static void test_given_up(void **state) {
    (void)state;
    struct scratch scratch;
    struct error error = ERROR_INIT;
    struct buffer big = BUFFER_INIT;
    scratch_init(&scratch);
    scratch_write(&scratch, "f", slice_of("old"));
    struct output output = OUTPUT_INIT;
    assert_int_equal(output_open(&output, scratch_path(&scratch, "f"), &error), 0);
    buffer_add_repeated(&big, "0123456789", 100000);
    assert_int_equal(output_add(&output, buffer_slice(&big), &error), 0);
    assert_int_equal(scratch_count(&scratch), 2);
    output_release(&output);
    expect(scratch_path(&scratch, "f"), "old");
    assert_int_equal(scratch_count(&scratch), 1);
    buffer_release(&big);
    scratch_release(&scratch);
}

static void test_link_and_refusals(void **state) {
    (void)state;
    struct scratch scratch;
    struct error error = ERROR_INIT;
    struct output output = OUTPUT_INIT;
    scratch_init(&scratch);
    scratch_write(&scratch, "target", slice_of("old"));
    assert_int_equal(symlink("target", scratch_path(&scratch, "link")), 0);
    assert_int_equal(output_open(&output, scratch_path(&scratch, "link"), &error), 0);
    buffer_add_string(output_buffer(&output), "through the link");
    assert_int_equal(output_finish(&output, &error), 0);
    output_release(&output);
    expect(scratch_path(&scratch, "target"), "through the link");
    struct stat about;
    assert_int_equal(lstat(scratch_path(&scratch, "link"), &about), 0);
    assert_true(S_ISLNK(about.st_mode));

    assert_int_equal(output_open(&output, scratch.folder, &error), STATUS_SYSTEM);
    assert_non_null(strstr(error.text, ": is a folder; a file is wanted"));
    output_release(&output);
    assert_int_equal(output_open(&output, scratch_path(&scratch, "no/such/folder"), &error), STATUS_SYSTEM);
    assert_non_null(strstr(error.text, "no/such/folder: cannot be written: No such file or directory"));
    output_release(&output);
    assert_int_equal(scratch_count(&scratch), 2);
    scratch_release(&scratch);
}

static void test_stores_stay(void **state) {
    (void)state;
    struct scratch scratch;
    struct error error = ERROR_INIT;
    struct output output = OUTPUT_INIT;
    scratch_init(&scratch);
    scratch_write(&scratch, "store", slice_make("SQLite format 3\0 and pages", 26));
    assert_int_equal(output_open(&output, scratch_path(&scratch, "store"), &error), STATUS_SYSTEM);
    assert_non_null(strstr(error.text, "store: is a store or another database; it was left as it is"));
    output_release(&output);
    scratch_write(&scratch, "log", slice_make("\x37\x7f\x06\x82 and frames of pages", 24));
    assert_int_equal(output_open(&output, scratch_path(&scratch, "log"), &error), STATUS_SYSTEM);
    output_release(&output);
    scratch_write(&scratch, "text", slice_of("SQLite format 3 is a magic word"));
    assert_int_equal(output_open(&output, scratch_path(&scratch, "text"), &error), 0);
    output_release(&output);
    scratch_release(&scratch);
}

static void test_same(void **state) {
    (void)state;
    struct scratch scratch;
    struct error error = ERROR_INIT;
    struct output a = OUTPUT_INIT, b = OUTPUT_INIT, c = OUTPUT_INIT;
    scratch_init(&scratch);
    scratch_write(&scratch, "target", slice_of("old"));
    assert_int_equal(symlink("target", scratch_path(&scratch, "link")), 0);
    assert_int_equal(output_open(&a, scratch_path(&scratch, "target"), &error), 0);
    assert_int_equal(output_open(&b, scratch_path(&scratch, "link"), &error), 0);
    assert_int_equal(output_open(&c, "-", &error), 0);
    assert_true(output_same(&a, &b));
    assert_true(output_same(&c, &c));
    assert_false(output_same(&a, &c));
    output_release(&a);
    output_release(&b);
    output_release(&c);
    scratch_release(&scratch);
}

static void test_full_disk(void **state) {
    (void)state;
    if (access("/dev/full", W_OK) != 0)
        skip();
    struct error error = ERROR_INIT;
    struct output output = OUTPUT_INIT;
    assert_int_equal(output_open(&output, "/dev/full", &error), 0);
    buffer_add_string(output_buffer(&output), "x");
    assert_int_equal(output_finish(&output, &error), STATUS_SYSTEM);
    assert_string_equal(error.text, "/dev/full: cannot be written: No space left on device");
    output_release(&output);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_finish),      cmocka_unit_test(test_given_up), cmocka_unit_test(test_link_and_refusals),
        cmocka_unit_test(test_stores_stay), cmocka_unit_test(test_same),     cmocka_unit_test(test_full_disk),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
