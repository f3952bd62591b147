/* The generator and its distributions: fixed values, moments, and exactness where it can be counted. */
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "core/quality/bootstrap.h"
#include "core/quality/proportion.h"
#include "core/quality/stream.h"
#include "helper_stats.h"

static void test_repeatable(void **state) {
    (void)state;
    struct stream a, b, c;
    stream_init(&a, 7, 1);
    stream_init(&b, 7, 1);
    stream_init(&c, 7, 2);
    bool differs = false;
    for (int i = 0; i < 100; i++) {
        uint64_t x = stream_next(&a);
        assert_true(x == stream_next(&b));
        differs = differs || x != stream_next(&c);
    }
    assert_true(differs);
    struct stream known = {{1, 2, 3, 4}}; /* first outputs of the authors' reference code for this state */
    assert_true(stream_next(&known) == 11520);
    assert_true(stream_next(&known) == 0);
    assert_true(stream_next(&known) == 1509978240);
}

static void test_uniform(void **state) {
    (void)state;
    struct stream s;
    stream_init(&s, 1, 0);
    size_t counts[7] = {0};
    for (int i = 0; i < 70000; i++) {
        counts[stream_below(&s, 7)]++;
        double u = stream_unit(&s);
        assert_true(u >= 0 && u < 1);
    }
    double chi = 0;
    for (int i = 0; i < 7; i++) {
        chi += pow((double)counts[i] - 10000, 2) / 10000;
    }
    assert_true(chi < 22.46); /* .999 of chi-square with 6 degrees */
    for (int i = 0; i < 100; i++) {
        assert_true(stream_below(&s, 1) == 0);
    }
}

static void test_normal(void **state) {
    (void)state;
    struct stream s;
    stream_init(&s, 2, 0);
    double sum = 0, squares = 0, inside = 0;
    for (int i = 0; i < 40000; i++) {
        double z = stream_normal(&s);
        sum += z;
        squares += z * z;
        inside += fabs(z) < 1.959963984540054;
    }
    assert_near("mean", sum / 40000, 0, 0.025);
    assert_near("variance", squares / 40000, 1, 0.04);
    assert_near("95 %", inside / 40000, 0.95, 0.006);
}

/* Draws against the exact distribution: both branches, both halves of p. */
static void check_binomial(uint64_t n, double p, uint64_t seed) {
    struct stream s;
    stream_init(&s, seed, 0);
    enum { DRAWS = 20000, CELLS = 400 };
    double counts[CELLS] = {0}, chi = 0, expected = 0, seen = 0;
    int cells = 0;
    assert_true(n < CELLS);
    for (int i = 0; i < DRAWS; i++) {
        counts[stream_binomial(&s, n, p)]++;
    }
    for (size_t k = 0; k <= n; k++) { /* cells of at least 20 expected draws */
        expected += DRAWS * binomial_mass(k, (size_t)n, p);
        seen += counts[k];
        if (expected >= 20 || k == n) {
            chi += expected > 0 ? (seen - expected) * (seen - expected) / expected : 0;
            cells += expected >= 20;
            expected = seen = 0;
        }
    }
    assert_true(cells > 3);
    assert_true(chi < cells + 4.5 * sqrt(2.0 * cells) + 12);
}

static void test_binomial(void **state) {
    (void)state;
    check_binomial(12, 0.3, 1);
    check_binomial(12, 0.85, 2);
    check_binomial(300, 0.02, 3);
    check_binomial(50, 0.4, 4);
    check_binomial(350, 0.5, 5);
    check_binomial(350, 0.93, 6);
    struct stream s;
    stream_init(&s, 3, 0);
    assert_true(stream_binomial(&s, 0, 0.5) == 0);
    assert_true(stream_binomial(&s, 9, 0) == 0);
    assert_true(stream_binomial(&s, 9, 1) == 9);
    double sum = 0;
    for (int i = 0; i < 2000; i++) {
        sum += (double)stream_binomial(&s, 1000000, 0.25);
    }
    assert_near("a million", sum / 2000, 250000, 4 * sqrt(1e6 * 0.25 * 0.75 / 2000));
}

static void test_multinomial(void **state) {
    (void)state;
    struct stream s;
    stream_init(&s, 4, 0);
    const uint64_t weight[4] = {1, 0, 3, 6};
    double sums[4] = {0};
    for (int i = 0; i < 5000; i++) {
        uint64_t counts[4];
        stream_multinomial(&s, 20, weight, 4, counts);
        assert_true(counts[0] + counts[1] + counts[2] + counts[3] == 20 && counts[1] == 0);
        for (int k = 0; k < 4; k++) {
            sums[k] += (double)counts[k];
        }
    }
    for (int k = 0; k < 4; k++) {
        assert_near("share", sums[k] / 5000, 2.0 * (double)weight[k], 0.15);
    }
    const uint64_t nothing[2] = {0, 0};
    uint64_t counts[2];
    stream_multinomial(&s, 5, nothing, 2, counts);
    assert_true(counts[0] == 0 && counts[1] == 0);
}

static void test_shuffle(void **state) {
    (void)state;
    struct stream s;
    stream_init(&s, 5, 0);
    double sums[5] = {0};
    for (int i = 0; i < 10000; i++) {
        uint8_t values[5] = {0, 1, 2, 3, 4};
        stream_shuffle_bytes(&s, values, 5);
        int seen = 0;
        for (int k = 0; k < 5; k++) {
            seen |= 1 << values[k];
            sums[k] += values[k];
        }
        assert_int_equal(seen, 31);
    }
    for (int k = 0; k < 5; k++) {
        assert_near("every place", sums[k] / 10000, 2, 0.06);
    }
}

static void test_percentile(void **state) {
    (void)state;
    double values[] = {5, 1, 4, 2}; /* R: quantile(c(5, 1, 4, 2), c(.025, .5, 1)) */
    assert_near("low", percentile(values, 4, 0.025), 1.075, 1e-12);
    assert_near("median", percentile(values, 4, 0.5), 3, 1e-12);
    assert_near("high", percentile(values, 4, 1), 5, 0);
    assert_true(isnan(percentile(values, 0, 0.5)));
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_repeatable), cmocka_unit_test(test_uniform),     cmocka_unit_test(test_normal),
        cmocka_unit_test(test_binomial),   cmocka_unit_test(test_multinomial), cmocka_unit_test(test_shuffle),
        cmocka_unit_test(test_percentile),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
