/* The chances of an item's labels, for the sidecar of an export: core/report/labels.h over the track's final judgments. */
#ifndef APP_EXCHANGE_POSTERIOR_H
#define APP_EXCHANGE_POSTERIOR_H

#include "core/base/json.h"
#include "core/report/labels.h"
#include "store/store.h"

/* held: judgments on hold speak too. Seconds and memory grow with the judgments of the track (some 200 bytes each). Release it, also after a failure. */
int posterior_load(struct track_labels *out, struct store *store, const char *track, enum label_method method,
                   bool held, struct error *error);

/* "posterior": {"r1": 0.912345, "r2": 0.08, "tie": …}, by the names of the responses, six decimals; null for an item without a judgment. */
void posterior_write(struct json *json, const struct track_labels *labels, int64_t id, const struct item *item);

#endif
