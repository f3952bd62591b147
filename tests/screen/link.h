/* Bytes under way on a slow line: each chunk arrives when its time has come, in order. Times are milliseconds of one clock. */
#ifndef TESTS_SCREEN_LINK_H
#define TESTS_SCREEN_LINK_H

#include <stddef.h>

struct link_chunk {
    long due;
    size_t length;
    char *bytes;
    struct link_chunk *next;
};

/* Zero is an empty line. */
struct link {
    struct link_chunk *first, *last;
};

void link_add(struct link *link, const char *bytes, size_t length, long due);

/* The next chunk that has arrived by now, to free with link_free; NULL when there is none. */
struct link_chunk *link_take(struct link *link, long now);
void link_free(struct link_chunk *chunk);

/* When the next one arrives; -1: nothing is under way. */
long link_next(const struct link *link);
void link_clear(struct link *link);

#endif
