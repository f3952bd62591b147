/*
 * The screen of differences: two of several texts, compared word by word (text_difference.h). Another pair, next difference, folds,
 * search.
 */
#ifndef UI_DIFFERENCES_H
#define UI_DIFFERENCES_H

#include "ui/screen.h"

struct compared_text {
    const char *name; /* "A"; must stay */
    struct slice text;
};

/* Texts [first] and [second] of `count` (2 or more) compared; the texts are copied. */
void differences_open(struct frame *frame, const struct compared_text *texts, size_t count, size_t first,
                      size_t second);

#endif
