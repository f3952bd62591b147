/*
 * Growable arrays as three plain fields of the owner: `items`, `count`, `capacity`.
 *     struct { struct thing *items; size_t count, capacity; } things = {0};
 *     *ARRAY_ADD(&things) = (struct thing){…};
 * The new element is not initialised. Free with ARRAY_RELEASE.
 */
#ifndef CORE_BASE_ARRAY_H
#define CORE_BASE_ARRAY_H

#include <stddef.h>

#include "core/base/memory.h"

#define ARRAY_ADD(array)                                                                                           \
    ((array)->items = memory_grow((array)->items, &(array)->capacity, (array)->count + 1, sizeof *(array)->items), \
     &(array)->items[(array)->count++])

#define ARRAY_RELEASE(array) \
    (memory_free((array)->items), (array)->items = NULL, (array)->count = 0, (void)((array)->capacity = 0))

#define COUNT_OF(array) (sizeof(array) / sizeof *(array))

#endif
