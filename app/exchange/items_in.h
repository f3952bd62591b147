/*
 * A file of items, one after another: opens it (plain, gzip, `-`), finds out what it is, and reads it record by record.
 * JSONL line by line; YAML (a list of items, or documents) as a whole, up to LIMIT_YAML_BYTES.
 */
#ifndef APP_EXCHANGE_ITEMS_IN_H
#define APP_EXCHANGE_ITEMS_IN_H

#include "app/exchange/format.h"
#include "app/exchange/input.h"

struct items;

/* format: a name, or NULL or "auto" to tell by the fields of the first record. */
int items_open(struct items **out, const char *path, const char *format, struct error *error);
void items_close(struct items *items); /* NULL is fine */

enum items_found {
    ITEMS_END = 0,
    ITEMS_ITEM = 1,
    ITEMS_BAD = 2, /* this record is no item: error says "FILE:LINE: FIELD: …"; the next one can be read */
};

/* Fills *item, which lives until the next call. Negative: nothing more can be read (broken gzip, a line that is too
 * long, no known format, a YAML file that is none). */
int items_next(struct items *items, struct item *item, struct error *error);

/* The same, but what the item and its text point to is put into the pool (or lives as long as `items`), which is not cleared. */
int items_next_kept(struct items *items, struct pool *pool, struct item *item, struct slice *text, struct error *error);

/* After ITEMS_ITEM or ITEMS_BAD: where the record begins (from 1), and its text (of a YAML record as JSON). */
uint64_t items_line(const struct items *items);
struct slice items_text(struct items *items);

const struct format *items_format(const struct items *items); /* NULL until the first record told it */
const char *items_name(const struct items *items);            /* as in messages */
const struct input *items_input(const struct items *items);   /* bytes, lines, hash */

#endif
