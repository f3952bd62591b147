/* One consistent copy while others write: made under another name, checked, then given its name. */
#include <errno.h>
#include <fcntl.h>
#include <sqlite3.h>
#include <sys/stat.h>
#include <unistd.h>

#include "core/base/buffer.h"
#include "core/base/memory.h"
#include "store/check.h"
#include "store/internal.h"

#include "core/base/banned.h"

/* Copies all pages in one step: one snapshot. Waits for locks as the store's own handler does. */
static int copy_pages(struct store *store, struct store *copy, struct error *error) {
    sqlite3_backup *backup = sqlite3_backup_init(copy->db, "main", store->db, "main");
    if (!backup)
        return statement_failed(copy, sqlite3_extended_errcode(copy->db), error);
    int code;
    while ((code = sqlite3_backup_step(backup, -1)) == SQLITE_OK)
        continue;
    sqlite3_backup_finish(backup);
    return code == SQLITE_DONE ? STATUS_OK : statement_failed(copy, code, error);
}

/* A whole file of its own: no log beside it, on the disk. */
static int settle(struct store *copy, struct error *error) {
    int64_t damaged = 0;
    int status = statement_script(
        copy, "pragma synchronous=full; pragma journal_mode=wal; pragma wal_checkpoint(truncate)", error);
    if (status >= 0)
        status = statement_query(copy, "select count(*) from pragma_quick_check(1) where quick_check <> 'ok'", &damaged,
                                 error);
    if (status >= 0 && damaged)
        status = error_set(error, STATUS_SYSTEM, "the copy of '%s' is damaged; nothing was kept", copy->path);
    return status;
}

static int copy_to(struct store *store, const char *made, struct error *error) {
    int fd = open(made, O_CREAT | O_EXCL | O_RDWR | O_CLOEXEC | O_NOFOLLOW, 0600);
    if (fd < 0)
        return error_set(error, STATUS_SYSTEM, "the copy '%s' can't be made: %s", made, strerror(errno));
    struct stat like;
    if (stat(store->path, &like) == 0)
        path_give(fd, &like);
    close(fd);
    struct store copy = {.path = memory_copy(made, strlen(made)), .world = store->world, .flags = STORE_PLAIN};
    int status = connection_open(&copy, SQLITE_OPEN_READWRITE, error);
    if (status >= 0)
        status = copy_pages(store, &copy, error);
    if (status >= 0)
        status = settle(&copy, error);
    statement_cache_release(&copy.statements);
    if (sqlite3_close(copy.db) != SQLITE_OK && status >= 0)
        status = error_set(error, STATUS_SYSTEM, "the copy '%s' could not be finished", made);
    memory_free(copy.path);
    return status;
}

int store_backup(struct store *store, const char *path, struct error *error) {
    struct stat there;
    if (lstat(path, &there) == 0)
        return error_set(error, STATUS_SYSTEM, "'%s' exists already; it was left as it is", path);
    char *real = path_resolve(path, error);
    if (!real)
        return STATUS_SYSTEM;
    struct buffer name = BUFFER_INIT;
    buffer_add_format(&name, "%s.new-%s", real, ulid_make(store->world).text);
    char *made = buffer_detach(&name);
    int status = copy_to(store, made, error);
    if (status >= 0)
        status = path_publish(made, real, error);
    path_remove(made);
    memory_free(made);
    memory_free(real);
    return status < 0 ? status : STATUS_OK;
}
