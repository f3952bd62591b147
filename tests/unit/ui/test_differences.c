#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <stdio.h>
#include <string.h>

#include "core/base/array.h"
#include "helper_surface.h"
#include "ui/differences.h"
#include "ui/text_difference.h"

static void assert_shown(const char *a, const char *b, bool beside, int rows, int columns, const char *expected) {
    struct text_difference difference;
    struct text_view view;
    struct surface surface;
    surface_init(&surface, rows, columns);
    text_view_init(&view);
    text_difference_init(&difference, slice_of(a), slice_of(b));
    difference.beside = beside;
    text_difference_show(&difference, &view);
    text_view_draw(&view, &surface, surface_rect(&surface));
    assert_drawn(&surface, expected);
    assert_whole(&surface);
    text_difference_release(&difference);
    text_view_release(&view);
    surface_release(&surface);
}

static void test_one_text(void **state) {
    (void)state;
    assert_shown("The old cat.\nSame.", "The new cat.\nSame.", false, 2, 40, "The [-old-]{+new+} cat.\nSame.\n");
    assert_shown("a b\r\nc\n", "a\tb\r\nc\n\n", false, 4, 40, "a[-·-]{+───→+}b\nc\n{+⏎+}\n\n");
    assert_shown("a\033[2J b", "a\x9b b", false, 1, 40, "a[-␛[2J-]{+‹\\x9B›+} b\n");
}

static void test_beside(void **state) {
    (void)state;
    assert_shown("One two three four.\nSame.\n- old\n", "One two 3 four.\nSame.\n- old\n- new\n", true, 6, 33,
                 "One two         │ One two {+3+}\n"
                 "[-three-] four. │ four.\n"
                 "Same.           │ Same.\n"
                 "- old           │ - old\n"
                 "                │ {+- new+}\n\n");
    assert_shown("שלום old", "שלום new", true, 2, 33, "   שלום [-old-] │    שלום {+new+}\n\n");
}

/* Equal lines: two stay at a change, the others are one fold. A long part of a line is folded in its middle. */
static void test_folds(void **state) {
    (void)state;
    struct text_difference difference;
    struct text_view view;
    struct surface surface;
    surface_init(&surface, 9, 60);
    text_view_init(&view);
    struct slice a = slice_of("old\na\nb\nc c\nd\ne\nf\ng\nold\n"), b = slice_of("new\na\nb\nc c\nd\ne\nf\ng\nnew\n");
    text_difference_init(&difference, a, b);
    text_difference_show(&difference, &view);
    text_view_draw(&view, &surface, surface_rect(&surface));
    assert_drawn(&surface, "[-old-]{+new+}\na\nb\n┄ 4 words the same ┄\nf\ng\n[-old-]{+new+}\n\n\n");
    assert_true(difference.has_folds);
    difference.open = true;
    text_difference_show(&difference, &view);
    surface_clear(&surface);
    text_view_draw(&view, &surface, surface_rect(&surface));
    assert_drawn(&surface, "[-old-]{+new+}\na\nb\nc c\nd\ne\nf\ng\n[-old-]{+new+}\n");
    text_difference_release(&difference);

    struct buffer left = BUFFER_INIT, right = BUFFER_INIT;
    buffer_add_string(&left, "old ");
    buffer_add_repeated(&left, "word ", 100);
    buffer_add_slice(&right, slice_of("new "));
    buffer_add_slice(&right, slice_make(left.data + 4, left.length - 4));
    buffer_add_string(&right, "end");
    text_difference_init(&difference, buffer_slice(&left), buffer_slice(&right));
    text_difference_show(&difference, &view);
    surface_clear(&surface);
    text_view_draw(&view, &surface, surface_rect(&surface));
    assert_shows(&surface, "┄ 68 words the same ┄");
    assert_shows(&surface, "[-old-]{+new+} word");
    assert_shows(&surface, "word {+end+}");
    text_difference_release(&difference);
    buffer_release(&left);
    buffer_release(&right);
    text_view_release(&view);
    surface_release(&surface);
}

static void assert_summary(const char *a, const char *b, const char *expected) {
    struct text_difference difference;
    struct buffer summary = BUFFER_INIT, notice = BUFFER_INIT;
    text_difference_init(&difference, slice_of(a), slice_of(b));
    text_difference_summary(&difference, "A", "C", &summary, &notice);
    assert_string_equal(summary.data, expected);
    assert_string_equal(notice.data, "");
    text_difference_release(&difference);
    buffer_release(&summary);
    buffer_release(&notice);
}

static void test_summary(void **state) {
    (void)state;
    assert_summary("", "", "A and C are the same, byte for byte.");
    assert_summary("one, two", "one, two", "A and C are the same, byte for byte.");
    assert_summary("one, two", "one two ", "A and C have the same words; marks or spaces differ in 2 places.");
    assert_summary("a b c d e f g h i j", "a b c d e f g h i x",
                   "A and C are 90 % the same: 1 word differs, in 1 place.");
    assert_summary("a b c d", "a b c x y z", "A and C are 60 % the same.");
    assert_summary("one", "two", "A and C share no stretch of words.");
}

