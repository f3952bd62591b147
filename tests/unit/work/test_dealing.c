/* Counts, match, positions and sides: as often as they should be, and never told by anything but the key. */
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

#include <cmocka.h>

#include "core/work/dealing.h"

#include "core/base/banned.h"

static const unsigned char key[32] = "a key of thirty-two bytes, as is";
static const struct deal_counts plenty = {500, 500, 500};

static struct track_settings settings(int batch, double retest) {
    struct track_settings track = track_default;
    track.batch = batch;
    track.retest_rate = retest;
    return track;
}

static void test_counts_on_average(void **state) {
    (void)state;
    struct track_settings track = settings(50, 0.02);
    double gold = 0;
    for (int64_t batch = 1; batch <= 2000; batch++) {
        struct deal_counts counts = deal_count(key, 3, batch, &track, 0.11, plenty);
        assert_int_equal(counts.production + counts.gold + counts.retest, 50);
        assert_in_range(counts.gold, 5, 6); /* 5.5 */
        assert_int_equal(counts.retest, 1);
        gold += (double)counts.gold;
    }
    assert_true(gold > 10800 && gold < 11200);
    struct track_settings small = settings(10, 0.02);
    size_t some = 0;
    for (int64_t batch = 1; batch <= 2000; batch++)
        some += deal_count(key, 3, batch, &small, 0.1, plenty).retest;
    assert_in_range(some, 320, 480); /* a fifth of the batches has one */
}

static void test_counts_at_the_edges(void **state) {
    (void)state;
    struct track_settings track = settings(50, 0.02);
    struct deal_counts counts = deal_count(key, 1, 1, &track, 0.1, (struct deal_counts){0, 100, 100});
    assert_int_equal(counts.production + counts.gold + counts.retest, 0); /* no batch of gold alone */
    counts = deal_count(key, 1, 1, &track, 0.1, (struct deal_counts){500, 0, 0});
    assert_int_equal(counts.production, 50); /* no gold: the batch looks the same */
    counts = deal_count(key, 1, 1, &track, 0.1, (struct deal_counts){500, 2, 0});
    assert_int_equal(counts.gold, 2);
    assert_int_equal(counts.production, 48);
    for (int64_t batch = 1; batch <= 500; batch++)
        for (size_t production = 1; production <= 12; production++) {
            struct deal_counts few = deal_count(key, 1, batch, &track, 0.2, (struct deal_counts){production, 100, 100});
            assert_int_equal(few.production, production);
            assert_true(few.gold * 5 <= few.production + few.gold + few.retest);
            assert_true(few.gold + few.retest <= production / 2 + 1);
        }
    struct track_settings tiny = settings(2, 0.95); /* more retests than places: gold that is not there fills none */
    for (int64_t batch = 1; batch <= 50; batch++) {
        struct deal_counts two = deal_count(key, 1, batch, &tiny, 0, (struct deal_counts){100, 0, 100});
        assert_int_equal(two.gold, 0);
        assert_int_equal(two.production + two.retest, 2);
    }
    counts = deal_count(key, 1, 1, &track, 0.4, plenty); /* a rate that the settings fix */
    assert_int_equal(counts.gold, 20);
    struct track_settings one = settings(1, 0);
    for (int64_t batch = 1; batch <= 100; batch++)
        assert_int_equal(deal_count(key, 1, batch, &one, 0.1, plenty).production, 1);
}

static void test_short_queue_in_proportion(void **state) {
    (void)state;
    struct track_settings track = settings(50, 0.02);
    size_t gold = 0, total = 0;
    for (int64_t batch = 1; batch <= 1000; batch++) {
        struct deal_counts counts = deal_count(key, 2, batch, &track, 0.1, (struct deal_counts){22, 100, 100});
        gold += counts.gold;
        total += counts.production + counts.gold + counts.retest;
    }
    double share = (double)gold / (double)total;
    assert_true(share > 0.09 && share < 0.11);
}

/* Chi-square of counts against the same expectation everywhere. */
static double chi_square(const size_t *counts, size_t cells, double expected) {
    double sum = 0;
    for (size_t i = 0; i < cells; i++) {
        double off = (double)counts[i] - expected;
        sum += off * off / expected;
    }
    return sum;
}

