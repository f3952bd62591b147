/*
 * The shared set of a track: a share of its items that every person judges once, so that people can be compared.
 * Pure: the store brings its secret, and records who got what.
 */
#ifndef CORE_WORK_SHARING_H
#define CORE_WORK_SHARING_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* Whether the item belongs to a shared set of `share` (0 to 1) of all items: a keyed draw of its own, so who raises the share only adds to it. */
bool sharing_holds(const unsigned char key[32], int64_t item, double share);

/* How many of a batch of `batch` come from the shared set at first: a fifth, or its share of all items where that is more, rounded up; share 0:
 * none. So everybody has it early, and no batch is made of it alone while other work waits. */
size_t sharing_quota(size_t batch, double share);

#endif
