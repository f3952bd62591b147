/* Trained, failed, trained again, passed: by keys in a real terminal, with a kill in the middle. */
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

/* Attempts of 4 with 3 to pass, two of them; training of 2 before each. */
static void make(struct scratch *scratch) {
    char *text = NULL, path[160];
    size_t length;
    scratch_make(scratch);
    scratch_write(scratch, "t.yaml",
                  "rubric: t\nscale: {strengths: [slightly better, better, much better], tie: true, none: true}\n");
    snprintf(path, sizeof path, "%s",
             scratch_write(scratch, "campaign.yaml",
                           "campaign: screen test\ntracks:\n  t: {rubric: t.yaml, batch: 5, gold: {rate: 0}, "
                           "qualification: {items: 4, pass: 3, attempts: 2, training: 2}}\n"));
    free(ASSAY_OK("init", scratch->store, "--campaign", path));
    FILE *out = open_memstream(&text, &length);
    add_items(out, "q", 20, NULL);
    add_items(out, "train", 4, "training");
    add_items(out, "exam", 8, "qualification");
    fclose(out);
    snprintf(path, sizeof path, "%s", scratch_write(scratch, "items.jsonl", text));
    free(text);
    free(ASSAY_OK("import", scratch->store, path));
    free(ASSAY_OK("people", scratch->store, "add", "lena", "--role", "lead"));
    free(ASSAY_OK("people", scratch->store, "add", "ana", "--role", "annotator", "--as", "lena"));
}

/* Waits for an item of the pool at this place, and takes the right side or the other one. */
static void answer(struct terminal *terminal, const char *place, const char *prefix, bool right) {
    assert_true(terminal_wait(terminal, place) || terminal_dump(terminal));
    assert_true(terminal_wait(terminal, "▸ overall") || terminal_dump(terminal));
    int row = terminal_find(terminal, "-first");
    assert_true(row >= 0 || terminal_dump(terminal));
    const char *text = terminal_row(terminal, row);
    assert_true(strstr(text, prefix) || terminal_dump(terminal));
    bool left = strstr(text, "-first") < strstr(text, "-second");
    terminal_send(terminal, left == right ? "2" : "6");
    assert_true(terminal_wait(terminal, "▸ submit") || terminal_dump(terminal));
    terminal_send(terminal, "\r");
}

static void train(struct terminal *terminal, const char *place, bool right) {
    answer(terminal, place, "train", right);
    assert_true(terminal_wait(terminal, "Because of train-words.") || terminal_dump(terminal));
    assert_true(terminal_find(terminal, right ? "as the reference" : "the other side") >= 0 || terminal_dump(terminal));
    assert_true(terminal_find(terminal, "Reference: ") >= 0);
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
    make(&scratch);
    struct terminal *terminal = annotate_start(&scratch, rows, columns);
    assert_true(terminal_wait(terminal, "▸ Begin the training: 2 items") || terminal_dump(terminal));
    assert_true(terminal_find(terminal, "First come 2 items of training") >= 0);
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
    assert_true(terminal_find(terminal, "Because of train-words.") >= 0);
    terminal_send(terminal, "\r");
    take_exam(terminal, 2);
    assert_true(terminal_wait(terminal, "Not passed this time.") || terminal_dump(terminal));
    assert_true(terminal_find(terminal, "2 of 4 as the reference") >= 0 && terminal_find(terminal, "3 wanted") >= 0);
    assert_true(terminal_find(terminal, "One attempt is left.") >= 0 || terminal_dump(terminal));
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

static void test_wide(void **state) {
    (void)state;
    play(40, 120);
}

static void test_small(void **state) {
    (void)state;
    play(24, 80);
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_wide), cmocka_unit_test(test_small)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
