/* Labels, models, orders, the pool, peers, and what a lead is told of one person's gold and habits: small histories with answers known by hand, and laws. */
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

#include <cmocka.h>

#include "core/model/judgment.h"
#include "core/report/track.h"
#include "tests/unit/report/helper_simulation.h"

#include "core/base/banned.h"

static const struct team_scale scale = {.strengths = 3, .tie = true, .none = false};

static void count(struct counted *counted, const struct simulation *simulation) {
    counted_init(counted, &simulation->history, SIMULATION_TRACK, NULL, 0);
}

static void people(struct simulation *simulation, int n) {
    simulation_init(simulation);
    for (int p = 1; p <= n; p++) {
        char name[16];
        snprintf(name, sizeof name, "p%d", p);
        simulation_person(simulation, name, PERSON_ANNOTATOR);
    }
}

/* --- Labels --- */

/* Four good people and one who answers the opposite; letters: which stored response is the better one of odd items. */
static void contrary(struct simulation *simulation, int odd) {
    people(simulation, 5);
    for (int item = 1; item <= 240; item++)
        for (int p = 1; p <= 5; p++) {
            int truth = item % 2 ? odd : 1 - odd;
            bool wrong = p == 5 || (item + p) % 11 == 0;
            simulation_row(simulation, p, item, wrong ? 1 - truth : truth);
        }
    simulation_finish(simulation);
}

static void test_labels(void **state) {
    (void)state;
    struct simulation simulation, relabelled;
    struct counted counted, other;
    struct track_labels labels, mirrored;
    contrary(&simulation, 0);
    contrary(&relabelled, 1);
    count(&counted, &simulation);
    count(&other, &relabelled);
    track_labels_init(&labels, &counted, &scale, LABELS_DAWID_SKENE, false);
    track_labels_init(&mirrored, &other, &scale, LABELS_DAWID_SKENE, false);
    assert_int_equal(labels.items, 240);
    assert_int_equal(labels.levels.count, 3);
    assert_true(labels.converged);
    for (int item = 1; item <= 240; item++) {
        const double *chances = track_labels_posterior(&labels, item),
                     *turned = track_labels_posterior(&mirrored, item);
        assert_true(fabs(chances[0] + chances[1] + chances[2] - 1) < 1e-12);
        assert_true(chances[item % 2 ? 0 : 1] > 0.9);
        assert_true(fabs(chances[0] - turned[1]) < 1e-9); /* the letters of responses do not matter */
    }
    for (int p = 1; p <= 5; p++) {
        const struct label_person *one = track_labels_person(&labels, p);
        assert_int_equal(one->inverted, p == 5);
        assert_int_equal(one->accuracy.n, 240);
        assert_true(one->accuracy.low < one->accuracy.value && one->accuracy.value < one->accuracy.high);
        assert_true(p == 5 ? one->accuracy.value < 0.5 : one->accuracy.value > 0.7);
    }
    assert_null(track_labels_posterior(&labels, 241));
    assert_null(track_labels_posterior(&labels, -1));
    track_labels_release(&labels);
    track_labels_release(&mirrored);
    counted_release(&counted);
    counted_release(&other);
    simulation_release(&simulation);
    simulation_release(&relabelled);
}

static void test_labels_gold_and_held(void **state) {
    (void)state;
    struct simulation simulation;
    struct counted counted;
    struct track_labels labels;
    people(&simulation, 3);
    int key = simulation_key(&simulation, 1);
    for (int p = 1; p <= 3; p++) { /* everybody misses the gold item; the second item is held for all */
        struct history_row *gold = simulation_row(&simulation, p, 1, 0);
        gold->kind = KIND_GOLD;
        gold->gold = key;
        simulation_row(&simulation, p, 2, 0)->held = true;
        simulation_row(&simulation, p, 3, 0);
    }
    simulation_finish(&simulation);
    count(&counted, &simulation);
    track_labels_init(&labels, &counted, &scale, LABELS_DAWID_SKENE, true);
    assert_int_equal(labels.clamped, 1);
    assert_true(track_labels_posterior(&labels, 1)[1] > 0.999);
    assert_null(track_labels_posterior(&labels, 2));
    assert_int_equal(labels.items, 2);
    track_labels_release(&labels);
    counted_release(&counted);
    simulation_release(&simulation);
    people(&simulation, 1);
    count(&counted, &simulation); /* no judgments */
    track_labels_init(&labels, &counted, &scale, LABELS_DAWID_SKENE, false);
    assert_int_equal(labels.items, 0);
    assert_null(track_labels_posterior(&labels, 1));
    track_labels_release(&labels);
    counted_release(&counted);
    simulation_release(&simulation);
}

