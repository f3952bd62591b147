/* Study A as a team: agreement, its members taken out, pairs, aggregation, ranking of the models. */
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "core/base/memory.h"
#include "core/quality/aggregate.h"
#include "core/quality/bootstrap.h"
#include "core/quality/paired.h"
#include "helper_study.h"

static void check_kind(const struct ratings_table *t, enum agreement_kind kind, const char *key) {
    assert_near(key, agreement_value(t, kind, NULL).value, number_at(json_at(study.expected, "agreement"), key), 1e-9);
}

static void test_agreement(void **state) {
    (void)state;
    struct ratings_table choice, score;
    assert_int_equal(study.firsts, number_at(study.expected, "first_judgements"));
    ratings_table_init(&choice, study.choices, study.firsts, study.units, CHOICES);
    ratings_table_init(&score, study.scores, study.firsts, study.units, SCORES);
    check_kind(&choice, AGREEMENT_PERCENT, "percent_agreement_choice");
    check_kind(&choice, AGREEMENT_ALPHA_NOMINAL, "kripp_nominal_choice");
    check_kind(&choice, AGREEMENT_AC1, "ac1_choice");
    check_kind(&choice, AGREEMENT_FLEISS, "fleiss_general_choice");
    check_kind(&score, AGREEMENT_ALPHA_ORDINAL, "kripp_ordinal_score");
    check_kind(&score, AGREEMENT_ALPHA_INTERVAL, "kripp_interval_score");
    check_kind(&score, AGREEMENT_ALPHA_NOMINAL, "kripp_nominal_score");
    check_kind(&score, AGREEMENT_AC2_LINEAR, "ac2_linear_score");
    check_kind(&score, AGREEMENT_AC2_QUADRATIC, "ac2_quadratic_score");
    check_kind(&score, AGREEMENT_AC2_ORDINAL, "ac2_ordinal_score");
    const enum agreement_kind nominal = AGREEMENT_ALPHA_NOMINAL, ordinal = AGREEMENT_ALPHA_ORDINAL;
    struct bootstrap_result boot;
    const cJSON *wanted = json_at(study.expected, "agreement_bootstrap");
    bootstrap_agreement(&choice, NULL, &nominal, 1, NULL, 2000, 1, &boot);
    assert_near("nominal, low", boot.figure.low, number_at(json_at(wanted, "kripp_nominal_choice"), "p2_5"), 0.003);
    assert_near("nominal, high", boot.figure.high, number_at(json_at(wanted, "kripp_nominal_choice"), "p97_5"), 0.003);
    bootstrap_agreement(&score, NULL, &ordinal, 1, NULL, 2000, 1, &boot);
    assert_near("ordinal, low", boot.figure.low, number_at(json_at(wanted, "kripp_ordinal_score"), "p2_5"), 0.003);
    assert_near("ordinal, high", boot.figure.high, number_at(json_at(wanted, "kripp_ordinal_score"), "p97_5"), 0.003);
    ratings_table_release(&choice);
    ratings_table_release(&score);
}

static void test_agreement_by_category(void **state) {
    (void)state;
    struct rating *ratings = calloc(study.count, sizeof *ratings);
    assert_non_null(ratings);
    for (uint32_t c = 0; c < study.categories.count; c++) {
        const cJSON *wanted = json_at(json_at(study.expected, "agreement_by_category"), study.categories.name[c]);
        for (int scored = 0; scored < 2; scored++) {
            size_t kept = 0;
            for (size_t i = 0; i < study.count; i++) {
                const struct row *r = &study.rows[i];
                if (!r->repeat && r->category == c) {
                    ratings[kept++] = (struct rating){r->item, r->person, scored ? r->score : r->choice};
                }
            }
            struct ratings_table t;
            ratings_table_init(&t, ratings, kept, study.units, scored ? SCORES : CHOICES);
            struct figure f = agreement_value(&t, scored ? AGREEMENT_ALPHA_ORDINAL : AGREEMENT_ALPHA_NOMINAL, NULL);
            assert_near("alpha", f.value, number_at(wanted, scored ? "kripp_ordinal_score" : "kripp_nominal_choice"),
                        1e-9);
            ratings_table_release(&t);
        }
    }
    free(ratings);
}

static void test_leave_one_out(void **state) {
    (void)state;
    struct ratings_table t;
    struct figure out[PEOPLE];
    ratings_table_init(&t, study.choices, study.firsts, study.units, CHOICES);
    double all = agreement_value(&t, AGREEMENT_ALPHA_NOMINAL, NULL).value;
    agreement_leave_one_out(&t, study.choices, study.firsts, PEOPLE, AGREEMENT_ALPHA_NOMINAL, NULL, out);
    for (size_t p = 0; p < PEOPLE; p++) {
        const char *name = study.people.name[p];
        assert_near(name, out[p].value, number_at(json_at(study.expected, "kripp_nominal_without_annotator"), name),
                    1e-9);
        /* Removing the random clicker raises alpha as nobody else does. */
        bool clicker = strcmp(study_role(p), "random_clicker") == 0;
        assert_int_equal(out[p].value - all > 0.06, clicker);
        assert_int_equal(out[p].value - all > 0.026, clicker);
    }
    ratings_table_release(&t);
}

