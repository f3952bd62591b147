/* What the files of the JSON report share. */
#ifndef APP_REPORT_JSON_PARTS_H
#define APP_REPORT_JSON_PARTS_H

#include "app/report/report.h"

void json_member(struct json *json, const char *key); /* a key and an open object */
void json_count(struct json *json, const char *key, size_t n);
void json_number_or_null(struct json *json, const char *key, double value); /* NAN, INFINITY: null */

/* Members of a track: aggregation, models, rankings, pooled. */
void report_json_aggregation(struct json *json, const struct track_labels *labels);
void report_json_models(struct json *json, const struct report *report, const struct track_models *models);
void report_json_rankings(struct json *json, const struct track_rankings *rankings);
void report_json_pooled(struct json *json, const struct report *report, const struct track_watch *watch);

/* For the lead: more members of an annotator's gold, habits and drift. */
void report_json_gold_details(struct json *json, const struct report *report, const struct gold_details *details);
void report_json_customs(struct json *json, const struct customs *customs);
void report_json_peers(struct json *json, const struct peer_watch *peers);

#endif
