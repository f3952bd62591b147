/*
 * The demo's three decisions, taken by keys at the lead's desk through a terminal: a fall to look at, a wrong
 * gold key, a question that becomes a ruling. And nobody but a lead gets there.
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

#define RULING "The reason counts when it helps to check the answer."

static void wait_for(struct terminal *terminal, const char *text) {
    assert_true(terminal_wait(terminal, text) || terminal_dump(terminal));
}

/* Goes down the decisions until ▸ stands in a row that holds the text. */
static void go_to(struct terminal *terminal, const char *text) {
    terminal_send(terminal, "\x1b[H");
    for (int i = 0; i < 40; i++) {
        terminal_settle(terminal, 30);
        int row = terminal_find(terminal, "▸");
        if (row >= 0 && strstr(terminal_row(terminal, row), text))
            return;
        terminal_send(terminal, "j");
    }
    terminal_dump(terminal);
    fail_msg("no decision says \"%s\"", text);
}

static void fall(struct terminal *terminal) {
    go_to(terminal, "▸ dov ");
    terminal_send(terminal, "\r");
    wait_for(terminal, "Sample of what is held");
    terminal_send(terminal, "\r"); /* a look at one of the sample */
    wait_for(terminal, "› item ");
    terminal_send(terminal, "q");
    wait_for(terminal, "Sample of what is held");
    terminal_send(terminal, "D");
    wait_for(terminal, "why");
    terminal_send(terminal, "rushed since the ninth\r");
    wait_for(terminal, "done again by others?");
    terminal_send(terminal, "y");
    wait_for(terminal, "the items go back to the queue");
}

static void wrong_key(struct terminal *terminal) {
    go_to(terminal, "gold, missed by");
    terminal_send(terminal, "\r");
    wait_for(terminal, "Key: ");
    wait_for(terminal, "best");
    bool says_a = terminal_find(terminal, "Key: A") >= 0;
    terminal_send(terminal, "M");
    wait_for(terminal, "The right answer");
    terminal_send(terminal, says_a ? "2" : "1");
    wait_for(terminal, "How clear is it?");
    terminal_send(terminal, "1");
    wait_for(terminal, "why is this the right answer");
    terminal_send(terminal, "counted again by hand\r");
    wait_for(terminal, says_a ? "Amend the key to B?" : "Amend the key to A?");
    terminal_send(terminal, "y");
    wait_for(terminal, "amended; every figure follows");
    terminal_settle(terminal, 30);
    assert_int_equal(terminal_find(terminal, "gold, missed by"), -1);
}

static void question(struct terminal *terminal) {
    go_to(terminal, "asks: ");
    terminal_send(terminal, "\r");
    wait_for(terminal, "their answer");
    terminal_send(terminal, "r");
    wait_for(terminal, "a ruling, acknowledged once");
    terminal_send(terminal, "A");
    wait_for(terminal, "▸ answer");
    terminal_send(terminal, RULING "\r");
    wait_for(terminal, "as a ruling for everybody");
    terminal_send(terminal, "y");
    wait_for(terminal, "everybody on the track is shown the ruling once");
}

static void assert_decided(const char *store) {
    char *holds = ASSAY_OK("hold", store, "--as", "lead", "--json"),
         *rulings = ASSAY_OK("rulings", store, "--as", "lead");
    cJSON *list = cJSON_Parse(holds), *hold;
    int redone = 0;
    cJSON_ArrayForEach(hold, list) {
        const cJSON *decision = cJSON_GetObjectItemCaseSensitive(hold, "decision");
        if (cJSON_IsString(decision) && strcmp(decision->valuestring, "redone") == 0) {
            assert_string_equal(cJSON_GetObjectItemCaseSensitive(hold, "annotator")->valuestring, "dov");
            assert_string_equal(cJSON_GetObjectItemCaseSensitive(hold, "decision_why")->valuestring,
                                "rushed since the ninth");
            redone++;
        }
    }
    assert_int_equal(redone, 1);
    assert_non_null(strstr(rulings, RULING));
    cJSON_Delete(list);
    free(holds);
    free(rulings);
    free(ASSAY_OK("check", store, "--as", "lead"));
}

/* Its second prompt, under the one that was answered: before it, the terminal is not yet back to whole lines. */
static void wait_for_menu_again(struct terminal *terminal) {
    for (int i = 0; i < 500; i++) {
        char *screen = terminal_screen(terminal);
        const char *answered = strstr(screen, "then Enter: 2");
        bool again = answered && strstr(answered + 1, "then Enter:");
        free(screen);
        if (again)
            return;
        terminal_settle(terminal, 20);
    }
    terminal_dump(terminal);
    fail_msg("the menu does not come again");
}

/* The demo's own menu leads to the desk, and back. */
static void from_the_menu(const char *folder, int rows, int columns) {
    const char *const argv[] = {assay_path(), "demo", folder, NULL};
    struct terminal *terminal = terminal_start(rows, columns, argv, NULL);
    wait_for(terminal, "A digit or q, then Enter:");
    terminal_send(terminal, "2\r");
    wait_for(terminal, "decisions · ");
    terminal_send(terminal, "q");
    wait_for_menu_again(terminal);
    terminal_send(terminal, "q\r");
    assert_int_equal(terminal_wait_exit(terminal), 0);
    terminal_stop(terminal);
}

static void three_decisions(int rows, int columns) {
    struct scratch scratch;
    char folder[96], store[128];
    scratch_make(&scratch);
    snprintf(folder, sizeof folder, "%s/demo", scratch.folder);
    snprintf(store, sizeof store, "%s/demo.assay", folder);
    free(ASSAY_OK("demo", folder));
    const char *const argv[] = {assay_path(), "lead", store, "--as", "lead", NULL};
    struct terminal *terminal = terminal_start(rows, columns, argv, NULL);
    wait_for(terminal, "decisions · ");
    fall(terminal);
    wrong_key(terminal);
    question(terminal);
    terminal_send(terminal, "q");
    assert_int_equal(terminal_wait_exit(terminal), 0);
    wait_for(terminal, "1 hold redone, 1 key amended, 1 question answered, 1 of them a ruling");
    terminal_stop(terminal);
    assert_decided(store);
    from_the_menu(folder, rows, columns);
    free(assay_run(2, (const char *const[]){"lead", store, "--as", "dov", NULL}));
    remove(store);
    scratch_remove(&scratch);
}

static void test_wide(void **state) {
    (void)state;
    three_decisions(40, 120);
}

static void test_small(void **state) {
    (void)state;
    three_decisions(24, 80);
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_wide), cmocka_unit_test(test_small)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
