/* The program, the scratch folder and the million; see stage.h. */
#define _GNU_SOURCE
#include "tests/bench/stage.h"

#include <inttypes.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "tests/bench/measure.h"

struct stage stage_from(int argc, char **argv) {
    if (argc < 3)
        die("usage: %s PROGRAM FOLDER [RUNS]", argv[0]);
    struct stage stage = {argv[1], argv[2], argc > 3 ? (int)strtol(argv[3], NULL, 10) : 3};
    if (access(stage.program, X_OK) != 0 || access(stage.folder, W_OK) != 0 || stage.runs < 1)
        die("%s and a folder %s to write to are wanted", stage.program, stage.folder);
    return stage;
}

const char *stage_path(const struct stage *stage, const char *name) {
    static char paths[64][512];
    static int turn;
    char *path = paths[turn++ % 64];
    snprintf(path, sizeof paths[0], "%s/%s", stage->folder, name);
    return path;
}

void stage_assay(const struct stage *stage, const char *const arguments[]) {
    const char *argv[32] = {stage->program};
    for (int i = 0; arguments[i] && i < 30; i++)
        argv[i + 1] = arguments[i];
    cost_of_command(argv, stage_path(stage, "log"));
}

static void write_file(const char *path, const char *text) {
    FILE *file = fopen(path, "w");
    if (!file || fputs(text, file) < 0 || fclose(file) != 0)
        die("%s cannot be written", path);
}

void bare_remove(const char *path) {
    static const char *const ends[] = {"", "-wal", "-shm", "-journal"};
    char name[600];
    for (size_t i = 0; i < sizeof ends / sizeof *ends; i++) {
        snprintf(name, sizeof name, "%s%s", path, ends[i]);
        unlink(name);
    }
}

void stage_remove_store(const struct stage *stage, const char *name) {
    bare_remove(stage_path(stage, name));
}

const char *stage_store(const struct stage *stage, const char *name) {
    const char *store = stage_path(stage, name), *campaign = stage_path(stage, "campaign.yaml");
    stage_remove_store(stage, name);
    write_file(stage_path(stage, "t.yaml"),
               "rubric: t\nscale: {strengths: [slightly better, better, much better], tie: true, none: true}\n");
    write_file(campaign, "campaign: bench\ntracks:\n  t: {rubric: t.yaml, batch: 50, gold: {rate: 0.10}}\n");
    STAGE_ASSAY(stage, "init", store, "--campaign", campaign);
    return store;
}

/* --- Text -------------------------------------------------------------------------------------------------------------- */

static uint64_t next(uint64_t *state) { /* splitmix64 */
    uint64_t z = *state += UINT64_C(0x9E3779B97F4A7C15);
    z = (z ^ z >> 30) * UINT64_C(0xBF58476D1CE4E5B9);
    z = (z ^ z >> 27) * UINT64_C(0x94D049BB133111EB);
    return z ^ z >> 31;
}

/* Words in sentences and paragraphs, with the Markdown and the escapes that models write, as the inside of a JSON string. */
static void write_text(FILE *out, uint64_t *state, size_t bytes) {
    static const char *const words[32] = {
        "the",     "answer",  "depends",   "on",         "which",          "of",    "both",
        "and",     "a",       "careful",   "**reader**", "would",          "check", "source",
        "first",   "because", "caf\u00e9", "it",         "\\\"quoted\\\"", "here",  "number",
        "`value`", "rises",   "when",      "demand",     "falls",          "in",    "most",
        "cases",   "we",      "know",      "\u03c0"};
    size_t written = 0;
    for (int n = 0; written < bytes; n++) {
        uint64_t dice = next(state);
        for (int i = 0; i < 12 && written < bytes; i++, dice >>= 5) {
            const char *word = words[dice & 31];
            size_t length = strlen(word);
            fwrite(word, 1, length, out);
            putc_unlocked(i == 11 ? '.' : ' ', out);
            written += length + 1;
        }
        fputs(n % 6 == 5 ? "\\n\\n- " : n % 3 == 2 ? "\\n\\n" : " ", out);
    }
}

