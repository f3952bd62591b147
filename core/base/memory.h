/*
 * Memory that is there: these functions never return NULL. When the system has no more, the program aborts (SIGABRT);
 * the terminal shell restores the screen from its handler, and the store loses nothing that was drawn.
 * Sizes are checked for overflow.
 */
#ifndef CORE_BASE_MEMORY_H
#define CORE_BASE_MEMORY_H

#include <stddef.h>

/* Zeroed, count × size bytes (at least one). */
void *memory_new(size_t count, size_t size);

/* Grows or shrinks to count × size bytes; new bytes are not zeroed. */
void *memory_resize(void *memory, size_t count, size_t size);

/* Makes room for at least `wanted` elements, doubling; *capacity is in elements. */
void *memory_grow(void *memory, size_t *capacity, size_t wanted, size_t size);

/* A copy of length bytes, with a terminating NUL that is not counted. */
char *memory_copy(const char *data, size_t length);

void memory_free(void *memory);

#endif
