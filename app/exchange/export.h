/*
 * `assay export`: the judgments of a track as training data, by a written policy. One row an exported item:
 *     {"prompt": [msg, …], "chosen": [msg, …], "rejected": [msg, …]}             TRL conversational, explicit prompt
 *     {"prompt": "…", "chosen": "…", "rejected": "…"}                            plain: single-turn items only
 * and no other column, the same in every row. A kept tie is two neighbouring rows, one in each order: the shape stays
 * one, and the mean of the two losses is that of a target of one half, which is what a tie says. The same store and
 * policy give the same bytes. A ranking gives the pairs of the policy's rule (core/work/policy.h), in the common order, best first.
 *
 * Beside the manifest goes a sidecar, one line for each row in the same order: item, strength, agreement, judgments, the versions of the
 * rubric that they were made by, and the chances of the labels (posterior.h).
 */
#ifndef APP_EXCHANGE_EXPORT_H
#define APP_EXCHANGE_EXPORT_H

#include <stdio.h>

#include "core/base/buffer.h"
#include "core/base/error.h"
#include "core/base/json.h"
#include "core/model/campaign.h"
#include "core/report/labels.h"
#include "core/report/versions.h"
#include "core/work/policy.h"
#include "store/load.h"

struct export_request {
    const char *track;
    struct export_policy policy;
    bool plain;
    bool open;                   /* judgments of open batches too */
    bool labels;                 /* labels of sources and models too */
    const char *path;            /* `-` is standard output */
    enum label_method aggregate; /* for the chances in the sidecar */
    const char *manifest;        /* NULL: none, and no sidecar */
    FILE *explain;               /* NULL, or where a line for each item says why it is exported or left out */
};

/* Left out whatever the policy says (redacted), or by the writer after it said yes. */
enum export_omission { OMITTED_MANY_TURNS, OMITTED_REDACTED, EXPORT_OMISSIONS };

struct export_report {
    uint64_t items;                     /* looked at */
    uint64_t rows;                      /* written */
    uint64_t reasons[POLICY_REASONS];   /* items by what the policy said; [POLICY_EXPORTED] are the exported items */
    uint64_t omitted[EXPORT_OMISSIONS]; /* items, not among the exported ones */
    uint64_t ties;                      /* exported pairs that are ties: two rows each */
    uint64_t rankings;                  /* judged items of three or more responses that are not gold, among `items` */
    uint64_t pairs[POLICY_REASONS];     /* their pairs by what the policy said; [POLICY_EXPORTED] were written */
    uint64_t pairs_omitted[EXPORT_OMISSIONS];
    struct version_mix mix; /* of the judgments of exported items */
    int64_t waiting;        /* judgments in open batches, not looked at unless asked */
    uint64_t bytes;
};

const char *export_omission_key(enum export_omission omission);   /* "many_turns": key of the manifest */
const char *export_omission_words(enum export_omission omission); /* for a person */

/* Writes the file, and manifest and sidecar if asked; all of them or none. */
int exchange_export(struct store *store, const struct viewer *viewer, const struct campaign *campaign,
                    const struct export_request *request, struct export_report *report, struct error *error);

/* "items", "exported", "ties", "rows", "left_out", "rankings", "waiting", "older_rule", as they stand in the manifest: keys of an object that is open. */
void export_write_counts(struct json *json, const struct export_report *report);

/* The pure part: what the policy, and then the texts, say of the pairs of one item: of two responses the one pair. Returns how many, at least one. */
size_t export_judge(const struct export_item *item, const struct export_policy *policy,
                    struct policy_pair out[POLICY_PAIRS]);

/* Appends one row and a newline. False, and nothing appended, if plain cannot hold the item. */
bool export_write_row(struct buffer *out, const struct item *item, int chosen, int rejected, bool plain);

/* Where the sidecar of a file goes: prefs.jsonl → prefs.meta.jsonl. To free with memory_free. */
char *export_sidecar_path(const char *path);

#endif
