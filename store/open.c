/* Making, opening and closing a store: every protection is set before a byte of the file is believed. */
#include "store/store.h"

#include <errno.h>
#include <fcntl.h>
#include <sqlite3.h>
#include <sys/stat.h>
#include <unistd.h>

#include "core/base/buffer.h"
#include "core/base/memory.h"
#include "store/internal.h"

#include "core/base/banned.h"

enum { READ_STORE, ADD_STORE, ADD_CHAIN, DATA_VERSION };
static const char *const sql[] = {
    [READ_STORE] = "select uid, secret from store where id = 1",
    [ADD_STORE] = "insert into store (id, uid, campaign, kind, secret, at) values (1, ?1, ?1, 'campaign', ?2, ?3)",
    [ADD_CHAIN] = "insert into chain (id, uid, key) values (1, ?1, ?2)",
    [DATA_VERSION] = "pragma data_version",
};
const struct statement_table open_statements = STATEMENT_TABLE(sql);

int connection_open(struct store *store, int open_flags, struct error *error) {
    sqlite3_config(SQLITE_CONFIG_MEMSTATUS, 0); /* refused once SQLite runs, and then set already */
    int status = hash_start(error);
    if (status < 0)
        return status;
    int code = sqlite3_open_v2(store->path, &store->db,
                               open_flags | SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_NOFOLLOW | SQLITE_OPEN_EXRESCODE, NULL);
    if (code != SQLITE_OK)
        return statement_failed(store, code, error);
    sqlite3_db_config(store->db, SQLITE_DBCONFIG_DEFENSIVE, 1, NULL);
    sqlite3_db_config(store->db, SQLITE_DBCONFIG_DQS_DDL, 0, NULL);
    sqlite3_db_config(store->db, SQLITE_DBCONFIG_DQS_DML, 0, NULL);
    sqlite3_db_config(store->db, SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0, NULL);
    sqlite3_db_config(store->db, SQLITE_DBCONFIG_ENABLE_LOAD_EXTENSION, 0, NULL);
    transaction_patience(store);
    return queue_prepare(store, error);
}

static int set_pragmas(struct store *store, struct error *error) {
    int status = statement_script(
        store,
        "pragma foreign_keys=on; pragma synchronous=full; pragma cache_size=-16384; pragma temp_store=memory;"
        "pragma mmap_size=0; pragma cell_size_check=on; pragma fullfsync=on; pragma checkpoint_fullfsync=on;"
        "pragma journal_size_limit=67108864",
        error);
    if (status >= 0 && store->flags & STORE_SCREEN)
        status = statement_script(store, "pragma wal_autocheckpoint=0", error);
    if (status >= 0 && store->flags & STORE_SCREEN)
        transaction_watch_log(store);
    if (status >= 0 && store->flags & STORE_READ_ONLY)
        status = statement_script(store, "pragma query_only=on", error);
    return status;
}

static void drop(struct store *store) {
    statement_cache_release(&store->statements);
    sqlite3_close(store->db);
    memory_free(store->path);
    memset(store->secret, 0, sizeof store->secret);
    memory_free(store);
}

/* The numbers of the file's header, before anything else of it is looked at. */
static int check_header(struct store *store, struct error *error) {
    int64_t application = 0, version = 0;
    int status = statement_query(store, "pragma application_id", &application, error);
    if (status >= 0)
        status = statement_query(store, "pragma user_version", &version, error);
    if (status < 0)
        return status;
    if (application != SCHEMA_APPLICATION || version < 1)
        return error_set(error, STATUS_SYSTEM, "'%s' is not an assay store", store->path);
    if (version > SCHEMA_VERSION)
        return error_set(error, STATUS_SYSTEM,
                         "the store '%s' was made by a newer assay (schema %d, this one knows %d)", store->path,
                         (int)version, SCHEMA_VERSION);
    if (version < SCHEMA_FIRST)
        return error_set(error, STATUS_SYSTEM,
                         "the store '%s' was made by an assay from before the first release, which this one does not "
                         "read; make it anew from what was imported",
                         store->path);
    if (version < SCHEMA_VERSION && store->flags & STORE_READ_ONLY)
        return error_set(error, STATUS_SYSTEM,
                         "the store '%s' was made by an older assay; open it once for writing to bring it up to date",
                         store->path);
    return STATUS_OK;
}

