#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <stdio.h>
#include <string.h>

#include "ui/layout.h"

/* "row,column rows×columns" */
static const char *say(struct rect rect) {
    static char text[8][64];
    static int next;
    char *out = text[next++ % 8];
    snprintf(out, sizeof text[0], "%d,%d %dx%d", rect.row, rect.column, rect.rows, rect.columns);
    return out;
}

static void test_cuts(void **state) {
    (void)state;
    struct rect whole = rect_make(0, 0, 24, 80);
    assert_string_equal(say(rect_cut_top(&whole, 2)), "0,0 2x80");
    assert_string_equal(say(rect_cut_bottom(&whole, 1)), "23,0 1x80");
    assert_string_equal(say(rect_cut_right(&whole, 30)), "2,50 21x30");
    assert_string_equal(say(rect_cut_left(&whole, 1)), "2,0 21x1");
    assert_string_equal(say(whole), "2,1 21x49");
}

static void test_more_than_there_is(void **state) {
    (void)state;
    struct rect small = rect_make(3, 4, 2, 5);
    assert_string_equal(say(rect_cut_top(&small, 9)), "3,4 2x5");
    assert_true(rect_empty(small));
    assert_string_equal(say(rect_cut_bottom(&small, 1)), "5,4 0x5");
    assert_string_equal(say(rect_cut_top(&small, -1)), "5,4 0x5");
    assert_string_equal(say(rect_make(1, 2, -3, -4)), "1,2 0x0");
}

static void test_rows(void **state) {
    (void)state;
    struct rect rect = rect_make(10, 5, 3, 7);
    assert_string_equal(say(rect_row(rect, 0)), "10,5 1x7");
    assert_string_equal(say(rect_row(rect, -1)), "12,5 1x7");
    assert_true(rect_empty(rect_row(rect, 3)));
    assert_true(rect_empty(rect_row(rect, -4)));
}

static void test_meet_inset_centre(void **state) {
    (void)state;
    struct rect a = rect_make(0, 0, 10, 10);
    assert_string_equal(say(rect_meet(a, rect_make(8, -5, 9, 9))), "8,0 2x4");
    assert_true(rect_empty(rect_meet(a, rect_make(10, 0, 1, 1))));
    assert_string_equal(say(rect_inset(a, 1, 2)), "1,2 8x6");
    assert_string_equal(say(rect_inset(rect_make(0, 0, 1, 1), 3, 3)), "0,0 1x1");
    assert_string_equal(say(rect_centre(a, 4, 2)), "3,4 4x2");
    assert_string_equal(say(rect_centre(a, 40, 20)), "0,0 10x10");
}

static void test_divide(void **state) {
    (void)state;
    struct rect parts[3];
    rect_divide(rect_make(1, 0, 5, 80), 3, 1, parts);
    assert_string_equal(say(parts[0]), "1,0 5x26");
    assert_string_equal(say(parts[1]), "1,27 5x26");
    assert_string_equal(say(parts[2]), "1,54 5x26");
    rect_stack(rect_make(2, 3, 11, 9), 3, 0, parts);
    assert_string_equal(say(parts[0]), "2,3 4x9");
    assert_string_equal(say(parts[1]), "6,3 4x9");
    assert_string_equal(say(parts[2]), "10,3 3x9");
}

/* Parts lie side by side, in the area, in order, whatever the sizes. */
static void test_divide_any_size(void **state) {
    (void)state;
    for (int columns = 0; columns < 50; columns++)
        for (int count = 1; count <= 26; count++)
            for (int gap = 0; gap < 3; gap++) {
                struct rect parts[26];
                int end = 0;
                rect_divide(rect_make(0, 0, 1, columns), count, gap, parts);
                for (int i = 0; i < count; i++) {
                    assert_true(parts[i].columns >= 0);
                    assert_true(parts[i].column >= end);
                    end = parts[i].column + parts[i].columns;
                    assert_true(end <= columns);
                }
                if (columns >= gap * (count - 1))
                    assert_int_equal(end, columns >= count + gap * (count - 1) ? columns : end);
            }
}

static void test_too_small(void **state) {
    (void)state;
    assert_false(layout_too_small(16, 60));
    assert_true(layout_too_small(15, 60));
    assert_true(layout_too_small(16, 59));
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_cuts),
        cmocka_unit_test(test_more_than_there_is),
        cmocka_unit_test(test_rows),
        cmocka_unit_test(test_divide),
        cmocka_unit_test(test_meet_inset_centre),
        cmocka_unit_test(test_divide_any_size),
        cmocka_unit_test(test_too_small),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
