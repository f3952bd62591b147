/* A folder of its own for the files of one test, gone when it is released. */
#ifndef TESTS_UNIT_EXCHANGE_HELPER_SCRATCH_H
#define TESTS_UNIT_EXCHANGE_HELPER_SCRATCH_H

#include <stdbool.h>

#include "core/base/buffer.h"
#include "core/base/slice.h"

struct scratch {
    char folder[64];
};

void scratch_init(struct scratch *scratch);
void scratch_release(struct scratch *scratch); /* removes the files in it, and the folder */

/* The path of a file in it: valid until the next call. */
const char *scratch_path(const struct scratch *scratch, const char *name);

void scratch_write(const struct scratch *scratch, const char *name, struct slice bytes);
void scratch_read(const char *path, struct buffer *out); /* fails the test if it is not there */
int scratch_count(const struct scratch *scratch);        /* files in it */
void scratch_gzip(const struct scratch *scratch, const char *name, struct slice bytes,
                  const char *mode); /* "wb", "ab" */

/* The folder of public data, or NULL, and then the test says that it skips. */
const char *shared_data(void);

#endif
