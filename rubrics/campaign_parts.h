/* What campaign.c and quality.c share; not for other folders. */
#ifndef RUBRICS_CAMPAIGN_PARTS_H
#define RUBRICS_CAMPAIGN_PARTS_H

#include "rubrics/campaign.h"
#include "rubrics/field.h"

/* A list of quality rules; nothing if list is NULL. Tracks are looked up in campaign unless that is NULL. */
void campaign_take_quality(struct fields *in, const struct yaml_node *list, const struct campaign *campaign,
                           struct pool *pool, struct quality_rule **rules, int *rule_count);

/* An export policy; what is absent keeps its value. */
void campaign_take_policy(struct fields *in, const struct yaml_node *map, struct export_policy *policy);

/* Fails if the map has this key, which a later version will honour. */
void field_not_honoured(struct fields *in, const struct yaml_node *map, const char *key);

#endif
