/* Majority and Dawid-Skene: the 1979 anaesthetists, a seeded simulation, priors, gold, invariances, size. */
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include <cmocka.h>

#include "core/quality/aggregate.h"
#include "core/quality/stream.h"
#include "helper_stats.h"

struct votes {
    struct rating *ratings;
    size_t count;
    struct names tasks, workers;
    size_t labels;
};

static bool votes_load(struct votes *v, const cJSON *input) {
    struct sheet sheet;
    const cJSON *labels = json_at(input, "labels");
    *v = (struct votes){.labels = (size_t)cJSON_GetArraySize(labels)};
    if (!sheet_load(&sheet, json_at(input, "file")->valuestring)) {
        return false;
    }
    v->ratings = calloc(sheet.rows, sizeof *v->ratings);
    assert_non_null(v->ratings);
    for (size_t i = 0; i < sheet.rows; i++) {
        long label = sheet_number(&sheet, i, 2) - cJSON_GetArrayItem(labels, 0)->valueint;
        v->ratings[v->count++] = (struct rating){names_number(&v->tasks, sheet_cell(&sheet, i, 0)),
                                                 names_number(&v->workers, sheet_cell(&sheet, i, 1)), (uint32_t)label};
    }
    sheet_release(&sheet);
    return true;
}

static void votes_release(struct votes *v) {
    free(v->ratings);
    names_release(&v->tasks);
    names_release(&v->workers);
}

static void check_majority(const struct votes *v, const cJSON *wanted, int first) {
    struct majority *m = calloc(v->tasks.count, sizeof *m);
    assert_non_null(m);
    aggregate_majority(v->ratings, v->count, v->tasks.count, v->labels, m);
    for (size_t t = 0; t < v->tasks.count; t++) {
        const cJSON *label = json_at(wanted, v->tasks.name[t]);
        assert_int_equal(m[t].label, cJSON_IsNull(label) ? AGGREGATE_UNDECIDED : label->valueint - first);
    }
    free(m);
}

static void check_model(const struct votes *v, const cJSON *wanted, const struct dawid_skene_options *options) {
    struct dawid_skene fit;
    double tolerance = json_at(wanted, "tol_prob")->valuedouble;
    dawid_skene_fit(&fit, v->ratings, v->count, v->tasks.count, v->workers.count, v->labels, options);
    assert_near("log-likelihood", fit.log_likelihood, json_at(wanted, "loglik")->valuedouble,
                json_at(wanted, "tol_loglik")->valuedouble);
    for (size_t k = 0; k < v->labels; k++) {
        assert_near("prior", fit.prior[k], cJSON_GetArrayItem(json_at(wanted, "prior"), (int)k)->valuedouble,
                    tolerance);
    }
    for (size_t w = 0; w < v->workers.count; w++) {
        const cJSON *rows = json_at(json_at(wanted, "error"), v->workers.name[w]);
        for (size_t i = 0; i < v->labels * v->labels; i++) {
            const cJSON *row = cJSON_GetArrayItem(rows, (int)(i / v->labels));
            assert_near("error", fit.errors[w * v->labels * v->labels + i],
                        cJSON_GetArrayItem(row, (int)(i % v->labels))->valuedouble, tolerance);
        }
        assert_near("accuracy", fit.accuracy[w], json_at(json_at(wanted, "accuracy"), v->workers.name[w])->valuedouble,
                    tolerance);
    }
    for (size_t t = 0; t < v->tasks.count; t++) {
        const cJSON *row = json_at(json_at(wanted, "posterior"), v->tasks.name[t]);
        for (size_t k = 0; k < v->labels; k++) {
            assert_near("posterior", fit.posterior[t * v->labels + k], cJSON_GetArrayItem(row, (int)k)->valuedouble,
                        tolerance);
        }
    }
    dawid_skene_release(&fit);
}

