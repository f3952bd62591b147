#include "tests/unit/store/helper_fault.h"

#include <sqlite3.h>
#include <stdlib.h>
#include <string.h>

#include "core/base/banned.h"

static struct {
    enum fault fault;
    int left;
    bool stays, happened;
} armed;

static bool fails(enum fault fault) {
    if (armed.fault != fault)
        return false;
    if (armed.left > 1) {
        armed.left--;
        return false;
    }
    if (armed.left == 0 && !armed.stays)
        return false;
    armed.left = 0;
    armed.happened = true;
    return true;
}

/* A file: our head, then the real one. */
struct shim_file {
    sqlite3_file base;
    sqlite3_file *real;
};
static sqlite3_file *real_of(sqlite3_file *file) {
    return ((struct shim_file *)file)->real;
}

static int shim_close(sqlite3_file *file) {
    return real_of(file)->pMethods->xClose(real_of(file));
}
static int shim_read(sqlite3_file *file, void *to, int amount, sqlite3_int64 offset) {
    return real_of(file)->pMethods->xRead(real_of(file), to, amount, offset);
}
/* A write that fails has written half. */
static int shim_write(sqlite3_file *file, const void *from, int amount, sqlite3_int64 offset) {
    bool broken = fails(FAULT_WRITE), full = fails(FAULT_FULL);
    if (broken || full) {
        if (amount > 1)
            real_of(file)->pMethods->xWrite(real_of(file), from, amount / 2, offset);
        return full ? SQLITE_FULL : SQLITE_IOERR_WRITE;
    }
    return real_of(file)->pMethods->xWrite(real_of(file), from, amount, offset);
}
static int shim_truncate(sqlite3_file *file, sqlite3_int64 size) {
    return fails(FAULT_WRITE) ? SQLITE_IOERR_TRUNCATE : real_of(file)->pMethods->xTruncate(real_of(file), size);
}
static int shim_sync(sqlite3_file *file, int flags) {
    return fails(FAULT_SYNC) ? SQLITE_IOERR_FSYNC : real_of(file)->pMethods->xSync(real_of(file), flags);
}
static int shim_size(sqlite3_file *file, sqlite3_int64 *size) {
    return real_of(file)->pMethods->xFileSize(real_of(file), size);
}
static int shim_lock(sqlite3_file *file, int level) {
    return real_of(file)->pMethods->xLock(real_of(file), level);
}
static int shim_unlock(sqlite3_file *file, int level) {
    return real_of(file)->pMethods->xUnlock(real_of(file), level);
}
static int shim_reserved(sqlite3_file *file, int *out) {
    return real_of(file)->pMethods->xCheckReservedLock(real_of(file), out);
}
static int shim_control(sqlite3_file *file, int what, void *argument) {
    return real_of(file)->pMethods->xFileControl(real_of(file), what, argument);
}
static int shim_sector(sqlite3_file *file) {
    return real_of(file)->pMethods->xSectorSize(real_of(file));
}
static int shim_device(sqlite3_file *file) {
    return real_of(file)->pMethods->xDeviceCharacteristics(real_of(file));
}
static int shim_shm_map(sqlite3_file *file, int page, int size, int extend, void volatile **out) {
    return real_of(file)->pMethods->xShmMap(real_of(file), page, size, extend, out);
}
static int shim_shm_lock(sqlite3_file *file, int offset, int n, int flags) {
    return real_of(file)->pMethods->xShmLock(real_of(file), offset, n, flags);
}
static void shim_shm_barrier(sqlite3_file *file) {
    real_of(file)->pMethods->xShmBarrier(real_of(file));
}
static int shim_shm_unmap(sqlite3_file *file, int remove) {
    return real_of(file)->pMethods->xShmUnmap(real_of(file), remove);
}

static const sqlite3_io_methods methods = {
    .iVersion = 2,
    .xClose = shim_close,
    .xRead = shim_read,
    .xWrite = shim_write,
    .xTruncate = shim_truncate,
    .xSync = shim_sync,
    .xFileSize = shim_size,
    .xLock = shim_lock,
    .xUnlock = shim_unlock,
    .xCheckReservedLock = shim_reserved,
    .xFileControl = shim_control,
    .xSectorSize = shim_sector,
    .xDeviceCharacteristics = shim_device,
    .xShmMap = shim_shm_map,
    .xShmLock = shim_shm_lock,
    .xShmBarrier = shim_shm_barrier,
    .xShmUnmap = shim_shm_unmap,
};

static sqlite3_vfs *real_vfs;
static sqlite3_vfs shim;

static int shim_open(sqlite3_vfs *vfs, sqlite3_filename name, sqlite3_file *file, int flags, int *out_flags) {
    struct shim_file *head = (struct shim_file *)file;
    (void)vfs;
    head->base.pMethods = NULL;
    head->real = (sqlite3_file *)(head + 1);
    int code = real_vfs->xOpen(real_vfs, name, head->real, flags, out_flags);
    if (head->real->pMethods)
        head->base.pMethods = &methods;
    return code;
}

static sqlite3_mem_methods standard;
static void *shim_malloc(int size) {
    return fails(FAULT_MEMORY) ? NULL : standard.xMalloc(size);
}
static void *shim_realloc(void *memory, int size) {
    return fails(FAULT_MEMORY) ? NULL : standard.xRealloc(memory, size);
}

void fault_install(void) {
    sqlite3_config(SQLITE_CONFIG_GETMALLOC, &standard);
    sqlite3_mem_methods memory = standard;
    memory.xMalloc = shim_malloc;
    memory.xRealloc = shim_realloc;
    sqlite3_config(SQLITE_CONFIG_MALLOC, &memory);
    real_vfs = sqlite3_vfs_find(NULL);
    shim = *real_vfs;
    shim.pNext = NULL;
    shim.zName = "fault";
    shim.szOsFile = (int)sizeof(struct shim_file) + real_vfs->szOsFile;
    shim.xOpen = shim_open;
    sqlite3_vfs_register(&shim, 1);
}

void fault_arm(enum fault fault, int nth, bool stays) {
    armed.fault = fault;
    armed.left = nth;
    armed.stays = stays;
    armed.happened = false;
}

void fault_disarm(void) {
    armed.fault = FAULT_NONE;
}

bool fault_happened(void) {
    return armed.happened;
}
