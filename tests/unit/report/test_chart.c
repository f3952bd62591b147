/* Charts as text: what stands where, and what is left out. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <math.h>
#include <string.h>

#include "core/base/buffer.h"
#include "core/report/chart.h"

static void assert_chart(const struct chart *chart, const char *expected) {
    struct buffer drawn = BUFFER_INIT;
    for (int row = 0; row < chart->rows; row++) {
        size_t end = drawn.length;
        for (int column = 0; column < chart->columns; column++) {
            const char *glyph = chart_cell(chart, row, column)->glyph;
            buffer_add_string(&drawn, glyph[0] ? glyph : " ");
            end = glyph[0] && glyph[0] != ' ' ? drawn.length : end;
        }
        buffer_cut(&drawn, end);
        buffer_add_char(&drawn, '\n');
    }
    assert_string_equal(drawn.data, expected);
    buffer_release(&drawn);
}

static void test_intervals(void **state) {
    (void)state;
    const struct chart_point points[] = {{90, 70, 100}, {60, NAN, NAN}, {NAN, NAN, NAN}, {40, 40, 60}};
    struct chart chart;
    chart_intervals(&chart, 7, 16, points, 4, 40, 100, 80);
    assert_chart(&chart, "100 ┤ ╷\n"
                         "    ┤ ●\n"
                         " 80 ┤┈│┈┈┈┈┈┈┈┈┈\n"
                         "    ┤ ╵\n"
                         " 60 ┤   ●   ╷\n"
                         "    ┤       │\n"
                         " 40 ┤       ●\n");
    assert_int_equal(chart_cell(&chart, 1, 6)->role, CHART_VALUE);
    assert_int_equal(chart_cell(&chart, 0, 6)->role, CHART_DOUBT);
    assert_int_equal(chart_cell(&chart, 2, 7)->role, CHART_LIMIT);
    chart_release(&chart);
}

static void test_columns(void **state) {
    (void)state;
    const double values[] = {0, 15, 7.5, NAN, 15};
    struct chart chart;
    chart_columns(&chart, 4, 11, values, 5, 15, 15);
    assert_chart(&chart, " 15 ┤┈┈█┈┈█\n"
                         " 10 ┤  █▁ █\n"
                         "  5 ┤  ██ █\n"
                         "  0 ┤ ▁██ █\n");
    chart_release(&chart);
}

/* When there are more values than columns the last ones are shown; a value outside the scale is drawn at its end. */
static void test_last_ones(void **state) {
    (void)state;
    double values[100];
    struct chart_point points[100];
    for (int i = 0; i < 100; i++) {
        values[i] = i == 99 ? 1000 : 0;
        points[i] = (struct chart_point){i == 99 ? -5 : 50, NAN, NAN};
    }
    struct chart chart;
    chart_columns(&chart, 3, 26, values, 100, 10, NAN);
    assert_int_equal(chart.from, 80);
    assert_string_equal(chart_cell(&chart, 0, 25)->glyph, "█");
    assert_string_equal(chart_cell(&chart, 0, 24)->glyph, "");
    assert_string_equal(chart_cell(&chart, 2, 24)->glyph, "▁");
    chart_release(&chart);
    chart_intervals(&chart, 3, 26, points, 100, 0, 100, NAN);
    assert_int_equal(chart.from, 90);
    assert_string_equal(chart_cell(&chart, 2, 24)->glyph, "●");
    chart_release(&chart);
}

static void test_too_small(void **state) {
    (void)state;
    const double values[] = {1};
    struct chart chart;
    chart_columns(&chart, 2, 40, values, 1, 1, NAN);
    assert_int_equal(chart.rows, 0);
    chart_release(&chart);
    chart_columns(&chart, 9, 7, values, 1, 1, NAN);
    assert_int_equal(chart.columns, 0);
    chart_release(&chart);
    chart_columns(&chart, 5, 20, values, 0, 1, NAN);
    assert_int_equal(chart.rows, 5);
    chart_release(&chart);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_intervals),
        cmocka_unit_test(test_columns),
        cmocka_unit_test(test_last_ones),
        cmocka_unit_test(test_too_small),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
