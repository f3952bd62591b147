/* `assay export`: training data out. */
#include "app/command.h"
#include "app/exchange/export.h"
#include "app/files.h"
#include "core/base/json.h"
#include "rubrics/campaign.h"

#include "core/base/banned.h"

static int read_policy(struct invocation *invocation, struct export_policy *policy, struct error *error) {
    const char *path = option_value(invocation, "policy"), *ties = option_value(invocation, "ties"),
               *held = option_value(invocation, "held"), *pairs = option_value(invocation, "pairs");
    int64_t least;
    int status = STATUS_OK;
    *policy = invocation->campaign.export_policy;
    if (path) {
        struct buffer text = BUFFER_INIT;
        status = file_read(path, &text, error);
        if (!status)
            status = policy_read(buffer_slice(&text), path, policy, error);
        buffer_release(&text);
    }
    if (!status)
        status = option_integer(invocation, "min-judgments", 1, 1000, policy->min_judgments, &least, error);
    if (!status)
        policy->min_judgments = (int)least;
    if (!status)
        status = option_number(invocation, "min-agreement", 0, 1, policy->min_agreement, &policy->min_agreement, error);
    if (ties)
        policy->ties = slice_is(slice_of(ties), "keep") ? TIES_KEEP : TIES_DROP;
    if (held)
        policy->held = slice_is(slice_of(held), "keep") ? HELD_KEEP : HELD_DROP;
    for (int i = 0; pairs && i < EXPORT_PAIRS; i++)
        if (slice_is(slice_of(pairs), export_pairs_name((enum export_pairs)i)))
            policy->pairs = (enum export_pairs)i;
    return status;
}

static const char *plural(uint64_t count) {
    return count == 1 ? "" : "s";
}

static void report_rankings(const struct export_report *report, enum export_pairs rule) {
    uint64_t asked = 0;
    if (!report->rankings)
        return;
    for (int i = 0; i < POLICY_REASONS; i++)
        asked += report->pairs[i];
    for (int i = 0; i < EXPORT_OMISSIONS; i++)
        asked += report->pairs_omitted[i];
    say("  rankings: %llu of %llu pairs from %llu item%s (pairs: %s)",
        (unsigned long long)report->pairs[POLICY_EXPORTED], (unsigned long long)asked,
        (unsigned long long)report->rankings, plural(report->rankings), export_pairs_name(rule));
    for (int i = 0; i < POLICY_REASONS; i++)
        if (i != POLICY_EXPORTED && report->pairs[i])
            say("  %6llu pair%s left out: %s", (unsigned long long)report->pairs[i], plural(report->pairs[i]),
                policy_reason_words((enum policy_reason)i));
    for (int i = 0; i < EXPORT_OMISSIONS; i++)
        if (report->pairs_omitted[i])
            say("  %6llu pair%s left out: %s", (unsigned long long)report->pairs_omitted[i],
                plural(report->pairs_omitted[i]), export_omission_words((enum export_omission)i));
}

static void report_counts(const struct export_request *request, const struct export_report *report) {
    say("%s: %llu row%s from %llu item%s", slice_is(slice_of(request->path), "-") ? "standard output" : request->path,
        (unsigned long long)report->rows, plural(report->rows), (unsigned long long)report->items,
        plural(report->items));
    for (int i = 0; i < POLICY_REASONS; i++)
        if (i != POLICY_EXPORTED && report->reasons[i])
            say("  %6llu left out: %s", (unsigned long long)report->reasons[i],
                policy_reason_words((enum policy_reason)i));
    for (int i = 0; i < EXPORT_OMISSIONS; i++)
        if (report->omitted[i])
            say("  %6llu left out: %s", (unsigned long long)report->omitted[i],
                export_omission_words((enum export_omission)i));
    report_rankings(report, request->policy.pairs);
    if (report->mix.older) {
        struct buffer words = BUFFER_INIT;
        version_mix_say(&report->mix, &words);
        say("  of the judgments that count, %s (the manifest says which)", words.data);
        buffer_release(&words);
    }
    if (report->waiting)
        say("  %lld judgment%s in batches that are not handed in yet (%s)", (long long)report->waiting,
            report->waiting == 1 ? " waits" : "s wait",
            request->open ? "--open: taken as they are" : "--open takes them too");
}

