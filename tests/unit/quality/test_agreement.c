/* Agreement figures against irrCAC, krippendorff, statsmodels and the published tables, and their invariances. */
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "core/quality/agreement.h"
#include "core/quality/bootstrap.h"
#include "core/quality/stream.h"
#include "core/base/memory.h"
#include "helper_stats.h"

struct study {
    struct rating *ratings;
    size_t count, units, annotators, levels;
    double values[TABLE_LEVELS];
};

static size_t level_of(const cJSON *levels, const char *cell) {
    const cJSON *one;
    size_t at = 0;
    cJSON_ArrayForEach(one, levels) {
        char number[32];
        snprintf(number, sizeof number, "%g", one->valuedouble);
        if (strcmp(cJSON_IsString(one) ? one->valuestring : number, cell) == 0) {
            return at;
        }
        at++;
    }
    fail_msg("no level %s", cell);
    return 0;
}

static bool study_load(struct study *s, const cJSON *input) {
    struct sheet sheet;
    const cJSON *levels = json_at(input, "levels"), *one;
    *s = (struct study){.levels = (size_t)cJSON_GetArraySize(levels)};
    if (!sheet_load(&sheet, json_at(input, "file")->valuestring)) {
        return false;
    }
    s->units = sheet.rows;
    s->annotators = sheet.columns - 1;
    s->ratings = calloc(s->units * s->annotators + 1, sizeof *s->ratings);
    assert_non_null(s->ratings);
    for (size_t u = 0; u < s->units; u++) {
        for (size_t a = 0; a < s->annotators; a++) {
            const char *cell = sheet_cell(&sheet, u, a + 1);
            if (cell[0] != '\0') {
                s->ratings[s->count++] = (struct rating){(uint32_t)u, (uint32_t)a, (uint32_t)level_of(levels, cell)};
            }
        }
    }
    size_t l = 0;
    cJSON_ArrayForEach(one, levels) {
        s->values[l] = cJSON_IsNumber(one) ? one->valuedouble : (double)l;
        l++;
    }
    sheet_release(&sheet);
    return true;
}

static void check_figure(const char *name, const cJSON *expected, const char *key, struct figure f) {
    const cJSON *entry = cJSON_GetObjectItemCaseSensitive(expected, key);
    if (entry == NULL) {
        return;
    }
    char what[128];
    snprintf(what, sizeof what, "%s %s", name, key);
    const cJSON *value = json_at(entry, "value");
    if (cJSON_IsNull(value)) {
        if (f.undefined == NULL) {
            fail_msg("%s: %g, not undefined", what, f.value);
        }
        return;
    }
    if (f.undefined != NULL) {
        fail_msg("%s: undefined (%s), not %g", what, f.undefined, value->valuedouble);
    }
    assert_near(what, f.value, value->valuedouble, 1e-9);
}

static const struct {
    const char *key;
    enum agreement_kind kind;
} kinds[] = {
    {"percent_agreement", AGREEMENT_PERCENT},     {"all_raters_agree", AGREEMENT_UNANIMOUS},
    {"fleiss_general", AGREEMENT_FLEISS},         {"fleiss", AGREEMENT_FLEISS},
    {"kripp_nominal", AGREEMENT_ALPHA_NOMINAL},   {"kripp_ordinal", AGREEMENT_ALPHA_ORDINAL},
    {"kripp_interval", AGREEMENT_ALPHA_INTERVAL}, {"ac1", AGREEMENT_AC1},
    {"ac2_linear", AGREEMENT_AC2_LINEAR},         {"ac2_quadratic", AGREEMENT_AC2_QUADRATIC},
    {"ac2_ordinal", AGREEMENT_AC2_ORDINAL},
};

static void check_cohen(const char *name, const cJSON *expected, const struct study *s) {
    static const char *const keys[] = {"cohen_kappa", "cohen_kappa_linear", "cohen_kappa_quadratic"};
    if (s->annotators != 2 || cJSON_GetObjectItemCaseSensitive(expected, keys[0]) == NULL) {
        return;
    }
    for (int w = 0; w < 3; w++) {
        struct agreement_pair *pairs;
        size_t count =
            agreement_pairs(s->ratings, s->count, s->units, 2, s->levels, (enum agreement_weights)w, 1, &pairs);
        assert_int_equal(count, 1);
        char key[64];
        check_figure(name, expected, keys[w], pairs[0].cohen.kappa);
        snprintf(key, sizeof key, "%s_se", keys[w]);
        check_figure(name, expected, key, figure_point(pairs[0].cohen.error, pairs[0].n));
        snprintf(key, sizeof key, "%s_se0", keys[w]);
        check_figure(name, expected, key, figure_point(pairs[0].cohen.error_null, pairs[0].n));
        memory_free(pairs);
    }
}

