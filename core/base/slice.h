/*
 * A piece of text that somebody else owns: bytes and a length, not terminated, may hold any byte.
 * A slice with data == NULL is "absent", which is not the same as empty.
 */
#ifndef CORE_BASE_SLICE_H
#define CORE_BASE_SLICE_H

#include <stdbool.h>
#include <stddef.h>
#include <string.h>

struct slice {
    const char *data;
    size_t length;
};

#define SLICE_ABSENT ((struct slice){NULL, 0})

/* For "%.*s": SLICE_FORMAT and SLICE_ARGS(s). */
#define SLICE_FORMAT  "%.*s"
#define SLICE_ARGS(s) (int)(s).length, (s).data ? (s).data : ""

static inline struct slice slice_of(const char *text) {
    return (struct slice){text, text ? strlen(text) : 0};
}

static inline struct slice slice_make(const char *data, size_t length) {
    return (struct slice){data, length};
}

static inline bool slice_equal(struct slice a, struct slice b) {
    return a.length == b.length && (a.length == 0 || memcmp(a.data, b.data, a.length) == 0);
}

static inline bool slice_is(struct slice a, const char *text) {
    return slice_equal(a, slice_of(text));
}

#endif
