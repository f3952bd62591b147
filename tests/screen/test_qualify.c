/* Trained, failed, trained again, passed; let in at the desk; paused below the bar and qualified again: by keys in a real terminal. */
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

static char last_item[32]; /* that was on the screen */

/* Pairs "<prefix><n>-first" and "<prefix><n>-second" with the first one right. */
static void add_items(FILE *out, const char *prefix, int count, const char *use) {
    for (int i = 1; i <= count; i++) {
        fprintf(out,
                "{\"id\": \"%s-%d\", \"prompt\": \"Question %s%d?\", \"responses\": [{\"id\": \"a\", \"content\": "
                "\"%s%d-first\"}, {\"id\": \"b\", \"content\": \"%s%d-second\"}]",
                prefix, i, prefix, i, prefix, i, prefix, i);
        if (use)
            fprintf(out, ", \"gold\": {\"prefer\": \"a\", \"use\": \"%s\", \"explanation\": \"Because of %s-words.\"}",
                    use, prefix);
        fprintf(out, "}\n");
    }
}

/* Attempts of 4 with 3 to pass, two of them; training of 2 before each. settings: more of the track. */
static void make(struct scratch *scratch, const char *settings) {
    char *text = NULL, path[160], yaml[400];
    size_t length;
    scratch_make(scratch);
    last_item[0] = '\0';
    snprintf(yaml, sizeof yaml,
             "campaign: screen test\ntracks:\n  t: {rubric: t.yaml, batch: 5, retest: {rate: 0}, "
             "qualification: {items: 4, pass: 3, attempts: 2, training: 2}, %s}\n",
             settings);
    scratch_write(scratch, "t.yaml",
                  "rubric: t\nscale: {strengths: [slightly better, better, much better], tie: true, none: true}\n");
    snprintf(path, sizeof path, "%s", scratch_write(scratch, "campaign.yaml", yaml));
    free(ASSAY_OK("init", scratch->store, "--campaign", path));
    FILE *out = open_memstream(&text, &length);
    add_items(out, "q", 20, NULL);
    add_items(out, "train", 4, "training");
    add_items(out, "exam", 8, "qualification");
    add_items(out, "g", 10, "hidden");
    fclose(out);
    snprintf(path, sizeof path, "%s", scratch_write(scratch, "items.jsonl", text));
    free(text);
    free(ASSAY_OK("import", scratch->store, path));
    free(ASSAY_OK("people", scratch->store, "add", "lena", "--role", "lead"));
    free(ASSAY_OK("people", scratch->store, "add", "ana", "--role", "annotator", "--as", "lena"));
}

/* The word that ends in `tail` on the row; "" if there is none. */
static void read_word(const char *row, const char *tail, char word[32]) {
    const char *end = strstr(row, tail), *start = end;
    while (start && start > row && start[-1] != ' ' && (unsigned char)start[-1] < 0x80)
        start--;
    snprintf(word, 32, "%.*s", end ? (int)(end - start) : 0, end ? start : "");
}

/* Waits for another item than the last one, whole on the screen; whether its right answer stands on the left. */
static bool next_item(struct terminal *terminal) {
    for (int tries = 0; tries < 1000; tries++, terminal_settle(terminal, 5)) {
        int row = terminal_find(terminal, "-first");
        char first[32], second[32];
        if (row < 0 || terminal_find(terminal, "▸ overall") < 0)
            continue;
        const char *text = terminal_row(terminal, row);
        read_word(text, "-first", first);
        read_word(text, "-second", second);
        if (first[0] && strcmp(first, second) == 0 && strcmp(first, last_item) != 0) {
            memcpy(last_item, first, sizeof first);
            return strstr(text, "-first") < strstr(text, "-second");
        }
    }
    terminal_dump(terminal);
    fail_msg("no other item came after '%s'", last_item);
    return false;
}

/* Waits for an item of the pool at this place, and takes the right side or the other one. */
static void answer(struct terminal *terminal, const char *place, const char *prefix, bool right) {
    assert_true(terminal_wait(terminal, place) || terminal_dump(terminal));
    bool left = next_item(terminal);
    assert_true(strncmp(last_item, prefix, strlen(prefix)) == 0 || terminal_dump(terminal));
    terminal_send(terminal, left == right ? "2" : "6");
    assert_true(terminal_wait(terminal, "▸ submit") || terminal_dump(terminal));
    terminal_send(terminal, "\r");
}

static void train(struct terminal *terminal, const char *place, bool right) {
    answer(terminal, place, "train", right);
    assert_true(terminal_wait(terminal, "Because of train-words.") || terminal_dump(terminal));
    assert_true(terminal_wait(terminal, right ? "as the reference" : "not the reference") || terminal_dump(terminal));
    assert_true(terminal_wait(terminal, "Reference: "));
}

