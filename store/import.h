/*
 * Items in: one file, one transaction. begin … put a line … end (or abort). Between begin and end nobody else writes.
 * Several files as one: import_files_begin … the files, one after the other … import_files_end.
 */
#ifndef STORE_IMPORT_H
#define STORE_IMPORT_H

#include "core/model/campaign.h"
#include "core/model/item.h"
#include "core/work/viewer.h"
#include "store/store.h"

struct import;

struct import_source {
    struct slice name;   /* the file's name as shown: also names the source that its labels belong to */
    struct slice format; /* "native", "hh", … */
};

enum import_fate { IMPORT_ADDED, IMPORT_SAME };

struct import_counts {
    uint64_t lines, added, same, gold, labels, categories; /* categories: different ones in this file */
};

/* campaign: for overlap and order of each track. dry_run: everything is checked, and end rolls back. */
int import_begin(struct store *store, const struct viewer *viewer, const struct campaign *campaign,
                 const struct import_source *source, bool dry_run, struct import **out, struct error *error);

/* One item. item->track must be set and be a track of the campaign. The same name with other content is STATUS_INPUT ("differs from …"), and nothing
 * of this item is stored; the import itself stays usable (the caller rejects the line, or aborts). A label becomes a judgment of the
 * source; gold makes the item gold. */
int import_put(struct import *import, const struct item *item, enum import_fate *fate, struct error *error);

/* hash, bytes and lines of the whole file, known at its end. Queues what is new, one event, commits; frees the import either way. */
int import_end(struct import *import, struct slice hash, uint64_t bytes, struct import_counts *counts,
               struct error *error);
void import_abort(struct import *import);

struct import_files {
    bool alone; /* nobody else had the store open */
};
/* together_begin and together_end (store.h), with the settings of the connection that an import of items wants. */
int import_files_begin(struct store *store, const struct viewer *viewer, struct import_files *files,
                       struct error *error);
int import_files_end(struct store *store, const struct import_files *files, int status, struct error *error);

#endif
