/* Study A person by person: every figure, and every planted fault found in its bearer and nobody else. */
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
#include "core/quality/consistency.h"
#include "core/quality/drift.h"
#include "core/quality/gold.h"
#include "core/quality/habits.h"
#include "helper_study.h"

static void check_interval(const struct figure *f, const cJSON *ends) {
    assert_near("low", f->low, cJSON_GetArrayItem(ends, 0)->valuedouble, 1e-9);
    assert_near("high", f->high, cJSON_GetArrayItem(ends, 1)->valuedouble, 1e-9);
}

/* The gold outcomes of a person, in the order of the file. */
static size_t outcomes_of(size_t person, struct gold_outcome *outcomes, uint8_t *wrong) {
    static const int codes[] = {0, 1, GOLD_TIE};
    size_t n = 0;
    for (size_t i = 0; i < study.count; i++) {
        const struct row *r = &study.rows[i];
        if (r->person != person || !r->gold || r->repeat) {
            continue;
        }
        enum gold_result result = r->choice == r->gold_choice ? GOLD_RIGHT : GOLD_WRONG_SIDE;
        wrong[n] = result != GOLD_RIGHT;
        outcomes[n++] = (struct gold_outcome){r->category, 0, codes[r->gold_choice], codes[r->choice], result, 0};
    }
    return n;
}

static void test_gold(void **state) {
    (void)state;
    for (size_t p = 0; p < PEOPLE; p++) {
        static struct gold_outcome outcomes[2000];
        uint8_t wrong[2000];
        size_t n = outcomes_of(p, outcomes, wrong);
        struct gold_summary s;
        gold_summarise(outcomes, n, &s);
        const cJSON *gold = json_at(study.of[p], "gold");
        assert_int_equal(s.n, number_at(gold, "n"));
        assert_int_equal(s.right, number_at(gold, "correct"));
        check_interval(&s.accuracy, json_at(gold, "wilson"));
        assert_int_equal(s.accuracy.high < 0.75, study_listed("gold_wilson_upper_below_75", p));
        struct gold_row rows[16];
        double limits[16];
        for (size_t c = 0; c < 16; c++) {
            limits[c] = 0.8;
        }
        gold_by_category(outcomes, n, limits, study.categories.count, rows);
        for (size_t c = 0; c < study.categories.count; c++) {
            const cJSON *wanted = json_at(json_at(study.of[p], "by_category"), study.categories.name[c]);
            assert_int_equal(rows[c].summary.n, number_at(wanted, "n"));
            assert_int_equal(rows[c].summary.right, number_at(wanted, "correct"));
            assert_int_equal(rows[c].shown, rows[c].summary.n >= 10);
        }
        size_t counts[16], margin[4], other[4];
        assert_int_equal(gold_confusion(outcomes, n, 2, counts, margin, other), n);
        const cJSON *matrix = json_at(study.of[p], "confusion_rows_gold_cols_choice");
        for (int k = 0; k < 9; k++) {
            assert_int_equal(counts[k / 3 * 4 + k % 3],
                             cJSON_GetArrayItem(cJSON_GetArrayItem(matrix, k / 3), k % 3)->valueint);
        }
    }
}

static void test_confidence(void **state) {
    (void)state;
    int surer = 0;
    for (size_t p = 0; p < PEOPLE; p++) {
        static struct confidence_answer answers[2000];
        size_t n = 0;
        for (size_t i = 0; i < study.count; i++) {
            const struct row *r = &study.rows[i];
            if (r->person == p && r->gold && !r->repeat) {
                answers[n++] = (struct confidence_answer){r->percent, r->choice == r->gold_choice};
            }
        }
        struct confidence_figures f;
        confidence_figures(answers, n, 1, &f);
        const cJSON *wanted = json_at(study.of[p], "calibration");
        assert_near("brier", f.brier.value, number_at(wanted, "brier"), 1e-9);
        assert_near("reliability", f.reliability.value, number_at(wanted, "murphy_rel"), 1e-9);
        assert_near("resolution", f.resolution.value, number_at(wanted, "murphy_res"), 1e-9);
        assert_near("uncertainty", f.uncertainty.value, number_at(wanted, "murphy_unc"), 1e-9);
        assert_near("ece", f.ece.value, number_at(wanted, "ece10_right_closed"), 1e-9);
        assert_near("stated", f.mean_percent / 100, number_at(wanted, "mean_confidence"), 1e-9);
        const char *role = study_role(p);
        if (strcmp(role, "normal") == 0) {
            surer += f.verdict == CONFIDENCE_SURER;
            assert_true(f.verdict != CONFIDENCE_RIGHTER);
        } else if (strcmp(role, "random_clicker") == 0 || strcmp(role, "overconfident") == 0) {
            assert_int_equal(f.verdict, CONFIDENCE_SURER);
        }
    }
    assert_true(surer <= 1); /* of five: the intervals are 95 % ones */
}

