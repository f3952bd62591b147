/* Summaries, rows, confusion, and systematic errors. */
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "core/quality/gold.h"
#include "core/quality/proportion.h"
#include "helper_stats.h"

#define COUNT(array) (sizeof(array) / sizeof *(array))

static const struct gold_outcome outcomes[] = {
    {0, 0, 0, 0, GOLD_RIGHT, 0},
    {0, 0, 0, 1, GOLD_WRONG_SIDE, 1},
    {0, 1, 1, 1, GOLD_WRONG_STRENGTH, -1},
    {1, 1, GOLD_TIE, GOLD_TIE, GOLD_RIGHT, 0},
    {1, 0, GOLD_TIE, 0, GOLD_WRONG_SIDE, 1},
    {1, 0, 1, GOLD_NONE, GOLD_WRONG_SIDE, 0},
};

static void test_summary(void **state) {
    (void)state;
    struct gold_summary s;
    gold_summarise(outcomes, COUNT(outcomes), &s);
    assert_int_equal(s.n, 6);
    assert_int_equal(s.right, 2);
    assert_int_equal(s.wrong_side, 3);
    assert_int_equal(s.wrong_strength, 1);
    assert_near("accuracy", s.accuracy.value, 2.0 / 6, 1e-15);
    assert_near("side", s.side.value, 3.0 / 6, 1e-15);
    assert_near("untied", s.untied_side.value, 2.0 / 4, 1e-15);
    assert_near("low", s.accuracy.low, proportion_wilson(2, 6).low, 0);
    gold_summarise(NULL, 0, &s);
    assert_string_equal(s.accuracy.undefined, "no gold outcomes");
    assert_true(isnan(s.accuracy.value));
    gold_summarise(&outcomes[3], 1, &s);
    assert_null(s.side.undefined);
    assert_non_null(s.untied_side.undefined);
}

static void test_rows(void **state) {
    (void)state;
    struct gold_outcome many[120];
    for (size_t i = 0; i < 120; i++) { /* category 0: 95 of 100; category 1: 4 of 12; category 2: 0 of 8 */
        uint32_t category = i < 100 ? 0 : i < 112 ? 1 : 2;
        bool right = i < 95 || (i >= 100 && i < 104);
        many[i] = (struct gold_outcome){category, 0, 0, right ? 0 : 1, right ? GOLD_RIGHT : GOLD_WRONG_SIDE, 0};
    }
    const double limits[] = {0.8, 0.8, NAN, 0.8};
    struct gold_row rows[4];
    gold_by_category(many, 120, limits, 4, rows);
    assert_int_equal(rows[0].summary.right, 95);
    assert_true(rows[0].shown && !rows[0].flagged);
    assert_true(rows[1].shown && rows[1].flagged);
    double overall = 100.0 / 122;
    assert_near("posterior", rows[1].chance_below, beta_cdf(0.8, 10 * overall + 4, 10 * (1 - overall) + 8), 1e-15);
    assert_false(rows[2].shown);
    assert_true(isnan(rows[2].chance_below) && !rows[2].flagged);
    assert_int_equal(rows[3].summary.n, 0);
    assert_near("prior only", rows[3].chance_below, beta_cdf(0.8, 10 * overall, 10 * (1 - overall)), 1e-15);
    gold_by_difficulty(outcomes, COUNT(outcomes), 2, rows);
    assert_int_equal(rows[0].summary.n, 4);
    assert_int_equal(rows[1].summary.n, 2);
    assert_int_equal(rows[1].summary.wrong_strength, 1);
    assert_near("qualification", gold_chance_below(0, 0, 0.85), 0.85, 1e-15);
}

static void test_confusion(void **state) {
    (void)state;
    size_t counts[16], rows[4], columns[4];
    assert_int_equal(gold_confusion(outcomes, COUNT(outcomes), 2, counts, rows, columns), 6);
    const size_t wanted[16] = {1, 1, 0, 0, 0, 1, 0, 1, 1, 0, 1, 0, 0, 0, 0, 0};
    assert_memory_equal(counts, wanted, sizeof counts);
    assert_int_equal(rows[gold_level(GOLD_TIE, 2)], 2);
    assert_int_equal(columns[gold_level(GOLD_NONE, 2)], 1);
    assert_int_equal(rows[0] + rows[1] + rows[2] + rows[3], 6);
    const struct gold_outcome outside = {0, 0, 5, 0, GOLD_WRONG_SIDE, 0};
    assert_int_equal(gold_confusion(&outside, 1, 2, counts, rows, columns), 0);
}

static void test_systematic(void **state) {
    (void)state;
    struct gold_outcome errors[40];
    for (size_t i = 0; i < 40; i++) { /* category 0: 20 errors one way; category 1: 10 and 10 */
        errors[i] = (struct gold_outcome){i < 20 ? 0 : 1, 0, 0, 1, GOLD_WRONG_SIDE, i < 20 || i % 2 ? 1 : -1};
    }
    struct gold_lean leans[3];
    assert_int_equal(gold_systematic(errors, 40, 3, leans), 1);
    assert_true(leans[0].systematic && !leans[1].systematic && !leans[2].systematic);
    assert_near("exact", leans[0].p, pow(0.5, 19), 1e-15);
    assert_near("Holm over two", leans[0].adjusted, pow(0.5, 18), 1e-15);
    assert_near("balanced", leans[1].adjusted, 1, 0);
    assert_int_equal(leans[2].plus + leans[2].minus, 0);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_summary),
        cmocka_unit_test(test_rows),
        cmocka_unit_test(test_confusion),
        cmocka_unit_test(test_systematic),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
