/*
 * Reading the published tables and expected values of tests/data/stats. Files that may not be in the tree are looked for
 * under ASSAY_SHARED_DATA, else under ../shared/data beside the repository.
 */
#ifndef TESTS_UNIT_QUALITY_HELPER_STATS_H
#define TESTS_UNIT_QUALITY_HELPER_STATS_H

#include <cjson/cJSON.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct sheet {
    char *text;   /* the file, cut into cells */
    char **cells; /* rows × columns, the header left out; "" for a missing one */
    char **header;
    size_t rows;
    size_t columns;
};

/* False, with a message on stdout, when the file is nowhere. name is relative to the stats folder. */
bool sheet_load(struct sheet *s, const char *name);
void sheet_release(struct sheet *s);
const char *sheet_cell(const struct sheet *s, size_t row, size_t column);
long sheet_number(const struct sheet *s, size_t row, size_t column);
double sheet_real(const struct sheet *s, size_t row, size_t column);

/* A numbering of names in the order first met. */
struct names {
    char **name;
    size_t count;
    size_t capacity;
};

uint32_t names_number(struct names *n, const char *name);
int names_find(const struct names *n, const char *name); /* -1 when unknown */
void names_release(struct names *n);

cJSON *stats_json(const char *name);                      /* fails the test when it is missing or broken */
const cJSON *json_at(const cJSON *json, const char *key); /* fails the test when the key is missing */

/* |seen - wanted| <= tolerance, with a message that names the figure. */
void assert_near(const char *what, double seen, double wanted, double tolerance);

#endif