static void take_exam(struct terminal *terminal, int right) {
    char place[40];
    assert_true(terminal_wait(terminal, "▸ Begin the qualification: 4 items") || terminal_dump(terminal));
    terminal_send(terminal, "\r");
    for (int i = 1; i <= 4; i++) {
        snprintf(place, sizeof place, "qualification · %d of 4", i);
        answer(terminal, place, "exam", i <= right);
    }
    assert_true(terminal_wait(terminal, "The qualification is done.") || terminal_dump(terminal));
    assert_true(terminal_find(terminal, "as the reference") < 0);
    terminal_send(terminal, "\r");
    assert_true(terminal_wait(terminal, "Hand in?") || terminal_dump(terminal));
    terminal_send(terminal, "y");
}

/* Nobody but training may ever have written an explanation. */
static void stop(struct terminal *terminal) {
    assert_false(terminal_wrote(terminal, "exam-words"));
    terminal_stop(terminal);
}

static void play(int rows, int columns) {
    struct scratch scratch;
    make(&scratch, "gold: {rate: 0}");
    struct terminal *terminal = annotate_start(&scratch, rows, columns);
    assert_true(terminal_wait(terminal, "▸ Begin the training: 2 items") || terminal_dump(terminal));
    assert_true(terminal_wait(terminal, "First come 2 items of training"));
    terminal_send(terminal, "\r");
    train(terminal, "training · 1 of 2", true);
    terminal_signal(terminal, SIGKILL); /* while it explains */
    terminal_wait_exit(terminal);
    stop(terminal);
    terminal = annotate_start(&scratch, rows, columns);
    assert_true(terminal_wait(terminal, "▸ Go on with the training, item 2") || terminal_dump(terminal));
    terminal_send(terminal, "\r");
    train(terminal, "training · 2 of 2", false);
    terminal_send(terminal, "\r");
    /* what was cut off can be read again */
    assert_true(terminal_wait(terminal, "training: 1 of 2 as the reference") || terminal_dump(terminal));
    assert_true(terminal_wait(terminal, "Because of train-words."));
    terminal_send(terminal, "\r");
    take_exam(terminal, 2);
    assert_true(terminal_wait(terminal, "Not passed this time.") || terminal_dump(terminal));
    assert_true(terminal_wait(terminal, "2 of 4 as the reference") && terminal_wait(terminal, "3 wanted"));
    assert_true(terminal_wait(terminal, "One attempt is left.") || terminal_dump(terminal));
    terminal_send(terminal, "\r");
    assert_true(terminal_wait(terminal, "▸ Begin the training: 2 items") || terminal_dump(terminal));
    terminal_send(terminal, "\r");
    train(terminal, "training · 1 of 2", true);
    terminal_send(terminal, "\r");
    train(terminal, "training · 2 of 2", true);
    terminal_send(terminal, "\r");
    assert_true(terminal_wait(terminal, "training: 2 of 2 as the reference") || terminal_dump(terminal));
    terminal_send(terminal, "\r");
    take_exam(terminal, 3);
    assert_true(terminal_wait(terminal, "Passed: you may start.") || terminal_dump(terminal));
    terminal_send(terminal, "\r");
    assert_true(terminal_wait(terminal, "▸ Take a batch") || terminal_dump(terminal));
    terminal_send(terminal, "\r");
    answer(terminal, "batch 1 · 1 of 5", "q", true);
    assert_true(terminal_wait(terminal, "batch 1 · 2 of 5") || terminal_dump(terminal));
    stop(terminal);
    free(ASSAY_OK("check", scratch.store, "--as", "lena"));
    scratch_remove(&scratch);
}

/* An attempt from the start screen on, with training before it. */
static void train_and_take(struct terminal *terminal, int right) {
    assert_true(terminal_wait(terminal, "▸ Begin the training: 2 items") || terminal_dump(terminal));
    terminal_send(terminal, "\r");
    train(terminal, "training · 1 of 2", true);
    terminal_send(terminal, "\r");
    train(terminal, "training · 2 of 2", true);
    terminal_send(terminal, "\r");
    assert_true(terminal_wait(terminal, "training: 2 of 2 as the reference") || terminal_dump(terminal));
    terminal_send(terminal, "\r");
    take_exam(terminal, right);
}

static void let_in_at_the_desk(const struct scratch *scratch, int rows, int columns) {
    const char *argv[] = {assay_path(), "lead", scratch->store, "--as", "lena", NULL};
    struct terminal *terminal = terminal_start(rows, columns, argv, NULL);
    assert_true(terminal_wait(terminal, "not qualified on t: no attempt is left") || terminal_dump(terminal));
    assert_true(terminal_wait(terminal, "1 decision"));
    terminal_send(terminal, "\r");
    assert_true(terminal_wait(terminal, "▸ Let ana work on t") || terminal_dump(terminal));
    assert_true(terminal_wait(terminal, "1 of 4 as the reference, 3 wanted") || terminal_dump(terminal));
    terminal_send(terminal, "\r");
    assert_true(terminal_wait(terminal, "why") || terminal_dump(terminal));
    terminal_send(terminal, "talked it over\r");
    assert_true(terminal_wait(terminal, "let in: the next batch is work") || terminal_dump(terminal));
    assert_true(terminal_wait(terminal, "nothing waits"));
    terminal_send(terminal, "q");
    assert_int_equal(terminal_wait_exit(terminal), 0);
    terminal_stop(terminal);
}

