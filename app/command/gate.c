/* `assay gate`: the figures against the quality specification; exit 1 if they do not hold. */
#include <stdio.h>

#include "app/command.h"
#include "app/files.h"
#include "app/gather.h"
#include "app/report/text_parts.h"
#include "core/base/array.h"
#include "core/base/timestamp.h"
#include "core/report/gate.h"
#include "core/text/clip.h"
#include "core/text/grapheme.h"
#include "rubrics/campaign.h"
#include "store/load_categories.h"

#include "core/base/banned.h"

/* The rules of --spec, or those of the campaign. */
static int read_rules(struct invocation *invocation, struct pool *pool, struct gate_input *input, struct error *error) {
    const char *path = option_value(invocation, "spec");
    struct quality_rule *rules = invocation->campaign.rules;
    int count = invocation->campaign.rule_count, status = STATUS_OK;
    if (path) {
        struct buffer yaml = BUFFER_INIT;
        status = file_read(path, &yaml, error);
        if (!status)
            status =
                campaign_read_quality(buffer_slice(&yaml), path, &invocation->campaign, pool, &rules, &count, error);
        buffer_release(&yaml);
    }
    if (!status && count == 0)
        status = error_set(
            error, path ? STATUS_INPUT : STATUS_USAGE,
            "%s has no quality rules, so there is nothing to hold; 'quality:' in the settings or --spec gives some",
            path ? path : "the campaign");
    input->rules = rules;
    input->rule_count = count;
    return status;
}

/* --- As text, 80 columns: result, where, what, value with interval, n, what was wanted --- */

enum { WHERE = 17, TRACK_LEAST = 4, CELL = 22 };

static void write_line(struct buffer *out, const struct gate_line *line, bool one_track) {
    static const char *const results[] = {"pass", "FAIL", "too little"};
    static const char *const measures[] = {"gold", "alpha", "fewest"};
    bool allowed = line->result == GATE_TOO_LITTLE && line->rule->allow_too_little;
    const char *name = line->language ? line->language : line->category;
    struct buffer where = BUFFER_INIT, part = BUFFER_INIT;
    buffer_add_format(&part, "%s%s", line->language ? "language " : "", name[0] ? name : "(none)");
    if (!one_track) { /* the part says more: the track gives way */
        int room = WHERE - 1 - (int)text_columns(buffer_slice(&part));
        text_clip(&where, slice_of(line->track), room > TRACK_LEAST ? room : TRACK_LEAST);
        buffer_add_char(&where, '/');
    }
    buffer_add_slice(&where, buffer_slice(&part));
    buffer_add_format(out, "%-11s", allowed ? "(little)" : results[line->result]);
    print_name(out, where.data, WHERE);
    buffer_add_format(out, " %-6s", measures[line->measure]);
    if (line->figure.undefined) {
        size_t before = out->length;
        buffer_add_format(out, "    n/a: %s", line->figure.undefined);
        text_spaces(out, CELL + 6 - (int)(out->length - before));
    } else if (line->measure == GATE_JUDGMENTS) {
        buffer_add_format(out, "%7.0f  of every item%6zu", line->figure.value, line->figure.n);
    } else {
        struct buffer cell = BUFFER_INIT;
        text_cell(&cell, &line->figure, line->measure == GATE_GOLD_ACCURACY ? TEXT_SHARE : TEXT_COEFFICIENT);
        text_fit(out, buffer_slice(&cell), CELL, TEXT_LEFT);
        buffer_add_format(out, "%6zu", line->figure.n);
        buffer_release(&cell);
    }
    buffer_add_string(out, "  ");
    gate_say_wanted(line, "low", out);
    buffer_add_char(out, '\n');
    buffer_release(&where);
    buffer_release(&part);
}

/* Which tracks' figures are in part of judgments by another meaning of the rubric. */
static void write_versions(struct buffer *out, const struct report *report) {
    bool any = false;
    if (report->in_force)
        buffer_add_string(out, "only judgments under the rule in force were counted\n");
    for (size_t i = 0; i < report->track_count; i++) {
        const struct track_report *track = &report->tracks[i];
        if (track->mix.older == 0)
            continue;
        print_name(out, report->history.tracks[track->track], 0);
        buffer_add_string(out, ": ");
        version_mix_say(&track->mix, out);
        buffer_add_char(out, '\n');
        any = true;
    }
    if (any)
        buffer_add_string(out, "--in-force counts the others alone\n");
}

static void write_text(struct buffer *out, const struct gate *gate, const struct report *report) {
    bool one_track = report->track_count == 1;
    size_t failed = 0, little = 0;
    buffer_add_format(out, "%-35s%7s  %-15s%4s  wanted\n", "", "figure", "likely (95 %)", "n");
    for (size_t i = 0; i < gate->count; i++) {
        write_line(out, &gate->lines[i], one_track);
        failed += gate->lines[i].result == GATE_FAIL;
        little += gate->lines[i].result == GATE_TOO_LITTLE;
    }
    write_versions(out, report);
    buffer_add_format(out, "%s: %zu of %zu hold", gate->passed ? "passed" : "not passed", gate->count - failed - little,
                      gate->count);
    if (failed)
        buffer_add_format(out, ", %zu fail", failed);
    if (little)
        buffer_add_format(out, ", %zu with too little data", little);
    buffer_add_char(out, '\n');
}

