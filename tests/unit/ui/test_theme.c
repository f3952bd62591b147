/* The themes: what every ink looks like in each, and that none of it is ever invisible. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <math.h>
#include <string.h>

#include "core/base/array.h"
#include "ui/theme.h"

/* Without colour: the attributes alone have to say what is meant. "" is as plain text. */
static const struct {
    enum ink ink;
    const char *attributes; /* bold, dim, underline, reverse: b d u r */
} monochrome[] = {
    {INK_NORMAL, ""},      {INK_DIM, "d"},       {INK_ACCENT, "b"},    {INK_TITLE, "b"},      {INK_RULE, "d"},
    {INK_SELECTED, "r"},   {INK_WARNING, "b"},   {INK_ERROR, "br"},    {INK_GOOD, ""},        {INK_CODE, ""},
    {INK_HEADING_1, "bu"}, {INK_HEADING_2, "b"}, {INK_HEADING_3, "u"}, {INK_HEADING_4, "du"}, {INK_EMPHASIS, "u"},
    {INK_STRONG, "b"},     {INK_STRUCK, "d"},    {INK_LINK, "u"},      {INK_HIT, "r"},        {INK_HIT_HERE, "br"},
    {INK_ADDED, "u"},      {INK_REMOVED, "d"},   {INK_COVER, "d"},
};

static void test_monochrome(void **state) {
    (void)state;
    for (size_t i = 0; i < COUNT_OF(monochrome); i++) {
        unsigned wanted = 0;
        for (const char *c = monochrome[i].attributes; *c; c++)
            wanted |= *c == 'b' ? STYLE_BOLD : *c == 'd' ? STYLE_DIM : *c == 'u' ? STYLE_UNDERLINE : STYLE_REVERSE;
        static const int colours[] = {0, 2, 7, 8, 256};
        for (size_t k = 0; k < COUNT_OF(colours); k++) {
            enum scheme scheme = colours[k] < 8 ? SCHEME_LIGHT : SCHEME_MONO;
            struct style style = theme_style(scheme, monochrome[i].ink, colours[k]);
            assert_int_equal(style.foreground, -1);
            assert_int_equal(style.background, -1);
            assert_int_equal(style.attributes, wanted);
        }
    }
}

static void test_every_ink_has_a_name(void **state) {
    (void)state;
    for (int ink = 0; ink < INK_COUNT; ink++)
        for (int other = 0; other < ink; other++)
            assert_string_not_equal(ink_name((enum ink)ink), ink_name((enum ink)other));
}

/* --- Contrast (WCAG 2.1: relative luminance, ratio from 1 to 21) --- */

static double luminance(uint32_t rgb) {
    static const double weight[] = {0.2126, 0.7152, 0.0722};
    double sum = 0;
    for (int i = 0; i < 3; i++) {
        double part = (double)(rgb >> (16 - 8 * i) & 0xff) / 255;
        sum += weight[i] * (part <= 0.03928 ? part / 12.92 : pow((part + 0.055) / 1.055, 2.4));
    }
    return sum;
}

static double contrast(uint32_t a, uint32_t b) {
    double x = luminance(a), y = luminance(b);
    return x > y ? (x + 0.05) / (y + 0.05) : (y + 0.05) / (x + 0.05);
}

/* xterm's first eight; other terminals differ, but not in which are pale. */
static const uint32_t first[] = {0x000000, 0xcd0000, 0x00cd00, 0xcdcd00, 0x0000ee, 0xcd00cd, 0x00cdcd, 0xe5e5e5};

/* A colour of a style on a terminal of these own colours. */
static uint32_t shown(int number, uint32_t own) {
    return number < 0 ? own : number < 8 ? first[number] : theme_rgb(number);
}

static double contrast_of(struct style style, uint32_t text, uint32_t background) {
    return contrast(shown(style.foreground, text), shown(style.background, background));
}

static bool is_line(enum ink ink) {
    return ink == INK_RULE; /* nothing to read: it has to be seen, no more */
}

static void check(enum scheme scheme, int colours, uint32_t text, uint32_t background, double least) {
    for (int ink = 0; ink < INK_COUNT; ink++) {
        double found = contrast_of(theme_style(scheme, (enum ink)ink, colours), text, background);
        double wanted = is_line((enum ink)ink) ? 1.5 : least;
        if (found < wanted)
            fail_msg("%s on #%06x in %d colours: contrast %.2f, wanted %.1f", ink_name((enum ink)ink),
                     (unsigned)background, colours, found, wanted);
    }
}

