#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <math.h>
#include <string.h>

#include "core/base/array.h"
#include "helper_surface.h"
#include "ui/paint.h"

static struct surface make(int rows, int columns) {
    struct surface surface;
    surface_init(&surface, rows, columns);
    return surface;
}

static void test_text(void **state) {
    (void)state;
    struct surface surface = make(4, 12);
    struct rect area = rect_make(1, 2, 2, 8);
    assert_int_equal(paint_string(&surface, area, 0, 0, INK_NORMAL, "abc"), 3);
    assert_int_equal(paint_string(&surface, area, 1, 1, INK_DIM, "much too long"), 8);
    paint_string(&surface, area, 2, 0, INK_NORMAL, "no such row");
    paint_string(&surface, area, -1, 0, INK_NORMAL, "no such row");
    assert_drawn(&surface, "\n  abc\n   much t…\n\n");
    assert_int_equal(surface_cell(&surface, 2, 3)->ink, INK_DIM);
    surface_release(&surface);
}

static void test_what_must_not_reach_a_terminal(void **state) {
    (void)state;
    struct surface surface = make(2, 40);
    paint_text(&surface, surface_rect(&surface), 0, 0, INK_NORMAL, slice_make("a\033[31m\n\x9b\0b", 10));
    assert_drawn(&surface, "a␛[31m⏎‹\\x9B›␀b\n\n");
    surface_release(&surface);
}

static void test_right_centre_fit(void **state) {
    (void)state;
    struct surface surface = make(4, 10);
    struct rect area = surface_rect(&surface);
    assert_int_equal(paint_right_string(&surface, area, 0, 1, INK_NORMAL, "12"), 7);
    paint_centre(&surface, area, 1, INK_NORMAL, slice_of("ab"));
    paint_fit(&surface, area, 2, 0, 4, INK_NORMAL, slice_of("中文字"));
    paint_fit_right(&surface, area, 2, 5, 4, INK_NORMAL, slice_of("7"));
    paint_right_string(&surface, area, 3, 0, INK_NORMAL, "0123456789abc");
    assert_drawn(&surface, "       12\n    ab\n中…     7\n012345678…\n");
    surface_release(&surface);
}

static void test_wide_halves(void **state) {
    (void)state;
    struct surface surface = make(3, 6);
    struct rect area = surface_rect(&surface);
    paint_string(&surface, area, 0, 0, INK_NORMAL, "中文字");
    paint_string(&surface, area, 0, 1, INK_NORMAL, "x");                   /* the right half of 中, which goes */
    paint_string(&surface, area, 0, 4, INK_NORMAL, "y");                   /* the left half of 字 */
    paint_string(&surface, rect_make(1, 0, 1, 3), 0, 2, INK_NORMAL, "中"); /* no room */
    assert_whole(&surface);
    assert_drawn(&surface, " x文y\n  …\n\n");
    surface_release(&surface);
}

static void test_lines_join(void **state) {
    (void)state;
    struct surface surface = make(5, 9);
    struct rect area = surface_rect(&surface);
    paint_rule(&surface, area, 0);
    paint_rule(&surface, area, 4);
    paint_upright(&surface, area, 4);
    paint_rule(&surface, rect_make(2, 0, 1, 5), 0);
    assert_drawn(&surface, "────┬────\n    │\n────┤\n    │\n────┴────\n");
    surface_clear(&surface);
    paint_upright(&surface, area, 4);
    paint_rule(&surface, area, 2);
    paint_rule(&surface, rect_make(1, 4, 1, 5), 0);
    assert_drawn(&surface, "    │\n    ├────\n────┼────\n    │\n    │\n");
    surface_release(&surface);
}

static void test_bar_and_spark(void **state) {
    (void)state;
    struct surface surface = make(5, 12);
    struct rect area = surface_rect(&surface);
    const double values[] = {0, 1, 7, 15, 30, -2, NAN};
    paint_bar(&surface, area, 0, 0, 10, 0.35, INK_ACCENT);
    paint_bar(&surface, area, 1, 0, 10, 7, INK_ACCENT);
    paint_bar(&surface, area, 2, 0, 4, NAN, INK_ACCENT);
    assert_int_equal(paint_spark(&surface, area, 3, 0, values, 7, 15, INK_NORMAL), 7);
    paint_spark(&surface, rect_make(4, 0, 1, 3), 0, 0, values, 5, 15, INK_NORMAL); /* the last three */
    assert_drawn(&surface, "███▌······\n██████████\n····\n▁▁▄██▁\n▄██\n");
    surface_release(&surface);
}

