/* Bytes under way; see link.h. */
#include "link.h"

#include <stdlib.h>
#include <string.h>

void link_add(struct link *link, const char *bytes, size_t length, long due) {
    struct link_chunk *chunk = malloc(sizeof *chunk);
    char *copy = malloc(length + 1);
    if (!chunk || !copy)
        abort();
    memcpy(copy, bytes, length);
    *chunk = (struct link_chunk){.due = due, .length = length, .bytes = copy};
    if (link->last)
        link->last->next = chunk;
    else
        link->first = chunk;
    link->last = chunk;
}

struct link_chunk *link_take(struct link *link, long now) {
    struct link_chunk *chunk = link->first;
    if (!chunk || chunk->due > now)
        return NULL;
    link->first = chunk->next;
    if (!link->first)
        link->last = NULL;
    return chunk;
}

void link_free(struct link_chunk *chunk) {
    free(chunk->bytes);
    free(chunk);
}

long link_next(const struct link *link) {
    return link->first ? link->first->due : -1;
}

void link_clear(struct link *link) {
    while (link->first) {
        struct link_chunk *chunk = link->first;
        link->first = chunk->next;
        link_free(chunk);
    }
    link->last = NULL;
}
