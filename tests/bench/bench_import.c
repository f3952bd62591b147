/*
 * Import through the program against a bare loop of getline, cJSON and one prepared INSERT into SQLite on the same lines: 160 MB of real
 * transcripts, and a million native items. Memory has to stay flat: the two peaks stand beside each other.
 */
#define _GNU_SOURCE
#include <cjson/cJSON.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "tests/bench/measure.h"
#include "tests/bench/stage.h"

struct loop {
    const char *lines, *database;
    void (*bind)(sqlite3_stmt *insert, const cJSON *line);
};

static void bind_text(sqlite3_stmt *insert, int place, const cJSON *text) {
    if (cJSON_IsString(text))
        sqlite3_bind_text(insert, place, text->valuestring, -1, SQLITE_STATIC);
}

static void bind_transcript(sqlite3_stmt *insert, const cJSON *line) {
    bind_text(insert, 1, cJSON_GetObjectItemCaseSensitive(line, "chosen"));
    bind_text(insert, 2, cJSON_GetObjectItemCaseSensitive(line, "rejected"));
}

static void bind_native(sqlite3_stmt *insert, const cJSON *line) {
    const cJSON *responses = cJSON_GetObjectItemCaseSensitive(line, "responses");
    for (int i = 0; i < 2; i++)
        bind_text(insert, 1 + i, cJSON_GetObjectItemCaseSensitive(cJSON_GetArrayItem(responses, i), "content"));
    bind_text(insert, 3, cJSON_GetObjectItemCaseSensitive(line, "id"));
    bind_text(insert, 4, cJSON_GetObjectItemCaseSensitive(line, "prompt"));
}

static void bare_loop(void *context) {
    const struct loop *loop = context;
    sqlite3 *db = bare_open(loop->database);
    bare_execute(db,
                 "create table line (id integer primary key, a text, b text, name text, prompt text) strict; begin");
    sqlite3_stmt *insert = bare_prepare(db, "insert into line (a, b, name, prompt) values (?1, ?2, ?3, ?4)");
    FILE *in = fopen(loop->lines, "r");
    char *line = NULL;
    size_t room = 0;
    ssize_t length;
    while (in && (length = getline(&line, &room, in)) > 0) {
        cJSON *object = cJSON_ParseWithLength(line, (size_t)length);
        loop->bind(insert, object);
        if (sqlite3_step(insert) != SQLITE_DONE)
            die("sqlite: %s", sqlite3_errmsg(db));
        sqlite3_reset(insert);
        cJSON_Delete(object);
    }
    free(line);
    if (!in || fclose(in) != 0)
        die("%s cannot be read", loop->lines);
    sqlite3_finalize(insert);
    bare_execute(db, "commit");
    sqlite3_close(db);
}

/* Writes a line with `mark` before the first words of both transcripts. */
static void write_marked(FILE *out, const char *line, const char *mark) {
    static const char start[] = "\": \"\\n\\nHuman: ";
    const char *at;
    while ((at = strstr(line, start)) != NULL) {
        at += sizeof start - 1;
        fwrite(line, 1, (size_t)(at - line), out);
        fputs(mark, out);
        line = at;
    }
    fputs(line, out);
}

/* The real lines again and again, each time with another prefix, until there are so many bytes. NULL: the data is not here. */
static const char *write_transcripts(const struct stage *stage, long bytes) {
    const char *data = getenv("ASSAY_SHARED_DATA"), *path = stage_path(stage, "transcripts.jsonl");
    char source[512], mark[32], *line = NULL;
    size_t room = 0;
    snprintf(source, sizeof source, "%s/hh-rlhf/harmless-base-test-rows0001-1300.jsonl",
             data ? data : "../shared/data");
    FILE *in = fopen(source, "r");
    if (!in)
        return NULL;
    FILE *out = fopen(path, "w");
    for (int copy = 0; out && ftell(out) < bytes; copy++) {
        rewind(in);
        snprintf(mark, sizeof mark, "[%d] ", copy);
        while (getline(&line, &room, in) > 0)
            write_marked(out, line, mark);
    }
    free(line);
    fclose(in);
    if (!out || fclose(out) != 0)
        die("%s cannot be written", path);
    return path;
}

static double size_of(const char *path) {
    struct stat about;
    return stat(path, &about) == 0 ? (double)about.st_size / 1e6 : 0;
}

/* labels: what becomes of the preferences in the file; the bare loop keeps none. */
static void measure(const struct stage *stage, const char *name, const char *lines, const char *labels,
                    void (*bind)(sqlite3_stmt *, const cJSON *), double goal) {
    struct pairs pairs = {0};
    struct loop loop = {lines, stage_path(stage, "bare.db"), bind};
    double stored = 0;
    for (int i = 0; i < stage->runs; i++) {
        const char *store = stage_store(stage, "import.assay");
        bare_remove(loop.database);
        struct cost bare = cost_of_work(bare_loop, &loop);
        struct cost ours =
            cost_of_command((const char *const[]){stage->program, "import", store, lines, "--labels", labels, NULL},
                            stage_path(stage, "log"));
        pairs_add(&pairs, ours, bare);
        stored = size_of(store);
    }
    pairs_print(name, &pairs, goal);
    printf("  %-36s %.0f MB of lines, store %.2f of that; peak memory %s (goal: under 64 MB)\n", "", size_of(lines),
           stored / size_of(lines), samples_at(&pairs.ours_resident, 1) < 64 ? "met" : "MISSED");
    bare_remove(loop.database);
    stage_remove_store(stage, "import.assay");
    pairs_release(&pairs);
}

int main(int argc, char **argv) {
    struct stage stage = stage_from(argc, argv);
    pairs_heading("import against a bare loop (getline, cJSON, one prepared INSERT, one commit)");
    const char *transcripts = write_transcripts(&stage, 160000000);
    if (transcripts) {
        char path[512];
        snprintf(path, sizeof path, "%s", transcripts);
        measure(&stage, "real transcripts", path, "drop", bind_transcript, 0.75);
        measure(&stage, "the same, labels as judgments", path, "judgments", bind_transcript, 0.5);
        unlink(path);
    } else {
        puts("  real transcripts: skipped, the data is not here (ASSAY_SHARED_DATA names its folder)");
    }
    char path[512];
    snprintf(path, sizeof path, "%s", stage_million_lines(&stage));
    measure(&stage, "1,000,000 native items", path, "judgments", bind_native, 0.5);
    return 0;
}