static void test_published(void **state) {
    (void)state;
    cJSON *json = stats_json("aggregation/expected.json");
    const cJSON *one;
    int cases = 0;
    cJSON_ArrayForEach(one, json_at(json, "cases")) {
        struct votes v;
        const cJSON *input = json_at(one, "input"), *expected = json_at(one, "expected");
        if (!votes_load(&v, input)) {
            continue;
        }
        check_majority(&v, json_at(expected, "majority"), cJSON_GetArrayItem(json_at(input, "labels"), 0)->valueint);
        struct dawid_skene_options options = {.tolerance = 1e-14, .rounds = 20000}; /* plain maximum likelihood */
        check_model(&v, json_at(expected, "dawid_skene"), &options);
        options.one_coin = true;
        check_model(&v, json_at(expected, "one_coin"), &options);
        options.one_coin = false;
        const cJSON *smooth = json_at(expected, "dawid_skene_smooth_1");
        options.diagonal = options.off_diagonal = options.class_prior = 1;
        options.rounds =
            (size_t)json_at(smooth, "iterations")->valueint; /* the reference stopped before it had arrived */
        check_model(&v, smooth, &options);
        votes_release(&v);
        cases++;
    }
    assert_true(cases >= 1);
    cJSON_Delete(json);
}

/* `people` with these accuracies, each label of an item by `each` of them; returns the truth. */
static size_t simulate(struct rating *ratings, uint32_t *truth, size_t units, const double *accuracy, uint32_t people,
                       uint32_t each, uint32_t labels, uint64_t seed) {
    struct stream s;
    size_t count = 0;
    stream_init(&s, seed, 0);
    for (uint32_t u = 0; u < units; u++) {
        truth[u] = (uint32_t)stream_below(&s, labels);
        uint32_t first = (uint32_t)stream_below(&s, people);
        for (uint32_t e = 0; e < each; e++) {
            uint32_t a = (first + e * 7) % people;
            uint32_t label = truth[u];
            if (stream_unit(&s) >= accuracy[a]) {
                label = (label + 1 + (uint32_t)stream_below(&s, labels - 1)) % labels;
            }
            ratings[count++] = (struct rating){u, a, label};
        }
    }
    return count;
}

enum { UNITS = 400, PEOPLE = 8, EACH = 4 };

static double share_right(const struct dawid_skene *fit, const uint32_t *truth) {
    size_t right = 0;
    for (size_t u = 0; u < fit->units; u++) {
        right += dawid_skene_label(fit, u, NULL) == (int)truth[u];
    }
    return (double)right / (double)fit->units;
}

static void test_recovers_people(void **state) {
    (void)state;
    const double accuracy[PEOPLE] = {0.95, 0.9, 0.9, 0.85, 0.8, 0.75, 0.6, 0.1};
    static struct rating ratings[UNITS * EACH];
    uint32_t truth[UNITS];
    struct dawid_skene_options options;
    struct dawid_skene fit;
    size_t count = simulate(ratings, truth, UNITS, accuracy, PEOPLE, EACH, 3, 4);
    dawid_skene_defaults(&options);
    dawid_skene_fit(&fit, ratings, count, UNITS, PEOPLE + 1, 3, &options);
    assert_true(fit.converged);
    for (size_t a = 0; a < PEOPLE; a++) {
        double votes =
            (double)UNITS * EACH / PEOPLE / 3; /* about so many a true label; the prior pulls towards 20 of 30 */
        assert_near("accuracy", fit.accuracy[a], (20 + accuracy[a] * votes) / (30 + votes), 0.06);
        assert_int_equal(fit.inverted[a], a == 7);
    }
    assert_true(isnan(fit.accuracy[PEOPLE]) && !fit.inverted[PEOPLE]);
    double with_prior = share_right(&fit, truth);
    assert_true(with_prior > 0.9);
    dawid_skene_release(&fit);
    int known[UNITS];
    for (size_t u = 0; u < UNITS; u++) {
        known[u] = u < 100 ? (int)truth[u] : -1;
    }
    options.known = known;
    dawid_skene_fit(&fit, ratings, count, UNITS, PEOPLE, 3, &options);
    for (size_t u = 0; u < 100; u++) {
        double chance;
        assert_int_equal(dawid_skene_label(&fit, u, &chance), truth[u]);
        assert_near("clamped", chance, 1, 0);
    }
    assert_true(share_right(&fit, truth) >= with_prior);
    dawid_skene_release(&fit);
}