static void test_nothing_is_invisible(void **state) {
    (void)state;
    check(SCHEME_DARK, 256, 0xe5e5e5, 0x000000, 4.5);
    check(SCHEME_DARK, 256, 0xd0d0d0, 0x1e1e1e, 4.5); /* many an editor's */
    check(SCHEME_DARK, 256, 0x93a1a1, 0x002b36, 3.0); /* Solarized */
    check(SCHEME_LIGHT, 256, 0x000000, 0xffffff, 4.5);
    check(SCHEME_LIGHT, 256, 0x3b4d53, 0xfdf6e3, 3.5);
    check(SCHEME_DARK, 16, 0xe5e5e5, 0x000000, 3.0);
    check(SCHEME_LIGHT, 16, 0x000000, 0xffffff, 3.0);
    check(SCHEME_DARK, 8, 0xe5e5e5, 0x000000, 3.0);
    check(SCHEME_LIGHT, 8, 0x000000, 0xffffff, 3.0);
}

/* In few colours only the first eight are sure to be there, and a background could swallow somebody's own palette. */
static void test_few_colours(void **state) {
    (void)state;
    for (int ink = 0; ink < INK_COUNT; ink++)
        for (int scheme = SCHEME_DARK; scheme <= SCHEME_LIGHT; scheme++) {
            struct style style = theme_style((enum scheme)scheme, (enum ink)ink, 16);
            assert_true(style.foreground < 8);
            assert_int_equal(style.background, -1);
        }
}

/* What a state means is never said by colour alone. */
static void test_states_are_told_apart_without_colour(void **state) {
    (void)state;
    static const enum ink states[] = {INK_ACCENT, INK_SELECTED, INK_HIT,  INK_HIT_HERE,
                                      INK_ADDED,  INK_REMOVED,  INK_ERROR};
    for (size_t i = 0; i < COUNT_OF(states); i++)
        for (int scheme = SCHEME_DARK; scheme <= SCHEME_MONO; scheme++)
            assert_int_not_equal(theme_style((enum scheme)scheme, states[i], 0).attributes, 0);
    assert_int_not_equal(theme_style(SCHEME_MONO, INK_HIT, 0).attributes,
                         theme_style(SCHEME_MONO, INK_HIT_HERE, 0).attributes);
}

static void test_palette(void **state) {
    (void)state;
    static const struct {
        int number;
        uint32_t rgb;
    } known[] = {{16, 0x000000},  {21, 0x0000ff},  {80, 0x5fd7d7}, {196, 0xff0000},
                 {231, 0xffffff}, {232, 0x080808}, {255, 0xeeeeee}};
    for (size_t i = 0; i < COUNT_OF(known); i++)
        assert_int_equal(theme_rgb(known[i].number), known[i].rgb);
}

static void test_which_scheme(void **state) {
    (void)state;
    static const struct {
        enum theme_choice choice;
        struct background background;
        enum scheme scheme;
    } cases[] = {
        {THEME_LIGHT, {NULL, NULL}, SCHEME_LIGHT},      {THEME_LIGHT, {"", NULL}, SCHEME_LIGHT},
        {THEME_DARK, {"1", NULL}, SCHEME_MONO},         {THEME_MONO, {NULL, "0;15"}, SCHEME_MONO},
        {THEME_AUTO, {NULL, NULL}, SCHEME_DARK},        {THEME_AUTO, {NULL, "15;0"}, SCHEME_DARK},
        {THEME_AUTO, {NULL, "0;15"}, SCHEME_LIGHT},     {THEME_AUTO, {NULL, "0;default;15"}, SCHEME_LIGHT},
        {THEME_AUTO, {NULL, "0;default"}, SCHEME_DARK}, {THEME_AUTO, {NULL, "12;8"}, SCHEME_DARK},
        {THEME_AUTO, {NULL, "0;7"}, SCHEME_LIGHT},      {THEME_DARK, {NULL, "0;15"}, SCHEME_DARK},
        {THEME_AUTO, {NULL, ""}, SCHEME_DARK},          {THEME_AUTO, {NULL, "0;"}, SCHEME_DARK},
    };
    for (size_t i = 0; i < COUNT_OF(cases); i++)
        assert_int_equal(theme_scheme(cases[i].choice, &cases[i].background), cases[i].scheme);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_monochrome),
        cmocka_unit_test(test_every_ink_has_a_name),
        cmocka_unit_test(test_nothing_is_invisible),
        cmocka_unit_test(test_few_colours),
        cmocka_unit_test(test_states_are_told_apart_without_colour),
        cmocka_unit_test(test_palette),
        cmocka_unit_test(test_which_scheme),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
