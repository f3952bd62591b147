/*
 * Studies from a seeded generator, with planted faults: what is found, when, and how often somebody is found who has none. Rates are held against what
 * the program states of itself (drift.h) with room for four standard errors.
 */
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

#include <cmocka.h>

#include "core/quality/drift.h"
#include "core/quality/stream.h"
#include "core/report/track.h"
#include "tests/unit/report/helper_simulation.h"

#include "core/base/banned.h"

/* --- One person, many times --- */

/* Gold outcomes alone: accuracy `before`, and `after` from outcome `change` on; every ten of them a batch handed in. */
static void one_person(struct simulation *simulation, struct stream *stream, double before, double after, int change,
                       int golds) {
    simulation_init(simulation);
    int ana = simulation_person(simulation, "ana", PERSON_ANNOTATOR), key = simulation_key(simulation, 0), batch = 0;
    for (int i = 0; i < golds; i++) {
        if (i % 10 == 0)
            batch = simulation_batch(simulation, ana, true);
        struct history_row *row =
            simulation_row(simulation, ana, i + 1, stream_unit(stream) >= (i < change ? before : after));
        row->kind = KIND_GOLD;
        row->gold = key;
        row->batch = batch;
        row->batch_number = simulation->history.batches[batch].number;
    }
    simulation_finish(simulation);
}

static struct person_figures figures_of(const struct simulation *simulation) {
    struct person_figures figures;
    person_figures_init(&figures, &simulation->history, 1, SIMULATION_TRACK, &simulation_settings, 7);
    return figures;
}

static void at_most(const char *what, double share, double stated, int runs) {
    double room = 4 * sqrt(stated * (1 - stated) / runs);
    if (share > stated + room)
        fail_msg("%s: %.3f of the runs, stated %.3f", what, share, stated);
}

static void about(const char *what, double share, double stated, int runs) {
    double room = 4 * sqrt(stated * (1 - stated) / runs);
    if (fabs(share - stated) > room)
        fail_msg("%s: %.3f of the runs, stated %.3f", what, share, stated);
}

/* Alarms before the change come as often as stated; nearly everybody who fell is found after it, in the stated number of outcomes. */
static void test_drifting_person(void **state) {
    (void)state;
    enum { RUNS = 160, CHANGE = 100, GOLDS = 300 };
    struct drift_design design;
    struct stream stream;
    double early = 0, found = 0, late = 0, said = 0;
    assert_true(drift_design_init(&design, 0.85, 0.65, 1000));
    stream_init(&stream, 41, 0);
    for (int run = 0; run < RUNS; run++) {
        struct simulation simulation;
        one_person(&simulation, &stream, 0.92, 0.60, CHANGE, GOLDS);
        struct person_figures figures = figures_of(&simulation);
        size_t first = figures.drift.alarm_count ? figures.drift.alarms[0].outcome : GOLDS;
        early += first < CHANGE;
        late += first >= CHANGE + 50;
        found += first >= CHANGE && first < GOLDS;
        for (size_t i = 0; i < figures.drift.alarm_count; i++)
            if (figures.drift.alarms[i].outcome == first && first >= CHANGE)
                said += figures.drift.alarms[i].kind == PERSON_DRIFT_CHANGED;
        person_figures_release(&figures);
        simulation_release(&simulation);
    }
    double stated = drift_chance_of_alarm(&design, 0.92, CHANGE, drift_head_start(&design));
    about("an alarm before the change", early / RUNS, stated, RUNS);
    at_most("later than 50 outcomes", late / RUNS, 1 - drift_chance_of_alarm(&design, 0.60, 50, 0), RUNS);
    assert_true(found + early == RUNS);
    assert_true(said > 0.8 * found); /* who fell that far is called changed */
}