static void test_positions_are_fair(void **state) {
    (void)state;
    enum { N = 20, ROUNDS = 4000 };
    size_t counts[N] = {0}, order[N];
    for (int64_t batch = 1; batch <= ROUNDS; batch++) {
        bool seen[N] = {false};
        deal_order(key, batch % 7, batch, N, order);
        for (size_t i = 0; i < N; i++) {
            assert_true(order[i] < N && !seen[order[i]]);
            seen[order[i]] = true;
            if (order[i] == N - 1) /* gold stands last before it is shuffled */
                counts[i]++;
        }
    }
    assert_true(chi_square(counts, N, (double)ROUNDS / N) < 43.8); /* 19 degrees, p = .001 */
}

static void test_sides_are_fair(void **state) {
    (void)state;
    size_t first[2] = {0};
    char shown[LIMIT_RESPONSES + 1], again[LIMIT_RESPONSES + 1];
    for (int64_t item = 1; item <= 10000; item++) {
        deal_shown(key, item % 13, item, 0, 0, 2, NULL, shown);
        assert_true(shown_valid(slice_of(shown), 2));
        deal_shown(key, item % 13, item, 0, 0, 2, NULL, again);
        assert_string_equal(shown, again); /* the same question has the same answer */
        first[shown[0] - 'a']++;
    }
    assert_true(chi_square(first, 2, 5000) < 10.8); /* p = .001 */
    /* two people see one item independently */
    size_t same = 0;
    for (int64_t item = 1; item <= 10000; item++) {
        deal_shown(key, 1, item, 0, 0, 2, NULL, shown);
        deal_shown(key, 2, item, 0, 0, 2, NULL, again);
        same += strcmp(shown, again) == 0;
    }
    assert_in_range(same, 4835, 5165);
    /* all orders of three */
    size_t orders[6] = {0};
    for (int64_t item = 1; item <= 6000; item++) {
        deal_shown(key, 5, item, 0, 0, 3, NULL, shown);
        assert_true(shown_valid(slice_of(shown), 3));
        orders[(shown[0] - 'a') * 2 + (shown[1] > shown[2])]++;
    }
    assert_true(chi_square(orders, 6, 1000) < 20.5);
}

static void test_retests_swap_half(void **state) {
    (void)state;
    size_t swapped = 0, after_ab = 0;
    char shown[LIMIT_RESPONSES + 1];
    for (int64_t item = 1; item <= 4000; item++) {
        const char *before = item % 2 ? "ab" : "ba";
        deal_shown(key, 4, item, 0, 1, 2, before, shown);
        assert_true(shown_valid(slice_of(shown), 2));
        swapped += strcmp(shown, before) != 0;
        after_ab += item % 2 && strcmp(shown, before) != 0;
    }
    assert_in_range(swapped, 1896, 2104);
    assert_in_range(after_ab, 926, 1074);
}

static void fill_items(struct deal_item *items, size_t count, int law_of_ten, int64_t first) {
    for (size_t i = 0; i < count; i++)
        items[i] = (struct deal_item){
            .item = first + (int64_t)i,
            .category = (int)(i % 10) < law_of_ten ? 2 : 1,
            .language = i % 4 == 3 ? 2 : 1,
            .length = 100 + (i * 37) % 1000,
            .difficulty = (enum difficulty)(i % 4),
        };
}

static void test_match_follows_the_mix(void **state) {
    (void)state;
    static struct deal_item production[40], candidates[600];
    size_t chosen[10], law = 0, second_language = 0, total = 0, difficulties[4] = {0}, long_ones = 0;
    fill_items(candidates, 600, 5, 10000); /* half the pool is law */
    for (int64_t round = 0; round < 200; round++) {
        fill_items(production, 40, 3, 1 + round * 100); /* three in ten of the batch are */
        size_t count = deal_match(key, 9, production, 40, candidates, 600, 10, chosen);
        assert_int_equal(count, 10);
        for (size_t i = 0; i < count; i++) {
            const struct deal_item *one = &candidates[chosen[i]];
            for (size_t k = 0; k < i; k++)
                assert_int_not_equal(chosen[i], chosen[k]);
            law += one->category == 2;
            second_language += one->language == 2;
            difficulties[one->difficulty]++;
            long_ones += one->length >= 600;
            total++;
        }
    }
    assert_true((double)law / (double)total > 0.25 && (double)law / (double)total < 0.35);
    assert_true((double)second_language / (double)total > 0.2 && (double)second_language / (double)total < 0.3);
    assert_true((double)long_ones / (double)total > 0.27 &&
                (double)long_ones / (double)total < 0.43); /* 14 of 40 in the batch */
    for (int d = 0; d < 4; d++)                            /* evenly over difficulty */
        assert_true(difficulties[d] > total / 8);
}

