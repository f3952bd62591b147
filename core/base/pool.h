/*
 * Memory that is freed together: what one reader made for one item, one rubric, one campaign. Never moves, never returns NULL.
 */
#ifndef CORE_BASE_POOL_H
#define CORE_BASE_POOL_H

#include <stddef.h>

#include "core/base/slice.h"

struct pool_block;

struct pool {
    struct pool_block *blocks; /* newest first */
};

#define POOL_INIT \
    { NULL }

/* Zeroed and aligned for any type. */
void *pool_new(struct pool *pool, size_t count, size_t size);
/* A copy of `count` things of `size` bytes, aligned for any type; items may be NULL when count is 0. */
void *pool_copy(struct pool *pool, const void *items, size_t count, size_t size);

/* A terminated copy of the bytes; an absent slice gives NULL. */
char *pool_string(struct pool *pool, struct slice text);
struct slice pool_slice(struct pool *pool, struct slice text);

void pool_clear(struct pool *pool);   /* forgets all, keeps one block for the next round */
void pool_release(struct pool *pool); /* frees all */

#endif
