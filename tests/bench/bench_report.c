/*
 * `assay report --json` over a million judgments by a thousand people, four on each item and bootstrap included, against a bare loop that reads the same columns of judgments and items
 * into arrays.
 */
#define _GNU_SOURCE
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

#include "tests/bench/measure.h"
#include "tests/bench/stage.h"

/* Ten columns a judgment and four an item, as numbers; the sum is printed to the log so that none is left out. */
static void bare_scan(void *context) {
    static const char *const queries[] = {
        "select id, item, person, kind, serving, prefer, strength, confidence, shown, ms, at from judgment",
        "select id, track, category, language, lengths from item"};
    sqlite3 *db = bare_open(context);
    int64_t *values = malloc(sizeof *values * 11 * STAGE_ITEMS), sum = 0;
    for (int q = 0; values && q < 2; q++) {
        sqlite3_stmt *row = bare_prepare(db, queries[q]);
        size_t count = 0;
        int columns = sqlite3_column_count(row);
        while (sqlite3_step(row) == SQLITE_ROW && count + (size_t)columns <= (size_t)11 * STAGE_ITEMS)
            for (int i = 0; i < columns; i++)
                values[count++] = sqlite3_column_type(row, i) == SQLITE_TEXT ? sqlite3_column_text(row, i)[0]
                                                                             : sqlite3_column_int64(row, i);
        sum += count ? values[count / 2] : 0;
        sqlite3_finalize(row);
    }
    if (!values || sum == 0)
        die("the bare scan read nothing");
    free(values);
    sqlite3_close(db);
}

int main(int argc, char **argv) {
    struct stage stage = stage_from(argc, argv);
    struct pairs pairs = {0};
    const char *store = stage_shared(&stage);
    const char *report[] = {stage.program, "report", store, "--json", "--as", "lena", NULL};
    for (int i = 0; i < stage.runs; i++) {
        struct cost bare = cost_of_work(bare_scan, (void *)store);
        pairs_add(&pairs, cost_of_command(report, "/dev/null"), bare);
    }
    pairs_heading("report --json over 1,000,000 judgments against a bare read of the same columns into arrays");
    pairs_print("report", &pairs, 0);
    pairs_release(&pairs);
    return 0;
}
