/*
 * Real kinds of text on the judging screen, in three sizes and three schemes: Markdown with nested lists, tables and code, and the
 * scripts of the world with emoji and stacked marks. No line is torn: the rule between the responses stands in one column of the
 * emulator, whatever stands to its left.
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

static const struct {
    const char *name;
    const char *environment[3];
} schemes[] = {
    {"dark", {"COLORFGBG=15;0", NULL}},
    {"light", {"COLORFGBG=0;15", NULL}},
    {"mono", {"NO_COLOR=1", NULL}},
};

static const struct { int rows, columns; } sizes[] = {{24, 80}, {40, 120}, {60, 200}};

#define EACH(i, array) for (size_t i = 0; i < sizeof array / sizeof *array; i++)

/* A store with the item of that line of tests/data/texts.jsonl. */
static void store_item(struct scratch *scratch, int line) {
    char text[16384];
    FILE *file = fopen(TEST_SOURCE_DIR "/tests/data/texts.jsonl", "r");
    assert_non_null(file);
    while (line-- >= 0)
        assert_non_null(fgets(text, sizeof text, file));
    fclose(file);
    scratch_make(scratch);
    const char *lines = scratch_write(scratch, "item.jsonl", text);
    free(ASSAY_OK("init", scratch->store));
    free(ASSAY_OK("import", scratch->store, lines));
}

static struct terminal *start(const struct scratch *scratch, size_t size, size_t scheme) {
    const char *const argv[] = {assay_path(), "annotate", scratch->store, "--as", "ana", NULL};
    struct terminal *terminal =
        terminal_start(sizes[size].rows, sizes[size].columns, argv, schemes[scheme].environment);
    assert_true(terminal_wait(terminal, "batch"));
    terminal_settle(terminal, 20);
    terminal_send(terminal, "\r");
    assert_true(terminal_wait(terminal, "▸ correctness"));
    return terminal;
}

/* The column of a text in a row of the emulator; -1 when it is not there. */
static int column_of(struct terminal *terminal, int row, int columns, const char *text) {
    for (int column = 0; column < columns; column++) {
        char cell[64], shown[512] = "";
        size_t length = 0;
        for (int at = column; at < columns && length < strlen(text); at++) {
            terminal_cell(terminal, row, at, cell);
            length += (size_t)snprintf(shown + length, sizeof shown - length, "%s", cell);
        }
        if (strncmp(shown, text, strlen(text)) == 0)
            return column;
    }
    return -1;
}

/* Between the head of the responses (┬) and the rule below (┴) every row has its │ in the same column; else the first that has not. */
static int torn_row(struct terminal *terminal, int rows, int columns) {
    int head = -1, column = -1;
    char cell[64];
    for (int row = 0; row < rows && column < 0; row++) {
        column = column_of(terminal, row, columns, "┬─ B");
        head = row;
    }
    for (int row = head + 1; row < rows; row++) {
        terminal_cell(terminal, row, column, cell);
        if (strcmp(cell, "┴") == 0)
            return -1;
        if (strcmp(cell, "│") != 0)
            return row;
    }
    return -1;
}

/* A screen may be half drawn when it is looked at; it must come right. */
static void assert_not_torn(struct terminal *terminal, int rows, int columns) {
    for (int i = 0; i < 200 && torn_row(terminal, rows, columns) >= 0; i++)
        terminal_settle(terminal, 10);
    int row = torn_row(terminal, rows, columns);
    if (row >= 0)
        fail_msg("row %d is torn: %s", row, terminal_row(terminal, row));
}

/* Scrolls down until the text is seen. */
static int scroll_to(struct terminal *terminal, const char *text) {
    for (int i = 0; i < 200 && terminal_find(terminal, text) < 0; i++) {
        terminal_send(terminal, "j");
        terminal_settle(terminal, 5);
    }
    int row = terminal_find(terminal, text);
    if (row < 0)
        fail_msg("'%s' is not there", text);
    return row;
}

static bool same_look(struct terminal_look a, struct terminal_look b) {
    return a.foreground == b.foreground && a.background == b.background && a.bold == b.bold &&
           a.underline == b.underline && a.italic == b.italic && a.reverse == b.reverse;
}

/* The parts of a row all look different. */
static void assert_told_apart(struct terminal *terminal, int row, int columns, const char *const parts[], int count) {
    struct terminal_look looks[4];
    for (int i = 0; i < count; i++) {
        int column = column_of(terminal, row, columns, parts[i]);
        if (column < 0)
            fail_msg("'%s' is not in: %s", parts[i], terminal_row(terminal, row));
        looks[i] = terminal_look(terminal, row, column);
        for (int j = 0; j < i; j++)
            if (same_look(looks[i], looks[j]))
                fail_msg("'%s' and '%s' look the same", parts[i], parts[j]);
    }
}

static void test_markdown(void **state) {
    struct scratch scratch;
    (void)state;
    store_item(&scratch, 0);
    EACH(size, sizes)
    EACH(scheme, schemes) {
        int columns = sizes[size].columns;
        struct terminal *terminal = start(&scratch, size, scheme);
        assert_not_torn(terminal, sizes[size].rows, columns);
        scroll_to(terminal, "◦ ");
        scroll_to(terminal, "▪ ");
        scroll_to(terminal, "☑ ");
        scroll_to(terminal, "│ A quote");
        scroll_to(terminal, "中文字");
        static const char *const languages[] = {"┄ python ┄", "┄ c ┄", "┄ js ┄", "┄ sql ┄", "┄ rust ┄", "┄ yaml ┄"};
        EACH(i, languages)
        scroll_to(terminal, languages[i]);
        bool mono = strcmp(schemes[scheme].name, "mono") == 0; /* a comment is dim, which the emulator does not keep */
        static const char *const parts[] = {"let", "\"x\"", "s =", "// a"};
        assert_told_apart(terminal, scroll_to(terminal, "let s"), columns, parts, mono ? 3 : 4);
        assert_true(!mono || terminal_wrote(terminal, ";2m"));
        assert_not_torn(terminal, sizes[size].rows, columns);
        terminal_stop(terminal);
    }
    scratch_remove(&scratch);
}

static void test_scripts(void **state) {
    static const char *const texts[] = {"العربية", "עברית", "हिन्दी", "ไทย", "中文", "日本語", "한국어", "👨👩👧👦", "Z͑ͫ̓ͪA"};
    struct scratch scratch;
    (void)state;
    store_item(&scratch, 1);
    EACH(size, sizes)
    EACH(scheme, schemes) {
        struct terminal *terminal = start(&scratch, size, scheme);
        EACH(i, texts) {
            scroll_to(terminal, texts[i]);
            assert_not_torn(terminal, sizes[size].rows, sizes[size].columns);
        }
        terminal_send(terminal, "m");
        assert_true(terminal_wait(terminal, "A · raw"));
        scroll_to(terminal, "‹U+200D›");
        assert_not_torn(terminal, sizes[size].rows, sizes[size].columns);
        terminal_send(terminal, "d");
        assert_true(terminal_wait(terminal, "A and B have the same words"));
        assert_not_torn(terminal, sizes[size].rows - 1, sizes[size].columns);
        terminal_stop(terminal);
    }
    scratch_remove(&scratch);
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_markdown), cmocka_unit_test(test_scripts)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
