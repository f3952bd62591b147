#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <string.h>

#include "core/base/array.h"
#include "core/text/align.h"
#include "core/text/comparison.h"
#include "core/text/token.h"
#include "helper_strings.h"

/* "the {old|new} cat" : what only A has, what only B has. */
static void show(const struct comparison *comparison, struct slice a, struct slice b, struct buffer *out) {
    for (size_t i = 0; i < comparison->stretches.count; i++) {
        const struct stretch *stretch = &comparison->stretches.items[i];
        struct slice in_a = slice_make(a.data + stretch->a, stretch->a_end - stretch->a);
        struct slice in_b = slice_make(b.data + stretch->b, stretch->b_end - stretch->b);
        if (stretch->same)
            buffer_add_slice(out, in_a);
        else
            buffer_add_format(out, "{" SLICE_FORMAT "|" SLICE_FORMAT "}", SLICE_ARGS(in_a), SLICE_ARGS(in_b));
    }
}

static void assert_comparison(const char *a, const char *b, const char *expected, size_t words) {
    struct comparison comparison;
    struct buffer shown = BUFFER_INIT;
    comparison_find(&comparison, slice_of(a), slice_of(b), COMPARISON_EFFORT);
    show(&comparison, slice_of(a), slice_of(b), &shown);
    assert_string_equal(shown.data, expected);
    assert_int_equal(comparison_words(&comparison), words);
    assert_false(comparison.by_lines);
    assert_int_equal(comparison.coarse, 0);
    buffer_release(&shown);
    comparison_release(&comparison);
}

static void test_words(void **state) {
    (void)state;
    assert_comparison("", "", "", 0);
    assert_comparison("one two", "one two", "one two", 0);
    assert_comparison("", "a b", "{|a b}", 2);
    assert_comparison("the old cat", "the new cat", "the {old|new} cat", 1);
    assert_comparison("the cat sat", "the big cat sat", "the {|big }cat sat", 1);
    assert_comparison("He didn't go.", "He did go.", "He {didn't|did} go.", 1);
    assert_comparison("今天天气很好", "今天天氣很好", "今天天{气|氣}很好", 1);
    assert_comparison("สวัสดีครับ", "สวัสดีค่ะ", "สวัสดี{ครับ|ค่ะ}", 3);
    assert_comparison("cafe\xcc\x81 x", "cafe x", "{cafe\xcc\x81|cafe} x", 1);
    assert_comparison("a, b", "a; b", "a{,|;} b", 0);
    assert_comparison("a b", "a  b", "a{ |  }b", 0);
}

/* A change begins where a line or a sentence does, when the words leave a choice. */
static void test_where_a_change_begins(void **state) {
    (void)state;
    assert_comparison("I came. I saw. I won.", "I came. I saw. I ran. I won.", "I came. I saw. {|I ran. }I won.", 2);
    assert_comparison("- a\n- c\n", "- a\n- b\n- c\n", "- a\n{|- b\n}- c\n", 1);
    assert_comparison("x\n\ny\n", "x\n\nz\n\ny\n", "x\n\n{|z\n\n}y\n", 1);
}

/* What agrees by chance in a sentence that was written anew belongs to the change; a line break parts changes. */
static void test_chance(void **state) {
    (void)state;
    assert_comparison("One of a hundred possibilities", "Fairly certain of nothing whatsoever",
                      "{One of a hundred possibilities|Fairly certain of nothing whatsoever}", 5);
    assert_comparison("big cat here", "small dog here", "{big cat|small dog} here", 2);
    assert_comparison("first thing\nother", "wholly new\nmatter", "{first thing|wholly new}\n{other|matter}", 3);
}

