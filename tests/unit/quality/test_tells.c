/* Tells: worked figures, the stated share of false tells in pools without one, and a planted tell that is found. */
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "core/quality/tells.h"

static uint64_t state = 20261124;

static double dice(void) {
    state ^= state << 13;
    state ^= state >> 7;
    state ^= state << 17;
    return (double)(state >> 11) / 9007199254740992.0;
}

static void near(double is, double should, double by) {
    if (fabs(is - should) > by)
        fail_msg("%.6f is not %.6f", is, should);
}

static void test_worked(void **unused) {
    (void)unused;
    /* gold 6..15, production 1..10: of 100 pairs gold wins 85 less half of the 5 ties */
    double gold[10], production[10];
    for (int i = 0; i < 10; i++) {
        gold[i] = 15 - i;
        production[i] = i + 1;
    }
    struct tell tell;
    tell_number(&tell, gold, 10, production, 10, 1);
    near(tell.auc, 0.875, 1e-12);
    assert_int_equal(tell.verdict, TELL_SOME);
    assert_true(tell.low > 0.5 && tell.low < tell.auc && tell.high > tell.auc && tell.high < 1);
    /* the ends are where the distance is z of the deviation that they imply: 5 pairs of equal values */
    double t = tell.low, star = 9, factor = 1 - 5 * 6 / (8000.0 - 20);
    double v = t * (1 - t) * (1 + star * (1 - t) / (2 - t) + star * t / (1 + t)) / 100 * factor;
    near((tell.auc - t) / sqrt(v), 1.959964, 1e-4);
    tell_number(&tell, gold, 9, production, 10, 1);
    assert_int_equal(tell.verdict, TELL_TOO_LITTLE);
}

static void test_separated_and_equal(void **unused) {
    (void)unused;
    double gold[20], production[30];
    for (int i = 0; i < 30; i++)
        production[i] = gold[i < 20 ? i : 0] = 3;
    struct tell tell;
    tell_number(&tell, gold, 20, production, 30, 8);
    assert_int_equal(tell.verdict, TELL_CHANCE);
    near(tell.low, 0.5, 0);
    near(tell.high, 0.5, 0);
    for (int i = 0; i < 20; i++)
        gold[i] = 4;
    tell_number(&tell, gold, 20, production, 30, 8);
    near(tell.auc, 1, 0);
    assert_true(tell.low > 0.6 && tell.low < 1); /* even so not certain */
    near(tell.high, 1, 1e-12);
}

static void test_presence_is_the_number_of_zero_and_one(void **unused) {
    (void)unused;
    double gold[25], production[60];
    for (int i = 0; i < 60; i++)
        production[i] = i < 20;
    for (int i = 0; i < 25; i++)
        gold[i] = i < 14;
    struct tell number, presence;
    tell_number(&number, gold, 25, production, 60, 3);
    tell_presence(&presence, 14, 25, 20, 60, 3);
    near(presence.auc, number.auc, 1e-12);
    near(presence.low, number.low, 1e-9);
    near(presence.high, number.high, 1e-9);
}

static void test_variation(void **unused) {
    (void)unused;
    near(tell_variation((size_t[]){5, 5, 0}, (size_t[]){10, 5, 5}, 3), 0.25, 1e-12);
    near(tell_variation((size_t[]){4, 0}, (size_t[]){0, 9}, 2), 1, 1e-12);
    near(tell_variation((size_t[]){0, 0}, (size_t[]){3, 9}, 2), 0, 0);
}

enum { GOLD = 40, WORK = 400, LOOKS = 8, POOLS = 2000 };

/* One pool: four numbers (one of them with many ties) and four yes-or-no features; `more` is added to the first. */
static int tells_of(double more, int *first) {
    static double gold[GOLD], production[WORK];
    int found = 0;
    for (int look = 0; look < LOOKS; look++) {
        struct tell tell;
        size_t has[2] = {0, 0};
        double often = 0.05 + 0.12 * look;
        for (int i = 0; i < GOLD + WORK; i++) {
            double value = dice() + dice() + dice();
            double *to = i < GOLD ? &gold[i] : &production[i - GOLD];
            *to = look == 3 ? floor(value) : look == 0 && i < GOLD ? value + more : value;
            has[i >= GOLD] += dice() < often;
        }
        if (look < 4)
            tell_number(&tell, gold, GOLD, production, WORK, LOOKS);
        else
            tell_presence(&tell, has[0], GOLD, has[1], WORK, LOOKS);
        found += tell.verdict == TELL_SOME;
        if (look == 0)
            *first = tell.verdict == TELL_SOME;
    }
    return found;
}

static void test_chance_stays_chance(void **unused) {
    (void)unused;
    int shown = 0, first;
    for (int i = 0; i < POOLS; i++)
        shown += tells_of(0, &first) > 0;
    /* stated: at most one pool in twenty, with three standard errors of the simulation; and not none at all */
    assert_true(shown <= POOLS * 0.05 + 3 * sqrt(POOLS * 0.05 * 0.95));
    assert_true(shown > POOLS / 200);
}

static void test_a_planted_tell_is_found(void **unused) {
    (void)unused;
    int found = 0, first;
    for (int i = 0; i < 200; i++) {
        tells_of(0.5, &first); /* one standard deviation: AUC 0.76 */
        found += first;
    }
    assert_true(found >= 195);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_worked),
        cmocka_unit_test(test_separated_and_equal),
        cmocka_unit_test(test_presence_is_the_number_of_zero_and_one),
        cmocka_unit_test(test_variation),
        cmocka_unit_test(test_chance_stays_chance),
        cmocka_unit_test(test_a_planted_tell_is_found),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
