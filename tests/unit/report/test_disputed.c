/* Disagreement of items by hand: shares of pairs, the order, and what has no vote. */
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

#include <cmocka.h>

#include "core/report/disputed.h"
#include "tests/unit/report/helper_simulation.h"

#include "core/base/banned.h"

enum { PEOPLE = 4 };

struct panel {
    struct simulation simulation;
    int people[PEOPLE], law;
    struct counted counted;
};

static void vote(struct panel *panel, int64_t item, const int *prefers, int count) {
    for (int i = 0; i < count; i++)
        simulation_row(&panel->simulation, panel->people[i], item, prefers[i]);
}

static void panel_init(struct panel *panel) {
    simulation_init(&panel->simulation);
    for (int i = 0; i < PEOPLE; i++) {
        char name[16];
        snprintf(name, sizeof name, "p%d", i);
        panel->people[i] = simulation_person(&panel->simulation, name, PERSON_ANNOTATOR);
    }
    panel->law = simulation_category(&panel->simulation, "law");
    vote(panel, 1, (const int[]){0, 0, 0}, 3);              /* 0 */
    vote(panel, 2, (const int[]){0, 1}, 2);                 /* 1 */
    vote(panel, 3, (const int[]){0, 1, 0, 1}, 4);           /* 4 of 6 pairs */
    vote(panel, 4, (const int[]){0, 1, CHOICE_TIE, -2}, 4); /* 1, with more votes than item 2 */
    vote(panel, 5, (const int[]){1}, 1);
    vote(panel, 6, (const int[]){0, 1}, 2);
    struct simulation *simulation = &panel->simulation;
    int model = simulation_person(simulation, "m", PERSON_MODEL), key = simulation_key(simulation, 0);
    simulation_row(simulation, model, 1, 1); /* no member of the team */
    struct history_row *again = simulation_row(simulation, panel->people[0], 1, 1);
    again->kind = KIND_RETEST; /* not a first vote */
    for (size_t i = 0; i < simulation->history.row_count; i++) {
        struct history_row *row = &simulation->history.rows[i];
        if (row->item == 6) {
            row->kind = KIND_GOLD;
            row->gold = key;
        }
        if (row->item == 3)
            row->category = panel->law;
    }
    simulation_finish(simulation);
    counted_init(&panel->counted, &simulation->history, SIMULATION_TRACK, NULL, 0);
}

static void panel_release(struct panel *panel) {
    counted_release(&panel->counted);
    simulation_release(&panel->simulation);
}

static void test_order(void **state) {
    (void)state;
    static const int64_t order[] = {4, 2, 3, 1, 5};
    struct panel panel;
    struct disputed disputed;
    panel_init(&panel);
    disputed_init(&disputed, &panel.counted, -1);
    assert_int_equal(disputed.count, 5);
    assert_int_equal(disputed.disputed, 3);
    for (size_t i = 0; i < disputed.count; i++)
        assert_int_equal(disputed.items[i].item, order[i]);
    assert_true(disputed.items[0].disagreement == 1 && disputed.items[1].disagreement == 1);
    assert_true(fabs(disputed.items[2].disagreement - 4.0 / 6) < 1e-12);
    assert_true(disputed.items[3].disagreement == 0 && disputed.items[3].n == 3);
    assert_true(disputed.items[0].votes[VOTE_TIE] == 1 && disputed.items[0].votes[VOTE_NONE] == 1);
    assert_true(disputed.items[2].votes[0] == 2 && disputed.items[2].votes[1] == 2);
    disputed_release(&disputed);
    panel_release(&panel);
}

static void test_one_category(void **state) {
    (void)state;
    struct panel panel;
    struct disputed disputed;
    panel_init(&panel);
    disputed_init(&disputed, &panel.counted, panel.law);
    assert_int_equal(disputed.count, 1);
    assert_int_equal(disputed.items[0].item, 3);
    disputed_release(&disputed);
    disputed_init(&disputed, &panel.counted, 0);
    assert_int_equal(disputed.count, 4);
    disputed_release(&disputed);
    panel_release(&panel);
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_order), cmocka_unit_test(test_one_category)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
