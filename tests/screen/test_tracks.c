/* Several tracks: the screen that asks which, what it knows of each, and leaving it. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "helper_campaign.h"

/* Tracks helpfulness and safety, with three pairs each, for ana. */
static void make(struct scratch *scratch) {
    static const char *const tracks[] = {"helpfulness", "safety"};
    char path[160];
    scratch_make(scratch);
    scratch_write(scratch, "t.yaml", "rubric: t\n");
    snprintf(path, sizeof path, "%s",
             scratch_write(scratch, "campaign.yaml",
                           "campaign: harbor\ntracks:\n  helpfulness: {rubric: t.yaml, batch: 3, gold: {rate: 0}}\n"
                           "  safety: {rubric: t.yaml, batch: 3, gold: {rate: 0}}\n"));
    free(ASSAY_OK("init", scratch->store, "--campaign", path));
    snprintf(path, sizeof path, "%s",
             scratch_write(scratch, "items.jsonl",
                           "{\"prompt\": \"One?\", \"responses\": [\"a\", \"b\"]}\n"
                           "{\"prompt\": \"Two?\", \"responses\": [\"a\", \"b\"]}\n"
                           "{\"prompt\": \"Three?\", \"responses\": [\"a\", \"b\"]}\n"));
    for (int i = 0; i < 2; i++)
        free(ASSAY_OK("import", scratch->store, path, "--track", tracks[i]));
    free(ASSAY_OK("people", scratch->store, "add", "lena", "--role", "lead"));
    free(ASSAY_OK("people", scratch->store, "add", "ana", "--role", "annotator", "--as", "lena"));
}

static void press(struct terminal *terminal, const char *keys, const char *seen) {
    terminal_settle(terminal, 60);
    terminal_send(terminal, keys);
    assert_true(terminal_wait(terminal, seen) || terminal_dump(terminal));
}

static void choose_at(int rows, int columns) {
    struct scratch scratch;
    make(&scratch);
    struct terminal *terminal = annotate_start(&scratch, rows, columns);
    press(terminal, "", "Which track?");
    assert_true(terminal_wait(terminal, "▸ helpfulness    no batch open") || terminal_dump(terminal));
    press(terminal, "j", "▸ safety         no batch open");
    press(terminal, "\r", "harbor › safety");
    press(terminal, "\r", "1 of 3");
    press(terminal, "6\r", "2 of 3");
    press(terminal, "q", "Leave?");
    terminal_send(terminal, "y");
    assert_int_equal(terminal_wait_exit(terminal), 0);
    assert_true(terminal_wait(terminal, "next: assay annotate"));
    terminal_stop(terminal);

    terminal = annotate_start(&scratch, rows, columns);
    press(terminal, "", "▸ safety         batch 1, 1 of 3 done"); /* where there is something to go on with */
    terminal_send(terminal, "\033[F");
    press(terminal, "", "▸ Leave");
    terminal_send(terminal, "\r");
    assert_int_equal(terminal_wait_exit(terminal), 0);
    assert_false(terminal_modes(terminal).alternate);
    terminal_stop(terminal);
    scratch_remove(&scratch);
}

static void test_narrow(void **state) {
    (void)state;
    choose_at(24, 80);
}

static void test_wide(void **state) {
    (void)state;
    choose_at(40, 120);
}

/* Where it is named nobody is asked. */
static void test_named(void **state) {
    (void)state;
    struct scratch scratch;
    make(&scratch);
    const char *argv[] = {assay_path(), "annotate", scratch.store, "--as", "ana", "--track", "safety", NULL};
    struct terminal *terminal = terminal_start(24, 80, argv, NULL);
    press(terminal, "", "harbor › safety");
    terminal_stop(terminal);
    scratch_remove(&scratch);
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_narrow), cmocka_unit_test(test_wide),
                                       cmocka_unit_test(test_named)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