static void test_pairs(void **state) {
    (void)state;
    static const char *const keys[] = {"kappa", "kappa_linear_score", "kappa_quadratic_score"};
    for (int w = 0; w < 3; w++) {
        struct agreement_pair *pairs;
        size_t count =
            agreement_pairs(w == 0 ? study.choices : study.scores, study.firsts, study.units, PEOPLE,
                            w == 0 ? CHOICES : SCORES, (enum agreement_weights)w, AGREEMENT_PAIR_ITEMS, &pairs);
        assert_int_equal(count, PEOPLE * (PEOPLE - 1) / 2);
        for (size_t i = 0; i < count; i++) {
            char key[64];
            snprintf(key, sizeof key, "%s|%s", study.people.name[pairs[i].a], study.people.name[pairs[i].b]);
            const cJSON *wanted = json_at(json_at(study.expected, "pairwise_kappa"), key);
            assert_int_equal(pairs[i].n, number_at(wanted, "n"));
            assert_near(key, pairs[i].cohen.kappa.value, number_at(wanted, keys[w]), 1e-9);
        }
        memory_free(pairs);
    }
}

static void check_model(const cJSON *wanted, const struct dawid_skene_options *options) {
    struct dawid_skene fit;
    dawid_skene_fit(&fit, study.choices, study.firsts, study.units, PEOPLE, CHOICES, options);
    assert_true(fit.converged);
    assert_near("likelihood", fit.log_likelihood, number_at(wanted, "loglik"), 0.01);
    for (size_t p = 0; p < PEOPLE; p++) {
        assert_near("accuracy", fit.accuracy[p], number_at(json_at(wanted, "accuracy"), study.people.name[p]), 1e-3);
    }
    dawid_skene_release(&fit);
}

static void test_aggregation(void **state) {
    (void)state;
    const cJSON *wanted = json_at(study.expected, "aggregation");
    struct majority *m = calloc(study.units, sizeof *m);
    assert_non_null(m);
    size_t undecided = 0;
    aggregate_majority(study.choices, study.firsts, study.units, CHOICES, m);
    for (size_t u = 0; u < study.units; u++) {
        undecided += m[u].label == AGGREGATE_UNDECIDED;
    }
    assert_int_equal(undecided, number_at(json_at(wanted, "majority"), "undecided"));
    free(m);
    struct dawid_skene_options options = {.tolerance = 1e-11, .rounds = 5000};
    check_model(json_at(wanted, "dawid_skene"), &options);
    options.one_coin = true;
    check_model(json_at(wanted, "one_coin"), &options);
    int *known = calloc(study.units, sizeof *known);
    assert_non_null(known);
    for (size_t u = 0; u < study.units; u++) {
        known[u] = -1;
    }
    for (size_t i = 0; i < study.count; i++) {
        if (study.rows[i].gold) {
            known[study.rows[i].item] = (int)study.rows[i].gold_choice;
        }
    }
    options.one_coin = false;
    options.known = known;
    check_model(json_at(wanted, "dawid_skene_gold_clamped"), &options);
    free(known);
}

static void test_ranking(void **state) {
    (void)state;
    const cJSON *wanted = json_at(study.expected, "ranking"), *one;
    struct pairing games[64];
    size_t count = 0;
    cJSON_ArrayForEach(one, json_at(wanted, "counts")) {
        games[count++] = (struct pairing){
            .i = names_number(&study.models, cJSON_GetArrayItem(one, 0)->valuestring),
            .j = names_number(&study.models, cJSON_GetArrayItem(one, 1)->valuestring),
            .wins_i = cJSON_GetArrayItem(one, 2)->valuedouble,
            .ties = cJSON_GetArrayItem(one, 3)->valuedouble,
            .wins_j = cJSON_GetArrayItem(one, 4)->valuedouble,
        };
    }
    struct paired fit;
    paired_fit(&fit, games, count, study.models.count, PAIRED_TIES_DAVIDSON, false);
    for (size_t i = 0; i < study.models.count; i++) {
        assert_near("davidson", fit.strength[i], cJSON_GetArrayItem(json_at(wanted, "davidson"), (int)i)->valuedouble,
                    1e-6);
    }
    assert_near("nu", fit.nu, number_at(wanted, "davidson_nu"), 1e-6);
    assert_near("likelihood", fit.log_likelihood, number_at(wanted, "davidson_loglik"), 1e-4);
    paired_release(&fit);
    paired_fit(&fit, games, count, study.models.count, PAIRED_TIES_HALF, false);
    for (size_t i = 0; i < study.models.count; i++) {
        assert_near("half", fit.strength[i], cJSON_GetArrayItem(json_at(wanted, "bt_ties_half"), (int)i)->valuedouble,
                    1e-6);
    }
    paired_release(&fit);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_agreement),     cmocka_unit_test(test_agreement_by_category),
        cmocka_unit_test(test_leave_one_out), cmocka_unit_test(test_pairs),
        cmocka_unit_test(test_aggregation),   cmocka_unit_test(test_ranking),
    };
    return cmocka_run_group_tests(tests, study_load, study_unload);
}
