/* Brier, Murphy's parts, bins, band, gap and verdict. */
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "core/quality/confidence.h"
#include "core/quality/stream.h"
#include "helper_stats.h"

static void check_bins(const struct confidence_figures *f, const cJSON *wanted) {
    const cJSON *row;
    assert_near("ece", f->ece.value, json_at(wanted, "ece")->valuedouble, 1e-9);
    cJSON_ArrayForEach(row, json_at(wanted, "rows")) {
        const struct confidence_bin *bin = &f->bins[json_at(row, "bin")->valueint];
        assert_int_equal(bin->n, json_at(row, "n")->valueint);
        if (bin->n == 0) {
            assert_true(isnan(bin->stated) && isnan(bin->hit));
        } else {
            assert_near("stated", bin->stated, json_at(row, "conf")->valuedouble, 1e-9);
            assert_near("hit", bin->hit, json_at(row, "acc")->valuedouble, 1e-9);
        }
    }
}

static void test_published(void **state) {
    (void)state;
    cJSON *json = stats_json("calibration/expected.json");
    const cJSON *one;
    cJSON_ArrayForEach(one, json_at(json, "cases")) {
        char path[128];
        struct sheet sheet;
        snprintf(path, sizeof path, "calibration/%s.csv", one->string);
        assert_true(sheet_load(&sheet, path));
        struct confidence_answer *answers = calloc(sheet.rows, sizeof *answers);
        assert_non_null(answers);
        for (size_t i = 0; i < sheet.rows; i++) {
            answers[i].percent = (uint8_t)sheet_number(&sheet, i, 0);
            answers[i].right = (uint8_t)sheet_number(&sheet, i, 1);
        }
        struct confidence_figures f;
        confidence_figures(answers, sheet.rows, 1, &f);
        const cJSON *expected = json_at(one, "expected");
        assert_near("brier", f.brier.value, json_at(json_at(expected, "brier"), "value")->valuedouble, 1e-9);
        assert_near("rel", f.reliability.value, json_at(json_at(expected, "murphy_exact_rel"), "value")->valuedouble,
                    1e-9);
        assert_near("res", f.resolution.value, json_at(json_at(expected, "murphy_exact_res"), "value")->valuedouble,
                    1e-9);
        assert_near("unc", f.uncertainty.value, json_at(json_at(expected, "murphy_exact_unc"), "value")->valuedouble,
                    1e-9);
        assert_near("the parts sum", f.brier.value, f.reliability.value - f.resolution.value + f.uncertainty.value,
                    1e-12);
        check_bins(&f, json_at(expected, "bins10_right_closed"));
        free(answers);
        sheet_release(&sheet);
    }
    cJSON_Delete(json);
}

static void test_bin_edges(void **state) {
    (void)state;
    assert_int_equal(confidence_bin_of(0), 0);
    for (int percent = 1; percent <= 100; percent++) {
        assert_int_equal(confidence_bin_of(percent), (percent - 1) / 10);
    }
}

static void fill(struct confidence_answer *answers, size_t n, uint8_t percent, size_t right) {
    for (size_t i = 0; i < n; i++) {
        answers[i] = (struct confidence_answer){percent, i < right};
    }
}

static enum confidence_verdict verdict(size_t n, uint8_t percent, size_t right) {
    struct confidence_answer answers[500] = {{0, 0}};
    struct confidence_figures f;
    fill(answers, n, percent, right);
    confidence_figures(answers, n, 1, &f);
    assert_int_equal(f.verdict == CONFIDENCE_SURER, n >= CONFIDENCE_EARLY && f.gap.low > 0);
    return f.verdict;
}

static void test_verdicts(void **state) {
    (void)state;
    assert_int_equal(verdict(9, 95, 0), CONFIDENCE_TOO_EARLY);
    assert_int_equal(verdict(40, 82, 34), CONFIDENCE_FITS);
    assert_int_equal(verdict(40, 95, 26), CONFIDENCE_SURER);
    assert_int_equal(verdict(200, 60, 180), CONFIDENCE_RIGHTER);
    assert_int_equal(verdict(12, 95, 12), CONFIDENCE_FITS); /* a short run of right answers accuses nobody */
    assert_int_equal(verdict(30, 100, 30), CONFIDENCE_FITS);
    assert_string_equal(confidence_verdict_name(CONFIDENCE_SURER), "surer than right");
}

