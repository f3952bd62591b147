/* The figures of one person from a history: what counts, when a row moves, what an alarm covers. */
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

#include <cmocka.h>

#include "core/base/memory.h"
#include "core/report/person.h"

#include "core/base/banned.h"

enum { ROWS_MOST = 2000, BATCHES_MOST = 100, ANA = 1, DOV = 2, TRACK = 1, OTHER_TRACK = 2, CODING = 1, LAW = 2 };

/* A history that is written row by row, for one person after the other. */
struct scene {
    struct history history;
    struct history_row rows[ROWS_MOST];
    struct batch_mark batches[BATCHES_MOST];
    struct gold_key keys[2]; /* 0: a, strength 2 or 3; 1: b */
    int64_t next;
};

static struct scene *scene_new(void) {
    struct scene *scene = memory_new(1, sizeof *scene);
    scene->keys[0] = (struct gold_key){.answers = {{.prefer = 0}}, .answer_count = 1, .low = 2, .high = 3};
    scene->keys[1] = (struct gold_key){.answers = {{.prefer = 1}}, .answer_count = 1};
    scene->history.rows = scene->rows;
    scene->history.batches = scene->batches;
    scene->history.keys = scene->keys;
    scene->history.key_count = 2;
    scene->history.person_count = scene->history.track_count = scene->history.category_count = 3;
    scene->next = 1;
    return scene;
}

static void begin_batch(struct scene *scene, int person, int track, int number, bool handed_in) {
    size_t n = scene->history.batch_count++;
    assert_true(n < BATCHES_MOST);
    scene->batches[n] = (struct batch_mark){.id = (int64_t)n + 1,
                                            .person = person,
                                            .track = track,
                                            .number = number,
                                            .handed_in = handed_in ? 1000 * (int64_t)(n + 1) : 0};
}

/* One judgment in the newest batch. */
static struct history_row *judge(struct scene *scene, enum kind kind, int prefer, int strength, int category) {
    const struct batch_mark *batch = &scene->batches[scene->history.batch_count - 1];
    assert_true(scene->history.row_count < ROWS_MOST);
    struct history_row *row = &scene->rows[scene->history.row_count++];
    *row = (struct history_row){
        .judgment = scene->next,
        .item = scene->next,
        .at = 10 * scene->next,
        .person = batch->person,
        .track = batch->track,
        .category = category,
        .batch_number = batch->number,
        .batch = (int)(batch - scene->batches),
        .kind = kind,
        .prefer = (signed char)prefer,
        .strength = (signed char)strength,
        .confidence = -1,
        .shown = "ab",
        .gold = kind == KIND_GOLD ? 0 : -1,
        .first = -1,
    };
    scene->next++;
    return row;
}

static struct person_figures figures(struct scene *scene, int person) {
    struct person_figures out;
    person_figures_init(&out, &scene->history, person, TRACK, &track_default, 7);
    return out;
}

static void test_nothing(void **state) {
    (void)state;
    struct scene *scene = scene_new();
    struct person_figures f = figures(scene, ANA);
    assert_int_equal(f.judgments, 0);
    assert_int_equal(f.hand_ins, 0);
    assert_int_equal(f.last_hand_in, 0);
    assert_int_equal(f.gold.n, 0);
    assert_non_null(f.gold.figure.undefined);
    assert_null(f.gold.note);
    assert_int_equal(f.drift.word, DRIFT_TOO_EARLY);
    assert_int_equal(f.drift.state, DRIFT_OK);
    assert_int_equal(f.drift.statistic, 5); /* the head start of somebody new */
    assert_int_equal(f.confidence.n, 0);
    assert_non_null(f.retest.same.undefined);
    person_figures_release(&f);
    memory_free(scene);
}