/* --- As JSON --- */

static void write_json_line(struct json *json, const struct gate_line *line) {
    const struct quality_rule *rule = line->rule;
    json_open(json, '{');
    json_key(json, "track");
    json_text(json, line->track);
    json_key(json, "category");
    json_text(json, line->category[0] ? line->category : "(none)");
    if (line->language) {
        json_key(json, "language");
        json_text(json, line->language[0] ? line->language : "(none)");
    }
    json_key(json, "measure");
    json_text(json, gate_measure_name(line->measure));
    report_json_figure(json, "figure", &line->figure);
    json_key(json, "basis");
    json_text(json, rule->basis == BASIS_LOWER && line->measure != GATE_JUDGMENTS ? "lower" : "estimate");
    json_key(json, "n");
    json_integer(json, (int64_t)line->figure.n);
    json_key(json, "judgments"); /* that the figure is made of; of accuracy: gold outcomes */
    json_integer(json, (int64_t)line->mix.judgments);
    json_key(json, "older_rule");
    json_integer(json, (int64_t)line->mix.older);
    json_key(json, "min_n");
    json_integer(json, line->measure != GATE_JUDGMENTS && rule->min_n > 0 ? rule->min_n : 0);
    json_key(json, "wanted");
    json_number(json, line->wanted);
    json_key(json, "result");
    json_text(json, gate_result_name(line->result));
    json_key(json, "allow_too_little");
    json_boolean(json, rule->allow_too_little);
    json_key(json, "line");
    json_integer(json, rule->line);
    json_close(json, '}');
}

static void write_json(struct buffer *out, const struct gate *gate, const struct report *report) {
    struct json json;
    json_start(&json, out);
    json_open(&json, '{');
    json_key(&json, "campaign");
    json_text(&json, report->campaign->name);
    json_key(&json, "at");
    json_text(&json, timestamp_utc(report->at).text);
    json_key(&json, "in_force"); /* judgments under an older rule are left out */
    json_boolean(&json, report->in_force);
    json_key(&json, "passed");
    json_boolean(&json, gate->passed);
    json_key(&json, "rules");
    json_open(&json, '[');
    for (size_t i = 0; i < gate->count; i++)
        write_json_line(&json, &gate->lines[i]);
    json_close(&json, ']');
    json_close(&json, '}');
    buffer_add_char(out, '\n');
}

/* --- The command --- */

static int hold(struct invocation *invocation, struct gate_input *input, struct error *error) {
    struct gathered gathered;
    struct gate gate;
    struct buffer text = BUFFER_INIT;
    int status = gather(&gathered, invocation->store, &invocation->viewer, &invocation->campaign,
                        &(struct gathering){.in_force = option_given(invocation, "in-force")},
                        invocation->world->now(invocation->world), error);
    input->history = &gathered.report.history;
    if (!status)
        status = load_categories(invocation->store, gate_add_category, input, error);
    if (!status)
        status = load_languages(invocation->store, gate_add_language, input, error);
    if (!status) {
        input->tracks = gathered.report.tracks;
        input->track_count = gathered.report.track_count;
        gate_init(&gate, input);
        if (invocation->json)
            write_json(&text, &gate, &gathered.report);
        else
            write_text(&text, &gate, &gathered.report);
        fwrite(text.data, 1, text.length, invocation->out);
        if (!gate.passed)
            status = error_set(error, STATUS_NO, "the figures do not hold the quality specification");
        gate_release(&gate);
    }
    buffer_release(&text);
    gate_input_release(input);
    input->history = NULL; /* it was of `gathered` */
    gathered_release(&gathered);
    return status;
}

static int run(struct invocation *invocation, struct error *error) {
    struct pool pool = POOL_INIT;
    struct gate_input input = {0};
    int status = arguments_between(invocation, 1, 1, error);
    if (!status)
        status = open_store(invocation, STORE_READ_ONLY, ACCESS_LEAD, error);
    if (!status)
        status = read_rules(invocation, &pool, &input, error);
    if (!status)
        status = hold(invocation, &input, error);
    pool_release(&pool);
    return status;
}

static const struct option options[] = {
    {"spec", OPTION_VALUE, "FILE", "rules of this file instead of the campaign's", 0},
    {"in-force", OPTION_FLAG, NULL, "judgments under the rule in force alone", 0},
    {0},
};

const struct command command_gate = {
    .name = "gate",
    .usage = "STORE [--spec FILE.yaml] [--in-force]",
    .summary = "holds the figures against the quality specification",
    .manual =
        "One line for each rule, track and category or language: figure, interval, n, what was wanted (low: of the "
        "lower end of\n"
        "the interval; n: so many at least). \"*\" is each category on its own, \"all\" together; fewest is the "
        "smallest\n"
        "number of judgments that a judged item has. Too little data fails unless the rule says allow_too_little.\n"
        "Everything that was handed in counts, by whatever version of the rubric; after a change of meaning it is said "
        "how\n"
        "much was judged under an older rule, and --in-force leaves that out.\n"
        "Exit status 0 when everything holds, else 1.",
    .access = ACCESS_LEAD,
    .needs_store = true,
    .options = options,
    .run = run,
};
