/* Campaigns to judge on a screen; see helper_campaign.h. */
#define _GNU_SOURCE
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "helper_campaign.h"

#include <ftw.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

const char *assay_path(void) {
    const char *path = getenv("ASSAY");
    return path ? path : "build/release/assay";
}

void scratch_make(struct scratch *scratch) {
    snprintf(scratch->folder, sizeof scratch->folder, "/tmp/assay-screen-XXXXXX");
    assert_non_null(mkdtemp(scratch->folder));
    snprintf(scratch->store, sizeof scratch->store, "%s/work.assay", scratch->folder);
}

static int remove_one(const char *path, const struct stat *info, int kind, struct FTW *place) {
    (void)info, (void)kind, (void)place;
    return remove(path);
}

void scratch_remove(struct scratch *scratch) {
    nftw(scratch->folder, remove_one, 16, FTW_DEPTH | FTW_PHYS);
}

const char *scratch_write(struct scratch *scratch, const char *name, const char *text) {
    static char path[160];
    snprintf(path, sizeof path, "%s/%s", scratch->folder, name);
    FILE *file = fopen(path, "w");
    assert_non_null(file);
    fputs(text, file);
    assert_int_equal(fclose(file), 0);
    return path;
}

static char *read_all(int descriptor) {
    size_t length = 0, capacity = 1 << 16;
    char *text = malloc(capacity);
    ssize_t got;
    while ((got = read(descriptor, text + length, capacity - length - 1)) > 0) {
        length += (size_t)got;
        if (capacity - length < 4096)
            text = realloc(text, capacity *= 2);
    }
    text[length] = '\0';
    return text;
}

char *assay_run(int expect, const char *const arguments[]) {
    const char *argv[32] = {assay_path()};
    int ends[2], status, count = 1;
    for (; arguments[count - 1]; count++)
        argv[count] = arguments[count - 1];
    assert_int_equal(pipe(ends), 0);
    pid_t process = fork();
    assert_true(process >= 0);
    if (process == 0) {
        dup2(ends[1], STDOUT_FILENO);
        close(ends[0]);
        close(ends[1]);
        if (!getenv("ASSAY_TEST_LOUD") && !freopen("/dev/null", "w", stderr))
            _exit(126);
        execv(argv[0], (char *const *)argv);
        _exit(127);
    }
    close(ends[1]);
    char *text = read_all(ends[0]);
    close(ends[0]);
    waitpid(process, &status, 0);
    if (!WIFEXITED(status) || WEXITSTATUS(status) != expect)
        fail_msg("assay %s %s … ended with %d, not %d", argv[1], argv[2], status, expect);
    return text;
}

cJSON *json_lines(const char *text) {
    cJSON *array = cJSON_CreateArray();
    while (*text) {
        const char *end = strchrnul(text, '\n');
        cJSON *line = cJSON_ParseWithLength(text, (size_t)(end - text));
        assert_non_null(line);
        cJSON_AddItemToArray(array, line);
        text = *end ? end + 1 : end;
    }
    return array;
}

static void write_items(struct scratch *scratch, int items, int gold) {
    char *text = NULL;
    size_t length;
    FILE *out = open_memstream(&text, &length);
    for (int i = 1; i <= items + gold; i++) {
        bool is_gold = i > items;
        int n = is_gold ? i - items : i;
        fprintf(out,
                "{\"id\": \"%s-%d\", \"category\": \"%s\", \"prompt\": \"Question %s%d?\", \"responses\": [{\"id\": "
                "\"a\", \"content\": "
                "\"%s%d-first\"}, {\"id\": \"b\", \"content\": \"%s%d-second\"}]%s}\n",
                is_gold ? "g" : "q", n, n % 2 ? "odd" : "even", is_gold ? "g" : "q", n, is_gold ? "g" : "q", n,
                is_gold ? "g" : "q", n, is_gold ? ", \"gold\": {\"prefer\": \"a\"}" : "");
    }
    fclose(out);
    scratch_write(scratch, "items.jsonl", text);
    free(text);
}

static void found(struct scratch *scratch, int batch, double gold_rate, const char *rubric_more) {
    char text[2048], path[160];
    scratch_make(scratch);
    snprintf(text, sizeof text,
             "rubric: t\nscale: {strengths: [slightly better, better, much better], tie: true, none: true}\n%s",
             rubric_more);
    scratch_write(scratch, "t.yaml", text);
    snprintf(text, sizeof text,
             "campaign: screen test\ntracks:\n  t: {rubric: t.yaml, batch: %d, gold: {rate: %.2f}}\n", batch,
             gold_rate);
    snprintf(path, sizeof path, "%s", scratch_write(scratch, "campaign.yaml", text));
    free(ASSAY_OK("init", scratch->store, "--campaign", path));
}

/* Items and people into the store. */
static void fill(struct scratch *scratch) {
    char path[160];
    snprintf(path, sizeof path, "%s/items.jsonl", scratch->folder);
    free(ASSAY_OK("import", scratch->store, path));
    free(ASSAY_OK("people", scratch->store, "add", "lena", "--role", "lead"));
    free(ASSAY_OK("people", scratch->store, "add", "ana", "--role", "annotator", "--as", "lena"));
}

void campaign_make(struct scratch *scratch, int items, int gold, int batch, const char *rubric_more) {
    found(scratch, batch, gold ? 0.10 : 0.0, rubric_more);
    write_items(scratch, items, gold);
    fill(scratch);
}

void ranking_make(struct scratch *scratch, int items, int responses, const char *rubric_more) {
    char *text = NULL;
    size_t length;
    found(scratch, 10, 0, rubric_more);
    FILE *out = open_memstream(&text, &length);
    for (int i = 1; i <= items; i++) {
        fprintf(out, "{\"id\": \"k-%d\", \"prompt\": \"Question %d?\", \"responses\": [", i, i);
        for (int r = 0; r < responses; r++)
            fprintf(out, "%s{\"id\": \"%c\", \"content\": \"%c-text\"}", r ? ", " : "", 'a' + r, 'a' + r);
        fputs("]}\n", out);
    }
    fclose(out);
    scratch_write(scratch, "items.jsonl", text);
    free(text);
    fill(scratch);
}

struct terminal *annotate_start(const struct scratch *scratch, int rows, int columns) {
    const char *argv[] = {assay_path(), "annotate", scratch->store, "--as", "ana", NULL};
    return terminal_start(rows, columns, argv, NULL);
}
