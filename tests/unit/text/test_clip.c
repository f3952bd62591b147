#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "core/text/clean.h"
#include "core/text/clip.h"
#include "core/text/grapheme.h"
#include "tests/unit/text/helper_strings.h"

static void clips(const char *text, int columns, const char *expected) {
    struct buffer out = BUFFER_INIT;
    int used = text_clip(&out, slice_of(text), columns);
    assert_string_equal(out.data, expected);
    assert_int_equal(used, text_columns(slice_of(expected)));
    buffer_release(&out);
}

static void known_clips(void **state) {
    (void)state;
    clips("helpfulness", 11, "helpfulness");
    clips("helpfulness", 10, "helpfulne…");
    clips("helpfulness", 1, "…");
    clips("helpfulness", 0, "");
    clips("helpfulness", -3, "");
    clips("", 0, "");
    clips("漢字漢字", 8, "漢字漢字");
    clips("漢字漢字", 7, "漢字漢…");
    clips("漢字漢字", 6, "漢字…");
    clips("cafe\u0301s", 5, "cafe\u0301s");
    clips("cafe\u0301s!", 5, "cafe\u0301…");
    clips("one\ntwo", 20, "one…");
}

static void fits(const char *text, int columns, enum text_align align, const char *expected) {
    struct buffer out = BUFFER_INIT;
    text_fit(&out, slice_of(text), columns, align);
    assert_string_equal(out.data, expected);
    buffer_release(&out);
}

static void known_fits(void **state) {
    (void)state;
    fits("ana", 6, TEXT_LEFT, "ana   ");
    fits("ana", 6, TEXT_RIGHT, "   ana");
    fits("ana", 6, TEXT_CENTRE, " ana  ");
    fits("漢字", 3, TEXT_LEFT, "漢…");
    fits("漢字", 2, TEXT_RIGHT, " …");
    fits("", 2, TEXT_LEFT, "  ");
    fits("x", 0, TEXT_LEFT, "");
}

static void known_windows(void **state) {
    const struct slice line = slice_of("ab漢字cd");
    struct text_window window;
    (void)state;
    window = text_window(line, 0, 4);
    assert_int_equal(window.start, 0);
    assert_int_equal(window.end, 5);
    assert_int_equal(window.columns, 4);
    assert_true(!window.more_left && window.more_right && window.before == 0);
    window = text_window(line, 3, 4); /* cuts 漢 */
    assert_int_equal(window.before, 1);
    assert_int_equal(window.start, 5);
    assert_int_equal(window.columns, 3);
    assert_int_equal(window.end, 9);
    assert_true(window.more_left && window.more_right);
    window = text_window(line, 3, 5);
    assert_int_equal(window.end, 10);
    assert_false(window.more_right);
    window = text_window(line, 100, 5);
    assert_int_equal(window.start, line.length);
    assert_int_equal(window.columns, 0);
    assert_true(window.more_left && !window.more_right);
    window = text_window(SLICE_ABSENT, 5, 5);
    assert_true(!window.more_left && !window.more_right);
    assert_int_equal(text_at_column(line, 0), 0);
    assert_int_equal(text_at_column(line, 2), 2);
    assert_int_equal(text_at_column(line, 3), 2);
    assert_int_equal(text_at_column(line, 4), 5);
    assert_int_equal(text_at_column(line, 99), line.length);
}

static void widths_are_kept(void **state) {
    struct buffer in = BUFFER_INIT, clean = BUFFER_INIT, out = BUFFER_INIT;
    uint64_t seed = 7;
    (void)state;
    for (int i = 0; i < 10000; i++) {
        random_text(&seed, &in, 20);
        buffer_clear(&clean);
        text_clean(&clean, buffer_slice(&in), CLEAN_ONE_LINE);
        struct slice text = buffer_slice(&clean);
        int columns = (int)(random_bits(&seed) % 40);
        size_t from = random_bits(&seed) % 40, all = text_columns(text);

        buffer_clear(&out);
        int used = text_clip(&out, text, columns);
        assert_true(used <= columns || text.length == 0);
        assert_int_equal(text_columns(buffer_slice(&out)), used);
        if (all <= (size_t)columns)
            assert_true(slice_equal(buffer_slice(&out), text));
        buffer_clear(&out);
        text_fit(&out, text, columns, (enum text_align)(i % 3));
        assert_int_equal(text_columns(buffer_slice(&out)), columns);

        struct text_window window = text_window(text, from, columns);
        assert_true(window.before + window.columns <= columns);
        assert_int_equal(text_columns(slice_make(text.data + window.start, window.end - window.start)), window.columns);
        assert_int_equal(window.more_right, window.end < text.length);
        if (window.end > window.start)
            assert_int_equal(text_columns(slice_make(text.data, window.start)), from + (size_t)window.before);
    }
    buffer_release(&in);
    buffer_release(&clean);
    buffer_release(&out);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(known_clips),
        cmocka_unit_test(known_fits),
        cmocka_unit_test(known_windows),
        cmocka_unit_test(widths_are_kept),
    };
    return cmocka_run_group_tests_name("clip", tests, set_utf8_locale, NULL);
}
