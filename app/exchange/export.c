/* The walk over a track and the three files that come of it; see export.h. */
#include "app/exchange/export.h"

#include <math.h>

#include "app/exchange/export_versions.h"
#include "app/exchange/output.h"
#include "app/exchange/posterior.h"
#include "core/base/json.h"
#include "core/base/memory.h"
#include "core/text/clean.h"
#include "store/settings.h"

#include "core/base/banned.h"

struct export_run {
    const struct export_request *request;
    struct export_report *report;
    struct output data, sidecar;
    bool with_sidecar;
    struct track_labels labels; /* for the sidecar */
    struct export_versions versions;
    struct buffer line; /* of the explanation */
};

/* A number that is written as a decimal in every row, since some readers take the type of a column from its first
 * value. */
static void write_decimal(struct json *json, const char *key, double value) {
    json_key(json, key);
    size_t before = json->out->length;
    json_number(json, value);
    if (!strpbrk(json->out->data + before, ".en"))
        buffer_add_string(json->out, ".0");
}

/* One line of the sidecar for the row that was just written. */
static void write_sidecar(struct export_run *run, const struct export_item *line, const struct policy_answer *answer,
                          int chosen, int rejected) {
    const struct item *item = &line->item;
    struct json json;
    json_start(&json, output_buffer(&run->sidecar));
    json_open(&json, '{');
    json_key(&json, "row");
    json_integer(&json, (int64_t)run->report->rows);
    const struct {
        const char *key;
        struct slice text;
    } texts[] = {{"item", item->name},
                 {"category", item->category},
                 {"language", item->language},
                 {"chosen", item->responses[chosen].name},
                 {"rejected", item->responses[rejected].name},
                 {"chosen_model", item->responses[chosen].model},
                 {"rejected_model", item->responses[rejected].model}};
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
        json_key(&json, texts[i].key);
        if (texts[i].text.data && texts[i].text.length)
            json_string(&json, texts[i].text);
        else
            json_null(&json);
    }
    json_key(&json, "responses");
    json_integer(&json, (int64_t)item->response_count);
    json_key(&json, "tie");
    json_boolean(&json, answer->chosen == CHOICE_TIE);
    write_decimal(&json, "strength", answer->strength > 0 ? answer->strength : NAN);
    write_decimal(&json, "agreement", answer->agreement);
    json_key(&json, "agreeing");
    json_integer(&json, answer->agreeing);
    json_key(&json, "judgments");
    json_integer(&json, answer->judgments);
    export_versions_row(&json, &run->versions, line);
    posterior_write(&json, &run->labels, line->id, item);
    json_close(&json, '}');
    buffer_add_char(json.out, '\n');
}

/* One of three or more responses, of which somebody has said something. */
static bool is_ranking(const struct export_item *item) {
    return item->item.response_count > 2 && !item->gold && item->vote_count > 0 && !item->item.redacted;
}

/* NAME <tab> key <tab> why. omitted: an enum export_omission, or -1. */
static void explain(struct export_run *run, const struct export_item *item, const struct policy_pair *pair,
                    int omitted) {
    struct buffer *line = &run->line;
    const struct response *responses = item->item.responses;
    const struct policy_answer *answer = &pair->answer;
    bool exported = answer->reason == POLICY_EXPORTED && omitted < 0;
    bool named = is_ranking(item); /* which of its pairs */
    int chosen = answer->chosen >= 0 ? answer->chosen : pair->better;
    buffer_clear(line);
    text_clean(line, item->item.name, CLEAN_ONE_LINE);
    buffer_add_format(line, "\t%s\t",
                      omitted >= 0 ? export_omission_key((enum export_omission)omitted)
                                   : policy_reason_key(answer->reason));
    if (named || (exported && answer->chosen >= 0)) {
        text_clean(line, responses[chosen].name, CLEAN_ONE_LINE);
        buffer_add_string(line, answer->chosen >= 0 ? " over " : " and ");
        text_clean(line, responses[chosen == pair->better ? pair->worse : pair->better].name, CLEAN_ONE_LINE);
    }
    if (!exported || answer->chosen < 0) {
        buffer_add_string(line, named ? ": " : "");
        buffer_add_string(line, omitted >= 0 ? export_omission_words((enum export_omission)omitted)
                                : exported   ? "a tie, in both orders"
                                             : policy_reason_words(answer->reason));
    }
    if (answer->judgments > 0)
        buffer_add_format(line, "; %d of %d judgments", answer->agreeing, answer->judgments);
    if (answer->strength > 0)
        buffer_add_format(line, ", strength %.2f", answer->strength);
    if (item->held_count > 0)
        buffer_add_format(line, "; %zu held", item->held_count);
    buffer_add_char(line, '\n');
    fwrite(line->data, 1, line->length, run->request->explain);
}

