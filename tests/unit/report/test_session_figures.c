/* Figures of a calibration session against values worked out by hand. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <math.h>

#include "core/base/array.h"
#include "core/report/session_figures.h"

#include "core/base/banned.h"

static struct rubric rubric(void) {
    return (struct rubric){
        .strength_count = 3,
        .tie = true,
        .none = true,
        .criterion_count = 2,
        .criteria = {{.id = "accuracy", .per = PER_RESPONSE, .low = 1, .high = 5}, {.id = "tone", .per = PER_PAIR}}};
}

static struct ratings rated(int a, int b, int tone) {
    struct ratings out;
    ratings_clear(&out);
    out.cells[0][0] = (signed char)a;
    out.cells[0][1] = (signed char)b;
    out.cells[1][0] = (signed char)tone;
    return out;
}

static void assert_near(double value, double expected) {
    if (fabs(value - expected) > 1e-9)
        fail_msg("%.12f is not %.12f", value, expected);
}

/* Three people, two items. Item 0: a2 a1 b3, then all a. Item 1: a3 a3 a2. */
static void test_by_hand(void **state) {
    (void)state;
    struct rubric asked = rubric();
    struct ratings good = rated(5, 2, CELL_SAME), less = rated(4, 2, 0), bad = rated(1, 5, 1);
    const struct session_said votes[] = {
        {0, 0, false, 0, 2, "", &good}, {0, 1, false, 0, 1, "", &less}, {0, 2, false, 1, 3, "", &bad},
        {0, 2, true, 0, 1, "", &less},  {1, 0, false, 0, 3, "", &good}, {1, 1, false, 0, 3, "", NULL},
        {1, 2, false, 0, 2, "", &good},
    };
    const struct session_said references[] = {{0, 0, false, 0, 3, "", &good}};
    struct session_input input = {votes, COUNT_OF(votes), references, 1, 2, 3, 2, &asked, 7};
    struct session_figures figures;
    session_figures_init(&figures, &input);
    assert_int_equal(figures.again, 1);
    assert_near(figures.before.percent.value, (1.0 / 3 + 1) / 2);
    assert_near(figures.before.alpha.value, 0); /* 1 - 5 * 2 / (2 * 5 * 1) */
    assert_near(figures.before.unanimous.value, 0.5);
    assert_near(figures.after.percent.value, 1);
    assert_non_null(figures.after.alpha.undefined); /* one level everywhere */
    assert_int_equal(figures.before.percent.n, 2);
    const struct session_distance *people = figures.people;
    assert_int_equal(people[0].n, 1);
    assert_near(people[0].mean, 1);
    assert_near(people[1].mean, 2);
    assert_near(people[2].mean, 6); /* first votes count, not what was said after the discussion */
    assert_near(people[2].same.value, 0);
    assert_int_equal(people[0].talk_count, 0);
    assert_int_equal(people[1].talk_count, 1); /* the same side, two steps apart */
    assert_int_equal(people[2].talk[0], 0);
    assert_near(people[0].criteria[0], 0);
    assert_near(people[1].criteria[0], 0.5); /* 4 for 5, 2 for 2 */
    assert_near(people[2].criteria[0], 3.5);
    assert_near(people[1].criteria[1], 1); /* a, where the reference says the same */
    session_figures_release(&figures);
}

static void test_nothing_is_undefined(void **state) {
    (void)state;
    struct rubric asked = rubric();
    struct session_input input = {NULL, 0, NULL, 0, 3, 2, 2, &asked, 7};
    struct session_figures figures;
    session_figures_init(&figures, &input);
    assert_non_null(figures.before.percent.undefined);
    assert_non_null(figures.before.criteria[1].undefined);
    assert_true(isnan(figures.people[0].mean));
    assert_true(isnan(figures.people[1].criteria[0]));
    session_figures_release(&figures);
}

/* The furthest items are kept, the furthest first. */
static void test_what_to_talk_about(void **state) {
    (void)state;
    struct rubric asked = rubric();
    static const int strengths[] = {1, 3, 2, 3, 1};
    struct session_said votes[5], references[5];
    for (uint32_t i = 0; i < 5; i++) {
        votes[i] = (struct session_said){i, 0, false, i == 4 ? CHOICE_NONE : 1, i == 4 ? 0 : strengths[i], "", NULL};
        references[i] = (struct session_said){i, 0, false, 0, 3, "", NULL};
    }
    struct session_input input = {votes, 5, references, 5, 5, 1, 2, &asked, 7};
    struct session_figures figures;
    session_figures_init(&figures, &input);
    static const uint32_t wanted[] = {1, 3, 2};
    assert_int_equal(figures.people[0].talk_count, 3);
    assert_memory_equal(figures.people[0].talk, wanted, sizeof wanted);
    session_figures_release(&figures);
}

static void test_how_far_apart(void **state) {
    (void)state;
    const struct session_said tie = {.prefer = CHOICE_TIE, .ranking = ""},
                              none = {.prefer = CHOICE_NONE, .ranking = ""},
                              b2 = {.prefer = 1, .strength = 2, .ranking = ""},
                              order = {.prefer = 1, .ranking = "b>a=c"}, other = {.prefer = 0, .ranking = "a>b>c"};
    assert_near(session_apart(&tie, &b2, 2), 2);
    assert_near(session_apart(&none, &b2, 2), 4);
    assert_near(session_apart(&none, &none, 2), 0);
    assert_near(session_apart(&order, &order, 3), 0);
    assert_near(session_apart(&order, &other, 3), 4); /* a and b, a and c are ordered otherwise: 2 of 3 */
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_by_hand), cmocka_unit_test(test_nothing_is_undefined),
                                       cmocka_unit_test(test_what_to_talk_about), cmocka_unit_test(test_how_far_apart)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
