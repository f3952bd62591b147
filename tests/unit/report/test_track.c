/*
 * The report of a track on study A: the figures against their reference values, the planted faults found in their bearers and in nobody else.
 */
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "core/report/track.h"
#include "tests/unit/report/helper_simulation.h"

static struct simulation study;
static struct track_report report;

static const struct quality_rule rule = {
    .track = "*", .category = "*", .min_gold_accuracy = 0.80, .min_alpha = -1, .min_qa_rate = -1, .min_n = 30};

static struct track_input input_of(const struct simulation *simulation) {
    return (struct track_input){.history = &simulation->history,
                                .track = SIMULATION_TRACK,
                                .settings = &simulation_settings,
                                .rules = &rule,
                                .rule_count = 1,
                                .scale = {.strengths = 2, .tie = true},
                                .seed = 7,
                                .by_day = true};
}

static int setup(void **state) {
    (void)state;
    return 0;
}

static void prepare(void) {
    if (study.history.row_count)
        return;
    simulation_study(&study);
    struct track_input input = input_of(&study);
    track_report_init(&report, &input);
}

static int teardown(void **state) {
    (void)state;
    track_report_release(&report);
    simulation_release(&study);
    return 0;
}

static void near(const struct figure *figure, double value, double tolerance) {
    assert_null(figure->undefined);
    if (!(fabs(figure->value - value) <= tolerance))
        fail_msg("%.12g is not %.12g", figure->value, value);
}

/* Reference values: study_A_expected.json. */
static void test_agreement(void **state) {
    (void)state;
    prepare();
    near(&report.agreement.lines.percent, 0.6188339479985304, 1e-9);
    near(&report.agreement.lines.alpha, 0.38885429873893773, 1e-9);
    near(&report.agreement.lines.fleiss, 0.3900184342440669, 1e-9);
    near(&report.agreement.lines.ac1, 0.4456245237559105, 1e-9);
    near(&report.agreement.lines.strength_alpha, 0.34406030826194633, 1e-9);
    near(&report.agreement.lines.strength_ac2, 0.35101679259190605, 1e-9);
    assert_null(report.agreement.lines.note);
    assert_true(report.agreement.lines.alpha.low < report.agreement.lines.alpha.value);
    assert_true(report.agreement.lines.alpha.high > report.agreement.lines.alpha.value);
    assert_true(report.agreement.lines.alpha.high - report.agreement.lines.alpha.low < 0.05);
    /* Without ties two people agree more often. */
    assert_true(report.agreement.lines.untied.value > report.agreement.lines.percent.value);
}

static const struct annotator *person(const char *name) {
    for (size_t i = 0; i < report.annotators.count; i++)
        if (strcmp(study.history.people[report.annotators.people[i].person], name) == 0)
            return &report.annotators.people[i];
    fail_msg("%s is missing", name);
    return NULL;
}

static bool flagged(const char *name, enum annotator_flag flag) {
    return person(name)->flags >> flag & 1;
}

static void only(enum annotator_flag flag, const char *const *names) {
    for (size_t i = 0; i < report.annotators.count; i++) {
        const char *name = study.history.people[report.annotators.people[i].person];
        bool wanted = false;
        for (const char *const *one = names; *one; one++)
            wanted |= strcmp(*one, name) == 0;
        if (flagged(name, flag) != wanted)
            fail_msg("%s: %s is %d", name, annotator_flag_name(flag), flagged(name, flag));
    }
}

static void test_flags(void **state) {
    (void)state;
    prepare();
    assert_int_equal(report.annotators.count, 12);
    only(ANNOTATOR_POSITION, (const char *[]){"ann06", NULL});
    only(ANNOTATOR_LENGTH, (const char *[]){"ann10", NULL});
    only(ANNOTATOR_SPEED, (const char *[]){"ann04", NULL});
    only(ANNOTATOR_AGREEMENT, (const char *[]){"ann12", NULL});
    only(ANNOTATOR_STRAIGHT, (const char *[]){NULL});
    assert_true(flagged("ann04", ANNOTATOR_GOLD) && flagged("ann12", ANNOTATOR_GOLD));
    assert_false(flagged("ann01", ANNOTATOR_GOLD) || flagged("ann03", ANNOTATOR_GOLD));
    assert_true(flagged("ann08", ANNOTATOR_CONFIDENCE));
    assert_true(flagged("ann02", ANNOTATOR_CATEGORY)); /* the one who is weak in a category */
    assert_string_equal(study.history.people[report.agreement.without[0].person], "ann12");
}

