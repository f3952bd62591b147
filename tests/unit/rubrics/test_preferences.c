/* config.yaml into plain words with their places. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "rubrics/preferences.h"

static void test_words_and_places(void **state) {
    (void)state;
    struct preferences preferences;
    struct error error = ERROR_INIT;
    const char *text = "theme: light\n"
                       "content_notes: false\n"
                       "keys:\n"
                       "  reading:\n"
                       "    undo: [F12, \"?\"]\n"
                       "  list: {open: l}\n";
    assert_int_equal(preferences_read(slice_of(text), "c.yaml", &preferences, &error), 0);
    assert_string_equal(preferences.file, "c.yaml");
    assert_int_equal(preferences.theme, THEME_LIGHT);
    assert_true(preferences.uncovered);
    assert_int_equal(preferences.key_count, 2);
    const struct key_preference *undo = &preferences.keys[0], *open = &preferences.keys[1];
    assert_string_equal(undo->context.text, "reading");
    assert_int_equal(undo->context.line, 4);
    assert_string_equal(undo->request.text, "undo");
    assert_int_equal(undo->request.column, 5);
    assert_int_equal(undo->key_count, 2);
    assert_string_equal(undo->keys[1].text, "?");
    assert_int_equal(undo->keys[1].line, 5);
    assert_int_equal(undo->keys[1].column, 17);
    assert_string_equal(open->request.text, "open");
    assert_string_equal(open->keys[0].text, "l");
    preferences_release(&preferences);
}

static void test_nothing_gives_the_defaults(void **state) {
    (void)state;
    static const char *const texts[] = {"", "# only a comment\n", "---\n", "{}\n", "keys: {reading: {}}\n"};
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
        struct preferences preferences;
        struct error error = ERROR_INIT;
        assert_int_equal(preferences_read(slice_of(texts[i]), "c.yaml", &preferences, &error), 0);
        assert_int_equal(preferences.theme, THEME_AUTO);
        assert_false(preferences.uncovered);
        assert_int_equal(preferences.key_count, 0);
        preferences_release(&preferences);
    }
}

static void test_refused_is_empty(void **state) {
    (void)state;
    struct preferences preferences;
    struct error error = ERROR_INIT;
    assert_int_equal(
        preferences_read(slice_of("keys: {a: {b: [c, c, c, c, c, c, c]}}\n"), "c.yaml", &preferences, &error),
        STATUS_INPUT);
    assert_string_equal(error.text, "c.yaml:1:15: keys.a.b: a list of 7; at most 6 can stand here");
    assert_null(preferences.file);
    assert_int_equal(preferences.key_count, 0);
    preferences_release(&preferences);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_words_and_places),
        cmocka_unit_test(test_nothing_gives_the_defaults),
        cmocka_unit_test(test_refused_is_empty),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
