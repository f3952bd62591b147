/*
 * Two texts and what differs between them, as the blocks of a text view: line beside line, or one after the other in one text.
 * What only the left one has stands in [-…-], what only the right one has in {+…+}, whatever the colours; spaces that
 * differ are made visible. Long unchanged stretches are folded: "┄ 86 words the same ┄".
 */
#ifndef UI_TEXT_DIFFERENCE_H
#define UI_TEXT_DIFFERENCE_H

#include "core/text/comparison.h"
#include "ui/text_view.h"

struct text_difference {
    struct slice left, right; /* borrowed */
    struct comparison comparison;
    bool beside;    /* left and right beside each other, else one text */
    bool open;      /* nothing is folded */
    bool has_folds; /* something is or would be */
    struct {
        struct text_hit *items; /* where each change begins, in the view that was made last */
        size_t count, capacity;
    } changes;
    size_t hand; /* the change that was gone to last, of changes; SIZE_MAX: none */
};

/* Compares. Both texts must stay until text_difference_release. */
void text_difference_init(struct text_difference *difference, struct slice left, struct slice right);
void text_difference_release(struct text_difference *difference);

/* Fills the view as `beside` and `open` say; a search that is open looks through it. */
void text_difference_show(struct text_difference *difference, struct text_view *view);

/*
 * One sentence: "A and B are 97 % the same: 3 words differ, in 2 places." Words are counted only where nearly all are the same:
 * how long texts are is not said. *notice (a sentence too, may stay empty): what was too much to compare, and what is shown instead.
 */
void text_difference_summary(const struct text_difference *difference, const char *left, const char *right,
                             struct buffer *summary, struct buffer *notice);

/*
 * Takes the next (1) or previous (-1) change in hand, counted from the one in hand while that is seen, else from the view's top,
 * and brings it into sight. False, and nothing happens, when there is none.
 */
bool text_difference_go(struct text_difference *difference, struct text_view *view, int direction, int rows);

/* The row of the view, from its top, where the change in hand begins; -1: it is not seen. */
int text_difference_hand_row(const struct text_difference *difference, struct text_view *view, int rows);

#endif