/* One judgment an item: what somebody chose stays the likeliest, whatever the others choose elsewhere. */
static void test_labels_of_single_judgments(void **state) {
    (void)state;
    struct simulation simulation;
    struct counted counted;
    struct track_labels labels;
    people(&simulation, 20);
    for (int item = 1; item <= 2000; item++)
        simulation_row(&simulation, 1 + item % 20, item, item % 10 < 3);
    simulation_finish(&simulation);
    count(&counted, &simulation);
    track_labels_init(&labels, &counted, &scale, LABELS_DAWID_SKENE, false);
    for (int item = 1; item <= 2000; item++) {
        const double *chances = track_labels_posterior(&labels, item);
        assert_true(fabs(chances[item % 10 < 3] - 20.0 / 30) < 1e-9); /* the priors alone */
    }
    assert_non_null(track_labels_person(&labels, 1)->accuracy.undefined);
    track_labels_release(&labels);
    counted_release(&counted);
    simulation_release(&simulation);
}

/* --- Models --- */

static void test_models(void **state) {
    (void)state;
    struct simulation simulation;
    struct counted counted;
    struct track_models models;
    struct item_models of[101] = {{0, 0}};
    uint16_t wrote[202] = {0};
    people(&simulation, 1);
    for (int item = 1; item <= 100; item++) { /* model 1 beats model 2 in 75 of 100; no ties, always shown first: a */
        of[item] = (struct item_models){2 * (uint32_t)item, 2};
        wrote[2 * item] = item % 2 ? 1 : 2;
        wrote[2 * item + 1] = item % 2 ? 2 : 1;
        bool one_wins = item > 25;
        simulation_row(&simulation, 1, item, one_wins == (item % 2 == 1) ? 0 : 1);
    }
    simulation_finish(&simulation);
    count(&counted, &simulation);
    struct model_input input = {of, wrote, 101, 2};
    track_models_init(&models, &counted, &input);
    assert_int_equal(models.count, 2);
    assert_int_equal(models.components, 1);
    assert_int_equal(models.models[0].model, 1);
    assert_int_equal(models.models[0].wins, 75);
    assert_int_equal(models.comparisons, 100);
    double apart = models.models[0].strength.value - models.models[1].strength.value;
    assert_true(fabs(apart - log(3)) < 0.05); /* log of the odds, but for the effect of order */
    assert_true(models.models[0].strength.low < models.models[0].strength.value);
    assert_non_null(models.tie_parameter.undefined);
    track_models_release(&models);
    for (int item = 1; item <= 100; item++) /* now nobody else beats model 1 */
        simulation.history.rows[item - 1].prefer = item % 2 ? 0 : 1;
    track_models_init(&models, &counted, &input);
    assert_int_equal(models.components, 2);
    assert_non_null(models.models[0].strength.undefined);
    track_models_release(&models);
    input = (struct model_input){0};
    track_models_init(&models, &counted, &input);
    assert_int_equal(models.count, 0);
    track_models_release(&models);
    counted_release(&counted);
    simulation_release(&simulation);
}

/* --- Orders --- */

