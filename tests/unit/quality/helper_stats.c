#include "helper_stats.h"

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

static char *read_whole(const char *path) {
    FILE *file = fopen(path, "rb");
    if (file == NULL) {
        return NULL;
    }
    fseek(file, 0, SEEK_END);
    size_t size = (size_t)ftell(file);
    rewind(file);
    char *text = malloc(size + 1);
    assert_non_null(text);
    assert_int_equal(fread(text, 1, size, file), size);
    text[size] = '\0';
    fclose(file);
    return text;
}

static char *read_stats(const char *name) {
    const char *shared = getenv("ASSAY_SHARED_DATA");
    char path[2048];
    snprintf(path, sizeof path, TEST_SOURCE_DIR "/tests/data/stats/%s", name);
    char *text = read_whole(path);
    if (text == NULL) {
        snprintf(path, sizeof path, "%s/stats/%s", shared != NULL ? shared : TEST_SOURCE_DIR "/../shared/data", name);
        text = read_whole(path);
    }
    return text;
}

bool sheet_load(struct sheet *s, const char *name) {
    *s = (struct sheet){.text = read_stats(name)};
    if (s->text == NULL) {
        printf("skipped: %s is not there (set ASSAY_SHARED_DATA)\n", name);
        return false;
    }
    size_t lines = 0;
    s->columns = 1;
    for (char *c = s->text; *c != '\0'; c++) {
        lines += *c == '\n';
        s->columns += lines == 0 && *c == ',';
    }
    char **all = calloc((lines + 1) * s->columns, sizeof *all);
    assert_non_null(all);
    size_t filled = 0;
    char *cell = s->text;
    for (char *c = s->text; *c != '\0'; c++) {
        if (*c == ',' || *c == '\n' || *c == '\r') {
            bool skip = *c == '\n' && c == cell && filled % s->columns == 0; /* after a \r, or an empty line */
            *c = '\0';
            if (!skip) {
                assert_true(filled < (lines + 1) * s->columns);
                all[filled++] = cell;
            }
            cell = c + 1;
        }
    }
    s->header = all;
    s->cells = all + s->columns;
    s->rows = filled / s->columns - 1;
    return true;
}

void sheet_release(struct sheet *s) {
    free(s->text);
    free(s->header);
    *s = (struct sheet){0};
}

const char *sheet_cell(const struct sheet *s, size_t row, size_t column) {
    assert_true(row < s->rows && column < s->columns);
    return s->cells[row * s->columns + column];
}

long sheet_number(const struct sheet *s, size_t row, size_t column) {
    return strtol(sheet_cell(s, row, column), NULL, 10);
}

double sheet_real(const struct sheet *s, size_t row, size_t column) {
    return strtod(sheet_cell(s, row, column), NULL);
}

int names_find(const struct names *n, const char *name) {
    for (size_t i = 0; i < n->count; i++) {
        if (strcmp(n->name[i], name) == 0) {
            return (int)i;
        }
    }
    return -1;
}

uint32_t names_number(struct names *n, const char *name) {
    int known = names_find(n, name);
    if (known >= 0) {
        return (uint32_t)known;
    }
    if (n->count == n->capacity) {
        n->capacity = n->capacity == 0 ? 16 : 2 * n->capacity;
        n->name = realloc(n->name, n->capacity * sizeof *n->name);
        assert_non_null(n->name);
    }
    n->name[n->count] = strdup(name);
    return (uint32_t)n->count++;
}

void names_release(struct names *n) {
    for (size_t i = 0; i < n->count; i++) {
        free(n->name[i]);
    }
    free(n->name);
    *n = (struct names){0};
}

cJSON *stats_json(const char *name) {
    char *text = read_stats(name);
    assert_non_null(text);
    cJSON *json = cJSON_Parse(text);
    free(text);
    assert_non_null(json);
    return json;
}

const cJSON *json_at(const cJSON *json, const char *key) {
    const cJSON *found = cJSON_GetObjectItemCaseSensitive(json, key);
    if (found == NULL) {
        fail_msg("no key %s", key);
    }
    return found;
}

void assert_near(const char *what, double seen, double wanted, double tolerance) {
    if (!(fabs(seen - wanted) <= tolerance)) {
        fail_msg("%s: %.17g, not %.17g (tolerance %g)", what, seen, wanted, tolerance);
    }
}
