/*
 * The transaction of an import: of one file, or of several that are stored together or not at all. Foreign keys are off in one of items:
 * every key is made there.
 */
#include "store/import_internal.h"

#include "core/base/banned.h"

/* The sorter of the queue may go to a temporary file: memory stays flat. Names, prompt keys and ULIDs land anywhere in their indexes: with 32 MB
 * of pages a file with labels takes a fifth less time than with 16. */
static const char set_out[] = "pragma foreign_keys=off; pragma temp_store=file; pragma cache_size=-32768";
static const char come_back[] = "pragma foreign_keys=on; pragma temp_store=memory; pragma cache_size=-16384";

/* Back to how every other verb finds the connection. */
static void leave(struct store *store, bool alone) {
    statement_script(store, come_back, NULL);
    if (alone) /* somebody who came meanwhile may prevent it; the next open does it */
        transaction_shared(store, false, NULL);
}

int import_transaction_begin(struct store *store, bool *alone, struct error *error) {
    *alone = false;
    if (store->import_files)
        return STATUS_OK;
    int status = statement_script(store, set_out, error);
    if (status >= 0) {
        *alone = !(store->flags & STORE_READ_ONLY) && transaction_alone(store);
        status = transaction_begin(store, "import", error);
    }
    if (status < 0)
        leave(store, *alone);
    return status;
}

int import_transaction_end(struct store *store, bool alone, int status, struct error *error) {
    if (store->import_files)
        return status;
    status = transaction_end(store, status, error);
    leave(store, alone);
    return status;
}

int import_files_begin(struct store *store, const struct viewer *viewer, bool judgments, struct error *error) {
    int status = require_lead(viewer, "import", error);
    store->import_alone = false;
    if (status >= 0)
        status = judgments ? transaction_begin(store, "import", error)
                           : import_transaction_begin(store, &store->import_alone, error);
    if (status >= 0)
        store->import_files = true;
    return status < 0 ? status : STATUS_OK;
}

int import_files_end(struct store *store, int status, struct error *error) {
    store->import_files = false;
    return import_transaction_end(store, store->import_alone, status, error);
}
