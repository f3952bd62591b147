/*
 * Kinds of terminals: what each is sent and never sent, that it is given back as it was, and whose colours are chosen: by what the terminal
 * answers, by what the environment says, by the person's own file.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "helper_campaign.h"

static const long accent_dark = 0x33cccc, accent_light = 0x003366; /* as the emulator shows 80 and 24 */

static struct terminal *start(const struct scratch *scratch, const char *const environment[], const char *answer) {
    const char *argv[] = {assay_path(), "annotate", scratch->store, "--as", "ana", NULL};
    struct terminal *terminal = terminal_start(24, 80, argv, environment);
    if (answer)
        terminal_answer(terminal, "\033]11;?", answer);
    assert_true(terminal_wait(terminal, "▸ Take a batch") || terminal_dump(terminal));
    terminal_settle(terminal, 10);
    return terminal;
}

static void leave(struct terminal *terminal) {
    terminal_send(terminal, "q");
    assert_int_equal(terminal_wait_exit(terminal), 0);
    struct terminal_modes modes = terminal_modes(terminal);
    assert_false(modes.alternate || modes.cursor_hidden || modes.paste_bracketed || modes.mouse);
    terminal_stop(terminal);
}

/* The colour of ▸ on the start screen. */
static long accent(struct terminal *terminal) {
    int row = terminal_find(terminal, "▸ Take a batch");
    const char *text = terminal_row(terminal, row), *mark = strstr(text, "▸");
    return terminal_look(terminal, row, (int)(mark - text)).foreground;
}

static void test_every_kind_works(void **state) {
    (void)state;
    static const struct {
        const char *term;
        bool colour, asks; /* colour sequences are written; the background is asked for */
    } kinds[] = {
        {"TERM=xterm", true, true},   {"TERM=xterm-256color", true, true},  {"TERM=tmux-256color", true, true},
        {"TERM=screen", true, true},  {"TERM=screen-256color", true, true}, {"TERM=linux", true, false},
        {"TERM=vt100", false, false}, {"TERM=xterm-mono", false, false},
    };
    for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++) {
        struct scratch scratch;
        campaign_make(&scratch, 3, 0, 3, "");
        struct terminal *terminal = start(&scratch, (const char *const[]){kinds[i].term, NULL}, NULL);
        terminal_send(terminal, "\r");
        assert_true(terminal_wait(terminal, "▸ overall") || terminal_dump(terminal));
        terminal_settle(terminal, 30);
        terminal_send(terminal, "6");
        assert_true(terminal_wait(terminal, "▸ submit") || terminal_dump(terminal));
        terminal_send(terminal, "q");
        assert_true(terminal_wait(terminal, "Leave?") || terminal_dump(terminal));
        terminal_send(terminal, "y");
        assert_int_equal(terminal_wait_exit(terminal), 0);
        if (terminal_wrote(terminal, "\033]11;?") != kinds[i].asks ||
            terminal_wrote(terminal, "\033[3") != kinds[i].colour)
            fail_msg("%s is sent what it does not understand, or not what it does", kinds[i].term);
        struct terminal_modes modes = terminal_modes(terminal);
        assert_false(modes.alternate || modes.cursor_hidden || modes.paste_bracketed || modes.mouse);
        terminal_stop(terminal);
        scratch_remove(&scratch);
    }
}

static void test_a_terminal_that_cannot(void **state) {
    (void)state;
    static const char *const kinds[] = {"TERM=dumb", "TERM=", "TERM=nosuchterminal"};
    struct scratch scratch;
    campaign_make(&scratch, 1, 0, 1, "");
    for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++) {
        const char *argv[] = {assay_path(), "annotate", scratch.store, "--as", "ana", NULL};
        struct terminal *terminal = terminal_start(24, 120, argv, (const char *const[]){kinds[i], NULL});
        assert_int_equal(terminal_wait_exit(terminal), 4);
        assert_true(terminal_wait(terminal, "cannot move the cursor; set TERM") || terminal_dump(terminal));
        assert_false(terminal_wrote(terminal, "\033"));
        terminal_stop(terminal);
    }
    scratch_remove(&scratch);
}

