/*
 * The side pane between two hand-ins: nothing in it moves but today's counts, and these move alike after every item, gold or not. After the
 * hand-in it moves once.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "helper_campaign.h"

enum { BATCH = 20, PANE_BYTES = 65536 };

/* What stands right of the pane's rule, from its "Gold" heading down. */
static void read_pane(struct terminal *terminal, char pane[PANE_BYTES]) {
    size_t length = 0;
    bool figures = false;
    pane[0] = '\0';
    for (int row = 1; row < 39; row++) {
        const char *text = terminal_row(terminal, row), *part = NULL;
        for (const char *at = text; (at = strstr(at, "│")) || (at = NULL); at += 3)
            part = at;
        if (!part)
            continue;
        figures = figures || strncmp(part + 3, " Gold", 5) == 0;
        if (figures)
            length += (size_t)snprintf(pane + length, PANE_BYTES - length, "%s\n", part);
    }
}

static void wait_for_item(struct terminal *terminal, int place) {
    char words[32];
    snprintf(words, sizeof words, "%d of %d", place, BATCH);
    assert_true(terminal_wait(terminal, words) || terminal_dump(terminal));
    assert_true(terminal_wait(terminal, "▸ overall") || terminal_dump(terminal));
    terminal_settle(terminal, 10);
}

/* Judges the batch; when `pane` is given it must stay as it was at the first item. */
static void judge_batch(struct terminal *terminal, char *pane) {
    static char now[PANE_BYTES];
    terminal_settle(terminal, 10);
    terminal_send(terminal, "\r");
    for (int place = 1; place <= BATCH; place++) {
        wait_for_item(terminal, place);
        read_pane(terminal, now);
        if (pane && place == 1)
            memcpy(pane, now, PANE_BYTES);
        if (pane)
            assert_string_equal(now, pane);
        terminal_send(terminal, place % 3 ? "21" : "62"); /* overall, confidence */
        assert_true(terminal_wait(terminal, "▸ submit") || terminal_dump(terminal));
        terminal_send(terminal, "\r");
    }
    assert_true(terminal_wait(terminal, "Hand in batch") || terminal_dump(terminal));
}

static void hand_in(struct terminal *terminal) {
    terminal_settle(terminal, 10);
    terminal_send(terminal, "\r");
    assert_true(terminal_wait(terminal, "become final") || terminal_dump(terminal));
    terminal_settle(terminal, 10);
    terminal_send(terminal, "\r");
    assert_true(terminal_wait(terminal, "▸ Take the next batch") || terminal_dump(terminal));
}

static void test_pane_moves_at_hand_in_only(void **state) {
    (void)state;
    struct scratch scratch;
    static char during[PANE_BYTES], after[PANE_BYTES];
    campaign_make(&scratch, 200, 60, BATCH, "confidence: {guess: 50, sure: 90}\n");
    struct terminal *terminal = annotate_start(&scratch, 40, 120);
    assert_true(terminal_wait(terminal, "▸ Take a batch") || terminal_dump(terminal));
    judge_batch(terminal, NULL);
    hand_in(terminal);
    for (int batch = 2; batch <= 6; batch++) {
        judge_batch(terminal, during);
        assert_non_null(strstr(during, "Gold"));
        hand_in(terminal);
    }
    terminal_settle(terminal, 20);
    read_pane(terminal, after);
    assert_string_not_equal(during, after);
    assert_non_null(strstr(after, "as the reference"));
    terminal_stop(terminal);
    scratch_remove(&scratch);
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_pane_moves_at_hand_in_only)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
