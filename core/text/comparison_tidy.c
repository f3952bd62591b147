/*
 * Alignment word by word pairs what agrees by chance: an "of" or a comma in the middle of a sentence that was written anew. A
 * short same stretch between two long changes is read as a part of them.
 */
#include "core/text/comparison.h"

#include <string.h>

#include "core/base/banned.h"

enum { CHANCE_MOST = 256 }; /* bytes that may agree by chance */

static size_t larger(size_t a, size_t b) {
    return a > b ? a : b;
}

/* What a change weighs: the bytes of its longer side. */
static size_t weight(const struct stretch *stretch) {
    return larger(stretch->a_end - stretch->a, stretch->b_end - stretch->b);
}

/* A line break keeps the texts beside each other; so it stays, and what stands at it. */
static bool is_chance(const struct stretch *before, const struct stretch *same, const struct stretch *after,
                      struct slice a) {
    size_t length = same->a_end - same->a, lighter = weight(before), other = weight(after);
    lighter = other < lighter ? other : lighter;
    if (before->coarse || after->coarse || length > CHANCE_MOST)
        return false;
    return (same->a_words == 0 || 3 * length <= lighter) && !memchr(a.data + same->a, '\n', length);
}

static void join(struct stretch *change, const struct stretch *next) {
    change->a_end = next->a_end;
    change->b_end = next->b_end;
    change->a_words += next->a_words;
    change->b_words += next->b_words;
}

void comparison_tidy(struct comparison *comparison, struct slice a) {
    struct stretch *items = comparison->stretches.items;
    size_t kept = 0;
    for (size_t i = 0; i < comparison->stretches.count; i++) {
        items[kept++] = items[i];
        /* change, same, change at the end of what is kept: the third may make the second one of them */
        while (kept >= 3 && !items[kept - 1].same &&
               is_chance(&items[kept - 3], &items[kept - 2], &items[kept - 1], a)) {
            join(&items[kept - 3], &items[kept - 2]);
            join(&items[kept - 3], &items[kept - 1]);
            kept -= 2;
        }
    }
    comparison->stretches.count = kept;
}