static void test_what_the_terminal_answers(void **state) {
    (void)state;
    struct scratch scratch;
    campaign_make(&scratch, 3, 0, 3, "");
    struct terminal *terminal = start(&scratch, NULL, "\033]11;rgb:fdfd/f6f6/e3e3\033\\");
    assert_int_equal(accent(terminal), accent_light);
    leave(terminal);
    terminal = start(&scratch, NULL, "\033]11;rgb:1e1e/1e1e/2e2e\007");
    assert_int_equal(accent(terminal), accent_dark);
    leave(terminal);
    terminal = start(&scratch, NULL, NULL); /* silence */
    assert_int_equal(accent(terminal), accent_dark);
    leave(terminal);
    terminal = start(&scratch, (const char *const[]){"COLORFGBG=0;15", NULL}, NULL);
    assert_int_equal(accent(terminal), accent_light);
    leave(terminal);
    terminal = start(&scratch, (const char *const[]){"COLORFGBG=0;15", NULL}, "\033]11;rgb:0000/0000/0000\033\\");
    assert_int_equal(accent(terminal), accent_dark); /* who answers knows better than who says so beforehand */
    leave(terminal);
    scratch_remove(&scratch);
}

/* Over a slow line the answer comes after the first frame, in pieces, between keys: it changes the colours and types nothing. */
static void test_a_late_answer(void **state) {
    (void)state;
    struct scratch scratch;
    campaign_make(&scratch, 3, 0, 3, "");
    struct terminal *terminal = start(&scratch, NULL, NULL);
    assert_int_equal(accent(terminal), accent_dark);
    terminal_send(terminal, "\033]11;rgb:ff");
    terminal_settle(terminal, 400); /* longer than any other sequence is waited for */
    terminal_send(terminal, "ff/ffff/ffff\033\\");
    for (int tries = 0; tries < 500 && accent(terminal) != accent_light; tries++)
        terminal_settle(terminal, 5);
    assert_int_equal(accent(terminal), accent_light);
    assert_true(terminal_wait(terminal, "▸ Take a batch") || terminal_dump(terminal));
    leave(terminal);
    scratch_remove(&scratch);
}

static void test_a_person_chooses(void **state) {
    (void)state;
    struct scratch scratch;
    char folder[160], environment[200];
    campaign_make(&scratch, 3, 0, 3, "");
    snprintf(folder, sizeof folder, "%s/assay", scratch.folder);
    assert_int_equal(mkdir(folder, 0700), 0);
    snprintf(environment, sizeof environment, "XDG_CONFIG_HOME=%s", scratch.folder);
    scratch_write(&scratch, "assay/config.yaml", "theme: light\nkeys:\n  list: {close: x}\n");
    struct terminal *terminal = start(&scratch, (const char *const[]){environment, NULL}, NULL);
    assert_int_equal(accent(terminal), accent_light);
    assert_false(terminal_wrote(terminal, "\033]11;?")); /* it need not be asked */
    assert_true(terminal_wait(terminal, "x back") || terminal_dump(terminal));
    terminal_send(terminal, "q"); /* no longer a key */
    terminal_settle(terminal, 20);
    terminal_send(terminal, "x");
    assert_int_equal(terminal_wait_exit(terminal), 0);
    terminal_stop(terminal);
    terminal =
        terminal_start(24, 80, (const char *const[]){assay_path(), "annotate", scratch.store, "--as", "ana", NULL},
                       (const char *const[]){environment, "NO_COLOR=1", NULL});
    assert_true(terminal_wait(terminal, "▸ Take a batch") || terminal_dump(terminal));
    assert_int_equal(accent(terminal), -1);
    assert_false(terminal_wrote(terminal, "\033[38;5"));
    terminal_stop(terminal);
    scratch_remove(&scratch);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_every_kind_works),          cmocka_unit_test(test_a_terminal_that_cannot),
        cmocka_unit_test(test_what_the_terminal_answers), cmocka_unit_test(test_a_late_answer),
        cmocka_unit_test(test_a_person_chooses),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
