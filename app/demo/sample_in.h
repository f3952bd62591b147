/* The sample data inside the program, into a store: as `assay import` reads a file, from memory. */
#ifndef APP_DEMO_SAMPLE_IN_H
#define APP_DEMO_SAMPLE_IN_H

#include "core/base/error.h"
#include "core/model/campaign.h"
#include "core/model/item.h"
#include "core/work/viewer.h"
#include "store/store.h"

/* The text of sample-data/NAME; absent if there is none. */
struct slice sample_text(const char *name);

/* Calls visit for each item of the files whose name begins with prefix, in the order of the files. The item lives during the call. A negative status from
 * visit stops the walk and is returned. */
typedef int sample_visit(void *context, const struct item *item, struct error *error);
int sample_items(const char *prefix, sample_visit *visit, void *context, struct error *error);

/* Imports those files, each under its name. *added (may be NULL) is how many items were new. */
int sample_import(struct store *store, const struct viewer *viewer, const struct campaign *campaign, const char *prefix,
                  uint64_t *added, struct error *error);

#endif
