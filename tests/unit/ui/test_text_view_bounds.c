/* Texts made to be too much for the view: huge, dense, random. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <stdio.h>
#include <string.h>

#include "core/base/array.h"
#include "helper_surface.h"
#include "ui/text_view.h"

/* Texts that would grow without bound are shown plain. */
static void test_bounds(void **state) {
    (void)state;
    struct text_view view;
    struct buffer text = BUFFER_INIT;
    text_view_init(&view);
    buffer_add_string(&text, "[x]: /");
    buffer_add_repeated(&text, "a", 100000);
    buffer_add_string(&text, "\n\n");
    buffer_add_repeated(&text, "[x] ", 30000); /* thirty thousand times the address */
    text_view_set(&view, buffer_slice(&text), TEXT_MARKDOWN);
    assert_non_null(text_view_notice(&view));
    assert_true(view.text.length < 8 << 20);
    buffer_clear(&text);
    buffer_add_string(&text, "|a|b|\n|---|---|\n|");
    buffer_add_repeated(&text, "wide ", 20000);
    buffer_add_string(&text, "|x|\n");
    buffer_add_repeated(&text, "|1|2|\n", 9000);
    text_view_set(&view, buffer_slice(&text), TEXT_MARKDOWN);
    assert_true(view.text.length < 8 << 20);
    buffer_clear(&text);
    buffer_add_string(&text, "|a|b|\n|---|---|\n");
    buffer_add_repeated(&text, "|1|2|\n", 50000);
    text_view_set(&view, buffer_slice(&text), TEXT_MARKDOWN);
    assert_non_null(text_view_notice(&view));
    assert_int_equal(view.text.length, 0); /* given up before the table was composed */
    buffer_clear(&text);
    buffer_add_repeated(&text, "x", TEXT_VIEW_MARKDOWN_MOST + 1);
    text_view_set(&view, buffer_slice(&text), TEXT_MARKDOWN);
    assert_non_null(text_view_notice(&view));
    text_view_set(&view, slice_of("**x**"), TEXT_MARKDOWN);
    assert_null(text_view_notice(&view));
    text_view_release(&view);
    buffer_release(&text);
}

/* 50,000 lines: only what is looked at is laid out, scrolling down then up passes every line once, the end is the end. */
static void test_long_text_is_lazy(void **state) {
    (void)state;
    struct text_view view;
    struct surface surface;
    struct buffer text = BUFFER_INIT;
    surface_init(&surface, 10, 30);
    text_view_init(&view);
    for (int i = 0; i < 50000; i++)
        buffer_add_format(&text, "line %d of a text that is wrapped\n", i);
    text_view_set(&view, buffer_slice(&text), TEXT_MARKDOWN);
    text_view_draw(&view, &surface, surface_rect(&surface));
    size_t made = 0;
    for (size_t i = 0; i < view.blocks.count; i++)
        made += view.blocks.items[i].made;
    assert_true(view.blocks.count > 100 && made <= 2);
    assert_shows(&surface, "line 0 of");
    text_view_to_bottom(&view, 10);
    surface_clear(&surface);
    text_view_draw(&view, &surface, surface_rect(&surface));
    assert_shows(&surface, "line 49999 of");
    assert_true(text_view_share(&view, 10) == 1);
    int wanted = 49995; /* two rows each: this one is at the top */
    for (; wanted > 49000; wanted--) {
        char shown[32];
        snprintf(shown, sizeof shown, "line %d of", wanted);
        surface_clear(&surface);
        text_view_draw(&view, &surface, surface_rect(&surface));
        struct buffer row = BUFFER_INIT;
        surface_dump_row(&surface, 0, &row);
        assert_non_null(strstr(row.data, shown));
        buffer_release(&row);
        text_view_scroll(&view, -2, 10);
    }
    text_view_exact(&view);
    assert_int_equal(text_view_line_count(&view), 100000);
    assert_int_equal(text_view_search(&view, slice_of("LINE 25000 OF"), 10), 1);
    surface_clear(&surface);
    text_view_draw(&view, &surface, surface_rect(&surface));
    assert_int_equal(ink_under(&surface, "line 25000 of"), INK_HIT_HERE);
    text_view_release(&view);
    surface_release(&surface);
    buffer_release(&text);
}