/* The counts; beside the data where that goes to standard output. */
static void print_json(const struct invocation *invocation, const struct export_request *request,
                       const struct export_report *report) {
    struct buffer text = BUFFER_INIT;
    struct json json;
    json_start(&json, &text);
    json_open(&json, '{');
    json_key(&json, "file");
    json_text(&json, request->path);
    json_key(&json, "track");
    json_text(&json, request->track);
    export_write_counts(&json, report);
    json_close(&json, '}');
    fprintf(slice_is(slice_of(request->path), "-") ? stderr : invocation->out, "%s\n", text.data);
    buffer_release(&text);
}

/* The one format of this version; another name is a wish that would not be met. */
static int check_format(const struct invocation *invocation, struct error *error) {
    const char *format = option_value(invocation, "format");
    if (!format || slice_is(slice_of(format), "trl-dpo"))
        return STATUS_OK;
    return error_set(error, STATUS_USAGE, "export: --format '%s' is not known; this version writes trl-dpo", format);
}

static int run(struct invocation *invocation, struct error *error) {
    const char *path = option_value(invocation, "output");
    struct export_request request = {
        .plain = option_given(invocation, "plain"),
        .open = option_given(invocation, "open"),
        .labels = option_given(invocation, "labels"),
        .path = path,
        .manifest = option_value(invocation, "manifest"),
        .aggregate = label_method_find(option_value(invocation, "aggregate")),
        .explain = option_given(invocation, "explain") ? stderr : NULL,
    };
    struct export_report report;
    int status = arguments_between(invocation, 1, 1, error);
    if (!status && !path)
        status = error_set(error, STATUS_USAGE, "export: -o says where the data goes (- is standard output)");
    if (!status)
        status = check_format(invocation, error);
    if (!status)
        status = open_store(invocation, STORE_READ_ONLY, ACCESS_LEAD, error);
    if (!status)
        status = chosen_track(invocation, &request.track, error);
    if (!status)
        status = read_policy(invocation, &request.policy, error);
    if (!status)
        status =
            exchange_export(invocation->store, &invocation->viewer, &invocation->campaign, &request, &report, error);
    if (!status && invocation->json)
        print_json(invocation, &request, &report);
    else if (!status)
        report_counts(&request, &report);
    return status;
}

static const struct option options[] = {
    {"output", OPTION_VALUE, "FILE", "where the data goes; - is standard output", 'o'},
    {"format", OPTION_VALUE, "trl-dpo", "TRL preference rows (the one format of this version)", 0},
    {"plain", OPTION_FLAG, NULL, "strings instead of messages; single-turn items only", 0},
    {"track", OPTION_VALUE, "T", "which track", 0},
    {"policy", OPTION_VALUE, "FILE", "the written policy (default: export in the campaign)", 0},
    {"min-judgments", OPTION_VALUE, "N", "at least so many judgments an item", 0},
    {"min-agreement", OPTION_VALUE, "X", "at least this share of them agree, 0 to 1", 0},
    {"ties", OPTION_VALUE, "drop|keep", "keep: two rows, one in each order", 0},
    {"held", OPTION_VALUE, "drop|keep", "judgments on hold", 0},
    {"pairs", OPTION_VALUE, "all|adjacent|best", "of a ranking: every two, neighbours, the best against each other one",
     0},
    {"open", OPTION_FLAG, NULL, "judgments of batches not handed in too", 0},
    {"labels", OPTION_FLAG, NULL, "labels that came in files count as judgments", 0},
    {"aggregate", OPTION_VALUE, "dawid-skene|one-coin|majority", "for the posterior in the .meta.jsonl", 0},
    {"explain", OPTION_FLAG, NULL, "say of each pair why it is in or out (standard error)", 0},
    {"manifest", OPTION_VALUE, "FILE", "counts, policy and hashes as JSON; a .meta.jsonl beside the data", 0},
    {0},
};

const struct command command_export = {
    .name = "export",
    .usage = "STORE -o FILE [--track T] [--plain] [--policy FILE | policy options] [--explain] [--manifest FILE]",
    .summary = "training data out: chosen/rejected JSONL that loads the first time",
    .manual = "Majority over final judgments of people. Gold, retests, ties, 'none', equal and empty texts and held "
              "judgments are left out\n"
              "and counted. A ranking gives the pairs of the rule (--pairs), each decided by a majority of its own.\n"
              "The same store and options give the same bytes. The file is written beside and renamed.",
    .access = ACCESS_LEAD,
    .needs_store = true,
    .options = options,
    .run = run,
};