/* Two megabytes a side with nothing in common but one line: at once, and it says what it did. */
static void test_it_gives_up(void **state) {
    (void)state;
    struct buffer a = BUFFER_INIT, b = BUFFER_INIT, summary = BUFFER_INIT, notice = BUFFER_INIT;
    struct text_difference difference;
    struct text_view view;
    struct surface surface;
    for (int i = 0; i < 40000; i++) {
        buffer_add_format(&a, "%d is on the left of the two, as is %d\n", i, 7 * i);
        buffer_add_format(&b, "here the right one goes on %d times from %d\n", -i, 11 * i);
        if (i == 20000) {
            buffer_add_string(&a, "in both\n");
            buffer_add_string(&b, "in both\n");
        }
    }
    surface_init(&surface, 20, 100);
    text_view_init(&view);
    text_difference_init(&difference, buffer_slice(&a), buffer_slice(&b));
    text_difference_summary(&difference, "A", "B", &summary, &notice);
    assert_string_equal(notice.data, "Too long to compare word by word as a whole: equal lines were matched first, and "
                                     "2 stretches are shown whole.");
    difference.beside = true;
    text_difference_show(&difference, &view);
    text_view_draw(&view, &surface, surface_rect(&surface));
    assert_shows(&surface, "[-0 is on the left");
    size_t laid = 0;
    for (size_t i = 0; i < view.blocks.count; i++)
        laid += view.blocks.items[i].laid;
    assert_true(laid < 4 && view.blocks.count > 200);
    assert_int_equal(text_view_search(&view, slice_of("in both"), 20), 2); /* left and right */
    text_difference_release(&difference);
    text_view_release(&view);
    surface_release(&surface);
    buffer_release(&a);
    buffer_release(&b);
    buffer_release(&summary);
    buffer_release(&notice);
}

/* Texts made of random pieces, whatever the layout, the width and the place: every cell whole, every change in its signs. */
static void test_random(void **state) {
    static const char *const pieces[] = {"word ",        "other ",  "\n",        "\n\n",
                                         "中文",         "שלום ",   "e\xcc\x81", "\xcc\x81",
                                         "\t",           "\033[2J", "\xff\xfe",  "👨‍👩‍👧",
                                         "\xe2\x80\x8b", "-]",      "\r\n",      "  "};
    uint32_t seed = 9;
    struct text_view view;
    struct surface surface;
    (void)state;
    surface_init(&surface, 1, 1);
    text_view_init(&view);
    for (int round = 0; round < 300; round++) {
        struct buffer texts[2] = {BUFFER_INIT, BUFFER_INIT};
        for (int i = 0; i < 60; i++) {
            seed = seed * 1664525 + 1013904223;
            const char *piece = pieces[seed >> 28];
            if (seed >> 20 & 7)
                buffer_add_string(&texts[0], piece);
            if (seed >> 16 & 7)
                buffer_add_string(&texts[1], piece);
        }
        struct text_difference difference;
        text_difference_init(&difference, buffer_slice(&texts[0]), buffer_slice(&texts[1]));
        difference.beside = round & 1;
        difference.open = round & 2;
        text_difference_show(&difference, &view);
        surface_resize(&surface, 5 + round % 7, 12 + round % 50);
        while (text_difference_go(&difference, &view, 1, surface.rows)) {
            surface_clear(&surface);
            text_view_draw(&view, &surface, surface_rect(&surface));
            assert_whole(&surface);
            assert_true(text_difference_hand_row(&difference, &view, surface.rows) >= 0);
        }
        size_t changes = 0;
        for (size_t i = 0; i < difference.comparison.stretches.count; i++)
            changes += !difference.comparison.stretches.items[i].same;
        assert_int_equal(difference.changes.count, changes);
        assert_true(changes == 0 || difference.hand + 1 == changes);
        text_difference_release(&difference);
        buffer_release(&texts[0]);
        buffer_release(&texts[1]);
    }
    text_view_release(&view);
    surface_release(&surface);
}

static void press(struct frame *frame, const char *name) {
    struct key key;
    assert_true(key_parse(slice_of(name), &key));
    frame_key(frame, &key);
    frame_draw(frame);
    assert_whole(&frame->surface);
}

static void test_screen(void **state) {
    (void)state;
    struct frame frame;
    const struct compared_text texts[] = {
        {"A", slice_of("one two three\n\nfour\n")}, {"B", slice_of("one 2 three\n\n4\n")}, {"C", slice_of("else\n")}};
    frame_init(&frame, NULL, NULL);
    frame_resize(&frame, 24, 100);
    differences_open(&frame, texts, 3, 1, 2);
    frame_draw(&frame);
    assert_shows(&frame.surface, "differences › B and C");
    press(&frame, "Right");
    assert_shows(&frame.surface, "differences › A and B");
    assert_shows(&frame.surface, " │ one {+2+} three");
    press(&frame, "Tab");
    assert_shows(&frame.surface, "▌one [-two-] three");
    press(&frame, "Tab");
    assert_shows(&frame.surface, "difference 2 of 2");
    assert_shows(&frame.surface, "▌[-four-]");
    press(&frame, "Tab");
    assert_shows(&frame.surface, "no difference further down");
    press(&frame, "Shift-Tab");
    assert_shows(&frame.surface, "difference 1 of 2");
    press(&frame, "w");
    assert_shows(&frame.surface, "one [-two-]{+2+} three");
    press(&frame, "Enter");
    assert_shows(&frame.surface, "nothing is folded");
    press(&frame, "F5");
    assert_null(frame.top);
    frame_release(&frame);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_one_text), cmocka_unit_test(test_beside),      cmocka_unit_test(test_folds),
        cmocka_unit_test(test_summary),  cmocka_unit_test(test_it_gives_up), cmocka_unit_test(test_screen),
        cmocka_unit_test(test_random),
    };
    helper_locale();
    return cmocka_run_group_tests(tests, NULL, NULL);
}
