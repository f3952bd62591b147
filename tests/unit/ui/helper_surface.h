/* What the tests of ui/ share: a surface read as a string, and a locale in which characters have widths. */
#ifndef TESTS_UNIT_UI_HELPER_SURFACE_H
#define TESTS_UNIT_UI_HELPER_SURFACE_H

#include "ui/surface.h"

/* For main(): a UTF-8 locale. */
void helper_locale(void);

/* Compares the rows of the surface with lines of text (spaces at the ends do not count); fails with both when they differ. */
void assert_drawn(const struct surface *surface, const char *expected);

/* Fails unless every cell keeps the invariant of surface.h: halves of wide characters in pairs, widths as the C library says. */
void assert_whole(const struct surface *surface);

/* Fails unless the text stands somewhere on one row. */
void assert_shows(const struct surface *surface, const char *text);
void assert_not_shown(const struct surface *surface, const char *text);

/* The ink under the first character of a text that is shown; -1 when it is not. */
int ink_under(const struct surface *surface, const char *text);

#endif
