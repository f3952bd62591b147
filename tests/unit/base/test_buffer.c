/* The growable buffer, memory and arrays. */
#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

#include <cmocka.h>

#include "core/base/array.h"
#include "core/base/buffer.h"

#include "core/base/banned.h"

static void test_empty(void **state) {
    (void)state;
    struct buffer buffer = BUFFER_INIT;
    assert_string_equal(buffer.data, "");
    buffer_clear(&buffer);
    buffer_add(&buffer, NULL, 0);
    buffer_add_slice(&buffer, SLICE_ABSENT);
    assert_int_equal(buffer.length, 0);
    char *text = buffer_detach(&buffer);
    assert_string_equal(text, "");
    memory_free(text);
    buffer_release(&buffer);
    assert_ptr_equal(buffer.data, buffer_empty);
}

static void test_growing(void **state) {
    (void)state;
    struct buffer buffer;
    buffer_init(&buffer);
    for (int i = 0; i < 5000; i++) {
        buffer_add_char(&buffer, (char)(i % 251));
        assert_int_equal(buffer.data[buffer.length], '\0');
    }
    for (int i = 0; i < 5000; i++)
        assert_int_equal(buffer.data[i], (char)(i % 251));
    buffer_cut(&buffer, 3);
    assert_int_equal(buffer.length, 3);
    assert_int_equal(buffer.data[3], '\0');
    size_t capacity = buffer.capacity;
    buffer_clear(&buffer);
    assert_int_equal(buffer.capacity, capacity);
    buffer_add_format(&buffer, "%s-%05d", "x", 42);
    assert_string_equal(buffer.data, "x-00042");
    buffer_add_format(&buffer, "%s", "");
    buffer_add_repeated(&buffer, "ab", 3);
    buffer_add_repeated(&buffer, "zz", 0);
    buffer_add_string(&buffer, "!");
    assert_true(slice_is(buffer_slice(&buffer), "x-00042ababab!"));
    char *text = buffer_detach(&buffer);
    assert_string_equal(text, "x-00042ababab!");
    assert_int_equal(buffer.length, 0);
    buffer_add_string(&buffer, "again");
    assert_string_equal(buffer.data, "again");
    memory_free(text);
    buffer_release(&buffer);
}

static void test_slices(void **state) {
    (void)state;
    assert_true(slice_equal(slice_of("ab"), slice_make("abc", 2)));
    assert_false(slice_equal(slice_of("ab"), slice_of("ac")));
    assert_true(slice_equal(SLICE_ABSENT, slice_of(""))); /* equal in bytes, not in meaning */
    assert_null(slice_of(NULL).data);
    assert_true(slice_is(slice_make("a\0b", 3), "a") == false);
}

static void test_arrays(void **state) {
    (void)state;
    struct {
        int *items;
        size_t count, capacity;
    } numbers = {0};
    for (int i = 0; i < 1000; i++)
        *ARRAY_ADD(&numbers) = i * i;
    assert_int_equal(numbers.count, 1000);
    for (int i = 0; i < 1000; i++)
        assert_int_equal(numbers.items[i], i * i);
    ARRAY_RELEASE(&numbers);
    assert_null(numbers.items);
    assert_int_equal(numbers.count + numbers.capacity, 0);
    unsigned char *zero = memory_new(64, 1);
    for (int i = 0; i < 64; i++)
        assert_int_equal(zero[i], 0);
    memory_free(zero);
    char *copy = memory_copy("a\0b", 3);
    assert_memory_equal(copy, "a\0b", 4);
    memory_free(copy);
    memory_free(NULL);
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_empty), cmocka_unit_test(test_growing),
                                       cmocka_unit_test(test_slices), cmocka_unit_test(test_arrays)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
