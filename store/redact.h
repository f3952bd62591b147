/*
 * An item's texts go for good (a takedown, personal data); what was judged stays. The log still verifies: it runs
 * over hashes.
 */
#ifndef STORE_REDACT_H
#define STORE_REDACT_H

#include "core/work/viewer.h"
#include "store/store.h"

struct redaction {
    int64_t items;    /* whose texts are gone: more than one where other tracks have the item with the same responses */
    bool prompt_kept; /* another item, not redacted, has the same prompt */
};

/*
 * Takes out responses, extra, the prompt unless another item has it, the gold explanation, and what was written
 * about the item: rationales, questions with their answers, drafts, details in the log. The item is retired; where
 * it was still to be judged in an open batch it is set aside. One transaction, one event an item with the reason.
 * An item that is redacted already stays so (an explanation given since goes too). STATUS_USAGE for an annotator.
 */
int item_redact(struct store *store, const struct viewer *viewer, int64_t item, struct slice why, struct redaction *out,
                struct error *error);

/*
 * After item_redact, outside a transaction: rewrites the file, so that no page of it and nothing beside it holds
 * what was taken out. Takes as long as a copy of the store. STATUS_SYSTEM when others kept it busy: the texts are
 * out then, but remains may be in the file until it is done again.
 */
int store_scrub(struct store *store, const struct viewer *viewer, struct error *error);

#endif
