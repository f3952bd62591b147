/*
 * Text as a stream of folded code points (NFKD, full case folding, ignorable characters left out), unit by
 * unit: a unit is a character with all that combines with it. For needle.c and suggest.c.
 */
#ifndef CORE_TEXT_FOLD_H
#define CORE_TEXT_FOLD_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "core/base/slice.h"

enum { FOLD_MOST = 64 };

struct folder {
    struct slice text;
    size_t at;         /* where the next unit starts */
    size_t start, end; /* of the unit under way, in bytes of the text */
    int count, next;   /* its folded points: [next, count) are still to be read */
    int32_t points[FOLD_MOST];
};

struct folded {
    int32_t point;
    size_t start, end; /* of its unit */
    bool first, last;  /* of its unit */
};

void folder_init(struct folder *folder, struct slice text, size_t from);

/* The next folded code point; false at the end. Bytes that are not UTF-8 come as U+FFFD. */
bool folder_read(struct folder *folder, struct folded *folded);

static inline int32_t fold_ascii(unsigned char byte) {
    return byte >= 'A' && byte <= 'Z' ? byte + ('a' - 'A') : byte;
}

#endif
