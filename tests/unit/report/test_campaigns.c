/*
 * Whole campaigns from a seeded generator, with known truth: what the lead's desk puts up for decision is what was
 * planted (people below the bar, wrong keys, pools that run out), and nothing else more often than is stated.
 */
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

#include <cmocka.h>

#include "core/base/timestamp.h"
#include "core/quality/stream.h"
#include "core/report/decisions.h"
#include "core/report/forecast.h"
#include "core/report/track.h"
#include "tests/unit/report/helper_simulation.h"

#include "core/base/banned.h"

enum { CAMPAIGNS = 30, PEOPLE = 12, DAYS = 42, POOL = 160, WRONG_KEYS = 2, FALL_ON = 14 };
/* A wrong key that six of the best have answered is found when five of them say so: .93^6 + 6 · .07 · .93^5. */
enum { BEST_ENOUGH = 6 };
#define KEY_POWER 0.94
#define TODAY     INT64_C(20000)

/* The first two fall from .93 to .55 after FALL_ON days, the third was always at .60, the others stay at .93. */
enum { FALL, ALSO_FALL, ALWAYS_BELOW, GOOD };

static double skill(int person, int day) {
    if (person == ALWAYS_BELOW)
        return 0.60;
    return person < ALWAYS_BELOW && day >= FALL_ON ? 0.55 : 0.93;
}

struct campaign_run {
    struct simulation simulation;
    struct stream stream;
    int keys[2], codes[PEOPLE];
    int order[PEOPLE][POOL]; /* in which each meets the pool: the deck of each is shuffled */
    int met[PEOPLE];
};

/* Gold that somebody meets on a day: weekends off, now and then a day away. */
static int gold_of_day(struct stream *stream, int day) {
    if (day % 7 >= 5 || stream_unit(stream) < 0.08)
        return 0;
    return (int)stream_binomial(stream, 60, 0.06);
}

static bool is_wrong_key(int gold) {
    return gold < WRONG_KEYS;
}

/* The truth is always the first response; a wrong key says the second. */
static void answer(struct campaign_run *run, int person, int gold, int day, int batch) {
    bool right = stream_unit(&run->stream) < skill(person, day);
    struct history_row *row = simulation_row(&run->simulation, run->codes[person], gold + 1, right ? 0 : 1);
    row->kind = KIND_GOLD;
    row->gold = run->keys[is_wrong_key(gold)];
    row->at = (TODAY - DAYS + day) * MS_DAY + 10 * MS_HOUR;
    row->batch = batch;
    row->batch_number = run->simulation.history.batches[batch].number;
}

static void play(struct campaign_run *run) {
    for (int day = 0; day < DAYS; day++)
        for (int person = 0; person < PEOPLE; person++) {
            int count = gold_of_day(&run->stream, day);
            int batch = count ? simulation_batch(&run->simulation, run->codes[person], true) : -1;
            for (int i = 0; i < count && run->met[person] < POOL; i++)
                answer(run, person, run->order[person][run->met[person]++], day, batch);
        }
    simulation_finish(&run->simulation);
}

static void run_init(struct campaign_run *run, uint64_t number) {
    *run = (struct campaign_run){0};
    simulation_init(&run->simulation);
    run->simulation.history.track_ids[1] = 1;
    stream_init(&run->stream, 20261124, number);
    run->keys[0] = simulation_key(&run->simulation, 0);
    run->keys[1] = simulation_key(&run->simulation, 1);
    for (int person = 0; person < PEOPLE; person++) {
        char name[16];
        snprintf(name, sizeof name, "p%02d", person);
        run->codes[person] = simulation_person(&run->simulation, name, PERSON_ANNOTATOR);
        for (int i = 0; i < POOL; i++) {
            int place = (int)stream_below(&run->stream, (uint64_t)i + 1);
            run->order[person][i] = run->order[person][place];
            run->order[person][place] = i;
        }
    }
    play(run);
}

struct tally {
    int below, below_found;        /* people who were below the bar, and those with an alarm */
    int good, good_alarmed;        /* the others */
    double stated_alarms;          /* to be expected of them if they stood exactly at the bar */
    int keys, keys_found, wronged; /* planted ones that enough have answered; campaigns where a right key is suspect */
    int dates, outside;            /* exhaustion dates with a range; the truth lay outside */
};

