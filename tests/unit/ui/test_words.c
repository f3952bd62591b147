#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <string.h>

#include "core/base/array.h"
#include "helper_surface.h"
#include "ui/child.h"
#include "ui/entity.h"

static void test_words(void **state) {
    (void)state;
    static const struct {
        const char *command;
        int count;
        const char *words[4];
    } cases[] = {
        {"vi", 1, {"vi"}},
        {"  code  --wait\t-n ", 3, {"code", "--wait", "-n"}},
        {"\"/opt/my editor/ed\" -x", 2, {"/opt/my editor/ed", "-x"}},
        {"ed 'a \"b\" \\' c", 3, {"ed", "a \"b\" \\", "c"}},
        {"ed a\\ b \"c\\\"d\" ''", 4, {"ed", "a b", "c\"d", ""}},
        {"e'd'\"it\"", 1, {"edit"}},
        {"   ", 0, {0}},
    };
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        struct pool pool = POOL_INIT;
        struct error error = ERROR_INIT;
        char **words;
        assert_int_equal(words_split(&pool, cases[i].command, &words, &error), cases[i].count);
        for (int w = 0; w < cases[i].count; w++)
            assert_string_equal(words[w], cases[i].words[w]);
        assert_null(words[cases[i].count]);
        pool_release(&pool);
    }
}

static void test_open_quote(void **state) {
    (void)state;
    struct pool pool = POOL_INIT;
    struct error error = ERROR_INIT;
    char **words;
    assert_int_equal(words_split(&pool, "ed 'x", &words, &error), STATUS_INPUT);
    assert_non_null(strstr(error.text, "\"ed 'x\""));
    pool_release(&pool);
}

static void test_entities(void **state) {
    (void)state;
    static const char *const cases[][2] = {
        {"&amp;", "&"},
        {"&eacute;", "é"},
        {"&#233;", "é"},
        {"&#xE9;", "é"},
        {"&#X1F642;", "🙂"},
        {"&nosuch;", "&nosuch;"},
        {"&#0;", "\xef\xbf\xbd"},
        {"&#xD800;", "\xef\xbf\xbd"},
        {"&#x110000;", "\xef\xbf\xbd"},
        {"&#99999999999;", "\xef\xbf\xbd"},
        {"&", "&"},
    };
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        struct buffer out = BUFFER_INIT;
        entity_decode(&out, slice_of(cases[i][0]));
        assert_string_equal(out.data, cases[i][1]);
        buffer_release(&out);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_words),
        cmocka_unit_test(test_open_quote),
        cmocka_unit_test(test_entities),
    };
    helper_locale();
    return cmocka_run_group_tests(tests, NULL, NULL);
}