static void test_rankings(void **state) {
    (void)state;
    struct simulation simulation;
    struct counted counted;
    struct track_rankings found;
    people(&simulation, 2);
    for (int p = 1; p <= 2; p++)
        for (int item = 1; item <= 3; item++) {
            struct history_row *row = simulation_row(&simulation, p, item, 0);
            row->shown[0] = '\0';
            row->lengths[0] = row->lengths[1] = 0;
            row->responses = 3;
            row->ranking = p == 2 && item == 2 ? "c>b>a" : p == 2 && item == 3 ? NULL : "a>b>c";
        }
    simulation_finish(&simulation);
    count(&counted, &simulation);
    track_rankings_find(&found, &counted, NULL, 7);
    assert_int_equal(found.judgments, 5);
    assert_int_equal(found.tau.n, 2);                         /* the third item has one order */
    assert_true(fabs(found.tau.value) < 1e-12);               /* 1 and -1 */
    assert_true(fabs(found.concordance.value - 0.5) < 1e-12); /* 1 and 0 */
    assert_true(found.tau.low >= -1 && found.tau.high <= 1);
    for (size_t i = 0; i < simulation.history.row_count; i++) /* what is left out is tied below the rest */
        simulation.history.rows[i].ranking = i % 3 == 0 ? i < 3 ? "a>b" : "a>c" : NULL;
    for (size_t i = 0; i < simulation.history.row_count; i++)
        simulation.history.rows[i].responses = 4;
    track_rankings_find(&found, &counted, NULL, 7);
    assert_int_equal(found.judgments, 2);
    assert_true(fabs(found.tau.value - 2 / 5.0) < 1e-12); /* of 6 pairs 3 agree, 1 differs, each ties one */
    for (size_t i = 0; i < simulation.history.row_count; i++)
        simulation.history.rows[i].ranking = NULL;
    track_rankings_find(&found, &counted, NULL, 7);
    assert_non_null(found.tau.undefined);
    counted_release(&counted);
    simulation_release(&simulation);
}

/* --- The pool and peers --- */

/* Six people; on each item three judge. p1 differs from the two others on items from `from` on. Every tenth item is gold. */
static void watched(struct simulation *simulation, int from, bool gold) {
    people(simulation, 6);
    int key = simulation_key(simulation, 0);
    for (int item = 1; item <= 200; item++)
        for (int k = 0; k < 3; k++) {
            int p = k == 0 ? 1 : 2 + (item + k) % 5;
            bool wrong = (p == 1 && item >= from && item % 10 != 0) || item % 37 == k;
            struct history_row *row = simulation_row(simulation, p, item, wrong);
            if (gold && item % 10 == 0) {
                row->kind = KIND_GOLD;
                row->gold = key;
            }
        }
    simulation_finish(simulation);
}

static void test_peers_and_pool(void **state) {
    (void)state;
    struct simulation simulation;
    struct counted counted;
    struct track_watch watch;
    struct drift_design design;
    assert_true(drift_design_init(&design, 0.85, 0.65, 1000));
    watched(&simulation, 100, true);
    count(&counted, &simulation);
    track_watch_init(&watch, &counted, &design);
    assert_int_equal(watch.people_count, 6);
    const struct peer_watch *one = &watch.peers[0];
    assert_true(one->used && one->weights.up > 0 && one->design.run_length >= design.run_length);
    assert_true(one->differ > 80 && one->agree > 80);
    assert_true(one->alarms > 0 && one->alarms_alone == one->alarms); /* the gold was right: nothing to hold */
    for (size_t p = 1; p < 6; p++) {
        assert_int_equal(watch.peers[p].alarms, 0);
        assert_true(watch.peers[p].from_peers <= watch.peers[p].statistic);
    }
    assert_int_equal(watch.pooled[0].category, -1);
    assert_int_equal(watch.pooled[0].n, 60);
    assert_int_equal(watch.pooled[0].alarms, 0);
    size_t columns = watch.pooled[0].column_count;
    assert_true(columns >= 1);
    track_watch_release(&watch);
    for (size_t i = 0; i < simulation.history.row_count; i++) /* the whole team drifts: all gold is missed */
        if (simulation.history.rows[i].kind == KIND_GOLD)
            simulation.history.rows[i].prefer = 1;
    track_watch_init(&watch, &counted, &design);
    assert_true(watch.pooled[0].alarms > 3);
    assert_true(watch.pooled[0].last_alarm > 0);
    assert_int_equal(watch.pooled[1].category, 0);
    assert_int_equal(watch.pooled[1].alarms, watch.pooled[0].alarms); /* one category */
    track_watch_release(&watch);
    track_watch_init(&watch, &counted, NULL); /* no detector */
    assert_int_equal(watch.pooled_count, 0);
    assert_false(watch.peers[0].used);
    track_watch_release(&watch);
    counted_release(&counted);
    simulation_release(&simulation);
    watched(&simulation, 100, false); /* no gold: what peers weigh is not known */
    count(&counted, &simulation);
    track_watch_init(&watch, &counted, &design);
    assert_int_equal(watch.pooled_count, 0);
    assert_false(watch.peers[0].used);
    track_watch_release(&watch);
    counted_release(&counted);
    simulation_release(&simulation);
}