static void test_position(void **state) {
    (void)state;
    for (size_t p = 0; p < PEOPLE; p++) {
        size_t first = 0, n = 0, longer = 0, unequal = 0;
        for (size_t i = 0; i < study.count; i++) {
            const struct row *r = &study.rows[i];
            if (r->person == p && !r->repeat && r->choice != CHOICE_TIE) {
                first += (r->choice == CHOICE_A) == (r->first_shown > 0);
                n++;
                unequal += r->length_a != r->length_b;
                longer += r->length_a != r->length_b && (r->choice == CHOICE_A) == (r->length_a > r->length_b);
            }
        }
        struct habit_share h = habits_shown_first(first, n);
        const cJSON *wanted = json_at(study.of[p], "position");
        assert_int_equal(n, number_at(wanted, "n"));
        assert_near("share", h.share.value, number_at(wanted, "share"), 1e-12);
        assert_near("p", log(h.p), log(number_at(wanted, "p_binomial")), 1e-6);
        check_interval(&h.share, json_at(wanted, "wilson"));
        assert_int_equal(h.flagged, study_listed("position_p_below_1e4", p));
        wanted = json_at(study.of[p], "length");
        assert_int_equal(unequal, number_at(wanted, "n"));
        assert_int_equal(longer, number_at(wanted, "longer_chosen"));
        assert_near("p", log(habits_longer(longer, unequal).p), log(number_at(wanted, "p_binomial")), 1e-6);
    }
}

static void test_length(void **state) {
    (void)state;
    struct habit_length_row *rows = calloc(study.count, sizeof *rows);
    double coefficients[PEOPLE];
    bool flags[PEOPLE];
    assert_non_null(rows);
    for (size_t p = 0; p < PEOPLE; p++) {
        size_t n = 0;
        for (size_t i = 0; i < study.count; i++) {
            const struct row *r = &study.rows[i];
            if (r->person == p && !r->repeat && r->choice != CHOICE_TIE) {
                rows[n++] = (struct habit_length_row){r->choice == CHOICE_A, (int8_t)r->first_shown,
                                                      log(r->length_a / r->length_b)};
            }
        }
        struct habit_length fit;
        habits_length_fit(rows, n, &fit);
        assert_null(fit.undefined);
        const cJSON *wanted = json_at(study.of[p], "logit_choice_A");
        for (int k = 0; k < HABIT_TERMS; k++) {
            assert_near("coefficient", fit.coefficient[k], cJSON_GetArrayItem(json_at(wanted, "coef"), k)->valuedouble,
                        1e-6);
            assert_near("error", fit.error[k], cJSON_GetArrayItem(json_at(wanted, "se"), k)->valuedouble, 1e-6);
        }
        assert_near("likelihood", fit.log_likelihood, number_at(wanted, "loglik"), 1e-6);
        coefficients[p] = fit.coefficient[HABIT_LENGTH];
    }
    habits_outliers(coefficients, PEOPLE, 4, NULL, flags);
    for (size_t p = 0; p < PEOPLE; p++) {
        assert_int_equal(flags[p], study_listed("length_logit_p_below_1e4", p));
    }
    free(rows);
}

static void test_speed(void **state) {
    (void)state;
    struct habit_time *rows = calloc(study.count, sizeof *rows);
    struct habit_speed out[PEOPLE];
    assert_non_null(rows);
    size_t n = 0;
    for (size_t i = 0; i < study.count; i++) {
        const struct row *r = &study.rows[i];
        if (!r->repeat) {
            rows[n++] = (struct habit_time){r->person, r->seconds, r->length_a + r->length_b};
        }
    }
    habits_speed(rows, n, PEOPLE, out);
    for (size_t p = 0; p < PEOPLE; p++) {
        assert_near("median", out[p].median_seconds, number_at(json_at(study.of[p], "seconds"), "median"), 0.051);
        assert_int_equal(out[p].flagged, study_listed("median_seconds_below_third_of_team_median", p));
    }
    free(rows);
}

