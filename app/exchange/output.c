/* Writing beside and renaming; see output.h. */
#include "app/exchange/output.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include "core/base/memory.h"

#include "core/base/banned.h"

enum { PART_BYTES = 1 << 18 };

static const char *shown_name(const struct output *output) {
    return output->path ? output->path : "standard output";
}

static int fail(const struct output *output, const char *what, struct error *error) {
    return error_set(error, STATUS_SYSTEM, "%s: %s: %s", shown_name(output), what, strerror(errno));
}

/* Opens a new file beside the path, under a name that nothing has. */
static int open_part(struct output *output, mode_t mode, struct error *error) {
    struct buffer name = BUFFER_INIT;
    for (int i = 0; i < 100 && output->descriptor < 0; i++) {
        buffer_clear(&name);
        buffer_add_format(&name, "%s.part-%ld-%d", output->path, (long)getpid(), i);
        output->descriptor = open(name.data, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOCTTY, mode);
        if (output->descriptor < 0 && errno != EEXIST)
            break;
    }
    if (output->descriptor < 0) {
        buffer_release(&name);
        return fail(output, "cannot be written", error);
    }
    output->part = buffer_detach(&name);
    return 0;
}

/* A store, or its log: whoever names one here meant something else. */
static bool is_database(const char *path) {
    static const char magic[] = "SQLite format 3", log_magic[] = {0x37, 0x7f, 0x06};
    char head[sizeof magic] = {0};
    int descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NOCTTY);
    ssize_t got = descriptor >= 0 ? read(descriptor, head, sizeof head) : 0;
    if (descriptor >= 0)
        close(descriptor);
    return got == (ssize_t)sizeof head &&
           (memcmp(head, magic, sizeof magic) == 0 || memcmp(head, log_magic, sizeof log_magic) == 0);
}

int output_open(struct output *output, const char *path, struct error *error) {
    *output = (struct output)OUTPUT_INIT;
    hasher_init(&output->hasher, NULL, 0);
    if (strcmp(path, "-") == 0) {
        output->descriptor = STDOUT_FILENO;
        return 0;
    }
    char *target = realpath(path, NULL); /* a symbolic link stays one */
    output->path = target ? memory_copy(target, strlen(target)) : memory_copy(path, strlen(path));
    free(target);
    struct stat about;
    if (stat(output->path, &about) == 0) {
        if (S_ISDIR(about.st_mode))
            return error_set(error, STATUS_SYSTEM, "%s: is a folder; a file is wanted", path);
        if (S_ISREG(about.st_mode)) {
            if (access(output->path, W_OK) != 0)
                return fail(output, "cannot be written", error);
            if (is_database(output->path))
                return error_set(error, STATUS_SYSTEM, "%s: is a store or another database; it was left as it is",
                                 path);
            return open_part(output, about.st_mode & 0777, error);
        }
        output->descriptor = open(output->path, O_WRONLY | O_CLOEXEC | O_NOCTTY);
        return output->descriptor < 0 ? fail(output, "cannot be opened", error) : 0;
    }
    return open_part(output, 0666, error);
}

static int pass_on(struct output *output, struct error *error) {
    const char *data = output->pending.data;
    size_t left = output->pending.length;
    if (!output->without_hash)
        hasher_add(&output->hasher, data, left);
    output->bytes += left;
    while (left > 0) {
        ssize_t count = write(output->descriptor, data, left);
        if (count < 0 && errno == EINTR)
            continue;
        if (count < 0)
            return fail(output, "cannot be written", error);
        data += count;
        left -= (size_t)count;
    }
    buffer_clear(&output->pending);
    return 0;
}

int output_drain(struct output *output, struct error *error) {
    return output->pending.length < PART_BYTES ? 0 : pass_on(output, error);
}

int output_add(struct output *output, struct slice bytes, struct error *error) {
    buffer_add_slice(&output->pending, bytes);
    return output_drain(output, error);
}

int output_seal(struct output *output, struct error *error) {
    if (output->sealed)
        return 0;
    int status = pass_on(output, error);
    if (status)
        return status;
    if (output->part && fsync(output->descriptor) != 0)
        return fail(output, "cannot be brought to the disk", error);
    if (output->path) {
        int closed = close(output->descriptor);
        output->descriptor = -1;
        if (closed != 0)
            return fail(output, "cannot be closed", error);
    }
    output->sealed = true;
    return 0;
}

/* So that the new name is there after a power cut. Some file systems cannot sync a folder: then nothing is lost by
 * trying. */
static void sync_folder(const char *path) {
    const char *slash = strrchr(path, '/');
    char *folder = slash ? memory_copy(path, (size_t)(slash - path) + 1) : memory_copy(".", 1);
    int descriptor = open(folder, O_RDONLY | O_CLOEXEC);
    if (descriptor >= 0) {
        (void)fsync(descriptor);
        close(descriptor);
    }
    memory_free(folder);
}

int output_finish(struct output *output, struct error *error) {
    int status = output_seal(output, error);
    if (status || !output->part)
        return status;
    if (rename(output->part, output->path) != 0)
        return fail(output, "cannot be put in place", error);
    memory_free(output->part);
    output->part = NULL;
    sync_folder(output->path);
    return 0;
}

bool output_same(const struct output *a, const struct output *b) {
    return a->path && b->path ? strcmp(a->path, b->path) == 0 : !a->path && !b->path;
}

void output_hash(const struct output *output, struct hash *hash) {
    struct hasher copy = output->hasher;
    hasher_finish(&copy, hash);
}

void output_release(struct output *output) {
    if (output->path && output->descriptor >= 0)
        close(output->descriptor);
    if (output->part)
        unlink(output->part);
    memory_free(output->part);
    memory_free(output->path);
    buffer_release(&output->pending);
    *output = (struct output)OUTPUT_INIT;
}