static size_t rebuild(const struct comparison *comparison, struct slice a, struct slice b, struct buffer *out) {
    size_t at_a = 0, at_b = 0, a_words = 0, b_words = 0, same_words = 0;
    for (size_t i = 0; i < comparison->stretches.count; i++) {
        const struct stretch *stretch = &comparison->stretches.items[i];
        struct slice in_a = slice_make(a.data + stretch->a, stretch->a_end - stretch->a);
        struct slice in_b = slice_make(b.data + stretch->b, stretch->b_end - stretch->b);
        assert_int_equal(stretch->a, at_a);
        assert_int_equal(stretch->b, at_b);
        assert_true(in_a.length + in_b.length > 0);
        assert_true(i == 0 || stretch->same != comparison->stretches.items[i - 1].same);
        if (stretch->same)
            assert_true(slice_equal(in_a, in_b) && stretch->a_words == stretch->b_words);
        buffer_add_slice(out, stretch->same ? in_a : in_b);
        at_a = stretch->a_end;
        at_b = stretch->b_end;
        a_words += stretch->a_words;
        b_words += stretch->b_words;
        same_words += stretch->same ? stretch->a_words : 0;
    }
    assert_int_equal(at_a, a.length);
    assert_int_equal(at_b, b.length);
    assert_int_equal(a_words, comparison->a_words);
    assert_int_equal(b_words, comparison->b_words);
    assert_int_equal(same_words, comparison->same_words);
    return comparison->stretches.count;
}

/* Applied to A it gives B; the other way round it is the mirror image. */
static void assert_holds(struct slice a, struct slice b, size_t effort) {
    struct comparison there, back;
    struct buffer made = BUFFER_INIT;
    comparison_find(&there, a, b, effort);
    comparison_find(&back, b, a, effort);
    size_t count = rebuild(&there, a, b, &made);
    assert_true(slice_equal(buffer_slice(&made), b));
    buffer_clear(&made);
    assert_int_equal(rebuild(&back, b, a, &made), count);
    assert_true(slice_equal(buffer_slice(&made), a));
    for (size_t i = 0; i < count; i++) {
        const struct stretch *one = &there.stretches.items[i], *other = &back.stretches.items[i];
        assert_true(one->a == other->b && one->a_end == other->b_end && one->b == other->a && one->same == other->same);
    }
    double share = comparison_share(&there);
    assert_true(share >= 0 && share <= 1 && share == comparison_share(&back));
    buffer_release(&made);
    comparison_release(&there);
    comparison_release(&back);
}

/* Random texts, and edits of them: pieces left out, doubled and put in. */
static void test_random(void **state) {
    (void)state;
    static const size_t efforts[] = {0, 10, 100, 1000, (size_t)COMPARISON_EFFORT};
    struct buffer a = BUFFER_INIT, b = BUFFER_INIT, other = BUFFER_INIT;
    uint64_t seed = 17;
    for (size_t round = 0; round < 3000; round++) {
        random_text(&seed, &a, 40);
        random_text(&seed, &other, 10);
        buffer_clear(&b);
        for (size_t at = 0; at < a.length;) {
            size_t step = 1 + random_bits(&seed) % 30, end = at + step < a.length ? at + step : a.length;
            struct slice piece = slice_make(a.data + at, end - at);
            switch (random_bits(&seed) % 8) {
            case 0:
                break;
            case 1:
                buffer_add_slice(&b, piece);
                buffer_add_slice(&b, piece);
                break;
            case 2:
                buffer_add_slice(&b, buffer_slice(&other));
                break;
            default:
                buffer_add_slice(&b, piece);
            }
            at = end;
        }
        assert_holds(buffer_slice(&a), buffer_slice(&b), efforts[round % COUNT_OF(efforts)]);
    }
    buffer_release(&a);
    buffer_release(&b);
    buffer_release(&other);
}

/* The subsequence is a longest one: against the textbook's table. */
static void test_align_is_longest(void **state) {
    (void)state;
    uint64_t seed = 5;
    for (int round = 0; round < 2000; round++) {
        uint32_t a[24], b[24];
        size_t table[25][25] = {{0}}, a_count = random_bits(&seed) % 25, b_count = random_bits(&seed) % 25;
        unsigned char same_a[25] = {0}, same_b[25] = {0};
        uint64_t letters = 1 + random_bits(&seed) % 6;
        for (size_t i = 0; i < 24; i++) {
            a[i] = (uint32_t)(random_bits(&seed) % letters);
            b[i] = (uint32_t)(random_bits(&seed) % letters);
        }
        for (size_t i = 1; i <= a_count; i++)
            for (size_t j = 1; j <= b_count; j++) {
                size_t up = table[i - 1][j], left = table[i][j - 1];
                table[i][j] = a[i - 1] == b[j - 1] ? table[i - 1][j - 1] + 1 : up > left ? up : left;
            }
        size_t effort = 100000, paired = 0;
        assert_true(align(a, a_count, b, b_count, same_a, same_b, &effort));
        for (size_t i = 0, j = 0; i < a_count; i++) {
            if (!same_a[i])
                continue;
            while (!same_b[j])
                j++;
            assert_int_equal(a[i], b[j++]);
            paired++;
        }
        assert_int_equal(paired, table[a_count][b_count]);
    }
}

