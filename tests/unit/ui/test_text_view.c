#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <string.h>

#include "core/base/array.h"
#include "helper_surface.h"
#include "ui/directions.h"
#include "ui/text_view.h"

/* Shows a Markdown text in `columns` × `rows` and compares. */
static void assert_view(const char *text, enum text_mode mode, int rows, int columns, const char *expected) {
    struct text_view view;
    struct surface surface;
    surface_init(&surface, rows, columns);
    text_view_init(&view);
    text_view_set(&view, slice_of(text), mode);
    text_view_draw(&view, &surface, surface_rect(&surface));
    assert_drawn(&surface, expected);
    assert_whole(&surface);
    text_view_release(&view);
    surface_release(&surface);
}

static void test_paragraphs(void **state) {
    (void)state;
    assert_view("One two three four.\nA newline stays.\n\nNext.", TEXT_MARKDOWN, 6, 12,
                "One two\nthree four.\nA newline\nstays.\n\nNext.\n");
}

/* A line that is indented within its paragraph stays so; what indents the paragraph itself does not count. */
static void test_indent_is_kept(void **state) {
    (void)state;
    assert_view("def f(xs):\n    for x in xs:\n\t**if** x:\n    return", TEXT_MARKDOWN, 4, 30,
                "def f(xs):\n    for x in xs:\n    if x:\n    return\n");
    assert_view("- an item\n  more\n    deeper\n  1. `one`\n     two\nlazy\n", TEXT_MARKDOWN, 6, 30,
                " • an item\n   more\n     deeper\n    1. `one`\n       two\n       lazy\n");
    assert_view("> **said**\n> more\n>    in\n\n  x\n  y\n", TEXT_MARKDOWN, 6, 30, "│ said\n│ more\n│    in\n\nx\ny\n");
    assert_view("a `b\n  c` d  \n  e", TEXT_MARKDOWN, 2, 30, "a `b c` d\n  e\n");
}

static void test_nested_lists(void **state) {
    (void)state;
    assert_view(
        "Steps:\n\n1. first\n2. second one is long\n   - inner\n     - deep and long too\n3. third\n\nEnd",
        TEXT_MARKDOWN, 11, 20,
        "Steps:\n\n 1. first\n 2. second one is\n    long\n     ◦ inner\n        ▪ deep and\n          long too\n"
        " 3. third\n\nEnd\n");
    assert_view("- a\n\n- b\n\n  more of b\n- [x] done\n- [ ] open\n-\n", TEXT_MARKDOWN, 11, 20,
                " • a\n\n • b\n\n   more of b\n\n ☑ done\n\n ☐ open\n\n •\n");
    assert_view("9. nine\n10. ten\n", TEXT_MARKDOWN, 2, 20, " 9. nine\n 10. ten\n");
}

static void test_quotes(void **state) {
    (void)state;
    assert_view("Said:\n\n> one two three\n>\n> > inner\n>\n> - item\n\nEnd", TEXT_MARKDOWN, 9, 15,
                "Said:\n\n│ one two three\n│\n│ │ inner\n│\n│  • item\n\nEnd\n");
}

static void test_code(void **state) {
    (void)state;
    assert_view("Do:\n\n```python\ndef f(xs):\n\treturn  xs + [1, 2, 3]\n\n# *no* &amp;\n```\nAfter `x  y`",
                TEXT_MARKDOWN, 9, 20,
                "Do:\n\n  ┄ python ┄\n  def f(xs):\n      return  xs + ›\n\n  # *no* &amp;\n\nAfter `x  y`\n");
}

static void test_tables(void **state) {
    (void)state;
    assert_view("| name | n |\n|:--|--:|\n| 中文 | 7 |\n| **b** `c` | 1200 |\n", TEXT_MARKDOWN, 5, 20,
                " name  │    n\n ──────┼─────\n 中文  │    7\n b `c` │ 1200\n\n");
    assert_view("|a|b|\n|---|:-:|\n|1|x|\n|only one|\n", TEXT_MARKDOWN, 4, 30,
                " a        │ b\n ─────────┼──\n 1        │ x\n only one │\n");
}

