/*
 * Keys as people really send them: other keyboard layouts, keys that come too early, pastes, a terminal that changes size or goes away. And text
 * that tries to drive the terminal.
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
#include <sys/stat.h>

#include "helper_campaign.h"

static const char with_why[] = "rationale: {required: false, min_characters: 0, tags: [factual, style]}\n";

static void open_first_item(struct terminal *terminal) {
    assert_true(terminal_wait(terminal, "▸ Take a batch") || terminal_dump(terminal));
    terminal_settle(terminal, 5);
    terminal_send(terminal, "\r");
    assert_true(terminal_wait(terminal, "1 of ") || terminal_dump(terminal));
    assert_true(terminal_wait(terminal, "▸ overall") || terminal_dump(terminal));
    terminal_settle(terminal, 5);
}

static cJSON *judgments(const struct scratch *scratch) {
    char *text = ASSAY_OK("judgments", scratch->store, "--as", "lena");
    cJSON *lines = json_lines(text);
    free(text);
    return lines;
}

static const char *rationale_of(const cJSON *lines, int i) {
    return cJSON_GetObjectItemCaseSensitive(cJSON_GetArrayItem(lines, i), "rationale")->valuestring;
}

/* Digits of another script, letters of another layout: a judgment is given with a reason and submitted. */
static void judge_in_layout(const char *digit, const char *stray_letters, const char *reason, int strength) {
    struct scratch scratch;
    campaign_make(&scratch, 10, 0, 10, with_why);
    struct terminal *terminal = annotate_start(&scratch, 40, 120);
    open_first_item(terminal);
    terminal_send(terminal, stray_letters); /* what q, r or s would be on this keyboard: nothing happens */
    terminal_settle(terminal, 20);
    assert_true(terminal_wait(terminal, "▸ overall") || terminal_dump(terminal));
    terminal_send(terminal, digit);
    assert_true(terminal_wait(terminal, "[") || terminal_dump(terminal));
    terminal_send(terminal, "\033OS"); /* F4: why */
    assert_true(terminal_wait(terminal, "▸ why") || terminal_dump(terminal));
    terminal_send(terminal, reason);
    assert_true(terminal_wait(terminal, reason) || terminal_dump(terminal));
    terminal_send(terminal, "\r");
    assert_true(terminal_wait(terminal, "▸ submit") || terminal_dump(terminal));
    terminal_send(terminal, "\r");
    assert_true(terminal_wait(terminal, "2 of 10") || terminal_dump(terminal));
    cJSON *lines = judgments(&scratch);
    assert_int_equal(cJSON_GetArraySize(lines), 1);
    assert_string_equal(rationale_of(lines, 0), reason);
    assert_int_equal(cJSON_GetObjectItemCaseSensitive(cJSON_GetArrayItem(lines, 0), "strength")->valueint, strength);
    cJSON_Delete(lines);
    terminal_stop(terminal);
    scratch_remove(&scratch);
}

static void test_russian(void **state) {
    (void)state;
    judge_in_layout("2", "йкыфв", "первый ответ точнее", 2);
}

static void test_arabic(void **state) {
    (void)state;
    judge_in_layout("\u0667", "ضقسش", "الثاني أدق", 3); /* ٧ */
}

static void test_keys_that_came_too_early(void **state) {
    (void)state;
    struct scratch scratch;
    campaign_make(&scratch, 10, 0, 10, "");
    struct terminal *terminal = annotate_start(&scratch, 24, 80);
    assert_true(terminal_wait(terminal, "▸ Take a batch") || terminal_dump(terminal));
    terminal_settle(terminal, 5);
    terminal_send(terminal, "\r2\r2\r2\r"); /* one write: the item is not drawn when its answers come */
    assert_true(terminal_wait(terminal, "1 of 10") || terminal_dump(terminal));
    terminal_settle(terminal, 200);
    assert_true(terminal_wait(terminal, "1 of 10") || terminal_dump(terminal));
    assert_true(terminal_find(terminal, "[2") < 0 || terminal_dump(terminal));
    terminal_send(terminal, "2\r6\r6\r"); /* submits this one; what follows was not meant for the next */
    assert_true(terminal_wait(terminal, "2 of 10") || terminal_dump(terminal));
    terminal_settle(terminal, 200);
    assert_true(terminal_wait(terminal, "2 of 10") || terminal_dump(terminal));
    assert_true(terminal_find(terminal, "6 better]") < 0 || terminal_dump(terminal));
    cJSON *lines = judgments(&scratch);
    assert_int_equal(cJSON_GetArraySize(lines), 1);
    cJSON_Delete(lines);
    terminal_stop(terminal);
    scratch_remove(&scratch);
}

