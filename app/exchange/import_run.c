/* One file of items into the store; see import_run.h. The transaction begins with the first item that can be read,
 * since only then it is known what the file is. */
#include "app/exchange/import_run.h"

#include "app/exchange/items_ahead.h"
#include "core/base/array.h"
#include "core/base/json.h"
#include "core/text/suggest.h"
#include "rubrics/yaml.h"

#include "core/base/banned.h"

enum { PROGRESS_BYTES = 1 << 22 };

struct run {
    struct store *store;
    const struct viewer *viewer;
    const struct campaign *campaign;
    const struct import_request *request;
    struct import_report *report;
    struct items *items;
    struct ahead *ahead;
    struct ahead_record *record; /* the one at hand */
    struct import *import;       /* NULL until the first item */
    uint64_t records;
    uint64_t shown_bytes; /* when progress was called last */
    struct gold_key label_key;
};

bool import_labels_find(const char *name, enum import_labels *labels) {
    static const char *const names[] = {
        [LABELS_JUDGMENTS] = "judgments", [LABELS_DROP] = "drop", [LABELS_GOLD] = "gold"};
    for (size_t i = 0; i < COUNT_OF(names); i++)
        if (strcmp(name, names[i]) == 0) {
            *labels = (enum import_labels)i;
            return true;
        }
    return false;
}

/* The nearest track, or all of them, for a message. */
static int fail_track(const struct run *run, enum status status, struct slice name, struct error *error) {
    const char *names[64], *near = NULL;
    size_t count = 0;
    struct buffer list = BUFFER_INIT;
    for (int i = 0; i < run->campaign->track_count && count < COUNT_OF(names); i++) {
        names[count++] = run->campaign->tracks[i].name;
        buffer_add_format(&list, "%s%s", i ? ", " : "", run->campaign->tracks[i].name);
    }
    if (!name.data) {
        status =
            error_set(error, status,
                      "track: is missing, and the campaign has more than one (%s); name it in the line or with --track",
                      list.data);
    } else {
        struct pool pool = POOL_INIT;
        near = suggest(pool_string(&pool, name), names, count);
        status = error_set(error, status, "track: the campaign has no track %s; %s%s", yaml_quote(name).text,
                           near ? "did you mean " : "it has ", near ? near : list.data);
        pool_release(&pool);
    }
    buffer_release(&list);
    return status;
}

static bool has_track(const struct campaign *campaign, struct slice name) {
    for (int i = 0; i < campaign->track_count; i++)
        if (slice_is(name, campaign->tracks[i].name))
            return true;
    return false;
}

static int choose_track(const struct run *run, struct item *item, struct error *error) {
    if (run->request->track)
        item->track = slice_of(run->request->track);
    else if (!item->track.data && run->campaign->track_count == 1)
        item->track = slice_of(run->campaign->tracks[0].name);
    return has_track(run->campaign, item->track) ? 0 : fail_track(run, STATUS_INPUT, item->track, error);
}

static void place_label(struct run *run, struct item *item) {
    if (!item->label.present || run->request->labels == LABELS_JUDGMENTS)
        return;
    if (run->request->labels == LABELS_GOLD) {
        run->label_key =
            (struct gold_key){.answer_count = 1, .low = item->label.strength, .high = item->label.strength};
        run->label_key.answers[0].prefer = item->label.prefer;
        item->gold = &run->label_key;
    }
    item->label.present = false;
}

static int begin(struct run *run, struct error *error) {
    const char *path = run->request->path, *slash = strrchr(path, '/');
    const char *name = strcmp(path, "-") == 0 ? items_name(run->items) : slash ? slash + 1 : path;
    struct import_source source = {.name = slice_of(name), .format = slice_of(items_format(run->items)->name)};
    return import_begin(run->store, run->viewer, run->campaign, &source, run->request->dry_run, &run->import, error);
}

/* STATUS_INPUT: the item is refused, the run can go on. */
static int put(struct run *run, struct item *item, struct error *error) {
    int status = choose_track(run, item, error);
    if (!status && run->request->gold_only && !item->gold)
        status = error_set(error, STATUS_INPUT,
                           "gold: there is no reference answer; an item for 'gold add' has a \"gold\" field");
    if (!status) {
        place_label(run, item);
        enum import_fate fate;
        status = import_put(run->import, item, &fate, error);
    }
    if (status == STATUS_INPUT)
        error_prefix(error, "%s:%llu: ", items_name(run->items), (unsigned long long)run->record->line);
    return status;
}