static void test_marks(void **state) {
    (void)state;
    assert_view("## Title\n\n*a* **b** ~~c~~ [d](http://e.org) ![f](g.png)\n<http://h.org> "
                "https://i.org\n\n***\n\nx<br>&lt;b&gt; $a_1*b_2$",
                TEXT_MARKDOWN, 8, 60,
                "Title\n\na b ~~c~~ d (http://e.org) [image: f] (g.png)\nhttp://h.org https://i.org\n\n"
                "────────────────────────────────────────────────────────────\n\nx<br><b> $a_1*b_2$\n");
}

static void test_inks(void **state) {
    (void)state;
    struct text_view view;
    struct surface surface;
    surface_init(&surface, 4, 40);
    text_view_init(&view);
    text_view_set(&view, slice_of("# Head\n\nplain *em* **strong** `code` ~~gone~~ [link](u)"), TEXT_MARKDOWN);
    text_view_draw(&view, &surface, surface_rect(&surface));
    static const struct {
        const char *text;
        int ink;
    } cases[] = {{"Head", INK_HEADING_1}, {"plain", INK_NORMAL}, {"em", INK_EMPHASIS}, {"strong", INK_STRONG},
                 {"`code`", INK_CODE},    {"gone", INK_STRUCK},  {"link", INK_LINK},   {"(u)", INK_DIM}};
    for (size_t i = 0; i < COUNT_OF(cases); i++)
        assert_int_equal(ink_under(&surface, cases[i].text), cases[i].ink);
    text_view_set(&view, slice_of("# One\n## Two\n### Three `c`\n#### Four\n##### Five\n\nSetext\n==="), TEXT_MARKDOWN);
    surface_resize(&surface, 12, 40);
    text_view_draw(&view, &surface, surface_rect(&surface));
    static const struct {
        const char *text;
        int ink;
    } headings[] = {{"One", INK_HEADING_1},  {"Two", INK_HEADING_2},  {"Three", INK_HEADING_3}, {"`c`", INK_CODE},
                    {"Four", INK_HEADING_4}, {"Five", INK_HEADING_4}, {"Setext", INK_HEADING_1}};
    for (size_t i = 0; i < COUNT_OF(headings); i++)
        assert_int_equal(ink_under(&surface, headings[i].text), headings[i].ink);
    assert_not_shown(&surface, "#");
    text_view_set(&view, slice_of("```py\nif 'a':\n  x # c"), TEXT_MARKDOWN);
    surface_clear(&surface);
    text_view_draw(&view, &surface, surface_rect(&surface));
    assert_int_equal(ink_under(&surface, "if"), INK_KEYWORD);
    assert_int_equal(ink_under(&surface, "'a'"), INK_STRING);
    assert_int_equal(ink_under(&surface, "x #"), INK_CODE);
    assert_int_equal(ink_under(&surface, "# c"), INK_COMMENT);
    text_view_release(&view);
    surface_release(&surface);
}

static void test_scripts(void **state) {
    (void)state;
    assert_view("你好世界，今天。", TEXT_MARKDOWN, 2, 10, "你好世界，\n今天。\n");
    assert_view("abc\n\nשלום\n\nمرحبا, ok?\n\n1. שלום", TEXT_MARKDOWN, 7, 12,
                "abc\n\n        שלום\n\n  مرحبا, ok?\n\n    שלום" DIRECTION_GUARD ".1\n");
    assert_view("- שלום\n  - שלום\n  - abc\n\n12. שלום\n\n> שלום\n", TEXT_MARKDOWN, 8, 14,
                "       שלום" DIRECTION_GUARD "•\n    שלום" DIRECTION_GUARD "◦\n    ◦ abc\n\n     שלום" DIRECTION_GUARD
                ".12\n\n        שלום" DIRECTION_GUARD "│\n\n");
    assert_view("👨‍👩‍👧 हिन्दी ไทย 한국어", TEXT_MARKDOWN, 1, 30,
                "👨👩👧 हिन्दी ไทย 한국어\n");
}

