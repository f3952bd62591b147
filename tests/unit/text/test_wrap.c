#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "core/text/clean.h"
#include "core/text/grapheme.h"
#include "core/text/points.h"
#include "core/text/utf8.h"
#include "core/text/wrap.h"
#include "tests/unit/text/helper_strings.h"

/* The lines joined by '|'. */
static void wraps(const char *text, int columns, const char *expected) {
    struct buffer out = BUFFER_INIT;
    struct text_line line;
    for (size_t at = 0; text_wrap(slice_of(text), at, columns, &line); at = line.next) {
        if (at > 0)
            buffer_add_char(&out, '|');
        buffer_add(&out, text + line.start, line.end - line.start);
    }
    assert_string_equal(out.data, expected);
    buffer_release(&out);
}

static void words(void **state) {
    (void)state;
    wraps("", 10, "");
    wraps("the quick brown fox", 10, "the quick|brown fox");
    wraps("the quick brown fox", 9, "the quick|brown fox");
    wraps("the quick brown fox", 8, "the|quick|brown|fox");
    wraps("the quick      brown", 9, "the quick|brown");
    wraps("one\ntwo\n\nthree\n", 10, "one|two||three");
    wraps("\n", 10, "");
    wraps("a\n\n", 10, "a|");
    wraps("trailing   \nnext", 8, "trailing|next");
    wraps("abcdefghijkl", 5, "abcde|fghij|kl");
    wraps("ab abcdefghijkl", 5, "ab|abcde|fghij|kl");
    wraps("    code here", 8, "    code|here");
    wraps("    longword", 8, "    long|word");
    wraps("          far", 5, "|far");
    wraps("    漢字", 5, "|漢字");
    wraps("     ", 3, "");
    wraps("a b", 1, "a|b");
    wraps("abc", 1, "ab|c");
}

static void inside_words(void **state) {
    (void)state;
    wraps("a well-known fact", 7, "a well-|known|fact");
    wraps("from 3-4 to -17", 6, "from|3-4 to|-17");
    wraps("input/output", 8, "input/|output");
    wraps("say (yes) now", 6, "say|(yes)|now");
    wraps("no\u00A0break here", 8, "no\u00A0break|here");
    wraps("ab\u200Bcd", 3, "ab\u200B|cd");
    wraps("cafe\u0301s", 4, "cafe\u0301|s");
    wraps("“quoted words”", 8, "“quoted|words”");
}

static void without_spaces(void **state) {
    (void)state;
    wraps("漢字漢字漢", 4, "漢字|漢字|漢");
    wraps("漢字漢字漢", 5, "漢字|漢字|漢");
    wraps("我们知道。你好", 8, "我们知|道。你好");
    wraps("他说「你好」了", 6, "他说|「你|好」了");
    wraps("コーヒー", 4, "コー|ヒー");
    wraps("ヒッコ", 4, "ヒッ|コ");
    wraps("使用C语言", 5, "使用C|语言");
    wraps("한국어 문장", 8, "한국어|문장");
    wraps("👨👩👧", 4, "👨👩|👧");
    wraps("🇩🇪🇫🇷🇯🇵", 4, "🇩🇪🇫🇷|🇯🇵");
    wraps("เด็กไทย", 4, "เด็ก|ไทย");
    wraps("ab漢cd", 3, "ab|漢|cd");
    wraps("漢", 1, "漢");
}

static void columns_are_said(void **state) {
    struct text_line line;
    (void)state;
    assert_true(text_wrap(slice_of("漢字 ab  \nx"), 0, 20, &line));
    assert_int_equal(line.columns, 7);
    assert_int_equal(line.end, 9);
    assert_int_equal(line.next, 12);
    assert_true(line.newline);
    assert_true(text_wrap(slice_of("漢字 ab  \nx"), line.next, 20, &line));
    assert_false(line.newline);
    assert_false(text_wrap(slice_of("漢字 ab  \nx"), line.next, 20, &line));
    assert_int_equal(text_paragraph(slice_of("a\nbc\n"), 3), 2);
    assert_int_equal(text_paragraph(slice_of("a\nbc\n"), 2), 2);
    assert_int_equal(text_paragraph(slice_of("a\nbc\n"), 1), 0);
    assert_int_equal(text_paragraph(slice_of("a\nbc\n"), 5), 5);
    assert_int_equal(text_wrap_count(slice_of("a b c d"), 0, 2, 100), 4);
    assert_int_equal(text_wrap_count(slice_of("a b c d"), 0, 2, 3), 3);
}

