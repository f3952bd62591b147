#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "core/base/array.h"
#include "core/text/clean.h"
#include "core/text/grapheme.h"
#include "core/text/utf8.h"
#include "tests/unit/text/helper_strings.h"

static void shows_bytes(const char *in, size_t length, unsigned flags, const char *expected) {
    struct buffer out = BUFFER_INIT;
    text_clean(&out, slice_make(in, length), flags);
    assert_string_equal(out.data, expected);
    assert_int_equal(out.length, strlen(expected));
    buffer_release(&out);
}

static void shows(const char *in, unsigned flags, const char *expected) {
    shows_bytes(in, strlen(in), flags, expected);
}

static void honest_text_passes(void **state) {
    static const char *const texts[] = {
        "",
        "plain\ntext\n",
        "naïve café",
        "e\u0301",
        "漢字かな交じり、文。",
        "한국어 \u1100\u1161\u11A8",
        "ไทย เด็ก",
        "हिन्दी क्षि",
        "می\u200Cخواهم",
        "שלום\u200F!",
        "العربية\u061C.",
        "🇩🇪 👨👩 ❤",
        "1\u20E3",
        "a\u200Bb\u2060c",
        "葛\U000E0100",
        "0\uFE00",
        "x\u00A0y\u3000z",
        "‹U+202E›",
        "e\u0301\u0302\u0303\u0304",
    };
    (void)state;
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++)
        shows(texts[i], CLEAN_LINES, texts[i]);
}

static void hostile_text_is_spelt_out(void **state) {
    (void)state;
    shows("\x1b[31mred\x07", CLEAN_LINES, "␛[31mred␇");
    shows_bytes("a\0b\x7f", 4, CLEAN_LINES, "a␀b␡");
    shows("a\x08\x08", CLEAN_LINES, "a␈␈");
    shows("\xC2\x9B"
          "2J\xC2\x85",
          CLEAN_LINES, "‹U+009B›2J‹U+0085›");
    shows("a\u2028b\u2029", CLEAN_LINES, "a‹U+2028›b‹U+2029›");
    shows("x\xFF\xFEy\xC3", CLEAN_LINES, "x‹\\xFF\\xFE›y‹\\xC3›");
    shows("\xED\xA0\x80", CLEAN_LINES, "‹\\xED\\xA0\\x80›");
    shows("if (\u202Eadmin\u202C\u2066) {", CLEAN_LINES, "if (‹U+202E›admin‹U+202C,U+2066›) {");
    shows("\uFEFFx\u00ADy\u2061", CLEAN_LINES, "‹U+FEFF›x‹U+00AD›y‹U+2061›");
    shows("\uE000\uFFFE\U0010FFFF\u0378", CLEAN_LINES, "‹U+E000,U+FFFE,U+10FFFF,U+0378›");
    shows("hi\U000E0068\U000E0069 \U000E0001", CLEAN_LINES, "hi‹tags:hi› ‹U+E0001›");
    shows("🏴\U000E0067\U000E0062\U000E0065\U000E006E\U000E0067\U000E007F!", CLEAN_LINES, "🏴‹tags:gbeng›!");
    shows("a\U000E0101\U000E0102", CLEAN_LINES, "a‹U+E0101,U+E0102›");
    shows("\xFF\u202E\xFF", CLEAN_LINES, "‹\\xFF›‹U+202E›‹\\xFF›");
}

static void emoji_stand_side_by_side(void **state) {
    (void)state;
    shows("👨\u200D👩\u200D👧", CLEAN_LINES, "👨👩👧");
    shows("👩\U0001F3FD\u200D🚀", CLEAN_LINES, "👩‹medium skin tone›🚀");
    shows("❤\uFE0F☎\uFE0E", CLEAN_LINES, "❤☎");
    shows("1\uFE0F\u20E3", CLEAN_LINES, "1\u20E3");
    shows("🏳\uFE0F\u200D🌈", CLEAN_LINES, "🏳🌈");
    shows("र\u094D\u200Dय", CLEAN_LINES, "र\u094Dय");
    shows("र\u094D\u200Dय", CLEAN_REVEAL, "र\u094D‹U+200D›य");
    shows("1\u200D", CLEAN_LINES, "1‹U+200D›");
}

