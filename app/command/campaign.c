/* `assay campaign`: the settings in force, what they imply, and their replacement. */
#include <math.h>

#include "app/command.h"
#include "app/founding.h"
#include "core/base/json.h"
#include "core/base/timestamp.h"
#include "core/quality/drift.h"
#include "rubrics/settings.h"
#include "store/settings.h"

#include "core/base/banned.h"

/* What a track's settings mean in practice, in sentences. */
static void print_implied(FILE *out, const struct track_settings *track) {
    struct drift_design design;
    fprintf(out, "# %s: batches of %d, %d judgment%s an item", track->name, track->batch, track->overlap,
            track->overlap == 1 ? "" : "s");
    if (track->shared > 0)
        fprintf(out, "; %.3g %% of the items are for everybody", 100 * track->shared);
    fputc('\n', out);
    if (!drift_design_init(&design, track->in_control, track->out_of_control, track->false_alarm_every))
        return;
    fprintf(out,
            "#   detector +%d/-%d, limit %d: a false alarm every %.0f gold outcomes at %.0f %%, a fall to %.0f %% "
            "noticed after %.0f\n",
            design.up, design.down, design.limit, design.run_length, 100 * track->in_control,
            100 * track->out_of_control, design.delay);
    double rate = (track->gold_low + track->gold_high) / 2;
    double judgments = drift_delay_in_judgments(&design, rate);
    if (isfinite(judgments))
        fprintf(out, "#   at %.0f %% gold that is about %.0f judgments\n", 100 * rate, judgments);
    else
        fprintf(out, "#   without gold nothing is noticed\n");
}

static void print_warnings(FILE *out, const struct campaign *campaign) {
    for (int i = 0; i < campaign->rule_count; i++) {
        const struct quality_rule *rule = &campaign->rules[i];
        for (int t = 0; t < campaign->track_count; t++) {
            const struct track_settings *track = &campaign->tracks[t];
            bool meant = slice_is(slice_of(rule->track), "*") || slice_is(slice_of(rule->track), track->name);
            if (meant && rule->min_gold_accuracy >= 0 && fabs(rule->min_gold_accuracy - track->in_control) > 0.001)
                fprintf(out,
                        "# note: the specification asks for %.2f on gold, the detector of %s for %.2f; somebody "
                        "between the two "
                        "passes one and not the other\n",
                        rule->min_gold_accuracy, track->name, track->in_control);
        }
    }
}

static void print_json(struct invocation *invocation, const struct settings_version *settings) {
    struct buffer text = BUFFER_INIT;
    struct json json;
    json_start(&json, &text);
    json_open(&json, '{');
    json_key(&json, "campaign");
    json_text(&json, invocation->campaign.name);
    json_key(&json, "version");
    json_integer(&json, settings->id);
    json_key(&json, "tracks");
    json_open(&json, '[');
    for (int i = 0; i < invocation->campaign.track_count; i++)
        json_text(&json, invocation->campaign.tracks[i].name);
    json_close(&json, ']');
    json_key(&json, "yaml");
    if (viewer_sees_all(&invocation->viewer)) {
        json_string(&json, settings->yaml);
    } else {
        struct buffer yaml = BUFFER_INIT;
        campaign_write(&yaml, &invocation->campaign, true);
        json_string(&json, buffer_slice(&yaml));
        buffer_release(&yaml);
    }
    json_close(&json, '}');
    fprintf(invocation->out, "%s\n", text.data);
    buffer_release(&text);
}

static int print_settings(struct invocation *invocation, struct error *error) {
    struct pool pool = POOL_INIT;
    struct settings_version settings;
    int status = settings_newest(invocation->store, &pool, &settings, error);
    if (!status && invocation->json) {
        print_json(invocation, &settings);
    } else if (!status && viewer_sees_all(&invocation->viewer)) {
        fprintf(invocation->out, "# version %lld, %s%s", (long long)settings.id, timestamp_utc(settings.at).text,
                settings.person.length ? ", by " : "");
        print_text(invocation->out, settings.person, false);
        fputc('\n', invocation->out);
        print_text(invocation->out, settings.yaml, true);
        for (int i = 0; i < invocation->campaign.track_count; i++)
            print_implied(invocation->out, &invocation->campaign.tracks[i]);
        print_warnings(invocation->out, &invocation->campaign);
    } else if (!status) {
        struct buffer yaml = BUFFER_INIT;
        campaign_write(&yaml, &invocation->campaign, true);
        print_text(invocation->out, buffer_slice(&yaml), true);
        buffer_release(&yaml);
    }
    pool_release(&pool);
    return status;
}

/* Every version, oldest first; the last one is in force. */
static int print_history(struct invocation *invocation, struct error *error) {
    struct pool pool = POOL_INIT;
    struct settings_version *versions;
    size_t count;
    int status = settings_history(invocation->store, &pool, &versions, &count, error);
    for (size_t i = 0; i < count && !status; i++) {
        fprintf(invocation->out, "version %-4lld %s  %.12s  ", (long long)versions[i].id,
                timestamp_utc(versions[i].at).text, versions[i].hash.data);
        print_text(invocation->out, versions[i].person, false);
        fputc('\n', invocation->out);
    }
    pool_release(&pool);
    return status;
}

static int replace_settings(struct invocation *invocation, const char *path, struct error *error) {
    struct founding founding;
    int status = founding_read(&founding, path, error);
    if (status)
        return status;
    status = founding_store(&founding, invocation->store, &invocation->viewer, invocation->settings_id, error);
    if (!status) {
        say("settings replaced; the earlier version is kept");
        for (int i = 0; i < founding.campaign.track_count; i++)
            print_implied(invocation->out, &founding.campaign.tracks[i]);
        print_warnings(invocation->out, &founding.campaign);
    }
    founding_release(&founding);
    return status;
}

static int run(struct invocation *invocation, struct error *error) {
    const char *path = option_value(invocation, "set");
    bool history = option_given(invocation, "history");
    int status = arguments_between(invocation, 1, 1, error);
    if (!status)
        status = open_store(invocation, path ? STORE_PLAIN : STORE_READ_ONLY,
                            path || history ? ACCESS_LEAD : ACCESS_OWN, error);
    if (status)
        return status;
    return path      ? replace_settings(invocation, path, error)
           : history ? print_history(invocation, error)
                     : print_settings(invocation, error);
}

static const struct option options[] = {
    {"history", OPTION_FLAG, NULL, "every version, oldest first", 0},
    {"set", OPTION_VALUE, "FILE", "replace the settings (a new version; the old one is kept)", 0},
    {0},
};

const struct command command_campaign = {
    .name = "campaign",
    .usage = "STORE [--set FILE.yaml | --history]",
    .summary = "the settings in force and what they imply; replace them",
    .manual = "An annotator sees the settings without seed, gold and retest.",
    .access = ACCESS_OWN,
    .needs_store = true,
    .options = options,
    .run = run,
};