static void test_what_counts(void **state) {
    (void)state;
    struct scene *scene = scene_new();
    begin_batch(scene, ANA, TRACK, 1, true);
    judge(scene, KIND_GOLD, 0, 2, CODING); /* right */
    judge(scene, KIND_GOLD, 0, 1, CODING); /* wrong strength */
    judge(scene, KIND_GOLD, 1, 2, LAW);    /* wrong side */
    judge(scene, KIND_GOLD, CHOICE_TIE, 0, LAW);
    judge(scene, KIND_GOLD, 1, 2, LAW)->gold = 1;
    judge(scene, KIND_GOLD, 1, 2, LAW)->training_burnt = true;
    judge(scene, KIND_GOLD, 1, 2, LAW)->gold = -1; /* void */
    judge(scene, KIND_PRODUCTION, 1, 2, LAW);
    judge(scene, KIND_TRAINING, 1, 2, LAW)->gold = 0;
    begin_batch(scene, ANA, TRACK, 2, false); /* open: in no figure */
    judge(scene, KIND_GOLD, 1, 2, LAW);
    judge(scene, KIND_PRODUCTION, 1, 2, LAW);
    judge(scene, KIND_PRODUCTION, 1, 2, LAW)->batch = -1; /* imported: final at once */
    begin_batch(scene, ANA, OTHER_TRACK, 1, true);
    judge(scene, KIND_GOLD, 1, 2, LAW);
    begin_batch(scene, DOV, TRACK, 1, true);
    judge(scene, KIND_GOLD, 0, 3, LAW);
    struct person_figures f = figures(scene, ANA);
    assert_int_equal(f.gold.n, 5);
    assert_int_equal(f.gold.right, 2);
    assert_int_equal(f.gold.wrong_side, 2);
    assert_int_equal(f.gold.wrong_strength, 1);
    assert_true(fabs(f.gold.figure.value - 0.4) < 1e-12);
    assert_true(f.gold.figure.low > 0.1 && f.gold.figure.high < 0.8);
    assert_int_equal(f.judgments, 9);
    assert_int_equal(f.hand_ins, 1);
    assert_int_equal(f.last_hand_in, 1000);
    assert_non_null(f.gold.note);
    person_figures_release(&f);
    f = figures(scene, DOV);
    assert_int_equal(f.gold.n, 1);
    assert_int_equal(f.gold.right, 1);
    person_figures_release(&f);
    memory_free(scene);
}

/* A row appears from 10 outcomes and moves only when 5 or more have come since it last moved. */
static void test_category_rows(void **state) {
    (void)state;
    /* coding outcomes of each batch, and what the row says after its hand-in (0: no row) */
    static const int outcomes[] = {4, 4, 4, 1, 3, 2, 5}, shown[] = {0, 0, 12, 12, 12, 18, 23};
    struct scene *scene = scene_new();
    for (size_t b = 0; b < sizeof outcomes / sizeof *outcomes; b++) {
        begin_batch(scene, ANA, TRACK, (int)b + 1, true);
        for (int i = 0; i < outcomes[b]; i++)
            judge(scene, KIND_GOLD, i == 0 ? 1 : 0, 2, CODING);
        judge(scene, KIND_GOLD, 0, 2, LAW);
        struct person_figures f = figures(scene, ANA);
        size_t rows = shown[b] ? 1 : 0;
        if (f.gold.category_count != rows || (rows && f.gold.categories[0].n != (size_t)shown[b]))
            fail_msg("after batch %zu: %zu rows, n = %zu", b + 1, f.gold.category_count,
                     rows && f.gold.category_count ? f.gold.categories[0].n : 0);
        if (rows) {
            assert_int_equal(f.gold.categories[0].category, CODING);
            assert_true(f.gold.categories[0].right < f.gold.categories[0].n);
        }
        person_figures_release(&f);
    }
    memory_free(scene);
}

static void test_worst_category_first(void **state) {
    (void)state;
    struct scene *scene = scene_new();
    begin_batch(scene, ANA, TRACK, 1, true);
    for (int i = 0; i < 12; i++) {
        judge(scene, KIND_GOLD, 0, 2, CODING);
        judge(scene, KIND_GOLD, i % 2, 2, LAW);
    }
    struct person_figures f = figures(scene, ANA);
    assert_int_equal(f.gold.category_count, 2);
    assert_int_equal(f.gold.categories[0].category, LAW);
    assert_int_equal(f.gold.categories[0].right, 6);
    person_figures_release(&f);
    memory_free(scene);
}

/* A batch: three production, then the gold answers of the text ('.' right, 'x' wrong), then one production. */
static void work(struct scene *scene, int number, const char *gold) {
    begin_batch(scene, ANA, TRACK, number, true);
    for (int i = 0; i < 3; i++)
        judge(scene, KIND_PRODUCTION, 0, 2, CODING);
    for (; *gold; gold++)
        judge(scene, KIND_GOLD, *gold == 'x', 2, CODING);
    judge(scene, KIND_PRODUCTION, 0, 2, CODING);
}

