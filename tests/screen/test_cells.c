/*
 * What the program takes for the cells of a text is what a terminal makes of it: 10,000 random strings and the cases of Unicode's
 * grapheme break test go through the door, surface and curses into an emulator, which must hold every character whole, in its
 * place, what follows right behind it, and the cursor where it was put.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "core/base/array.h"
#include "core/text/clean.h"
#include "core/text/clip.h"
#include "core/text/grapheme.h"
#include "core/text/utf8.h"
#include "tests/screen/terminal.h"
#include "tests/unit/text/helper_strings.h"

enum { ROWS = 50, COLUMNS = 100, STRINGS = 10000 };

struct lines {
    char **items;
    size_t count, capacity;
    size_t left_out; /* code points */
};

/* Adds cleaned text to out without the code points that the emulator knows another width of than the C library. Returns how many. */
static size_t add_known(struct buffer *out, struct slice text) {
    size_t left_out = 0;
    for (size_t at = 0, step; at < text.length; at += step) {
        int32_t point = 0;
        step = utf8_decode(text.data + at, text.length - at, &point);
        if (point < 0x80 || terminal_point_columns((uint32_t)point) == point_columns(point))
            buffer_add(out, text.data + at, step);
        else
            left_out++;
    }
    return left_out;
}

/* Through the door, and cut to leave room for "│" and the cursor. */
static void add_line(struct lines *lines, struct slice text) {
    struct buffer clean = BUFFER_INIT, known = BUFFER_INIT, line = BUFFER_INIT;
    text_clean(&clean, text, CLEAN_ONE_LINE);
    lines->left_out += add_known(&known, buffer_slice(&clean));
    buffer_clear(&clean);
    text_clean(&clean, buffer_slice(&known), CLEAN_ONE_LINE); /* what was left out may have been a base */
    text_clip(&line, buffer_slice(&clean), COLUMNS - 2);
    *ARRAY_ADD(lines) = buffer_detach(&line);
    buffer_release(&clean);
    buffer_release(&known);
}

static void release(struct lines *lines) {
    for (size_t i = 0; i < lines->count; i++)
        memory_free(lines->items[i]);
    ARRAY_RELEASE(lines);
}

/* The row of the emulator holds the line, cell by cell, and "│" behind it. Returns the column of that. */
static int check_row(struct terminal *terminal, int row, const char *line) {
    struct slice text = slice_of(line);
    char shown[64];
    int column = 0;
    for (size_t at = 0; at < text.length;) {
        int32_t point = 0;
        size_t start = at;
        at += utf8_decode(text.data + at, text.length - at, &point);
        int width = point_columns(point);
        for (size_t step; at < text.length; at += step) { /* what joins it */
            step = utf8_decode(text.data + at, text.length - at, &point);
            if (point_columns(point) != 0)
                break;
        }
        int cells = terminal_cell(terminal, row, column, shown);
        struct slice character = slice_make(text.data + start, at - start);
        if (cells != width || !slice_is(character, shown))
            fail_msg("column %d has '%s' in %d cells, not '%.*s' in %d: %s", column, shown, cells,
                     (int)character.length, character.data, width, line);
        column += width;
    }
    assert_int_equal(column, text_columns(text));
    terminal_cell(terminal, row, column, shown);
    if (strcmp(shown, "│") != 0)
        fail_msg("'%s' stands behind the line, in column %d: %s", shown, column, line);
    return column;
}

/* Pages of ROWS lines; the last one says which page it is, so that it is known when all of it has been drawn. */
static void check(struct lines *lines) {
    char path[] = "/tmp/assay-cells-XXXXXX", mark[32];
    int descriptor = mkstemp(path);
    FILE *file = descriptor < 0 ? NULL : fdopen(descriptor, "w");
    assert_non_null(file);
    while (lines->count % (ROWS - 1) != 0)
        *ARRAY_ADD(lines) = memory_copy("", 0);
    size_t pages = lines->count / (ROWS - 1);
    for (size_t i = 0; i < lines->count; i++) {
        fprintf(file, "%s\n", lines->items[i]);
        if ((i + 1) % (ROWS - 1) == 0)
            fprintf(file, "page %zu\n", i / (ROWS - 1));
    }
    fclose(file);
    printf("%zu lines; left out %zu times a code point that the emulator's older tables do not know\n", lines->count,
           lines->left_out);
    const char *const argv[] = {PAINTER, path, NULL};
    struct terminal *terminal = terminal_start(ROWS, COLUMNS, argv, NULL);
    for (size_t page = 0; page < pages; page++) {
        char *const *shown = lines->items + page * (ROWS - 1);
        int behind = 0, line = (int)(page % ROWS);
        snprintf(mark, sizeof mark, "page %zu│", page);
        assert_true(terminal_wait(terminal, mark));
        for (int i = 0; i < ROWS - 1; i++) {
            int end = check_row(terminal, i, shown[i]);
            behind = i == line ? end + 1 : behind;
        }
        if (line == ROWS - 1)
            behind = (int)text_columns(slice_of(mark));
        assert_true(terminal_wait_cursor(terminal, line, behind));
        terminal_send(terminal, " ");
    }
    assert_int_equal(terminal_wait_exit(terminal), 0);
    terminal_stop(terminal);
    unlink(path);
}

static void test_random_strings(void **state) {
    struct lines lines = {0};
    struct buffer text = BUFFER_INIT;
    uint64_t seed = 11;
    (void)state;
    while (lines.count < STRINGS) {
        random_text(&seed, &text, 24);
        add_line(&lines, buffer_slice(&text));
    }
    check(&lines);
    release(&lines);
    buffer_release(&text);
}

/* One line of Unicode's test: "÷ 0020 × 0308 ÷ # …", without the marks. */
static void read_case(char *line, struct buffer *text) {
    char *rest = line, bytes[4];
    buffer_clear(text);
    line[strcspn(line, "#")] = '\0';
    for (char *token = strtok_r(line, " \t\n", &rest); token; token = strtok_r(NULL, " \t\n", &rest))
        if (strcmp(token, "÷") != 0 && strcmp(token, "×") != 0)
            buffer_add(text, bytes, utf8_encode(bytes, (int32_t)strtol(token, NULL, 16)));
}

static void test_unicode_cases(void **state) {
    static const char path[] = "/usr/share/unicode/auxiliary/GraphemeBreakTest.txt";
    FILE *file = fopen(path, "r");
    struct lines lines = {0};
    struct buffer text = BUFFER_INIT;
    char line[2048];
    (void)state;
    if (!file) {
        printf("skipped: %s is missing (package unicode-data)\n", path);
        skip();
    }
    while (fgets(line, sizeof line, file))
        if (strncmp(line, "÷", strlen("÷")) == 0) {
            read_case(line, &text);
            add_line(&lines, buffer_slice(&text));
        }
    fclose(file);
    assert_true(lines.count > 500);
    check(&lines);
    release(&lines);
    buffer_release(&text);
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_random_strings), cmocka_unit_test(test_unicode_cases)};
    return cmocka_run_group_tests_name("cells", tests, set_utf8_locale, NULL);
}
