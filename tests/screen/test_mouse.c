/* The mouse: asked for only by a person's own file; then the wheel scrolls what is under it, a click marks or answers it, and it is given back. */
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

/* One item whose responses have 80 numbered lines each: L… and R… */
static void make(struct scratch *scratch, char environment[200], const char *configuration) {
    char path[160];
    scratch_make(scratch);
    free(ASSAY_OK("init", scratch->store));
    snprintf(path, sizeof path, "%s", scratch_write(scratch, "items.jsonl", ""));
    FILE *out = fopen(path, "w");
    assert_non_null(out);
    fputs("{\"prompt\": \"Question?\", \"responses\": [", out);
    for (int side = 0; side < 2; side++) {
        fprintf(out, "%s\"", side ? ", " : "");
        for (int i = 0; i < 80; i++)
            fprintf(out, "line%d\\n", i);
        fprintf(out, "%s\"", side ? "two" : "one"); /* two texts, not the same */
    }
    fputs("]}\n", out);
    assert_int_equal(fclose(out), 0);
    free(ASSAY_OK("import", scratch->store, path));
    snprintf(path, sizeof path, "%s/assay", scratch->folder);
    assert_int_equal(mkdir(path, 0700), 0);
    scratch_write(scratch, "assay/config.yaml", configuration);
    snprintf(environment, 200, "XDG_CONFIG_HOME=%s", scratch->folder);
}

static struct terminal *open_item(const struct scratch *scratch, const char *environment) {
    const char *argv[] = {assay_path(), "annotate", scratch->store, "--as", "me", NULL};
    struct terminal *terminal = terminal_start(40, 100, argv, (const char *const[]){environment, NULL});
    assert_true(terminal_wait(terminal, "▸ Take a batch") || terminal_dump(terminal));
    terminal_settle(terminal, 30);
    terminal_send(terminal, "\r");
    assert_true(terminal_wait(terminal, "▸ correctness") || terminal_dump(terminal));
    terminal_settle(terminal, 60);
    return terminal;
}

static void leave(struct terminal *terminal) {
    terminal_send(terminal, "qy");
    assert_int_equal(terminal_wait_exit(terminal), 0);
    assert_false(terminal_modes(terminal).mouse);
    terminal_stop(terminal);
}

/* The number of the first line that stands right of a column, of the row. */
static int line_at(struct terminal *terminal, int row, bool right) {
    const char *text = terminal_row(terminal, row), *border = strstr(text, "│");
    const char *found = strstr(right && border ? border : text, "line");
    return found ? atoi(found + 4) : -1;
}

static void test_off(void **state) {
    (void)state;
    struct scratch scratch;
    char environment[200];
    make(&scratch, environment, "theme: dark\n");
    struct terminal *terminal = open_item(&scratch, environment);
    assert_false(terminal_wrote(terminal, "\033[?1000h") || terminal_wrote(terminal, "\033[?1006h"));
    int row = terminal_find(terminal, "line5");
    terminal_send(terminal, "\033[<65;80;10M"); /* from a terminal that reports it all the same */
    terminal_settle(terminal, 50);
    assert_int_equal(terminal_find(terminal, "line5"), row);
    leave(terminal);
    scratch_remove(&scratch);
}

static void test_wheel_and_click(void **state) {
    (void)state;
    struct scratch scratch;
    char environment[200];
    make(&scratch, environment, "mouse: true\n");
    struct terminal *terminal = open_item(&scratch, environment);
    assert_true(terminal_modes(terminal).mouse);
    int row = terminal_find(terminal, "line5");
    assert_true(row > 0);
    terminal_send(terminal, "\033[<65;80;12M"); /* over B: it scrolls, A and its mark stay */
    for (int tries = 0; tries < 400 && line_at(terminal, row, true) != 8; tries++)
        terminal_settle(terminal, 5);
    assert_int_equal(line_at(terminal, row, true), 8);
    assert_int_equal(line_at(terminal, row, false), 5);
    assert_true(strncmp(terminal_row(terminal, row), "▌", strlen("▌")) == 0 || terminal_dump(terminal));
    terminal_send(terminal, "\033[<64;80;12M");
    for (int tries = 0; tries < 400 && line_at(terminal, row, true) != 5; tries++)
        terminal_settle(terminal, 5);
    assert_int_equal(line_at(terminal, row, true), 5);
    terminal_send(terminal, "\033[<0;80;12M\033[<0;80;12m"); /* a click marks B */
    for (int tries = 0; tries < 400 && strncmp(terminal_row(terminal, row), "▌", strlen("▌")) == 0; tries++)
        terminal_settle(terminal, 5);
    assert_true(strstr(terminal_row(terminal, row), "│▌") || strstr(terminal_row(terminal, row), "▌") ||
                terminal_dump(terminal));
    assert_true(strncmp(terminal_row(terminal, row), "▌", strlen("▌")) != 0 || terminal_dump(terminal));
    leave(terminal);
    scratch_remove(&scratch);
}