static void marks_need_a_base_and_are_few(void **state) {
    (void)state;
    shows("\u0301a\n\u0302", CLEAN_LINES, "◌\u0301a\n◌\u0302");
    shows("\xFF\u0301", CLEAN_LINES, "‹\\xFF›◌\u0301");
    shows("a\u0301\u0302\u0303\u0304\u0305\u0306z", CLEAN_LINES, "a\u0301\u0302\u0303\u0304z");
    shows("\u200Fx", CLEAN_LINES, "‹U+200F›x");
    shows("\u1161", CLEAN_LINES, "◌\u1161");
    shows(" \u0301", CLEAN_LINES, " \u0301");
}

static void lines_and_tabs(void **state) {
    (void)state;
    shows("a\tb\n\tc", CLEAN_LINES, "a   b\n    c");
    shows("漢\tb", CLEAN_LINES, "漢  b");
    shows("a\tb", CLEAN_KEEP_TABS, "a\tb");
    shows("a\r\nb\rc", CLEAN_LINES, "a\nb␍c");
    shows("a\r\nb\n", CLEAN_ONE_LINE, "a⏎b⏎");
    shows("a\r\nb\n", CLEAN_ONE_LINE | CLEAN_JOIN, "a b ");
}

static void reveal_shows_all(void **state) {
    (void)state;
    shows("a b\u00A0c\td", CLEAN_REVEAL, "a·b⍽c──→d");
    shows("a\r\nb", CLEAN_REVEAL, "a␍\nb");
    shows("a\u200Bb\u200F\u2003", CLEAN_REVEAL, "a‹U+200B›b‹U+200F,U+2003›");
    shows("👨\u200D👩 ❤\uFE0F", CLEAN_REVEAL, "👨‹U+200D›👩·❤‹U+FE0F›");
    shows("👍\U0001F3FD", CLEAN_REVEAL, "👍‹U+1F3FD›");
    shows("a\u0301\u0302\u0303\u0304\u0305\u0306z", CLEAN_REVEAL, "a\u0301\u0302\u0303\u0304‹U+0305,U+0306›z");
    shows("e\u0301", CLEAN_REVEAL, "e\u0301");
}

/* What clean.h promises of every result. */
static void check_promises(struct slice out, unsigned flags) {
    int joined = -1; /* in the cell under way; -1: none */
    assert_true(utf8_valid(out));
    for (size_t at = 0; at < out.length;) {
        int32_t point = 0;
        at += utf8_decode(out.data + at, out.length - at, &point);
        if (point == '\n' && !(flags & CLEAN_ONE_LINE)) {
            joined = -1;
            continue;
        }
        if (point == '\t' && flags & CLEAN_KEEP_TABS)
            continue;
        int columns = point_columns(point);
        if (columns < 0)
            fail_msg("U+%04X got through the door", (unsigned)point);
        if ((point >= 0x202A && point <= 0x202E) || (point >= 0x2066 && point <= 0x2069) || point == 0xFEFF ||
            (point >= 0xE0000 && point <= 0xE007F) || (point >= 0xE000 && point <= 0xF8FF) || point == 0x00AD)
            fail_msg("U+%04X got through the door", (unsigned)point);
        if (columns == 0) {
            if (joined < 0)
                fail_msg("U+%04X starts a line without a cell", (unsigned)point);
            joined++;
            assert_true(joined < CELL_POINTS);
        } else {
            joined = 0;
        }
    }
}

