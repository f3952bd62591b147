/*
 * What two texts have in common, word by word: a list of stretches that covers both, in order. Every byte of A and of B is in
 * exactly one; the bytes of a same stretch are equal, so that replacing the others in A by what B has gives B. Pairs are
 * those of a longest common subsequence of tokens (token.h), then tidied for a reader: a change begins where a line or a sentence
 * does when there is a choice, and a word or two that agree by chance inside a long change belong to it.
 *
 * The work is bounded by `effort`. Where it does not last, lines are compared first and words only between lines that
 * agree; what is too much even then is one coarse stretch, not looked into. find(A, B) and find(B, A) are mirror images.
 */
#ifndef CORE_TEXT_COMPARISON_H
#define CORE_TEXT_COMPARISON_H

#include <stdbool.h>
#include <stddef.h>

#include "core/base/slice.h"

/* Comparisons that take some 50 ms on a machine of 2020: word by word for texts of some 4,000 words that have little in common. */
enum { COMPARISON_EFFORT = 24000000 };

struct stretch {
    size_t a, a_end; /* bytes of A */
    size_t b, b_end; /* bytes of B */
    size_t a_words, b_words;
    bool same;
    bool coarse; /* not the same as a whole; never looked into */
};

struct comparison {
    struct {
        struct stretch *items; /* same and not same in turn, none of them empty */
        size_t count, capacity;
    } stretches;
    size_t a_words, b_words; /* in all */
    size_t same_words;       /* in same stretches */
    bool by_lines;           /* lines were compared first */
    size_t coarse;           /* coarse stretches */
};

/* Any bytes will do. Release it with comparison_release. */
void comparison_find(struct comparison *comparison, struct slice a, struct slice b, size_t effort);
void comparison_release(struct comparison *comparison);

/*
 * Words in common, of all words of both (the Dice coefficient, 0 to 1, the same both ways); where neither has a word,
 * 1 when they are equal, else 0. Two texts with a share of 1 may still differ in marks and spaces.
 */
double comparison_share(const struct comparison *comparison);

/* Words that differ: of each stretch that is not the same, those of the side that has more. */
size_t comparison_words(const struct comparison *comparison);

/* For comparison.c: stretches that agree by chance become part of the change around them. */
void comparison_tidy(struct comparison *comparison, struct slice a);

#endif
