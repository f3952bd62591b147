/* Position, length, speed, straight lines, repeated rationales, skips. */
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "core/quality/habits.h"
#include "core/quality/stream.h"
#include "helper_stats.h"

static void test_shown_first(void **state) {
    (void)state;
    struct habit_share h = habits_shown_first(915, 1286); /* study A, the planted annotator */
    assert_true(h.flagged && !h.chance);
    assert_near("share", h.share.value, 0.7115085536547434, 1e-12);
    assert_near("low", h.share.low, 0.6861455981661352, 1e-9);
    h = habits_shown_first(52, 100);
    assert_true(h.chance && !h.flagged);
    h = habits_shown_first(10700, 20000); /* certain, but small: 53.5 % */
    assert_true(h.p < 1e-4 && !h.flagged);
    h = habits_shown_first(10, 10); /* large, but not certain enough */
    assert_true(h.p > 1e-4 && !h.flagged && !h.chance);
    h = habits_shown_first(2, 1286); /* the other side is a habit too */
    assert_true(h.flagged);
    h = habits_shown_first(0, 0);
    assert_non_null(h.share.undefined);
    assert_true(h.chance && !h.flagged);
    assert_false(habits_longer(915, 1286).flagged);
    assert_near("longer", habits_longer(643, 1278).p, 0.8447693002296119, 1e-9);
}

static size_t simulate_choices(struct habit_length_row *rows, size_t n, const double *b, uint64_t seed) {
    struct stream s;
    stream_init(&s, seed, 0);
    for (size_t i = 0; i < n; i++) {
        rows[i].first_shown = (int8_t)(stream_unit(&s) < 0.5 ? 1 : -1);
        rows[i].log_ratio = stream_normal(&s) * 0.7;
        double eta = b[0] + b[1] * rows[i].first_shown + b[2] * rows[i].log_ratio;
        rows[i].chose_a = stream_unit(&s) < 1 / (1 + exp(-eta));
    }
    return n;
}

static void test_length_fit(void **state) {
    (void)state;
    static struct habit_length_row rows[4000];
    const double b[] = {0.2, -0.4, 0.9};
    struct habit_length fit, mirrored;
    habits_length_fit(rows, simulate_choices(rows, 4000, b, 1), &fit);
    assert_null(fit.undefined);
    for (int i = 0; i < HABIT_TERMS; i++) {
        assert_near("coefficient", fit.coefficient[i], b[i], 4 * fit.error[i]);
        assert_true(fit.error[i] > 0.02 && fit.error[i] < 0.08);
    }
    for (size_t i = 0; i < 4000; i++) { /* A and B exchanged: the constant turns, the effects stay */
        rows[i].chose_a = !rows[i].chose_a;
        rows[i].first_shown = (int8_t)-rows[i].first_shown;
        rows[i].log_ratio = -rows[i].log_ratio;
    }
    habits_length_fit(rows, 4000, &mirrored);
    assert_near("constant", mirrored.coefficient[HABIT_CONSTANT], -fit.coefficient[HABIT_CONSTANT], 1e-8);
    assert_near("length", mirrored.coefficient[HABIT_LENGTH], fit.coefficient[HABIT_LENGTH], 1e-8);
    assert_near("likelihood", mirrored.log_likelihood, fit.log_likelihood, 1e-7);
}

static void test_length_undefined(void **state) {
    (void)state;
    struct habit_length_row rows[40];
    struct habit_length fit;
    for (size_t i = 0; i < 40; i++) {
        rows[i] = (struct habit_length_row){1, i % 2 ? 1 : -1, (double)(i % 7) - 3.2};
    }
    habits_length_fit(rows, 19, &fit);
    assert_string_equal(fit.undefined, "under 20 choices");
    habits_length_fit(rows, 40, &fit);
    assert_string_equal(fit.undefined, "one response is always chosen");
    for (size_t i = 0; i < 40; i++) {
        rows[i].chose_a = rows[i].log_ratio > 0;
    }
    habits_length_fit(rows, 40, &fit);
    assert_string_equal(fit.undefined, "the choices are separated");
    for (size_t i = 0; i < 40; i++) {
        rows[i].chose_a = i % 3 == 0;
        rows[i].log_ratio = 1;
    }
    habits_length_fit(rows, 40, &fit);
    assert_string_equal(fit.undefined, "no variation in length");
    assert_true(isnan(fit.coefficient[HABIT_LENGTH]));
    for (size_t i = 0; i < 40; i++) {
        rows[i].log_ratio = rows[i].first_shown;
    }
    habits_length_fit(rows, 40, &fit);
    assert_string_equal(fit.undefined, "order and length cannot be told apart");
}

