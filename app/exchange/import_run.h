/*
 * `assay import`: one file of items into the store, in one transaction and one pass with flat memory.
 */
#ifndef APP_EXCHANGE_IMPORT_RUN_H
#define APP_EXCHANGE_IMPORT_RUN_H

#include "app/exchange/output.h"
#include "core/model/campaign.h"
#include "core/work/viewer.h"
#include "store/import.h"

enum import_labels { LABELS_JUDGMENTS, LABELS_DROP, LABELS_GOLD };

/* "judgments", "drop", "gold". */
bool import_labels_find(const char *name, enum import_labels *labels);

struct import_request {
    const char *path;   /* `-` is standard input */
    const char *format; /* NULL or "auto": by the fields of the first record */
    const char *track;  /* NULL: each item's own, else the campaign's only one. Given, it stands above the item's own */
    enum import_labels labels;
    bool dry_run;   /* everything is checked, nothing stored */
    bool gold_only; /* an item without a reference answer is a bad one: the file was meant for something else */
    struct output
        *rejects; /* NULL: the first bad line stops the import. Else {"file","line","error","text"} a bad line;
                               opened and finished by the caller, who may share it between files */
    /* Called every few megabytes. total 0: unknown. A negative status stops the import, with nothing stored. May be NULL. */
    int (*progress)(void *context, uint64_t bytes, uint64_t total, uint64_t lines);
    void *context;
};

struct import_report {
    const char *format;          /* what the file was taken for; NULL if no line told */
    bool detected;               /* told by its fields and not by the request */
    struct import_counts counts; /* lines: records, also the rejected ones; blank lines are none */
    uint64_t rejected;
    uint64_t bytes;           /* of the file */
    char hash[HASH_HEX_SIZE]; /* BLAKE2b-256 of the file's bytes */
};

/* Writes a line that cannot be taken, and why, among the rejected ones and counts it; without such a file the error stands
 * (STATUS_INPUT). */
int import_reject(const struct import_request *request, const char *file, uint64_t line, struct slice text,
                  uint64_t *rejected, struct error *error);

/* STATUS_NO: some lines were rejected, the others are stored (or would be). Another negative status: nothing is
 * stored. */
int exchange_import(struct store *store, const struct viewer *viewer, const struct campaign *campaign,
                    const struct import_request *request, struct import_report *report, struct error *error);

#endif
