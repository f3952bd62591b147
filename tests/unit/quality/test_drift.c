/* The detector: design, exact run lengths, traces, alarms, and what may be said about a change. */
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "core/quality/drift.h"
#include "core/quality/stream.h"
#include "helper_stats.h"

struct design_row {
    double in_control, out_of_control; /* accuracies */
    int up, down, limit;
    double run_length, delay;
};

/* The design table: errors from p0 to p1, one false alarm in at least 1,000. */
static const struct design_row table[] = {
    {0.95, 0.80, 8, 1, 24, 1076, 26.8}, {0.90, 0.70, 9, 2, 37, 1097, 25.7}, {0.85, 0.70, 7, 2, 39, 1047, 45.4},
    {0.85, 0.65, 3, 1, 15, 1048, 30.7}, {0.80, 0.60, 5, 2, 32, 1052, 34.9}, {0.75, 0.55, 2, 1, 16, 1211, 39.7},
    {0.70, 0.50, 3, 2, 25, 1129, 41.4},
};

static void test_design_table(void **state) {
    (void)state;
    for (size_t i = 0; i < sizeof table / sizeof *table; i++) {
        const struct design_row *row = &table[i];
        struct drift_design d, lower;
        assert_true(drift_design_init(&d, row->in_control, row->out_of_control, 1000));
        assert_int_equal(d.up, row->up);
        assert_int_equal(d.down, row->down);
        assert_int_equal(d.limit, row->limit);
        assert_near("run length", d.run_length, row->run_length, 0.5);
        assert_near("delay", d.delay, row->delay, 0.05);
        assert_true(drift_design_fixed(&lower, d.up, d.down, d.limit - 1, row->in_control, row->out_of_control));
        assert_true(lower.run_length < 1000);
    }
    struct drift_design d;
    assert_true(drift_design_fixed(&d, 3, 1, 13, 0.85, 0.65));
    assert_near("H 13", d.run_length, 558, 0.5);
    assert_near("H 13", d.delay, 25.861748438691787, 1e-9);
    assert_true(drift_design_fixed(&d, 3, 1, 18, 0.85, 0.65));
    assert_near("H 18", d.run_length, 2665, 0.5);
}

static void test_run_lengths(void **state) {
    (void)state;
    cJSON *json = stats_json("sequential/cusum_arl_exact.json");
    const cJSON *row, *one;
    int cases = 0;
    cJSON_ArrayForEach(row, json_at(json, "rows")) {
        struct drift_design d;
        assert_true(drift_design_fixed(&d, json_at(row, "up")->valueint, json_at(row, "down")->valueint,
                                       json_at(row, "H")->valueint, 0.85, 0.65));
        cJSON_ArrayForEach(one, json_at(row, "arl")) {
            double wrong = strtod(one->string, NULL);
            double seen = drift_run_length(&d, 1 - wrong, 0);
            assert_near(one->string, seen / one->valuedouble, 1, 1e-9);
            cases++;
        }
    }
    assert_true(cases >= 20);
    cJSON_Delete(json);
}

static void test_design_refuses(void **state) {
    (void)state;
    struct drift_design d = {.limit = -1};
    assert_false(drift_design_init(&d, 0.65, 0.85, 1000));
    assert_false(drift_design_init(&d, 0.85, 0.85, 1000));
    assert_false(drift_design_init(&d, 1, 0.85, 1000));
    assert_false(drift_design_init(&d, 0.85, 0, 1000));
    assert_false(drift_design_init(&d, NAN, 0.5, 1000));
    assert_false(drift_design_init(&d, 0.85, 0.65, 0.5));
    assert_false(drift_design_init(&d, 0.85, 0.65, 1e12));
    assert_false(drift_design_init(&d, 0.9999, 0.9998, 1000));
    assert_false(drift_design_fixed(&d, 0, 1, 5, 0.85, 0.65));
    assert_int_equal(d.limit, -1);
}

static void test_simulation_agrees(void **state) {
    (void)state;
    struct drift_design d;
    struct stream s;
    assert_true(drift_design_init(&d, 0.85, 0.65, 1000));
    stream_init(&s, 11, 0);
    const double accuracy[] = {0.85, 0.65};
    const double wanted[] = {d.run_length, d.delay};
    for (int a = 0; a < 2; a++) {
        enum { RUNS = 4000 };
        double sum = 0, squares = 0;
        for (int i = 0; i < RUNS; i++) {
            struct drift_detector running;
            struct drift_alarm alarm;
            drift_start(&running, &d, NULL, false);
            while (!drift_step(&running, stream_unit(&s) < accuracy[a] ? DRIFT_GOLD_RIGHT : DRIFT_GOLD_WRONG, &alarm)) {
            }
            double length = (double)running.golds;
            sum += length;
            squares += length * length;
        }
        double mean = sum / RUNS, error = sqrt((squares / RUNS - mean * mean) / RUNS);
        assert_near("simulated run length", mean, wanted[a], 4 * error);
    }
}

