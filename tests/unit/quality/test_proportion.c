/* Intervals, exact tests, distributions and plans, against statsmodels' and scipy's values. */
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "core/quality/planning.h"
#include "core/quality/proportion.h"
#include "helper_stats.h"

static void check(const cJSON *expected, const char *key, double seen) {
    const cJSON *entry = cJSON_GetObjectItemCaseSensitive(expected, key);
    if (entry != NULL) {
        assert_near(key, seen, json_at(entry, "value")->valuedouble, json_at(entry, "tol")->valuedouble);
    }
}

static void test_intervals(void **state) {
    (void)state;
    cJSON *json = stats_json("proportions_expected.json");
    const cJSON *one;
    int cases = 0;
    cJSON_ArrayForEach(one, json_at(json, "cases")) {
        size_t k = (size_t)json_at(one, "k")->valueint, n = (size_t)json_at(one, "n")->valueint;
        const cJSON *expected = json_at(one, "expected");
        struct figure wilson = proportion_wilson(k, n), jeffreys = proportion_jeffreys(k, n);
        struct figure exact = proportion_exact(k, n), posterior = proportion_posterior(k, n);
        check(expected, "beta11_mean", posterior.value);
        check(expected, "beta11_lo", posterior.low);
        check(expected, "beta11_hi", posterior.high);
        check(expected, "beta11_P_above_.75", 1 - proportion_chance_below(k, n, 1, 1, 0.75));
        cases++;
        if (n == 0) {
            assert_non_null(wilson.undefined);
            assert_non_null(jeffreys.undefined);
            assert_non_null(exact.undefined);
            continue;
        }
        check(expected, "wilson_lo", wilson.low);
        check(expected, "wilson_hi", wilson.high);
        check(expected, "jeffreys_lo", jeffreys.low);
        check(expected, "jeffreys_hi", jeffreys.high);
        check(expected, "clopper_pearson_lo", exact.low);
        check(expected, "clopper_pearson_hi", exact.high);
        assert_int_equal(wilson.n, n);
    }
    assert_true(cases >= 5);
    cJSON_Delete(json);
}

static void test_wilson_ends_are_exact(void **state) {
    (void)state;
    for (size_t n = 1; n < 500; n++) {
        assert_true(proportion_wilson(0, n).low == 0);
        assert_true(proportion_wilson(n, n).high == 1);
        assert_true(proportion_wilson(0, n).high < 1);
    }
}

/* The exact test by its definition, in long double over all outcomes. */
static double two_sided_by_hand(size_t k, size_t n, double p) {
    long double limit = binomial_mass(k, n, p) * (1 + 1e-7L), sum = 0;
    for (size_t x = 0; x <= n; x++) {
        double mass = binomial_mass(x, n, p);
        sum += mass <= limit ? mass : 0;
    }
    return (double)(sum > 1 ? 1 : sum);
}

static void test_binomial(void **state) {
    (void)state;
    const double rates[] = {0.03, 0.3, 0.5, 0.85};
    for (size_t r = 0; r < 4; r++) {
        for (size_t n = 1; n < 60; n += 7) {
            double below = 0;
            for (size_t k = 0; k <= n; k++) {
                below += binomial_mass(k, n, rates[r]);
                assert_near("at most", binomial_at_most(k, n, rates[r]), below, 1e-12);
                assert_near("at least", binomial_at_least(k + 1, n, rates[r]), 1 - below, 1e-12);
                assert_near("two-sided", binomial_two_sided(k, n, rates[r]), two_sided_by_hand(k, n, rates[r]), 1e-12);
            }
        }
    }
    /* Study A, the planted position-biased annotator: scipy.stats.binomtest(915, 1286). */
    assert_near("far tail", log(binomial_two_sided(915, 1286, 0.5)), log(2.173149399092587e-53), 1e-9);
    assert_near("near one half", binomial_two_sided(643, 1278, 0.5), 0.8447693002296119, 1e-9);
    assert_near("no trials", binomial_two_sided(0, 0, 0.5), 1, 0);
}

static void test_fisher(void **state) {
    (void)state;
    /* Fisher's tea-tasting table (Agresti 2002, table 3.8): 3 of 4 against 1 of 4, two-sided .486. */
    assert_near("tea", fisher_two_sided(3, 4, 1, 4), 34.0 / 70, 1e-12);
    assert_near("no margin", fisher_two_sided(0, 4, 0, 4), 1, 0);
    assert_near("swapped", fisher_two_sided(8, 20, 44, 200), fisher_two_sided(44, 200, 8, 20), 1e-12);
}

