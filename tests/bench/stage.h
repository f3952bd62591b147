/*
 * What the benchmarks stand on: the program under test, a scratch folder, and a store of a million items that is made once in it,
 * through `assay import`, and shared by all.
 *
 * A million items: pairs, all texts different, 1.2 KB a line, the first 10,000 and the gold with responses of some 5 KB so that a screen has to scroll; every 250th is
 * gold, whose right answer is its response "a". One track `t`, batches of 50, gold 10 %, no retests before 150 items.
 */
#ifndef TESTS_BENCH_STAGE_H
#define TESTS_BENCH_STAGE_H

#include <sqlite3.h>

enum { STAGE_ITEMS = 1000000, STAGE_SHARED = STAGE_ITEMS / 4, STAGE_BATCH = 50 };

struct stage {
    const char *program; /* the binary */
    const char *folder;  /* scratch; the caller of the benchmark removes it */
    int runs;            /* pairs to measure */
};

/* argv: PROGRAM FOLDER [RUNS]; dies with the usage. */
struct stage stage_from(int argc, char **argv);

/* folder/name. Static: the latest 64 calls stay valid. */
const char *stage_path(const struct stage *stage, const char *name);

/* Runs `assay ARGUMENTS…` (NULL-terminated) and dies unless it succeeds. */
void stage_assay(const struct stage *stage, const char *const arguments[]);
#define STAGE_ASSAY(stage, ...) stage_assay(stage, (const char *const[]){__VA_ARGS__, NULL})

/* An empty store folder/name with the campaign of the million; what was there is removed. */
const char *stage_store(const struct stage *stage, const char *name);
void stage_remove_store(const struct stage *stage, const char *name); /* with its -wal and -shm */

/* The million as lines and as a store with a lead `lena` and annotators `ana` and `bo`; made when they are not there. Paths as stage_path. */
const char *stage_million_lines(const struct stage *stage);
const char *stage_million(const struct stage *stage);

/* The million judged: 1,000,000 final judgments by 1,000 people in handed-in batches, put in by SQL once. */
const char *stage_million_judged(const struct stage *stage);

/* 250,000 short items, every tenth gold, each judged by four people: as many judgments by as many people, with all that they can be compared in. */
const char *stage_shared(const struct stage *stage);

/* A database of SQLite's own with the pragmas of a store (WAL, 8 KB pages, 16 MB cache, full synchronous). */
sqlite3 *bare_open(const char *path);
void bare_execute(sqlite3 *db, const char *sql);
sqlite3_stmt *bare_prepare(sqlite3 *db, const char *sql);
void bare_remove(const char *path);

#endif