static void tally_people(struct tally *tally, const struct campaign_run *run) {
    struct track_report report;
    struct track_input input = {.history = &run->simulation.history,
                                .track = SIMULATION_TRACK,
                                .settings = &simulation_settings,
                                .scale = {.strengths = 0, .tie = false}};
    track_report_init(&report, &input);
    assert_int_equal(report.annotators.count, PEOPLE);
    for (size_t i = 0; i < report.annotators.count; i++) {
        const struct annotator *one = &report.annotators.people[i];
        bool alarmed = one->own.drift.alarm_count > 0, is_good = one->person >= run->codes[GOOD];
        tally->below += !is_good;
        tally->below_found += !is_good && alarmed;
        tally->good += is_good;
        tally->good_alarmed += is_good && alarmed;
        if (is_good)
            tally->stated_alarms += drift_false_alarms(&report.detector.design, (double)one->own.gold.n);
    }
    track_report_release(&report);
}

static void tally_keys(struct tally *tally, const struct campaign_run *run) {
    struct counted counted;
    struct gold_cases cases;
    bool wronged = false;
    counted_init(&counted, &run->simulation.history, SIMULATION_TRACK, NULL, 0);
    gold_cases_init(&cases, &counted, NULL, 0, simulation_settings.in_control);
    for (size_t i = 0; i < cases.count; i++) {
        const struct gold_case *one = &cases.cases[i];
        bool planted = is_wrong_key((int)one->item - 1);
        wronged |= one->suspect && !planted;
        if (planted && one->best >= BEST_ENOUGH) {
            tally->keys++;
            tally->keys_found += one->suspect;
        }
    }
    tally->wronged += wronged;
    gold_cases_release(&cases);
    counted_release(&counted);
}

/* Each plays on alone until the pool is met. */
static void tally_pools(struct tally *tally, struct campaign_run *run) {
    struct pool_forecast pools[PEOPLE] = {0};
    for (int person = 0; person < PEOPLE; person++)
        pools[person] = (struct pool_forecast){.person = run->codes[person],
                                               .track = 1,
                                               .unseen = (size_t)(POOL - run->met[person]),
                                               .line = (size_t)person};
    forecast_pools(pools, PEOPLE, &run->simulation.history, TODAY * MS_DAY);
    for (int i = 0; i < PEOPLE; i++) {
        const struct pool_forecast *pool = &pools[i];
        int left = (int)pool->unseen, days = 0;
        for (; left > 0; days++)
            left -= gold_of_day(&run->stream, DAYS + days);
        tally->dates += !pool->until.early;
        tally->outside += !pool->until.early && (days < pool->until.least || days - 1 > pool->until.longest);
    }
}

static void at_most(const char *what, int found, int of, double stated) {
    double room = 4 * sqrt(stated * (1 - stated) / of);
    if ((double)found / of > stated + room)
        fail_msg("%s: %d of %d, stated %.3f", what, found, of, stated);
}

static void at_least(const char *what, int found, int of, double stated) {
    double room = 4 * sqrt(stated * (1 - stated) / of);
    if ((double)found / of < stated - room)
        fail_msg("%s: %d of %d, stated %.3f", what, found, of, stated);
}

static void test_what_waits_for_a_decision(void **state) {
    (void)state;
    struct tally tally = {0};
    for (int campaign = 0; campaign < CAMPAIGNS; campaign++) {
        struct campaign_run run;
        run_init(&run, (uint64_t)campaign);
        tally_people(&tally, &run);
        tally_keys(&tally, &run);
        tally_pools(&tally, &run);
        simulation_release(&run.simulation);
    }
    assert_int_equal(tally.below, 3 * CAMPAIGNS);
    assert_true(tally.below_found >= tally.below * 97 / 100);
    at_most("people at .93 with an alarm", tally.good_alarmed, tally.good, tally.stated_alarms / tally.good);
    assert_true(tally.keys > CAMPAIGNS / 2);
    at_least("wrong keys found", tally.keys_found, tally.keys, KEY_POWER);
    at_most("campaigns with a right key suspected", tally.wronged, CAMPAIGNS, DECISIONS_LEVEL);
    assert_true(tally.dates > CAMPAIGNS * PEOPLE / 2);
    at_most("exhaustion dates outside their range", tally.outside, tally.dates, 0.05);
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_what_waits_for_a_decision)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
