/* The small rules of the work: ranks and splits, the export policy, time on task, who may see what, alarms and
 * their ranges. */
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

#include <cmocka.h>
#include <math.h>

#include "core/base/memory.h"
#include "core/base/timestamp.h"
#include "core/work/alarms.h"
#include "core/work/policy.h"
#include "core/work/queue_rank.h"
#include "core/work/stopwatch.h"
#include "core/work/viewer.h"

#include "core/base/banned.h"

static const unsigned char key[32] = "another key of thirty-two bytes.";

static void test_priority_keeps_its_order(void **state) {
    (void)state;
    static const double falling[] = {INFINITY, 1e300, 2.5,    1.0000000000000002, 1, 1e-300, 0, -1e-300,
                                     -1,       -2.5,  -1e300, -INFINITY};
    for (size_t i = 0; i + 1 < sizeof falling / sizeof *falling; i++)
        assert_true(queue_rank(ORDER_PRIORITY, 1, falling[i], key) <
                    queue_rank(ORDER_PRIORITY, 1, falling[i + 1], key));
    assert_true(queue_rank(ORDER_PRIORITY, 1, -0.0, key) == queue_rank(ORDER_PRIORITY, 1, 0.0, key));
    assert_true(queue_rank(ORDER_PRIORITY, 1, NAN, key) == queue_rank(ORDER_PRIORITY, 1, 0.0, key));
    assert_true(queue_rank(ORDER_PRIORITY, 1, INFINITY, key) > INT64_MIN); /* a place may stand before everything */
}

static void test_other_orders(void **state) {
    (void)state;
    assert_int_equal(queue_rank(ORDER_INPUT, 17, 3, key), 17);
    assert_int_equal(queue_rank(ORDER_DISAGREEMENT, 17, 3, key), 17);
    int64_t above = 0, half = queue_rank(ORDER_RANDOM, 1, 0, key);
    for (int64_t item = 2; item <= 1001; item++) {
        int64_t rank = queue_rank(ORDER_RANDOM, item, 0, key);
        assert_true(rank >= 0);
        assert_true(rank == queue_rank(ORDER_RANDOM, item, 9, key));
        above += rank > INT64_MAX / 2;
        assert_true(rank != half);
    }
    assert_in_range(above, 430, 570);
}

static void test_split(void **state) {
    (void)state;
    assert_false(queue_split((int[]){0}, 1, 1));
    assert_false(queue_split((int[]){0}, 1, 2));
    assert_true(queue_split((int[]){0, 1}, 2, 2));
    assert_true(queue_split((int[]){0, CHOICE_TIE}, 2, 2));
    assert_false(queue_split((int[]){CHOICE_NONE, CHOICE_NONE}, 2, 2));
    assert_false(queue_split((int[]){0, 1, 0}, 3, 2));
    assert_true(queue_split((int[]){0, 1, CHOICE_TIE}, 3, 2));
    assert_false(queue_split((int[]){0, 1, CHOICE_TIE, CHOICE_NONE}, 4, 2)); /* never more than two extra */
    assert_true(queue_split((int[]){0, 0, 1, 1}, 4, 3));
    assert_false(queue_split((int[]){0, 0, 1, 1, CHOICE_TIE}, 5, 3));
    assert_false(queue_split(NULL, 0, 0));
}

static struct policy_answer decide(const struct policy_vote *votes, size_t count, int min, double agreement,
                                   enum export_ties ties) {
    struct export_policy policy = {.min_judgments = min, .min_agreement = agreement, .ties = ties};
    return policy_majority(votes, count, &policy);
}

