/* The shared set holds its share of the items, only grows with it, and is dealt a fifth of a batch at a time. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "core/work/sharing.h"

enum { ITEMS = 4000 };
static const unsigned char key[32] = {7}, other_key[32] = {8};

static int count(double share) {
    int held = 0;
    for (int64_t item = 1; item <= ITEMS; item++)
        held += sharing_holds(key, item, share);
    return held;
}

static void test_share_of_the_items(void **state) {
    (void)state;
    assert_int_equal(count(0), 0);
    assert_int_equal(count(1), ITEMS);
    assert_in_range(count(0.1), 324, 476); /* 400, and four times its standard deviation of 19 */
    assert_in_range(count(0.5), 1874, 2126);
}

static void test_more_only_adds(void **state) {
    (void)state;
    int apart = 0;
    for (int64_t item = 1; item <= ITEMS; item++) {
        if (sharing_holds(key, item, 0.1))
            assert_true(sharing_holds(key, item, 0.2));
        apart += sharing_holds(key, item, 0.1) != sharing_holds(other_key, item, 0.1);
    }
    assert_true(apart > 0); /* nobody knows it without the key */
}

static void test_quota(void **state) {
    (void)state;
    assert_int_equal(sharing_quota(50, 0), 0);
    assert_int_equal(sharing_quota(50, 0.05), 10);
    assert_int_equal(sharing_quota(50, 0.5), 25);
    assert_int_equal(sharing_quota(50, 1), 50);
    assert_int_equal(sharing_quota(3, 0.05), 1);
    assert_int_equal(sharing_quota(1, 0.05), 1);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_share_of_the_items),
        cmocka_unit_test(test_more_only_adds),
        cmocka_unit_test(test_quota),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
