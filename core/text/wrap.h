/*
 * Cleaned text into lines of at most so many columns. A line is a range of bytes in the text: nothing is
 * copied, nothing remembered, and the lines from any line start on do not depend on what stands before it. So
 * a view wraps what it shows, for as many lines as it has, from wherever it stands.
 *
 * Lines break after spaces (which may hang over the edge and belong to the line they end), after a zero-width
 * space, after a hyphen or slash inside a word, before and after ideographs, kana and emoji, and inside Thai,
 * Lao, Khmer and Burmese; never before a closing or after an opening mark, small kana and the like (kinsoku),
 * nor beside a no-break space. Korean breaks between words. What has no such place and is longer than a line
 * is cut between clusters, and a cluster wider than a line (it exists) between its cells.
 */
#ifndef CORE_TEXT_WRAP_H
#define CORE_TEXT_WRAP_H

#include <stdbool.h>
#include <stddef.h>

#include "core/base/slice.h"

struct text_line {
    size_t start;
    size_t end;   /* what is drawn: [start, end), without the spaces at its end */
    size_t next;  /* where the next line starts: past the spaces and the newline */
    int columns;  /* cells of [start, end): at most the columns asked for */
    bool newline; /* a newline ended it (it is the last line of its paragraph) */
};

/*
 * The line that starts at `at` (0, or the next of another line), at most `columns` cells wide; fewer than 2
 * count as 2, as a wide character must fit. False at the end of the text. A newline at the very end starts no
 * further line; an editor that wants one for its cursor sees it from line.newline.
 */
bool text_wrap(struct slice text, size_t at, int columns, struct text_line *line);

/*
 * The start of the paragraph that holds `at`: past the newline before it. To go back a line, wrap from there.
 */
size_t text_paragraph(struct slice text, size_t at);

/* Lines that the text from `at` on takes, counting no further than `most`. */
size_t text_wrap_count(struct slice text, size_t at, int columns, size_t most);

#endif
