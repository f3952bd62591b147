/*
 * Versions of rubrics as figures need them: by which of them a judgment was made, and whether two of them mean the same. A version that
 * changed the meaning begins a new one, as the first version of a name does; any other goes on with the meaning of the version before it.
 */
#ifndef CORE_MODEL_RUBRIC_MARKS_H
#define CORE_MODEL_RUBRIC_MARKS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "core/base/slice.h"

struct rubric_mark {
    int64_t id;  /* of the store: what a judgment names */
    char *label; /* "helpfulness@3" */
    int meaning; /* from 1; two versions with the same number mean the same */
};

struct rubric_marks {
    struct rubric_mark *items; /* by id */
    size_t count, capacity;
};

/* In order of ids. */
void rubric_marks_add(struct rubric_marks *marks, int64_t id, struct slice name, int version, bool new_meaning);
void rubric_marks_release(struct rubric_marks *marks);

/* NULL for 0 and ids that are not there. */
const struct rubric_mark *rubric_marks_find(const struct rubric_marks *marks, int64_t id);

#endif
