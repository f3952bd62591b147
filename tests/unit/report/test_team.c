/* Which judgments count, and the team's agreement: small cases by hand, and laws. */
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "core/model/judgment.h"
#include "core/quality/stream.h"
#include "core/report/criteria.h"
#include "core/report/groups.h"
#include "tests/unit/report/helper_simulation.h"

static const struct team_scale scale = {.strengths = 3, .tie = true, .none = true};

static void near(const struct figure *figure, double value) {
    assert_null(figure->undefined);
    if (!(fabs(figure->value - value) <= 1e-12))
        fail_msg("%.17g is not %.17g", figure->value, value);
}

static void count(struct counted *counted, const struct simulation *simulation) {
    counted_init(counted, &simulation->history, SIMULATION_TRACK, NULL, 0);
}

static void agreement_in(struct team_agreement *out, const struct counted *counted) {
    struct team_lines lines;
    team_lines_init(&lines, counted, &scale);
    team_agreement_init(out, &lines, 7);
    team_lines_release(&lines);
}

static void groups_in(struct groups *out, enum group_by by, const struct counted *counted) {
    struct team_lines lines;
    team_lines_init(&lines, counted, &scale);
    groups_init(out, by, &(struct groups_input){.lines = &lines, .seed = 7});
    team_lines_release(&lines);
}

/* Of each kind one that counts and one that does not. */
static void test_counted(void **state) {
    (void)state;
    struct simulation s;
    struct counted c;
    simulation_init(&s);
    int ana = simulation_person(&s, "ana", PERSON_ANNOTATOR), lea = simulation_person(&s, "lea", PERSON_LEAD);
    int judge = simulation_person(&s, "judge", PERSON_MODEL),
        file = simulation_person(&s, "items.jsonl", PERSON_SOURCE);
    int key = simulation_key(&s, 0);
    simulation_row(&s, ana, 1, 0); /* imported: counts */
    simulation_row(&s, ana, 2, 0)->batch = simulation_batch(&s, ana, true);
    simulation_row(&s, ana, 3, 0)->batch = simulation_batch(&s, ana, false); /* open: no */
    simulation_row(&s, ana, 1, 1)->kind = KIND_RETEST;                       /* counts, not as a first */
    simulation_row(&s, ana, 2, 1); /* again, without being a retest: the same */
    struct history_row *gold = simulation_row(&s, ana, 4, 0);
    gold->kind = KIND_GOLD;
    gold->gold = key;
    struct history_row *burnt = simulation_row(&s, ana, 5, 0);
    burnt->kind = KIND_GOLD;
    burnt->gold = key;
    burnt->training_burnt = true; /* no */
    simulation_row(&s, ana, 6, 0)->kind = KIND_QUALIFICATION;
    simulation_row(&s, ana, 7, 0)->kind = KIND_TRAINING;
    simulation_row(&s, ana, 8, 0)->kind = KIND_CALIBRATION;
    simulation_row(&s, ana, 9, 0)->kind = KIND_ADJUDICATION;
    simulation_row(&s, ana, 10, 0)->track = 0;  /* another track */
    simulation_row(&s, lea, 1, 0)->held = true; /* held judgments count */
    simulation_row(&s, judge, 1, 0);
    simulation_row(&s, file, 11, 0);
    simulation_finish(&s);
    count(&c, &s);
    assert_int_equal(c.team_rows, 6);
    assert_int_equal(c.outside_rows, 2);
    assert_int_equal(c.people_count, 4);
    assert_int_equal(c.units, 4); /* 1 2 4 11 */
    size_t firsts = 0;
    for (size_t i = 0; i < c.row_count; i++)
        firsts += c.rows[i].first;
    assert_int_equal(firsts, 6);
    counted_release(&c);
    simulation_release(&s);
}

/* Items a a | a b | tie tie | tie a, strengths 3 1 | 1 2 | – – | – 2. */
static void small(struct simulation *s) {
    static const int choices[4][2] = {{0, 0}, {0, 1}, {CHOICE_TIE, CHOICE_TIE}, {CHOICE_TIE, 0}};
    static const int strengths[4][2] = {{3, 1}, {1, 2}, {0, 0}, {0, 2}};
    simulation_init(s);
    for (int p = 0; p < 2; p++) {
        int person = simulation_person(s, p ? "dov" : "ana", PERSON_ANNOTATOR);
        for (int i = 0; i < 4; i++)
            simulation_row(s, person, i + 1, choices[i][p])->strength = (signed char)strengths[i][p];
    }
    simulation_finish(s);
}

