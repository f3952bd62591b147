#include "helper_surface.h"

#include <locale.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "core/text/utf8.h"

void helper_locale(void) {
    if (!setlocale(LC_ALL, "C.UTF-8"))
        abort();
}

void assert_drawn(const struct surface *surface, const char *expected) {
    struct buffer drawn = BUFFER_INIT;
    surface_dump(surface, &drawn);
    if (strcmp(drawn.data, expected) != 0)
        print_error("drawn:\n%sexpected:\n%s", drawn.data, expected);
    assert_string_equal(drawn.data, expected);
    buffer_release(&drawn);
}

void assert_whole(const struct surface *surface) {
    for (int row = 0; row < surface->rows; row++) {
        for (int column = 0; column < surface->columns; column++) {
            const struct cell *cell = surface_cell(surface, row, column);
            int32_t point;
            if (cell->width == 0) {
                assert_true(column > 0);
                assert_int_equal(surface_cell(surface, row, column - 1)->width, 2);
                assert_int_equal(cell->length, 0);
                continue;
            }
            assert_true(utf8_valid(slice_make(cell->bytes, cell->length)));
            assert_true(utf8_decode(cell->bytes, cell->length, &point) > 0);
            assert_int_equal(point_columns(point), cell->width);
            assert_true(utf8_count(slice_make(cell->bytes, cell->length)) <= CELL_POINTS);
            if (cell->width == 2) {
                assert_true(column + 1 < surface->columns);
                assert_int_equal(surface_cell(surface, row, column + 1)->width, 0);
            }
        }
    }
}

static bool shown(const struct surface *surface, const char *text) {
    struct buffer drawn = BUFFER_INIT;
    surface_dump(surface, &drawn);
    bool there = strstr(drawn.data, text) != NULL;
    buffer_release(&drawn);
    return there;
}

static void fail_with(const struct surface *surface, const char *what, const char *text) {
    struct buffer drawn = BUFFER_INIT;
    surface_dump(surface, &drawn);
    print_error("%s \"%s\" in:\n%s", what, text, drawn.data);
    buffer_release(&drawn);
    fail();
}

void assert_shows(const struct surface *surface, const char *text) {
    if (!shown(surface, text))
        fail_with(surface, "not shown:", text);
}

void assert_not_shown(const struct surface *surface, const char *text) {
    if (shown(surface, text))
        fail_with(surface, "shown:", text);
}

int ink_under(const struct surface *surface, const char *text) {
    size_t length = strlen(text);
    for (int row = 0; row < surface->rows; row++) {
        for (int column = 0; column < surface->columns; column++) {
            size_t at = 0;
            for (int i = column; i < surface->columns && at < length; i++) {
                const struct cell *cell = surface_cell(surface, row, i);
                if (at + cell->length > length || memcmp(cell->bytes, text + at, cell->length) != 0)
                    break;
                at += cell->length;
            }
            if (at == length)
                return surface_cell(surface, row, column)->ink;
        }
    }
    return -1;
}
