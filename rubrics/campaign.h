/*
 * campaign.yaml into a struct campaign, and the two files that hold a part of it: a quality specification (`assay
 * gate --spec`) and an export policy (`assay export --policy`). rubrics/campaign-template.yaml names every setting
 * and its default. A setting that this version does not honour is an error. All errors are FILE:LINE:COLUMN: FIELD:
 * what is wrong; what would be right (STATUS_INPUT).
 */
#ifndef RUBRICS_CAMPAIGN_H
#define RUBRICS_CAMPAIGN_H

#include "core/base/error.h"
#include "core/base/slice.h"
#include "core/model/campaign.h"

enum { CAMPAIGN_TRACKS = 100, CAMPAIGN_RULES = 1000 }; /* at most */

/* On success *out is to be released; on failure it holds nothing. */
int campaign_read(struct slice yaml, const char *file, struct campaign *out, struct error *error);

/*
 * A list of quality rules, or a map with such a list as `quality`. Rules and strings live in the pool. Where
 * campaign is not NULL, a rule for a track that it does not have is an error.
 */
int campaign_read_quality(struct slice yaml, const char *file, const struct campaign *campaign, struct pool *pool,
                          struct quality_rule **rules, int *rule_count, struct error *error);

/* {min_judgments, min_agreement, ties, held, pairs}, or a map with these as `export`. What is absent keeps its value in *policy,
 * which is untouched on failure. */
int policy_read(struct slice yaml, const char *file, struct export_policy *policy, struct error *error);

/* One judgment, any agreement, ties dropped, held judgments left out. */
extern const struct export_policy policy_default;

#endif
