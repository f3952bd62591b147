/* Suspect keys in simulated teams: the planted one is found, and right keys are suspected no more often than stated. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <math.h>
#include <stdio.h>

#include "core/quality/stream.h"
#include "core/report/decisions.h"
#include "core/report/same_side.h"
#include "tests/unit/report/helper_simulation.h"

enum { TEAM = 8, GOLD = 40, WRONG_ITEM = 17 };

/* Everybody answers all gold; person p is right with skill[p], misses are independent. The key of WRONG_ITEM says b where a is right. */
static void team(struct simulation *simulation, const double *skill, bool plant, uint64_t seed) {
    struct stream dice;
    simulation_init(simulation);
    stream_init(&dice, seed, 1);
    int keys[GOLD];
    for (int i = 0; i < GOLD; i++)
        keys[i] = simulation_key(simulation, plant && i == WRONG_ITEM ? 1 : 0);
    for (int p = 0; p < TEAM; p++) {
        char name[16];
        snprintf(name, sizeof name, "p%d", p);
        int person = simulation_person(simulation, name, PERSON_ANNOTATOR);
        for (int i = 0; i < GOLD; i++) {
            bool right = stream_unit(&dice) < skill[p];
            struct history_row *row = simulation_row(simulation, person, i + 1, right ? 0 : 1);
            row->kind = KIND_GOLD;
            row->gold = keys[i];
            row->at = 1000 + i;
        }
    }
    simulation_finish(simulation);
}

static void find(const struct simulation *simulation, const int64_t *key_at, size_t count, struct gold_cases *out) {
    struct counted counted;
    counted_init(&counted, &simulation->history, SIMULATION_TRACK, NULL, 0);
    gold_cases_init(out, &counted, key_at, count, 0.85);
    counted_release(&counted);
}

static const double good[TEAM] = {.95, .93, .92, .94, .96, .93, .7, .6};

static void test_planted_key(void **state) {
    (void)state;
    size_t found = 0, others = 0;
    for (uint64_t seed = 1; seed <= 50; seed++) {
        struct simulation simulation;
        struct gold_cases cases;
        team(&simulation, good, true, seed);
        find(&simulation, NULL, 0, &cases);
        assert_int_equal(cases.count, GOLD);
        for (size_t i = 0; i < cases.count; i++) {
            assert_true(cases.cases[i].suspect == (i < cases.suspects));
            found += cases.cases[i].suspect && cases.cases[i].item == WRONG_ITEM + 1;
            others += cases.cases[i].suspect && cases.cases[i].item != WRONG_ITEM + 1;
        }
        gold_cases_release(&cases);
        simulation_release(&simulation);
    }
    assert_true(found >= 48);
    assert_true(others <= 3);
}

/* At most one look in twenty shows any suspect at all where every key is right; 400 looks, so at most 20 and a margin of three sigmas. */
static void test_false_alarms(void **state) {
    (void)state;
    size_t looks = 0;
    for (uint64_t seed = 1; seed <= 400; seed++) {
        struct simulation simulation;
        struct gold_cases cases;
        team(&simulation, good, false, 1000 + seed);
        find(&simulation, NULL, 0, &cases);
        looks += cases.suspects > 0;
        gold_cases_release(&cases);
        simulation_release(&simulation);
    }
    assert_true(looks <= 33);
}

/* The best stand first, those below the bar are not among them, and their misses make no suspect. */
static void test_the_best(void **state) {
    (void)state;
    static const double bad[TEAM] = {.6, .6, .6, .6, .6, .6, .6, .6};
    struct simulation simulation;
    struct gold_cases cases;
    team(&simulation, good, true, 7);
    find(&simulation, NULL, 0, &cases);
    const struct gold_case *first = &cases.cases[0];
    assert_int_equal(first->item, WRONG_ITEM + 1);
    assert_int_equal(first->count, TEAM);
    assert_true(first->best >= 4 && first->best <= 6);
    for (size_t i = 0; i < first->count; i++)
        assert_true(first->answers[i].best == (i < first->best));
    assert_true(first->answers[0].n == GOLD - 1);
    gold_cases_release(&cases);
    simulation_release(&simulation);
    team(&simulation, bad, true, 7);
    find(&simulation, NULL, 0, &cases);
    assert_int_equal(cases.suspects, 0);
    assert_true(cases.cases[0].chance == 1);
    gold_cases_release(&cases);
    simulation_release(&simulation);
}

/* A key that was set after the answers is not judged by them. */
static void test_key_set_later(void **state) {
    (void)state;
    struct simulation simulation;
    struct gold_cases cases;
    int64_t key_at[WRONG_ITEM + 2] = {0};
    team(&simulation, good, true, 7);
    key_at[WRONG_ITEM + 1] = 1000 + WRONG_ITEM;
    find(&simulation, key_at, WRONG_ITEM + 2, &cases);
    assert_int_equal(cases.suspects, 1);
    gold_cases_release(&cases);
    key_at[WRONG_ITEM + 1]++;
    find(&simulation, key_at, WRONG_ITEM + 2, &cases);
    assert_int_equal(cases.suspects, 0);
    gold_cases_release(&cases);
    simulation_release(&simulation);
}

static void test_same_side(void **state) {
    (void)state;
    struct simulation simulation;
    struct counted counted;
    simulation_init(&simulation);
    int ana = simulation_person(&simulation, "ana", PERSON_ANNOTATOR),
        ben = simulation_person(&simulation, "ben", PERSON_ANNOTATOR);
    int carla = simulation_person(&simulation, "carla", PERSON_ANNOTATOR),
        model = simulation_person(&simulation, "m", PERSON_MODEL);
    simulation_row(&simulation, ana, 1, 0);
    simulation_row(&simulation, ben, 1, 0);
    simulation_row(&simulation, carla, 1, CHOICE_TIE);
    simulation_row(&simulation, ana, 2, 1);
    simulation_row(&simulation, ben, 2, 0);
    simulation_row(&simulation, ana, 3, 1); /* alone but for a model */
    simulation_row(&simulation, model, 3, 1);
    simulation_finish(&simulation);
    counted_init(&counted, &simulation.history, SIMULATION_TRACK, NULL, 0);
    struct same_side same[4];
    assert_int_equal(counted.people_count, 4);
    same_side_find(same, &counted);
    assert_int_equal(same[0].person, ana);
    assert_int_equal(same[0].items, 2);
    assert_true(fabs(same[0].share - 0.25) < 1e-12); /* one of two, none of one */
    assert_true(fabs(same[1].share - 0.25) < 1e-12);
    assert_true(same[2].items == 1 && same[2].share == 0);
    assert_int_equal(same[3].items, 0);
    counted_release(&counted);
    simulation_release(&simulation);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_planted_key),   cmocka_unit_test(test_false_alarms), cmocka_unit_test(test_the_best),
        cmocka_unit_test(test_key_set_later), cmocka_unit_test(test_same_side),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
