/*
 * CSV as RFC 4180 has it, strictly: records end at CR LF or LF, fields are parted by commas, a field in
 * double quotes may hold commas, line ends and doubled quotes. Every record has as many fields as the first
 * one. Nothing is trimmed or guessed.
 */
#ifndef APP_EXCHANGE_CSV_READ_H
#define APP_EXCHANGE_CSV_READ_H

#include <stdbool.h>
#include <stdint.h>

#include "core/base/buffer.h"
#include "core/base/error.h"

enum { CSV_FIELDS = 256 };

struct csv {
    struct slice text; /* borrowed; what is not read yet */
    uint64_t line;     /* at which the record given last begins, from 1 */
    uint64_t next;     /* at which the next one begins */
    size_t fields;     /* of the first record; 0 before it */
    struct buffer unquoted;
};

void csv_start(struct csv *csv, struct slice text, uint64_t first_line);
void csv_release(struct csv *csv);

enum csv_found { CSV_END = 0, CSV_RECORD = 1, CSV_BAD = 2 /* error says why; the next record can be read */ };

/*
 * The next record; empty lines between records are passed over. out has room for CSV_FIELDS; what is
 * written there lives until the next call. raw (may be NULL): the record as it stands. STATUS_INPUT: a
 * quote that is never closed; nothing more can be read.
 */
int csv_next(struct csv *csv, struct slice *out, size_t *count, struct slice *raw, struct error *error);

#endif
