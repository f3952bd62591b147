/* Ctrl-Z under a real shell: the terminal is the shell's meanwhile, and on return everything is drawn, at the size that it has by then. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "helper_campaign.h"

static const char *absolute_assay(void) {
    static char path[4096];
    char folder[2048];
    if (assay_path()[0] == '/')
        return assay_path();
    assert_non_null(getcwd(folder, sizeof folder));
    snprintf(path, sizeof path, "%s/%s", folder, assay_path());
    return path;
}

static void stop(struct terminal *terminal, const char *how) {
    terminal_send(terminal, how);
    assert_true(terminal_wait(terminal, "Stopped") || terminal_dump(terminal));
    terminal_settle(terminal, 30);
    struct terminal_modes modes = terminal_modes(terminal);
    assert_false(modes.alternate || modes.cursor_hidden || modes.paste_bracketed || modes.mouse);
    terminal_send(terminal, "echo se''en\r"); /* echoed by a terminal in its usual modes, then printed */
    assert_true(terminal_wait(terminal, "seen") || terminal_dump(terminal));
}

static void test_suspend_and_resume(void **state) {
    (void)state;
    struct scratch scratch;
    char command[8192];
    campaign_make(&scratch, 4, 0, 4, "rationale: {required: false, min_characters: 0}\n");
    snprintf(command, sizeof command, "%s annotate %s --as ana\r", absolute_assay(), scratch.store);
    struct terminal *terminal = terminal_start(24, 80, (const char *const[]){"/bin/sh", "-i", NULL},
                                               (const char *const[]){"PS1=prompt> ", NULL});
    assert_true(terminal_wait(terminal, "prompt>") || terminal_dump(terminal));
    terminal_send(terminal, command);
    assert_true(terminal_wait(terminal, "▸ Take a batch") || terminal_dump(terminal));
    terminal_settle(terminal, 60);
    terminal_send(terminal, "\r");
    assert_true(terminal_wait(terminal, "▸ overall") || terminal_dump(terminal));
    terminal_settle(terminal, 60);
    terminal_send(terminal, "6r");
    assert_true(terminal_wait(terminal, "▸ why") || terminal_dump(terminal));
    terminal_send(terminal, "half a reas");
    assert_true(terminal_wait(terminal, "half a reas") || terminal_dump(terminal));
    stop(terminal, "\x1a"); /* in the middle of a word */
    terminal_resize(terminal, 40, 120);
    terminal_send(terminal, "fg\r");
    assert_true(terminal_wait(terminal, "half a reas") || terminal_dump(terminal));
    terminal_settle(terminal, 30);
    assert_true(strstr(terminal_row(terminal, 39), "done") ||
                terminal_dump(terminal)); /* the hint is on the last row of the new size */
    terminal_send(terminal, "on");
    assert_true(terminal_wait(terminal, "half a reason") || terminal_dump(terminal));
    terminal_send(terminal, "\033");
    assert_true(terminal_wait(terminal, "▸ submit") || terminal_dump(terminal));
    terminal_send(terminal, "qy");
    assert_true(terminal_wait(terminal, "a draft is kept") || terminal_dump(terminal));
    terminal_send(terminal, "exit\r");
    assert_true(terminal_wait_exit(terminal) >= 0);
    terminal_stop(terminal);
    scratch_remove(&scratch);
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_suspend_and_resume)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