static void check_bootstrap(const cJSON *expected, const struct ratings_table *t) {
    const cJSON *boot = cJSON_GetObjectItemCaseSensitive(expected, "bootstrap_over_units");
    if (boot == NULL || cJSON_IsNull(boot)) {
        return;
    }
    static const enum agreement_kind wanted[] = {AGREEMENT_ALPHA_NOMINAL, AGREEMENT_ALPHA_ORDINAL, AGREEMENT_AC1};
    static const char *const keys[] = {"kripp_nominal", "kripp_ordinal", "ac1"};
    struct bootstrap_result results[3];
    bootstrap_agreement(t, NULL, wanted, 3, NULL, 2000, 1, results);
    for (int k = 0; k < 3; k++) {
        const cJSON *one = cJSON_GetObjectItemCaseSensitive(boot, keys[k]);
        if (one != NULL) {
            double slack = 0.2 * json_at(one, "sd")->valuedouble + 0.005;
            assert_near(keys[k], results[k].figure.low, json_at(one, "p2_5")->valuedouble, slack);
            assert_near(keys[k], results[k].figure.high, json_at(one, "p97_5")->valuedouble, slack);
            assert_int_equal(results[k].defined + results[k].undefined, 2000);
        }
    }
}

static void test_published(void **state) {
    (void)state;
    cJSON *json = stats_json("agreement/expected.json");
    const cJSON *one;
    int cases = 0;
    cJSON_ArrayForEach(one, json_at(json, "cases")) {
        struct study s;
        struct ratings_table t;
        if (!study_load(&s, json_at(one, "input"))) {
            continue;
        }
        const cJSON *expected = json_at(one, "expected");
        ratings_table_init(&t, s.ratings, s.count, s.units, s.levels);
        for (size_t k = 0; k < sizeof kinds / sizeof *kinds; k++) {
            check_figure(one->string, expected, kinds[k].key, agreement_value(&t, kinds[k].kind, s.values));
        }
        check_figure(one->string, expected, "ac1_se", agreement_ac_error(&t, WEIGHTS_NONE));
        check_figure(one->string, expected, "ac2_linear_se", agreement_ac_error(&t, WEIGHTS_LINEAR));
        check_figure(one->string, expected, "ac2_quadratic_se", agreement_ac_error(&t, WEIGHTS_QUADRATIC));
        check_figure(one->string, expected, "ac2_ordinal_se", agreement_ac_error(&t, WEIGHTS_ORDINAL));
        check_cohen(one->string, expected, &s);
        check_bootstrap(expected, &t);
        ratings_table_release(&t);
        free(s.ratings);
        cases++;
    }
    assert_true(cases >= 15);
    cJSON_Delete(json);
}

static void random_study(struct study *s, uint64_t seed) {
    struct stream stream;
    stream_init(&stream, seed, 0);
    *s = (struct study){.units = 60, .annotators = 5, .levels = 4};
    s->ratings = calloc(2 * s->units * s->annotators, sizeof *s->ratings);
    assert_non_null(s->ratings);
    for (uint32_t u = 0; u < s->units; u++) {
        uint32_t truth = (uint32_t)stream_below(&stream, s->levels);
        for (uint32_t a = 0; a < s->annotators; a++) {
            if (stream_unit(&stream) < 0.7) {
                uint32_t level = stream_unit(&stream) < 0.6 ? truth : (uint32_t)stream_below(&stream, s->levels);
                s->ratings[s->count++] = (struct rating){u, a, level};
            }
        }
    }
}

static void values_of(const struct study *s, double *out) {
    struct ratings_table t;
    ratings_table_init(&t, s->ratings, s->count, s->units, s->levels);
    for (int k = 0; k < AGREEMENT_KINDS; k++) {
        struct figure f = agreement_value(&t, (enum agreement_kind)k, NULL);
        assert_null(f.undefined);
        out[k] = f.value;
    }
    ratings_table_release(&t);
}