static int read_identity(struct store *store, struct error *error) {
    struct sqlite3_stmt *row;
    int status = statement_find(store, &sql[READ_STORE], NO_VALUES, &row, error);
    if (status < 0)
        return status;
    struct slice uid = status == STEP_ROW ? column_slice(row, 0) : SLICE_ABSENT;
    struct slice secret = status == STEP_ROW ? column_slice(row, 1) : SLICE_ABSENT;
    bool whole = ulid_valid(uid) && secret.length == STORE_SECRET_BYTES;
    if (whole) {
        memcpy(store->uid, uid.data, ULID_LENGTH + 1);
        memcpy(store->secret, secret.data, STORE_SECRET_BYTES);
    }
    statement_close(row);
    if (!whole)
        return error_set(error, STATUS_SYSTEM, "the store '%s' is damaged: it does not say which campaign it is",
                         store->path);
    struct hasher hasher;
    struct hash hash;
    hash_bytes(&hash, slice_of(store->uid));
    memcpy(store->prompt_key, hash.bytes, sizeof store->prompt_key);
    hasher_init(&hasher, store->secret, sizeof store->secret);
    hasher_add_piece(&hasher, slice_of("reference"));
    hasher_finish(&hasher, &hash);
    memcpy(store->reference_key, hash.bytes, sizeof store->reference_key);
    return STATUS_OK;
}

static int check_file(const char *path, const char *shown, struct error *error) {
    struct stat about;
    if (lstat(path, &about) != 0)
        return errno == ENOENT
                   ? error_set(error, STATUS_SYSTEM, "there is no store '%s'; 'assay init' makes one", shown)
                   : error_set(error, STATUS_SYSTEM, "the store '%s' can't be opened: %s", shown, strerror(errno));
    if (S_ISLNK(about.st_mode))
        return error_set(error, STATUS_SYSTEM, "'%s' is a symbolic link; name the store itself", shown);
    if (!S_ISREG(about.st_mode))
        return error_set(error, STATUS_SYSTEM, "'%s' is not a file", shown);
    if (access(path, R_OK) != 0)
        return error_set(error, STATUS_SYSTEM, "the store '%s' can't be read: %s", shown, strerror(errno));
    return STATUS_OK;
}

static struct store *prepare(char *path, unsigned flags, struct world *world) {
    struct store *store = memory_new(1, sizeof *store);
    store->path = path;
    store->flags = flags;
    store->world = world;
    world->entropy(world, &store->dice, sizeof store->dice);
    return store;
}

int store_open(struct store **out, const char *path, unsigned flags, struct world *world, struct error *error) {
    *out = NULL;
    char *real = path_resolve(path, error);
    if (!real)
        return STATUS_SYSTEM;
    int status = check_file(real, path, error);
    if (status >= 0)
        status = path_check_network(real, error);
    if (status < 0) {
        memory_free(real);
        return status;
    }
    struct store *store = prepare(real, flags, world);
    status = connection_open(store, SQLITE_OPEN_READWRITE, error);
    if (status >= 0)
        status = check_header(store, error);
    if (status >= 0)
        status = set_pragmas(store, error);
    if (status >= 0 && !(flags & STORE_READ_ONLY))
        status = transaction_shared(store, true, error);
    if (status >= 0 && !(flags & STORE_READ_ONLY))
        status = schema_migrate(store, error);
    if (status >= 0)
        status = read_identity(store, error);
    if (status < 0) {
        drop(store);
        return status;
    }
    path_share(store->path);
    *out = store;
    return STATUS_OK;
}