static void write_item(FILE *out, int number, size_t length, bool gold) {
    static const char *const categories[] = {"coding", "medical", "law", "writing", "reasoning", "safety"};
    uint64_t state = (uint64_t)number;
    fprintf(out,
            "{\"id\": \"item-%d\", \"category\": \"%s\", \"language\": \"en\", \"prompt\": \"Question %d: ", number,
            categories[number % 6], number);
    write_text(out, &state, 220);
    fputs("\", \"responses\": [{\"id\": \"a\", \"content\": \"", out);
    write_text(out, &state, length);
    fputs("\", \"model\": \"m-1\"}, {\"id\": \"b\", \"content\": \"", out);
    write_text(out, &state, length);
    fputs("\", \"model\": \"m-2\"}]", out);
    if (gold)
        fputs(", \"gold\": {\"prefer\": \"a\"}", out);
    fputs("}\n", out);
}

const char *stage_million_lines(const struct stage *stage) {
    const char *path = stage_path(stage, "million.jsonl");
    if (access(path, F_OK) == 0)
        return path;
    FILE *out = fopen(path, "w");
    for (int i = 1; out && i <= STAGE_ITEMS; i++)
        write_item(out, i, i <= 10000 || i % 250 == 0 ? 5000 : 380, i % 250 == 0);
    if (!out || fclose(out) != 0)
        die("%s cannot be written", path);
    return path;
}

/* --- Stores ------------------------------------------------------------------------------------------------------------ */

static void make_million(const struct stage *stage) {
    const char *store = stage_store(stage, "million.new");
    STAGE_ASSAY(stage, "import", store, stage_million_lines(stage));
    STAGE_ASSAY(stage, "people", store, "add", "lena", "--role", "lead");
    STAGE_ASSAY(stage, "people", store, "add", "ana", "--role", "annotator", "--as", "lena");
    STAGE_ASSAY(stage, "people", store, "add", "bo", "--role", "annotator", "--as", "lena");
    sqlite3 *db = bare_open(store); /* takes what is in the log, so that the file alone can be renamed */
    bare_execute(db, "pragma wal_checkpoint(truncate)");
    sqlite3_close(db);
    if (rename(store, stage_path(stage, "million.assay")) != 0)
        die("%s cannot be renamed", store);
    stage_remove_store(stage, "million.new");
}

const char *stage_million(const struct stage *stage) {
    if (access(stage_path(stage, "million.assay"), F_OK) != 0)
        make_million(stage);
    return stage_path(stage, "million.assay");
}

/* Person k judges the items k, k + 1000, …; every item is judged once, so that the queue is emptied too. */
static const char *const judge_all =
    "begin;"
    "with recursive n(i) as (select 1 union all select i + 1 from n where i < 1000)"
    " insert into person (uid, name, role, at) select 'bench-' || i, 'person-' || i, 0, 1 from n;"
    "create temp table worker as select id, row_number() over (order by id) - 1 as n from person where uid like "
    "'bench-%';"
    "insert into batch (uid, person, track, number, size, dealt, handed_in, lease)"
    " select 'bench-' || id, id, 1, 1, 1000, 1, 2, 3 from worker;"
    "insert into serving (batch, position, person, item, prompt, kind, shown, state, at)"
    " select b.id, i.id / 1000 + 1, w.id, i.id, i.prompt, (i.id % 250 = 0), case when i.id % 3 then 'ab' else 'ba' "
    "end, 1, 1"
    " from item i join worker w on w.n = i.id % 1000 join batch b on b.person = w.id;"
    "insert into judgment (uid, item, person, kind, rubric, serving, prefer, strength, confidence, shown, ms, at)"
    " select 'bench-' || s.id, s.item, s.person, s.kind, 1, s.id,"
    "  case when s.item * 7919 % 23 = 0 then -1 else s.item * 31 % 2 end, case when s.item * 7919 % 23 = 0 then 0 else "
    "1 + s.item % 3 end,"
    "  60 + s.item % 4 * 10, s.shown, 20000 + s.item % 9000, 1700000000000 + s.item * 1000"
    " from serving s join batch b on b.id = s.batch where b.uid like 'bench-%' order by s.item;"
    "delete from queue;"
    "drop table worker;"
    "commit";

static void judge_million(void *path) {
    sqlite3 *db = bare_open(path);
    sqlite3_stmt *count = bare_prepare(db, "select count(*) from judgment where uid like 'bench-%'");
    int rows = sqlite3_step(count) == SQLITE_ROW ? sqlite3_column_int(count, 0) : 0;
    sqlite3_finalize(count);
    if (rows == 0)
        bare_execute(db, judge_all);
    bare_execute(db, "pragma wal_checkpoint(truncate)");
    sqlite3_close(db);
}

