#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <string.h>

#include "core/base/array.h"
#include "core/text/utf8.h"
#include "helper_surface.h"
#include "ui/edit.h"

static enum edit_result press(struct edit *edit, const char *name) {
    struct key key;
    if (!key_parse(slice_of(name), &key))
        fail_msg("no key is called %s", name);
    return edit_key(edit, &key);
}

static void type(struct edit *edit, const char *text) {
    struct slice slice = slice_of(text);
    for (size_t at = 0; at < slice.length;) {
        int32_t point;
        at += utf8_decode(slice.data + at, slice.length - at, &point);
        struct key key = key_character((uint32_t)point);
        edit_key(edit, &key);
    }
}

/* The text with the cursor as |. */
static void assert_edit(const struct edit *edit, const char *expected) {
    struct buffer shown = BUFFER_INIT;
    buffer_add(&shown, edit->text.data, edit->cursor);
    buffer_add_char(&shown, '|');
    buffer_add(&shown, edit->text.data + edit->cursor, edit->text.length - edit->cursor);
    assert_string_equal(shown.data, expected);
    buffer_release(&shown);
}

static void test_typing_and_erasing(void **state) {
    (void)state;
    struct edit edit;
    edit_init(&edit, true, 1000);
    type(&edit, "q1 中文 ok");
    assert_edit(&edit, "q1 中文 ok|");
    press(&edit, "Backspace");
    press(&edit, "Left");
    press(&edit, "Left");
    press(&edit, "Delete");
    assert_edit(&edit, "q1 中文|o");
    assert_int_equal(press(&edit, "Ctrl-J"), EDIT_CHANGED);
    assert_edit(&edit, "q1 中文\n|o");
    press(&edit, "Home");
    press(&edit, "Ctrl-K");
    assert_edit(&edit, "q1 中文\n|");
    press(&edit, "Backspace");
    press(&edit, "Ctrl-W");
    assert_edit(&edit, "q1 |");
    press(&edit, "Ctrl-A");
    assert_edit(&edit, "|q1 ");
    press(&edit, "End");
    assert_int_equal(press(&edit, "Delete"), EDIT_MOVED);
    assert_edit(&edit, "q1 |");
    edit_release(&edit);
}

static void test_ends_and_ignored(void **state) {
    (void)state;
    struct edit edit;
    edit_init(&edit, false, 1000);
    assert_int_equal(press(&edit, "Enter"), EDIT_ENDED);
    assert_int_equal(press(&edit, "Esc"), EDIT_ENDED);
    assert_int_equal(press(&edit, "Tab"), EDIT_ENDED);
    assert_int_equal(press(&edit, "Ctrl-O"), EDIT_EDITOR);
    assert_int_equal(press(&edit, "Ctrl-J"), EDIT_IGNORED);
    assert_int_equal(press(&edit, "F10"), EDIT_IGNORED);
    assert_int_equal(press(&edit, "Ctrl-U"), EDIT_IGNORED);
    assert_edit(&edit, "|");
    edit_release(&edit);
}

static void test_clusters(void **state) {
    (void)state;
    struct edit edit;
    edit_init(&edit, true, 1000);
    edit_set(&edit, slice_of("a👨‍👩‍👧e\xcc\x81नि"));
    press(&edit, "Backspace");
    assert_edit(&edit, "a👨‍👩‍👧e\xcc\x81|");
    press(&edit, "Backspace");
    assert_edit(&edit, "a👨‍👩‍👧|");
    press(&edit, "Left");
    assert_edit(&edit, "a|👨‍👩‍👧");
    press(&edit, "Delete");
    assert_edit(&edit, "a|");
    edit_release(&edit);
}

static void test_words(void **state) {
    (void)state;
    struct edit edit;
    edit_init(&edit, true, 1000);
    edit_set(&edit, slice_of("one two, größe_3"));
    press(&edit, "Ctrl-Left");
    assert_edit(&edit, "one two, |größe_3");
    press(&edit, "Alt-b");
    assert_edit(&edit, "one |two, größe_3");
    press(&edit, "Alt-f");
    assert_edit(&edit, "one two|, größe_3");
    press(&edit, "Ctrl-Right");
    assert_edit(&edit, "one two, größe_3|");
    edit_release(&edit);
}

static void test_paste_is_stripped(void **state) {
    (void)state;
    struct edit edit;
    struct key paste = {.kind = ON_PASTE,
                        .text = slice_make("a\033[31m\r\nb\tc\0\x9b\xe2\x80\xae"
                                           "d\re\xc2\x85",
                                           21)};
    edit_init(&edit, true, 1000);
    assert_int_equal(edit_key(&edit, &paste), EDIT_CHANGED);
    assert_edit(&edit, "a[31m\nb cd\ne|");
    edit_release(&edit);
    edit_init(&edit, false, 1000);
    edit_key(&edit, &paste);
    assert_edit(&edit, "a[31m b cd e|");
    edit_release(&edit);
}

