/*
 * Knuth–Morris–Pratt over the folded stream; a ring remembers where the last `length` folded points came
 * from.
 */
#include "core/text/needle.h"

#include <string.h>

#include "core/base/memory.h"
#include "core/text/fold.h"
#include "core/text/utf8.h"

#include "core/base/banned.h"

#define NO_START SIZE_MAX /* in the ring: a point that is not the first of its unit */

void needle_init(struct needle *needle, struct slice what) {
    struct folder folder;
    struct folded folded;
    size_t capacity = 0, matched = 0;

    *needle = (struct needle){NULL, NULL, 0};
    folder_init(&folder, what, 0);
    while (folder_read(&folder, &folded)) {
        if (needle->length == capacity)
            needle->points = memory_grow(needle->points, &capacity, needle->length + 1, sizeof *needle->points);
        needle->points[needle->length++] = folded.point;
    }
    needle->fallback = memory_new(needle->length + 1, sizeof *needle->fallback);
    for (size_t i = 1; i < needle->length; i++) {
        while (matched > 0 && needle->points[i] != needle->points[matched])
            matched = needle->fallback[matched];
        if (needle->points[i] == needle->points[matched])
            matched++;
        needle->fallback[i + 1] = matched;
    }
}

void needle_release(struct needle *needle) {
    memory_free(needle->points);
    memory_free(needle->fallback);
    *needle = (struct needle){NULL, NULL, 0};
}

/* An ideograph of U+4000 … U+9FFF at `at`: three bytes, folds to itself. */
static bool ideograph_at(const unsigned char *data, size_t length, size_t at) {
    return length - at > 3 && data[at] >= 0xE4 && data[at] <= 0xE9 && (data[at + 1] & 0xC0) == 0x80 &&
           (data[at + 2] & 0xC0) == 0x80;
}

/* Nothing that joins what stands before it can begin with this byte. */
static bool stands_apart(unsigned char byte) {
    return byte < 0x80 || (byte >= 0xE4 && byte <= 0xE9);
}

/* Skips ASCII and ideographs that cannot start a match; the last one before other bytes is left, as marks may follow it. */
static void skip_ahead(const struct needle *needle, struct folder *folder) {
    const unsigned char *data = (const unsigned char *)folder->text.data;
    size_t at = folder->at, length = folder->text.length;
    int32_t first = needle->points[0];
    char bytes[4] = {0};
    if (folder->next < folder->count)
        return;
    if (first >= 0x4000 && first <= 0x9FFF)
        utf8_encode(bytes, first);
    while (at + 1 < length) {
        if (data[at] < 0x80) {
            if (!stands_apart(data[at + 1]) || fold_ascii(data[at]) == first)
                break;
            at++;
        } else {
            if (!ideograph_at(data, length, at) || !stands_apart(data[at + 3]) || memcmp(data + at, bytes, 3) == 0)
                break;
            at += 3;
        }
    }
    folder->at = at;
}

bool needle_find(const struct needle *needle, struct slice text, size_t from, struct text_match *match) {
    struct folder folder;
    struct folded folded;
    size_t matched = 0, count = 0;
    size_t *starts;
    bool found = false;

    if (needle->length == 0 || from >= text.length)
        return false;
    starts = memory_new(needle->length, sizeof *starts);
    folder_init(&folder, text, from);
    for (;; count++) {
        if (matched == 0)
            skip_ahead(needle, &folder);
        if (!folder_read(&folder, &folded))
            break;
        starts[count % needle->length] = folded.first ? folded.start : NO_START;
        while (matched > 0 && folded.point != needle->points[matched])
            matched = needle->fallback[matched];
        if (folded.point == needle->points[matched])
            matched++;
        if (matched == needle->length) {
            size_t start = starts[(count + 1) % needle->length];
            if (folded.last && start != NO_START) {
                *match = (struct text_match){start, folded.end};
                found = true;
                break;
            }
            matched = needle->fallback[matched];
        }
    }
    memory_free(starts);
    return found;
}
