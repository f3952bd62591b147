/*
 * Draws against an independent implementation (the expected values were computed with Python's hashlib from
 * the layout that draw.h states), and that they are uniform. Nothing here depends on luck: the key is fixed.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "core/hash/draw.h"

static const unsigned char key[DRAW_KEY_BYTES] = {0,  1,  2,  3,  4,  5,  6,  7,  8,  9,  10, 11, 12, 13, 14, 15,
                                                  16, 17, 18, 19, 20, 21, 22, 23, 24, 25, 26, 27, 28, 29, 30, 31};

static void known_bits(void **state) {
    const struct draw side = {"side", "ana", "q-1", 0, 3}, nobody = {"", NULL, "", -1, 0};
    (void)state;
    assert_true(draw_bits(key, &side) == UINT64_C(0x324d1daf74871194));
    assert_true(draw_bits(key, &nobody) == UINT64_C(0x3ccc77cbbb42713f));
}

static void known_numbers_with_rejection(void **state) {
    /* half of all attempts are refused for this bound: ordinal 1 takes four, ordinal 2 three */
    static const uint64_t expected[] = {UINT64_C(4086034337557766389), UINT64_C(788888746267377835),
                                        UINT64_C(5042479730043089758), UINT64_C(5859867128673123093),
                                        UINT64_C(2337133490587510630), UINT64_C(2558696591182844230)};
    (void)state;
    for (int64_t i = 0; i < 6; i++) {
        const struct draw big = {"big", "", "", 0, i};
        assert_true(draw_below(key, &big, (UINT64_C(1) << 63) + 1) == expected[i]);
        assert_true(draw_below(key, &big, 1) == 0);
    }
}

static void known_orders(void **state) {
    static const size_t six[] = {1, 3, 5, 2, 4, 0}, ten[] = {3, 4, 5, 0, 6, 2, 8, 7, 1, 9};
    const struct draw first = {"order", "ana", "q-1", 0, 0}, second = {"order", "", "", 2, 7};
    size_t order[10];
    (void)state;
    draw_order(key, &first, order, 6);
    assert_memory_equal(order, six, sizeof six);
    draw_order(key, &second, order, 10);
    assert_memory_equal(order, ten, sizeof ten);
    draw_order(key, &second, order, 0);
    draw_order(key, &second, order, 1);
    assert_int_equal(order[0], 0);
}

static void every_field_counts(void **state) {
    const struct draw all[] = {{"a", "b", "c", 1, 2}, {"x", "b", "c", 1, 2}, {"a", "x", "c", 1, 2},
                               {"a", "b", "x", 1, 2}, {"a", "b", "c", 9, 2}, {"a", "b", "c", 1, 9},
                               {"ab", "", "c", 1, 2}, {"a", "", "bc", 1, 2}};
    const size_t count = sizeof all / sizeof *all;
    (void)state;
    for (size_t i = 0; i < count; i++)
        for (size_t j = 0; j < i; j++)
            assert_true(draw_bits(key, &all[i]) != draw_bits(key, &all[j]));
    unsigned char other[DRAW_KEY_BYTES];
    draw_key_from_seed(other, slice_of("20261124"));
    assert_int_equal(other[0], 0x93);
    assert_int_equal(other[31], 0xb7);
    assert_true(draw_bits(key, &all[0]) != draw_bits(other, &all[0]));
}

static void numbers_are_uniform(void **state) {
    enum { BINS = 7, DRAWS = 21000 };
    int bins[BINS] = {0};
    double chi = 0, sum = 0;
    (void)state;
    for (int64_t i = 0; i < DRAWS; i++) {
        const struct draw what = {"uniform", "", "", 0, i};
        double unit = draw_unit(key, &what);
        bins[draw_below(key, &what, BINS)]++;
        assert_true(unit >= 0 && unit < 1);
        sum += unit;
    }
    for (int i = 0; i < BINS; i++) {
        double off = bins[i] - (double)DRAWS / BINS;
        chi += off * off / ((double)DRAWS / BINS);
    }
    assert_true(chi < 22.5);                                 /* chi-square, 6 degrees of freedom, p = 0.001 */
    assert_true(sum / DRAWS > 0.493 && sum / DRAWS < 0.507); /* more than 3 standard errors */
}

static void orders_are_uniform(void **state) {
    enum { DRAWS = 12000 };
    int seen[24] = {0};
    double chi = 0;
    (void)state;
    for (int64_t i = 0; i < DRAWS; i++) {
        const struct draw what = {"orders", "", "", 0, i};
        size_t order[4], rank = 0;
        draw_order(key, &what, order, 4);
        for (size_t a = 0; a < 4; a++) {
            size_t smaller = 0;
            for (size_t b = a + 1; b < 4; b++)
                smaller += order[b] < order[a];
            rank = rank * (4 - a) + smaller;
        }
        seen[rank]++;
    }
    for (int i = 0; i < 24; i++)
        chi += (seen[i] - DRAWS / 24.0) * (seen[i] - DRAWS / 24.0) / (DRAWS / 24.0);
    assert_true(chi < 49.7); /* 23 degrees of freedom, p = 0.001 */
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(known_bits),          cmocka_unit_test(known_numbers_with_rejection),
        cmocka_unit_test(known_orders),        cmocka_unit_test(every_field_counts),
        cmocka_unit_test(numbers_are_uniform), cmocka_unit_test(orders_are_uniform),
    };
    return cmocka_run_group_tests_name("draw", tests, NULL, NULL);
}
