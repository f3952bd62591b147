/* Kendall's tau-b and W against hand-computed and published values. */
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "core/quality/rank.h"
#include "helper_stats.h"

static void test_tau(void **state) {
    (void)state;
    const int up[] = {1, 2, 3, 4}, down[] = {4, 3, 2, 1}, one_swap[] = {1, 3, 2, 4}, tied[] = {1, 1, 2, 2};
    const int all[] = {1, 1, 1, 1};
    assert_near("same", rank_tau(up, up, 4).value, 1, 1e-15);
    assert_near("reversed", rank_tau(up, down, 4).value, -1, 1e-15);
    assert_near("one swap", rank_tau(up, one_swap, 4).value, 4.0 / 6, 1e-15);
    assert_near("ties", rank_tau(up, tied, 4).value, 4 / sqrt(6 * 4), 1e-15); /* scipy.stats.kendalltau: .8165 */
    assert_non_null(rank_tau(up, all, 4).undefined);
    assert_non_null(rank_tau(up, up, 1).undefined);
    assert_int_equal(rank_tau(up, up, 4).n, 6);
}

static void test_mean_and_concordance(void **state) {
    (void)state;
    /* Kendall's example (Siegel and Castellan 1988, table 9.10): three judges, six objects; W = .16. */
    const int judges[] = {1, 6, 3, 2, 5, 4, 1, 5, 6, 4, 2, 3, 6, 3, 2, 5, 4, 1};
    struct figure w = rank_concordance(judges, 3, 6);
    assert_near("W", w.value, 25.5 / (9.0 * 210 / 12), 1e-12);
    /* Without ties W and the mean Spearman rho hold W = (1 + (m - 1) rho) / m; all the same gives 1. */
    const int same[] = {1, 2, 2, 3, 1, 2, 2, 3};
    assert_near("same, with ties", rank_concordance(same, 2, 4).value, 1, 1e-12);
    assert_near("mean tau", rank_tau_mean(same, 2, 4).value, 1, 1e-12);
    const int opposed[] = {1, 2, 2, 1};
    assert_near("opposed", rank_concordance(opposed, 2, 2).value, 0, 1e-12);
    const int all[] = {1, 1, 1, 1};
    assert_non_null(rank_concordance(all, 2, 2).undefined);
    assert_non_null(rank_concordance(same, 1, 4).undefined);
    assert_non_null(rank_tau_mean(all, 2, 2).undefined);
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_tau), cmocka_unit_test(test_mean_and_concordance)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
