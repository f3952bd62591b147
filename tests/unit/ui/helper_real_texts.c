/* See helper_real_texts.h. */
#define _GNU_SOURCE /* memmem */
#include "helper_real_texts.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>

#include <cmocka.h>

#include <cjson/cJSON.h>
#include <glob.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/base/array.h"
#include "core/text/points.h"
#include "core/text/utf8.h"

/* --- Reading ---------------------------------------------------------------------------------------------------------- */

static bool holds_text(const char *key) {
    static const char *const keys[] = {"value",    "chosen",   "rejected",   "content",    "prompt",
                                       "output_1", "output_2", "response_a", "response_b", "text"};
    for (size_t i = 0; key && i < COUNT_OF(keys); i++)
        if (strcmp(key, keys[i]) == 0)
            return true;
    return false;
}

static void walk(struct real_texts *texts, const cJSON *node, const char *where) {
    const cJSON *child;
    if (cJSON_IsString(node) && holds_text(node->string) && node->valuestring[0]) {
        struct real_text *text = ARRAY_ADD(texts);
        *text = (struct real_text){.length = strlen(node->valuestring)};
        text->text = memory_copy(node->valuestring, text->length);
        snprintf(text->where, sizeof text->where, "%s", where);
    }
    cJSON_ArrayForEach(child, node) walk(texts, child, where);
}

static cJSON *parsed(const char *data, size_t length) {
    cJSON *json = cJSON_ParseWithLength(data, length);
    assert_non_null(json);
    return json;
}

/* A file of JSON lines, or of one JSON array. */
static void read_file(struct real_texts *texts, const char *path, const char *name) {
    bool lines = strstr(name, ".jsonl") != NULL;
    struct buffer data = BUFFER_INIT;
    char part[8192], where[64];
    size_t number = 0;
    FILE *file = fopen(path, "r");
    assert_non_null(file);
    for (size_t got; (got = fread(part, 1, sizeof part, file)) > 0;)
        buffer_add(&data, part, got);
    fclose(file);
    cJSON *array = lines ? cJSON_CreateArray() : parsed(data.data, data.length);
    for (const char *at = data.data; lines && *at; at += strcspn(at, "\n") + 1)
        cJSON_AddItemToArray(array, parsed(at, strcspn(at, "\n")));
    const cJSON *item;
    cJSON_ArrayForEach(item, array) {
        snprintf(where, sizeof where, "%.52s %zu", name, number++);
        walk(texts, item, where);
    }
    cJSON_Delete(array);
    buffer_release(&data);
}

bool real_texts_read(struct real_texts *texts) {
    static const char *const patterns[] = {"llamafactory/*.json", "llmbar/*.jsonl", "self-instruct/*.jsonl",
                                           "hh-rlhf/*.jsonl", "ukpconvarg1/*.jsonl"};
    const char *folder = getenv("ASSAY_SHARED_DATA");
    folder = folder ? folder : TEST_SOURCE_DIR "/../shared/data";
    *texts = (struct real_texts){0};
    for (size_t i = 0; i < COUNT_OF(patterns); i++) {
        char pattern[512];
        glob_t found = {0};
        snprintf(pattern, sizeof pattern, "%s/%s", folder, patterns[i]);
        if (glob(pattern, 0, NULL, &found) == 0)
            for (size_t k = 0; k < found.gl_pathc; k++)
                read_file(texts, found.gl_pathv[k], found.gl_pathv[k] + strlen(folder) + 1);
        globfree(&found);
    }
    if (texts->count == 0)
        print_message("skipped: no public data (ASSAY_SHARED_DATA)\n");
    return texts->count > 0;
}

void real_texts_release(struct real_texts *texts) {
    for (size_t i = 0; i < texts->count; i++)
        memory_free(texts->items[i].text);
    ARRAY_RELEASE(texts);
}

/* --- Letters ---------------------------------------------------------------------------------------------------------- */

void add_letters(struct buffer *out, struct slice text) {
    size_t step;
    for (size_t at = 0; at < text.length; at += step) {
        int32_t point = 0;
        step = utf8_decode(text.data + at, text.length - at, &point);
        step = step ? step : 1;
        const char *end = point == 0x2039 ? memmem(text.data + at, text.length - at, "›", 3) : NULL;
        if (end && end - (text.data + at) < 40)
            step = (size_t)(end - (text.data + at)) + 3;
        else if (point_is_letter(point))
            buffer_add(out, text.data + at, step);
    }
}

bool letters_follow(struct slice source, struct slice shown, size_t spelt, size_t *at) {
    size_t seen = 0, between = 0;
    for (*at = 0; *at < source.length; (*at)++, seen++) {
        while (seen < shown.length && shown.data[seen] != source.data[*at]) {
            seen++;
            between++;
        }
        if (seen == shown.length || between > spelt)
            return false;
    }
    return between + (shown.length - seen) <= spelt;
}

/* --- Sheets ----------------------------------------------------------------------------------------------------------- */

void sheet_init(struct sheet *sheet, int rows, int columns) {
    *sheet = (struct sheet){rows, columns, memory_new((size_t)rows * (size_t)columns, SHEET_CELL)};
}

void sheet_release(struct sheet *sheet) {
    memory_free(sheet->cells);
    *sheet = (struct sheet){0};
}

char *sheet_cell(const struct sheet *sheet, int row, int column) {
    return sheet->cells[row * sheet->columns + column];
}

/* Where what moves begins: at the ‹ that a look has and the first one has not; -1: the row does not move. */
static int moving_from(const struct sheet *sheets, size_t count, int row) {
    for (size_t i = 1; i < count; i++)
        for (int column = 0; column < sheets->columns; column++) {
            const char *here = sheet_cell(&sheets[i], row, column), *first = sheet_cell(&sheets[0], row, column);
            if (strcmp(here, first) != 0)
                return strcmp(here, "‹") == 0 ? column : -1;
        }
    return -1;
}

/* Where a look at the row ends: at the › behind which nothing stands (on half a wide character, whose other half is blank), or at the edge. */
static int end_of_look(const struct sheet *sheet, int row) {
    int last = sheet->columns - 1;
    while (last > 0 && strcmp(sheet_cell(sheet, row, last), " ") == 0)
        last--;
    if (strcmp(sheet_cell(sheet, row, last), "›") != 0)
        return sheet->columns;
    return last > 0 && strcmp(sheet_cell(sheet, row, last - 1), " ") == 0 ? last - 1 : last;
}

void sheets_join(const struct sheet *sheets, size_t count, int step, int row, struct buffer *out) {
    int from = moving_from(sheets, count, row), reached = 0;
    for (int column = 0; column < (from < 0 ? sheets->columns : from); column++)
        buffer_add_string(out, sheet_cell(&sheets[0], row, column));
    for (size_t i = 0; from >= 0 && i < count; i++) {
        int end = end_of_look(&sheets[i], row);
        for (int column = from + (i > 0); column < end; column++) {
            int place = column - from + (int)i * step;
            if (place < reached)
                continue;
            buffer_add_string(out, sheet_cell(&sheets[i], row, column));
            reached = place + 1;
        }
    }
}