/* --- Gold and habits of one person --- */

static void test_gold_details(void **state) {
    (void)state;
    struct simulation simulation;
    struct counted counted;
    struct gold_details details;
    people(&simulation, 1);
    int law = simulation_category(&simulation, "law");
    int easy = simulation_key(&simulation, 0), wide = simulation_key(&simulation, 1);
    simulation.history.keys[easy].difficulty = DIFFICULTY_EASY;
    simulation.history.keys[wide].difficulty = DIFFICULTY_HARD;
    simulation.history.keys[wide].answers[1].prefer = CHOICE_TIE;
    simulation.history.keys[wide].answer_count = 2;
    for (int item = 1; item <= 30;
         item++) { /* 20 easy, of which 12 missed for the longer b; 10 wide, all right: 5 ties */
        struct history_row *row = simulation_row(&simulation, 1, item,
                                                 item <= 12   ? 1
                                                 : item <= 20 ? 0
                                                 : item % 2   ? 1
                                                              : CHOICE_TIE);
        row->kind = KIND_GOLD;
        row->gold = item <= 20 ? easy : wide;
        row->category = law;
        row->lengths[1] = 200;
    }
    simulation_finish(&simulation);
    count(&counted, &simulation);
    gold_details_init(&details, &counted, 0, counted.row_count, 2);
    assert_int_equal(details.n, 30);
    assert_true(fabs(details.accepted - 40.0 / 30) < 1e-12);
    assert_true(fabs(details.by_difficulty[DIFFICULTY_EASY].value - 0.4) < 1e-12);
    assert_true(details.by_difficulty[DIFFICULTY_HARD].value == 1);
    assert_non_null(details.by_difficulty[DIFFICULTY_MEDIUM].undefined);
    assert_int_equal(details.levels, 4);
    assert_int_equal(details.confusion[0 * 4 + 1], 12);
    assert_int_equal(details.confusion[0 * 4 + 0], 8);
    assert_int_equal(details.confusion[1 * 4 + 1], 5);
    assert_int_equal(details.confusion[2 * 4 + 2], 5);
    assert_int_equal(details.references[0], 20);
    assert_int_equal(details.choices[1], 17);
    assert_int_equal(details.leaning_count, 1);
    assert_int_equal(details.leaning[0].longer, 12);
    assert_true(fabs(details.leaning[0].p - 2 * pow(0.5, 12)) < 1e-12);
    assert_true(details.leaning[0].systematic);
    gold_details_release(&details);
    gold_details_init(&details, &counted, 0, 0, 2); /* nothing */
    assert_true(isnan(details.accepted));
    assert_non_null(details.side.undefined);
    gold_details_release(&details);
    counted_release(&counted);
    simulation_release(&simulation);
}

static uint64_t hash_of(const char *text) {
    return customs_reason_hash(text, strlen(text));
}

