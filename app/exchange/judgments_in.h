/*
 * A file of judgments, one record after another: JSON lines, or CSV with the same names in its header (told
 * by the first character). A CSV record becomes the object that its line would have been: an empty cell is
 * no key; a cell that is a JSON number is one where a number is wanted; `ranking` and `ratings` are JSON in
 * their cell; `tags`, `flags` and `order` are JSON or words parted by commas; everything else is text.
 */
#ifndef APP_EXCHANGE_JUDGMENTS_IN_H
#define APP_EXCHANGE_JUDGMENTS_IN_H

#include "app/exchange/format.h"
#include "app/exchange/input.h"

enum { JUDGMENTS_CSV_BYTES = 1 << 30 }; /* a CSV file is read as a whole */

struct judgments_in;

/* STATUS_INPUT also for a header with a column that is not known, or twice. */
int judgments_in_open(struct judgments_in **out, const char *path, struct error *error);
void judgments_in_close(struct judgments_in *in); /* NULL is fine */

enum judgments_in_found {
    JUDGMENTS_IN_END = 0,
    JUDGMENTS_IN_RECORD = 1,
    JUDGMENTS_IN_BAD = 2, /* this record can't be read: error says "FILE:LINE: …"; the next one can */
};

/* *record lives until the next call. Negative: nothing more can be read. */
int judgments_in_next(struct judgments_in *in, struct record *record, struct error *error);

uint64_t judgments_in_line(const struct judgments_in *in);      /* where the record begins, from 1 */
struct slice judgments_in_text(const struct judgments_in *in);  /* the record as it stands */
const char *judgments_in_name(const struct judgments_in *in);   /* of the file, as in messages */
const char *judgments_in_format(const struct judgments_in *in); /* "jsonl", "csv" */
const struct input *judgments_in_input(const struct judgments_in *in);

#endif
