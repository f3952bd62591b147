/*
 * Pace and dates: arithmetic by hand, and studies from a seeded generator: the day on which the work is really done
 * (the hidden gold really met) lies in the stated range as often as is stated.
 */
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <time.h>

#include <cmocka.h>

#include "core/base/memory.h"
#include "core/base/timestamp.h"
#include "core/quality/stream.h"
#include "core/report/forecast.h"
#include "tests/unit/report/helper_simulation.h"

#include "core/base/banned.h"

#define NOON (INT64_C(20000) * MS_DAY + 12 * MS_HOUR)

static void test_days(void **state) {
    (void)state;
    struct pace_days days;
    struct pace pace = {0};
    pace_days_init(&days, NOON);
    assert_true(days.start[PACE_WINDOW] == NOON - 12 * MS_HOUR);
    assert_true(days.start[0] == NOON - 12 * MS_HOUR - 14 * MS_DAY);
    pace_add(&pace, &days, NOON); /* today is not over */
    assert_int_equal(pace_figures(&pace).days, 0);
    pace_add(&pace, &days, days.start[PACE_WINDOW] - 1);
    assert_int_equal(pace.counts[PACE_WINDOW - 1], 1);
    assert_int_equal(pace_figures(&pace).days, 1);
    pace_add(&pace, &days, days.start[9]);
    pace_add(&pace, &days, days.start[10] - 1);
    assert_int_equal(pace.counts[9], 2);
    assert_int_equal(pace_figures(&pace).days, 5);
    assert_int_equal(pace_figures(&pace).active, 2);
    assert_true(fabs(pace_figures(&pace).a_day - 0.6) < 1e-12);
    pace_add(&pace, &days, days.start[0] - 1);
    assert_int_equal(pace_figures(&pace).days, PACE_WINDOW);
    assert_int_equal(pace_figures(&pace).total, 3);
}

/* Clocks go forward and back (Berlin, 2026-10-25): every day begins at its own midnight. */
static void test_change_of_the_clock(void **state) {
    (void)state;
    struct pace_days days;
    char *before = getenv("TZ") ? memory_copy(getenv("TZ"), strlen(getenv("TZ"))) : NULL;
    setenv("TZ", "Europe/Berlin", 1);
    tzset();
    pace_days_init(&days, INT64_C(1793361600000)); /* 2026-10-30 12:00 UTC */
    for (int day = 0; day < PACE_WINDOW; day++) {
        int64_t length = days.start[day + 1] - days.start[day];
        assert_true(length ==
                    (slice_is(slice_of(timestamp_local_day(days.start[day]).text), "2026-10-25") ? 25 : 24) * MS_HOUR);
    }
    before ? setenv("TZ", before, 1) : unsetenv("TZ");
    tzset();
    memory_free(before);
}

static struct pace pace_of(const int *counts, int count) {
    struct pace pace = {0};
    for (int i = 0; i < count; i++)
        pace.counts[PACE_WINDOW - count + i] = counts[i];
    return pace;
}

/* n = 6, mean 10, s = 4: t(5) = 2.5706, so |60 - 10 D| = 2.5706 · 4 · sqrt(D + D²/6). */
static void test_range_by_hand(void **state) {
    (void)state;
    struct pace pace = pace_of((const int[]){10, 10, 4, 16, 12, 8}, 6);
    struct pace_until until = pace_until(&pace, 60);
    assert_true(fabs(pace_figures(&pace).spread - 4) < 1e-12);
    assert_true(fabs(until.days - 6) < 1e-12);
    for (int end = 0; end < 2; end++) {
        double at = end ? until.longest : until.least;
        double reach = 2.5706 * 4 * sqrt(at + at * at / 6);
        assert_true(fabs(fabs(60 - 10 * at) - reach) < 0.005 * reach);
    }
    assert_true(until.least < 6 && until.longest > 6);
    assert_true(pace_until(&pace, 0).days == 0 && pace_until(&pace, 0).longest == 0);
}

