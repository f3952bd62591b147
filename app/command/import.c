/* `assay import`: items in, or judgments made elsewhere. All files of a command are one transaction. */
#include <sys/stat.h>

#include "app/command.h"
#include "app/exchange/import_run.h"
#include "app/exchange/judgments_run.h"
#include "app/progress.h"
#include "core/base/json.h"
#include "core/base/memory.h"

#include "core/base/banned.h"

static int on_progress(void *context, uint64_t bytes, uint64_t total, uint64_t lines) {
    progress_show(context, bytes, total, lines, "lines");
    return STATUS_OK;
}

/* What became of one file. */
struct outcome {
    const char *path;
    struct import_report items;
    struct judgments_report judgments;
};

static const char *shown_name(const char *path) {
    return slice_is(slice_of(path), "-") ? "standard input" : path;
}

static void add_count(struct buffer *text, uint64_t count, const char *words) {
    if (count)
        buffer_add_format(text, ", %llu %s", (unsigned long long)count, words);
}

static void add_fate(struct buffer *text, uint64_t added, const char *what, bool dry_run) {
    buffer_add_format(text, "%llu %s%s %s", (unsigned long long)added, what, added == 1 ? "" : "s",
                      dry_run ? "would be added" : "added");
}

static void say_items(const char *path, const struct import_report *report, bool dry_run) {
    struct buffer text = BUFFER_INIT;
    buffer_add_format(&text, "%s: ", shown_name(path));
    if (report->format)
        buffer_add_format(&text, "%s%s: ", report->detected ? "taken for " : "", report->format);
    add_fate(&text, report->counts.added, "item", dry_run);
    add_count(&text, report->counts.same, "already there");
    add_count(&text, report->counts.gold, "of them gold");
    add_count(&text, report->counts.labels, "labels kept as judgments of the file");
    add_count(&text, report->rejected, report->rejected == 1 ? "line rejected" : "lines rejected");
    say("%s", text.data);
    buffer_release(&text);
}

