/*
 * The one place that prepares SQL. A .c file of this folder keeps its SQL in a static table beside the
 * functions that run it,
 *
 *     enum { FIND_PERSON, ADD_PERSON };
 *     static const char *const sql[] = {[FIND_PERSON] = "select …", [ADD_PERSON] = "insert …"};
 *     const struct statement_table people_statements = STATEMENT_TABLE(sql);
 *
 * and names a statement as &sql[FIND_PERSON]. It is prepared when first run and kept until the store is closed.
 * tests/unit/store/test_schema.c prepares every row of every table. A statement is not re-entrant: close it before
 * it is run again (opening an open one aborts).
 */
#ifndef STORE_STATEMENT_H
#define STORE_STATEMENT_H

#include <stdbool.h>
#include <stdint.h>

#include "core/base/error.h"
#include "core/base/pool.h"
#include "core/base/slice.h"
#include "core/model/choice.h"

struct store;
struct sqlite3;
struct sqlite3_stmt;

struct statement_table {
    const char *const *sql;
    size_t count;
};
#define STATEMENT_TABLE(texts) \
    { (texts), sizeof(texts) / sizeof *(texts) }

/* What is bound to ?1, ?2 …: text is bound as it lies (it must live until the statement is closed). */
enum value_type { VALUE_NULL, VALUE_INTEGER, VALUE_REAL, VALUE_TEXT, VALUE_BLOB };
struct value {
    enum value_type type;
    int64_t integer;
    double real;
    struct slice text;
};

static inline struct value value_null(void) {
    return (struct value){.type = VALUE_NULL};
}
static inline struct value value_integer(int64_t integer) {
    return (struct value){.type = VALUE_INTEGER, .integer = integer};
}
/* A row id; 0 is null. */
static inline struct value value_id(int64_t id) {
    return (struct value){.type = id ? VALUE_INTEGER : VALUE_NULL, .integer = id};
}
static inline struct value value_real(double real) {
    return (struct value){.type = VALUE_REAL, .real = real};
}
/* Absent is null. */
static inline struct value value_text(struct slice text) {
    return (struct value){.type = text.data ? VALUE_TEXT : VALUE_NULL, .text = text};
}
static inline struct value value_string(const char *text) {
    return value_text(slice_of(text));
}
static inline struct value value_blob(const void *bytes, size_t length) {
    return (struct value){.type = VALUE_BLOB, .text = {bytes, length}};
}

/* The two arguments `values, count`. */
#define VALUES(...) \
    (const struct value[]){__VA_ARGS__}, sizeof((const struct value[]){__VA_ARGS__}) / sizeof(struct value)
#define NO_VALUES NULL, 0

enum { STEP_DONE = 0, STEP_ROW = 1 };

/* Runs to the end, rows are ignored. 0, or negative with the error set. */
int statement_run(struct store *store, const char *const *sql, const struct value *values, size_t count,
                  struct error *error);

/* Bound and ready to step. statement_close when done, also after an error of step; NULL is fine there. */
int statement_open(struct store *store, const char *const *sql, const struct value *values, size_t count,
                   struct sqlite3_stmt **out, struct error *error);
/* STEP_ROW, STEP_DONE, or negative. */
int statement_step(struct store *store, struct sqlite3_stmt *statement, struct error *error);
void statement_close(struct sqlite3_stmt *statement);

/* Opens and takes one step. STEP_ROW: *out stands on the row, close it after use. Otherwise it is closed
 * already and *out is NULL. */
int statement_find(struct store *store, const char *const *sql, const struct value *values, size_t count,
                   struct sqlite3_stmt **out, struct error *error);

/* The first column of the first row. STEP_ROW, or STEP_DONE with *out untouched, or negative. A null is 0. */
int statement_integer(struct store *store, const char *const *sql, const struct value *values, size_t count,
                      int64_t *out, struct error *error);

/* Rows that the last insert, update or delete touched; the row id that the last insert gave. */
int64_t statement_changes(struct store *store);
int64_t statement_inserted(struct store *store);

/* Columns from 0. A slice is absent for null and lives until the next step or close; column_copy puts it into
 * the pool.
 * Memory exhaustion in them aborts, as in core/base/memory.h. */
bool column_absent(struct sqlite3_stmt *statement, int column);
int64_t column_integer(struct sqlite3_stmt *statement, int column);
double column_real(struct sqlite3_stmt *statement, int column);
struct slice column_slice(struct sqlite3_stmt *statement, int column);
struct slice column_copy(struct sqlite3_stmt *statement, int column, struct pool *pool);
struct ranking column_ranking(struct sqlite3_stmt *statement, int column); /* "" for null */

/* Type, length and bytes of all columns from `first` on, as one unambiguous sequence: what a hash over a row is
 * made of. */
struct hasher;
void column_digest(struct sqlite3_stmt *statement, int first, struct hasher *hasher);

/* SQL without parameters that is run once: pragmas, the schema. */
int statement_script(struct store *store, const char *script, struct error *error);
/* A pragma or query that is run once, by text: the first column of its first row as an integer. */
int statement_query(struct store *store, const char *text, int64_t *out, struct error *error);

/* Prepares without running: what the test of all tables uses, and store_check's schema part. */
int statement_prepare(struct store *store, const char *text, struct sqlite3_stmt **out, struct error *error);
void statement_discard(struct sqlite3_stmt *statement); /* of statement_prepare */

/* The prepared statements of one connection: a hash table by address of the text. */
struct statement_cache {
    struct statement_slot {
        const char *const *sql;
        struct sqlite3_stmt *statement;
    } * slots;
    size_t count, capacity; /* capacity: a power of two, or 0 */
};
void statement_cache_release(struct statement_cache *cache);

/* The status and the sentence for what SQLite said last on this connection. */
int statement_failed(struct store *store, int code, struct error *error);

#endif
