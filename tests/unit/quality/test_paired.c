/* Bradley-Terry and Davidson against BradleyTerry2 and R's glm, connectivity, invariances. */
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "core/quality/paired.h"
#include "helper_stats.h"

struct season {
    struct pairing games[64];
    size_t count;
    struct names teams;
};

static void season_load(struct season *s, const cJSON *one, bool home) {
    struct sheet sheet;
    const cJSON *item, *items = cJSON_GetObjectItemCaseSensitive(json_at(one, "input"), "items");
    *s = (struct season){.count = 0};
    cJSON_ArrayForEach(item, items) {
        names_number(&s->teams, item->valuestring);
    }
    assert_true(sheet_load(&sheet, json_at(json_at(one, "input"), "file")->valuestring));
    assert_true(sheet.rows <= 64);
    for (size_t i = 0; i < sheet.rows; i++) {
        s->games[s->count++] = (struct pairing){
            .i = names_number(&s->teams, sheet_cell(&sheet, i, 0)),
            .j = names_number(&s->teams, sheet_cell(&sheet, i, 1)),
            .wins_i = sheet_real(&sheet, i, 2),
            .ties = home ? 0 : sheet_real(&sheet, i, 3),
            .wins_j = sheet_real(&sheet, i, home ? 3 : 4),
            .first = home ? 1 : 0,
        };
    }
    sheet_release(&sheet);
}

static void check_strengths(const struct season *s, const struct paired *fit, const cJSON *expected, const char *prefix,
                            double tolerance) {
    assert_true(fit->converged && fit->components == 1);
    for (size_t i = 0; i < s->teams.count; i++) {
        char key[64];
        snprintf(key, sizeof key, "%s.%s", prefix, s->teams.name[i]);
        assert_near(key, fit->strength[i], json_at(json_at(expected, key), "value")->valuedouble, tolerance);
    }
}

static void check_errors(const struct paired *fit, const cJSON *expected, const char *key, double tolerance) {
    const cJSON *one;
    size_t i = 1;
    cJSON_ArrayForEach(one, json_at(json_at(expected, key), "value")) {
        assert_near(key, paired_difference_error(fit, 0, i), one->valuedouble, tolerance);
        i++;
    }
    assert_int_equal(i, fit->players);
}

static void test_published(void **state) {
    (void)state;
    cJSON *json = stats_json("paired/expected.json");
    const char *names[] = {"baseball_1987", "sim_davidson_6"};
    for (int k = 0; k < 2; k++) {
        const cJSON *one = json_at(json_at(json, "cases"), names[k]), *expected = json_at(one, "expected");
        struct season s;
        struct paired fit;
        season_load(&s, one, false);
        paired_fit(&fit, s.games, s.count, s.teams.count, PAIRED_TIES_HALF, false);
        check_strengths(&s, &fit, expected, "bt_ties_as_half", 1e-6);
        check_errors(&fit, expected, "bt_se_vs_first_item", 1e-5);
        paired_release(&fit);
        paired_fit(&fit, s.games, s.count, s.teams.count, PAIRED_TIES_DAVIDSON, false);
        if (k == 1) {
            check_strengths(&s, &fit, expected, "davidson", 1e-6);
            check_errors(&fit, expected, "davidson_se_vs_first_item", 1e-4);
            assert_near("nu", fit.nu, json_at(json_at(expected, "davidson_nu"), "value")->valuedouble, 1e-6);
            assert_near("loglik", fit.log_likelihood,
                        json_at(json_at(expected, "davidson_loglik"), "value")->valuedouble, 1e-5);
            assert_near("log nu", fit.log_nu_error,
                        json_at(json_at(expected, "davidson_se_vs_first_item"), "lognu_se")->valuedouble, 1e-4);
        } else {
            check_strengths(&s, &fit, expected, "bt_ties_as_half", 1e-6); /* without ties it is Bradley-Terry */
            assert_near("no ties", fit.nu, 0, 0);
            assert_true(isnan(fit.log_nu_error));
        }
        paired_release(&fit);
        names_release(&s.teams);
    }
    cJSON_Delete(json);
}