static void test_what_must_not_reach_a_terminal(void **state) {
    (void)state;
    assert_view("a\033[2Jb &#27;c\n\n    \033x\n\n`\x9b`\n\n| \a | b |\n|---|---|\n", TEXT_MARKDOWN, 8, 20,
                "a␛[2Jb ␛c\n\n  ␛x\n\n`‹\\x9B›`\n\n ␇ │ b\n ──┼──\n");
    assert_view("a\033[2J \xff", TEXT_PLAIN, 1, 20, "a␛[2J ‹\\xFF›\n");
}

static void test_raw(void **state) {
    (void)state;
    assert_view("**a**  b  \n\tx\xe2\x80\x8b \n\n- c", TEXT_RAW, 4, 20, "**a**  b··\n───→x‹U+200B›·\n\n- c\n");
    struct text_view view;
    struct surface surface;
    surface_init(&surface, 1, 40);
    text_view_init(&view);
    text_view_set(&view, slice_of("\tx\xe2\x80\x8by\033‹\\xFF› "), TEXT_RAW);
    text_view_draw(&view, &surface, surface_rect(&surface));
    static const struct {
        const char *text;
        int ink;
    } cases[] = {{"───→", INK_DIM},  {"x", INK_NORMAL},       {"‹U+200B›", INK_WARNING},
                 {"␛", INK_WARNING}, {"‹\\xFF›", INK_NORMAL}, {"·", INK_DIM}};
    for (size_t i = 0; i < COUNT_OF(cases); i++)
        assert_int_equal(ink_under(&surface, cases[i].text), cases[i].ink);
    text_view_release(&view);
    surface_release(&surface);
}

static void test_plain(void **state) {
    (void)state;
    assert_view("**a** one two\n\n\n- c\n", TEXT_PLAIN, 6, 9, "**a** one\ntwo\n\n\n- c\n\n");
}

static void test_sections(void **state) {
    (void)state;
    struct text_view view;
    struct surface surface;
    surface_init(&surface, 5, 60);
    text_view_init(&view);
    text_view_clear(&view, TEXT_MARKDOWN);
    text_view_add(&view, slice_of("user"), slice_of("Why?\n\n- a"));
    text_view_add(&view, slice_of("assistant"), slice_of("Because."));
    text_view_draw(&view, &surface, surface_rect(&surface));
    assert_drawn(&surface, "user       Why?\n\n            • a\nassistant  Because.\n\n");
    surface_resize(&surface, 6, 40); /* no room beside: labels get rows */
    text_view_draw(&view, &surface, surface_rect(&surface));
    assert_drawn(&surface, "user\nWhy?\n\n • a\nassistant\nBecause.\n");
    text_view_release(&view);
    surface_release(&surface);
}

static struct text_view numbered(int lines, enum text_mode mode) {
    struct text_view view;
    struct buffer text = BUFFER_INIT;
    text_view_init(&view);
    for (int i = 0; i < lines; i++)
        buffer_add_format(&text, "line %d\n\n", i);
    text_view_set(&view, buffer_slice(&text), mode);
    if (mode == TEXT_MARKDOWN)
        buffer_release(&text); /* Markdown is copied */
    return view;
}

static void test_scrolling(void **state) {
    (void)state;
    struct text_view view = numbered(20, TEXT_MARKDOWN);
    text_view_width(&view, 30);
    assert_int_equal(text_view_line_count(&view), 39);
    assert_false(text_view_scroll(&view, -1, 10));
    assert_true(text_view_scroll(&view, 3, 10));
    assert_int_equal(text_view_top(&view), 3);
    assert_true(text_view_scroll(&view, 100, 10));
    assert_int_equal(text_view_top(&view), 29);
    assert_false(text_view_scroll(&view, 1, 10));
    assert_true(text_view_share(&view, 10) == 1);
    text_view_to_share(&view, 0.5, 10);
    assert_int_equal(text_view_top(&view), 15);
    text_view_to_top(&view);
    assert_true(text_view_share(&view, 10) == 0);
    text_view_to_bottom(&view, 10);
    assert_int_equal(text_view_top(&view), 29);
    assert_false(text_view_fits(&view, 38));
    assert_true(text_view_fits(&view, 39));
    text_view_release(&view);
}