static void test_customs(void **state) {
    (void)state;
    struct simulation simulation;
    struct counted counted;
    struct customs found;
    people(&simulation, 1);
    for (int item = 1; item <= 10; item++)
        simulation_row(&simulation, 1, item, 0)->strength = (signed char)(1 + item % 2);
    simulation_finish(&simulation);
    count(&counted, &simulation);
    const struct criterion accuracy = {.id = "accuracy", .per = PER_RESPONSE, .low = 1, .high = 5, .weight = 2},
                           tone = {.id = "tone", .per = PER_PAIR, .weight = 1};
    /* rows 0 and 1: accuracy says b, 1 against 5, whatever the tone; row 2: even accuracy, tone says a; row 3: even and the same: no side */
    struct criterion_cell cells[] = {{0, 0, 1}, {0, 1, 5}, {1, 0, 1}, {1, 1, 5},
                                     {2, 0, 3}, {2, 1, 3}, {3, 0, 3}, {3, 1, 3}};
    struct criterion_cell tones[] = {{0, 0, 0}, {2, 0, 0}, {3, 0, CELL_SAME}};
    struct criterion_input inputs[] = {{&accuracy, cells, 8, 8}, {&tone, tones, 3, 3}};
    uint64_t reasons[10] = {hash_of("A is right."), hash_of("a is  RIGHT"), hash_of("b is wrong"), 0};
    struct skip_count skips[] = {{1, SIMULATION_TRACK, 100, 0, 1000, 80}};
    size_t from[] = {0, 10};
    struct customs_input input = {
        .reasons = reasons, .skips = skips, .skip_count = 1, .criteria = inputs, .criterion_count = 2};
    customs_find(&found, &counted, from, &input);
    assert_int_equal(found.contradiction.n, 3);
    assert_true(fabs(found.contradiction.value - 2.0 / 3) < 1e-12);
    assert_non_null(found.even.undefined); /* one criterion is no battery */
    assert_int_equal(found.repeated.n, 3);
    assert_true(fabs(found.repeated.value - 1.0 / 3) < 1e-12);
    assert_int_equal(found.strengths[1], 5);
    assert_int_equal(found.strengths[2], 5);
    assert_true(found.skips.gold.value == 0 && fabs(found.skips.other.value - 0.08) < 1e-12);
    assert_true(found.skips.flagged); /* 0 of 100 against 80 of 1,000 */
    const struct criterion depth = {.id = "depth", .per = PER_RESPONSE, .low = 1, .high = 5, .weight = 1},
                           fit = {.id = "fit", .per = PER_RESPONSE, .low = 1, .high = 3, .weight = 1};
    /* row 0: a differs, b does not; row 2: both the same; row 1: a alone is rated twice, and the same; fit has another scale */
    struct criterion_cell depths[] = {{0, 0, 2}, {0, 1, 5}, {2, 1, 3}, {2, 0, 3}, {1, 0, 1}},
                          fits[] = {{0, 1, 1}, {3, 0, 3}};
    struct criterion_input battery[] = {
        {&accuracy, cells, 8, 8}, {&tone, tones, 3, 3}, {&fit, fits, 2, 2}, {&depth, depths, 5, 5}};
    input.criteria = battery;
    input.criterion_count = 4;
    customs_find(&found, &counted, from, &input);
    assert_int_equal(found.even.n, 5);
    assert_true(fabs(found.even.value - 4.0 / 5) < 1e-12);
    input = (struct customs_input){0};
    customs_find(&found, &counted, from, &input);
    assert_non_null(found.even.undefined);
    assert_non_null(found.contradiction.undefined);
    assert_non_null(found.repeated.undefined);
    assert_non_null(found.skips.gold.undefined);
    assert_int_equal(hash_of(" .,"), 0);
    counted_release(&counted);
    simulation_release(&simulation);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_labels),
        cmocka_unit_test(test_labels_gold_and_held),
        cmocka_unit_test(test_labels_of_single_judgments),
        cmocka_unit_test(test_models),
        cmocka_unit_test(test_rankings),
        cmocka_unit_test(test_peers_and_pool),
        cmocka_unit_test(test_gold_details),
        cmocka_unit_test(test_customs),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
