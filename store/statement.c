/* Prepared statements, binding, stepping, and the sentences for what SQLite answers; see statement.h. */
#include "store/statement.h"

#include <sqlite3.h>
#include <stdlib.h>

#include "core/base/memory.h"
#include "core/hash/hash.h"
#include "store/internal.h"

#include "core/base/banned.h"

int statement_failed(struct store *store, int code, struct error *error) {
    switch (code & 0xff) {
    case SQLITE_BUSY:
    case SQLITE_LOCKED:
        return error_set(error, STATUS_BUSY, "the store '%s' is busy: another process is writing to it", store->path);
    case SQLITE_FULL:
        return error_set(error, STATUS_SYSTEM, "no space left for the store '%s'", store->path);
    case SQLITE_READONLY:
    case SQLITE_PERM:
        return error_set(error, STATUS_SYSTEM, "the store '%s' can't be written: no permission", store->path);
    case SQLITE_CANTOPEN:
        return error_set(error, STATUS_SYSTEM, "the store '%s' can't be opened", store->path);
    case SQLITE_IOERR:
        if (code ==
            SQLITE_IOERR_SHMSIZE) /* the index of the log, beside the store, is made longer: a full disk shows there first */
            return error_set(error, STATUS_SYSTEM, "no space left for the store '%s'", store->path);
        return error_set(error, STATUS_SYSTEM, "the disk failed at the store '%s' (input or output error %d)",
                         store->path, code >> 8);
    case SQLITE_CORRUPT:
        return error_set(error, STATUS_SYSTEM,
                         "the store '%s' is damaged; 'assay check' says where, and the last backup is whole",
                         store->path);
    case SQLITE_NOTADB:
        return error_set(error, STATUS_SYSTEM, "'%s' is not an assay store", store->path);
    default:
        return error_set(error, STATUS_SYSTEM, "the store '%s' said no: %s", store->path, sqlite3_errmsg(store->db));
    }
}

int statement_prepare(struct store *store, const char *text, struct sqlite3_stmt **out, struct error *error) {
    int code = sqlite3_prepare_v3(store->db, text, -1, 0, out, NULL);
    return code == SQLITE_OK ? STATUS_OK : statement_failed(store, code, error);
}

void statement_discard(struct sqlite3_stmt *statement) {
    sqlite3_finalize(statement);
}

void statement_cache_release(struct statement_cache *cache) {
    for (size_t i = 0; i < cache->capacity; i++)
        sqlite3_finalize(cache->slots[i].statement);
    memory_free(cache->slots);
    *cache = (struct statement_cache){0};
}

/* The slot of this text: the one that has it, or the free one where it belongs. */
static struct statement_slot *find_slot(struct statement_slot *slots, size_t capacity, const char *const *sql) {
    size_t at = ((uintptr_t)sql / sizeof *sql * 0x9E3779B1u) & (capacity - 1);
    while (slots[at].sql && slots[at].sql != sql)
        at = (at + 1) & (capacity - 1);
    return &slots[at];
}

static void grow(struct statement_cache *cache) {
    size_t capacity = cache->capacity ? 2 * cache->capacity : 64;
    struct statement_slot *slots = memory_new(capacity, sizeof *slots);
    for (size_t i = 0; i < cache->capacity; i++)
        if (cache->slots[i].sql)
            *find_slot(slots, capacity, cache->slots[i].sql) = cache->slots[i];
    memory_free(cache->slots);
    cache->slots = slots;
    cache->capacity = capacity;
}

static int take(struct store *store, const char *const *sql, struct sqlite3_stmt **out, struct error *error) {
    struct statement_cache *cache = &store->statements;
    if (2 * (cache->count + 1) > cache->capacity)
        grow(cache);
    struct statement_slot *slot = find_slot(cache->slots, cache->capacity, sql);
    if (!slot->sql) {
        int code = sqlite3_prepare_v3(store->db, *sql, -1, SQLITE_PREPARE_PERSISTENT, &slot->statement, NULL);
        if (code != SQLITE_OK)
            return statement_failed(store, code, error);
        slot->sql = sql;
        cache->count++;
    }
    if (sqlite3_stmt_busy(slot->statement))
        abort(); /* used inside itself */
    *out = slot->statement;
    return STATUS_OK;
}

static int bind(struct sqlite3_stmt *statement, int at, const struct value *value) {
    switch (value->type) {
    case VALUE_INTEGER:
        return sqlite3_bind_int64(statement, at, value->integer);
    case VALUE_REAL:
        return sqlite3_bind_double(statement, at, value->real);
    case VALUE_TEXT:
        return sqlite3_bind_text64(statement, at, value->text.data, value->text.length, SQLITE_STATIC, SQLITE_UTF8);
    case VALUE_BLOB:
        return sqlite3_bind_blob64(statement, at, value->text.data, value->text.length, SQLITE_STATIC);
    case VALUE_NULL:
        break;
    }
    return sqlite3_bind_null(statement, at);
}