static void test_distributions(void **state) {
    (void)state;
    assert_near("beta, a = b = 1", beta_cdf(0.3, 1, 1), 0.3, 1e-15);
    assert_near("beta, closed form", beta_cdf(0.4, 1, 3), 1 - pow(0.6, 3), 1e-15);
    assert_near("beta, mirror", beta_cdf(0.2, 7.5, 2.25), 1 - beta_cdf(0.8, 2.25, 7.5), 1e-14);
    for (int i = 1; i < 50; i++) {
        double p = i / 50.0 - 0.005;
        assert_near("beta inverse", beta_cdf(beta_quantile(p, 17.5, 3.5), 17.5, 3.5), p, 1e-12);
        assert_near("normal inverse", normal_cdf(normal_quantile(p)), p, 1e-13);
    }
    assert_near("z", normal_quantile(0.975), 1.959963984540054, 1e-12);
}

static void test_holm(void **state) {
    (void)state;
    double p[] = {0.01, 0.04, 0.03, 0.005}; /* R: p.adjust(c(.01, .04, .03, .005), "holm") */
    const double wanted[] = {0.03, 0.06, 0.06, 0.02};
    holm_adjust(p, 4);
    for (int i = 0; i < 4; i++) {
        assert_near("holm", p[i], wanted[i], 1e-12);
    }
    double large[] = {0.9, 1, 0};
    holm_adjust(large, 3);
    assert_near("bounded", large[0], 1, 0);
    assert_near("zero stays", large[2], 0, 0);
}

static void test_plans(void **state) {
    (void)state;
    cJSON *json = stats_json("planning_expected.json");
    const cJSON *one;
    cJSON_ArrayForEach(one, json_at(json, "wilson_half_width")) {
        size_t n = planning_for_width(json_at(one, "p")->valuedouble, json_at(one, "half_width")->valuedouble);
        assert_int_equal(n, json_at(one, "n")->valueint);
    }
    cJSON_ArrayForEach(one, json_at(json, "qualification")) {
        struct planning_test found;
        assert_true(planning_find_test(json_at(one, "p_good")->valuedouble, json_at(one, "p_bad")->valuedouble,
                                       json_at(one, "alpha")->valuedouble, json_at(one, "beta")->valuedouble, &found));
        assert_int_equal(found.n, json_at(one, "n")->valueint);
        assert_int_equal(found.pass, json_at(one, "cut")->valueint);
        assert_near("good fails", found.good_fails, json_at(one, "p_fail_good")->valuedouble, 1e-12);
        assert_near("bad passes", found.bad_passes, json_at(one, "p_pass_bad")->valuedouble, 1e-12);
    }
    cJSON_Delete(json);
    /* The sizes that the design states. */
    assert_int_equal(planning_for_width(0.85, 0.10), 49);
    assert_int_equal(planning_for_width(0.85, 0.05), 196);
    assert_near("8 of 10 lets .65 through", planning_chance_to_pass(0.65, 10, 8), 0.2616, 1e-4);
    struct planning_test none;
    assert_false(planning_find_test(0.6, 0.6, 0.05, 0.05, &none));
}

static void test_more_needed(void **state) {
    (void)state;
    assert_int_equal(planning_more_needed(0, 0, 0.95, true, 1), 73); /* "73 of 73" */
    assert_int_equal(planning_more_needed(73, 73, 0.95, true, 30), 0);
    assert_int_equal(planning_more_needed(1, 1, 0.8, false, 1), 0);
    assert_int_equal(planning_more_needed(13, 13, 0.8, false, 30), 17);
    assert_int_equal(planning_more_needed(6, 10, 0.8, false, 10), 10); /* 16 of 20 */
    assert_int_equal(planning_more_needed(5, 5, 1, true, 1), SIZE_MAX);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_intervals), cmocka_unit_test(test_wilson_ends_are_exact), cmocka_unit_test(test_binomial),
        cmocka_unit_test(test_fisher),    cmocka_unit_test(test_distributions),         cmocka_unit_test(test_holm),
        cmocka_unit_test(test_plans),     cmocka_unit_test(test_more_needed),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
