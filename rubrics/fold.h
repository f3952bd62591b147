/*
 * The next version of a rubric file with rulings written into its guideline. The file is changed as text, so that its comments and its
 * layout stay: the number of the version, and lines at the end of the guideline.
 */
#ifndef RUBRICS_FOLD_H
#define RUBRICS_FOLD_H

#include <stddef.h>

#include "core/base/buffer.h"
#include "core/base/error.h"
#include "core/model/rubric.h"

/*
 * Appends the text to out: `yaml` is the text of `rubric`; the rulings (Markdown, without ends of line at their ends) become a list under
 * "## Rulings" (one heading however often this is done). STATUS_INPUT: the guideline is written in another way than as a block
 * (`guideline: |`), or a ruling cannot stand in a YAML block; out is as before.
 */
int rubric_fold(struct slice yaml, const struct rubric *rubric, const struct slice *rulings, size_t count,
                struct buffer *out, struct error *error);

/* Appends the rubric's text with another number of version; where none stood it comes behind the name. */
void rubric_renumber(struct buffer *out, struct slice yaml, int version);

/* The line (from 1) where a criterion begins, or the guideline (criterion NULL); 1 when it is not there. */
int rubric_line(struct slice yaml, const char *criterion);

#endif
