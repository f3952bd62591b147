/* Real texts: every prompt and response of the public data under ASSAY_SHARED_DATA, else under ../shared/data beside the repository. */
#ifndef TESTS_UNIT_UI_HELPER_REAL_TEXTS_H
#define TESTS_UNIT_UI_HELPER_REAL_TEXTS_H

#include <stdbool.h>
#include <stddef.h>

#include "core/base/buffer.h"
#include "core/base/slice.h"

struct real_text {
    char where[64]; /* "llamafactory/dpo_zh_demo.json 17" */
    char *text;     /* not empty */
    size_t length;
};

struct real_texts {
    struct real_text *items;
    size_t count, capacity;
};

/* False, after a message, when the data is not here. */
bool real_texts_read(struct real_texts *texts);
void real_texts_release(struct real_texts *texts);

/* Adds the letters (category L) of a text, but not those that the door wrote between ‹ and › ; for the screen and for the source. */
void add_letters(struct buffer *out, struct slice text);

/*
 * Whether these letters of the screen are those of the text, all of them and in their order; `spelt` how many may stand between
 * them. Otherwise *at is the byte of `source` where the first one is missing, or its length.
 */
bool letters_follow(struct slice source, struct slice shown, size_t spelt, size_t *at);

/* What is seen in a rectangle: a string for each cell, "" in the right half of a wide character. */
enum { SHEET_CELL = 32 };
struct sheet {
    int rows, columns;
    char (*cells)[SHEET_CELL];
};
void sheet_init(struct sheet *sheet, int rows, int columns);
void sheet_release(struct sheet *sheet);
char *sheet_cell(const struct sheet *sheet, int row, int column);

/*
 * Adds the whole of a row that was looked at `count` times, each time moved `step` cells further to the left: ‹ and › tell where it
 * went on.
 */
void sheets_join(const struct sheet *sheets, size_t count, int step, int row, struct buffer *out);

#endif
