/*
 * A line of 300 ms from key to screen: what is typed ahead into a text arrives whole, and what is typed ahead at an item that is not on the
 * screen yet never answers it.
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

enum { ONE_WAY_MS = 150 };

static const char rubric[] = "rationale: {required: false, min_characters: 0}\n";

static struct terminal *first_item(const struct scratch *scratch) {
    struct terminal *terminal = annotate_start(scratch, 40, 120);
    terminal_delay(terminal, ONE_WAY_MS);
    assert_true(terminal_wait(terminal, "▸ Take a batch") || terminal_dump(terminal));
    terminal_settle(terminal, 3 * ONE_WAY_MS);
    terminal_send(terminal, "\r");
    assert_true(terminal_wait(terminal, "▸ overall") || terminal_dump(terminal));
    terminal_settle(terminal, 3 * ONE_WAY_MS);
    return terminal;
}

static void test_typed_ahead_never_answers_the_next_item(void **state) {
    (void)state;
    struct scratch scratch;
    campaign_make(&scratch, 6, 0, 6, rubric);
    struct terminal *terminal = first_item(&scratch);
    terminal_send(terminal, "2");
    terminal_send(terminal, "\t\t\r"); /* the row why may stand between */
    for (int i = 0; i < 8; i++) {      /* still looking at the first item: each reaches the program at another moment */
        terminal_settle(terminal, 25);
        terminal_send(terminal, i % 2 ? "\r" : "6");
    }
    assert_true(terminal_wait(terminal, "2 of 6") || terminal_dump(terminal));
    terminal_settle(terminal, 4 * ONE_WAY_MS);
    assert_true(terminal_wait(terminal, "2 of 6") || terminal_dump(terminal));
    assert_true(terminal_find(terminal, "[6 ") < 0 || terminal_dump(terminal));
    terminal_send(terminal, "6"); /* now it is seen, and answered */
    assert_true(terminal_wait(terminal, "[6 ") || terminal_dump(terminal));
    cJSON *lines;
    char *text = ASSAY_OK("judgments", scratch.store, "--as", "lena");
    lines = json_lines(text);
    assert_int_equal(cJSON_GetArraySize(lines), 1);
    cJSON_Delete(lines);
    free(text);
    terminal_stop(terminal);
    scratch_remove(&scratch);
}

static void test_nothing_typed_is_lost(void **state) {
    (void)state;
    struct scratch scratch;
    char reason[200] = "";
    campaign_make(&scratch, 3, 0, 3, rubric);
    struct terminal *terminal = first_item(&scratch);
    terminal_send(terminal, "2r");
    for (int i = 0; i < 20; i++) { /* faster than the line answers */
        char word[16];
        snprintf(word, sizeof word, "w%dж ", i);
        snprintf(reason + strlen(reason), sizeof reason - strlen(reason), "%s", word);
        terminal_send(terminal, word);
        terminal_settle(terminal, 3);
    }
    terminal_send(terminal, "end\033"); /* an Escape does not eat the key that comes with it */
    terminal_send(terminal, "\r");
    assert_true(terminal_wait(terminal, "2 of 3") || terminal_dump(terminal));
    snprintf(reason + strlen(reason), sizeof reason - strlen(reason), "end");
    char *text = ASSAY_OK("judgments", scratch.store, "--as", "lena");
    assert_non_null(strstr(text, reason));
    free(text);
    terminal_stop(terminal);
    scratch_remove(&scratch);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_typed_ahead_never_answers_the_next_item),
        cmocka_unit_test(test_nothing_typed_is_lost),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
