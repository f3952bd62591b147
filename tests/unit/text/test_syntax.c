#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <string.h>
#include <time.h>

#include "core/base/array.h"
#include "core/text/clean.h"
#include "core/text/syntax.h"
#include "helper_strings.h"

/* Keywords as «k», strings as "…" in [ ], comments in { }, numbers with #; neighbours of one kind together. */
static void show(const char *language, struct slice code, struct buffer *out) {
    static const char *const open[] = {"", "«", "[", "{", "#"}, *const close[] = {"", "»", "]", "}", ""};
    const struct syntax *syntax = syntax_find(slice_of(language));
    struct syntax_place place = {0};
    assert_non_null(syntax);
    while (place.at < code.length) {
        size_t start = place.at;
        enum syntax_kind kind = syntax_next(syntax, code, &place);
        assert_true(place.at > start && place.at <= code.length);
        buffer_add_string(out, open[kind]);
        buffer_add(out, code.data + start, place.at - start);
        buffer_add_string(out, close[kind]);
    }
}

static void test_languages(void **state) {
    (void)state;
    static const struct {
        const char *language, *code, *shown;
    } cases[] = {
        {"python", "def f(x):  # add 1\n    return 'it\\'s' + x2 + 10\n",
         "«def» f(x):  {# add 1}\n    «return» ['it\\'s'] + x2 + #10\n"},
        {"Py", "\"\"\"a\n'b\"\"\"\nx = 'open\nif", "[\"\"\"a\n'b\"\"\"]\nx = ['open]\n«if»"},
        {"c", "int a = 'x'; /* if\n */ // for\n#include \"a.h\"",
         "«int» a = ['x']; {/* if\n */} {// for}\n#include [\"a.h\"]"},
        {"C++", "class éa : public b {};", "«class» éa : «public» b {};"},
        {"javascript {.line}", "const s = `a\n${b}`; // c", "«const» s = [`a\n${b}`]; {// c}"},
        {"typescript", "let a: string = \"\";", "«let» a: «string» = [\"\"];"},
        {"java", "final String s = null;", "«final» String s = «null»;"},
        {"go", "func f() error { return nil }", "«func» f() «error» { «return» «nil» }"},
        {"rust", "fn f<'a>(x: &'a str) { let c = '\\n'; }", "«fn» f<'a>(x: &'a «str») { «let» c = ['\\n']; }"},
        {"bash", "echo \"$#\" # note\nif x#y", "«echo» [\"$#\"] {# note}\n«if» x#y"},
        {"sql", "SELECT 'it''s' FROM t -- all\n", "«SELECT» ['it']['s'] «FROM» t {-- all}\n"},
        {"json", "{\"a\": [true, 1.5]}", "{[\"a\"]: [«true», #1.#5]}"},
        {"yaml", "a b: c # d\n- e: f#g\n  h i\nk.l: 1", "«a» b: c {# d}\n- «e»: f#g\n  h i\n«k».l: #1"},
        {"toml", "[x]\nkey = \"v\"", "[x]\n«key» = [\"v\"]"},
        {"html", "<a href=\"x\">it's \"b\"</a><!-- c > -->1 < 2",
         "«<a» href=[\"x\"]«>»it's \"b\"«</a»«>»{<!-- c > -->}1 < 2"},
        {"haskell", "let x' = 'a' -- b", "«let» x' = ['a'] {-- b}"},
        {"ruby", "def a # b\n  \"#{c}\"\nend", "«def» a {# b}\n  [\"#{c}\"]\n«end»"},
    };
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        struct buffer shown = BUFFER_INIT;
        show(cases[i].language, slice_of(cases[i].code), &shown);
        assert_string_equal(shown.data, cases[i].shown);
        buffer_release(&shown);
    }
}

static void test_names(void **state) {
    (void)state;
    static const char *const unknown[] = {"", " python", "brainfuck", "p", "python-like", "text"};
    for (size_t i = 0; i < COUNT_OF(unknown); i++)
        assert_null(syntax_find(slice_of(unknown[i])));
    for (size_t i = 0; i < syntax_count; i++) { /* no name stands for two languages */
        const struct syntax *syntax = &syntax_table[i];
        for (const char *at = syntax->names; *at;) {
            size_t length = strcspn(at, " ");
            assert_ptr_equal(syntax_find(slice_make(at, length)), syntax);
            at += length + strspn(at + length, " ");
        }
    }
}

/* Any text, in any language, is cut into pieces that cover it; no text makes it slow. */
static void test_any_text(void **state) {
    (void)state;
    struct buffer text = BUFFER_INIT, clean = BUFFER_INIT, shown = BUFFER_INIT;
    uint64_t seed = 3;
    for (size_t round = 0; round < 2000; round++) {
        random_text(&seed, &text, 30);
        buffer_clear(&clean);
        text_clean(&clean, buffer_slice(&text), CLEAN_LINES);
        buffer_clear(&shown);
        const char *names = syntax_table[round % syntax_count].names;
        char name[32] = {0};
        memcpy(name, names, strcspn(names, " "));
        show(name, buffer_slice(&clean), &shown);
    }
    static const char *const hostile[] = {"\"\\\"\n", "'",     "`\n", "a ", "- ", "/*", "\"\"\"",
                                          "<",        "<a \"", ".-",  "--", "{-", "'\\"};
    for (size_t i = 0; i < COUNT_OF(hostile); i++)
        for (size_t language = 0; language < syntax_count; language++) {
            struct syntax_place place = {0};
            buffer_clear(&text);
            buffer_add_repeated(&text, hostile[i], (64 << 10) / strlen(hostile[i]));
            clock_t start = clock();
            while (place.at < text.length)
                syntax_next(&syntax_table[language], buffer_slice(&text), &place);
            assert_true(clock() - start < CLOCKS_PER_SEC / 2); /* quadratic would be seconds */
        }
    buffer_release(&text);
    buffer_release(&clean);
    buffer_release(&shown);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_languages),
        cmocka_unit_test(test_names),
        cmocka_unit_test(test_any_text),
    };
    return cmocka_run_group_tests(tests, set_utf8_locale, NULL);
}
