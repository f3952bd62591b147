/*
 * Real texts through the text view at random sizes: whatever was written is reached by scrolling, in its order, and every cell is
 * whole. Some of them each time; ASSAY_ALL_TEXTS=1 takes all.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <stdlib.h>
#include <string.h>

#include "core/base/array.h"
#include "helper_real_texts.h"
#include "helper_surface.h"
#include "ui/text_view.h"

enum { STEP = 8, LOOKS_MOST = 200, SOME = 23 /* every so many of them */ };

static void look(struct text_view *view, struct surface *surface, struct sheet *sheet) {
    surface_clear(surface);
    text_view_draw(view, surface, surface_rect(surface));
    assert_whole(surface);
    sheet_init(sheet, surface->rows, surface->columns);
    for (int row = 0; row < surface->rows; row++)
        for (int column = 0; column < surface->columns; column++) {
            const struct cell *cell = surface_cell(surface, row, column);
            for (int i = 0; i < cell->length; i++)
                if ((unsigned char)cell->bytes[i] < 0x20 || cell->bytes[i] == 0x7f)
                    fail_msg("a control byte is in a cell");
            memcpy(sheet_cell(sheet, row, column), cell->bytes, cell->length);
            sheet_cell(sheet, row, column)[cell->length] = '\0';
        }
}

/* The letters of the rows from `first` on, moved sideways as far as something is cut. */
static void read_page(struct text_view *view, struct surface *surface, int first, struct buffer *letters) {
    struct sheet sheets[LOOKS_MOST];
    struct buffer line = BUFFER_INIT;
    size_t count = 0;
    do {
        look(view, surface, &sheets[count++]);
        text_view_shift(view, STEP);
    } while (view->wide && count < LOOKS_MOST && view->shift == (int)count * STEP);
    text_view_shift(view, -view->shift);
    for (int row = first; row < surface->rows; row++) {
        buffer_clear(&line);
        sheets_join(sheets, count, STEP, row, &line);
        add_letters(letters, buffer_slice(&line));
    }
    for (size_t i = 0; i < count; i++)
        sheet_release(&sheets[i]);
    buffer_release(&line);
}

/* The letters of everything that is seen from the top to the end. */
static void read_all(struct text_view *view, struct surface *surface, struct buffer *letters) {
    int first = 0;
    text_view_width(view, surface->columns);
    do {
        size_t top = text_view_top(view);
        read_page(view, surface, first, letters);
        text_view_scroll(view, surface->rows, surface->rows);
        first = surface->rows - (int)(text_view_top(view) - top);
    } while (first < surface->rows);
}

/* What Markdown takes letters of or adds some to: entities, addresses that stand elsewhere, tasks, images. */
static bool keeps_its_letters(const char *text) {
    static const char *const marks[] = {"&", "]:", "][", "[x]", "!["};
    for (size_t i = 0; i < COUNT_OF(marks); i++)
        if (strstr(text, marks[i]))
            return false;
    return true;
}

static void read_text(const struct real_text *text, enum text_mode mode, int rows, int columns) {
    struct text_view view;
    struct surface surface;
    struct buffer expected = BUFFER_INIT, shown = BUFFER_INIT;
    size_t at;
    surface_init(&surface, rows, columns);
    text_view_init(&view);
    text_view_set(&view, slice_make(text->text, text->length), mode);
    assert_null(text_view_notice(&view));
    read_all(&view, &surface, &shown);
    add_letters(&expected, slice_make(text->text, text->length));
    if ((mode != TEXT_MARKDOWN || keeps_its_letters(text->text)) &&
        !letters_follow(buffer_slice(&expected), buffer_slice(&shown), 0, &at))
        fail_msg("%s in mode %d at %d x %d: missing from '%.60s', shown '%.300s'", text->where, mode, columns, rows,
                 expected.data + at, shown.data + (at > 30 ? at - 30 : 0));
    text_view_release(&view);
    surface_release(&surface);
    buffer_release(&expected);
    buffer_release(&shown);
}

static void test_all_is_reached(void **state) {
    struct real_texts texts;
    uint32_t seed = 5;
    size_t each = getenv("ASSAY_ALL_TEXTS") ? 1 : SOME, count = 0;
    (void)state;
    if (!real_texts_read(&texts)) {
        skip();
        return;
    }
    for (size_t i = 0; i < texts.count; i += each, count++) {
        static const enum text_mode modes[] = {TEXT_MARKDOWN, TEXT_RAW, TEXT_PLAIN};
        for (size_t mode = 0; mode < COUNT_OF(modes); mode++) {
            seed = seed * 1664525 + 1013904223;
            read_text(&texts.items[i], modes[mode], 3 + (int)(seed >> 8) % 57, 30 + (int)(seed >> 16) % 170);
        }
    }
    print_message("%zu of %zu texts\n", count, texts.count);
    real_texts_release(&texts);
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_all_is_reached)};
    helper_locale();
    return cmocka_run_group_tests(tests, NULL, NULL);
}