static void test_small(void **state) {
    (void)state;
    struct simulation s;
    struct counted c;
    struct team_agreement a;
    small(&s);
    count(&c, &s);
    agreement_in(&a, &c);
    near(&a.lines.percent, 0.5);
    assert_int_equal(a.lines.percent.n, 4);
    near(&a.lines.untied, 0.5); /* items 1 and 2 */
    assert_int_equal(a.lines.untied.n, 2);
    /* Coincidences: a a 2, a b 1, b a 1, t t 2, t a 1, a t 1; margins a 4, b 1, t 3; D_o = 4/8, D_e = (64 - 26) / 56. */
    near(&a.lines.alpha, 1 - 0.5 / (38.0 / 56));
    /* AC1 over the four declared levels: shares 1/2, 1/8, 3/8, 0. */
    double chance = (0.5 * 0.5 + 0.125 * 0.875 + 0.375 * 0.625) / 3;
    near(&a.lines.ac1, (0.5 - chance) / (1 - chance));
    assert_int_equal(a.lines.strength_alpha.n, 4);
    assert_int_equal(a.without_count, 2);
    assert_string_equal(a.without[0].alpha.undefined, "no item has two judgments");
    assert_int_equal(a.pair_count, 0); /* under 30 common items */
    team_agreement_release(&a);
    counted_release(&c);
    simulation_release(&s);
}

/* A team of `people` on `items`, each with this chance of saying what is so. */
static void noisy(struct simulation *s, int people, int items, double accuracy, int copies) {
    struct stream stream;
    stream_init(&stream, 11, 0);
    simulation_init(s);
    for (int p = 0; p < people; p++) {
        char name[16];
        snprintf(name, sizeof name, "p%d", p);
        int person = simulation_person(s, name, PERSON_ANNOTATOR);
        for (int i = 1; i <= items; i++) {
            static const int answers[] = {0, 1, CHOICE_TIE, CHOICE_NONE};
            int so = answers[i % 3];
            int said = stream_unit(&stream) < accuracy ? so : answers[stream_below(&stream, 4)];
            for (int k = 0; k < copies; k++) {
                struct history_row *row = simulation_row(s, person, i + k * items, said);
                row->strength = (signed char)(said >= 0 ? 1 + (i + p) % 3 : 0);
                row->category = 1 + i % 2;
            }
        }
    }
    simulation_category(s, "coding");
    simulation_category(s, "law");
    simulation_finish(s);
}

static void agreement_of(struct simulation *s, struct team_agreement *a) {
    struct counted c;
    count(&c, s);
    agreement_in(a, &c);
    counted_release(&c);
}

static void test_identical_people_agree(void **state) {
    (void)state;
    struct simulation s;
    struct team_agreement a;
    noisy(&s, 3, 60, 1, 1);
    for (size_t i = 0; i < s.history.row_count; i++)
        s.history.rows[i].strength = s.history.rows[i].prefer >= 0 ? 2 : 0;
    agreement_of(&s, &a);
    near(&a.lines.percent, 1);
    near(&a.lines.alpha, 1);
    near(&a.lines.fleiss, 1);
    near(&a.lines.ac1, 1);
    near(&a.lines.untied, 1);
    near(&a.lines.strength_alpha, 1);
    assert_int_equal(a.pair_count, 3);
    near(&a.pairs[0].kappa, 1);
    team_agreement_release(&a);
    simulation_release(&s);
}

/* Every item twice moves no estimate (alpha apart, which corrects for the size of the sample). */
static void test_duplicates(void **state) {
    (void)state;
    struct simulation s, t;
    struct team_agreement once, twice;
    noisy(&s, 4, 80, 0.7, 1);
    noisy(&t, 4, 80, 0.7, 2);
    agreement_of(&s, &once);
    agreement_of(&t, &twice);
    near(&twice.lines.percent, once.lines.percent.value);
    near(&twice.lines.fleiss, once.lines.fleiss.value);
    near(&twice.lines.ac1, once.lines.ac1.value);
    near(&twice.lines.untied, once.lines.untied.value);
    near(&twice.lines.strength_ac2, once.lines.strength_ac2.value);
    assert_true(fabs(twice.lines.alpha.value - once.lines.alpha.value) < 0.005);
    assert_int_equal(twice.lines.percent.n, 2 * once.lines.percent.n);
    team_agreement_release(&once);
    team_agreement_release(&twice);
    simulation_release(&s);
    simulation_release(&t);
}