int import_reject(const struct import_request *request, const char *file, uint64_t line, struct slice text,
                  uint64_t *rejected, struct error *error) {
    struct output *rejects = request->rejects;
    if (!rejects)
        return STATUS_INPUT;
    struct json json;
    json_start(&json, output_buffer(rejects));
    json_open(&json, '{');
    json_key(&json, "file");
    json_text(&json, file);
    json_key(&json, "line");
    json_integer(&json, (int64_t)line);
    json_key(&json, "error");
    json_text(&json, error->text);
    json_key(&json, "text");
    json_string(&json, text);
    json_close(&json, '}');
    buffer_add_char(output_buffer(rejects), '\n');
    ++*rejected;
    return output_drain(rejects, error);
}

static int show_progress(struct run *run) {
    uint64_t bytes = ahead_bytes(run->ahead);
    if (!run->request->progress || bytes - run->shown_bytes < PROGRESS_BYTES)
        return 0;
    run->shown_bytes = bytes;
    return run->request->progress(run->request->context, bytes, input_size(items_input(run->items)), run->record->line);
}

/* All records of the file. */
static int read_all(struct run *run, struct error *error) {
    while ((run->record = ahead_next(run->ahead))->found > 0) {
        int found = run->record->found, status = 0;
        run->records++;
        if (found == ITEMS_BAD)
            *error = run->record->error;
        if (found == ITEMS_ITEM && !run->import)
            status = begin(run, error);
        if (!status)
            status = found == ITEMS_ITEM ? put(run, &run->record->item, error) : STATUS_INPUT;
        if (status == STATUS_INPUT && (found == ITEMS_BAD || run->import))
            status = import_reject(run->request, items_name(run->items), run->record->line, run->record->text,
                                   &run->report->rejected, error);
        if (!status)
            status = show_progress(run);
        if (status)
            return status;
    }
    if (run->record->found < 0)
        *error = run->record->error;
    if (run->record->found == 0 && !run->import && run->report->rejected == 0)
        return error_set(error, STATUS_INPUT, "%s: holds no items", items_name(run->items));
    return run->record->found;
}

/* The counts of the whole file, and the commit. */
static int finish(struct run *run, struct error *error) {
    struct import_report *report = run->report;
    struct hash hash;
    input_hash(items_input(run->items), &hash);
    hash_to_hex(&hash, report->hash);
    report->bytes = input_bytes(items_input(run->items));
    struct import *import = run->import;
    run->import = NULL;
    int status = import ? import_end(import, slice_of(report->hash), report->bytes, &report->counts, error) : 0;
    report->counts.lines = run->records;
    return status;
}

int exchange_import(struct store *store, const struct viewer *viewer, const struct campaign *campaign,
                    const struct import_request *request, struct import_report *report, struct error *error) {
    *report = (struct import_report){.detected = !request->format || strcmp(request->format, "auto") == 0};
    struct run run = {.store = store, .viewer = viewer, .campaign = campaign, .request = request, .report = report};
    struct error unused;
    if (!error)
        error = &unused; /* rejected lines need the sentence */
    if (request->track && !has_track(campaign, slice_of(request->track)))
        return fail_track(&run, STATUS_USAGE, slice_of(request->track), error);
    int status = items_open(&run.items, request->path, request->format, error);
    if (!status)
        status = ahead_start(&run.ahead, run.items, true, error);
    if (!status)
        status = read_all(&run, error);
    ahead_stop(run.ahead);
    if (!status)
        status = finish(&run, error);
    if (run.items && items_format(run.items))
        report->format = items_format(run.items)->name;
    if (!status && report->rejected > 0)
        status = error_set(error, STATUS_NO, "%s: %llu of its lines were rejected", items_name(run.items),
                           (unsigned long long)report->rejected);
    if (run.import)
        import_abort(run.import);
    items_close(run.items);
    return status;
}