static void assert_same(const double *a, const double *b, const char *what, bool nominal_only) {
    for (int k = 0; k < AGREEMENT_KINDS; k++) {
        bool ordered = k == AGREEMENT_ALPHA_ORDINAL || k == AGREEMENT_ALPHA_INTERVAL || k >= AGREEMENT_AC2_LINEAR;
        if (!(nominal_only && ordered)) {
            assert_near(what, a[k], b[k], 1e-11);
        }
    }
}

static void test_invariances(void **state) {
    (void)state;
    for (uint64_t seed = 1; seed <= 5; seed++) {
        struct study s;
        double before[AGREEMENT_KINDS], after[AGREEMENT_KINDS];
        random_study(&s, seed);
        values_of(&s, before);
        for (size_t i = 0; i < s.count; i++) { /* items, people */
            s.ratings[i].unit = (s.ratings[i].unit * 7 + 3) % 60;
            s.ratings[i].annotator = (s.ratings[i].annotator + 2) % 5;
        }
        values_of(&s, after);
        assert_same(before, after, "items and people permuted", false);
        for (size_t i = 0; i < s.count; i++) { /* the scale turned round keeps distances */
            s.ratings[i].level = 3 - s.ratings[i].level;
        }
        values_of(&s, after);
        assert_same(before, after, "scale turned round", false);
        for (size_t i = 0; i < s.count; i++) { /* any permutation keeps the nominal figures */
            s.ratings[i].level = (s.ratings[i].level + 1) % 4;
        }
        values_of(&s, after);
        assert_same(before, after, "labels permuted", true);
        free(s.ratings);
    }
}

static void test_duplicated_items(void **state) {
    (void)state;
    struct study s;
    double before[AGREEMENT_KINDS], after[AGREEMENT_KINDS];
    random_study(&s, 8);
    values_of(&s, before);
    for (size_t i = 0; i < s.count; i++) {
        s.ratings[s.count + i] = s.ratings[i];
        s.ratings[s.count + i].unit += 60;
    }
    s.count *= 2;
    s.units *= 2;
    values_of(&s, after);
    for (int k = 0; k < AGREEMENT_KINDS; k++) {
        /* alpha is corrected for the sample: 1 - alpha carries (n - 1) / n */
        bool alpha = k >= AGREEMENT_ALPHA_NOMINAL && k <= AGREEMENT_ALPHA_INTERVAL;
        if (!alpha) {
            assert_near("twice the items", after[k], before[k], 1e-12);
        }
    }
    struct ratings_table t;
    ratings_table_init(&t, s.ratings, s.count, s.units, s.levels);
    struct agreement_sums sums;
    agreement_sums_init(&sums, s.levels);
    agreement_sums_set(&sums, &t, NULL);
    double n = 0;
    for (size_t i = 0; i < s.levels * s.levels; i++) {
        n += sums.coincidence[i];
    }
    for (int k = AGREEMENT_ALPHA_NOMINAL; k <= AGREEMENT_ALPHA_INTERVAL; k++) {
        assert_near("alpha apart from its correction", (1 - after[k]) / (n - 1), (1 - before[k]) / (n / 2 - 1) / 2,
                    1e-12);
    }
    agreement_sums_release(&sums);
    ratings_table_release(&t);
    free(s.ratings);
}

static void test_identical_raters(void **state) {
    (void)state;
    struct rating ratings[60];
    for (uint32_t i = 0; i < 60; i++) {
        ratings[i] = (struct rating){i / 3, i % 3, (i / 3) % 4};
    }
    struct study s = {.ratings = ratings, .count = 60, .units = 20, .levels = 4};
    double values[AGREEMENT_KINDS];
    values_of(&s, values);
    for (int k = 0; k < AGREEMENT_KINDS; k++) {
        assert_near(agreement_kind_name((enum agreement_kind)k), values[k], 1, 1e-12);
    }
    struct agreement_pair *pairs;
    assert_int_equal(agreement_pairs(ratings, 60, 20, 3, 4, WEIGHTS_QUADRATIC, 20, &pairs), 3);
    assert_near("kappa", pairs[2].cohen.kappa.value, 1, 1e-12);
    assert_int_equal(pairs[2].a, 1);
    assert_int_equal(pairs[2].b, 2);
    memory_free(pairs);
    assert_int_equal(agreement_pairs(ratings, 60, 20, 3, 4, WEIGHTS_NONE, 21, &pairs), 0);
    memory_free(pairs);
}