static void test_nothing(void **state) {
    (void)state;
    struct confidence_figures f;
    confidence_figures(NULL, 0, 1, &f);
    assert_non_null(f.brier.undefined);
    assert_non_null(f.ece.undefined);
    assert_non_null(f.gap.undefined);
    assert_int_equal(f.verdict, CONFIDENCE_TOO_EARLY);
    assert_true(isnan(f.mean_percent));
}

/*
 * The calibration error of perfectly calibrated people: .11 at n = 30 and .055 at n = 120 by the design, and
 * 19 of 20 of them inside the simulated band.
 */
static void test_band_holds_the_calibrated(void **state) {
    (void)state;
    const uint8_t levels[] = {40, 60, 80, 95};
    const size_t sizes[] = {30, 120};
    const double wanted[] = {0.11, 0.055};
    struct stream s;
    stream_init(&s, 3, 0);
    for (int which = 0; which < 2; which++) {
        size_t n = sizes[which];
        int inside = 0;
        double sum = 0;
        for (int person = 0; person < 200; person++) {
            struct confidence_answer answers[120];
            for (size_t i = 0; i < n; i++) {
                answers[i].percent = levels[i % 4];
                answers[i].right = stream_unit(&s) < levels[i % 4] / 100.0;
            }
            struct confidence_figures f;
            confidence_figures(answers, n, (uint64_t)person, &f);
            assert_true(f.ece_band_low < f.ece_band_high);
            inside += f.ece.value >= f.ece_band_low && f.ece.value <= f.ece_band_high;
            sum += f.ece.value;
        }
        assert_true(inside >= 178 && inside <= 200);
        assert_near("mean error", sum / 200, wanted[which], 0.02);
    }
}

/* People who are right less often than they say: the true Brier score lies in the interval of about 19 of 20. */
static void test_intervals(void **state) {
    (void)state;
    const uint8_t levels[] = {40, 60, 80, 95};
    const double rates[] = {0.35, 0.5, 0.7, 0.85};
    struct confidence_figures f;
    struct confidence_answer answers[120] = {{0, 0}};
    struct stream s;
    double brier = 0;
    int inside = 0;
    stream_init(&s, 5, 0);
    for (int i = 0; i < 4; i++)
        brier += (rates[i] * (1 - rates[i]) + (levels[i] / 100.0 - rates[i]) * (levels[i] / 100.0 - rates[i])) / 4;
    for (uint64_t person = 0; person < 400; person++) {
        for (size_t i = 0; i < 120; i++)
            answers[i] = (struct confidence_answer){levels[i % 4], stream_unit(&s) < rates[i % 4]};
        confidence_figures(answers, 120, person, &f);
        inside += f.brier.low <= brier && brier <= f.brier.high;
        const struct figure *parts[] = {&f.brier, &f.reliability, &f.resolution, &f.uncertainty, &f.ece};
        for (int i = 0; i < 5; i++)
            assert_true(parts[i]->low <= parts[i]->value && parts[i]->value <= parts[i]->high && parts[i]->low >= 0);
    }
    assert_true(inside >= 364 && inside <= 392); /* 380 expected, standard error 4.4; three of them and a little */
    fill(answers, 30, 95, 30);                   /* all alike: resampled they would seem certain */
    confidence_figures(answers, 30, 1, &f);
    assert_false(figure_has_interval(&f.brier) || figure_has_interval(&f.ece));
}

static void test_same_seed_same_band(void **state) {
    (void)state;
    struct confidence_answer answers[50] = {{0, 0}};
    struct confidence_figures a, b;
    fill(answers, 50, 80, 40);
    confidence_figures(answers, 50, 9, &a);
    answers[0].right = 0; /* order of the answers does not matter, only how many were right */
    answers[49].right = 1;
    confidence_figures(answers, 50, 9, &b);
    assert_true(a.ece_band_low == b.ece_band_low && a.ece_band_high == b.ece_band_high);
    assert_true(a.brier.value == b.brier.value);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_published),
        cmocka_unit_test(test_bin_edges),
        cmocka_unit_test(test_verdicts),
        cmocka_unit_test(test_nothing),
        cmocka_unit_test(test_band_holds_the_calibrated),
        cmocka_unit_test(test_intervals),
        cmocka_unit_test(test_same_seed_same_band),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