static void say_judgments(const char *path, const struct judgments_report *report, bool dry_run) {
    const struct judgment_counts *counts = &report->counts;
    struct buffer text = BUFFER_INIT;
    buffer_add_format(&text, "%s: %s: ", shown_name(path), report->format);
    add_fate(&text, counts->added, "judgment", dry_run);
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

static void write_count(struct json *json, const char *key, uint64_t count) {
    json_key(json, key);
    json_integer(json, (int64_t)count);
}

static void write_outcome(struct json *json, const struct outcome *outcome, bool judgments) {
    const struct import_counts *items = &outcome->items.counts;
    const struct judgment_counts *given = &outcome->judgments.counts;
    json_open(json, '{');
    json_key(json, "file");
    json_text(json, outcome->path);
    json_key(json, "format");
    json_text(json, judgments ? outcome->judgments.format : outcome->items.format);
    write_count(json, "lines", judgments ? outcome->judgments.lines : items->lines);
    write_count(json, "added", judgments ? given->added : items->added);
    write_count(json, "already_there", judgments ? given->same : items->same);
    write_count(json, "gold", judgments ? given->gold : items->gold);
    if (judgments) {
        write_count(json, "retests", given->retests);
        write_count(json, "by_models_and_sources", given->outside);
        write_count(json, "new_names", given->people);
        write_count(json, "held_elsewhere", outcome->judgments.held);
    } else {
        write_count(json, "labels", items->labels);
    }
    write_count(json, "rejected", judgments ? outcome->judgments.rejected : outcome->items.rejected);
    json_close(json, '}');
}

static void report(struct invocation *invocation, const struct outcome *outcomes, size_t count) {
    bool judgments = option_given(invocation, "judgments"), dry_run = option_given(invocation, "dry-run");
    for (size_t i = 0; i < count && !invocation->json; i++)
        if (judgments)
            say_judgments(outcomes[i].path, &outcomes[i].judgments, dry_run);
        else
            say_items(outcomes[i].path, &outcomes[i].items, dry_run);
    if (!invocation->json)
        return;
    struct buffer text = BUFFER_INIT;
    struct json json;
    json_start(&json, &text);
    json_open(&json, '[');
    for (size_t i = 0; i < count; i++)
        write_outcome(&json, &outcomes[i], judgments);
    json_close(&json, ']');
    fprintf(invocation->out, "%s\n", text.data);
    buffer_release(&text);
}

static int import_one(struct invocation *invocation, struct import_request *request, struct outcome *outcome,
                      struct error *error) {
    struct progress progress;
    progress_start(&progress, invocation->world);
    request->context = &progress;
    request->progress = on_progress;
    request->path = outcome->path;
    int status = option_given(invocation, "judgments")
                     ? exchange_import_judgments(invocation->store, &invocation->viewer, &invocation->campaign, request,
                                                 &outcome->judgments, error)
                     : exchange_import(invocation->store, &invocation->viewer, &invocation->campaign, request,
                                       &outcome->items, error);
    progress_end(&progress);
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

static bool same_file(const char *a, const char *b) {
    struct stat one, other;
    return stat(a, &one) == 0 && stat(b, &other) == 0 && one.st_dev == other.st_dev && one.st_ino == other.st_ino;
}

/* Where the rejected lines go may be nothing that is read or written besides. */
static int open_rejects(struct invocation *invocation, const char *path, struct output *rejects, struct error *error) {
    if (invocation->json && slice_is(slice_of(path), "-"))
        return error_set(error, STATUS_USAGE, "import: --json and the rejected lines can't both go to standard output");
    for (size_t i = 1; i < invocation->argument_count; i++)
        if (same_file(path, argument(invocation, i)))
            return error_set(error, STATUS_USAGE, "the rejected lines would replace '%s', from which they are read",
                             path);
    return output_open(rejects, path, error);
}

/* All files in one transaction. *rejected: some lines were. */
static int import_all(struct invocation *invocation, struct import_request *request, struct outcome *outcomes,
                      bool *rejected, struct error *error) {
    struct import_files files;
    bool judgments = option_given(invocation, "judgments");
    int status = judgments ? together_begin(invocation->store, error)
                           : import_files_begin(invocation->store, &invocation->viewer, &files, error);
    if (status)
        return status;
    for (size_t i = 1; i < invocation->argument_count && !status; i++) {
        outcomes[i - 1].path = argument(invocation, i);
        status = import_one(invocation, request, &outcomes[i - 1], error);
        if (status == STATUS_NO) {
            *rejected = true;
            status = STATUS_OK;
        }
    }
    if (!status && request->rejects)
        status = output_seal(request->rejects, error);
    int ended = request->dry_run && !status ? STATUS_NO : status;
    ended = judgments ? together_end(invocation->store, ended, status ? NULL : error)
                      : import_files_end(invocation->store, &files, ended, status ? NULL : error);
    if (!request->dry_run)
        status = ended;
    return status;
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
        status = open_rejects(invocation, path, &rejects, error);
        request.rejects = &rejects;
    }
    if (!status) {
        size_t count = invocation->argument_count - 1;
        struct outcome *outcomes = memory_new(count, sizeof *outcomes);
        status = import_all(invocation, &request, outcomes, &some_rejected, error);
        if (!status && path)
            status = output_finish(&rejects, error);
        if (!status)
            report(invocation, outcomes, count);
        memory_free(outcomes);
    }
    output_release(&rejects);
    if (!status && some_rejected)
        status =
            slice_is(slice_of(path), "-")
                ? error_set(error, STATUS_NO, "some lines were rejected; they stand above with their reasons")
                : error_set(error, STATUS_NO, "some lines were rejected; they stand in '%s' with their reasons", path);
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
        "The files are imported whole or not at all; .gz is read as such, and - is standard input. Importing them "
        "again "
        "adds nothing. The same id with other content is an error that names the line. Exit status 1 when lines were "
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
