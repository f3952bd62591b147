/* Files and folders of a store: names, network file systems, and giving a finished file its name in one step. */
#include "store/internal.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>
#ifdef __linux__
#include <sys/vfs.h>
#endif

#include "core/base/buffer.h"
#include "core/base/memory.h"

#include "core/base/banned.h"

const char *network_name(unsigned long type) {
    switch (type & 0xffffffffu) {
    case 0x6969:
        return "NFS";
    case 0x517B:
    case 0xFE534D42:
    case 0xFF534D42:
        return "SMB";
    case 0x5346414F:
        return "AFS";
    case 0x00C36400:
        return "Ceph";
    case 0x0BD00BD0:
        return "Lustre";
    case 0x73757245:
        return "Coda";
    case 0x47504653:
        return "GPFS";
    case 0x19830326:
        return "BeeGFS";
    case 0x01021997:
        return "9P";
    default:
        return NULL;
    }
}

/* Where the last component starts. */
static size_t last_component(const char *path) {
    const char *slash = strrchr(path, '/');
    return slash ? (size_t)(slash + 1 - path) : 0;
}

static char *folder_of(const char *path) {
    size_t length = last_component(path);
    return length ? memory_copy(path, length) : memory_copy(".", 1);
}

char *path_resolve(const char *path, struct error *error) {
    char *folder = folder_of(path), *real = realpath(folder, NULL);
    memory_free(folder);
    if (!real || !path[last_component(path)]) {
        free(real);
        error_set(error, STATUS_SYSTEM, "'%s': there is no such folder or file", path);
        return NULL;
    }
    struct buffer whole = BUFFER_INIT;
    buffer_add_format(&whole, "%s/%s", strcmp(real, "/") == 0 ? "" : real, path + last_component(path));
    free(real);
    return buffer_detach(&whole);
}

int path_check_network(const char *path, struct error *error) {
#ifdef __linux__
    char *folder = folder_of(path);
    struct statfs about;
    const char *name = statfs(folder, &about) == 0 ? network_name((unsigned long)about.f_type) : NULL;
    memory_free(folder);
    if (name)
        return error_set(error, STATUS_SYSTEM,
                         "'%s' is on a network file system (%s), where a store can lose work; keep it on a local disk "
                         "('assay backup' copies one there)",
                         path, name);
#else
    (void)path;
    (void)error;
#endif
    return STATUS_OK;
}

static void sync_folder(const char *path) {
    char *folder = folder_of(path);
    int fd = open(folder, O_RDONLY | O_CLOEXEC);
    memory_free(folder);
    if (fd >= 0) {
        fsync(fd);
        close(fd);
    }
}

int path_publish(const char *made, const char *path, struct error *error) {
    if (link(made, path) == 0) { /* unlike rename, never replaces what is there */
        unlink(made);
    } else if (errno == EEXIST) {
        return error_set(error, STATUS_SYSTEM, "'%s' exists already; it was left as it is", path);
    } else { /* a file system without links */
        struct stat there;
        if (lstat(path, &there) == 0)
            return error_set(error, STATUS_SYSTEM, "'%s' exists already; it was left as it is", path);
        if (rename(made, path) != 0)
            return error_set(error, STATUS_SYSTEM, "'%s' can't be made: %s", path, strerror(errno));
    }
    sync_folder(path);
    return STATUS_OK;
}

void path_give(int fd, const struct stat *like) {
    struct stat about;
    if (fstat(fd, &about) != 0)
        return;
    mode_t mode = like->st_mode & 0777;
    if (about.st_gid != like->st_gid && fchown(fd, (uid_t)-1, like->st_gid) != 0)
        mode &= ~(mode_t)070; /* another group: it gets nothing */
    if ((about.st_mode & 0777) != mode)
        fchmod(fd, mode);
}

/* By name: a descriptor opened and closed here would drop the locks that SQLite holds on these files. */
void path_share(const char *path) {
    static const char *const ends[] = {"-wal", "-shm"};
    struct stat like, about;
    if (stat(path, &like) != 0)
        return;
    for (size_t i = 0; i < sizeof ends / sizeof *ends; i++) {
        struct buffer name = BUFFER_INIT;
        buffer_add_format(&name, "%s%s", path, ends[i]);
        if (lstat(name.data, &about) == 0 && S_ISREG(about.st_mode) && about.st_uid == geteuid()) {
            mode_t mode = like.st_mode & 0777;
            if (about.st_gid != like.st_gid && lchown(name.data, (uid_t)-1, like.st_gid) != 0)
                mode &= ~(mode_t)070;
            if ((about.st_mode & 0777) != mode)
                fchmodat(AT_FDCWD, name.data, mode, AT_SYMLINK_NOFOLLOW);
        }
        buffer_release(&name);
    }
}

void path_remove(const char *path) {
    static const char *const ends[] = {"", "-wal", "-shm", "-journal"};
    for (size_t i = 0; i < sizeof ends / sizeof *ends; i++) {
        struct buffer name = BUFFER_INIT;
        buffer_add_format(&name, "%s%s", path, ends[i]);
        unlink(name.data);
        buffer_release(&name);
    }
}