static bool write_row(struct export_run *run, const struct export_item *item, const struct policy_answer *answer,
                      int chosen, int rejected) {
    if (!export_write_row(output_buffer(&run->data), &item->item, chosen, rejected, run->request->plain))
        return false;
    run->report->rows++;
    if (run->with_sidecar)
        write_sidecar(run, item, answer, chosen, rejected);
    return true;
}

/* The rows of one pair. Returns the omission that kept it out against the policy, or -1. */
static int write_pair(struct export_run *run, const struct export_item *item, const struct policy_pair *pair) {
    const struct policy_answer *answer = &pair->answer;
    bool tie = answer->chosen == CHOICE_TIE;
    int chosen = tie ? pair->better : answer->chosen, rejected = chosen == pair->better ? pair->worse : pair->better;
    if (item->item.redacted)
        return OMITTED_REDACTED;
    if (answer->reason != POLICY_EXPORTED)
        return -1;
    if (!write_row(run, item, answer, chosen, rejected))
        return OMITTED_MANY_TURNS;
    if (tie)
        write_row(run, item, answer, rejected, chosen);
    run->report->ties += tie;
    return -1;
}

/* An item is exported when one of its pairs is; else it is counted under what keeps most of them out. */
struct item_fate {
    size_t reasons[POLICY_REASONS], omitted[EXPORT_OMISSIONS];
};

static void count_item(struct export_report *report, const struct item_fate *fate) {
    uint64_t *to = &report->reasons[POLICY_EXPORTED];
    size_t most = fate->reasons[POLICY_EXPORTED] ? SIZE_MAX : 0;
    for (int i = 0; i < POLICY_REASONS; i++)
        if (fate->reasons[i] > most) {
            most = fate->reasons[i];
            to = &report->reasons[i];
        }
    for (int i = 0; i < EXPORT_OMISSIONS; i++)
        if (fate->omitted[i] > most) {
            most = fate->omitted[i];
            to = &report->omitted[i];
        }
    ++*to;
}

static int visit(void *context, const struct export_item *item, struct error *error) {
    struct export_run *run = context;
    struct export_report *report = run->report;
    struct policy_pair pairs[POLICY_PAIRS];
    struct item_fate fate = {{0}, {0}};
    bool ranking = is_ranking(item);
    size_t count = item->item.redacted ? 1 : export_judge(item, &run->request->policy, pairs);
    if (item->item.redacted)
        pairs[0] = (struct policy_pair){0, 1, {.reason = POLICY_NO_JUDGMENT, .chosen = CHOICE_MISSING}};
    report->items++;
    report->rankings += ranking;
    for (size_t i = 0; i < count; i++) {
        int omitted = write_pair(run, item, &pairs[i]);
        size_t *counted = omitted >= 0 ? &fate.omitted[omitted] : &fate.reasons[pairs[i].answer.reason];
        ++*counted;
        if (ranking)
            ++*(omitted >= 0 ? &report->pairs_omitted[omitted] : &report->pairs[pairs[i].answer.reason]);
        if (run->request->explain)
            explain(run, item, &pairs[i], omitted);
    }
    count_item(report, &fate);
    if (fate.reasons[POLICY_EXPORTED])
        export_versions_count(&run->versions, item);
    int status = output_drain(&run->data, error);
    if (!status && run->with_sidecar)
        status = output_drain(&run->sidecar, error);
    return status;
}

static void write_left_out(struct json *json, const uint64_t reasons[POLICY_REASONS],
                           const uint64_t omitted[EXPORT_OMISSIONS]) {
    json_key(json, "left_out");
    json_open(json, '{');
    for (int i = 0; i < POLICY_REASONS; i++)
        if (i != POLICY_EXPORTED) {
            json_key(json, policy_reason_key((enum policy_reason)i));
            json_integer(json, (int64_t)reasons[i]);
        }
    for (int i = 0; i < EXPORT_OMISSIONS; i++) {
        json_key(json, export_omission_key((enum export_omission)i));
        json_integer(json, (int64_t)omitted[i]);
    }
    json_close(json, '}');
}