/* Everything that a new file holds, in the connection's one transaction a step. */
static int fill(struct store *store, struct error *error) {
    unsigned char secret[STORE_SECRET_BYTES], key[HASH_BYTES];
    store->world->entropy(store->world, secret, sizeof secret);
    store->world->entropy(store->world, key, sizeof key);
    struct ulid uid = ulid_make(store->world);
    int status = statement_script(
        store,
        "pragma page_size=8192; pragma auto_vacuum=none; pragma journal_mode=wal; pragma synchronous=off;"
        "pragma application_id=1095979865",
        error);
    if (status >= 0)
        status = schema_migrate(store, error);
    if (status >= 0)
        status = transaction_begin(store, "store_create", error);
    if (status < 0)
        return status;
    status = statement_run(
        store, &sql[ADD_STORE],
        VALUES(value_string(uid.text), value_blob(secret, sizeof secret), value_integer(store_now(store))), error);
    if (status >= 0)
        status =
            statement_run(store, &sql[ADD_CHAIN], VALUES(value_string(uid.text), value_blob(key, sizeof key)), error);
    if (status >= 0)
        status = event_append(store, &(struct event_entry){.verb = "create"}, NULL, error);
    status = transaction_end(store, status, error);
    return status < 0 ? status
                      : statement_script(store, "pragma synchronous=full; pragma wal_checkpoint(truncate)", error);
}

static int make_file(const char *path, const char *shown, struct error *error) {
    int fd = open(path, O_CREAT | O_EXCL | O_RDWR | O_CLOEXEC | O_NOFOLLOW, 0600);
    if (fd < 0)
        return error_set(error, STATUS_SYSTEM, "the store '%s' can't be made: %s", shown, strerror(errno));
    close(fd);
    return STATUS_OK;
}

/* A file with schema and identity, and what found puts into it. */
static int make_store(const char *made, struct world *world, store_found *found, void *context, struct error *error) {
    struct store *store = prepare(memory_copy(made, strlen(made)), STORE_PLAIN, world);
    int status = connection_open(store, SQLITE_OPEN_READWRITE, error);
    if (status >= 0)
        status = fill(store, error);
    drop(store);
    if (status < 0 || !found)
        return status;
    status = store_open(&store, made, STORE_PLAIN, world, error);
    if (status < 0)
        return status;
    status = found(store, context, error);
    store_close(store);
    return status;
}

int store_create_founded(struct store **out, const char *path, struct world *world, store_found *found, void *context,
                         struct error *error) {
    *out = NULL;
    struct stat there;
    if (lstat(path, &there) == 0)
        return error_set(error, STATUS_SYSTEM, "'%s' exists already; it was left as it is", path);
    char *real = path_resolve(path, error);
    if (!real)
        return STATUS_SYSTEM;
    struct buffer name = BUFFER_INIT;
    buffer_add_format(&name, "%s.new-%s", real, ulid_make(world).text);
    char *made = buffer_detach(&name);
    int status = path_check_network(real, error);
    if (status >= 0)
        status = make_file(made, path, error);
    if (status >= 0) {
        status = make_store(made, world, found, context, error);
        if (status >= 0)
            status = path_publish(made, real, error);
        path_remove(made);
    }
    memory_free(made);
    memory_free(real);
    return status < 0 ? status : store_open(out, path, STORE_PLAIN, world, error);
}

int store_create(struct store **out, const char *path, struct world *world, struct error *error) {
    return store_create_founded(out, path, world, NULL, NULL, error);
}

void store_close(struct store *store) {
    if (!store)
        return;
    if (store->relaxed)
        statement_script(store, "pragma synchronous=full; pragma wal_checkpoint(truncate)", NULL);
    drop(store);
}

struct world *store_world(struct store *store) {
    return store->world;
}

const char *store_path(const struct store *store) {
    return store->path;
}

void store_idle(struct store *store) {
    if (!(store->flags & STORE_READ_ONLY))
        sqlite3_wal_checkpoint_v2(store->db, NULL, SQLITE_CHECKPOINT_PASSIVE, NULL, NULL);
}

void store_relax(struct store *store) {
    store->relaxed = statement_script(store, "pragma synchronous=off", NULL) >= 0;
}

void store_forget_name(struct store *store) {
    path_remove(store->path);
}

int64_t store_data_version(struct store *store) {
    int64_t version = -1;
    statement_integer(store, &sql[DATA_VERSION], NO_VALUES, &version, NULL);
    return version;
}
