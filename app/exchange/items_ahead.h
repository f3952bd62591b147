/*
 * The records of a file, read ahead: while one is put into the store, a second thread reads, checks and hashes the next ones. Reading costs
 * about as much as storing, so a large import takes little more than half the time. Only large regular files are read so; others
 * record by record, as asked for: nothing waits for a pipe that is not wanted any more.
 *
 * Between ahead_start and ahead_stop nobody else touches the items, but for items_name and (after the first record) items_format.
 */
#ifndef APP_EXCHANGE_ITEMS_AHEAD_H
#define APP_EXCHANGE_ITEMS_AHEAD_H

#include "app/exchange/items_in.h"

struct ahead;

struct ahead_record {
    int found; /* enum items_found, or a negative status: nothing more comes */
    struct item item;
    uint64_t line;      /* where it begins, from 1 */
    struct slice text;  /* of the record, as items_text says */
    struct error error; /* of ITEMS_BAD and of a status */
};

enum { AHEAD_LEAST_BYTES = 1 << 20 }; /* smaller files are not worth a thread */

/* The items are borrowed and must live until ahead_stop. threaded: false reads as asked for, whatever the file. */
int ahead_start(struct ahead **out, struct items *items, bool threaded, struct error *error);
void ahead_stop(struct ahead *ahead); /* at any time; NULL is fine */

/* The next record, which lives until the next call. After ITEMS_END or a status the same comes again. */
struct ahead_record *ahead_next(struct ahead *ahead);

/* Bytes of the file that were read when the record of the last call was. */
uint64_t ahead_bytes(const struct ahead *ahead);

#endif