static void test_outliers(void **state) {
    (void)state;
    double z[7];
    bool flags[7];
    const double values[7] = {0.1, 0.2, NAN, 0.15, 0.3, 0.25, 2};
    assert_int_equal(habits_outliers(values, 7, 4, z, flags), 1);
    assert_true(flags[6] && !flags[2] && isnan(z[2]));
    assert_near("z", z[6], (2 - 0.225) / (1.4826 * 0.075), 1e-9);
    assert_int_equal(habits_outliers(values, 4, 4, z, flags), 0); /* under five people */
    assert_true(isnan(z[0]));
    const double flat[6] = {1, 1, 1, 1, 1, 9};
    assert_int_equal(habits_outliers(flat, 6, 4, NULL, flags), 0); /* no spread */
    double even[4] = {4, 1, 3, 2};
    assert_near("median", habits_median(even, 4), 2.5, 0);
    assert_true(isnan(habits_median(even, 0)));
}

/* Slow people who got the long texts are not slow; who is fast on them is. */
static void test_speed(void **state) {
    (void)state;
    static struct habit_time rows[8 * 100];
    struct habit_speed out[9];
    struct stream s;
    stream_init(&s, 6, 0);
    for (size_t i = 0; i < 800; i++) {
        uint32_t person = (uint32_t)(i % 8);
        double length = 200 * exp(stream_normal(&s)) * (person == 0 ? 5 : 1);
        double pace = person == 7 ? 0.02 : 0.1 + 0.01 * person;
        rows[i] = (struct habit_time){person, pace * length * exp(0.3 * stream_normal(&s)), length};
    }
    habits_speed(rows, 800, 9, out);
    for (int p = 0; p < 8; p++) {
        assert_int_equal(out[p].n, 100);
        assert_int_equal(out[p].flagged, p == 7);
    }
    assert_true(out[7].z < -4);
    assert_true(out[0].median_seconds > 3 * out[1].median_seconds);
    assert_int_equal(out[8].n, 0);
    assert_true(isnan(out[8].median_seconds) && !out[8].flagged);
}

static void test_straight_lining(void **state) {
    (void)state;
    uint8_t answers[200];
    for (size_t i = 0; i < 200; i++) {
        answers[i] = (uint8_t)(i % 5);
    }
    struct habit_run h = habits_straight_lining(answers, 200);
    assert_int_equal(h.longest, 1);
    assert_false(h.flagged);
    for (size_t i = 60; i < 80; i++) {
        answers[i] = 3;
    }
    h = habits_straight_lining(answers, 200);
    assert_int_equal(h.longest, 20);
    assert_int_equal(h.answer, 3);
    assert_true(h.flagged);
    const uint8_t coins[4] = {1, 1, 0, 0}; /* runs of two or more in four tosses of one half: 8 of 16 */
    h = habits_straight_lining(coins, 4);
    assert_near("exact", h.chance, 0.5, 1e-15);
    const uint8_t three[6] = {1, 1, 1, 0, 0, 2}; /* of three ones in six tosses of one half: 20 of 64 */
    h = habits_straight_lining(three, 6);
    assert_near("exact", h.chance, 20.0 / 64, 1e-15);
    h = habits_straight_lining(coins, 0);
    assert_true(isnan(h.chance));
    const uint8_t always[12] = {0};
    h = habits_straight_lining(always, 12);
    assert_near("who knows one answer only", h.chance, 1, 0);
}

static void test_usage_and_rationales(void **state) {
    (void)state;
    const uint8_t answers[] = {0, 2, 2, 9};
    size_t counts[3];
    assert_int_equal(habits_usage(answers, 4, 3, counts), 3);
    assert_int_equal(counts[2], 2);
    const uint64_t hashes[] = {5, 7, 5, UINT64_MAX, 5};
    struct figure f = habits_repeated_rationales(hashes, 5);
    assert_near("repeats", f.value, 0.4, 1e-15);
    assert_non_null(habits_repeated_rationales(NULL, 0).undefined);
}

static void test_skips(void **state) {
    (void)state;
    struct habit_skips h = habits_skips(12, 40, 10, 400);
    assert_true(h.flagged);
    assert_near("gold", h.gold.value, 0.3, 1e-15);
    assert_false(habits_skips(1, 40, 10, 400).flagged);
    h = habits_skips(0, 0, 3, 10);
    assert_non_null(h.gold.undefined);
    assert_false(h.flagged);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_shown_first),
        cmocka_unit_test(test_length_fit),
        cmocka_unit_test(test_length_undefined),
        cmocka_unit_test(test_outliers),
        cmocka_unit_test(test_speed),
        cmocka_unit_test(test_straight_lining),
        cmocka_unit_test(test_usage_and_rationales),
        cmocka_unit_test(test_skips),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