static void test_chances(void **state) {
    (void)state;
    struct drift_design d;
    assert_true(drift_design_init(&d, 0.85, 0.65, 1000));
    /*
     * What the design states: .80 alarms within 100 golds with .33, within 200 with .58; .85 is watched 7 %
     * of the time.
     */
    assert_near("within 100", drift_chance_of_alarm(&d, 0.80, 100, 0), 0.33, 0.01);
    assert_near("within 200", drift_chance_of_alarm(&d, 0.80, 200, 0), 0.58, 0.01);
    assert_int_equal(drift_watch_level(&d), 7);
    assert_near("watch", drift_share_at_or_above(&d, 0.85, drift_watch_level(&d)), 0.07, 0.005);
    assert_near("all", drift_share_at_or_above(&d, 0.85, 0), 1, 1e-12);
    assert_true(isinf(drift_run_length(&d, 1, 0)));
    assert_true(drift_run_length(&d, 0.65, 5) < d.delay);
    double survival = 0;
    for (size_t n = 0; n < 800; n++) {
        survival += 1 - drift_chance_of_alarm(&d, 0.65, n, 5);
    }
    assert_near("two ways to the same", drift_run_length(&d, 0.65, 5), survival, 1e-6);
    assert_near("300 judgments", drift_delay_in_judgments(&d, 0.10), 307, 1);
    assert_near("false alarms", drift_false_alarms(&d, 12 * 30 * 3), 1.03, 0.01); /* one in three days */
}

/* Runs a file of outcomes through the detector and compares trace, alarms and onsets. */
static void check_stream(const char *name, const cJSON *expected, int limit) {
    char path[128], key[64];
    snprintf(path, sizeof path, "sequential/%s.csv", name);
    snprintf(key, sizeof key, "cusum_3_1_H%d", limit);
    struct sheet sheet;
    assert_true(sheet_load(&sheet, path));
    uint8_t *wrong = calloc(sheet.rows, 1);
    int *trace = calloc(sheet.rows, sizeof *trace);
    assert_non_null(wrong);
    assert_non_null(trace);
    for (size_t i = 0; i < sheet.rows; i++) {
        wrong[i] = (uint8_t)sheet_number(&sheet, i, 0);
    }
    struct drift_design d;
    struct drift_alarm alarms[50];
    assert_true(drift_design_fixed(&d, 3, 1, limit, 0.85, 0.65));
    size_t count = drift_run(&d, wrong, NULL, sheet.rows, false, trace, alarms, 50, NULL);
    const cJSON *wanted = json_at(expected, key), *one;
    size_t i = 0;
    cJSON_ArrayForEach(one, json_at(wanted, "alarms_with_reset")) {
        assert_true(i < count);
        assert_int_equal(alarms[i].at, one->valueint);
        assert_true(alarms[i].onset <= alarms[i].at && alarms[i].statistic >= limit);
        assert_true(wrong[alarms[i].onset]); /* the first step off zero is a miss */
        assert_true(alarms[i].onset == 0 || trace[alarms[i].onset - 1] == 0 ||
                    (i > 0 && alarms[i].onset == alarms[i - 1].at + 1));
        i++;
    }
    assert_int_equal(i, count);
    i = 0;
    cJSON_ArrayForEach(one, json_at(wanted, "trace_with_reset")) {
        /* The file shows 0 where an alarm fired or the value at the alarm: both are the same stream. */
        bool fired = trace[i] >= limit;
        assert_true(trace[i] == (int)one->valuedouble || (fired && one->valuedouble == 0));
        i++;
    }
    assert_int_equal(i, sheet.rows);
    free(wrong);
    free(trace);
    sheet_release(&sheet);
}

static void test_streams(void **state) {
    (void)state;
    cJSON *json = stats_json("sequential/expected.json");
    const cJSON *one;
    cJSON_ArrayForEach(one, json_at(json, "cases")) {
        check_stream(one->string, json_at(one, "expected"), 10);
        check_stream(one->string, json_at(one, "expected"), 13);
        check_stream(one->string, json_at(one, "expected"), 17);
    }
    cJSON_Delete(json);
}