/* The sides are names: exchanging a and b everywhere, or shown orders, changes no figure. */
static void test_relabel(void **state) {
    (void)state;
    struct simulation s;
    struct team_agreement before, after;
    noisy(&s, 4, 90, 0.6, 1);
    agreement_of(&s, &before);
    for (size_t i = 0; i < s.history.row_count; i++) {
        struct history_row *row = &s.history.rows[i];
        if (row->prefer >= 0)
            row->prefer = (signed char)(1 - row->prefer);
        memcpy(row->shown, i % 2 ? "ab" : "ba", 3);
    }
    agreement_of(&s, &after);
    near(&after.lines.percent, before.lines.percent.value);
    near(&after.lines.alpha, before.lines.alpha.value);
    near(&after.lines.ac1, before.lines.ac1.value);
    near(&after.lines.strength_alpha, before.lines.strength_alpha.value);
    team_agreement_release(&before);
    team_agreement_release(&after);
    simulation_release(&s);
}

static void test_undefined(void **state) {
    (void)state;
    struct simulation s;
    struct counted c;
    struct team_agreement a;
    struct groups g;
    simulation_init(&s);
    count(&c, &s);
    agreement_in(&a, &c);
    assert_string_equal(a.lines.percent.undefined, "no item has two judgments");
    assert_string_equal(a.lines.alpha.undefined, "no item has two judgments");
    assert_string_equal(a.lines.strength_alpha.undefined, "no judgment states a strength");
    groups_in(&g, GROUP_CATEGORY, &c);
    assert_int_equal(g.count, 0);
    groups_release(&g);
    team_agreement_release(&a);
    counted_release(&c);
    /* Everybody says a: chance-corrected figures do not exist, AC1 is 1 and says why. */
    int ana = simulation_person(&s, "ana", PERSON_ANNOTATOR), dov = simulation_person(&s, "dov", PERSON_ANNOTATOR);
    for (int i = 1; i <= 5; i++) {
        simulation_row(&s, ana, i, 0);
        simulation_row(&s, dov, i, 0);
    }
    simulation_finish(&s);
    agreement_of(&s, &a);
    assert_string_equal(a.lines.alpha.undefined, "all judgments are the same");
    near(&a.lines.ac1, 1);
    assert_string_equal(a.lines.note, "one category only");
    team_agreement_release(&a);
    simulation_release(&s);
}

/* A model and a label in a file are compared with people, and move no figure of the team. */
static void test_outsiders(void **state) {
    (void)state;
    struct simulation s;
    struct team_agreement before, after;
    noisy(&s, 3, 40, 0.8, 1);
    agreement_of(&s, &before);
    int judge = simulation_person(&s, "judge", PERSON_MODEL);
    for (int i = 1; i <= 40; i++)
        simulation_row(&s, judge, i, 1);
    simulation_finish(&s);
    agreement_of(&s, &after);
    assert_true(after.lines.alpha.value == before.lines.alpha.value && after.lines.alpha.low == before.lines.alpha.low);
    assert_int_equal(after.without_count, 3);
    assert_int_equal(before.pair_count, 3);
    assert_int_equal(after.pair_count, 6);
    team_agreement_release(&before);
    team_agreement_release(&after);
    simulation_release(&s);
}

/* Items that share a prompt are drawn together: all of them one prompt, and there is nothing to resample. */
static void test_prompts(void **state) {
    (void)state;
    struct simulation s;
    struct counted c;
    struct team_agreement alone, shared;
    int64_t prompt_of[41];
    noisy(&s, 3, 40, 0.8, 1);
    agreement_of(&s, &alone);
    for (int i = 0; i <= 40; i++)
        prompt_of[i] = 5;
    counted_init(&c, &s.history, SIMULATION_TRACK, prompt_of, 41);
    agreement_in(&shared, &c);
    near(&shared.lines.alpha, alone.lines.alpha.value);
    assert_true(figure_has_interval(&alone.lines.alpha));
    assert_false(figure_has_interval(&shared.lines.alpha));
    counted_release(&c);
    team_agreement_release(&alone);
    team_agreement_release(&shared);
    simulation_release(&s);
}

static void test_small_groups(void **state) {
    (void)state;
    struct simulation s;
    struct counted c;
    struct groups g;
    noisy(&s, 3, 98, 0.8, 1); /* 49 items a category */
    count(&c, &s);
    groups_in(&g, GROUP_CATEGORY, &c);
    assert_int_equal(g.count, 2);
    assert_int_equal(g.groups[0].items, 49);
    assert_int_equal(g.groups[0].judgments, 147);
    assert_null(g.groups[0].lines.percent.undefined);
    assert_string_equal(g.groups[0].lines.alpha.undefined, "under 50 items have two judgments");
    groups_release(&g);
    groups_in(&g, GROUP_WEEK, &c);
    assert_int_equal(g.count, 1);
    assert_int_equal(strlen(g.groups[0].label), strlen("2026-W48"));
    groups_release(&g);
    counted_release(&c);
    simulation_release(&s);
}