static void test_match_at_the_edges(void **state) {
    (void)state;
    struct deal_item production[4], candidates[3];
    size_t chosen[10];
    fill_items(production, 4, 10, 1);
    fill_items(candidates, 3, 0, 100); /* another category than any that occurs: better than none */
    assert_int_equal(deal_match(key, 1, production, 4, candidates, 3, 10, chosen), 3);
    assert_int_equal(deal_match(key, 1, production, 4, candidates, 0, 10, chosen), 0);
    assert_int_equal(deal_match(key, 1, production, 0, candidates, 3, 2, chosen), 0);
    assert_int_equal(deal_match(key, 1, production, 4, candidates, 3, 0, chosen), 0);
    /* one of a category that occurs comes before one of a category that gives itself away */
    candidates[0].category = 9;
    candidates[1].category = 2;
    candidates[2].category = 9;
    assert_int_equal(deal_match(key, 1, production, 4, candidates, 3, 1, chosen), 1);
    assert_int_equal(chosen[0], 1);
}

/* Half the batch are rankings of four, and no gold ranking is left: pairs don't take their places. */
static void test_match_keeps_the_share_of_a_size(void **state) {
    (void)state;
    struct deal_item production[20], candidates[40];
    size_t chosen[10], pairs = 0;
    fill_items(candidates, 40, 0, 100);
    for (size_t i = 0; i < 40; i++)
        candidates[i].responses = 2;
    for (int64_t round = 0; round < 100; round++) {
        fill_items(production, 20, 0, 1000 + round * 100);
        for (size_t i = 0; i < 20; i++)
            production[i].responses = i % 2 ? 2 : 4;
        pairs += deal_match(key, 3, production, 20, candidates, 40, 10, chosen);
    }
    assert_true(pairs > 400 && pairs < 600); /* of 1,000 wanted */
    candidates[7].responses = 4;
    size_t count = deal_match(key, 3, production, 20, candidates, 40, 10, chosen), fours = 0;
    for (size_t i = 0; i < count; i++)
        fours += candidates[chosen[i]].responses == 4;
    assert_int_equal(fours, 1);
}

static void test_match_uses_the_whole_pool(void **state) {
    (void)state;
    static struct deal_item production[20], candidates[60];
    bool used[60] = {false};
    size_t chosen[4], count = 0;
    for (size_t i = 0; i < 60; i++)
        candidates[i] = (struct deal_item){.item = 1000 + (int64_t)i, .category = 1, .language = 1, .length = 500};
    for (int64_t round = 0; round < 300; round++) {
        for (size_t i = 0; i < 20; i++)
            production[i] =
                (struct deal_item){.item = round * 20 + (int64_t)i + 1, .category = 1, .language = 1, .length = 500};
        deal_match(key, 2, production, 20, candidates, 60, 4, chosen);
        for (size_t i = 0; i < 4; i++)
            used[chosen[i]] = true;
    }
    for (size_t i = 0; i < 60; i++)
        count += used[i];
    assert_int_equal(count, 60);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_counts_on_average),
        cmocka_unit_test(test_counts_at_the_edges),
        cmocka_unit_test(test_short_queue_in_proportion),
        cmocka_unit_test(test_positions_are_fair),
        cmocka_unit_test(test_sides_are_fair),
        cmocka_unit_test(test_retests_swap_half),
        cmocka_unit_test(test_match_follows_the_mix),
        cmocka_unit_test(test_match_at_the_edges),
        cmocka_unit_test(test_match_keeps_the_share_of_a_size),
        cmocka_unit_test(test_match_uses_the_whole_pool),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