/* Always at .80, under the bar of .85: found as stated, and called changed in no more than the 34 of 100 of the test alone. */
static void test_constant_person(void **state) {
    (void)state;
    enum { RUNS = 200, GOLDS = 200 };
    struct drift_design design;
    struct stream stream;
    double alarmed = 0, changed = 0;
    assert_true(drift_design_init(&design, 0.85, 0.65, 1000));
    stream_init(&stream, 43, 0);
    for (int run = 0; run < RUNS; run++) {
        struct simulation simulation;
        one_person(&simulation, &stream, 0.80, 0.80, 0, GOLDS);
        struct person_figures figures = figures_of(&simulation);
        alarmed += figures.drift.alarm_count > 0;
        if (figures.drift.alarm_count > 0)
            changed += figures.drift.alarms[0].kind == PERSON_DRIFT_CHANGED;
        person_figures_release(&figures);
        simulation_release(&simulation);
    }
    about("an alarm", alarmed / RUNS, drift_chance_of_alarm(&design, 0.80, GOLDS, drift_head_start(&design)), RUNS);
    at_most("called changed", changed / alarmed, 0.34, (int)alarmed);
}

/* --- Teams --- */

enum { ITEMS = 800, EACH = 4, PEOPLE = 8, STUDIES = 8, CLICKER = 1, SIDED = 2 };

static int truth_of(int item) {
    return item * 7919 % 97 % 2;
}

/* Everybody knows the right side with .82, but the clicker, and the one who follows the side on 30 of 100 items. */
static int choice_of(struct stream *stream, int person, int item, bool swapped) {
    if (person == CLICKER)
        return stream_unit(stream) < 0.5;
    if (person == SIDED && stream_unit(stream) < 0.30)
        return swapped ? 1 : 0; /* what stands first */
    return stream_unit(stream) < 0.82 ? truth_of(item) : 1 - truth_of(item);
}

static void team_study(struct simulation *simulation, struct stream *stream) {
    simulation_init(simulation);
    int keys[] = {simulation_key(simulation, 0), simulation_key(simulation, 1)};
    for (int p = 1; p <= PEOPLE; p++) {
        char name[16];
        snprintf(name, sizeof name, "p%d", p);
        simulation_person(simulation, name, PERSON_ANNOTATOR);
    }
    for (int item = 1; item <= ITEMS; item++)
        for (int k = 0; k < EACH; k++) {
            int person = 1 + (item + k * (1 + item % 3 / 2)) % PEOPLE;
            bool swapped = stream_unit(stream) < 0.5;
            struct history_row *row =
                simulation_row(simulation, person, item, choice_of(stream, person, item, swapped));
            memcpy(row->shown, swapped ? "ba" : "ab", 3);
            row->lengths[0] = 60 + (int)stream_below(stream, 100);
            row->lengths[1] = 60 + (int)stream_below(stream, 100);
            row->active_ms = (int)(20000 * exp(0.5 * stream_normal(stream)));
            if (item % 10 == 0) {
                row->kind = KIND_GOLD;
                row->gold = keys[truth_of(item)];
            }
        }
    simulation_finish(simulation);
}

static void test_team(void **state) {
    (void)state;
    struct stream stream;
    int clicker = 0, sided = 0, others = 0, wronged = 0, position = 0, inverted = 0;
    stream_init(&stream, 47, 0);
    for (int study = 0; study < STUDIES; study++) {
        struct simulation simulation;
        struct track_report report;
        team_study(&simulation, &stream);
        struct track_input input = {.history = &simulation.history,
                                    .track = SIMULATION_TRACK,
                                    .settings = &simulation_settings,
                                    .scale = {.strengths = 0, .tie = false},
                                    .seed = study};
        track_report_init(&report, &input);
        for (size_t i = 0; i < report.annotators.count; i++) {
            const struct annotator *one = &report.annotators.people[i];
            bool by_position = one->flags >> ANNOTATOR_POSITION & 1,
                 by_agreement = one->flags >> ANNOTATOR_AGREEMENT & 1;
            inverted +=
                one->inverted && one->person != CLICKER; /* who clicks at random may be on either side of chance */
            if (one->person == CLICKER)
                clicker += by_agreement;
            else if (one->person == SIDED)
                sided += by_position;
            else {
                others++;
                wronged += by_agreement;
            }
            position += by_position && one->person != SIDED;
        }
        track_report_release(&report);
        simulation_release(&simulation);
    }
    assert_int_equal(clicker, STUDIES);
    assert_true(sided >= STUDIES - 1);
    assert_int_equal(position, 0); /* p < 1e-4 in 56 tests */
    assert_int_equal(wronged, 0);
    assert_int_equal(others, STUDIES * (PEOPLE - 2));
    assert_int_equal(inverted, 0);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_drifting_person),
        cmocka_unit_test(test_constant_person),
        cmocka_unit_test(test_team),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