static void promises_hold_for_every_code_point(void **state) {
    struct buffer in = BUFFER_INIT, out = BUFFER_INIT, again = BUFFER_INIT;
    (void)state;
    for (int32_t point = 0; point <= 0x10FFFF; point++) {
        char bytes[4];
        if (point >= 0xD800 && point <= 0xDFFF)
            continue;
        size_t length = utf8_encode(bytes, point);
        for (int before = 0; before < 2; before++) {
            buffer_clear(&in);
            buffer_clear(&out);
            buffer_clear(&again);
            buffer_add_string(&in, before ? "क" : "");
            buffer_add(&in, bytes, length);
            text_clean(&out, buffer_slice(&in), CLEAN_LINES);
            check_promises(buffer_slice(&out), CLEAN_LINES);
            text_clean(&again, buffer_slice(&out), CLEAN_LINES);
            assert_true(slice_equal(buffer_slice(&out), buffer_slice(&again)));
        }
    }
    buffer_release(&in);
    buffer_release(&out);
    buffer_release(&again);
}

static void promises_hold_for_random_text(void **state) {
    static const unsigned flavours[] = {CLEAN_LINES,
                                        CLEAN_KEEP_TABS,
                                        CLEAN_ONE_LINE,
                                        CLEAN_ONE_LINE | CLEAN_JOIN,
                                        CLEAN_REVEAL,
                                        CLEAN_REVEAL | CLEAN_ONE_LINE,
                                        CLEAN_REVEAL | CLEAN_ONE_LINE | CLEAN_JOIN};
    struct buffer in = BUFFER_INIT, out = BUFFER_INIT, again = BUFFER_INIT;
    uint64_t seed = 4;
    (void)state;
    for (int i = 0; i < 10000; i++) {
        random_text(&seed, &in, 24);
        for (size_t j = 0; j < sizeof flavours / sizeof *flavours; j++) {
            buffer_clear(&out);
            buffer_clear(&again);
            text_clean(&out, buffer_slice(&in), flavours[j]);
            check_promises(buffer_slice(&out), flavours[j]);
            text_clean(&again, buffer_slice(&out), flavours[j]);
            if (!slice_equal(buffer_slice(&out), buffer_slice(&again)))
                fail_msg("not the same when cleaned again (flags %u): %s", flavours[j], out.data);
        }
    }
    buffer_release(&in);
    buffer_release(&out);
    buffer_release(&again);
}

/* What the door says itself can be told from text that spells the same. */
static void what_is_said_is_noted(void **state) {
    static const struct {
        const char *in, *shown; /* said: ‹…› as it is, [ ] round blanks, { } round the rest */
    } cases[] = {
        {"a b", "a b"},
        {"\ta\t\033[", "[───→]a[──→]{␛}["},
        {"‹U+200B›\u200B\u200C", "‹U+200B›{‹U+200B,U+200C›}"},
        {"\xFF\xFEx\u00A0y", "{‹\\xFF\\xFE›}x{⍽}y"},
        {"\u00AD\r\n", "{‹U+00AD›␍}\n"},
    };
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct buffer out = BUFFER_INIT, marked = BUFFER_INIT;
        struct said_list said = {0};
        size_t at = 0;
        text_clean_said(&out, slice_of(cases[i].in), CLEAN_REVEAL | CLEAN_SPACES, &said);
        for (size_t j = 0; j < said.count; j++) {
            const struct said *own = &said.items[j];
            buffer_add(&marked, out.data + at, own->start - at);
            buffer_add_char(&marked, own->blank ? '[' : '{');
            buffer_add(&marked, out.data + own->start, own->end - own->start);
            buffer_add_char(&marked, own->blank ? ']' : '}');
            at = own->end;
        }
        buffer_add(&marked, out.data + at, out.length - at);
        assert_string_equal(marked.data, cases[i].shown);
        ARRAY_RELEASE(&said);
        buffer_release(&out);
        buffer_release(&marked);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(honest_text_passes),
        cmocka_unit_test(hostile_text_is_spelt_out),
        cmocka_unit_test(emoji_stand_side_by_side),
        cmocka_unit_test(marks_need_a_base_and_are_few),
        cmocka_unit_test(lines_and_tabs),
        cmocka_unit_test(reveal_shows_all),
        cmocka_unit_test(what_is_said_is_noted),
        cmocka_unit_test(promises_hold_for_every_code_point),
        cmocka_unit_test(promises_hold_for_random_text),
    };
    return cmocka_run_group_tests_name("clean", tests, set_utf8_locale, NULL);
}
