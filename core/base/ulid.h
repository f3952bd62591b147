/*
 * ULIDs: 26 characters of Crockford's base 32, 48 bits of milliseconds and 80 of entropy; they sort by time.
 * The name of everything that travels between files (judgments, holds, batches…).
 */
#ifndef CORE_BASE_ULID_H
#define CORE_BASE_ULID_H

#include <stdbool.h>
#include <stdint.h>

#include "core/base/slice.h"
#include "core/base/world.h"

#define ULID_LENGTH 26

struct ulid {
    char text[ULID_LENGTH + 1]; /* terminated */
};

/* A fresh one at the world's present time. */
struct ulid ulid_make(struct world *world);

/* 26 characters of the alphabet, first at most '7'. */
bool ulid_valid(struct slice text);

#endif
