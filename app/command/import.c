/* `assay import`: items in, or judgments made elsewhere. One file, one transaction. */
#include <unistd.h>

#include "app/command.h"
#include "app/exchange/import_run.h"
#include "app/exchange/judgments_run.h"
#include "app/progress.h"

#include "core/base/banned.h"

static int on_progress(void *context, uint64_t bytes, uint64_t total, uint64_t lines) {
    progress_show(context, bytes, total, lines, "lines");
    return STATUS_OK;
}

static void report_file(const char *path, const struct import_report *report, bool dry_run) {
    const char *name = slice_is(slice_of(path), "-") ? "standard input" : path;
    struct buffer text = BUFFER_INIT;
    buffer_add_format(&text, "%s: %s%s: %llu item%s %s", name, report->detected ? "taken for " : "",
                      report->format ? report->format : "empty", (unsigned long long)report->counts.added,
                      report->counts.added == 1 ? "" : "s", dry_run ? "would be added" : "added");
    if (report->counts.same)
        buffer_add_format(&text, ", %llu already there", (unsigned long long)report->counts.same);
    if (report->counts.gold)
        buffer_add_format(&text, ", %llu of them gold", (unsigned long long)report->counts.gold);
    if (report->counts.labels)
        buffer_add_format(&text, ", %llu labels kept as judgments of the file",
                          (unsigned long long)report->counts.labels);
    if (report->rejected)
        buffer_add_format(&text, ", %llu line%s rejected", (unsigned long long)report->rejected,
                          report->rejected == 1 ? "" : "s");
    say("%s", text.data);
    buffer_release(&text);
}

static void add_count(struct buffer *text, uint64_t count, const char *words) {
    if (count)
        buffer_add_format(text, ", %llu %s", (unsigned long long)count, words);
}

static void report_judgments(const char *path, const struct judgments_report *report, bool dry_run) {
    const char *name = slice_is(slice_of(path), "-") ? "standard input" : path;
    const struct judgment_counts *counts = &report->counts;
    struct buffer text = BUFFER_INIT;
    buffer_add_format(&text, "%s: %s: %llu judgment%s %s", name, report->format, (unsigned long long)counts->added,
                      counts->added == 1 ? "" : "s", dry_run ? "would be added" : "added");
    add_count(&text, counts->same, "already there");
    add_count(&text, counts->gold, "of them on gold");
    add_count(&text, counts->retests, "retests");
    add_count(&text, counts->outside, "by models and sources");
    add_count(&text, counts->people,
              counts->people == 1 ? "name that was not here before" : "names that were not here before");
    add_count(&text, report->held, "were on hold where they came from and are not here");
    add_count(&text, report->rejected, report->rejected == 1 ? "line rejected" : "lines rejected");
    say("%s", text.data);
    buffer_release(&text);
}

static int import_judgments(struct invocation *invocation, struct import_request *request, struct error *error) {
    struct judgments_report report;
    struct progress progress;
    progress_start(&progress, invocation->world);
    request->context = &progress;
    request->progress = on_progress;
    int status = exchange_import_judgments(invocation->store, &invocation->viewer, &invocation->campaign, request,
                                           &report, error);
    progress_end(&progress);
    if (status == STATUS_OK || status == STATUS_NO)
        report_judgments(request->path, &report, request->dry_run);
    return status;
}

static int import_file(struct invocation *invocation, struct import_request *request, struct error *error) {
    struct import_report report;
    struct progress progress;
    progress_start(&progress, invocation->world);
    request->context = &progress;
    request->progress = on_progress;
    int status =
        exchange_import(invocation->store, &invocation->viewer, &invocation->campaign, request, &report, error);
    progress_end(&progress);
    if (status == STATUS_OK || status == STATUS_NO)
        report_file(request->path, &report, request->dry_run);
    return status;
}

static int read_request(struct invocation *invocation, struct import_request *request, struct error *error) {
    const char *labels = option_value(invocation, "labels");
    *request = (struct import_request){
        .format = option_value(invocation, "format"),
        .track = option_value(invocation, "track"),
        .labels = LABELS_JUDGMENTS,
        .dry_run = option_given(invocation, "dry-run"),
    };
    if (labels)
        import_labels_find(labels, &request->labels);
    if (option_given(invocation, "judgments") && (labels || request->format))
        return error_set(error, STATUS_USAGE,
                         "import: --%s is for items; judgments are JSONL or CSV, told by their first character",
                         labels ? "labels" : "format");
    return request->track ? chosen_track(invocation, &request->track, error) : STATUS_OK;
}

static int run(struct invocation *invocation, struct error *error) {
    struct import_request request;
    struct output rejects = OUTPUT_INIT;
    const char *path = option_value(invocation, "rejects");
    bool some_rejected = false;
    int status = arguments_between(invocation, 2, 1000000, error);
    if (!status)
        status = open_store(invocation, STORE_PLAIN, ACCESS_LEAD, error);
    if (!status)
        status = read_request(invocation, &request, error);
    if (!status && path) {
        status = output_open(&rejects, path, error);
        request.rejects = &rejects;
    }
    for (size_t i = 1; i < invocation->argument_count && !status; i++) {
        request.path = argument(invocation, i);
        status = option_given(invocation, "judgments") ? import_judgments(invocation, &request, error)
                                                       : import_file(invocation, &request, error);
        if (status == STATUS_NO) {
            some_rejected = true;
            status = STATUS_OK;
        }
    }
    if (path && !status)
        status = output_finish(&rejects, error);
    output_release(&rejects);
    if (!status && some_rejected)
        return error_set(error, STATUS_NO, "some lines were rejected; they stand in '%s' with their reasons", path);
    return status;
}

static const struct option options[] = {
    {"format", OPTION_VALUE, "F", "auto, native or hh (default: auto, by the fields of the first line)", 0},
    {"judgments", OPTION_FLAG, NULL, "the files hold judgments made elsewhere, as JSONL or CSV", 0},
    {"track", OPTION_VALUE, "T", "put the items on this track (of judgments: the items are on it)", 0},
    {"labels", OPTION_VALUE, "drop|judgments|gold",
     "what becomes of preferences in the file (default: judgments of the file)", 0},
    {"rejects", OPTION_VALUE, "FILE", "put bad lines there and go on; without it one bad line stops the file", 0},
    {"dry-run", OPTION_FLAG, NULL, "check everything, store nothing", 0},
    {0},
};

const struct command command_import = {
    .name = "import",
    .usage = "STORE FILE… [--judgments] [--format F] [--track T] [--labels drop|judgments|gold] [--rejects FILE] "
             "[--dry-run]",
    .summary = "items in (JSONL, YAML, HH-RLHF transcripts), or judgments",
    .manual =
        "A file is imported whole or not at all; .gz is read as such, and - is standard input. Importing it again adds "
        "nothing. The same id with other content is an error that names the line. Exit status 1 when lines were "
        "rejected into the --rejects file, 3 when the file is bad.\n\n"
        "--judgments takes what people or a model judged elsewhere: \"item\", \"annotator\" and \"prefer\" or "
        "\"ranking\" are enough, and \"role\": \"model\" marks an AI judge. They are final at once, in no batch, and "
        "in "
        "every figure; on gold they are scored. A line without \"uid\" that comes again is the same judgment; one "
        "without \"rubric\" is taken under the one in force.",
    .access = ACCESS_LEAD,
    .needs_store = true,
    .options = options,
    .run = run,
};
