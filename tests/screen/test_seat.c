/*
 * One person in two terminals: the second is asked, the first learns of it at its next key or by itself and stops writing;
 * nothing typed is lost, and who is dead holds nothing.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <signal.h>
#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "helper_campaign.h"

static void begin(struct terminal *terminal, const char *line) {
    assert_true(terminal_wait(terminal, line) || terminal_dump(terminal));
    terminal_settle(terminal, 20);
    terminal_send(terminal, "\r");
    assert_true(terminal_wait(terminal, "▌ A ") || terminal_dump(terminal));
    terminal_settle(terminal, 30);
}

static void execute(const struct scratch *scratch, const char *sql) {
    sqlite3 *db;
    char *message = NULL;
    assert_int_equal(sqlite3_open(scratch->store, &db), SQLITE_OK);
    sqlite3_busy_timeout(db, 5000);
    if (sqlite3_exec(db, sql, NULL, NULL, &message) != SQLITE_OK)
        fail_msg("%s", message);
    sqlite3_close(db);
}

static void type_why(struct terminal *terminal, const char *words) {
    terminal_send(terminal, "r");
    terminal_send(terminal, words);
    assert_true(terminal_wait(terminal, words) || terminal_dump(terminal));
}

static void test_taken_over(void **state) {
    struct scratch scratch;
    (void)state;
    campaign_make(&scratch, 20, 0, 10, "rationale: {required: false, min_characters: 0}\n");
    struct terminal *first = annotate_start(&scratch, 40, 120);
    begin(first, "▸ Take a batch");
    type_why(first, "alpha");

    struct terminal *second = annotate_start(&scratch, 24, 80);
    assert_true(terminal_wait(second, "; take it over?") || terminal_dump(second));
    assert_true(terminal_wait(second, "Open since today ") || terminal_dump(second));
    terminal_send(second, "n"); /* no: nothing changes anywhere */
    assert_int_equal(terminal_wait_exit(second), 0);
    assert_true(terminal_wrote(second, "nothing was done here: open since "));
    terminal_stop(second);
    terminal_send(first, "beta");
    assert_true(terminal_wait(first, "alphabeta") || terminal_dump(first));

    second = annotate_start(&scratch, 24, 80);
    assert_true(terminal_wait(second, "; take it over?"));
    terminal_send(second, "y");
    begin(second, "▸ Go on with item 1");
    assert_true(terminal_wait(second, "alphabeta") || terminal_dump(second));
    terminal_send(first, "X"); /* the next key of the first writes nothing more */
    assert_int_equal(terminal_wait_exit(first), 0);
    assert_true(terminal_wrote(first, "taken over in another terminal at "));
    assert_true(terminal_wrote(first, "nothing is lost"));
    terminal_stop(first);
    type_why(second, "gamma");
    assert_true(terminal_wait(second, "alphabetagamma") || terminal_dump(second));

    first = annotate_start(&scratch, 40, 120); /* and back: the other, idle, notices by itself */
    assert_true(terminal_wait(first, "; take it over?"));
    terminal_send(first, "y");
    begin(first, "▸ Go on with item 1");
    assert_true(terminal_wait(first, "alphabetagamma") || terminal_dump(first));
    assert_int_equal(terminal_wait_exit(second), 0);
    assert_true(terminal_wrote(second, "nothing is lost"));
    terminal_stop(second);
    terminal_send(first, "q");
    assert_true(terminal_wait(first, "Leave?"));
    terminal_send(first, "y");
    assert_int_equal(terminal_wait_exit(first), 0);
    terminal_stop(first);

    first = annotate_start(&scratch, 40, 120); /* who left holds nothing */
    assert_true(terminal_wait(first, "▸ Go on with item 1") || terminal_dump(first));
    terminal_stop(first);
    free(ASSAY_OK("check", scratch.store, "--as", "lena"));
    scratch_remove(&scratch);
}

static void kill_annotator(struct terminal *terminal) {
    terminal_signal(terminal, SIGKILL);
    assert_int_equal(terminal_wait_exit(terminal), 128 + SIGKILL);
    terminal_stop(terminal);
}

static void test_the_dead_hold_nothing(void **state) {
    struct scratch scratch;
    char sql[200];
    (void)state;
    campaign_make(&scratch, 20, 0, 10, "");
    struct terminal *terminal = annotate_start(&scratch, 24, 80);
    begin(terminal, "▸ Take a batch");
    kill_annotator(terminal);
    terminal = annotate_start(&scratch, 24, 80);
    assert_true(terminal_wait(terminal, "▸ Begin batch 1") || terminal_dump(terminal));
    kill_annotator(terminal);

    /* on another machine only the beat tells: silent for long, or just now */
    execute(&scratch, "update seat set host = 'build3'");
    snprintf(sql, sizeof sql, "update seat set beat = %lld", ((long long)time(NULL) - 110) * 1000);
    execute(&scratch, sql);
    terminal = annotate_start(&scratch, 24, 80);
    assert_true(terminal_wait(terminal, "▸ Begin batch 1") || terminal_dump(terminal));
    kill_annotator(terminal);
    execute(&scratch, "update seat set host = 'build3'");
    terminal = annotate_start(&scratch, 24, 80);
    assert_true(terminal_wait(terminal, " on build3; take it over?") || terminal_dump(terminal));
    terminal_stop(terminal);
    scratch_remove(&scratch);
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_taken_over), cmocka_unit_test(test_the_dead_hold_nothing)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