/* Addresses that stand for themselves are told apart while they are few: md4c is quadratic in them. */
static void test_many_bare_links(void **state) {
    (void)state;
    struct text_view view;
    struct surface surface;
    struct buffer text = BUFFER_INIT;
    surface_init(&surface, 2, 40);
    text_view_init(&view);
    for (int round = 0; round < 2; round++) {
        buffer_add_repeated(&text, "www.a.org ", round == 0 ? 999 : 40000);
        text_view_set(&view, buffer_slice(&text), TEXT_MARKDOWN);
        assert_null(text_view_notice(&view));
        surface_clear(&surface);
        text_view_draw(&view, &surface, surface_rect(&surface));
        assert_shows(&surface, "www.a.org www.a.org");
        assert_int_equal(ink_under(&surface, "www.a.org"), round == 0 ? INK_LINK : INK_NORMAL);
    }
    text_view_release(&view);
    surface_release(&surface);
    buffer_release(&text);
}

/* Markdown made of random pieces, in every mode, width and place: every cell whole, nothing outside the area. */
static void test_random_texts(void **state) {
    (void)state;
    static const char *const pieces[] = {"# ",
                                         "- ",
                                         "1. ",
                                         "> ",
                                         "```\n",
                                         "    ",
                                         "|a|b|\n|---|---|\n",
                                         "*",
                                         "**",
                                         "`",
                                         "~~",
                                         "[a](b)",
                                         "![",
                                         "\n",
                                         "\n\n",
                                         "word ",
                                         "中文",
                                         "e\xcc\x81",
                                         "\xcc\x81",
                                         "👩‍👩‍👦",
                                         "שלום ",
                                         "\t",
                                         "\033[1m",
                                         "\xff",
                                         "&#27;",
                                         "&amp;",
                                         "|",
                                         "---\n",
                                         "$",
                                         "<b>",
                                         "\\",
                                         "क्षि"};
    uint32_t seed = 11;
    for (int round = 0; round < 3000; round++) {
        struct text_view view;
        struct surface surface;
        struct buffer text = BUFFER_INIT;
        surface_init(&surface, 8, 60);
        text_view_init(&view);
        for (int i = 0; i < 60; i++) {
            seed = seed * 1664525 + 1013904223;
            buffer_add_string(&text, pieces[(seed >> 8) % COUNT_OF(pieces)]);
        }
        text_view_clear(&view, (enum text_mode)(round % 3));
        text_view_add(&view, round % 2 ? slice_of("user") : SLICE_ABSENT, buffer_slice(&text));
        text_view_add(&view, round % 2 ? slice_of("assistant") : SLICE_ABSENT, buffer_slice(&text));
        if (round % 5 == 0)
            text_view_search(&view, slice_of("word"), 6);
        for (int step = 0; step < 4; step++) {
            struct rect area = rect_make(1, 2, 6, (int)((seed >> 9) % 57));
            for (int row = 0; row < 8; row++)
                for (int column = 0; column < 60; column++)
                    surface_put(&surface, surface_rect(&surface), row, column, INK_COVER, slice_of("#"));
            text_view_draw(&view, &surface, area);
            assert_whole(&surface);
            for (int row = 0; row < 8; row++)
                for (int column = 0; column < 60; column++)
                    if (row < 1 || row > 6 || column < 2 || column >= 2 + area.columns)
                        assert_int_equal(surface_cell(&surface, row, column)->ink, INK_COVER);
            seed = seed * 1664525 + 1013904223;
            text_view_scroll(&view, (long)(seed >> 8) % 9 - 3, 6);
            text_view_shift(&view, (int)((seed >> 12) % 9) - 3);
        }
        text_view_release(&view);
        surface_release(&surface);
        buffer_release(&text);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_bounds),
        cmocka_unit_test(test_long_text_is_lazy),
        cmocka_unit_test(test_many_bare_links),
        cmocka_unit_test(test_random_texts),
    };
    helper_locale();
    return cmocka_run_group_tests(tests, NULL, NULL);
}
