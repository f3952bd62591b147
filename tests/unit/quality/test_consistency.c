/* Retests: share, kappa, and the split by order. */
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "core/quality/consistency.h"
#include "core/quality/proportion.h"
#include "helper_stats.h"

static void test_split(void **state) {
    (void)state;
    struct retest_pair pairs[40];
    for (size_t i = 0; i < 40; i++) { /* 19 of 20 the same in the same order, 8 of 20 swapped */
        bool same = i < 19 || (i >= 20 && i < 28);
        pairs[i] = (struct retest_pair){(uint8_t)(i % 2), (uint8_t)(same ? i % 2 : 1 - i % 2), i >= 20};
    }
    struct consistency c;
    consistency_figures(pairs, 40, 3, WEIGHTS_NONE, &c);
    assert_int_equal(c.n, 40);
    assert_int_equal(c.same_count, 27);
    assert_near("same", c.same.value, 27.0 / 40, 1e-15);
    assert_near("kept", c.kept.value, 19.0 / 20, 1e-15);
    assert_near("swapped", c.swapped.low, proportion_wilson(8, 20).low, 0);
    assert_true(c.p_order < 0.001);
    assert_near("kappa", c.kappa.value, 0.35, 0.01);
}

static void test_nothing(void **state) {
    (void)state;
    struct consistency c;
    consistency_figures(NULL, 0, 5, WEIGHTS_QUADRATIC, &c);
    assert_string_equal(c.same.undefined, "no retests");
    assert_string_equal(c.kappa.undefined, "no retests");
    const struct retest_pair pairs[] = {{1, 1, false}, {1, 1, false}, {7, 1, false}};
    consistency_figures(pairs, 3, 5, WEIGHTS_QUADRATIC, &c);
    assert_int_equal(c.n, 2);
    assert_near("same", c.same.value, 1, 0);
    assert_non_null(c.kappa.undefined); /* one level only: 0/0 */
    assert_non_null(c.swapped.undefined);
    assert_near("no contrast", c.p_order, 1, 0);
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_split), cmocka_unit_test(test_nothing)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
