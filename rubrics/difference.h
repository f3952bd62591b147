/*
 * What changed between two texts, line by line: the shortest edit script (Myers 1986) while it is at most
 * DIFFERENCE_EDITS long. Texts that differ in more are told apart at their common first and last lines only. A line
 * ends at LF or CR LF; a missing last newline is no difference.
 */
#ifndef RUBRICS_DIFFERENCE_H
#define RUBRICS_DIFFERENCE_H

#include <stddef.h>

#include "core/base/buffer.h"
#include "core/base/slice.h"

enum { DIFFERENCE_EDITS = 1000 };

struct difference_line {
    char sign;         /* ' ' in both, '-' only in the old text, '+' only in the new one */
    struct slice text; /* without its line end; points into the text it came from */
    size_t old, new;   /* line numbers from 1; 0 where the line is not in that text */
};

struct difference {
    struct difference_line *items; /* all lines in order; within a change '-' before '+' */
    size_t count, capacity;
    size_t removed, added; /* lines */
    size_t changed; /* for a sentence ("2 lines changed"): of each change, the larger of its removed and added lines */
};

/* The texts must outlive the difference. */
void difference_init(struct difference *difference, struct slice old, struct slice new);
void difference_release(struct difference *difference);

/* The changed lines, each behind its sign and a space, with `around` unchanged ones before and after; "  …" stands for what is left out. */
void difference_write(const struct difference *difference, size_t around, struct buffer *out);

#endif
