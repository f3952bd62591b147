/*
 * The pane moves once a hand-in, on a history that has grown by one batch. After every hand-in its figures equal those of the whole later history cut at
 * that moment, and those of the same history with everybody else's work in it.
 */
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

#include <cmocka.h>

#include "core/base/memory.h"
#include "core/quality/stream.h"
#include "core/report/person.h"
#include "tests/unit/report/helper_simulation.h"

#include "core/base/banned.h"

enum { BATCHES = 24, BATCH = 30, ANA = 1, DOV = 2 };

/* Batches of ana and dov in turn, with gold, ties, retests; ana falls half-way. Up to `batches` of each; those after `handed` are open. */
static void history_until(struct simulation *simulation, int batches, int handed, bool both) {
    struct stream stream;
    simulation_init(simulation);
    int people[] = {simulation_person(simulation, "ana", PERSON_ANNOTATOR),
                    simulation_person(simulation, "dov", PERSON_ANNOTATOR)};
    int keys[] = {simulation_key(simulation, 0), simulation_key(simulation, 1)};
    int categories[] = {simulation_category(simulation, "coding"), simulation_category(simulation, "law")};
    for (int b = 0; b < batches; b++)
        for (int p = 0; p < 2; p++) {
            stream_init(&stream, 5, (uint64_t)(b * 2 + p));
            if (p == 1 && !both) {
                simulation->judgment += BATCH; /* ids are the store's: they do not depend on who looks */
                continue;
            }
            int batch = simulation_batch(simulation, people[p], b < handed);
            for (int i = 0; i < BATCH; i++) {
                int64_t item = b * BATCH + i + 1;
                bool gold = i % 5 == 0, again = i == 7 && b > 3, first = stream_unit(&stream) < 0.5;
                double accuracy = p == 0 && b >= BATCHES / 2 ? 0.55 : 0.9;
                int truth = (int)(item % 2), choice = stream_unit(&stream) < accuracy ? truth : 1 - truth;
                struct history_row *row =
                    simulation_row(simulation, people[p], again ? item - 3 * BATCH + 1 : item, choice);
                memcpy(row->shown, first ? "ab" : "ba", 3);
                row->batch = batch;
                row->batch_number = b + 1;
                row->category = categories[i % 2];
                row->confidence = (signed char)(50 + 10 * (int)stream_below(&stream, 6));
                row->kind = gold ? KIND_GOLD : again ? KIND_RETEST : KIND_PRODUCTION;
                row->gold = gold ? keys[truth] : -1;
            }
        }
    simulation_finish(simulation);
}

static struct person_figures figures_of(const struct simulation *simulation) {
    struct person_figures figures;
    person_figures_init(&figures, &simulation->history, ANA, SIMULATION_TRACK, &simulation_settings, 7);
    return figures;
}

static void same_figure(const struct figure *a, const struct figure *b) {
    assert_int_equal(a->n, b->n);
    assert_int_equal(a->undefined != NULL, b->undefined != NULL);
    if (!a->undefined) {
        assert_true(a->value == b->value);
        assert_true(a->low == b->low || (isnan(a->low) && isnan(b->low)));
        assert_true(a->high == b->high || (isnan(a->high) && isnan(b->high)));
    }
}

static void same_drift(const struct person_drift *a, const struct person_drift *b, size_t golds) {
    assert_int_equal(a->statistic, b->statistic);
    assert_int_equal(a->state, b->state);
    assert_int_equal(a->word, b->word);
    assert_int_equal(a->column_count, b->column_count);
    for (size_t i = 0; i < a->column_count; i++) {
        assert_int_equal(a->columns[i].most, b->columns[i].most);
        assert_int_equal(a->columns[i].alarm, b->columns[i].alarm);
    }
    assert_int_equal(a->alarm_count, b->alarm_count);
    for (size_t i = 0; i < a->alarm_count; i++) {
        assert_int_equal(a->alarms[i].outcome, b->alarms[i].outcome);
        assert_true(a->alarms[i].since == b->alarms[i].since && a->alarms[i].until == b->alarms[i].until);
        assert_int_equal(a->alarms[i].kind, b->alarms[i].kind);
        assert_int_equal(a->alarms[i].held, b->alarms[i].held);
    }
    for (size_t i = 0; i < golds; i++)
        assert_true(a->ewma[i] == b->ewma[i]);
}

static void same(const struct person_figures *a, const struct person_figures *b) {
    assert_int_equal(a->judgments, b->judgments);
    assert_int_equal(a->hand_ins, b->hand_ins);
    assert_true(a->last_hand_in == b->last_hand_in);
    assert_int_equal(a->gold.n, b->gold.n);
    assert_int_equal(a->gold.wrong_side, b->gold.wrong_side);
    same_figure(&a->gold.figure, &b->gold.figure);
    assert_int_equal(a->gold.category_count, b->gold.category_count);
    for (size_t i = 0; i < a->gold.category_count; i++) {
        assert_int_equal(a->gold.categories[i].category, b->gold.categories[i].category);
        same_figure(&a->gold.categories[i].figure, &b->gold.categories[i].figure);
    }
    same_drift(&a->drift, &b->drift, a->gold.n);
    assert_int_equal(a->confidence.n, b->confidence.n);
    same_figure(&a->confidence.brier, &b->confidence.brier);
    same_figure(&a->confidence.ece, &b->confidence.ece);
    same_figure(&a->confidence.gap, &b->confidence.gap);
    assert_int_equal(a->confidence.verdict, b->confidence.verdict);
    same_figure(&a->shown_first.share, &b->shown_first.share);
    same_figure(&a->retest.same, &b->retest.same);
    same_figure(&a->retest.swapped, &b->retest.swapped);
}

static void test_every_hand_in(void **state) {
    (void)state;
    size_t alarms = 0, retests = 0;
    for (int n = 1; n <= BATCHES; n++) {
        struct simulation running, cut, everybody;
        history_until(&running, n, n, false);        /* as the pane loads it then: one person, up to now */
        history_until(&cut, BATCHES, n, false);      /* as a later history has it, what came later not handed in */
        history_until(&everybody, BATCHES, n, true); /* as the report loads it */
        struct person_figures a = figures_of(&running), b = figures_of(&cut), c = figures_of(&everybody);
        same(&a, &b);
        same(&a, &c);
        alarms = a.drift.alarm_count;
        retests = a.retest.n;
        person_figures_release(&a);
        person_figures_release(&b);
        person_figures_release(&c);
        simulation_release(&running);
        simulation_release(&cut);
        simulation_release(&everybody);
    }
    assert_true(alarms > 0 && retests > 10); /* there was something to compare */
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_every_hand_in)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