static void test_drift(void **state) {
    (void)state;
    struct scene *scene = scene_new();
    work(scene, 1, ".....");   /* judgments 1–9: 4 3 2 1 0; the fifth gold is judgment 8 */
    work(scene, 2, "..x.");    /* 10–17: 0 0 3 2 */
    work(scene, 3, "");        /* 18–21: nothing: C as it stood */
    work(scene, 4, "..");      /* 22–27: 1 0; the second gold is judgment 26 */
    work(scene, 5, "xxxxx.."); /* 28–38: 3 6 9 12 15! then 0 0 */
    work(scene, 6, "x");       /* 3 */
    struct person_figures f = figures(scene, ANA);
    assert_true(f.drift.designed);
    assert_int_equal(f.drift.design.limit, 15);
    static const int most[] = {4, 3, 2, 1, 15, 3};
    assert_int_equal(f.drift.column_count, 6);
    for (int i = 0; i < 6; i++) {
        if (f.drift.columns[i].most != most[i] || f.drift.columns[i].alarm != (i == 4) ||
            f.drift.columns[i].batch_number != i + 1)
            fail_msg("column %d: %d", i + 1, f.drift.columns[i].most);
    }
    assert_int_equal(f.gold.outcomes[4].statistic, 0);
    assert_int_equal(f.drift.statistic, 3);
    assert_int_equal(f.drift.alarm_count, 1);
    const struct person_alarm *alarm = &f.drift.alarms[0];
    assert_int_equal(alarm->outcome, 15);
    assert_int_equal(alarm->since, 27); /* the first judgment after the gold at which C was last 0 */
    assert_int_equal(alarm->until, 38); /* the last one of the batch, of any kind */
    assert_int_equal(alarm->onset_at, 270);
    assert_int_equal(alarm->at, f.gold.outcomes[15].at);
    assert_int_equal(alarm->held, 5);
    assert_int_equal(alarm->change.before_n, 11);
    assert_int_equal(alarm->change.since_n, 5);
    assert_int_equal(alarm->change.before_right, 10);
    /* accurate before, nothing right since: changed, if shuffles agree; the state waits for the hold */
    assert_int_equal(alarm->kind, PERSON_DRIFT_CHANGED);
    assert_false(alarm->open);
    assert_int_equal(f.drift.kind, PERSON_DRIFT_NONE);
    assert_int_equal(f.drift.state, DRIFT_OK);
    assert_true(f.drift.ewma[15] > f.drift.ewma[10]);
    person_figures_release(&f);
    for (size_t i = 0; i < scene->history.row_count; i++)
        scene->rows[i].held = scene->rows[i].judgment >= 27 && scene->rows[i].judgment <= 38;
    f = figures(scene, ANA);
    assert_true(f.drift.alarms[0].open);
    assert_int_equal(f.drift.kind, PERSON_DRIFT_CHANGED);
    assert_int_equal(f.drift.state, DRIFT_BELOW);
    assert_string_equal(drift_word_name(f.drift.word), "below the bar");
    person_figures_release(&f);
    /* an amended key changes everything that rested on it */
    scene->keys[0] = (struct gold_key){.answers = {{.prefer = 0}, {.prefer = 1}}, .answer_count = 2};
    f = figures(scene, ANA);
    assert_int_equal(f.drift.alarm_count, 0);
    assert_int_equal(f.gold.right, f.gold.n);
    assert_int_equal(f.drift.state, DRIFT_OK);
    person_figures_release(&f);
    memory_free(scene);
}

/* Somebody who was never better did not change. */
static void test_below_is_not_changed(void **state) {
    (void)state;
    struct scene *scene = scene_new();
    static const char *const batches[] = {".x.x.", "x.x.x", "x.xx.", ".xx.x"};
    for (int b = 0; b < 4; b++)
        work(scene, b + 1, batches[b]);
    struct person_figures f = figures(scene, ANA);
    assert_true(f.drift.alarm_count >= 1);
    for (size_t i = 0; i < f.drift.alarm_count; i++)
        assert_int_equal(f.drift.alarms[i].kind, PERSON_DRIFT_BELOW);
    assert_null(person_drift_kind_name(PERSON_DRIFT_NONE));
    assert_string_equal(person_drift_kind_name(PERSON_DRIFT_BELOW), "below");
    assert_string_equal(person_drift_kind_name(PERSON_DRIFT_CHANGED), "changed");
    person_figures_release(&f);
    memory_free(scene);
}

static void test_no_detector(void **state) {
    (void)state;
    struct scene *scene = scene_new();
    struct track_settings settings = track_default;
    struct person_figures f;
    settings.in_control = settings.out_of_control = 0.8;
    work(scene, 1, "xxxxxxxx");
    person_figures_init(&f, &scene->history, ANA, TRACK, &settings, 7);
    assert_false(f.drift.designed);
    assert_int_equal(f.drift.alarm_count + f.drift.column_count, 0);
    assert_int_equal(f.gold.n, 8);
    person_figures_release(&f);
    memory_free(scene);
}

