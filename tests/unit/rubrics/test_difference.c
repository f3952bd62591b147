/* The line difference: by hand, and against a brute-force longest common subsequence. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "core/base/array.h"
#include "core/base/buffer.h"
#include "rubrics/difference.h"

#include "core/base/banned.h"

/* The script as text: sign, line, newline. */
static void script(struct buffer *out, const struct difference *difference) {
    for (size_t i = 0; i < difference->count; i++) {
        buffer_add_char(out, difference->items[i].sign);
        buffer_add_slice(out, difference->items[i].text);
        buffer_add_char(out, '\n');
    }
}

static void test_by_hand(void **state) {
    (void)state;
    static const struct {
        const char *old, *new, *script;
        size_t changed;
    } table[] = {
        {"", "", "", 0},
        {"a\n", "a\n", " a\n", 0},
        {"a\n", "a", " a\n", 0},
        {"a\r\nb\r\n", "a\nb\n", " a\n b\n", 0},
        {"", "a\nb\n", "+a\n+b\n", 2},
        {"a\nb\n", "", "-a\n-b\n", 2},
        {"a\nb\nc\n", "a\nx\nc\n", " a\n-b\n+x\n c\n", 1},
        {"a\nb\nc\nd\n", "a\nx\nc\ny\nz\n", " a\n-b\n+x\n c\n-d\n+y\n+z\n", 3},
        {"a\na\na\n", "a\na\n", " a\n a\n-a\n", 1},
        {"a\n\nb\n", "a\nb\n", " a\n-\n b\n", 1},
        {"b\nc\n", "a\nb\nc\n", "+a\n b\n c\n", 1},
        {"a\nb\n", "c\nd\n", "-a\n-b\n+c\n+d\n", 2},
    };
    for (size_t i = 0; i < COUNT_OF(table); i++) {
        struct difference difference;
        struct buffer text = BUFFER_INIT;
        difference_init(&difference, slice_of(table[i].old), slice_of(table[i].new));
        script(&text, &difference);
        assert_string_equal(text.data, table[i].script);
        assert_int_equal(difference.changed, table[i].changed);
        difference_release(&difference);
        buffer_release(&text);
    }
}

/* Lines of one letter; a letter each byte. */
static void lines_of(struct buffer *out, const char *letters) {
    for (; *letters; letters++)
        buffer_add_format(out, "%c\n", *letters);
}

static size_t common(const char *a, const char *b) {
    size_t table[32][32] = {{0}}, n = strlen(a), m = strlen(b);
    for (size_t i = 1; i <= n; i++)
        for (size_t j = 1; j <= m; j++) {
            size_t skip = table[i - 1][j] > table[i][j - 1] ? table[i - 1][j] : table[i][j - 1];
            table[i][j] = a[i - 1] == b[j - 1] ? table[i - 1][j - 1] + 1 : skip;
        }
    return table[n][m];
}

/* 5,000 pairs of texts over three letters: the script rebuilds both, numbers its lines, and is as short as can be. */
static void test_shortest(void **state) {
    (void)state;
    uint32_t seed = 1;
    for (int round = 0; round < 5000; round++) {
        char letters[2][32];
        for (int side = 0; side < 2; side++) {
            seed = seed * 1664525u + 1013904223u;
            size_t length = (seed >> 16) % 14;
            for (size_t i = 0; i < length; i++) {
                seed = seed * 1664525u + 1013904223u;
                letters[side][i] = (char)('a' + (seed >> 16) % 3);
            }
            letters[side][length] = '\0';
        }
        struct buffer old = BUFFER_INIT, new = BUFFER_INIT, back_old = BUFFER_INIT, back_new = BUFFER_INIT;
        lines_of(&old, letters[0]);
        lines_of(&new, letters[1]);
        struct difference difference;
        difference_init(&difference, buffer_slice(&old), buffer_slice(&new));
        size_t old_line = 0, new_line = 0;
        for (size_t i = 0; i < difference.count; i++) {
            const struct difference_line *line = &difference.items[i];
            assert_int_equal(line->old, line->sign == '+' ? 0 : ++old_line);
            assert_int_equal(line->new, line->sign == '-' ? 0 : ++new_line);
            if (line->sign != '+')
                buffer_add_format(&back_old, "%.*s\n", SLICE_ARGS(line->text));
            if (line->sign != '-')
                buffer_add_format(&back_new, "%.*s\n", SLICE_ARGS(line->text));
        }
        assert_string_equal(back_old.data, old.data);
        assert_string_equal(back_new.data, new.data);
        size_t same = common(letters[0], letters[1]);
        assert_int_equal(difference.removed, strlen(letters[0]) - same);
        assert_int_equal(difference.added, strlen(letters[1]) - same);
        difference_release(&difference);
        buffer_release(&old);
        buffer_release(&new);
        buffer_release(&back_old);
        buffer_release(&back_new);
    }
}

/* Past the bound: everything between the common ends is replaced. */
static void test_bound(void **state) {
    (void)state;
    struct buffer old = BUFFER_INIT, new = BUFFER_INIT;
    buffer_add_string(&old, "same\n");
    buffer_add_string(&new, "same\n");
    for (int i = 0; i < 20000; i++) {
        buffer_add_format(&old, "old %d\n", i);
        buffer_add_format(&new, "new %d\n", i);
    }
    buffer_add_string(&old, "end\n");
    buffer_add_string(&new, "end\n");
    struct difference difference;
    difference_init(&difference, buffer_slice(&old), buffer_slice(&new));
    assert_int_equal(difference.removed, 20000);
    assert_int_equal(difference.added, 20000);
    assert_int_equal(difference.changed, 20000);
    assert_int_equal(difference.items[0].sign, ' ');
    assert_int_equal(difference.items[1].sign, '-');
    assert_int_equal(difference.items[difference.count - 2].sign, '+');
    assert_int_equal(difference.items[difference.count - 1].sign, ' ');
    difference_release(&difference);
    buffer_release(&old);
    buffer_release(&new);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_by_hand),
        cmocka_unit_test(test_shortest),
        cmocka_unit_test(test_bound),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
