/* `assay campaign`: the settings in force, what they imply, and their replacement. */
#include <math.h>

#include "app/command.h"
#include "app/founding.h"
#include "core/base/json.h"
#include "core/base/timestamp.h"
#include "core/quality/drift.h"
#include "core/quality/planning.h"
#include "rubrics/settings.h"
#include "store/settings.h"
#include "store/standing.h"

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
    static const char *const actions[] = {
        [BELOW_WATCH] = "the judgments since then are held for a lead; nothing else happens",
        [BELOW_RAISE] = "the judgments since then are held for a lead, and more gold is dealt for a while",
        [BELOW_PAUSE] =
            "the judgments since then are held for a lead, and the work rests until they have qualified again"};
    fprintf(out, "#   below the bar: %s\n", actions[track->below_bar]);
    double rate = (track->gold_low + track->gold_high) / 2;
    double judgments = drift_delay_in_judgments(&design, rate);
    if (isfinite(judgments))
        fprintf(out, "#   at %.0f %% gold that is about %.0f judgments\n", 100 * rate, judgments);
    else
        fprintf(out, "#   without gold nothing is noticed\n");
}

struct odds {
    double once, within; /* chance to pass at the first attempt, and within all of them */
};

static struct odds find_odds(const struct track_settings *track, double accuracy) {
    double once =
        planning_chance_to_pass(accuracy, (size_t)track->qualification_items, (size_t)track->qualification_pass);
    return (struct odds){once, 1 - pow(1 - once, track->qualification_attempts)};
}

static void print_odds(FILE *out, const struct track_settings *track, double accuracy) {
    struct odds odds = find_odds(track, accuracy);
    fprintf(out, "#   somebody at %.0f %% passes with a chance of %.1f %%", 100 * accuracy, 100 * odds.once);
    if (track->qualification_attempts > 1)
        fprintf(out, ", within %d attempts %.1f %%", track->qualification_attempts, 100 * odds.within);
    fputc('\n', out);
}

/* Pools too small for what the settings promise, and people who wait for them. */
static int print_pools(struct invocation *invocation, const struct track_settings *track, struct error *error) {
    struct apart_pools pools;
    FILE *out = invocation->out;
    int status = standing_pools(invocation->store, track->name, &pools, error);
    if (status)
        return status;
    long long wanted = (long long)track->qualification_items * track->qualification_attempts;
    if (pools.qualification < wanted)
        fprintf(out,
                "# note: %s has %lld qualification item%s; %d attempt%s of %d take%s %lld, and nobody gets one twice\n",
                track->name, (long long)pools.qualification, pools.qualification == 1 ? "" : "s",
                track->qualification_attempts, track->qualification_attempts == 1 ? "" : "s",
                track->qualification_items, track->qualification_attempts == 1 ? "s" : "", wanted);
    if (track->qualification_training > 0 && pools.training == 0)
        fprintf(out, "# note: %s has no training items; nobody is trained before an attempt\n", track->name);
    return STATUS_OK;
}

static int print_not_qualified(struct invocation *invocation, const struct campaign *campaign, struct error *error) {
    struct pool pool = POOL_INIT;
    struct standing_line *lines;
    size_t count = 0;
    int status = standing_list(invocation->store, &invocation->viewer, campaign, &pool, &lines, &count, error);
    for (int t = 0; !status && t < campaign->track_count; t++) {
        const char *track = campaign->tracks[t].name;
        size_t all = 0, not_yet = 0;
        for (size_t i = 0; i < count; i++) {
            bool here = lines[i].track == track;
            all += here;
            not_yet += here && lines[i].now.standing.next != STANDING_WORK;
        }
        if (not_yet)
            fprintf(invocation->out,
                    "# note: on %s %zu of %zu annotators are still to qualify, before their next batch; "
                    "'assay people' lists them\n",
                    track, not_yet, all);
    }
    pool_release(&pool);
    return status;
}

