/*
 * `assay import --judgments`: one file of judgments into the store, in one transaction.
 */
#ifndef APP_EXCHANGE_JUDGMENTS_RUN_H
#define APP_EXCHANGE_JUDGMENTS_RUN_H

#include "app/exchange/import_run.h"
#include "store/import_judgments.h"

struct judgments_report {
    const char *format; /* "jsonl", "csv" */
    struct judgment_counts counts;
    uint64_t lines; /* records, also the rejected ones */
    uint64_t held;  /* of those added: on hold where they came from; a hold does not come along */
    uint64_t rejected;
};

/*
 * request: path, track (above the lines' own), dry_run, rejects and progress; format and labels are not
 * looked at. A line that names no rubric is taken under the one in force on its track. STATUS_NO: some
 * lines were rejected, the others are stored (or would be). Another negative status: nothing is stored.
 */
int exchange_import_judgments(struct store *store, const struct viewer *viewer, const struct campaign *campaign,
                              const struct import_request *request, struct judgments_report *report,
                              struct error *error);

#endif
