#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <wchar.h>

#include <cmocka.h>

#include "core/text/clean.h"
#include "core/text/grapheme.h"
#include "core/text/points.h"
#include "core/text/utf8.h"
#include "tests/unit/text/helper_strings.h"

static void clusters_of(const char *text, size_t expected) {
    assert_int_equal(grapheme_count(slice_of(text)), expected);
}

static void known_clusters(void **state) {
    (void)state;
    clusters_of("", 0);
    clusters_of("abc", 3);
    clusters_of("e\u0301x", 2);
    clusters_of("\r\n", 1);
    clusters_of("👨\u200D👩\u200D👧", 1);
    clusters_of("👍\U0001F3FD!", 2);
    clusters_of("🇩🇪🇫🇷🇮", 3);
    clusters_of("\u1100\u1161\u11A8", 1);
    clusters_of("각각", 2);
    clusters_of("कि", 1);
    clusters_of("❤\uFE0F❤", 2);
    clusters_of("a\u200Fb", 3);
}

/* One line of Unicode's test: "÷ 0020 × 0308 ÷ # …". */
static void check_break_line(char *line, const char *whole) {
    char text[256];
    size_t ends[64], length = 0, breaks = 0, found = 0, at = 0;
    char *comment = strchr(line, '#'), *rest = line;
    if (comment)
        *comment = '\0';
    for (char *token = strtok_r(line, " \t\n", &rest); token; token = strtok_r(NULL, " \t\n", &rest)) {
        if (strcmp(token, "÷") == 0) {
            if (length > 0)
                ends[breaks++] = length;
        } else if (strcmp(token, "×") != 0) {
            length += utf8_encode(text + length, (int32_t)strtol(token, NULL, 16));
        }
    }
    struct slice slice = slice_make(text, length);
    while (at < length) {
        size_t next = grapheme_next(slice, at);
        if (found >= breaks || next != ends[found])
            fail_msg("wrong boundary after byte %zu in: %s", at, whole);
        assert_int_equal(grapheme_previous(slice, next), at);
        found++;
        at = next;
    }
    assert_int_equal(found, breaks);
}

static void unicode_break_test(void **state) {
    static const char path[] = "/usr/share/unicode/auxiliary/GraphemeBreakTest.txt";
    FILE *file = fopen(path, "r");
    char line[2048], whole[2048];
    int lines = 0;
    (void)state;
    if (!file) {
        printf("skipped: %s is missing (package unicode-data)\n", path);
        skip();
    }
    while (fgets(line, sizeof line, file)) {
        if (strncmp(line, "÷", strlen("÷")) != 0)
            continue;
        memcpy(whole, line, sizeof whole);
        check_break_line(line, whole);
        lines++;
    }
    fclose(file);
    assert_true(lines > 500);
}

static void back_is_the_way_there(void **state) {
    struct buffer text = BUFFER_INIT;
    uint64_t seed = 2;
    (void)state;
    for (int i = 0; i < 10000; i++) {
        random_valid_text(&seed, &text, 24);
        struct slice slice = buffer_slice(&text);
        for (size_t at = 0, next; at < slice.length; at = next) {
            next = grapheme_next(slice, at);
            assert_true(next > at);
            assert_int_equal(grapheme_previous(slice, next), at);
        }
    }
    assert_int_equal(grapheme_next(slice_of("a"), 1), 1);
    assert_int_equal(grapheme_previous(slice_of("a"), 0), 0);
    buffer_release(&text);
}

static void known_widths(void **state) {
    static const struct {
        const char *text;
        size_t columns;
    } known[] = {
        {"", 0},
        {"abc", 3},
        {"naïve", 5},
        {"e\u0301", 1},
        {"漢字", 4},
        {"한국어", 6},
        {"\u1112\u1161\u11AB", 2},
        {"ｶ", 1},
        {"Ａ", 2},
        {"👨👩👧", 6},
        {"🇩🇪", 2},
        {"❤", 1},
        {"⌚", 2},
        {"1\u20E3", 1},
        {"ไทย", 3},
        {"हिन्दी", 5},
        {"עברית", 5},
        {"العربية", 7},
        {"a\u200B\u200F", 1},
        {"…", 1},
        {"‹\\xFF›", 6},
        {"␛", 1},
        {"⏎", 1},
        {"◌\u0301", 1},
    };
    (void)state;
    for (size_t i = 0; i < sizeof known / sizeof *known; i++)
        if (text_columns(slice_of(known[i].text)) != known[i].columns)
            fail_msg("\"%s\" takes %zu columns, not %zu", known[i].text, text_columns(slice_of(known[i].text)),
                     known[i].columns);
    assert_int_equal(point_columns(0), -1);
    assert_int_equal(point_columns('\n'), -1);
    assert_int_equal(point_columns(0x7F), -1);
    assert_int_equal(point_columns(0x85), -1);
    assert_int_equal(point_columns('~'), 1);
}

/* The short cut of points.c must agree with the C library, or the screen is torn. */
static void common_points_have_their_width(void **state) {
    int count = 0;
    (void)state;
    for (int32_t point = 0; point <= 0x10FFFF; point++) {
        int columns = 0;
        if (!point_is_common(point, &columns))
            continue;
        count++;
        assert_int_equal(columns, wcwidth((wchar_t)point));
        assert_false(point_is_mark(point));
    }
    assert_true(count > 30000);
}

static void units_cut_cleanly(void **state) {
    struct buffer text = BUFFER_INIT, clean = BUFFER_INIT;
    uint64_t seed = 3;
    (void)state;
    for (int i = 0; i < 10000; i++) {
        random_text(&seed, &text, 24);
        buffer_clear(&clean);
        text_clean(&clean, buffer_slice(&text), CLEAN_ONE_LINE);
        struct slice slice = buffer_slice(&clean);
        size_t total = 0;
        for (size_t at = 0; at < slice.length;) {
            int columns;
            int32_t point = 0;
            assert_true(utf8_decode(slice.data + at, slice.length - at, &point) > 0);
            assert_true(point_columns(point) > 0); /* nothing starts without a cell */
            size_t end = text_unit(slice, at, &columns);
            assert_true(end > at);
            assert_int_equal(text_columns(slice_make(slice.data + at, end - at)), columns);
            total += (size_t)columns;
            at = end;
        }
        assert_int_equal(total, text_columns(slice));
    }
    buffer_release(&text);
    buffer_release(&clean);
}

static void an_endless_cluster_ends(void **state) {
    struct buffer text = BUFFER_INIT;
    int columns;
    (void)state;
    buffer_add_string(&text, "क");
    buffer_add_repeated(&text, "\u0903", 100000);
    assert_int_equal(grapheme_next(buffer_slice(&text), 0), text.length);
    assert_true(text_unit(buffer_slice(&text), 0, &columns) <= 64);
    buffer_release(&text);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(known_clusters),
        cmocka_unit_test(unicode_break_test),
        cmocka_unit_test(back_is_the_way_there),
        cmocka_unit_test(known_widths),
        cmocka_unit_test(common_points_have_their_width),
        cmocka_unit_test(units_cut_cleanly),
        cmocka_unit_test(an_endless_cluster_ends),
    };
    return cmocka_run_group_tests_name("grapheme", tests, set_utf8_locale, NULL);
}