static void test_undefined(void **state) {
    (void)state;
    const struct rating one_level[] = {{0, 0, 1}, {0, 1, 1}, {1, 0, 1}, {1, 1, 1}};
    struct ratings_table t;
    struct agreement_sums sums;
    ratings_table_init(&t, one_level, 4, 2, 3);
    assert_non_null(agreement_value(&t, AGREEMENT_FLEISS, NULL).undefined);
    assert_non_null(agreement_value(&t, AGREEMENT_ALPHA_ORDINAL, NULL).undefined);
    assert_near("ac1", agreement_value(&t, AGREEMENT_AC1, NULL).value, 1, 1e-15);
    agreement_sums_init(&sums, 3);
    agreement_sums_set(&sums, &t, NULL);
    assert_true(agreement_one_level(&sums));
    agreement_sums_release(&sums);
    ratings_table_release(&t);
    ratings_table_init(&t, NULL, 0, 0, 3);
    for (int k = 0; k < AGREEMENT_KINDS; k++) {
        assert_non_null(agreement_value(&t, (enum agreement_kind)k, NULL).undefined);
    }
    struct bootstrap_result result;
    enum agreement_kind kind = AGREEMENT_PERCENT;
    bootstrap_agreement(&t, NULL, &kind, 1, NULL, 100, 1, &result);
    assert_int_equal(result.undefined, 100);
    assert_non_null(result.figure.undefined);
    ratings_table_release(&t);
    struct cohen cohen;
    const uint64_t nothing[9] = {0}, single[9] = {0, 0, 0, 0, 7};
    agreement_cohen(nothing, 3, WEIGHTS_NONE, &cohen);
    assert_non_null(cohen.kappa.undefined);
    agreement_cohen(single, 3, WEIGHTS_LINEAR, &cohen);
    assert_non_null(cohen.kappa.undefined);
    assert_int_equal(cohen.kappa.n, 7);
}

static void test_leave_one_out(void **state) {
    (void)state;
    struct study s;
    random_study(&s, 21);
    struct ratings_table t;
    ratings_table_init(&t, s.ratings, s.count, s.units, s.levels);
    const enum agreement_kind both[] = {AGREEMENT_ALPHA_NOMINAL, AGREEMENT_AC2_ORDINAL};
    for (int k = 0; k < 2; k++) {
        struct figure out[5];
        agreement_leave_one_out(&t, s.ratings, s.count, s.annotators, both[k], NULL, out);
        for (uint32_t a = 0; a < 5; a++) { /* the slow way: a table without that person */
            struct rating *rest = calloc(s.count, sizeof *rest);
            assert_non_null(rest);
            size_t kept = 0;
            for (size_t i = 0; i < s.count; i++) {
                if (s.ratings[i].annotator != a) {
                    rest[kept++] = s.ratings[i];
                }
            }
            struct ratings_table without;
            ratings_table_init(&without, rest, kept, s.units, s.levels);
            struct figure wanted = agreement_value(&without, both[k], NULL);
            assert_near("without", out[a].value, wanted.value, 1e-11);
            assert_int_equal(out[a].n, wanted.n);
            ratings_table_release(&without);
            free(rest);
        }
    }
    ratings_table_release(&t);
    free(s.ratings);
    const struct rating two[] = {{0, 0, 0}, {0, 1, 1}};
    struct figure out[2];
    ratings_table_init(&t, two, 2, 1, 2);
    agreement_leave_one_out(&t, two, 2, 2, AGREEMENT_PERCENT, NULL, out);
    assert_non_null(out[0].undefined);
    assert_non_null(out[1].undefined);
    ratings_table_release(&t);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_published),        cmocka_unit_test(test_invariances),
        cmocka_unit_test(test_duplicated_items), cmocka_unit_test(test_identical_raters),
        cmocka_unit_test(test_undefined),        cmocka_unit_test(test_leave_one_out),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
