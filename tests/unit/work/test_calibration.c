/* The rules of a calibration session: choice of items, numbers of people, passes of servings. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "core/base/array.h"
#include "core/work/calibration.h"

#include "core/base/banned.h"

static const unsigned char key[32] = "a key of exactly thirty-two byte";

static void test_disagreement_is_the_share_of_pairs_that_differ(void **state) {
    (void)state;
    assert_true(calibration_disagreement((const int[]){0}, 1) == 0);
    assert_true(calibration_disagreement((const int[]){0, 0, 0}, 3) == 0);
    assert_true(calibration_disagreement((const int[]){0, 1}, 2) == 1);
    assert_true(calibration_disagreement((const int[]){0, 0, 1, -1}, 4) == 5.0 / 6);
}

static void test_most_disagreement_first(void **state) {
    (void)state;
    const struct calibration_candidate candidates[] = {
        {1, 0, 0, 0.5, 4}, {2, 0, 0, 0, 5}, {3, 0, 0, 1, 2}, {4, 0, 0, 1, 3}, {5, 0, 0, 0.5, 5}};
    size_t chosen[5];
    assert_int_equal(calibration_choose(key, 1, PICK_DISAGREEMENT, candidates, 5, 5, chosen), 4);
    static const size_t order[] = {3, 2, 4, 0};
    assert_memory_equal(chosen, order, sizeof order);
    assert_int_equal(calibration_choose(key, 1, PICK_DISAGREEMENT, candidates, 5, 2, chosen), 2);
    assert_int_equal(chosen[1], 2);
}

/* 30 items of category 1, 3 of category 2, 2 of category 3; half of them met by one person. */
static void test_categories_take_turns(void **state) {
    (void)state;
    struct calibration_candidate candidates[35];
    size_t chosen[35], counts[4] = {0}, met = 0;
    for (int i = 0; i < 35; i++)
        candidates[i] = (struct calibration_candidate){i + 1, i < 30 ? 1 : i < 33 ? 2 : 3, (size_t)i % 2, 0, 0};
    assert_int_equal(calibration_choose(key, 7, PICK_RANDOM, candidates, 35, 9, chosen), 9);
    for (size_t i = 0; i < 9; i++) {
        counts[candidates[chosen[i]].category]++;
        met += candidates[chosen[i]].category == 1 && candidates[chosen[i]].met;
    }
    assert_int_equal(counts[1], 4);
    assert_int_equal(counts[2], 3);
    assert_int_equal(counts[3], 2);
    assert_int_equal(met, 0); /* there are enough that nobody has met */
    size_t other[35], same = 0;
    calibration_choose(key, 8, PICK_RANDOM, candidates, 35, 9, other);
    for (size_t i = 0; i < 9; i++)
        same += chosen[i] == other[i];
    assert_true(same < 9); /* another session, another draw */
}

static void test_numbers_and_passes(void **state) {
    (void)state;
    int numbers[12], seen[13] = {0}, orders = 0;
    for (int64_t session = 1; session <= 5; session++) {
        calibration_number(key, session, 12, numbers);
        for (int i = 0; i < 12; i++)
            seen[numbers[i]]++;
        orders += numbers[0] < numbers[1];
    }
    for (int n = 1; n <= 12; n++)
        assert_int_equal(seen[n], 5);
    assert_in_range(orders, 1, 4);
    int passes[6], count = 0;
    for (int64_t session = 1; session <= 2; session++)
        for (int kind = KIND_CALIBRATION; kind <= KIND_REFERENCE; kind++)
            passes[count++] = calibration_pass(session, (enum kind)kind);
    for (int i = 0; i < 6; i++) {
        assert_true(passes[i] > 1); /* not a first judgment, not a retest */
        for (int k = 0; k < i; k++)
            assert_int_not_equal(passes[i], passes[k]);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_disagreement_is_the_share_of_pairs_that_differ),
                                       cmocka_unit_test(test_most_disagreement_first),
                                       cmocka_unit_test(test_categories_take_turns),
                                       cmocka_unit_test(test_numbers_and_passes)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