static void test_paste(void **state) {
    (void)state;
    struct scratch scratch;
    campaign_make(&scratch, 10, 0, 10, with_why);
    struct terminal *terminal = annotate_start(&scratch, 40, 120);
    open_first_item(terminal);
    terminal_send(terminal, "\033[200~2\r2\r\033[201~");
    assert_true(terminal_wait(terminal, "paste") || terminal_dump(terminal)); /* refused, with a word */
    assert_true(terminal_wait(terminal, "1 of 10") || terminal_dump(terminal));
    terminal_send(terminal, "2r\033[200~copied \x07text\033[201~");
    assert_true(terminal_wait(terminal, "copied text") || terminal_dump(terminal));
    terminal_send(terminal, "\r");
    assert_true(terminal_wait(terminal, "▸ submit") || terminal_dump(terminal));
    terminal_send(terminal, "\r");
    assert_true(terminal_wait(terminal, "2 of 10") || terminal_dump(terminal));
    cJSON *lines = judgments(&scratch);
    assert_string_equal(rationale_of(lines, 0), "copied text");
    cJSON_Delete(lines);
    terminal_stop(terminal);
    scratch_remove(&scratch);
}

/* Writes an executable editor; returns EDITOR=… for the environment. */
static const char *editor(struct scratch *scratch, const char *script) {
    static char environment[200];
    const char *path = scratch_write(scratch, "editor", script);
    assert_int_equal(chmod(path, 0700), 0);
    snprintf(environment, sizeof environment, "EDITOR=%s", path);
    return environment;
}

/* On its first item, which `work` of the start screen leads to, with ▸ at `row`. */
static struct terminal *start_with(const struct scratch *scratch, const char *environment, const char *work,
                                   const char *row) {
    const char *argv[] = {assay_path(), "annotate", scratch->store, "--as", "ana", NULL};
    struct terminal *terminal = terminal_start(24, 80, argv, (const char *const[]){environment, NULL});
    assert_true(terminal_wait(terminal, work) || terminal_dump(terminal));
    terminal_settle(terminal, 5);
    terminal_send(terminal, "\r");
    assert_true(terminal_wait(terminal, row) || terminal_dump(terminal));
    terminal_settle(terminal, 30);
    return terminal;
}

/* The reason over several lines, moved through by words, and finished in an editor; one that fails changes nothing. */
static void test_editor(void **state) {
    (void)state;
    struct scratch scratch;
    campaign_make(&scratch, 10, 0, 10, with_why);
    struct terminal *terminal =
        start_with(&scratch, editor(&scratch, "#!/bin/sh\nexit 3\n"), "▸ Take a batch", "▸ overall");
    terminal_send(terminal, "2r");
    assert_true(terminal_wait(terminal, "▸ why") || terminal_dump(terminal));
    terminal_send(terminal, "one three\033[1;5Dtwo \033[F\nvier");
    assert_true(terminal_wait(terminal, "vier") || terminal_dump(terminal));
    terminal_send(terminal, "\x0f");
    assert_true(terminal_wait(terminal, "ended with status 3; nothing was changed") || terminal_dump(terminal));
    assert_true(terminal_wait(terminal, "vier") || terminal_dump(terminal));
    terminal_stop(terminal);
    terminal = start_with(&scratch, editor(&scratch, "#!/bin/sh\nprintf 'fünf\\n中文\\n' >>\"$1\"\n"),
                          "▸ Go on with item 1", "▸ why");
    terminal_send(terminal, "r\x0f");
    assert_true(terminal_wait(terminal, "中文") || terminal_dump(terminal));
    terminal_settle(terminal, 60);
    terminal_send(terminal, "!\r");
    assert_true(terminal_wait(terminal, "▸ submit") || terminal_dump(terminal));
    terminal_send(terminal, "\r");
    assert_true(terminal_wait(terminal, "2 of 10") || terminal_dump(terminal));
    cJSON *lines = judgments(&scratch);
    assert_string_equal(rationale_of(lines, 0), "one two three\nvier\nfünf\n中文!");
    cJSON_Delete(lines);
    terminal_stop(terminal);
    scratch_remove(&scratch);
}

