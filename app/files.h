/* Small files as a whole: the YAML that commands are given, relative to one another; and new files that must not exist yet. */
#ifndef APP_FILES_H
#define APP_FILES_H

#include "core/base/buffer.h"
#include "core/base/error.h"

/* The whole file (plain, gzip, or `-`), at most LIMIT_YAML_BYTES. */
int file_read(const char *path, struct buffer *out, struct error *error);

/* name as seen from the folder that `beside` stands in; absolute names stay. To free with memory_free. */
char *path_beside(const char *beside, const char *name);

bool path_exists(const char *path);

/* A new file, complete or not there; an existing one is refused. */
int file_write_new(const char *path, struct slice text, struct error *error);

#endif
