/* A list of blocks, the newest being filled; see pool.h. */
#include "core/base/pool.h"

#include <stdalign.h>
#include <stdint.h>
#include <stdlib.h>

#include "core/base/memory.h"

#include "core/base/banned.h"

struct pool_block {
    struct pool_block *next;
    size_t used, size; /* of bytes[] */
    alignas(max_align_t) char bytes[];
};

static const size_t block_size = 16384;

static void *take(struct pool *pool, size_t bytes) {
    const size_t unit = alignof(max_align_t);
    if (bytes > SIZE_MAX / 4)
        abort();
    bytes = (bytes + unit - 1) / unit * unit;
    struct pool_block *block = pool->blocks;
    if (!block || block->size - block->used < bytes) {
        size_t size = bytes > block_size ? bytes : block_size;
        block = memory_resize(NULL, sizeof *block + size, 1);
        *block = (struct pool_block){.next = pool->blocks, .size = size};
        pool->blocks = block;
    }
    char *taken = block->bytes + block->used;
    block->used += bytes;
    return taken;
}

static void *take_array(struct pool *pool, size_t count, size_t size) {
    if (size && count > SIZE_MAX / 4 / size)
        abort();
    return take(pool, count * size);
}

void *pool_new(struct pool *pool, size_t count, size_t size) {
    void *taken = take_array(pool, count, size);
    memset(taken, 0, count * size);
    return taken;
}

void *pool_copy(struct pool *pool, const void *items, size_t count, size_t size) {
    void *taken = take_array(pool, count, size);
    if (count)
        memcpy(taken, items, count * size);
    return taken;
}

char *pool_string(struct pool *pool, struct slice text) {
    if (!text.data)
        return NULL;
    char *copy = take(pool, text.length + 1);
    memcpy(copy, text.data, text.length);
    copy[text.length] = '\0';
    return copy;
}

struct slice pool_slice(struct pool *pool, struct slice text) {
    return slice_make(pool_string(pool, text), text.length);
}

void pool_clear(struct pool *pool) {
    struct pool_block *block = pool->blocks, *kept = NULL;
    while (block) {
        struct pool_block *next = block->next;
        if (!kept && block->size == block_size) {
            kept = block;
            kept->used = 0;
        } else {
            memory_free(block);
        }
        block = next;
    }
    if (kept)
        kept->next = NULL;
    pool->blocks = kept;
}

void pool_release(struct pool *pool) {
    pool_clear(pool);
    memory_free(pool->blocks);
    pool->blocks = NULL;
}