static void play_to_the_desk(int rows, int columns) {
    struct scratch scratch;
    make(&scratch, "gold: {rate: 0}");
    struct terminal *terminal = annotate_start(&scratch, rows, columns);
    train_and_take(terminal, 1);
    assert_true(terminal_wait(terminal, "Not passed this time.") || terminal_dump(terminal));
    terminal_send(terminal, "\r");
    train_and_take(terminal, 1);
    assert_true(terminal_wait(terminal, "No attempt is left. The lead sees it on the desk") || terminal_dump(terminal));
    terminal_send(terminal, "\r");
    assert_true(terminal_wait(terminal, "▸ Look again") || terminal_dump(terminal));
    terminal_send(terminal, "\r");
    assert_true(terminal_wait(terminal, "Your qualification waits for the lead.") || terminal_dump(terminal));
    let_in_at_the_desk(&scratch, rows, columns);
    terminal_send(terminal, "\r");
    answer(terminal, "batch 1 · 1 of 5", "q", true);
    stop(terminal);
    scratch_remove(&scratch);
}

/* Half of each batch is gold, and missed. */
static void fall(struct terminal *terminal, int batch) {
    char place[40];
    assert_true(terminal_wait(terminal, batch == 1 ? "▸ Take a batch" : "▸ Take the next batch") ||
                terminal_dump(terminal));
    terminal_send(terminal, "\r");
    for (int i = 1; i <= 5; i++) {
        snprintf(place, sizeof place, "batch %d · %d of 5", batch, i);
        answer(terminal, place, "", false);
    }
    snprintf(place, sizeof place, "Hand in batch %d", batch);
    assert_true(terminal_wait(terminal, place) || terminal_dump(terminal));
    terminal_send(terminal, "\r");
    assert_true(terminal_wait(terminal, "Hand in?") || terminal_dump(terminal));
    terminal_send(terminal, "y");
}

static void play_paused(int rows, int columns) {
    struct scratch scratch;
    make(&scratch, "gold: {rate: 0.4}, drift: {below_bar: pause}");
    free(ASSAY_OK("people", scratch.store, "set", "ana", "--qualified", "t", "--why", "known", "--as", "lena"));
    struct terminal *terminal = annotate_start(&scratch, rows, columns);
    fall(terminal, 1);
    fall(terminal, 2); /* 5 and four misses of 3: over the limit of 15 */
    assert_true(terminal_wait(terminal, "fell below the bar") || terminal_dump(terminal));
    assert_true(terminal_wait(terminal, "Everything you did") || terminal_dump(terminal));
    train_and_take(terminal, 4);
    assert_true(terminal_wait(terminal, "Passed: you may start.") || terminal_dump(terminal));
    terminal_send(terminal, "\r");
    assert_true(terminal_wait(terminal, "▸ Take the next batch") || terminal_dump(terminal));
    terminal_send(terminal, "\r");
    answer(terminal, "batch 3 · 1 of 5", "", true);
    stop(terminal);
    char *text = ASSAY_OK("hold", scratch.store, "--json", "--as", "lena");
    cJSON *holds = json_lines(text);
    free(text);
    const cJSON *first = cJSON_GetArrayItem(cJSON_GetArrayItem(holds, 0), 0);
    assert_non_null(first);
    assert_false(cJSON_IsString(cJSON_GetObjectItem(first, "decision"))); /* what was held stays held */
    cJSON_Delete(holds);
    free(ASSAY_OK("check", scratch.store, "--as", "lena"));
    scratch_remove(&scratch);
}

static void test_waiting_wide(void **state) {
    (void)state;
    play_to_the_desk(40, 120);
}

static void test_waiting_small(void **state) {
    (void)state;
    play_to_the_desk(24, 80);
}

static void test_paused_wide(void **state) {
    (void)state;
    play_paused(40, 120);
}

static void test_paused_small(void **state) {
    (void)state;
    play_paused(24, 80);
}

static void test_wide(void **state) {
    (void)state;
    play(40, 120);
}

static void test_small(void **state) {
    (void)state;
    play(24, 80);
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_wide),         cmocka_unit_test(test_small),
                                       cmocka_unit_test(test_waiting_wide), cmocka_unit_test(test_waiting_small),
                                       cmocka_unit_test(test_paused_wide),  cmocka_unit_test(test_paused_small)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