/* What the qualifications of the settings mean: odds, pools, people. */
static int print_qualifications(struct invocation *invocation, const struct campaign *campaign, struct error *error) {
    int status = STATUS_OK;
    for (int i = 0; !status && i < campaign->track_count; i++) {
        const struct track_settings *track = &campaign->tracks[i];
        if (!track->qualification_items)
            continue;
        fprintf(invocation->out, "# %s: qualification, %d of %d right, %d attempt%s\n", track->name,
                track->qualification_pass, track->qualification_items, track->qualification_attempts,
                track->qualification_attempts == 1 ? "" : "s");
        if (track->session_share > 0)
            fprintf(invocation->out, "#   or %g %% of a calibration session's references, %d at least\n",
                    100 * track->session_share, track->session_least);
        print_odds(invocation->out, track, track->in_control);
        print_odds(invocation->out, track, track->out_of_control);
        status = print_pools(invocation, track, error);
    }
    return status ? status : print_not_qualified(invocation, campaign, error);
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

/* "qualification": {track: {"at": {"0.85": …}}}; the odds follow from settings that everybody may see. */
static void write_odds(struct json *json, const struct campaign *campaign) {
    json_key(json, "qualification");
    json_open(json, '{');
    for (int i = 0; i < campaign->track_count; i++) {
        const struct track_settings *track = &campaign->tracks[i];
        const double accuracies[] = {track->in_control, track->out_of_control};
        static const char *const names[] = {"in_control", "out_of_control"};
        if (!track->qualification_items)
            continue;
        json_key(json, track->name);
        json_open(json, '{');
        for (int k = 0; k < 2; k++) {
            struct odds odds = find_odds(track, accuracies[k]);
            json_key(json, names[k]);
            json_open(json, '{');
            json_key(json, "accuracy");
            json_number(json, accuracies[k]);
            json_key(json, "passes");
            json_number(json, odds.once);
            json_key(json, "passes_within_attempts");
            json_number(json, odds.within);
            json_close(json, '}');
        }
        json_close(json, '}');
    }
    json_close(json, '}');
}

static void write_number(struct json *json, const char *key, double value) {
    json_key(json, key);
    json_number(json, value);
}

/* "implied": {track: {"up": …}}, with the names that a report has for them. */
static void write_implied(struct json *json, const struct campaign *campaign) {
    json_key(json, "implied");
    json_open(json, '{');
    for (int i = 0; i < campaign->track_count; i++) {
        const struct track_settings *track = &campaign->tracks[i];
        double rate = (track->gold_low + track->gold_high) / 2;
        struct drift_design design;
        if (!drift_design_init(&design, track->in_control, track->out_of_control, track->false_alarm_every))
            continue;
        json_key(json, track->name);
        json_open(json, '{');
        write_number(json, "up", design.up);
        write_number(json, "down", design.down);
        write_number(json, "limit", design.limit);
        write_number(json, "run_length_in_control", design.run_length);
        write_number(json, "delay", design.delay);
        write_number(json, "gold_rate", rate);
        write_number(json, "delay_in_judgments", drift_delay_in_judgments(&design, rate)); /* null without gold */
        json_close(json, '}');
    }
    json_close(json, '}');
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
    write_odds(&json, &invocation->campaign);
    if (viewer_sees_all(&invocation->viewer))
        write_implied(&json, &invocation->campaign);
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
        status = print_qualifications(invocation, &invocation->campaign, error);
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

static void write_version(struct json *json, const struct settings_version *version) {
    json_open(json, '{');
    json_key(json, "version");
    json_integer(json, version->id);
    json_key(json, "at");
    json_text(json, timestamp_utc(version->at).text);
    json_key(json, "hash");
    json_string(json, version->hash);
    json_key(json, "by");
    json_string(json, version->person.data ? version->person : slice_of(""));
    json_key(json, "yaml");
    json_string(json, version->yaml);
    json_close(json, '}');
}

/* Every version, oldest first; the last one is in force. */
static int print_history(struct invocation *invocation, struct error *error) {
    struct pool pool = POOL_INIT;
    struct settings_version *versions;
    size_t count;
    struct buffer text = BUFFER_INIT;
    struct json json;
    int status = settings_history(invocation->store, &pool, &versions, &count, error);
    json_start(&json, &text);
    json_open(&json, '[');
    for (size_t i = 0; i < count && !status; i++) {
        if (invocation->json) {
            write_version(&json, &versions[i]);
            continue;
        }
        fprintf(invocation->out, "version %-4lld %s  %.12s  ", (long long)versions[i].id,
                timestamp_utc(versions[i].at).text, versions[i].hash.data);
        print_text(invocation->out, versions[i].person, false);
        fputc('\n', invocation->out);
    }
    json_close(&json, ']');
    if (!status && invocation->json)
        fprintf(invocation->out, "%s\n", text.data);
    buffer_release(&text);
    pool_release(&pool);
    return status;
}

static int replace_settings(struct invocation *invocation, const char *path, struct error *error) {
    struct founding founding;
    int status = founding_read(&founding, path, error);
    if (status)
        return status;
    status = founding_store(&founding, invocation->store, &invocation->viewer, invocation->settings_id, error);
    if (status == STATUS_INPUT)
        error_prefix(error, "%s: ", path);
    if (!status) {
        say("settings replaced; the earlier version is kept");
        for (int i = 0; i < founding.campaign.track_count; i++)
            print_implied(invocation->out, &founding.campaign.tracks[i]);
        status = print_qualifications(invocation, &founding.campaign, error);
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
