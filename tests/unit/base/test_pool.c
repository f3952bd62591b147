/* Pools: aligned, zeroed, never moved; cleared to one block. */
#include <setjmp.h>
#include <stdalign.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

#include <cmocka.h>

#include "core/base/pool.h"

#include "core/base/banned.h"

static void test_memory(void **state) {
    (void)state;
    struct pool pool = POOL_INIT;
    char *pieces[500];
    for (int i = 0; i < 500; i++) {
        size_t size = (size_t)(i * 37 % 300) + 1;
        pieces[i] = pool_new(&pool, size, 1);
        assert_int_equal((uintptr_t)pieces[i] % alignof(max_align_t), 0);
        for (size_t k = 0; k < size; k++)
            assert_int_equal(pieces[i][k], 0);
        memset(pieces[i], i % 127 + 1, size);
    }
    for (int i = 0; i < 500; i++)
        assert_int_equal(pieces[i][(size_t)(i * 37 % 300)], i % 127 + 1); /* nothing moved, nothing overlaps */
    char *large = pool_new(&pool, 100000, 1);
    large[99999] = 'x';
    assert_non_null(pool_new(&pool, 0, 8));
    pool_clear(&pool);
    char *after = pool_new(&pool, 64, 1);
    for (int k = 0; k < 64; k++)
        assert_int_equal(after[k], 0); /* zeroed again */
    pool_release(&pool);
    pool_release(&pool);
    assert_null(pool.blocks);
}

static void test_strings(void **state) {
    (void)state;
    struct pool pool = POOL_INIT;
    char source[] = "a\0b";
    struct slice copy = pool_slice(&pool, slice_make(source, 3));
    source[0] = 'z';
    assert_int_equal(copy.length, 3);
    assert_memory_equal(copy.data, "a\0b", 4);
    assert_null(pool_string(&pool, SLICE_ABSENT));
    assert_string_equal(pool_string(&pool, slice_of("")), "");
    assert_null(pool_slice(&pool, SLICE_ABSENT).data);
    pool_clear(&pool);
    pool_clear(&pool);
    pool_release(&pool);
}

static void test_copies(void **state) {
    (void)state;
    struct pool pool = POOL_INIT;
    int64_t source[] = {3, 1, 4};
    char *odd = pool_copy(&pool, "x", 1, 1);
    int64_t *copy = pool_copy(&pool, source, 3, sizeof *source);
    source[1] = 0;
    assert_int_equal(*odd, 'x');
    assert_int_equal((uintptr_t)copy % alignof(max_align_t), 0);
    assert_int_equal(copy[0], 3);
    assert_int_equal(copy[1], 1);
    assert_int_equal(copy[2], 4);
    assert_non_null(pool_copy(&pool, NULL, 0, sizeof *source));
    pool_release(&pool);
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_memory), cmocka_unit_test(test_strings),
                                       cmocka_unit_test(test_copies)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