static void test_ewma(void **state) {
    (void)state;
    cJSON *json = stats_json("sequential/expected.json");
    const cJSON *wanted =
        json_at(json_at(json_at(json_at(json, "cases"), "in_control_300"), "expected"), "ewma_l05_L2_62");
    assert_int_equal(cJSON_GetArraySize(json_at(wanted, "alarms_with_reset")), 0);
    struct sheet sheet;
    assert_true(sheet_load(&sheet, "sequential/in_control_300.csv"));
    uint8_t wrong[300];
    double trace[300];
    assert_int_equal(sheet.rows, 300);
    for (size_t i = 0; i < 300; i++) {
        wrong[i] = (uint8_t)sheet_number(&sheet, i, 0);
    }
    drift_ewma(wrong, 300, 0.05, 0.15, trace);
    const cJSON *one;
    size_t i = 0;
    cJSON_ArrayForEach(one, json_at(wanted, "trace_with_reset")) {
        assert_near("ewma", trace[i++], one->valuedouble, 1e-9);
    }
    sheet_release(&sheet);
    cJSON_Delete(json);
}

static void test_states(void **state) {
    (void)state;
    struct drift_design d;
    struct drift_detector running;
    struct drift_alarm alarm;
    assert_true(drift_design_init(&d, 0.85, 0.65, 1000));
    drift_start(&running, &d, NULL, false);
    for (int i = 0; i < 19; i++) {
        assert_false(drift_step(&running, DRIFT_GOLD_RIGHT, &alarm));
        assert_int_equal(drift_word_of(&running, false), DRIFT_TOO_EARLY);
    }
    for (int i = 0; i < 3; i++) {
        assert_int_equal(drift_state_of(&running, false), DRIFT_OK);
        assert_false(drift_step(&running, DRIFT_GOLD_WRONG, &alarm));
    }
    assert_int_equal(running.statistic, 9);
    assert_int_equal(drift_state_of(&running, false), DRIFT_WATCH);
    assert_int_equal(drift_word_of(&running, false), DRIFT_STEADY); /* watch is for the lead only */
    assert_false(drift_step(&running, DRIFT_GOLD_WRONG, &alarm));
    assert_true(drift_step(&running, DRIFT_GOLD_WRONG, &alarm));
    assert_int_equal(alarm.onset, 19);
    assert_int_equal(alarm.at, 23);
    assert_int_equal(alarm.golds_wrong, 5);
    assert_false(alarm.peers_alone);
    assert_int_equal(running.statistic, 0);
    assert_int_equal(drift_state_of(&running, true), DRIFT_BELOW);
    assert_string_equal(drift_word_name(drift_word_of(&running, true)), "below the bar");
    drift_restart(&running);
    assert_int_equal(running.statistic, 5);
    assert_int_equal(running.golds, 24);
    assert_int_equal(running.onset, 24);
}

static void test_head_start(void **state) {
    (void)state;
    struct drift_design d;
    struct drift_detector running;
    assert_true(drift_design_init(&d, 0.85, 0.65, 1000));
    const uint8_t wrong[] = {1, 1, 1, 1};
    struct drift_alarm alarm;
    assert_int_equal(drift_run(&d, wrong, NULL, 4, true, NULL, &alarm, 1, &running), 1); /* 5 + 4 · 3 */
    assert_int_equal(alarm.onset, 0);
    assert_int_equal(drift_run(&d, wrong, NULL, 4, false, NULL, &alarm, 1, &running), 0);
    assert_int_equal(running.statistic, 12);
    drift_start(&running, &d, NULL, true);
    assert_near("one missed gold is suspicion", drift_gold_rate(&running, 0.05, 0.20), 0.20, 0);
    drift_start(&running, &d, NULL, false);
    assert_near("calm", drift_gold_rate(&running, 0.05, 0.20), 0.05, 0);
    assert_near("never above", drift_gold_rate(&running, 0.5, 0.9), DRIFT_RATE_MOST, 0);
}