static void test_resize_and_hang_up(void **state) {
    (void)state;
    static const int sizes[][2] = {{24, 80}, {60, 200}, {10, 30}, {1, 1}, {24, 80}};
    struct scratch scratch;
    campaign_make(&scratch, 10, 0, 10, with_why);
    struct terminal *terminal = annotate_start(&scratch, 40, 120);
    open_first_item(terminal);
    terminal_send(terminal, "6");
    assert_true(terminal_wait(terminal, "[6 ") || terminal_dump(terminal));
    for (size_t i = 0; i < sizeof sizes / sizeof *sizes; i++) {
        terminal_resize(terminal, sizes[i][0], sizes[i][1]);
        terminal_settle(terminal, 30);
    }
    assert_true(terminal_wait(terminal, "1 of 10") || terminal_dump(terminal));
    terminal_signal(terminal, SIGHUP);
    assert_true(terminal_wait_exit(terminal) >= 0);
    terminal_stop(terminal);
    terminal = annotate_start(&scratch, 40, 120);
    assert_true(terminal_wait(terminal, "raft") || terminal_dump(terminal)); /* "Draft from …" */
    terminal_settle(terminal, 5);
    terminal_send(terminal, "\r");
    assert_true(terminal_wait(terminal, "[6 ") || terminal_dump(terminal));
    terminal_stop(terminal);
    scratch_remove(&scratch);
}

static void test_hostile_text(void **state) {
    (void)state;
    struct scratch scratch;
    char path[160];
    campaign_make(&scratch, 1, 0, 10, "");
    snprintf(path, sizeof path, "%s",
             scratch_write(&scratch, "hostile.jsonl",
                           "{\"id\": \"h\", \"prompt\": \"P \\u001b]0;owned\\u0007 \\u009b31m\", \"responses\": [\"A "
                           "\\u001b[2J\\u202egnp.exe\", "
                           "\"B \\u0000? \\u0008\\u0008 \\u2066x\"]}\n"));
    free(assay_run(3,
                   (const char *const[]){"import", scratch.store, path, "--as", "lena", NULL})); /* U+0000 is refused */
    snprintf(path, sizeof path, "%s",
             scratch_write(&scratch, "hostile.jsonl",
                           "{\"id\": \"h\", \"prompt\": \"P \\u001b]0;owned\\u0007 \\u009b31m\", \"responses\": [\"A "
                           "\\u001b[2J\\u202egnp.exe\", "
                           "\"B \\u0008\\u0008 \\u2066x\"]}\n"));
    free(ASSAY_OK("import", scratch.store, path, "--as", "lena"));
    struct terminal *terminal = annotate_start(&scratch, 40, 120);
    open_first_item(terminal);
    if (terminal_find(terminal, "gnp.exe") < 0) { /* the harmless item came first */
        terminal_send(terminal, "4");
        assert_true(terminal_wait(terminal, "▸ submit") || terminal_dump(terminal));
        terminal_send(terminal, "\r");
    }
    assert_true(terminal_wait(terminal, "‹U+202E›gnp.exe") || terminal_dump(terminal));
    assert_true(terminal_wait(terminal, "␛]0;owned") || terminal_dump(terminal));
    assert_false(terminal_wrote(terminal, "]0;owned\x07"));
    assert_false(terminal_wrote(terminal, "\xc2\x9b"));
    assert_false(terminal_wrote(terminal, "\xe2\x80\xae"));
    assert_false(terminal_wrote(terminal, "\xe2\x81\xa6"));
    assert_false(terminal_wrote(terminal, "\x1b[2J\xe2"));
    terminal_stop(terminal);
    scratch_remove(&scratch);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_russian),
        cmocka_unit_test(test_arabic),
        cmocka_unit_test(test_keys_that_came_too_early),
        cmocka_unit_test(test_paste),
        cmocka_unit_test(test_editor),
        cmocka_unit_test(test_resize_and_hang_up),
        cmocka_unit_test(test_hostile_text),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
