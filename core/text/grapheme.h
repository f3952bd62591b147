/*
 * What a reader takes for one character, and how many cells it takes.
 *
 * Boundaries are extended grapheme clusters (Unicode UAX #29, utf8proc). Columns are wcwidth() of the C
 * library, because that is what ncurses places cells by: a spacing code point takes its 1 or 2 cells, a
 * zero-width one joins the cell before it, and a cluster is as wide as the sum of its code points. main sets
 * a UTF-8 locale before anything here is called; in another locale wcwidth() knows nothing beyond ASCII and
 * the door (clean.h) shows the rest as ‹U+…›.
 *
 * Text is valid UTF-8; where it says cleaned, it came through the door.
 */
#ifndef CORE_TEXT_GRAPHEME_H
#define CORE_TEXT_GRAPHEME_H

#include <stddef.h>
#include <stdint.h>

#include "core/base/slice.h"

/*
 * Code points that ncurses keeps in one cell (CCHARW_MAX): one spacing and four that join it. It drops more
 * in silence.
 */
enum { CELL_POINTS = 5 };

/* The end of the cluster that starts at `at` (a boundary). text.length at the end. */
size_t grapheme_next(struct slice text, size_t at);

/* The start of the cluster that ends at `at` (a boundary). 0 at the start. */
size_t grapheme_previous(struct slice text, size_t at);

/* Clusters in the text. */
size_t grapheme_count(struct slice text);

/* Cells of one code point: 0, 1, 2, or -1 for one that has no place on a screen (controls, unassigned). */
int point_columns(int32_t point);

/* Cells of cleaned text on one line. A newline or tab counts nothing. */
size_t text_columns(struct slice text);

/*
 * The end of the cluster at `at` together with the zero-width clusters behind it (directional marks,
 * zero-width spaces): the smallest piece that may be cut off a line without putting a mark into somebody
 * else's cell. *columns receives its cells. A newline stands alone.
 */
size_t text_unit(struct slice text, size_t at, int *columns);

#endif