static void test_policy(void **state) {
    (void)state;
    static const struct {
        struct policy_vote votes[5];
        size_t count;
        int min;
        double agreement;
        enum export_ties ties;
        enum policy_reason reason;
        int chosen, agreeing;
    } cases[] = {
        {{{0, 0, NULL}}, 0, 1, 0, TIES_DROP, POLICY_NO_JUDGMENT, CHOICE_MISSING, 0},
        {{{0, 2, NULL}}, 1, 1, 0, TIES_DROP, POLICY_EXPORTED, 0, 1},
        {{{0, 2, NULL}}, 1, 2, 0, TIES_DROP, POLICY_TOO_FEW, 0, 1},
        {{{0, 2, NULL}, {1, 2, NULL}}, 2, 1, 0, TIES_DROP, POLICY_UNDECIDED, CHOICE_MISSING, 1},
        {{{1, 2, NULL}, {0, 2, NULL}}, 2, 1, 0, TIES_DROP, POLICY_UNDECIDED, CHOICE_MISSING, 1},
        {{{0, 2, NULL}, {CHOICE_TIE, 0, NULL}}, 2, 1, 0, TIES_KEEP, POLICY_UNDECIDED, CHOICE_MISSING, 1},
        {{{1, 3, NULL}, {1, 1, NULL}, {0, 3, NULL}}, 3, 1, 0, TIES_DROP, POLICY_EXPORTED, 1, 2},
        {{{1, 3, NULL}, {1, 1, NULL}, {0, 3, NULL}}, 3, 1, 0.7, TIES_DROP, POLICY_LOW_AGREEMENT, 1, 2},
        {{{0, 1, NULL}, {1, 1, NULL}, {CHOICE_TIE, 0, NULL}, {1, 1, NULL}}, 4, 1, 0, TIES_DROP, POLICY_EXPORTED, 1, 2},
        {{{CHOICE_TIE, 0, NULL}, {CHOICE_TIE, 0, NULL}, {1, 1, NULL}}, 3, 1, 0, TIES_DROP, POLICY_TIE, CHOICE_TIE, 2},
        {{{CHOICE_TIE, 0, NULL}, {CHOICE_TIE, 0, NULL}, {1, 1, NULL}},
         3,
         1,
         0,
         TIES_KEEP,
         POLICY_EXPORTED,
         CHOICE_TIE,
         2},
        {{{CHOICE_NONE, 0, NULL}, {CHOICE_NONE, 0, NULL}}, 2, 1, 0, TIES_KEEP, POLICY_NONE, CHOICE_NONE, 2},
        {{{25, 0, NULL}}, 1, 1, 1, TIES_KEEP, POLICY_EXPORTED, 25, 1},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct policy_answer answer =
            decide(cases[i].votes, cases[i].count, cases[i].min, cases[i].agreement, cases[i].ties);
        if (answer.reason != cases[i].reason || answer.chosen != cases[i].chosen ||
            answer.agreeing != cases[i].agreeing)
            fail_msg("case %zu: %s, chosen %d, agreeing %d", i, policy_reason_key(answer.reason), answer.chosen,
                     answer.agreeing);
        assert_int_equal(answer.judgments, cases[i].count);
    }
    struct policy_answer answer = decide(cases[6].votes, 3, 1, 0, TIES_DROP);
    assert_true(fabs(answer.agreement - 2.0 / 3) < 1e-12);
    assert_true(answer.strength == 2); /* of the agreeing ones */
    for (int reason = 0; reason < POLICY_REASONS; reason++) {
        assert_non_null(policy_reason_key((enum policy_reason)reason));
        assert_non_null(policy_reason_words((enum policy_reason)reason));
        for (int other = 0; other < reason; other++)
            assert_string_not_equal(policy_reason_key((enum policy_reason)reason),
                                    policy_reason_key((enum policy_reason)other));
    }
}

static void test_stopwatch(void **state) {
    (void)state;
    struct stopwatch watch;
    stopwatch_start(&watch, 1000, 500, 300);
    stopwatch_touch(&watch, 4000);
    assert_int_equal(watch.active_ms, 3500);
    stopwatch_touch(&watch, 4000 + 300 * MS_SECOND); /* just as long as counts */
    assert_int_equal(watch.active_ms, 303500);
    stopwatch_touch(&watch, watch.last + 300 * MS_SECOND + 1); /* went for a coffee */
    assert_int_equal(watch.active_ms, 303500);
    stopwatch_touch(&watch, watch.last + 10);
    assert_int_equal(watch.active_ms, 303510);
    stopwatch_touch(&watch, watch.last - 100000); /* the clock went back */
    assert_int_equal(watch.active_ms, 303510);
    stopwatch_touch(&watch, watch.last + 5);
    assert_int_equal(watch.active_ms, 303515);
    stopwatch_start(&watch, 1000, -1, 300);
    assert_int_equal(watch.active_ms, 0);
}

static void test_viewer(void **state) {
    (void)state;
    static const bool expected[3][3] = {
        [VIEWER_SOLO] = {true, true, true},
        [VIEWER_LEAD] = {true, true, true},
        [VIEWER_ANNOTATOR] = {true, true, false},
    };
    for (int role = 0; role < 3; role++) {
        struct viewer viewer = {.role = (enum viewer_role)role};
        for (int access = 0; access < 3; access++)
            assert_int_equal(viewer_may(&viewer, (enum access)access), expected[role][access]);
        assert_int_equal(viewer_sees_all(&viewer), role != VIEWER_ANNOTATOR);
    }
}

/* Outcomes from text: '.' right, 'x' wrong; batches of `each`; judgment ids 10, 20, 30 … */
static size_t run(const char *text, int64_t each, int *trace, struct drift_detector *last, struct alarm **alarms) {
    struct drift_design design;
    struct alarm_outcome outcomes[200];
    static const struct restarts none = {0};
    size_t count = strlen(text);
    assert_true(alarms_design(&track_default, &design));
    assert_int_equal(design.up, 3);
    assert_int_equal(design.down, 1);
    assert_int_equal(design.limit, 15);
    for (size_t i = 0; i < count; i++)
        outcomes[i] = (struct alarm_outcome){10 + 10 * (int64_t)i, 1 + (int64_t)i / each, text[i] == 'x', (int64_t)i};
    return alarms_find(&design, outcomes, count, &none, trace, last, alarms);
}