/* What became of items of three or more responses, in pairs. */
static void write_rankings(struct json *json, const struct export_report *report) {
    json_key(json, "rankings");
    json_open(json, '{');
    json_key(json, "items");
    json_integer(json, (int64_t)report->rankings);
    json_key(json, "pairs");
    json_integer(json, (int64_t)report->pairs[POLICY_EXPORTED]);
    write_left_out(json, report->pairs, report->pairs_omitted);
    json_close(json, '}');
}

void export_write_counts(struct json *json, const struct export_report *report) {
    const struct {
        const char *key;
        uint64_t count;
    } counts[] = {{"items", report->items},
                  {"exported", report->reasons[POLICY_EXPORTED]},
                  {"ties", report->ties},
                  {"rows", report->rows}};
    for (size_t i = 0; i < sizeof counts / sizeof *counts; i++) {
        json_key(json, counts[i].key);
        json_integer(json, (int64_t)counts[i].count);
    }
    write_left_out(json, report->reasons, report->omitted);
    write_rankings(json, report);
    json_key(json, "waiting");
    json_integer(json, report->waiting);
    json_key(json, "older_rule"); /* of the judgments of exported items */
    json_integer(json, (int64_t)report->mix.older);
}

static void write_policy(struct json *json, const struct export_request *request) {
    json_key(json, "policy");
    json_open(json, '{');
    json_key(json, "min_judgments");
    json_integer(json, request->policy.min_judgments);
    json_key(json, "min_agreement");
    json_number(json, request->policy.min_agreement);
    json_key(json, "ties");
    json_text(json, request->policy.ties == TIES_KEEP ? "keep" : "drop");
    json_key(json, "held");
    json_text(json, request->policy.held == HELD_KEEP ? "keep" : "drop");
    json_key(json, "pairs");
    json_text(json, export_pairs_name(request->policy.pairs));
    json_key(json, "open");
    json_boolean(json, request->open);
    json_key(json, "labels");
    json_boolean(json, request->labels);
    json_key(json, "aggregate"); /* of the posterior in the sidecar */
    json_text(json, label_method_name(request->aggregate));
    json_close(json, '}');
}

/* The settings and the rubrics of the track: by their hashes. */
static int write_provenance(struct json *json, struct store *store, const char *track, struct error *error) {
    struct pool pool = POOL_INIT;
    struct settings_version settings;
    struct rubric_version newest, *versions;
    size_t count = 0;
    int status = settings_newest(store, &pool, &settings, error);
    if (!status)
        status = rubric_newest(store, track, &pool, &newest, error);
    if (!status)
        status = rubric_history(store, &pool, &versions, &count, error);
    if (!status) {
        json_key(json, "settings");
        json_string(json, settings.hash);
        json_key(json, "rubrics");
        json_open(json, '[');
    }
    for (size_t i = 0; i < count && !status; i++)
        if (slice_equal(versions[i].name, newest.name)) {
            json_open(json, '{');
            json_key(json, "name");
            json_string(json, versions[i].name);
            json_key(json, "version");
            json_integer(json, versions[i].version);
            json_key(json, "hash");
            json_string(json, versions[i].hash);
            json_close(json, '}');
        }
    if (!status)
        json_close(json, ']');
    pool_release(&pool);
    return status;
}

static const char *base_name(const char *path) {
    // NOLINTNEXTLINE(clang-analyzer-core.NonNullParamChecker): only asked for with a manifest
    const char *slash = strrchr(path, '/');
    return slash ? slash + 1 : path;
}

static void write_file(struct json *json, const char *key, const char *path, const struct output *output) {
    struct hash hash;
    char hex[HASH_HEX_SIZE];
    output_hash(output, &hash);
    hash_to_hex(&hash, hex);
    json_key(json, key);
    json_open(json, '{');
    json_key(json, "file");
    json_text(json, base_name(path));
    json_key(json, "bytes");
    json_integer(json, (int64_t)output->bytes);
    json_key(json, "blake2b_256");
    json_text(json, hex);
    json_close(json, '}');
}