static void test_paragraph(void **state) {
    (void)state;
    struct surface surface = make(3, 12);
    struct rect area = rect_make(0, 1, 3, 10);
    assert_int_equal(paint_paragraph(&surface, area, 0, INK_NORMAL, slice_of("one two three four")), 2);
    assert_drawn(&surface, " one two\n three four\n\n");
    surface_clear(&surface);
    paint_paragraph(&surface, rect_make(0, 0, 2, 10), 0, INK_NORMAL, slice_of("one two three four five six"));
    assert_drawn(&surface, "one two\nthree fou…\n\n");
    surface_release(&surface);
}

static uint32_t seed = 1;
static uint32_t dice(uint32_t sides) {
    seed = seed * 1664525 + 1013904223;
    return (seed >> 8) % sides;
}

/* Bytes that hurt: controls, invalid UTF-8, wide, combining, joiners, bidi. */
static size_t random_text(char *text, size_t most) {
    static const char *const pieces[] = {"a",
                                         " ",
                                         "中",
                                         "é",
                                         "e\xcc\x81",
                                         "\xcc\x81",
                                         "👨‍👩‍👧",
                                         "\033[2J",
                                         "\n",
                                         "\t",
                                         "\xff",
                                         "\xc3",
                                         "\xe2\x80\xae",
                                         "שלום",
                                         "क्षि",
                                         "한",
                                         "\xe1\x84\x80\xe1\x85\xa1",
                                         "🇩🇪",
                                         "\x9b",
                                         "ﷺ"};
    size_t length = 0;
    for (uint32_t i = dice(30); i > 0; i--) {
        const char *piece = pieces[dice(sizeof pieces / sizeof *pieces)];
        size_t size = strlen(piece);
        if (length + size > most)
            break;
        memcpy(text + length, piece, size);
        length += size;
    }
    return length;
}

/* Whatever is painted, no cell outside the area changes and no wide character is torn. */
static void test_never_out_of_the_rectangle(void **state) {
    (void)state;
    for (int round = 0; round < 10000; round++) {
        struct surface surface = make(6, 20);
        struct rect area = rect_make((int)dice(8) - 1, (int)dice(24) - 2, (int)dice(5), (int)dice(14));
        for (int row = 0; row < 6; row++)
            paint_string(&surface, surface_rect(&surface), row, 0, INK_COVER, "####################");
        char text[256];
        struct slice slice = slice_make(text, random_text(text, sizeof text));
        int row = (int)dice(6) - 1, column = (int)dice(16) - 1;
        const double values[] = {1, 2, 3, 4, 5, 6};
        switch (dice(10)) {
        case 0:
            paint_text(&surface, area, row, column, INK_GOOD, slice);
            break;
        case 1:
            paint_right(&surface, area, row, column, INK_GOOD, slice);
            break;
        case 2:
            paint_centre(&surface, area, row, INK_GOOD, slice);
            break;
        case 3:
            paint_fit(&surface, area, row, column, (int)dice(12), INK_GOOD, slice);
            break;
        case 4:
            paint_paragraph(&surface, area, row, INK_GOOD, slice);
            break;
        case 5:
            paint_fill(&surface, area, INK_GOOD);
            break;
        case 6:
            paint_rule(&surface, area, row);
            break;
        case 7:
            paint_upright(&surface, area, column);
            break;
        case 8:
            paint_bar(&surface, area, row, column, (int)dice(20), 0.4, INK_GOOD);
            break;
        case 9:
            paint_spark(&surface, area, row, column, values, 6, 6, INK_GOOD);
            break;
        }
        assert_whole(&surface);
        for (int y = 0; y < 6; y++)
            for (int x = 0; x < 20; x++) {
                bool in =
                    y >= area.row && y < area.row + area.rows && x >= area.column && x < area.column + area.columns;
                if (!in)
                    assert_int_equal(surface_cell(&surface, y, x)->ink, INK_COVER);
            }
        surface_release(&surface);
    }
}

static void test_empty_surfaces(void **state) {
    (void)state;
    struct surface surface = make(0, 0);
    paint_string(&surface, rect_make(0, 0, 5, 5), 0, 0, INK_NORMAL, "x");
    surface_set_cursor(&surface, 0, 0);
    assert_int_equal(surface.cursor_row, -1);
    surface_resize(&surface, 1, 1);
    paint_string(&surface, rect_make(0, 0, 5, 5), 0, 0, INK_NORMAL, "xy");
    assert_drawn(&surface, "x\n");
    surface_release(&surface);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_text),
        cmocka_unit_test(test_what_must_not_reach_a_terminal),
        cmocka_unit_test(test_right_centre_fit),
        cmocka_unit_test(test_wide_halves),
        cmocka_unit_test(test_lines_join),
        cmocka_unit_test(test_bar_and_spark),
        cmocka_unit_test(test_paragraph),
        cmocka_unit_test(test_never_out_of_the_rectangle),
        cmocka_unit_test(test_empty_surfaces),
    };
    helper_locale();
    return cmocka_run_group_tests(tests, NULL, NULL);
}