const char *stage_million_judged(const struct stage *stage) {
    const char *path = stage_million(stage);
    cost_of_work(judge_million, (void *)path); /* apart: its memory is not to be seen in what is measured */
    return path;
}

/* Four people judge each of the shared items, 1,000 of them one person; some say tie, and they are right more often on gold. Over five weeks. */
static const char *const judge_shared =
    "begin;"
    "with recursive n(i) as (select 1 union all select i + 1 from n where i < 1000)"
    " insert into person (uid, name, role, at) select 'bench-' || i, 'person-' || i, 0, 1 from n;"
    "create temp table worker as select id, row_number() over (order by id) - 1 as n from person where uid like "
    "'bench-%';"
    "insert into batch (uid, person, track, number, size, dealt, handed_in, lease)"
    " select 'bench-' || id, id, 1, 1, 1000, 1, 2, 3 from worker;"
    "with turn(j) as (values (0), (1), (2), (3))"
    " insert into serving (batch, position, person, item, prompt, kind, shown, state, at)"
    " select b.id, i.id / 250 * 1000 + i.id % 250 * 4 + j, w.id, i.id, i.prompt, (i.id % 10 = 0),"
    "  case when (i.id + j) % 3 then 'ab' else 'ba' end, 1, 1"
    " from item i, turn join worker w on w.n = (i.id * 4 + j * 251) % 1000 join batch b on b.person = w.id order by "
    "b.id, i.id;"
    "insert into judgment (uid, item, person, kind, rubric, serving, prefer, strength, confidence, shown, ms, at)"
    " select 'bench-' || s.id, s.item, s.person, s.kind, 1, s.id,"
    "  case when h < 60 then -1 when h < (case s.kind when 1 then 900 else 760 end) then s.item % 2 else 1 - s.item % "
    "2 end,"
    "  case when h < 60 then 0 else 1 + (h + s.item) % 3 end, 60 + h % 4 * 10, s.shown, 20000 + h * 9,"
    "  1700000000000 + s.item * 12000"
    " from (select *, (item * 7919 + person * 104729) % 997 as h from serving) s order by s.item, s.person;"
    "delete from queue;"
    "drop table worker;"
    "commit";

static void judge_quarter(void *path) {
    sqlite3 *db = bare_open(path);
    bare_execute(db, judge_shared);
    bare_execute(db, "pragma wal_checkpoint(truncate)");
    sqlite3_close(db);
}

const char *stage_shared(const struct stage *stage) {
    const char *path = stage_path(stage, "shared.assay"), *lines = stage_path(stage, "shared.jsonl");
    if (access(path, F_OK) == 0)
        return path;
    FILE *out = fopen(lines, "w");
    for (int i = 1; out && i <= STAGE_SHARED; i++)
        write_item(out, i, 200, i % 10 == 0);
    if (!out || fclose(out) != 0)
        die("%s cannot be written", lines);
    const char *store = stage_store(stage, "shared.new");
    STAGE_ASSAY(stage, "import", store, lines);
    STAGE_ASSAY(stage, "people", store, "add", "lena", "--role", "lead");
    cost_of_work(judge_quarter, (void *)store); /* apart: its memory is not to be seen in what is measured */
    if (rename(store, path) != 0)
        die("%s cannot be renamed", store);
    stage_remove_store(stage, "shared.new");
    return path;
}

sqlite3 *bare_open(const char *path) {
    sqlite3 *db;
    if (sqlite3_open(path, &db) != SQLITE_OK)
        die("%s: %s", path, sqlite3_errmsg(db));
    bare_execute(db, "pragma page_size=8192; pragma journal_mode=wal; pragma synchronous=full; pragma fullfsync=on;"
                     "pragma checkpoint_fullfsync=on; pragma cache_size=-16384; pragma temp_store=memory");
    return db;
}

void bare_execute(sqlite3 *db, const char *sql) {
    if (sqlite3_exec(db, sql, NULL, NULL, NULL) != SQLITE_OK)
        die("sqlite: %s in %.60s", sqlite3_errmsg(db), sql);
}

sqlite3_stmt *bare_prepare(sqlite3 *db, const char *sql) {
    sqlite3_stmt *statement;
    if (sqlite3_prepare_v3(db, sql, -1, SQLITE_PREPARE_PERSISTENT, &statement, NULL) != SQLITE_OK)
        die("sqlite: %s in %.60s", sqlite3_errmsg(db), sql);
    return statement;
}