static void test_resize_keeps_the_place(void **state) {
    (void)state;
    struct text_view view;
    struct surface surface;
    struct buffer text = BUFFER_INIT;
    for (int i = 0; i < 100; i++)
        buffer_add_format(&text, "word%d is somewhere in this long paragraph ", i);
    surface_init(&surface, 5, 40);
    text_view_init(&view);
    text_view_set(&view, buffer_slice(&text), TEXT_MARKDOWN);
    text_view_width(&view, 40);
    text_view_search(&view, slice_of("word50"), 5);
    text_view_scroll(&view, 1, 5);
    text_view_draw(&view, &surface, surface_rect(&surface));
    assert_shows(&surface, "word50 ");
    static const int widths[] = {90, 33, 120, 24, 60, 200, 25};
    for (size_t i = 0; i < COUNT_OF(widths); i++) {
        surface_resize(&surface, 8, widths[i]);
        text_view_draw(&view, &surface, surface_rect(&surface));
        assert_shows(&surface, "word50");
    }
    text_view_release(&view);
    surface_release(&surface);
    buffer_release(&text);
}

static void test_sideways(void **state) {
    (void)state;
    struct text_view view;
    struct surface surface;
    surface_init(&surface, 2, 12);
    text_view_init(&view);
    text_view_set(&view, slice_of("    0123456789abcdefghij\n    中文中文"), TEXT_MARKDOWN);
    text_view_draw(&view, &surface, surface_rect(&surface));
    assert_drawn(&surface, "  012345678›\n  中文中文\n");
    assert_true(view.wide);
    text_view_width(&view, 22);
    assert_false(view.wide);
    text_view_shift(&view, 5);
    surface_clear(&surface);
    text_view_draw(&view, &surface, surface_rect(&surface));
    assert_drawn(&surface, "  ‹6789abcd›\n  ‹文\n");
    assert_whole(&surface);
    text_view_shift(&view, 1000);
    assert_int_equal(view.shift, 16);
    text_view_shift(&view, -1000);
    assert_int_equal(view.shift, 0);
    text_view_release(&view);
    surface_release(&surface);
}

static void test_search(void **state) {
    (void)state;
    struct text_view view;
    struct surface surface;
    size_t index;
    surface_init(&surface, 3, 40);
    text_view_init(&view);
    text_view_set(&view,
                  slice_of("The STRASSE is *long*.\n\nOne\n\nTwo\n\nstra\xc3\x9f"
                           "e again\n\n`strasse`"),
                  TEXT_MARKDOWN);
    text_view_width(&view, 40);
    assert_int_equal(text_view_search(&view, slice_of("straße"), 3), 3);
    text_view_draw(&view, &surface, surface_rect(&surface));
    assert_int_equal(ink_under(&surface, "STRASSE"), INK_HIT_HERE);
    assert_int_equal(ink_under(&surface, "The"), INK_NORMAL);
    assert_true(text_view_next_hit(&view, 1, 3, &index));
    assert_int_equal(index, 1);
    surface_clear(&surface);
    text_view_draw(&view, &surface, surface_rect(&surface));
    assert_int_equal(ink_under(&surface, "straße"), INK_HIT_HERE);
    assert_int_equal(ink_under(&surface, " again"), INK_NORMAL);
    assert_true(text_view_next_hit(&view, 1, 3, &index) && text_view_next_hit(&view, 1, 3, &index));
    assert_int_equal(index, 0);
    assert_true(text_view_next_hit(&view, -1, 3, &index));
    assert_int_equal(index, 2);
    text_view_search_close(&view);
    assert_false(text_view_next_hit(&view, 1, 3, &index));
    assert_int_equal(text_view_search(&view, slice_of("absent"), 3), 0);
    text_view_release(&view);
    surface_release(&surface);
}

