/* Integrity, backup and the event log. */
#ifndef STORE_CHECK_H
#define STORE_CHECK_H

#include "core/work/viewer.h"
#include "store/store.h"

/* Calls found once for each finding: file, schema, references, chain, derived state (rebuilt from the facts and compared). STATUS_NO if there
 * was one, STATUS_OK if none. */
typedef void check_found(void *context, const char *part, const char *finding);
int store_check(struct store *store, check_found *found, void *context, struct error *error);

/* One consistent copy while others write; refuses an existing file; complete or not there. */
int store_backup(struct store *store, const char *path, struct error *error);

struct event {
    int64_t n, at;
    struct slice person, verb, subject, detail, hash; /* hash: hex */
};
typedef int event_visit(void *context, const struct event *event, struct error *error);
int event_log(struct store *store, const struct viewer *viewer, event_visit *visit, void *context, struct error *error);

#endif
