/* Bootstrap: coverage in kind, prompts against units, repeatability, size. */
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

#include "core/quality/bootstrap.h"
#include "core/quality/stream.h"
#include "helper_stats.h"

static const enum agreement_kind nominal = AGREEMENT_ALPHA_NOMINAL;

/*
 * Units in prompts of `each`; a prompt's units share their truth and their difficulty, so they are not
 * independent.
 */
static size_t simulate(struct rating *ratings, uint32_t *cluster, uint32_t units, uint32_t each, uint32_t people,
                       uint64_t seed) {
    struct stream s;
    size_t count = 0;
    stream_init(&s, seed, 0);
    uint32_t truth = 0;
    bool hard = false;
    for (uint32_t u = 0; u < units; u++) {
        if (u % each == 0) {
            truth = (uint32_t)stream_below(&s, 3);
            hard = stream_unit(&s) < 0.5;
        }
        cluster[u] = 1000 + u / each;
        for (uint32_t a = 0; a < people; a++) {
            bool guess = stream_unit(&s) < (hard ? 0.9 : 0.2);
            ratings[count++] = (struct rating){u, a, guess ? (uint32_t)stream_below(&s, 3) : truth};
        }
    }
    return count;
}

static void test_prompts_are_wider(void **state) {
    (void)state;
    enum { UNITS = 400 };
    static struct rating ratings[UNITS * 3];
    uint32_t cluster[UNITS], own[UNITS];
    struct ratings_table t;
    size_t count = simulate(ratings, cluster, UNITS, 10, 3, 1);
    ratings_table_init(&t, ratings, count, UNITS, 3);
    for (uint32_t u = 0; u < UNITS; u++) {
        own[u] = u * 17;
    }
    struct bootstrap_result units, alone, prompts, again, other;
    bootstrap_agreement(&t, NULL, &nominal, 1, NULL, 1000, 7, &units);
    bootstrap_agreement(&t, own, &nominal, 1, NULL, 1000, 7, &alone);
    bootstrap_agreement(&t, cluster, &nominal, 1, NULL, 1000, 7, &prompts);
    bootstrap_agreement(&t, cluster, &nominal, 1, NULL, 1000, 7, &again);
    bootstrap_agreement(&t, cluster, &nominal, 1, NULL, 1000, 8, &other);
    double width = units.figure.high - units.figure.low;
    assert_near("each unit its own prompt", alone.figure.high - alone.figure.low, width, 0.2 * width);
    assert_true(prompts.figure.high - prompts.figure.low > 1.3 * width);
    assert_true(prompts.figure.low < prompts.figure.value && prompts.figure.value < prompts.figure.high);
    assert_true(prompts.figure.value == units.figure.value);
    assert_true(prompts.figure.low == again.figure.low && prompts.figure.high == again.figure.high);
    assert_true(prompts.figure.low != other.figure.low);
    ratings_table_release(&t);
}

static void test_blocks(void **state) {
    (void)state;
    /*
     * Units 0..3: patterns x y x y; clusters {0, 1} and {2, 3} are equal, unit 4 is alone, unit 5 has no
     * rating.
     */
    const struct rating ratings[] = {{0, 0, 0}, {0, 1, 0}, {1, 0, 1}, {1, 1, 0}, {2, 0, 0},
                                     {2, 1, 0}, {3, 0, 0}, {3, 1, 1}, {4, 0, 1}};
    const uint32_t cluster[] = {8, 8, 3, 3, 5, 5};
    struct ratings_table t;
    struct table_blocks b;
    ratings_table_init(&t, ratings, 9, 6, 2);
    assert_int_equal(t.patterns, 4);
    assert_int_equal(t.ratings, 9);
    table_blocks_init(&b, &t, NULL);
    assert_int_equal(b.kinds, 3);
    assert_int_equal(b.total, 5);
    table_blocks_release(&b);
    table_blocks_init(&b, &t, cluster);
    assert_int_equal(b.kinds, 2);
    assert_int_equal(b.total, 3);
    assert_int_equal(b.multiplicity[0] + b.multiplicity[1], 3);
    assert_int_equal(b.start[2], 3);
    table_blocks_release(&b);
    ratings_table_release(&t);
}

static void test_undefined_replicates(void **state) {
    (void)state;
    /*
     * Two units that agree on different levels: half the replicates hold one level only, and alpha does not
     * exist there.
     */
    const struct rating ratings[] = {{0, 0, 0}, {0, 1, 0}, {1, 0, 1}, {1, 1, 1}};
    struct ratings_table t;
    struct bootstrap_result r;
    ratings_table_init(&t, ratings, 4, 2, 2);
    bootstrap_agreement(&t, NULL, &nominal, 1, NULL, 1000, 1, &r);
    assert_near("undefined", (double)r.undefined, 500, 60);
    assert_int_equal(r.defined + r.undefined, 1000);
    assert_near("value", r.figure.value, 1, 1e-12);
    ratings_table_release(&t);
    ratings_table_init(&t, ratings, 2, 1, 2);
    const enum agreement_kind percent = AGREEMENT_PERCENT;
    bootstrap_agreement(&t, NULL, &percent, 1, NULL, 100, 1, &r);
    assert_false(figure_has_interval(&r.figure)); /* one unit says nothing of its spread */
    assert_null(r.figure.undefined);
    ratings_table_release(&t);
}

static void test_a_million(void **state) {
    (void)state;
    enum { UNITS = 333334 };
    struct rating *ratings = calloc((size_t)UNITS * 3, sizeof *ratings);
    uint32_t *cluster = calloc(UNITS, sizeof *cluster);
    assert_non_null(ratings);
    assert_non_null(cluster);
    struct ratings_table t;
    struct bootstrap_result r[3];
    const enum agreement_kind kinds[] = {AGREEMENT_PERCENT, AGREEMENT_ALPHA_NOMINAL, AGREEMENT_AC1};
    size_t count = simulate(ratings, cluster, UNITS, 2, 3, 3);
    clock_t begun = clock();
    ratings_table_init(&t, ratings, count, UNITS, 3);
    double built = (double)(clock() - begun) / CLOCKS_PER_SEC;
    begun = clock();
    bootstrap_agreement(&t, NULL, kinds, 3, NULL, 1000, 1, r);
    double units = (double)(clock() - begun) / CLOCKS_PER_SEC;
    begun = clock();
    bootstrap_agreement(&t, cluster, kinds, 3, NULL, 1000, 1, r);
    double prompts = (double)(clock() - begun) / CLOCKS_PER_SEC;
    printf("a million judgments: table %.3f s, 1,000 replicates over units %.3f s, over prompts %.3f s\n", built, units,
           prompts);
    assert_true(t.patterns <= 10);
    assert_true(units < 2);
    assert_true(r[1].figure.high - r[1].figure.low < 0.01);
    ratings_table_release(&t);
    free(ratings);
    free(cluster);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_prompts_are_wider),
        cmocka_unit_test(test_blocks),
        cmocka_unit_test(test_undefined_replicates),
        cmocka_unit_test(test_a_million),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
