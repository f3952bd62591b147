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

static int prepare(struct store *store, bool *alone, struct error *error) {
    *alone = false;
    int status = statement_script(store, set_out, error);
    if (status >= 0)
        *alone = !(store->flags & STORE_READ_ONLY) && transaction_alone(store);
    return status;
}

/* Back to how every other verb finds the connection. */
static void leave(struct store *store, bool alone) {
    statement_script(store, come_back, NULL);
    if (alone) /* somebody who came meanwhile may prevent it; the next open does it */
        transaction_shared(store, false, NULL);
}

int import_transaction_begin(struct store *store, bool *alone, struct error *error) {
    bool joins = store->together;
    *alone = false;
    int status = joins ? STATUS_OK : prepare(store, alone, error);
    if (status >= 0)
        status = transaction_begin(store, "import", error);
    if (status < 0 && !joins)
        leave(store, *alone);
    return status;
}

int import_transaction_end(struct store *store, bool alone, int status, struct error *error) {
    status = transaction_end(store, status, error);
    if (!store->together)
        leave(store, alone);
    return status;
}

int import_files_begin(struct store *store, const struct viewer *viewer, struct import_files *files,
                       struct error *error) {
    int status = require_lead(viewer, "import", error);
    if (status < 0)
        return status;
    status = prepare(store, &files->alone, error);
    if (status >= 0)
        status = together_begin(store, error);
    if (status < 0)
        leave(store, files->alone);
    return status < 0 ? status : STATUS_OK;
}

int import_files_end(struct store *store, const struct import_files *files, int status, struct error *error) {
    status = together_end(store, status, error);
    leave(store, files->alone);
    return status;
}