static void test_peers(void **state) {
    (void)state;
    struct drift_design d, with, weak;
    struct drift_peers peers, other;
    struct drift_detector running;
    struct drift_alarm alarm = {0};
    assert_true(drift_design_init(&d, 0.85, 0.65, 1000));
    assert_true(drift_peers_design(&with, &peers, &d, 0.85, 3));
    assert_true(with.up == 8 * d.up && with.down == 8 * d.down);
    assert_true(peers.up < with.up && peers.down < with.down);
    assert_true(with.run_length >= d.run_length && with.run_length < 1.1 * d.run_length); /* no more false alarms */
    assert_true(with.delay < 0.5 * d.delay);
    assert_true(drift_peers_design(&weak, &other, &d, 0.7, 3)); /* weaker peers weigh less, and help less */
    assert_true(other.up < peers.up && other.down < peers.down && weak.delay > with.delay && weak.delay < d.delay);
    assert_true(drift_peers_design(&weak, &other, &d, 0.85, 1)); /* so does less of it */
    assert_true(weak.delay > with.delay && weak.delay < d.delay);
    assert_false(drift_peers_design(&weak, &other, &d, 0.5, 3)); /* peers who guess say nothing */
    assert_false(drift_peers_design(&weak, &other, &d, 0.85, 0));
    assert_true(drift_peers_design(&weak, &other, &d, 1, 3)); /* peers who are always right are gold */
    assert_int_equal(other.up, weak.up);
    assert_int_equal(other.down, weak.down);
    drift_start(&running, &with, &peers, false);
    bool fired = false;
    for (int i = 0; i < 20 && !fired; i++) {
        fired = drift_step(&running, DRIFT_PEERS_DIFFER, &alarm);
    }
    assert_true(fired && alarm.peers_alone);
    assert_int_equal(alarm.from_peers, alarm.statistic);
    assert_int_equal(running.golds, 0);
    drift_start(&running, &with, &peers, false);
    drift_step(&running, DRIFT_GOLD_WRONG, &alarm);
    drift_step(&running, DRIFT_PEERS_DIFFER, &alarm);
    assert_int_equal(running.from_peers, peers.up);
    for (int i = 0; i < 20; i++) {
        drift_step(&running, DRIFT_PEERS_AGREE, &alarm);
        assert_true(running.from_peers >= 0 && running.from_peers <= running.statistic);
    }
    assert_int_equal(running.statistic, 0);
    assert_int_equal(running.onset, running.seen);
}

static void fill(uint8_t *wrong, size_t n, size_t every) {
    for (size_t i = 0; i < n; i++) {
        wrong[i] = i % every == every - 1;
    }
}

static void test_change(void **state) {
    (void)state;
    uint8_t wrong[80] = {0};
    struct drift_change change, again;
    fill(wrong, 60, 10); /* 54 of 60, then every second one is missed */
    fill(wrong + 60, 20, 2);
    drift_change_test(wrong, 80, 60, 0.85, 1, &change);
    assert_int_equal(change.before_n, 60);
    assert_int_equal(change.before_right, 54);
    assert_int_equal(change.since_right, 10);
    assert_true(change.changed && change.p < 0.01);
    drift_change_test(wrong, 80, 60, 0.85, 1, &again);
    assert_true(change.p == again.p);
    drift_change_test(wrong, 80, 60, 0.95, 1, &change); /* was not at the bar before */
    assert_false(change.changed);
    assert_true(isnan(change.p));
    fill(wrong, 80, 5); /* always .80 */
    drift_change_test(wrong, 80, 40, 0.75, 1, &change);
    assert_false(change.changed);
    assert_true(change.p > 0.2);
    drift_change_test(wrong, 12, 10, 0.75, 1, &change);
    assert_false(change.changed);
    drift_change_test(wrong, 6, 3, 0.75, 1, &change);
    assert_true(isnan(change.p)); /* too few: nothing is tested */
}

/*
 * The trap: among alarmed people who are always at .80 the word "changed" must be rare against a naive before
 * and after.
 */
static void test_constant_people_rarely_change(void **state) {
    (void)state;
    struct drift_design d;
    struct stream s;
    assert_true(drift_design_init(&d, 0.85, 0.65, 1000));
    stream_init(&s, 5, 0);
    int alarmed = 0, changed = 0;
    for (int person = 0; person < 300; person++) {
        uint8_t wrong[200];
        for (size_t i = 0; i < 200; i++) {
            wrong[i] = stream_unit(&s) >= 0.80;
        }
        struct drift_alarm alarm;
        if (drift_run(&d, wrong, NULL, 200, false, NULL, &alarm, 1, NULL) == 0) {
            continue;
        }
        struct drift_change change;
        drift_change_test(wrong, alarm.at + 1, alarm.onset, 0.85, (uint64_t)person, &change);
        alarmed++;
        changed += change.changed;
    }
    assert_true(alarmed > 100);
    assert_true(changed * 100 < alarmed * 40);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_design_table),   cmocka_unit_test(test_run_lengths),
        cmocka_unit_test(test_design_refuses), cmocka_unit_test(test_simulation_agrees),
        cmocka_unit_test(test_chances),        cmocka_unit_test(test_streams),
        cmocka_unit_test(test_ewma),           cmocka_unit_test(test_states),
        cmocka_unit_test(test_head_start),     cmocka_unit_test(test_peers),
        cmocka_unit_test(test_change),         cmocka_unit_test(test_constant_people_rarely_change),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