/* The manifest of what is sealed: no time in it, so that the same export has the same one. */
static int write_manifest(struct export_run *run, struct store *store, const struct campaign *campaign,
                          const char *sidecar, struct buffer *out, struct error *error) {
    const struct export_request *request = run->request;
    struct json json;
    json_start(&json, out);
    json_open(&json, '{');
    json_key(&json, "program");
    json_text(&json, "assay " ASSAY_VERSION);
    json_key(&json, "campaign");
    json_text(&json, campaign->name);
    json_key(&json, "track");
    json_text(&json, request->track);
    json_key(&json, "format");
    json_text(&json, request->plain ? "trl-dpo-plain" : "trl-dpo");
    write_file(&json, "data", request->path, &run->data);
    write_file(&json, "sidecar", sidecar, &run->sidecar);
    export_write_counts(&json, run->report);
    export_versions_all(&json, &run->versions);
    write_policy(&json, request);
    int status = write_provenance(&json, store, request->track, error);
    json_close(&json, '}');
    buffer_add_char(out, '\n');
    return status;
}

/* All files complete beside their names, then the names: the manifest last. */
static int put_in_place(struct export_run *run, struct output *manifest, struct error *error) {
    int status = output_seal(&run->data, error);
    if (!status && run->with_sidecar)
        status = output_seal(&run->sidecar, error);
    if (!status && run->with_sidecar)
        status = output_seal(manifest, error);
    if (!status)
        status = output_finish(&run->data, error);
    if (!status && run->with_sidecar)
        status = output_finish(&run->sidecar, error);
    if (!status && run->with_sidecar)
        status = output_finish(manifest, error);
    return status;
}

static int walk(struct export_run *run, struct store *store, struct error *error) {
    const struct export_request *request = run->request;
    struct export_scope scope = {.track = request->track,
                                 .open = request->open,
                                 .held = request->policy.held == HELD_KEEP,
                                 .labels = request->labels};
    int status = run->with_sidecar
                     ? posterior_load(&run->labels, store, request->track, request->aggregate, scope.held, error)
                     : STATUS_OK;
    if (!status)
        status = export_versions_load(&run->versions, store, request->track, error);
    if (!status)
        status = load_export(store, &scope, visit, run, error);
    if (!status)
        status = load_waiting(store, request->track, &run->report->waiting, error);
    if (!status)
        status = output_seal(&run->data, error);
    if (!status && run->with_sidecar)
        status = output_seal(&run->sidecar, error);
    if (status)
        return status;
    run->report->bytes = run->data.bytes;
    run->report->mix = run->versions.mix;
    return 0;
}

/* Data, sidecar and manifest, each a file of its own. */
static int open_files(struct export_run *run, const char *sidecar, struct output *manifest, struct error *error) {
    const struct export_request *request = run->request;
    int status = output_open(&run->data, request->path, error);
    run->data.without_hash = !request->manifest;
    if (status || !request->manifest)
        return status;
    status = output_open(&run->sidecar, sidecar, error);
    if (!status)
        status = output_open(manifest, request->manifest, error);
    if (!status && (output_same(manifest, &run->data) || output_same(manifest, &run->sidecar)))
        status =
            error_set(error, STATUS_USAGE, "the manifest '%s' would stand where the data goes; it needs another file",
                      request->manifest);
    return status;
}

int exchange_export(struct store *store, const struct viewer *viewer, const struct campaign *campaign,
                    const struct export_request *request, struct export_report *report, struct error *error) {
    *report = (struct export_report){0};
    if (!viewer_may(viewer, ACCESS_LEAD))
        return error_set(error, STATUS_USAGE, "\"%s\" is an annotator; export is for leads", viewer->name);
    struct export_run run = {.request = request,
                             .report = report,
                             .data = OUTPUT_INIT,
                             .sidecar = OUTPUT_INIT,
                             .with_sidecar = request->manifest != NULL,
                             .line = BUFFER_INIT};
    struct output manifest = OUTPUT_INIT;
    bool to_stdout = strcmp(request->path, "-") == 0;
    char *sidecar = request->manifest ? export_sidecar_path(to_stdout ? request->manifest : request->path) : NULL;
    int status = open_files(&run, sidecar, &manifest, error);
    if (!status)
        status = walk(&run, store, error);
    if (!status && request->manifest)
        status = write_manifest(&run, store, campaign, sidecar, output_buffer(&manifest), error);
    if (!status)
        status = put_in_place(&run, &manifest, error);
    output_release(&run.data);
    output_release(&run.sidecar);
    output_release(&manifest);
    buffer_release(&run.line);
    track_labels_release(&run.labels);
    export_versions_release(&run.versions);
    memory_free(sidecar);
    return status;
}