static void test_full(void **state) {
    (void)state;
    struct edit edit;
    edit_init(&edit, true, 4);
    type(&edit, "abc");
    assert_false(edit_insert(&edit, slice_of("中")));
    assert_int_equal(press(&edit, "é"), EDIT_FULL);
    assert_edit(&edit, "abc|");
    assert_int_equal(press(&edit, "d"), EDIT_CHANGED);
    assert_int_equal(press(&edit, "e"), EDIT_FULL);
    edit_release(&edit);
}

static void test_drawn_with_cursor(void **state) {
    (void)state;
    struct surface surface;
    struct edit edit;
    surface_init(&surface, 4, 12);
    edit_init(&edit, true, 1000);
    edit_set(&edit, slice_of("one two three 中文 four"));
    edit_draw(&edit, &surface, rect_make(1, 1, 3, 10), INK_NORMAL, true);
    assert_drawn(&surface, "\n one two\n three 中\n 文 four\n");
    assert_int_equal(surface.cursor_row, 3);
    assert_int_equal(surface.cursor_column, 8);
    assert_int_equal(edit_rows(&edit, 10), 3);
    press(&edit, "Ctrl-J"); /* the cursor's own empty row scrolls the field */
    surface_clear(&surface);
    edit_draw(&edit, &surface, rect_make(1, 1, 3, 10), INK_NORMAL, true);
    assert_drawn(&surface, "\n three 中\n 文 four\n\n");
    assert_int_equal(surface.cursor_row, 3);
    assert_int_equal(surface.cursor_column, 1);
    edit_release(&edit);
    surface_release(&surface);
}

static void test_up_and_down_keep_the_column(void **state) {
    (void)state;
    struct surface surface;
    struct edit edit;
    surface_init(&surface, 5, 20);
    edit_init(&edit, true, 1000);
    edit_set(&edit, slice_of("first line\nab\nthird line"));
    edit_draw(&edit, &surface, surface_rect(&surface), INK_NORMAL, true);
    press(&edit, "Left");
    press(&edit, "Up");
    assert_edit(&edit, "first line\nab|\nthird line");
    press(&edit, "Up");
    assert_edit(&edit, "first lin|e\nab\nthird line");
    press(&edit, "Down");
    press(&edit, "Down");
    assert_edit(&edit, "first line\nab\nthird lin|e");
    press(&edit, "Down");
    assert_edit(&edit, "first line\nab\nthird line|");
    edit_release(&edit);
    surface_release(&surface);
}

/* Any keys: the text stays valid, the cursor on a boundary and on the screen. */
static void test_random_keys(void **state) {
    (void)state;
    static const char *const keys[] = {"a",         " ",
                                       "中",        "\xcc\x81",
                                       "👩",         "Left",
                                       "Right",     "Up",
                                       "Down",      "Home",
                                       "End",       "Ctrl-J",
                                       "Ctrl-W",    "Ctrl-K",
                                       "Backspace", "Delete",
                                       "Alt-b",     "Alt-f",
                                       "ש",         "\xe2\x80\x8d",
                                       "x",         "\xf0\x9f\x8f\xbd"};
    uint32_t seed = 3;
    struct surface surface;
    struct edit edit;
    surface_init(&surface, 3, 9);
    edit_init(&edit, true, 200);
    for (int round = 0; round < 5000; round++) {
        seed = seed * 1664525 + 1013904223;
        press(&edit, keys[(seed >> 8) % COUNT_OF(keys)]);
        assert_true(utf8_valid(buffer_slice(&edit.text)));
        assert_true(edit.cursor <= edit.text.length);
        assert_true(edit.cursor == edit.text.length || ((unsigned char)edit.text.data[edit.cursor] & 0xc0) != 0x80);
        surface_clear(&surface);
        edit_draw(&edit, &surface, surface_rect(&surface), INK_NORMAL, true);
        assert_whole(&surface);
        assert_true(surface.cursor_row >= 0);
    }
    edit_release(&edit);
    surface_release(&surface);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_typing_and_erasing), cmocka_unit_test(test_ends_and_ignored),
        cmocka_unit_test(test_clusters),           cmocka_unit_test(test_words),
        cmocka_unit_test(test_paste_is_stripped),  cmocka_unit_test(test_full),
        cmocka_unit_test(test_drawn_with_cursor),  cmocka_unit_test(test_up_and_down_keep_the_column),
        cmocka_unit_test(test_random_keys),
    };
    helper_locale();
    return cmocka_run_group_tests(tests, NULL, NULL);
}
