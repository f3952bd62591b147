/* What the lead is told of one person beyond the main figures, as JSON. */
#include <math.h>
#include <stdio.h>

#include "app/report/json_parts.h"

#include "core/base/banned.h"

/* "a", "b" … by the stored order of responses, then tie, then none. */
static void write_levels(struct json *json, size_t levels) {
    json_key(json, "levels");
    json_open(json, '[');
    for (size_t i = 0; i < levels; i++) {
        char letter[2] = {(char)('a' + i), '\0'};
        json_text(json, i + 2 < levels ? letter : i + 2 == levels ? "tie" : "none");
    }
    json_close(json, ']');
}

static void write_counts(struct json *json, const char *key, const size_t *counts, size_t n) {
    if (key)
        json_key(json, key);
    json_open(json, '[');
    for (size_t i = 0; i < n; i++)
        json_integer(json, (int64_t)counts[i]);
    json_close(json, ']');
}

static void write_confusion(struct json *json, const struct gold_details *details) {
    json_member(json, "confusion"); /* rows: reference; columns: choice */
    write_levels(json, details->levels);
    json_key(json, "counts");
    json_open(json, '[');
    for (size_t row = 0; row < details->levels; row++)
        write_counts(json, NULL, &details->confusion[row * details->levels], details->levels);
    json_close(json, ']');
    write_counts(json, "references", details->references, details->levels);
    write_counts(json, "choices", details->choices, details->levels);
    json_close(json, '}');
}

void report_json_gold_details(struct json *json, const struct report *report, const struct gold_details *details) {
    static const char *const difficulties[GOLD_DIFFICULTIES] = {"unknown", "easy", "medium", "hard"};
    report_json_figure(json, "side", &details->side);
    report_json_figure(json, "side_without_ties", &details->untied_side);
    json_number_or_null(json, "mean_accepted", details->accepted);
    json_member(json, "by_difficulty");
    for (int d = 0; d < GOLD_DIFFICULTIES; d++)
        if (details->by_difficulty[d].n > 0)
            report_json_figure(json, difficulties[d], &details->by_difficulty[d]);
    json_close(json, '}');
    write_confusion(json, details);
    json_key(json, "leaning"); /* errors that chose the longer or the shorter text */
    json_open(json, '[');
    for (size_t i = 0; i < details->leaning_count; i++) {
        const struct gold_leaning *lean = &details->leaning[i];
        json_open(json, '{');
        json_key(json, "category");
        json_text(json, report->history.categories[lean->category]);
        json_count(json, "longer", lean->longer);
        json_count(json, "shorter", lean->shorter);
        json_number_or_null(json, "p_holm", lean->p);
        json_key(json, "systematic");
        json_boolean(json, lean->systematic);
        json_close(json, '}');
    }
    json_close(json, ']');
}

void report_json_customs(struct json *json, const struct customs *customs) {
    json_member(json, "strengths");
    for (int strength = 0; strength <= LIMIT_STRENGTHS; strength++) {
        char key[16];
        snprintf(key, sizeof key, "%d", strength);
        json_count(json, strength ? key : "not stated", customs->strengths[strength]);
    }
    json_close(json, '}');
    report_json_figure(json, "contradiction", &customs->contradiction);
    report_json_figure(json, "criteria_same", &customs->even);
    report_json_figure(json, "repeated_rationales", &customs->repeated);
    json_member(json, "set_aside");
    report_json_figure(json, "gold", &customs->skips.gold);
    report_json_figure(json, "other", &customs->skips.other);
    json_number_or_null(json, "p", customs->skips.p);
    json_key(json, "flagged");
    json_boolean(json, customs->skips.flagged);
    json_close(json, '}');
}

void report_json_peers(struct json *json, const struct peer_watch *peers) {
    json_key(json, "with_peers"); /* nothing is held on it */
    if (!peers->used) {
        json_null(json);
        return;
    }
    json_open(json, '{');
    json_number_or_null(json, "peer_accuracy", peers->peer_accuracy);
    json_key(json, "up");
    json_integer(json, peers->weights.up);
    json_key(json, "down");
    json_integer(json, peers->weights.down);
    json_key(json, "gold_up"); /* the units are finer than those of the detector on gold alone */
    json_integer(json, peers->design.up);
    json_key(json, "gold_down");
    json_integer(json, peers->design.down);
    json_key(json, "limit");
    json_integer(json, peers->design.limit);
    json_key(json, "run_length_in_control"); /* in golds */
    json_number(json, peers->design.run_length);
    json_key(json, "delay");
    json_number(json, peers->design.delay);
    json_count(json, "agree", peers->agree);
    json_count(json, "differ", peers->differ);
    json_key(json, "state");
    json_text(json, drift_state_name(peers->state));
    json_key(json, "statistic");
    json_integer(json, peers->statistic);
    json_number_or_null(json, "share_from_peers",
                        peers->statistic ? (double)peers->from_peers / peers->statistic : (double)NAN);
    json_count(json, "alarms", peers->alarms);
    json_count(json, "alarms_on_peers_alone", peers->alarms_alone);
    json_close(json, '}');
}
