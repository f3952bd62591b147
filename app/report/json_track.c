/* Labels, models, orders and the pooled detector of a track, as JSON. */
#include <math.h>
#include <stdio.h>

#include "app/report/json_parts.h"
#include "core/base/timestamp.h"

#include "core/base/banned.h"

void json_member(struct json *json, const char *key) {
    json_key(json, key);
    json_open(json, '{');
}

void json_count(struct json *json, const char *key, size_t n) {
    json_key(json, key);
    json_integer(json, (int64_t)n);
}

void json_number_or_null(struct json *json, const char *key, double value) {
    json_key(json, key);
    json_number(json, value);
}

void report_json_aggregation(struct json *json, const struct track_labels *labels) {
    json_member(json, "aggregation");
    json_key(json, "method");
    json_text(json, label_method_name(labels->method));
    json_count(json, "items", labels->items);
    json_count(json, "undecided", labels->undecided);
    json_count(json, "gold_known", labels->clamped);
    json_count(json, "rounds", labels->rounds);
    json_key(json, "converged");
    json_boolean(json, labels->converged);
    json_number_or_null(json, "log_likelihood", labels->items ? labels->log_likelihood : (double)NAN);
    json_close(json, '}');
}

void report_json_models(struct json *json, const struct report *report, const struct track_models *models) {
    json_key(json, "models");
    if (models->count == 0) {
        json_null(json);
        return;
    }
    json_open(json, '{');
    json_key(json, "method");
    json_text(json, "bradley-terry-davidson");
    json_count(json, "comparisons", models->comparisons);
    json_key(json, "connected");
    json_boolean(json, models->components == 1);
    json_key(json, "note");
    json_text(json, models->components == 1 ? NULL : MODELS_APART);
    json_key(json, "converged");
    json_boolean(json, models->converged);
    report_json_figure(json, "tie_parameter", &models->tie_parameter);
    report_json_figure(json, "first_shown", &models->first_shown);
    json_key(json, "strengths");
    json_open(json, '[');
    for (size_t i = 0; i < models->count; i++) {
        const struct model_strength *one = &models->models[i];
        json_open(json, '{');
        json_key(json, "model");
        json_text(json, report->models.names[one->model]);
        json_count(json, "component", one->component);
        json_count(json, "wins", one->wins);
        json_count(json, "ties", one->ties);
        json_count(json, "losses", one->losses);
        report_json_figure(json, "strength", &one->strength);
        json_close(json, '}');
    }
    json_close(json, ']');
    json_close(json, '}');
}

void report_json_rankings(struct json *json, const struct track_rankings *rankings) {
    json_member(json, "ranking");
    json_count(json, "judgments", rankings->judgments);
    report_json_figure(json, "kendall_tau_b", &rankings->tau);
    report_json_figure(json, "kendall_w", &rankings->concordance);
    json_close(json, '}');
}

void report_json_pooled(struct json *json, const struct report *report, const struct track_watch *watch) {
    json_key(json, "pooled");
    json_open(json, '[');
    for (size_t i = 0; i < watch->pooled_count; i++) {
        const struct pooled_watch *pool = &watch->pooled[i];
        json_open(json, '{');
        json_key(json, "category");
        json_text(json, pool->category < 0 ? "all" : report->history.categories[pool->category]);
        json_key(json, "state");
        json_text(json, drift_state_name(pool->state));
        json_key(json, "statistic");
        json_integer(json, pool->statistic);
        json_count(json, "gold_outcomes", pool->n);
        json_count(json, "alarms", pool->alarms);
        json_number_or_null(json, "false_alarms_expected", pool->false_alarms);
        json_key(json, "last_alarm");
        json_text(json, pool->last_alarm ? timestamp_utc(pool->last_alarm).text : NULL);
        json_key(json, "days");
        json_open(json, '[');
        for (size_t d = 0; d < pool->column_count; d++) {
            json_open(json, '{');
            json_key(json, "day");
            json_text(json, timestamp_day(pool->columns[d].day).text);
            json_key(json, "most");
            json_integer(json, pool->columns[d].most);
            json_key(json, "alarm");
            json_boolean(json, pool->columns[d].alarm);
            json_close(json, '}');
        }
        json_close(json, ']');
        json_close(json, '}');
    }
    json_close(json, ']');
}