static void same(const struct figure *a, const struct figure *b) {
    near(a, b->value);
    assert_int_equal(a->n, b->n);
    assert_true(figure_has_interval(a) && a->low <= a->value && a->value <= a->high);
}

/* A group's figures are those of a team that judged nothing else. */
static void test_group_alone(void **state) {
    (void)state;
    struct simulation s;
    struct counted c;
    struct groups g;
    noisy(&s, 4, 240, 0.7, 1);
    count(&c, &s);
    groups_in(&g, GROUP_CATEGORY, &c);
    counted_release(&c);
    for (size_t i = 0; i < 2; i++) {
        const struct agreement_lines *lines = &g.groups[i].lines;
        struct team_agreement alone;
        for (size_t r = 0; r < s.history.row_count; r++)
            s.history.rows[r].track = s.history.rows[r].category == g.groups[i].key ? SIMULATION_TRACK : 0;
        agreement_of(&s, &alone);
        same(&lines->percent, &alone.lines.percent);
        same(&lines->pairwise, &alone.lines.pairwise);
        same(&lines->unanimous, &alone.lines.unanimous);
        same(&lines->alpha, &alone.lines.alpha);
        same(&lines->fleiss, &alone.lines.fleiss);
        same(&lines->ac1, &alone.lines.ac1);
        same(&lines->untied, &alone.lines.untied);
        same(&lines->strength_alpha, &alone.lines.strength_alpha);
        same(&lines->strength_ac2, &alone.lines.strength_ac2);
        same(&lines->strength_interval, &alone.lines.strength_interval);
        team_agreement_release(&alone);
    }
    groups_release(&g);
    simulation_release(&s);
}

/* Two people, two items, two responses each: 5 5, 3 4 | 1 1, 2 missing. */
static void test_criteria(void **state) {
    (void)state;
    static const struct criterion accuracy = {.id = "accuracy", .per = PER_RESPONSE, .low = 1, .high = 5};
    static const struct criterion tone = {.id = "tone", .per = PER_PAIR};
    struct simulation s;
    struct counted c;
    struct criterion_agreement out[2];
    simulation_init(&s);
    int ana = simulation_person(&s, "ana", PERSON_ANNOTATOR), dov = simulation_person(&s, "dov", PERSON_ANNOTATOR);
    simulation_row(&s, ana, 1, 0);
    simulation_row(&s, ana, 2, 0);
    simulation_row(&s, dov, 1, 0);
    simulation_row(&s, dov, 2, 0);
    simulation_row(&s, dov, 2, 0)->kind = KIND_RETEST; /* row 4: its cells count for nothing */
    simulation_finish(&s);
    struct criterion_cell cells[] = {{0, 0, 5}, {2, 0, 5}, {0, 1, 3}, {2, 1, 4},
                                     {1, 0, 1}, {3, 0, 1}, {1, 1, 2}, {4, 1, 2}};
    struct criterion_cell pair_cells[] = {{0, 0, CELL_SAME}, {2, 0, CELL_SAME}, {1, 0, 0}, {3, 0, 1}};
    const struct criterion_input inputs[] = {{&accuracy, cells, 8, 8}, {&tone, pair_cells, 4, 4}};
    count(&c, &s);
    criteria_agreement(out, inputs, 2, &c, NULL, 7);
    assert_string_equal(out[0].id, "accuracy");
    assert_int_equal(out[0].alpha.n, 3);
    near(&out[0].percent, 2.0 / 3);
    /* Ordinal: margins 1:2 3:1 4:1 5:2; d(3,4) = 1, d(1,3) = 1.5, d(1,4) = 2.5, d(1,5) = 4, d(3,5) = 2.5, d(4,5) = 1.5. */
    double expected = 2 * 1 * 2.25 + 2 * 1 * 6.25 + 2 * 2 * 16 + 1 * 1 * 1 + 1 * 2 * 6.25 + 1 * 2 * 2.25;
    near(&out[0].alpha, 1 - 5 * 1.0 / expected);
    near(&out[1].percent, 0.5);
    assert_int_equal(out[1].alpha.n, 2);
    near(&out[1].alpha, 1 - 3 * 1.0 / (2 * 1 + 2 * 1 + 1 * 1)); /* nominal: margins same 2, a 1, b 1 */
    counted_release(&c);
    simulation_release(&s);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_counted),
        cmocka_unit_test(test_small),
        cmocka_unit_test(test_identical_people_agree),
        cmocka_unit_test(test_duplicates),
        cmocka_unit_test(test_relabel),
        cmocka_unit_test(test_undefined),
        cmocka_unit_test(test_outsiders),
        cmocka_unit_test(test_prompts),
        cmocka_unit_test(test_small_groups),
        cmocka_unit_test(test_group_alone),
        cmocka_unit_test(test_criteria),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