static void test_retests(void **state) {
    (void)state;
    for (size_t p = 0; p < PEOPLE; p++) {
        const struct row *first[2000] = {NULL};
        static struct retest_pair by_choice[2000], by_score[2000];
        size_t n = 0, swapped_same = 0;
        assert_true(study.units <= 2000);
        for (size_t i = 0; i < study.count; i++) {
            const struct row *r = &study.rows[i];
            if (r->person != p) {
                continue;
            }
            if (!r->repeat) {
                first[r->item] = r;
                continue;
            }
            const struct row *f = first[r->item];
            bool swapped = f->first_shown != r->first_shown;
            by_choice[n] = (struct retest_pair){(uint8_t)f->choice, (uint8_t)r->choice, swapped};
            by_score[n++] = (struct retest_pair){(uint8_t)f->score, (uint8_t)r->score, swapped};
            swapped_same += swapped && f->choice == r->choice;
        }
        struct consistency c, s;
        consistency_figures(by_choice, n, CHOICES, WEIGHTS_NONE, &c);
        consistency_figures(by_score, n, SCORES, WEIGHTS_QUADRATIC, &s);
        const cJSON *wanted = json_at(study.of[p], "test_retest");
        assert_int_equal(c.n, number_at(wanted, "n"));
        assert_int_equal(c.same_count, number_at(wanted, "same_choice"));
        assert_near("kappa", c.kappa.value, number_at(wanted, "kappa_choice"), 1e-9);
        assert_near("kappa of scores", s.kappa.value, number_at(wanted, "kappa_quadratic_score"), 1e-9);
        assert_int_equal(c.swapped.n, number_at(wanted, "flipped_n"));
        assert_int_equal(swapped_same, number_at(wanted, "flipped_same_choice"));
        if (c.swapped.n > 0) {
            assert_near("swapped", c.swapped.value, (double)swapped_same / (double)c.swapped.n, 1e-12);
        }
    }
}

static void test_drift(void **state) {
    (void)state;
    struct drift_design d;
    assert_true(drift_design_fixed(&d, 3, 1, 13, 0.85, 0.65));
    for (size_t p = 0; p < PEOPLE; p++) {
        static struct gold_outcome outcomes[2000];
        uint8_t wrong[2000];
        struct drift_alarm alarms[32];
        struct drift_detector last;
        size_t n = outcomes_of(p, outcomes, wrong);
        size_t count = drift_run(&d, wrong, NULL, n, false, NULL, alarms, 32, &last);
        const cJSON *wanted = json_at(json_at(json_at(study.of[p], "drift"), "cusum_3_1_H13"), "alarms_gold_index");
        assert_int_equal(count, cJSON_GetArraySize(wanted));
        for (size_t a = 0; a < count; a++) {
            assert_int_equal(alarms[a].at, cJSON_GetArrayItem(wanted, (int)a)->valueint);
        }
        assert_int_equal(last.statistic, number_at(json_at(json_at(study.of[p], "drift"), "cusum_3_1_H13"), "final"));
        if (strcmp(study.people.name[p], "ann09") == 0) { /* the drifting one: found, dated, and said to have changed */
            struct drift_change change;
            int since = json_at(json_at(json_at(study.expected, "verdicts"), "drift"), "change_gold_index")->valueint;
            drift_change_test(wrong, alarms[0].at + 1, alarms[0].onset, 0.85, 1, &change);
            assert_true(change.changed);
            assert_true(labs((long)alarms[0].onset - since) <= 12);
        }
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_gold),   cmocka_unit_test(test_confidence), cmocka_unit_test(test_position),
        cmocka_unit_test(test_length), cmocka_unit_test(test_speed),      cmocka_unit_test(test_retests),
        cmocka_unit_test(test_drift),
    };
    return cmocka_run_group_tests(tests, study_load, study_unload);
}