static void test_home_advantage(void **state) {
    (void)state;
    cJSON *json = stats_json("paired/expected.json");
    const cJSON *one = json_at(json_at(json, "cases"), "baseball_1987_home"), *expected = json_at(one, "expected"), *c;
    struct season s;
    struct paired fit;
    season_load(&s, one, true);
    paired_fit(&fit, s.games, s.count, s.teams.count, PAIRED_TIES_HALF, true);
    assert_true(fit.converged);
    int baltimore = names_find(&s.teams, "Baltimore");
    assert_true(baltimore >= 0);
    cJSON_ArrayForEach(c, json_at(expected, "coef")) {
        double error = json_at(json_at(expected, "se"), c->string)->valuedouble;
        if (strcmp(c->string, "at.home") == 0) {
            assert_near("home", fit.first_effect, c->valuedouble, 1e-6);
            assert_near("home error", fit.first_error, error, 1e-6);
        } else {
            int team = names_find(&s.teams, c->string + strlen("team"));
            assert_true(team >= 0);
            assert_near(c->string, fit.strength[team] - fit.strength[baltimore], c->valuedouble, 1e-6);
            assert_near(c->string, paired_difference_error(&fit, (size_t)team, (size_t)baltimore), error, 1e-6);
        }
    }
    paired_release(&fit);
    names_release(&s.teams);
    cJSON_Delete(json);
}

static void test_components(void **state) {
    (void)state;
    /* 0 and 1 beat each other; both always beat 2 and 3, who tie; 4 never plays. */
    const struct pairing games[] = {{0, 1, 3, 0, 1, 0}, {0, 2, 5, 0, 0, 0}, {1, 3, 5, 0, 0, 0}, {2, 3, 0, 2, 0, 0}};
    struct paired fit;
    paired_fit(&fit, games, 4, 5, PAIRED_TIES_HALF, false);
    assert_int_equal(fit.components, 3);
    assert_true(fit.converged);
    assert_int_equal(fit.component[0], fit.component[1]);
    assert_int_equal(fit.component[2], fit.component[3]);
    assert_true(fit.component[0] != fit.component[2] && fit.component[2] != fit.component[4] &&
                fit.component[0] != fit.component[4]);
    assert_near("log odds 3", fit.strength[0] - fit.strength[1], log(3), 1e-9);
    assert_near("error of a log odds", paired_difference_error(&fit, 0, 1), sqrt(1.0 / 3 + 1), 1e-9);
    assert_near("mean 0", fit.strength[0] + fit.strength[1], 0, 1e-12);
    assert_near("tied", fit.strength[2], 0, 1e-9);
    assert_true(isnan(fit.error[4]) && isnan(paired_difference_error(&fit, 0, 2)));
    paired_release(&fit);
    paired_fit(&fit, NULL, 0, 0, PAIRED_TIES_DAVIDSON, true);
    assert_int_equal(fit.components, 0);
    paired_release(&fit);
    paired_fit(&fit, games, 1, 2, PAIRED_TIES_HALF, true); /* the order is never told: its effect cannot be estimated */
    assert_false(fit.converged);
    assert_true(isnan(fit.first_error) && isnan(fit.error[0]));
    paired_release(&fit);
}

static void test_invariances(void **state) {
    (void)state;
    const struct pairing games[] = {{0, 1, 7, 3, 4, 1},  {1, 2, 6, 2, 5, -1}, {2, 3, 9, 4, 3, 1},
                                    {3, 0, 2, 5, 8, -1}, {0, 2, 6, 1, 3, 1},  {1, 3, 8, 2, 2, -1}};
    struct pairing turned[12];
    for (int k = 0; k < 6; k++) { /* players renamed, each game told from the other side, and all of them twice */
        const struct pairing *g = &games[k];
        turned[k] = turned[k + 6] = (struct pairing){3 - g->j, 3 - g->i, g->wins_j, g->ties, g->wins_i, -g->first};
    }
    struct paired a, b;
    paired_fit(&a, games, 6, 4, PAIRED_TIES_DAVIDSON, true);
    paired_fit(&b, turned, 12, 4, PAIRED_TIES_DAVIDSON, true);
    assert_true(a.converged && b.converged);
    for (int i = 0; i < 4; i++) {
        assert_near("strength", a.strength[i], b.strength[3 - i], 1e-9);
        assert_near("error", a.error[i], b.error[3 - i] * sqrt(2), 1e-9);
    }
    assert_near("nu", a.nu, b.nu, 1e-9);
    assert_near("first", a.first_effect, b.first_effect, 1e-9);
    assert_near("likelihood", 2 * a.log_likelihood, b.log_likelihood, 1e-7);
    paired_release(&a);
    paired_release(&b);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_published),
        cmocka_unit_test(test_home_advantage),
        cmocka_unit_test(test_components),
        cmocka_unit_test(test_invariances),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