static void test_confidence_habits_retests(void **state) {
    (void)state;
    struct scene *scene = scene_new();
    begin_batch(scene, ANA, TRACK, 1, true);
    for (int i = 0; i < 20; i++)
        judge(scene, KIND_GOLD, i < 10 ? 0 : 1, i == 0 ? 1 : 2, CODING)->confidence =
            90; /* half on the right side; one of them too weak */
    judge(scene, KIND_GOLD, 0, 2, CODING);
    for (int i = 0; i < 10; i++) {
        struct history_row *row = judge(scene, KIND_PRODUCTION, i % 2, 2, CODING);
        memcpy(row->shown, i < 8 ? (i % 2 ? "ba" : "ab") : (i % 2 ? "ab" : "ba"), 3); /* eight times the first shown */
        row->confidence = 50; /* production is nobody's answer key */
    }
    judge(scene, KIND_PRODUCTION, CHOICE_TIE, 0, CODING);
    int first = (int)scene->history.row_count - 2;
    struct history_row *again = judge(scene, KIND_RETEST, scene->rows[first].prefer, 2, CODING);
    again->first = first;
    memcpy(again->shown, scene->rows[first].shown[0] == 'a' ? "ba" : "ab", 3);
    again->top = again->shown[0];
    scene->rows[first].top = scene->rows[first].shown[0];
    struct history_row *other = judge(scene, KIND_RETEST, CHOICE_TIE, 0, CODING);
    other->first = first;
    memcpy(other->shown, scene->rows[first].shown, 3);
    other->top = other->shown[0];
    struct person_figures f = figures(scene, ANA);
    assert_int_equal(f.confidence.n, 20);
    assert_int_equal(f.confidence.right, 10); /* the right side counts, whatever the strength */
    assert_true(fabs(f.confidence.mean_percent - 90) < 1e-9);
    assert_int_equal(f.confidence.verdict, CONFIDENCE_SURER);
    assert_int_equal(f.side_chosen, 21 + 10);
    assert_int_equal(f.first_chosen, 11 + 8);
    assert_int_equal(f.shown_first.share.n, 31);
    assert_false(f.shown_first.flagged);
    assert_int_equal(f.retest.n, 2);
    assert_int_equal(f.retest.same_count, 1);
    assert_int_equal(f.retest.swapped.n, 1);
    assert_true(f.retest.swapped.value == 1);
    assert_true(f.retest.kept.value == 0);
    person_figures_release(&f);
    memory_free(scene);
}

/* Imported judgments are one stream: what an alarm in it covers ends with the judgment that raised it; a column is a batch handed in. */
static void test_imported(void **state) {
    (void)state;
    struct scene *scene = scene_new();
    int64_t imported[6];
    begin_batch(scene, ANA, TRACK, 1, true);
    for (int i = 0; i < 5; i++)
        judge(scene, KIND_GOLD, 0, 2, CODING);
    for (int i = 0; i < 6; i++) {
        struct history_row *row = judge(scene, KIND_GOLD, 1, 2, CODING);
        row->batch = -1;
        row->batch_number = 0;
        imported[i] = row->judgment;
    }
    begin_batch(scene, ANA, TRACK, 2, true);
    judge(scene, KIND_GOLD, 0, 2, CODING);
    struct person_figures f = figures(scene, ANA);
    assert_int_equal(f.gold.n, 12);
    assert_int_equal(f.drift.alarm_count, 1);
    assert_int_equal(f.drift.alarms[0].since, imported[0]);
    assert_int_equal(f.drift.alarms[0].until, imported[4]);
    assert_int_equal(f.drift.column_count, 2);
    assert_false(f.drift.columns[0].alarm);
    assert_false(f.drift.columns[1].alarm);
    assert_int_equal(f.drift.columns[1].most, 2);
    assert_int_equal(f.drift.statistic, 2);
    person_figures_release(&f);
    memory_free(scene);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_nothing),
        cmocka_unit_test(test_what_counts),
        cmocka_unit_test(test_imported),
        cmocka_unit_test(test_category_rows),
        cmocka_unit_test(test_worst_category_first),
        cmocka_unit_test(test_drift),
        cmocka_unit_test(test_below_is_not_changed),
        cmocka_unit_test(test_no_detector),
        cmocka_unit_test(test_confidence_habits_retests),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