/* Presses the left button on the first place of the screen where the words stand. */
static void click_on(struct terminal *terminal, const char *words) {
    char report[64];
    assert_true(terminal_wait(terminal, words) || terminal_dump(terminal));
    int row = terminal_find(terminal, words), column = 1;
    const char *text = terminal_row(terminal, row), *there = strstr(text, words);
    for (const char *c = text; c < there; c++)
        column += ((unsigned char)*c & 0xc0) != 0x80;
    snprintf(report, sizeof report, "\033[<0;%d;%dM\033[<0;%d;%dm", column, row + 1, column, row + 1);
    terminal_send(terminal, report);
}

static void click_for(struct terminal *terminal, const char *words, const char *seen) {
    click_on(terminal, words);
    assert_true(terminal_wait(terminal, seen) || terminal_dump(terminal));
    terminal_settle(terminal, 30);
}

/* A whole judgment by the mouse: choices in any order, a row to be gone to, the reason, the menu of reasons to set aside. */
static void test_answers(void **state) {
    (void)state;
    struct scratch scratch;
    char environment[200];
    make(&scratch, environment, "mouse: true\n");
    struct terminal *terminal = open_item(&scratch, environment);
    click_for(terminal, "2 A better", "[2 A better]");
    click_for(terminal, "3 B better", "[3 B better]"); /* of the first criterion, which was passed over */
    click_for(terminal, "1 guess", "[1 guess]");
    click_for(terminal, "why", "▸ why");
    terminal_send(terminal, "2 of them");
    assert_true(terminal_wait(terminal, "2 of them") || terminal_dump(terminal));
    click_for(terminal, "2 of them", "2 of them"); /* in the field it ends nothing */
    terminal_send(terminal, "!");
    assert_true(terminal_wait(terminal, "2 of them!") || terminal_dump(terminal));
    click_for(terminal, "confidence", "▸ confidence");
    click_for(terminal, "5 too-long", "[5 too-long]"); /* and ▸ stays with the tags */
    click_for(terminal, "▸ tags", "▸ tags");
    terminal_send(terminal, "s");
    assert_true(terminal_wait(terminal, "Set this item aside: why?") || terminal_dump(terminal));
    click_for(terminal, "not my field", "1 set aside");
    terminal_stop(terminal);
    scratch_remove(&scratch);
}

/* A click on a line brings it into hand, another one takes it. */
static void test_lists(void **state) {
    (void)state;
    struct scratch scratch;
    char environment[200];
    make(&scratch, environment, "mouse: true\n");
    const char *argv[] = {assay_path(), "annotate", scratch.store, "--as", "me", NULL};
    struct terminal *terminal = terminal_start(24, 80, argv, (const char *const[]){environment, NULL});
    click_for(terminal, "Guideline and rulings", "▸ Guideline and rulings");
    click_for(terminal, "Guideline and rulings", "assay  guideline and rulings");
    terminal_send(terminal, "q");
    assert_true(terminal_wait(terminal, "Take a batch") || terminal_dump(terminal));
    click_for(terminal, "Leave", "▸ Leave");
    click_on(terminal, "Leave");
    assert_int_equal(terminal_wait_exit(terminal), 0);
    terminal_stop(terminal);
    scratch_remove(&scratch);
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_off), cmocka_unit_test(test_wheel_and_click),
                                       cmocka_unit_test(test_answers), cmocka_unit_test(test_lists)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
