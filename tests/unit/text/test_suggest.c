#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "core/text/suggest.h"
#include "tests/unit/text/helper_strings.h"

static void known_suggestions(void **state) {
    static const char *const commands[] = {"new", "import", "annotate", "lead", "report", "export", "check", "merge"};
    static const char *const people[] = {"Zoë", "ana", "dov", "мария"};
    const size_t count = sizeof commands / sizeof *commands;
    (void)state;
    assert_string_equal(suggest("anotate", commands, count), "annotate");
    assert_string_equal(suggest("ANNOTATE", commands, count), "annotate");
    assert_string_equal(suggest("impotr", commands, count), "import");
    assert_string_equal(suggest("exprot", commands, count), "export");
    assert_string_equal(suggest("led", commands, count), "lead");
    assert_string_equal(suggest("nwe", commands, count), "new");
    assert_string_equal(suggest("report", commands, count), "report");
    assert_null(suggest("banana", commands, count));
    assert_null(suggest("x", commands, count));
    assert_null(suggest("", commands, count));
    assert_null(suggest("import", commands, 0));
    assert_string_equal(suggest("zoé", people, 4), "Zoë");
    assert_string_equal(suggest("марья", people, 4), "мария");
    assert_null(suggest("\xFF\xFE", people, 4));
}

static void known_distances(void **state) {
    char long_name[SUGGEST_LONGEST + 2];
    (void)state;
    assert_int_equal(suggest_distance("kitten", "sitting"), 3);
    assert_int_equal(suggest_distance("ca", "abc"), 3); /* optimal string alignment; unrestricted would be 2 */
    assert_int_equal(suggest_distance("abcd", "acbd"), 1);
    assert_int_equal(suggest_distance("", "abc"), 3);
    assert_int_equal(suggest_distance("Straße", "STRASSE"), 0);
    assert_int_equal(suggest_distance("漢字", "漢"), 1);
    memset(long_name, 'x', sizeof long_name);
    long_name[SUGGEST_LONGEST + 1] = '\0';
    assert_int_equal(suggest_distance(long_name, "x"), -1);
    long_name[SUGGEST_LONGEST] = '\0';
    assert_int_equal(suggest_distance(long_name, "x"), SUGGEST_LONGEST - 1);
    assert_int_equal(suggest_distance(long_name, long_name), 0);
    assert_int_equal(suggest_distance("\x80", "x"), -1);
}

/* The definition, without a table. */
static int defined(const char *a, size_t i, const char *b, size_t j) {
    if (i == 0 || j == 0)
        return (int)(i + j);
    int best = defined(a, i - 1, b, j) + 1, other = defined(a, i, b, j - 1) + 1;
    best = other < best ? other : best;
    other = defined(a, i - 1, b, j - 1) + (a[i - 1] != b[j - 1]);
    best = other < best ? other : best;
    if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1]) {
        other = defined(a, i - 2, b, j - 2) + 1;
        best = other < best ? other : best;
    }
    return best;
}

static void as_defined(void **state) {
    uint64_t seed = 9;
    (void)state;
    for (int i = 0; i < 1000; i++) {
        char words[2][7] = {{0}, {0}};
        for (int w = 0; w < 2; w++)
            for (size_t j = 0, length = random_bits(&seed) % 7; j < length && j < 6; j++)
                words[w][j] = (char)('a' + random_bits(&seed) % 3);
        assert_int_equal(suggest_distance(words[0], words[1]),
                         defined(words[0], strlen(words[0]), words[1], strlen(words[1])));
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(known_suggestions),
        cmocka_unit_test(known_distances),
        cmocka_unit_test(as_defined),
    };
    return cmocka_run_group_tests_name("suggest", tests, set_utf8_locale, NULL);
}
