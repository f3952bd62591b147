/* Who may work, what comes first, and the draw of an attempt's items. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "core/hash/hash.h"
#include "core/work/dealing.h"
#include "core/work/standing.h"

#include "core/base/banned.h"

static const struct track_settings asking = {
    .qualification_items = 32, .qualification_pass = 25, .qualification_attempts = 2, .qualification_training = 10};

static struct standing decide(enum viewer_role role, struct standing_facts facts) {
    struct standing out;
    standing_decide(&asking, role, &facts, &out);
    return out;
}

static void test_a_newcomer_is_trained_then_qualifies(void **state) {
    (void)state;
    struct standing one = decide(VIEWER_ANNOTATOR, (struct standing_facts){.training = 4, .qualification = 64});
    assert_int_equal(one.next, STANDING_TRAINING);
    assert_int_equal(one.size, 4);
    assert_int_equal(one.attempt, 1);
    one = decide(VIEWER_ANNOTATOR, (struct standing_facts){.training = 25, .qualification = 64});
    assert_int_equal(one.size, 10);
    one = decide(VIEWER_ANNOTATOR, (struct standing_facts){.trained = true, .training = 15, .qualification = 64});
    assert_int_equal(one.next, STANDING_QUALIFICATION);
    assert_int_equal(one.size, 32);
    assert_int_equal(one.attempts_left, 2);
    one = decide(VIEWER_ANNOTATOR, (struct standing_facts){.qualification = 64}); /* no training gold */
    assert_int_equal(one.next, STANDING_QUALIFICATION);
}

static void test_attempts_and_items_run_out(void **state) {
    (void)state;
    struct standing_facts failed = {.state = STANDING_FAILED, .failed = 1, .trained = true, .qualification = 32};
    struct standing one = decide(VIEWER_ANNOTATOR, failed);
    assert_int_equal(one.next, STANDING_QUALIFICATION);
    assert_int_equal(one.attempt, 2);
    assert_int_equal(one.attempts_left, 1);
    failed.qualification = 31;
    one = decide(VIEWER_ANNOTATOR, failed);
    assert_int_equal(one.next, STANDING_NO_ITEMS);
    assert_true(standing_waits(&one));
    failed = (struct standing_facts){.state = STANDING_FAILED, .failed = 2, .training = 10, .qualification = 99};
    one = decide(VIEWER_ANNOTATOR, failed);
    assert_int_equal(one.next, STANDING_NO_ATTEMPT);
    assert_int_equal(one.attempts_left, 0);
    assert_true(standing_waits(&one));
}

static void test_who_may_work(void **state) {
    (void)state;
    static const enum standing_state open[] = {STANDING_QUALIFIED, STANDING_ACTIVE};
    for (size_t i = 0; i < 2; i++)
        assert_int_equal(decide(VIEWER_ANNOTATOR, (struct standing_facts){.state = open[i]}).next, STANDING_WORK);
    assert_int_equal(decide(VIEWER_LEAD, (struct standing_facts){0}).next, STANDING_WORK);
    assert_int_equal(decide(VIEWER_SOLO, (struct standing_facts){0}).next, STANDING_WORK);
    struct standing one;
    standing_decide(&track_default, VIEWER_ANNOTATOR, &(struct standing_facts){.state = STANDING_FAILED, .failed = 9},
                    &one);
    assert_int_equal(one.next, STANDING_WORK); /* nothing is asked for any more */
    one = decide(VIEWER_ANNOTATOR, (struct standing_facts){.state = STANDING_PAUSED, .qualification = 40});
    assert_int_equal(one.next, STANDING_QUALIFICATION);
    for (int state_of = STANDING_ACTIVE; state_of < STANDING_STATES; state_of++)
        assert_int_equal(standing_state_find(standing_state_name((enum standing_state)state_of)), state_of);
    assert_int_equal(standing_state_find("nonsense"), STANDING_NONE);
}

/* 60 candidates: 40 coding (30 easy, 10 hard), 15 law, 5 medical. */
static size_t make_candidates(struct deal_item *out) {
    size_t n = 0;
    for (int i = 0; i < 40; i++)
        out[n++] =
            (struct deal_item){.item = i, .category = 1, .difficulty = i < 30 ? DIFFICULTY_EASY : DIFFICULTY_HARD};
    for (int i = 0; i < 20; i++)
        out[n++] = (struct deal_item){.item = 40 + i, .category = i < 15 ? 2 : 3};
    return n;
}

static void test_the_draw_is_even(void **state) {
    (void)state;
    static const unsigned char key[32] = {7};
    struct deal_item candidates[60];
    size_t n = make_candidates(candidates), chosen[60], first[60], times[60] = {0};
    for (int64_t batch = 1; batch <= 200; batch++) {
        size_t in[4] = {0}, hard = 0;
        bool seen[60] = {false};
        assert_int_equal(deal_even(key, 1, batch, candidates, n, 24, chosen), 24);
        for (size_t i = 0; i < 24; i++) {
            assert_false(seen[chosen[i]]);
            seen[chosen[i]] = true;
            times[chosen[i]]++;
            in[candidates[chosen[i]].category]++;
            hard += candidates[chosen[i]].difficulty == DIFFICULTY_HARD;
        }
        assert_int_equal(in[3], 5); /* all there are; the others share the rest */
        assert_in_range(in[1], 9, 10);
        assert_in_range(in[2], 9, 10);
        assert_in_range(hard, in[1] / 2, (in[1] + 1) / 2);
    }
    for (size_t i = 0; i < 30; i++) /* 200 · 4.75 / 30 = 32 each: nobody can know which */
        assert_in_range(times[i], 12, 60);
    deal_even(key, 1, 5, candidates, n, 24, first);
    deal_even(key, 1, 5, candidates, n, 24, chosen);
    assert_memory_equal(first, chosen, 24 * sizeof *first); /* keyed: the same question, the same answer */
    deal_even(key, 2, 5, candidates, n, 24, chosen);
    assert_memory_not_equal(first, chosen, 24 * sizeof *first);
    assert_int_equal(deal_even(key, 1, 1, candidates, 3, 24, chosen), 3);
}

int main(void) {
    struct error error = ERROR_INIT;
    assert_int_equal(hash_start(&error), STATUS_OK);
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_a_newcomer_is_trained_then_qualifies),
        cmocka_unit_test(test_attempts_and_items_run_out),
        cmocka_unit_test(test_who_may_work),
        cmocka_unit_test(test_the_draw_is_even),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
