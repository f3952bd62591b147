#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "core/text/fold.h"
#include "core/text/needle.h"
#include "core/text/utf8.h"
#include "tests/unit/text/helper_strings.h"

/* found: what the first match must be, NULL for none. */
static void finds(const char *what, const char *text, const char *found) {
    struct needle needle;
    struct text_match match = {0, 0};
    needle_init(&needle, slice_of(what));
    if (needle_find(&needle, slice_of(text), 0, &match) != (found != NULL))
        fail_msg("\"%s\" in \"%s\": %s", what, text, found ? "not found" : "found");
    if (found) {
        assert_int_equal(match.end - match.start, strlen(found));
        assert_memory_equal(text + match.start, found, strlen(found));
    }
    needle_release(&needle);
}

static void known_matches(void **state) {
    (void)state;
    finds("fox", "the Fox", "Fox");
    finds("STRASSE", "die Straße", "Straße");
    finds("straße", "STRASSE", "STRASSE");
    finds("caf\u00E9", "a CAFE\u0301!", "CAFE\u0301");
    finds("cafe\u0301", "caf\u00E9", "caf\u00E9");
    finds("cafe", "cafe\u0301", NULL);
    finds("cafe", "cafe\u0301 cafe", "cafe");
    finds("カ", "ｶ", "ｶ");
    finds("abc", "ＡＢＣ", "ＡＢＣ");
    finds("fi", "ﬁnd", "ﬁ");
    finds("f", "ﬁnd", NULL);
    finds("soft", "so\u00ADft", "so\u00ADft");
    finds("한", "\u1112\u1161\u11AB", "\u1112\u1161\u11AB");
    finds("하", "한", NULL);
    finds("σ", "Σ ς", "Σ");
    finds("q\u0323\u0301", "q\u0301\u0323", "q\u0301\u0323");
    finds("aab", "aaaab", "aab");
    finds("abab", "abaabab", "abab");
    finds("文", "中文字", "文");
    finds("文", "中文\uFE00字", "文\uFE00");
    finds("文e", "中中文é文E", "文E");
    finds("か", "中が中か", "か");
    finds("", "anything", NULL);
    finds("\u00AD", "so\u00ADft", NULL);
    finds("x", "", NULL);
    finds("x", "abc\xFFX", "X");
    finds("κ", "Κ", "Κ");
    finds("k", "\u212A", "\u212A"); /* the Kelvin sign */
}

static void finds_the_next(void **state) {
    const struct slice text = slice_of("An ant and ANother");
    struct needle needle;
    struct text_match match;
    size_t starts[8], count = 0;
    (void)state;
    needle_init(&needle, slice_of("an"));
    for (size_t from = 0; needle_find(&needle, text, from, &match); from = match.end)
        starts[count++] = match.start;
    assert_int_equal(count, 4);
    assert_int_equal(starts[1], 3);
    assert_int_equal(starts[3], 11);
    assert_false(needle_find(&needle, text, text.length, &match));
    needle_release(&needle);
}

enum { MANY = 4096 };

static size_t fold_all(struct slice text, struct folded *all) {
    struct folder folder;
    size_t count = 0;
    folder_init(&folder, text, 0);
    while (count < MANY && folder_read(&folder, &all[count]))
        count++;
    return count;
}

/* Against the plain search at every place, with needles cut from the text and needles that are not. */
static void as_a_plain_search(void **state) {
    static struct folded hay[MANY], pin[MANY];
    struct buffer text = BUFFER_INIT, what = BUFFER_INIT;
    uint64_t seed = 8;
    int hits = 0;
    (void)state;
    for (int i = 0; i < 10000; i++) {
        random_valid_text(&seed, &text, 30);
        random_valid_text(&seed, &what, 2);
        if (i % 2 && text.length > 0) {
            size_t from = utf8_previous(buffer_slice(&text), random_bits(&seed) % text.length);
            size_t to = utf8_next(buffer_slice(&text), from + random_bits(&seed) % (text.length - from));
            buffer_clear(&what);
            buffer_add(&what, text.data + from, to - from);
        }
        struct slice slice = buffer_slice(&text);
        size_t hay_count = fold_all(slice, hay), pin_count = fold_all(buffer_slice(&what), pin);
        bool expected = false;
        size_t where = 0;
        for (size_t at = 0; pin_count > 0 && at + pin_count <= hay_count && !expected; at++) {
            size_t same = 0;
            while (same < pin_count && hay[at + same].point == pin[same].point)
                same++;
            expected = same == pin_count && hay[at].first && hay[at + same - 1].last;
            where = at;
        }
        struct needle needle;
        struct text_match match;
        needle_init(&needle, buffer_slice(&what));
        assert_int_equal(needle_find(&needle, slice, 0, &match), expected);
        if (expected) {
            assert_int_equal(match.start, hay[where].start);
            assert_int_equal(match.end, hay[where + pin_count - 1].end);
            hits++;
        }
        needle_release(&needle);
    }
    assert_true(hits > 2000);
    buffer_release(&text);
    buffer_release(&what);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(known_matches),
        cmocka_unit_test(finds_the_next),
        cmocka_unit_test(as_a_plain_search),
    };
    return cmocka_run_group_tests_name("needle", tests, set_utf8_locale, NULL);
}