static void test_invariances(void **state) {
    (void)state;
    const double accuracy[PEOPLE] = {0.9, 0.9, 0.8, 0.8, 0.7, 0.7, 0.6, 0.5};
    static struct rating ratings[UNITS * EACH], turned[UNITS * EACH];
    uint32_t truth[UNITS];
    size_t count = simulate(ratings, truth, UNITS, accuracy, PEOPLE, EACH, 3, 9);
    for (size_t i = 0; i < count; i++) {
        turned[count - 1 - i] = (struct rating){(ratings[i].unit + 17) % UNITS, (ratings[i].annotator + 3) % PEOPLE,
                                                (ratings[i].level + 1) % 3};
    }
    for (int coin = 0; coin < 2; coin++) {
        struct dawid_skene_options options;
        struct dawid_skene a, b;
        dawid_skene_defaults(&options);
        options.one_coin = coin;
        dawid_skene_fit(&a, ratings, count, UNITS, PEOPLE, 3, &options);
        dawid_skene_fit(&b, turned, count, UNITS, PEOPLE, 3, &options);
        assert_near("log-likelihood", a.log_likelihood, b.log_likelihood, 1e-6);
        for (size_t i = 0; i < PEOPLE; i++) {
            assert_near("people", a.accuracy[i], b.accuracy[(i + 3) % PEOPLE], 1e-9);
        }
        for (size_t i = 0; i < 3 * (size_t)UNITS; i++) {
            assert_near("items", a.posterior[i], b.posterior[(i / 3 + 17) % UNITS * 3 + (i % 3 + 1) % 3], 1e-9);
        }
        dawid_skene_release(&a);
        dawid_skene_release(&b);
    }
}

static void test_edges(void **state) {
    (void)state;
    const struct rating ratings[] = {{0, 0, 1}, {0, 1, 1}, {2, 0, 0}, {2, 1, 1}, {9, 0, 0}, {0, 9, 0}};
    struct majority m[3];
    aggregate_majority(ratings, 5, 3, 2, m);
    assert_int_equal(m[0].label, 1);
    assert_int_equal(m[1].label, AGGREGATE_NO_VOTES);
    assert_int_equal(m[2].label, AGGREGATE_UNDECIDED);
    assert_int_equal(m[2].votes, 1);
    assert_int_equal(m[2].total, 2);
    struct dawid_skene_options options;
    struct dawid_skene fit;
    dawid_skene_defaults(&options);
    dawid_skene_fit(&fit, ratings, 6, 3, 2, 2, &options);
    assert_int_equal(dawid_skene_label(&fit, 0, NULL), 1);
    assert_near("no votes: the shares", fit.posterior[2], fit.prior[0], 0);
    dawid_skene_release(&fit);
    dawid_skene_fit(&fit, NULL, 0, 2, 0, 2, &options);
    assert_int_equal(dawid_skene_label(&fit, 1, NULL), AGGREGATE_UNDECIDED);
    dawid_skene_release(&fit);
    options.rounds = 1;
    options.tolerance = 0;
    dawid_skene_fit(&fit, ratings, 4, 3, 2, 2, &options);
    assert_false(fit.converged);
    assert_int_equal(fit.rounds, 1);
    dawid_skene_release(&fit);
}

static void test_a_million(void **state) {
    (void)state;
    enum { MANY = 333334, CROWD = 1000 };
    struct rating *ratings = calloc((size_t)MANY * 3, sizeof *ratings);
    uint32_t *truth = calloc(MANY, sizeof *truth);
    double accuracy[CROWD];
    assert_non_null(ratings);
    assert_non_null(truth);
    for (size_t a = 0; a < CROWD; a++) {
        accuracy[a] = 0.6 + 0.35 * (double)a / CROWD;
    }
    size_t count = simulate(ratings, truth, MANY, accuracy, CROWD, 3, 3, 2);
    struct dawid_skene_options options;
    struct dawid_skene fit;
    dawid_skene_defaults(&options);
    clock_t begun = clock();
    dawid_skene_fit(&fit, ratings, count, MANY, CROWD, 3, &options);
    double seconds = (double)(clock() - begun) / CLOCKS_PER_SEC;
    printf("Dawid-Skene, %zu judgments, %d people: %.2f s, %zu rounds\n", count, CROWD, seconds, fit.rounds);
    assert_true(fit.converged);
    assert_true(share_right(&fit, truth) > 0.85);
    assert_true(seconds < 60); /* 3 s in an optimised build; sanitizers and a busy machine have their share */
    dawid_skene_release(&fit);
    free(ratings);
    free(truth);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_published), cmocka_unit_test(test_recovers_people), cmocka_unit_test(test_invariances),
        cmocka_unit_test(test_edges),     cmocka_unit_test(test_a_million),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
