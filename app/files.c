/* Small files as a whole; see files.h. */
#include "app/files.h"

#include <string.h>
#include <sys/stat.h>

#include "app/exchange/input.h"
#include "app/exchange/output.h"
#include "core/base/limits.h"
#include "core/base/memory.h"

#include "core/base/banned.h"

int file_read(const char *path, struct buffer *out, struct error *error) {
    struct input *input;
    int status = input_open(&input, path, error);
    if (status)
        return status;
    status = input_rest(input, out, LIMIT_YAML_BYTES, error);
    input_close(input);
    return status;
}

char *path_beside(const char *beside, const char *name) {
    const char *slash = strrchr(beside, '/');
    struct buffer path = BUFFER_INIT;
    if (slash && name[0] != '/')
        buffer_add(&path, beside, (size_t)(slash - beside) + 1);
    buffer_add_string(&path, name);
    return buffer_detach(&path);
}

bool path_exists(const char *path) {
    struct stat info;
    return lstat(path, &info) == 0;
}

int file_write_new(const char *path, struct slice text, struct error *error) {
    if (path_exists(path))
        return error_set(error, STATUS_SYSTEM, "'%s' exists already; it is left as it is", path);
    struct output output = OUTPUT_INIT;
    int status = output_open(&output, path, error);
    if (!status)
        status = output_add(&output, text, error);
    if (!status)
        status = output_finish(&output, error);
    output_release(&output);
    return status;
}
