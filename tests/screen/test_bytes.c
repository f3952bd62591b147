/*
 * Bytes written to the terminal for one key, at 120 × 40 with long responses in every script: bounded, because it runs over slow lines. The
 * bounds are stated in the README; a whole screen is 4,800 cells.
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

enum {
    TYPING_MOST = 100,  /* a character of the reason */
    DIGIT_MOST = 500,   /* an answer: it is shown, and ▸ and what is explained move on */
    SCROLL_MOST = 3000, /* a line or a page of a text, and another text marked: ▌ down its height */
    SCREEN_MOST = 9000, /* the next item, help and back: most of the cells */
};

static const char rubric[] =
    "rubric: t\nscale: {strengths: [slightly better, better, much better], tie: true, none: true}\n"
    "confidence: {guess: 40, unsure: 60, certain: 95}\n"
    "criteria:\n"
    "  - {id: accuracy, ask: Are the facts right?, per: response, scale: [1, 5], labels: {1: wrong, 5: correct}}\n"
    "  - {id: tone, ask: Which has the better tone?, per: pair}\n"
    "rationale: {required: false, min_characters: 0, tags: [factual-error, off-topic, style]}\n";

/* One response: paragraphs, a list, a table and code, `lines` times. */
static void write_response(FILE *out, int item, char side) {
    fputc('"', out);
    for (int i = 0; i < 40; i++) {
        fprintf(out,
                "## Part %d of %c%d\\n\\nThe **answer** is that `f(%d)` returns %d, because the %dth value of the row "
                "is not what "
                "it seems at first sight.\\n\\n",
                i, side, item, i, i * 7 + item, i);
        fprintf(out,
                "- 第%d項は正しい。日本語の文章がここにあります。\\n- النص العربي رقم %d\\n  - nested %d "
                "👩‍👩‍👧‍👦\\n\\n",
                i, i, i);
        fprintf(
            out,
            "| n | value |\\n| --- | --- |\\n| %d | %c |\\n\\n```python\\ndef f%d(x):\\n    return x + %d\\n```\\n\\n",
            i, side, i, i);
    }
    fputc('"', out);
}

static void make(struct scratch *scratch) {
    char path[160];
    scratch_make(scratch);
    scratch_write(scratch, "t.yaml", rubric);
    snprintf(path, sizeof path, "%s",
             scratch_write(scratch, "campaign.yaml",
                           "campaign: bytes\ntracks:\n  t: {rubric: t.yaml, batch: 20, gold: {rate: 0}}\n"));
    free(ASSAY_OK("init", scratch->store, "--campaign", path));
    free(ASSAY_OK("people", scratch->store, "add", "lena", "--role", "lead"));
    free(ASSAY_OK("people", scratch->store, "add", "ana", "--role", "annotator", "--as", "lena"));
    snprintf(path, sizeof path, "%s", scratch_write(scratch, "long.jsonl", ""));
    FILE *out = fopen(path, "w");
    assert_non_null(out);
    for (int i = 0; i < 6; i++) {
        fprintf(out, "{\"id\": \"long-%d\", \"prompt\": \"Question %d?\", \"responses\": [", i, i);
        write_response(out, i, 'x');
        fputs(", ", out);
        write_response(out, i, 'y');
        fputs("]}\n", out);
    }
    assert_int_equal(fclose(out), 0);
    free(ASSAY_OK("import", scratch->store, path, "--as", "lena"));
}

/* Bytes until the screen rests. */
static size_t cost(struct terminal *terminal, const char *keys) {
    size_t before = terminal_bytes(terminal);
    terminal_send(terminal, keys);
    for (int tries = 0; tries < 100 && terminal_bytes(terminal) == before; tries++)
        terminal_settle(terminal, 20);
    terminal_settle(terminal, 60);
    return terminal_bytes(terminal) - before;
}

static void check(struct terminal *terminal, const char *what, const char *keys, size_t most) {
    size_t bytes = cost(terminal, keys);
    if (getenv("ASSAY_TEST_LOUD"))
        fprintf(stderr, "%-24s %6zu of %zu bytes\n", what, bytes, most);
    if (bytes > most) {
        terminal_dump(terminal);
        fail_msg("%s: %zu bytes, at most %zu", what, bytes, most);
    }
}

static void test_bytes_for_one_key(void **state) {
    (void)state;
    struct scratch scratch;
    make(&scratch);
    struct terminal *terminal = annotate_start(&scratch, 40, 120);
    assert_true(terminal_wait(terminal, "▸ Take a batch") || terminal_dump(terminal));
    terminal_settle(terminal, 20);
    check(terminal, "first item", "\r", SCREEN_MOST);
    assert_true(terminal_wait(terminal, "▸ accuracy") || terminal_dump(terminal));
    for (int i = 0; i < 3; i++)
        check(terminal, "a line down", "j", SCROLL_MOST);
    for (int i = 0; i < 3; i++)
        check(terminal, "a page down", " ", SCROLL_MOST);
    check(terminal, "to the end", "\033[F", SCROLL_MOST);
    check(terminal, "the next text", "\033[C", SCROLL_MOST);
    check(terminal, "a digit", "4", DIGIT_MOST);
    check(terminal, "a digit", "2", DIGIT_MOST);
    check(terminal, "a digit", "2", DIGIT_MOST);
    check(terminal, "the row before", "\033[Z", DIGIT_MOST);
    check(terminal, "the next row", "\t", DIGIT_MOST);
    check(terminal, "a digit", "3", DIGIT_MOST);
    check(terminal, "a digit", "3", DIGIT_MOST);
    check(terminal, "begin to type", "r", DIGIT_MOST);
    for (const char *c = "because"; *c; c++)
        check(terminal, "a character", (const char[]){*c, '\0'}, TYPING_MOST);
    check(terminal, "a wide character", "中", TYPING_MOST);
    check(terminal, "end typing", "\033", DIGIT_MOST);
    check(terminal, "help", "?", SCREEN_MOST);
    check(terminal, "back from help", "\033", SCREEN_MOST);
    check(terminal, "submit, the next item", "\r", SCREEN_MOST);
    assert_true(terminal_wait(terminal, "2 of ") || terminal_dump(terminal));
    terminal_stop(terminal);
    scratch_remove(&scratch);
}

/* Of 26 responses a letter changes what is left, the order and the pairs that it implies. */
static void test_bytes_of_a_ranking(void **state) {
    (void)state;
    struct scratch scratch;
    ranking_make(&scratch, 2, 26, "confidence: {guess: 40, certain: 95}\n");
    struct terminal *terminal = annotate_start(&scratch, 40, 120);
    assert_true(terminal_wait(terminal, "▸ Take a batch") || terminal_dump(terminal));
    terminal_settle(terminal, 20);
    check(terminal, "first item", "\r", SCREEN_MOST);
    assert_true(terminal_wait(terminal, "▸ ranking") || terminal_dump(terminal));
    for (const char *c = "ZYXABCDEFGHIJ"; *c; c++)
        check(terminal, "a letter", (const char[]){*c, '\0'}, DIGIT_MOST);
    check(terminal, "a tie", "=", DIGIT_MOST);
    check(terminal, "a digit", "\177", DIGIT_MOST);
    check(terminal, "the last one off", "\177", DIGIT_MOST);
    check(terminal, "the next text", "\033[C", SCROLL_MOST);
    check(terminal, "the marked text next", "\033[C+", SCROLL_MOST);
    terminal_stop(terminal);
    scratch_remove(&scratch);
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_bytes_for_one_key),
                                       cmocka_unit_test(test_bytes_of_a_ranking)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