/* Nothing to see: spaces, newlines and what has no cell and is no mark. */
static bool is_blank(struct slice text, size_t from, size_t to) {
    for (size_t at = from; at < to;) {
        int32_t point = 0;
        at += utf8_decode(text.data + at, to - at, &point);
        bool space = point == ' ' || point == '\n' || point == 0x3000 || point == 0x1680 || point == 0x205F ||
                     (point >= 0x2000 && point <= 0x200A);
        if (!space && (point_columns(point) != 0 || point_is_mark(point)))
            return false;
    }
    return true;
}

static void invariants_hold(void **state) {
    struct buffer in = BUFFER_INIT, clean = BUFFER_INIT;
    uint64_t seed = 5;
    (void)state;
    for (int i = 0; i < 10000; i++) {
        random_text(&seed, &in, 40);
        buffer_clear(&clean);
        text_clean(&clean, buffer_slice(&in), CLEAN_LINES);
        struct slice text = buffer_slice(&clean);
        int columns = 2 + (int)(random_bits(&seed) % 30);
        struct text_line line;
        size_t at = 0;
        for (; text_wrap(text, at, columns, &line); at = line.next) {
            assert_int_equal(line.start, at); /* nothing is lost */
            assert_true(line.end >= line.start && line.next >= line.end && line.next > at);
            assert_true(is_blank(text, line.end, line.next));
            assert_true(line.columns <= columns);
            if (line.end > at && text.data[line.end - 1] == ' ') /* only inside a cluster: U+0600 takes what follows */
                assert_true(grapheme_previous(text, line.end) < line.end - 1);
            assert_int_equal(text_columns(slice_make(text.data + at, line.end - at)), line.columns);
            assert_int_equal(line.newline, text.data[line.next - 1] == '\n');
            assert_null(memchr(text.data + at, '\n', line.next - at - line.newline));
            if (line.next < text.length && text.data[line.next] != '\n') { /* the next line starts with a cell */
                int32_t point = 0;
                utf8_decode(text.data + line.next, text.length - line.next, &point);
                assert_true(point_columns(point) > 0);
            }
        }
        assert_int_equal(at, text.length);
    }
    buffer_release(&in);
    buffer_release(&clean);
}

/* No line could have taken the next word: without this, a wrap that breaks everywhere would pass. */
static void lines_are_full(void **state) {
    struct buffer text = BUFFER_INIT;
    uint64_t seed = 6;
    (void)state;
    for (int i = 0; i < 2000; i++) {
        buffer_clear(&text);
        for (int j = 0; j < 30; j++) {
            buffer_add_repeated(&text, "x", 1 + random_bits(&seed) % 9);
            buffer_add_char(&text, ' ');
        }
        struct text_line line;
        int columns = 10 + (int)(random_bits(&seed) % 30);
        for (size_t at = 0; text_wrap(buffer_slice(&text), at, columns, &line); at = line.next) {
            size_t word = strcspn(text.data + line.next, " ");
            assert_true(word == 0 || line.columns + 1 + (int)word > columns);
            assert_true(line.end == text.length || text.data[line.end] == ' ');
        }
    }
    buffer_release(&text);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(words),           cmocka_unit_test(inside_words),
        cmocka_unit_test(without_spaces),  cmocka_unit_test(columns_are_said),
        cmocka_unit_test(invariants_hold), cmocka_unit_test(lines_are_full),
    };
    return cmocka_run_group_tests_name("wrap", tests, set_utf8_locale, NULL);
}
