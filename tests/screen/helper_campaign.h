/* Campaigns to judge on a screen: a scratch folder, a store in it, commands run to their end. */
#ifndef TESTS_SCREEN_HELPER_CAMPAIGN_H
#define TESTS_SCREEN_HELPER_CAMPAIGN_H

#include <cjson/cJSON.h>
#include <stddef.h>

#include "terminal.h"

struct scratch {
    char folder[64];
    char store[96]; /* work.assay in it */
};

void scratch_make(struct scratch *scratch);
void scratch_remove(struct scratch *scratch);

/* Writes folder/name; returns its path (static, valid until the next call). */
const char *scratch_write(struct scratch *scratch, const char *name, const char *text);

/* The binary under test. */
const char *assay_path(void);

/* Runs `assay ARGUMENTS…` (NULL-terminated) and returns its standard output, to free; fails the test unless it exits with `expect`. */
char *assay_run(int expect, const char *const arguments[]);
#define ASSAY_OK(...) assay_run(0, (const char *const[]){__VA_ARGS__, NULL})

/* The JSON lines of text as an array, to delete with cJSON_Delete. */
cJSON *json_lines(const char *text);

/*
 * A campaign with one track `t`, batches of `batch`, a rubric that asks for the overall choice alone (rubric_more: further YAML lines of it),
 * `items` pairs q-1 … whose responses say "<n>-first" and "<n>-second" (word tokens of their own), and `gold` gold pairs g-1 … whose `a` is right.
 * An annotator `ana` and a lead `lena`.
 */
void campaign_make(struct scratch *scratch, int items, int gold, int batch, const char *rubric_more);

/* The same with items of `responses` responses each, "a-text" and so on; no gold. */
void ranking_make(struct scratch *scratch, int items, int responses, const char *rubric_more);

/* annotate as ana, in a terminal of this size. */
struct terminal *annotate_start(const struct scratch *scratch, int rows, int columns);

#endif