int statement_open(struct store *store, const char *const *sql, const struct value *values, size_t count,
                   struct sqlite3_stmt **out, struct error *error) {
    *out = NULL;
    int status = take(store, sql, out, error);
    for (size_t i = 0; status >= 0 && i < count; i++) {
        int code = bind(*out, (int)i + 1, &values[i]);
        if (code != SQLITE_OK)
            status = statement_failed(store, code, error);
    }
    if (status < 0 && *out) {
        statement_close(*out);
        *out = NULL;
    }
    return status;
}

int statement_step(struct store *store, struct sqlite3_stmt *statement, struct error *error) {
    int code = sqlite3_step(statement);
    if (code == SQLITE_ROW)
        return STEP_ROW;
    return code == SQLITE_DONE ? STEP_DONE : statement_failed(store, code, error);
}

void statement_close(struct sqlite3_stmt *statement) {
    sqlite3_reset(statement);
    if (statement)
        sqlite3_clear_bindings(statement);
}

int statement_run(struct store *store, const char *const *sql, const struct value *values, size_t count,
                  struct error *error) {
    struct sqlite3_stmt *statement;
    int status = statement_open(store, sql, values, count, &statement, error);
    while (status >= 0 && (status = statement_step(store, statement, error)) == STEP_ROW)
        continue;
    statement_close(statement);
    return status;
}

int statement_find(struct store *store, const char *const *sql, const struct value *values, size_t count,
                   struct sqlite3_stmt **out, struct error *error) {
    int status = statement_open(store, sql, values, count, out, error);
    if (status >= 0)
        status = statement_step(store, *out, error);
    if (status != STEP_ROW) {
        statement_close(*out);
        *out = NULL;
    }
    return status;
}

int statement_integer(struct store *store, const char *const *sql, const struct value *values, size_t count,
                      int64_t *out, struct error *error) {
    struct sqlite3_stmt *row;
    int status = statement_find(store, sql, values, count, &row, error);
    if (status == STEP_ROW)
        *out = column_integer(row, 0);
    statement_close(row);
    return status;
}

int64_t statement_changes(struct store *store) {
    return sqlite3_changes64(store->db);
}

int64_t statement_inserted(struct store *store) {
    return sqlite3_last_insert_rowid(store->db);
}

bool column_absent(struct sqlite3_stmt *statement, int column) {
    return sqlite3_column_type(statement, column) == SQLITE_NULL;
}

int64_t column_integer(struct sqlite3_stmt *statement, int column) {
    return sqlite3_column_int64(statement, column);
}

double column_real(struct sqlite3_stmt *statement, int column) {
    return sqlite3_column_double(statement, column);
}

struct slice column_slice(struct sqlite3_stmt *statement, int column) {
    const unsigned char *bytes = sqlite3_column_text(statement, column); /* terminated, of a blob too */
    if (!bytes && sqlite3_column_type(statement, column) != SQLITE_NULL)
        abort(); /* no memory for the text of a number: never to be taken for null */
    return (struct slice){(const char *)bytes, bytes ? (size_t)sqlite3_column_bytes(statement, column) : 0};
}

struct slice column_copy(struct sqlite3_stmt *statement, int column, struct pool *pool) {
    return pool_slice(pool, column_slice(statement, column));
}

struct ranking column_ranking(struct sqlite3_stmt *statement, int column) {
    struct slice text = column_slice(statement, column);
    struct ranking ranking = {""};
    if (text.length > 0 && text.length < sizeof ranking.text)
        memcpy(ranking.text, text.data, text.length);
    return ranking;
}

void column_digest(struct sqlite3_stmt *statement, int first, struct hasher *hasher) {
    for (int i = first, n = sqlite3_column_count(statement); i < n; i++) {
        hasher_add_number(hasher, (uint64_t)sqlite3_column_type(statement, i));
        hasher_add_piece(hasher, column_slice(statement, i));
    }
}

int statement_script(struct store *store, const char *script, struct error *error) {
    int code = sqlite3_exec(store->db, script, NULL, NULL, NULL);
    return code == SQLITE_OK ? STATUS_OK : statement_failed(store, code, error);
}

int statement_query(struct store *store, const char *text, int64_t *out, struct error *error) {
    struct sqlite3_stmt *statement = NULL;
    int status = statement_prepare(store, text, &statement, error);
    if (status >= 0)
        status = statement_step(store, statement, error);
    if (status == STEP_ROW)
        *out = column_integer(statement, 0);
    sqlite3_finalize(statement);
    return status;
}