static void test_person_figures(void **state) {
    (void)state;
    prepare();
    const struct annotator *first = person("ann01");
    assert_int_equal(first->own.gold.n, 120);
    assert_int_equal(first->own.gold.right, 105);
    assert_int_equal(first->own.side_chosen, 1195);
    assert_int_equal(first->own.first_chosen, 606);
    assert_int_equal(first->longer.share.n, 1191);
    near(&first->longer.share, 616.0 / 1191, 1e-12);
    const struct annotator *drifting = person("ann09");
    assert_int_equal(drifting->own.drift.kind,
                     PERSON_DRIFT_NONE); /* nothing is held in this history: no alarm is open */
    assert_true(drifting->own.drift.alarm_count >= 1);
    assert_int_equal(drifting->own.drift.alarms[0].kind, PERSON_DRIFT_CHANGED);
}

/* Parts are of the whole: every judgment is in one group of each kind, every gold outcome too. */
static void test_groups_partition(void **state) {
    (void)state;
    prepare();
    size_t gold = 0, judgments = 0;
    for (size_t i = 0; i < report.annotators.count; i++) {
        gold += report.annotators.people[i].own.gold.n;
        judgments += report.annotators.people[i].judgments;
    }
    assert_int_equal(judgments, report.judgments);
    assert_int_equal(judgments, study.history.row_count);
    assert_int_equal(gold, report.detector.golds);
    for (int by = 0; by < GROUP_WAYS; by++) {
        size_t n = 0, outcomes = 0;
        for (size_t i = 0; i < report.groups[by].count; i++) {
            n += report.groups[by].groups[i].judgments;
            outcomes += report.groups[by].groups[i].gold_n;
        }
        assert_int_equal(n, report.judgments);
        assert_int_equal(outcomes, gold);
    }
    for (size_t i = 1; i < report.groups[GROUP_CATEGORY].count; i++)
        assert_true(report.groups[GROUP_CATEGORY].groups[i - 1].gold_accuracy.value <=
                    report.groups[GROUP_CATEGORY].groups[i].gold_accuracy.value);
    for (size_t i = 1; i < report.groups[GROUP_WEEK].count; i++)
        assert_true(strcmp(report.groups[GROUP_WEEK].groups[i - 1].label, report.groups[GROUP_WEEK].groups[i].label) <
                    0);
}

static void test_groups_match_whole(void **state) {
    (void)state;
    prepare();
    /* One rubric, one language: the only group is the whole. */
    assert_int_equal(report.groups[GROUP_RUBRIC].count, 1);
    near(&report.groups[GROUP_RUBRIC].groups[0].lines.alpha, report.agreement.lines.alpha.value, 1e-12);
    near(&report.groups[GROUP_LANGUAGE].groups[0].lines.percent, report.agreement.lines.percent.value, 1e-12);
}

/* The same seed gives the same report to the last bit; another one moves intervals only. */
static void test_seed(void **state) {
    (void)state;
    prepare();
    struct track_report again, other;
    struct track_input input = input_of(&study);
    input.by_day = false;
    track_report_init(&again, &input);
    input.seed = 8;
    track_report_init(&other, &input);
    assert_true(again.agreement.lines.alpha.low == report.agreement.lines.alpha.low);
    assert_true(again.agreement.without[3].alpha.high == report.agreement.without[3].alpha.high);
    assert_true(other.agreement.lines.alpha.value == report.agreement.lines.alpha.value);
    assert_true(other.agreement.lines.alpha.low != report.agreement.lines.alpha.low);
    assert_true(fabs(other.agreement.lines.alpha.low - report.agreement.lines.alpha.low) < 0.01);
    track_report_release(&again);
    track_report_release(&other);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_agreement),          cmocka_unit_test(test_flags),
        cmocka_unit_test(test_person_figures),     cmocka_unit_test(test_groups_partition),
        cmocka_unit_test(test_groups_match_whole), cmocka_unit_test(test_seed),
    };
    return cmocka_run_group_tests(tests, setup, teardown);
}