static void test_alarms(void **state) {
    (void)state;
    struct alarm *alarms;
    struct drift_detector last;
    int trace[200];
    /* head start 5, then 8 11 14 17: C was never 0, so the hold begins with the first judgment */
    assert_int_equal(run("xxxx", 2, trace, &last, &alarms), 1);
    assert_int_equal(trace[0], 8);
    assert_int_equal(trace[3], 17);
    assert_int_equal(last.statistic, 0);
    assert_int_equal(alarms[0].outcome, 3);
    assert_int_equal(alarms[0].after, 0);
    assert_int_equal(alarms[0].onset, 0);
    assert_int_equal(alarms[0].batch, 2);
    memory_free(alarms);
    /* down to 0 at the fifth; five misses fire; the hold begins after that fifth judgment */
    assert_int_equal(run(".....xxxxx", 3, trace, &last, &alarms), 1);
    assert_int_equal(trace[4], 0);
    assert_int_equal(alarms[0].outcome, 9);
    assert_int_equal(alarms[0].onset, 5);
    assert_int_equal(alarms[0].after, 50);
    assert_int_equal(alarms[0].batch, 4);
    memory_free(alarms);
    /* after an alarm it begins at 0, not at the head start */
    assert_int_equal(run("xxxxxxxxx", 9, trace, &last, &alarms), 2);
    assert_int_equal(trace[4], 3);
    assert_int_equal(alarms[1].outcome, 8);
    assert_int_equal(alarms[1].after, 40);
    memory_free(alarms);
    assert_int_equal(run("..x..x....", 3, trace, &last, &alarms), 0);
    memory_free(alarms);
    assert_int_equal(run("", 3, trace, &last, &alarms), 0);
    assert_int_equal(last.statistic, 5);
    memory_free(alarms);
    struct track_settings none = track_default;
    struct drift_design design;
    none.in_control = none.out_of_control;
    assert_false(alarms_design(&none, &design));
}

/* Who qualifies again begins anew at the head start; what was held before is held by the same range. */
static void test_restarts(void **state) {
    (void)state;
    static const char text[] = ".....xxxxx....xxxx";
    static const int64_t moments[] = {10, 100};
    struct drift_design design;
    struct drift_detector last;
    struct alarm_outcome outcomes[18];
    struct alarm *alarms;
    struct restarts restarts = {moments, 1};
    int trace[18];
    assert_true(alarms_design(&track_default, &design));
    for (size_t i = 0; i < 18; i++)
        outcomes[i] = (struct alarm_outcome){10 + 10 * (int64_t)i, 1 + (int64_t)i / 5, text[i] == 'x', (int64_t)i};
    assert_int_equal(alarms_find(&design, outcomes, 18, &restarts, trace, &last, &alarms), 1); /* 5 – 4 + 12 = 13 */
    assert_int_equal(alarms[0].outcome, 9);
    assert_int_equal(alarms[0].after, 50);
    assert_int_equal(trace[10], 4);
    assert_int_equal(trace[17], 13);
    assert_int_equal(last.statistic, 13);
    assert_false(alarms_raised(alarms, 1, outcomes, 18, &restarts));
    memory_free(alarms);
    restarts.count = 0;
    assert_int_equal(alarms_find(&design, outcomes, 18, &restarts, trace, &last, &alarms), 1);
    assert_int_equal(trace[10], 0);
    assert_true(alarms_raised(alarms, 1, outcomes, 18, &restarts));
    assert_true(alarms_raised(alarms, 1, outcomes, 29, &restarts)); /* 19 since then */
    assert_false(alarms_raised(alarms, 1, outcomes, 30, &restarts));
    assert_false(alarms_raised(alarms, 0, outcomes, 18, &restarts));
    memory_free(alarms);
    restarts = (struct restarts){moments + 1, 1}; /* after everything that was answered */
    assert_int_equal(alarms_find(&design, outcomes, 18, &restarts, trace, &last, &alarms), 1);
    assert_int_equal(last.statistic, drift_head_start(&design));
    memory_free(alarms);
    /* an imported judgment of long ago restarts nothing */
    restarts = (struct restarts){moments, 1};
    for (size_t i = 0; i < 18; i++)
        outcomes[i].at = -1;
    assert_int_equal(alarms_find(&design, outcomes, 18, &restarts, trace, NULL, &alarms), 1);
    assert_int_equal(trace[10], 0);
    memory_free(alarms);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_priority_keeps_its_order),
        cmocka_unit_test(test_other_orders),
        cmocka_unit_test(test_split),
        cmocka_unit_test(test_policy),
        cmocka_unit_test(test_stopwatch),
        cmocka_unit_test(test_viewer),
        cmocka_unit_test(test_alarms),
        cmocka_unit_test(test_restarts),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
