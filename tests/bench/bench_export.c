/*
 * `assay export` of a million judged items against a bare select and print of the same rows: one prepared SELECT over prompt and both
 * responses, three strings a line, not escaped; brought to the disk, as an export is.
 */
#define _GNU_SOURCE
#include <stdio.h>
#include <unistd.h>

#include "tests/bench/measure.h"
#include "tests/bench/stage.h"

struct job {
    const char *store, *out;
};

static void bare_print(void *context) {
    const struct job *job = context;
    sqlite3 *db = bare_open(job->store);
    sqlite3_stmt *row =
        bare_prepare(db, "select p.body, a.body, b.body from item i join prompt p on p.id = i.prompt"
                         " join response a on a.id = i.content * 32 join response b on b.id = i.content * 32 + 1"
                         " where i.id % 250 <> 0 and i.id * 7919 % 23 <> 0 order by i.id");
    FILE *out = fopen(job->out, "w");
    while (out && sqlite3_step(row) == SQLITE_ROW)
        for (int i = 0; i < 3; i++) {
            fwrite(sqlite3_column_text(row, i), 1, (size_t)sqlite3_column_bytes(row, i), out);
            putc_unlocked(i < 2 ? '\t' : '\n', out);
        }
    if (!out || fflush(out) != 0 || fsync(fileno(out)) != 0 || fclose(out) != 0)
        die("%s cannot be written", job->out);
    sqlite3_finalize(row);
    sqlite3_close(db);
}

int main(int argc, char **argv) {
    struct stage stage = stage_from(argc, argv);
    struct pairs pairs = {0};
    struct job job = {stage_million_judged(&stage), stage_path(&stage, "export.out")};
    const char *export[] = {stage.program, "export", job.store, "-o", job.out, "--as", "lena", NULL};
    for (int i = 0; i < stage.runs; i++) {
        unlink(job.out);
        struct cost bare = cost_of_work(bare_print, &job);
        unlink(job.out);
        pairs_add(&pairs, cost_of_command(export, stage_path(&stage, "log")), bare);
    }
    pairs_heading("export of 1,000,000 judged items against a bare select and print of the same rows");
    pairs_print("export", &pairs, 0.6);
    unlink(job.out);
    pairs_release(&pairs);
    return 0;
}