/* Texts that have nothing in common, far beyond the effort: it is not overdrawn, and what is shown instead is said. */
static void test_it_gives_up(void **state) {
    (void)state;
    struct buffer a = BUFFER_INIT, b = BUFFER_INIT;
    struct comparison comparison;
    for (int i = 0; i < 3000; i++) {
        buffer_add_format(&a, "left %d %d%s", i * 7, i, i % 40 == 39 ? "\n" : " ");
        buffer_add_format(&b, "right %d %d%s", i * 11, -i, i % 40 == 39 ? "\n" : " ");
        if (i == 1999) {
            buffer_add_string(&a, "the one line that both have\n");
            buffer_add_string(&b, "the one line that both have\n");
        }
    }
    comparison_find(&comparison, buffer_slice(&a), buffer_slice(&b), 200000);
    assert_true(comparison.by_lines);
    assert_int_equal(comparison.coarse, 2);
    assert_int_equal(comparison.stretches.count, 3);
    assert_int_equal(comparison.same_words, 6);
    comparison_release(&comparison);
    assert_holds(buffer_slice(&a), buffer_slice(&b), 200000);
    comparison_find(&comparison, buffer_slice(&a), buffer_slice(&b), 0);
    assert_true(comparison.by_lines && comparison.coarse == 1 && comparison.same_words == 0);
    comparison_release(&comparison);

    uint32_t *x = memory_new(200000, sizeof *x), *y = memory_new(200000, sizeof *y);
    unsigned char *same_x = memory_new(200000, 1), *same_y = memory_new(200000, 1);
    for (uint32_t i = 0; i < 200000; i++) {
        x[i] = 2 * i;
        y[i] = 2 * i + 1;
    }
    size_t effort = 50000;
    assert_false(align(x, 200000, y, 200000, same_x, same_y, &effort));
    assert_int_equal(effort, 0);
    memory_free(x);
    memory_free(y);
    memory_free(same_x);
    memory_free(same_y);
    buffer_release(&a);
    buffer_release(&b);
}

static void test_share(void **state) {
    (void)state;
    static const struct {
        const char *a, *b;
        double share;
    } cases[] = {{"", "", 1},  {"--", "--", 1},     {"--", "++", 0},     {"a b c d", "a b c d", 1},
                 {"a", "", 0}, {"a b", "a c", 0.5}, {"a b c", "a", 0.5}, {"一二三四", "一二三五", 0.75}};
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        struct comparison comparison;
        comparison_find(&comparison, slice_of(cases[i].a), slice_of(cases[i].b), COMPARISON_EFFORT);
        assert_true(comparison_share(&comparison) == cases[i].share);
        comparison_release(&comparison);
    }
}

static void test_tokens(void **state) {
    (void)state;
    static const char text[] = "Don't, it_2  x’s\t'q'\n\n日本 한국어 e\xcc\x81 \xff";
    static const char *const expected[] = {"Don't", ",",  " ",  "it_2", "  ", "x’s",    "\t", "'",         "q", "'",
                                           "\n",    "\n", "日", "本",   " ",  "한국어", " ",  "e\xcc\x81", " ", "\xff"};
    size_t at = 0;
    enum token_kind kind;
    for (size_t i = 0; i < COUNT_OF(expected); i++) {
        size_t end = token_next(slice_of(text), at, &kind);
        assert_true(slice_is(slice_make(text + at, end - at), expected[i]));
        at = end;
    }
    assert_int_equal(at, sizeof text - 1);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_tokens), cmocka_unit_test(test_words),       cmocka_unit_test(test_where_a_change_begins),
        cmocka_unit_test(test_chance), cmocka_unit_test(test_share),       cmocka_unit_test(test_align_is_longest),
        cmocka_unit_test(test_random), cmocka_unit_test(test_it_gives_up),
    };
    return cmocka_run_group_tests(tests, set_utf8_locale, NULL);
}