static void test_search_over_spans(void **state) {
    (void)state;
    struct text_view view;
    struct surface surface;
    surface_init(&surface, 1, 40);
    text_view_init(&view);
    text_view_set(&view, slice_of("ab**cd**ef"), TEXT_MARKDOWN);
    assert_int_equal(text_view_search(&view, slice_of("bcde"), 1), 1);
    text_view_draw(&view, &surface, surface_rect(&surface));
    for (int column = 0; column < 6; column++)
        assert_int_equal(surface_cell(&surface, 0, column)->ink,
                         column >= 1 && column <= 4 ? INK_HIT_HERE : INK_NORMAL);
    text_view_release(&view);
    surface_release(&surface);
}

/* "number line-end" of the section that holds the line. */
static void assert_section(const struct text_view *view, size_t line, size_t number, size_t start, size_t end) {
    struct text_section section = text_view_section_at(view, line);
    assert_int_equal(section.number, number);
    assert_int_equal(section.line, start);
    assert_int_equal(section.end, end);
}

static void test_sections_of_headings(void **state) {
    (void)state;
    struct text_view view, other;
    struct text_section found;
    text_view_init(&view);
    text_view_init(&other);
    text_view_set(&view, slice_of("before\n\n# One\n\ntext\n\n## Two *b*\n\nmore"), TEXT_MARKDOWN);
    text_view_width(&view, 40);
    assert_int_equal(text_view_heading_count(&view), 2);
    assert_section(&view, 0, 0, 0, 2);
    assert_section(&view, 2, 1, 2, 6);
    assert_section(&view, 5, 1, 2, 6);
    assert_section(&view, 8, 2, 6, 9);
    assert_section(&view, 99, 2, 6, 9);
    text_view_set(&other, slice_of("# Zero\n\n# Two b\n\nx\n\n# One\n\n# Four"), TEXT_MARKDOWN);
    text_view_width(&other, 40);
    static const struct { size_t line, number; /* a line of view, the section of other */ } cases[] = {{2, 3}, {8, 2}};
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        struct text_section section = text_view_section_at(&view, cases[i].line);
        assert_true(text_view_section_like(&other, &view, &section, &found));
        assert_int_equal(found.number, cases[i].number);
    }
    struct text_section last = text_view_section_at(&other, 99), before = text_view_section_at(&view, 0);
    assert_int_equal(last.number, 4);
    assert_false(text_view_section_like(&view, &other, &last, &found));
    assert_false(text_view_section_like(&other, &view, &before, &found));
    text_view_release(&view);
    text_view_release(&other);
}

static void test_empty(void **state) {
    (void)state;
    assert_view("", TEXT_MARKDOWN, 1, 20, "\n");
    assert_view("", TEXT_RAW, 1, 20, "\n");
    assert_view("", TEXT_PLAIN, 1, 20, "\n");
    assert_view("\n\n", TEXT_MARKDOWN, 1, 20, "\n");
    assert_view("[x]: /hidden\n", TEXT_MARKDOWN, 1, 20, "[x]: /hidden\n"); /* Markdown makes nothing of it */
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_paragraphs),
        cmocka_unit_test(test_indent_is_kept),
        cmocka_unit_test(test_nested_lists),
        cmocka_unit_test(test_quotes),
        cmocka_unit_test(test_code),
        cmocka_unit_test(test_tables),
        cmocka_unit_test(test_marks),
        cmocka_unit_test(test_inks),
        cmocka_unit_test(test_scripts),
        cmocka_unit_test(test_what_must_not_reach_a_terminal),
        cmocka_unit_test(test_raw),
        cmocka_unit_test(test_plain),
        cmocka_unit_test(test_sections),
        cmocka_unit_test(test_scrolling),
        cmocka_unit_test(test_resize_keeps_the_place),
        cmocka_unit_test(test_sideways),
        cmocka_unit_test(test_search),
        cmocka_unit_test(test_search_over_spans),
        cmocka_unit_test(test_sections_of_headings),
        cmocka_unit_test(test_empty),
    };
    helper_locale();
    return cmocka_run_group_tests(tests, NULL, NULL);
}
