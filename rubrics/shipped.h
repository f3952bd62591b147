/*
 * The YAML files of this folder, inside the program, so that it works without installed data.
 *     campaign-default.yaml   what `assay init` takes when no campaign file is named: one track `preference`
 *     preference.yaml         its rubric
 *     campaign-template.yaml  every setting explained
 *     helpfulness.yaml, safety.yaml  rubrics to start from
 */
#ifndef RUBRICS_SHIPPED_H
#define RUBRICS_SHIPPED_H

#include <stddef.h>

#include "core/base/slice.h"

struct shipped_file {
    const char *name; /* of the file, without a folder */
    struct slice text;
};

/* Sorted by name. */
extern const struct shipped_file shipped_files[];
extern const size_t shipped_file_count;

/* The text of a shipped file; absent if there is no such file. */
struct slice shipped_text(const char *name);

#endif
