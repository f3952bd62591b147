/*
 * kill -9 at random moments of judging: the next start shows the same item with the draft as it was drawn (or further, by keys that were sent
 * and not drawn any more), and no submitted judgment is missing. 1,000 moments, fewer under a sanitizer.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "helper_campaign.h"

#if defined(__SANITIZE_ADDRESS__)
enum { MOMENTS = 100 };
#else
enum { MOMENTS = 1000 };
#endif
enum { ITEMS = 490, WHY_BYTES = 256 };

/* What the screen says of the item in hand. */
struct state {
    int place;           /* in the batch, from 1; 0: no item is drawn */
    int overall;         /* the digit in brackets, or -1 */
    char why[WHY_BYTES]; /* as far as it is drawn */
};

static uint64_t chance_state = 20261124;

static unsigned chance(unsigned below) {
    chance_state = chance_state * 6364136223846793005u + 1442695040888963407u;
    return (unsigned)(chance_state >> 33) % below;
}

static void read_why(const char *row, char why[WHY_BYTES]) {
    const char *start = strstr(row, " why ");
    why[0] = '\0';
    if (!start)
        return;
    start += 5;
    while (*start == ' ')
        start++;
    size_t length = strspn(start, "abcdefghijklmnopqrstuvwxyz");
    if (length < WHY_BYTES)
        snprintf(why, WHY_BYTES, "%.*s", (int)length, start);
}

static struct state read_state(struct terminal *terminal) {
    struct state state = {.overall = -1};
    const char *header = strstr(terminal_row(terminal, 0), "batch 1 · ");
    if (header)
        state.place = atoi(header + strlen("batch 1 · "));
    int row = terminal_find(terminal, " overall ");
    if (row < 0 || terminal_find(terminal, "-first") < 0)
        return (struct state){.overall = -1};
    const char *bracket = strchr(terminal_row(terminal, row), '[');
    if (bracket)
        state.overall = atoi(bracket + 1);
    row = terminal_find(terminal, " why ");
    if (row >= 0)
        read_why(terminal_row(terminal, row), state.why);
    return state;
}

/* Starts and waits until the item in hand is drawn with all its rows. */
static struct terminal *start_judging(const struct scratch *scratch) {
    struct terminal *terminal = annotate_start(scratch, 40, 120);
    assert_true(terminal_wait(terminal, "▸") || terminal_dump(terminal));
    terminal_settle(terminal, 1);
    terminal_send(terminal, "\r");
    assert_true(terminal_wait(terminal, "▌ A ") || terminal_dump(terminal));
    while (read_state(terminal).place == 0)
        terminal_settle(terminal, 2);
    terminal_settle(terminal, 2);
    return terminal;
}

/* Keys of this moment: a digit for overall, some letters of a reason, perhaps the submission. */
struct keys {
    char text[64];
    int digit;        /* or -1 */
    char letters[24]; /* typed into why */
    bool submits;
};

static struct keys choose_keys(const struct state *before) {
    struct keys keys = {.digit = -1};
    size_t at = 0;
    if (before->overall < 0 || chance(3) == 0) {
        keys.digit = (int)chance(8);
        at += (size_t)snprintf(keys.text + at, sizeof keys.text - at, "v%d", keys.digit);
    }
    unsigned letters = chance(12);
    for (unsigned i = 0; i < letters && strlen(before->why) + i < 40; i++)
        keys.letters[i] = (char)('a' + chance(26));
    if (keys.letters[0])
        at += (size_t)snprintf(keys.text + at, sizeof keys.text - at, "r%s\r", keys.letters);
    keys.submits = chance(4) == 0 && (keys.digit >= 0 || before->overall >= 0);
    if (keys.submits)
        snprintf(keys.text + at, sizeof keys.text - at, "\r");
    return keys;
}

static int count_judgments(const struct scratch *scratch) {
    char *text = ASSAY_OK("judgments", scratch->store, "--as", "lena");
    int lines = 0;
    for (const char *at = text; (at = strchr(at, '\n')); at++)
        lines++;
    free(text);
    return lines;
}

static bool begins_with(const char *text, const char *start) {
    return strncmp(text, start, strlen(start)) == 0;
}

/* before: as the round began; drawn: the last screen of the killed process; after: the first item screen of the next one. */
static void compare(const struct state *before, const struct keys *keys, const struct state *drawn,
                    const struct state *after, int judged) {
    assert_int_equal(judged, after->place - 1);
    if (drawn->place > 0)
        assert_true(after->place >= drawn->place);
    assert_true(after->place == before->place || (keys->submits && after->place == before->place + 1));
    if (after->place != before->place)
        return; /* submitted: the next item has no draft */
    char whole[2 * WHY_BYTES];
    snprintf(whole, sizeof whole, "%s%s", before->why, keys->letters);
    assert_true(begins_with(whole, after->why));
    assert_true(begins_with(after->why, before->why));
    assert_true(after->overall == before->overall || after->overall == keys->digit);
    if (drawn->place == before->place) {
        assert_true(begins_with(after->why, drawn->why));
        assert_true(after->overall == drawn->overall ||
                    (drawn->overall == before->overall && after->overall == keys->digit));
    }
}

static void test_kill(void **state) {
    (void)state;
    struct scratch scratch;
    campaign_make(&scratch, ITEMS, 0, ITEMS, "rationale: {required: false, min_characters: 0}\n");
    struct terminal *terminal = start_judging(&scratch);
    int submitted = 0, written = 0, unwritten = 0; /* moments of each kind: the test must meet them all */
    for (int moment = 0; moment < MOMENTS; moment++) {
        struct state before = read_state(terminal);
        struct keys keys = choose_keys(&before);
        terminal_send(terminal, keys.text);
        for (unsigned reads = chance(4); reads > 0; reads--)
            terminal_settle(terminal, (int)chance(4)); /* the random moment */
        terminal_signal(terminal, SIGKILL);
        assert_int_equal(terminal_wait_exit(terminal), 128 + SIGKILL);
        struct state drawn = read_state(terminal);
        terminal_stop(terminal);
        terminal = start_judging(&scratch);
        struct state after = read_state(terminal);
        compare(&before, &keys, &drawn, &after, count_judgments(&scratch));
        submitted += after.place != before.place;
        written += after.place == before.place && strlen(after.why) > strlen(before.why);
        unwritten += after.place == before.place && keys.letters[0] && strcmp(after.why, before.why) == 0;
    }
    assert_true(submitted > MOMENTS / 50 && written > MOMENTS / 50 && unwritten > 0);
    terminal_stop(terminal);
    free(ASSAY_OK("check", scratch.store, "--as", "lena"));
    scratch_remove(&scratch);
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_kill)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
