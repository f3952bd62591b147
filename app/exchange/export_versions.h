/*
 * By which versions of the rubric exported judgments were made: told in the sidecar row by row, in the manifest over all, and as
 * a line where the meaning changed between them (core/report/versions.h).
 */
#ifndef APP_EXCHANGE_EXPORT_VERSIONS_H
#define APP_EXCHANGE_EXPORT_VERSIONS_H

#include "core/base/json.h"
#include "core/report/versions.h"
#include "store/load.h"

struct export_versions {
    struct rubric_marks marks;
    int64_t in_force;
    size_t *judgments; /* of exported items, by mark; behind them those that name no version */
    struct version_mix mix;
};

/* To be released, also after a failure. */
int export_versions_load(struct export_versions *out, struct store *store, const char *track, struct error *error);
void export_versions_release(struct export_versions *versions);

/* An item that is exported: its judgments count. */
void export_versions_count(struct export_versions *versions, const struct export_item *item);

/* Members of a row of the sidecar: "rubrics" of the item's judgments, and how many are under an "older_rule". */
void export_versions_row(struct json *json, const struct export_versions *versions, const struct export_item *item);
/* A member of the manifest: "judgments_by_rubric". */
void export_versions_all(struct json *json, const struct export_versions *versions);

#endif
