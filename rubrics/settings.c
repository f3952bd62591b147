/* A small YAML writer for the one shape that it writes; see settings.h. */
#include "rubrics/settings.h"

#include "core/base/json.h"

#include "core/base/banned.h"

/*
 * A word that no YAML reader takes for anything else stands bare; all other text in double quotes (JSON's are
 * YAML's, too).
 */
static bool is_bare(const char *text) {
    static const char *const special[] = {"true", "false", "null", "yes", "no", "on", "off", "y", "n"};
    size_t length = strspn(text, "abcdefghijklmnopqrstuvwxyz-_");
    for (size_t i = 0; i < sizeof special / sizeof *special; i++)
        if (strcmp(text, special[i]) == 0)
            return false;
    return length > 0 && text[length] == '\0' && text[0] != '-' && text[0] != '_';
}

static void add_text(struct buffer *out, const char *text) {
    if (is_bare(text))
        buffer_add_string(out, text);
    else
        json_quote(out, slice_of(text));
}

static void add_number(struct buffer *out, const char *before, double value) {
    struct json json;
    buffer_add_string(out, before);
    json_start(&json, out);
    json_number(&json, value);
}

static void write_gold(struct buffer *out, const struct track_settings *track) {
    if (track->gold_low == track->gold_high) {
        add_number(out, "    gold: {rate: ", track->gold_low);
    } else {
        add_number(out, "    gold: {low: ", track->gold_low);
        add_number(out, ", high: ", track->gold_high);
    }
    add_number(out, "}\n    retest: {rate: ", track->retest_rate);
    buffer_add_format(out, ", after: {items: %d, days: %d}}\n", track->retest_items, track->retest_days);
}

static void write_qualification(struct buffer *out, const struct track_settings *track) {
    if (!track->qualification_items)
        return;
    buffer_add_format(out, "    qualification: {items: %d, pass: %d, attempts: %d, training: %d",
                      track->qualification_items, track->qualification_pass, track->qualification_attempts,
                      track->qualification_training);
    if (track->session_share > 0) {
        add_number(out, ", calibration: {share: ", track->session_share);
        buffer_add_format(out, ", min_n: %d}", track->session_least);
    }
    buffer_add_string(out, "}\n");
}

static void write_track(struct buffer *out, const struct track_settings *track, bool for_annotator) {
    buffer_add_string(out, "  ");
    add_text(out, track->name);
    buffer_add_string(out, ":\n");
    if (track->rubric_file) {
        buffer_add_string(out, "    rubric: ");
        add_text(out, track->rubric_file);
        buffer_add_char(out, '\n');
    }
    buffer_add_format(out, "    batch: %d\n    lease: %d day%s\n    overlap: ", track->batch, track->lease_days,
                      track->lease_days == 1 ? "" : "s");
    if (track->shared > 0) {
        buffer_add_format(out, "{each: %d", track->overlap);
        add_number(out, ", shared: ", track->shared);
        buffer_add_char(out, '}');
    } else {
        buffer_add_format(out, "%d", track->overlap);
    }
    buffer_add_format(out, "\n    order: %s\n", item_order_name(track->order));
    if (!for_annotator)
        write_gold(out, track);
    write_qualification(out, track);
    add_number(out, "    drift: {in_control: ", track->in_control);
    add_number(out, ", out_of_control: ", track->out_of_control);
    buffer_add_format(out, ", false_alarm_every: %d", track->false_alarm_every);
    if (!for_annotator)
        buffer_add_format(out, ", below_bar: %s", below_bar_name(track->below_bar));
    buffer_add_format(out, "}\n    aim: %d\n", track->aim);
    buffer_add_format(out, "    feedback: %s\n", feedback_name(track->feedback));
    if (track->content_note) {
        buffer_add_string(out, "    content_note: ");
        add_text(out, track->content_note);
        buffer_add_char(out, '\n');
    }
}

static void write_limit(struct buffer *out, const char *key, double limit) {
    if (limit >= 0) {
        buffer_add_string(out, key);
        add_number(out, "", limit);
    }
}

static void write_rule(struct buffer *out, const struct quality_rule *rule) {
    buffer_add_string(out, "  - {track: ");
    add_text(out, rule->track);
    buffer_add_string(out, ", category: ");
    add_text(out, rule->category);
    write_limit(out, ", min_gold_accuracy: ", rule->min_gold_accuracy);
    buffer_add_format(out, ", basis: %s", rule->basis == BASIS_LOWER ? "lower" : "estimate");
    write_limit(out, ", min_n: ", rule->min_n);
    write_limit(out, ", min_alpha: ", rule->min_alpha);
    write_limit(out, ", min_judgments: ", rule->min_judgments);
    if (rule->allow_too_little)
        buffer_add_string(out, ", allow_too_little: true");
    buffer_add_string(out, "}\n");
}

void campaign_write(struct buffer *out, const struct campaign *campaign, bool for_annotator) {
    const struct export_policy *policy = &campaign->export_policy;
    buffer_add_string(out, "campaign: ");
    add_text(out, campaign->name);
    if (!for_annotator)
        buffer_add_format(out, "\nseed: %lld", (long long)campaign->seed);
    buffer_add_string(out, "\ntracks:\n");
    for (int i = 0; i < campaign->track_count; i++)
        write_track(out, &campaign->tracks[i], for_annotator);
    if (campaign->rule_count)
        buffer_add_string(out, "quality:\n");
    for (int i = 0; i < campaign->rule_count; i++)
        write_rule(out, &campaign->rules[i]);
    buffer_add_format(out, "export: {min_judgments: %d", policy->min_judgments);
    add_number(out, ", min_agreement: ", policy->min_agreement);
    buffer_add_format(out, ", ties: %s, held: %s, pairs: %s}\nidle_seconds: %d\npane: [",
                      policy->ties == TIES_KEEP ? "keep" : "drop", policy->held == HELD_KEEP ? "keep" : "drop",
                      export_pairs_name(policy->pairs), campaign->idle_seconds);
    for (int i = 0; i < campaign->pane_count; i++)
        buffer_add_format(out, "%s%s", i ? ", " : "", pane_part_name(campaign->pane[i]));
    buffer_add_string(out, "]\n");
}
