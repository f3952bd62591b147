/* Allocation that aborts instead of failing; see memory.h. */
#include "core/base/memory.h"

#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/base/banned.h"

static size_t checked_product(size_t count, size_t size) {
    if (size && count > SIZE_MAX / 2 / size)
        abort();
    size_t bytes = count * size;
    return bytes > 0 ? bytes : 1;
}

void *memory_new(size_t count, size_t size) {
    void *memory = calloc(1, checked_product(count, size));
    if (!memory)
        abort();
    return memory;
}

void *memory_resize(void *memory, size_t count, size_t size) {
    void *resized = realloc(memory, checked_product(count, size));
    if (!resized)
        abort();
    return resized;
}

void *memory_grow(void *memory, size_t *capacity, size_t wanted, size_t size) {
    if (wanted <= *capacity)
        return memory;
    size_t grown = *capacity ? *capacity : 8;
    while (grown < wanted) {
        if (grown > SIZE_MAX / 4)
            abort();
        grown *= 2;
    }
    memory = memory_resize(memory, grown, size);
    *capacity = grown;
    return memory;
}

char *memory_copy(const char *data, size_t length) {
    char *copy = memory_resize(NULL, length + 1, 1);
    if (length)
        memcpy(copy, data, length);
    copy[length] = '\0';
    return copy;
}

void memory_free(void *memory) {
    free(memory);
}