static void test_what_cannot_be_said(void **state) {
    (void)state;
    struct pace none = {0}, stopped = {.before = true}, young = pace_of((const int[]){9, 9, 9, 9}, 4),
                two = pace_of((const int[]){9, 0, 0, 0, 9}, 5), wild = pace_of((const int[]){1, 0, 0, 0, 90, 0, 1}, 7);
    assert_true(isinf(pace_until(&none, 5).days) && pace_until(&none, 5).early);
    assert_true(isinf(pace_until(&stopped, 5).days) && !pace_until(&stopped, 5).early);
    assert_true(pace_until(&young, 18).early && fabs(pace_until(&young, 18).days - 2) < 1e-12);
    assert_true(pace_until(&two, 18).early);
    assert_true(!pace_until(&wild, 900).early && isinf(pace_until(&wild, 900).longest));
    assert_int_equal(pace_date(NOON, INFINITY), 0);
    assert_int_equal(pace_date(NOON, 1e6), 0);
    assert_true(pace_date(NOON, 2) == NOON + 2 * MS_DAY);
}

/* --- Studies --- */

/* One day of a person who takes weekends off, is away one working day in ten, and does a varying number of batches. */
static int gold_of_day(struct stream *stream, int day, double batches) {
    int gold = 0, count = 0;
    if (day % 7 >= 5 || stream_unit(stream) < 0.1)
        return 0;
    count = (int)stream_binomial(stream, 6, batches / 6);
    for (int i = 0; i < count; i++)
        gold += (int)stream_binomial(stream, 20, 0.1);
    return gold;
}

/* Plays three weeks, asks, and plays on until the pool is met: how the truth lies to the range, -1, 0 or 1. */
static int play(struct stream *stream, double batches, size_t pool, int weekday, bool *early) {
    struct simulation simulation;
    int64_t item = 0, today = NOON / MS_DAY;
    simulation_init(&simulation);
    simulation.history.track_ids[1] = 1;
    int ana = simulation_person(&simulation, "ana", PERSON_ANNOTATOR), key = simulation_key(&simulation, 0);
    for (int day = 21; day > 0; day--)
        for (int n = gold_of_day(stream, weekday + 21 - day, batches); n > 0; n--) {
            struct history_row *row = simulation_row(&simulation, ana, ++item, 0);
            row->kind = KIND_GOLD;
            row->gold = key;
            row->at = (today - day) * MS_DAY + 9 * MS_HOUR;
        }
    simulation_finish(&simulation);
    struct pool_forecast forecast = {.person = ana, .track = 1, .unseen = pool};
    forecast_pools(&forecast, 1, &simulation.history, today * MS_DAY);
    simulation_release(&simulation);
    *early = forecast.until.early;
    int days = 0;
    for (size_t met = 0; met < pool; days++)
        met += (size_t)gold_of_day(stream, weekday + 21 + days, batches);
    return days < forecast.until.least ? -1 : days - 1 > forecast.until.longest ? 1 : 0;
}

static void study(double batches, size_t pool) {
    enum { RUNS = 600 };
    struct stream stream;
    int outside = 0, asked = 0;
    stream_init(&stream, 20261124, pool);
    for (int run = 0; run < RUNS; run++) {
        bool early;
        int where = play(&stream, batches, pool, run % 7, &early);
        asked += !early;
        outside += !early && where != 0;
    }
    double share = (double)outside / asked, room = 4 * sqrt(0.05 * 0.95 / asked);
    if (asked < RUNS / 2 || share > 0.05 + room)
        fail_msg("%.1f batches, %zu left: outside in %d of %d runs, stated 1 in 20", batches, pool, outside, asked);
}

static void test_exhaustion_dates(void **state) {
    (void)state;
    study(1.5, 20);
    study(1.5, 60);
    study(3, 60);
    study(3, 200);
    study(5, 400);
}

/* The range is no excuse: half of it is at most as long as the time itself for somebody who works every week. */
static void test_ranges_are_of_use(void **state) {
    (void)state;
    struct pace pace = pace_of((const int[]){50, 61, 47, 55, 40, 0, 0, 58, 49, 62, 51, 44, 0, 0}, 14);
    struct pace_until until = pace_until(&pace, 800);
    assert_true(until.longest - until.least < 2 * until.days);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_days),
        cmocka_unit_test(test_change_of_the_clock),
        cmocka_unit_test(test_range_by_hand),
        cmocka_unit_test(test_what_cannot_be_said),
        cmocka_unit_test(test_exhaustion_dates),
        cmocka_unit_test(test_ranges_are_of_use),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
