/* One file of judgments into the store; see judgments_run.h. */
#include "app/exchange/judgments_run.h"

#include <stdlib.h>

#include "app/exchange/judgment_record.h"
#include "app/exchange/judgments_in.h"
#include "app/exchange/rubric_cache.h"
#include "core/base/array.h"
#include "core/text/suggest.h"
#include "rubrics/yaml.h"
#include "store/settings.h"

#include "core/base/banned.h"

enum { PROGRESS_BYTES = 1 << 22 };

struct run {
    struct store *store;
    const struct viewer *viewer;
    const struct campaign *campaign;
    const struct import_request *request;
    struct judgments_report *report;
    struct judgments_in *in;
    struct judgments *judgments;
    struct rubric_cache rubrics;
    struct pool pool;                /* of what follows */
    struct rubric_version *versions; /* all that the store has */
    size_t version_count;
    int64_t *in_force; /* by track of the campaign: rubric id */
    uint64_t shown_bytes;
};

/* --- Rubrics --- */

static int load_rubrics(struct run *run, struct error *error) {
    int status = rubric_history(run->store, &run->pool, &run->versions, &run->version_count, error);
    run->in_force = pool_new(&run->pool, (size_t)run->campaign->track_count, sizeof *run->in_force);
    for (int i = 0; i < run->campaign->track_count && !status; i++) {
        struct rubric_version version;
        status = rubric_newest(run->store, run->campaign->tracks[i].name, &run->pool, &version, error);
        run->in_force[i] = status ? 0 : version.id;
    }
    return status;
}

/* "helpfulness@3#9f2c…", as `assay judgments` names it; the beginning of the hash is enough, and without
 * one name and version. */
static bool is_version(const struct rubric_version *version, struct slice name) {
    struct buffer full = BUFFER_INIT;
    buffer_add_format(&full, SLICE_FORMAT "@%d#", SLICE_ARGS(version->name), version->version);
    size_t head = full.length;
    buffer_add_slice(&full, version->hash);
    bool same = name.length + 1 >= head && name.length <= full.length && memcmp(name.data, full.data, name.length) == 0;
    buffer_release(&full);
    return same;
}

static int find_rubric(struct run *run, const struct judgment_fields *fields, struct slice track, int64_t *id,
                       struct error *error) {
    *id = 0;
    for (size_t i = 0; fields->rubric.data && i < run->version_count; i++)
        if (is_version(&run->versions[i], fields->rubric))
            *id = run->versions[i].id;
    if (*id)
        return STATUS_OK;
    if (fields->rubric.data)
        return error_set(
            error, STATUS_INPUT,
            "rubric: the store has no %s; 'assay rubric' adds it, and without \"rubric\" the one in force is taken",
            yaml_quote(fields->rubric).text);
    for (int i = 0; i < run->campaign->track_count; i++)
        if (slice_is(track, run->campaign->tracks[i].name))
            *id = run->in_force[i];
    return *id ? STATUS_OK
               : error_set(error, STATUS_INPUT, "track: the settings have no track '" SLICE_FORMAT "' any more",
                           SLICE_ARGS(track));
}

/* --- A line --- */

static int check_track(const struct run *run, struct slice track, struct error *error) {
    const char *names[64], *near;
    size_t count = 0;
    for (int i = 0; i < run->campaign->track_count; i++) {
        if (slice_is(track, run->campaign->tracks[i].name))
            return STATUS_OK;
        if (count < COUNT_OF(names))
            names[count++] = run->campaign->tracks[i].name;
    }
    struct pool pool = POOL_INIT;
    near = suggest(pool_string(&pool, track), names, count);
    int status = error_set(error, STATUS_INPUT, "track: the campaign has no track %s%s%s", yaml_quote(track).text,
                           near ? "; did you mean " : "", near ? near : "");
    pool_release(&pool);
    return status;
}

/* STATUS_INPUT: the line is refused, the run can go on. */
static int put(struct run *run, struct record *record, struct error *error) {
    struct judgment_fields fields;
    struct judged_item item;
    struct judgment_meaning meaning;
    const struct rubric *rubric = NULL;
    int64_t rubric_id = 0;
    enum import_fate fate;
    int status = judgment_fields_read(record, &fields);
    struct slice track = run->request->track ? slice_of(run->request->track) : fields.track;
    if (!status && track.data)
        status = check_track(run, track, error);
    if (!status)
        status = judgments_find_item(run->judgments, fields.item, track, record->pool, &item, error);
    if (!status)
        status = find_rubric(run, &fields, item.track, &rubric_id, error);
    if (!status)
        status = rubric_cache_find(&run->rubrics, rubric_id, &rubric, error);
    if (!status)
        status = judgment_meaning_read(record, &fields, &item, rubric, &meaning);
    if (status)
        return status;
    struct given_judgment given = {
        .item = &item,
        .annotator = fields.annotator,
        .has_role = fields.has_role,
        .role = fields.role,
        .uid = fields.uid,
        .has_at = fields.has_at,
        .has_kind = fields.has_kind,
        .at = fields.at,
        .kind = fields.kind,
        .rubric = rubric_id,
        .has_rubric = fields.rubric.data != NULL,
        .judgment = &meaning.judgment,
        .ratings = meaning.ratings,
        .shown = meaning.shown,
        .active_ms = fields.active_ms,
        .tags = meaning.tags,
        .flags = meaning.flags,
        .tag_count = meaning.tag_count,
        .flag_count = meaning.flag_count,
        .line = judgments_in_line(run->in),
    };
    status = judgments_put(run->judgments, &given, &fate, error);
    run->report->held += !status && fate == IMPORT_ADDED && fields.held;
    return status;
}

/* --- The file --- */

static int show_progress(struct run *run) {
    const struct input *input = judgments_in_input(run->in);
    if (!run->request->progress || input_bytes(input) - run->shown_bytes < PROGRESS_BYTES)
        return 0;
    run->shown_bytes = input_bytes(input);
    return run->request->progress(run->request->context, input_bytes(input), input_size(input),
                                  judgments_in_line(run->in));
}

static int read_all(struct run *run, struct error *error) {
    struct record record;
    int found;
    while ((found = judgments_in_next(run->in, &record, error)) > 0) {
        int status = STATUS_INPUT;
        run->report->lines++;
        if (found == JUDGMENTS_IN_RECORD) {
            status = put(run, &record, error);
            if (status == STATUS_INPUT)
                error_prefix(error, "%s:%llu: ", judgments_in_name(run->in),
                             (unsigned long long)judgments_in_line(run->in));
        }
        if (status == STATUS_INPUT)
            status = import_reject(run->request, judgments_in_name(run->in), judgments_in_line(run->in),
                                   judgments_in_text(run->in), &run->report->rejected, error);
        if (!status)
            status = show_progress(run);
        if (status)
            return status;
    }
    if (found == 0 && run->report->lines == 0)
        return error_set(error, STATUS_INPUT, "%s: holds no judgments", judgments_in_name(run->in));
    return found;
}

static int begin(struct run *run, struct error *error) {
    const char *path = run->request->path, *slash = strrchr(path, '/');
    const char *name = strcmp(path, "-") == 0 ? judgments_in_name(run->in) : slash ? slash + 1 : path;
    struct import_source source = {.name = slice_of(name), .format = slice_of(judgments_in_format(run->in))};
    return judgments_begin(run->store, run->viewer, run->campaign, &source, run->request->dry_run, &run->judgments,
                           error);
}

static int finish(struct run *run, struct error *error) {
    struct hash hash;
    char hex[HASH_HEX_SIZE];
    input_hash(judgments_in_input(run->in), &hash);
    hash_to_hex(&hash, hex);
    struct judgments *judgments = run->judgments;
    run->judgments = NULL;
    return judgments_end(judgments, slice_of(hex), input_bytes(judgments_in_input(run->in)), run->report->lines,
                         &run->report->counts, error);
}

int exchange_import_judgments(struct store *store, const struct viewer *viewer, const struct campaign *campaign,
                              const struct import_request *request, struct judgments_report *report,
                              struct error *error) {
    struct run run = {.store = store,
                      .viewer = viewer,
                      .campaign = campaign,
                      .request = request,
                      .report = report,
                      .rubrics = RUBRIC_CACHE_INIT(store)};
    struct error unused;
    if (!error)
        error = &unused; /* rejected lines need the sentence */
    *report = (struct judgments_report){0};
    int status = judgments_in_open(&run.in, request->path, error);
    if (!status)
        status = begin(&run, error);
    if (!status)
        status = load_rubrics(&run, error);
    if (!status)
        status = read_all(&run, error);
    if (!status)
        status = finish(&run, error);
    if (!status)
        report->format = judgments_in_format(run.in);
    if (!status && report->rejected > 0)
        status = error_set(error, STATUS_NO, "%s: %llu of its lines were rejected", judgments_in_name(run.in),
                           (unsigned long long)report->rejected);
    judgments_abort(run.judgments);
    rubric_cache_release(&run.rubrics);
    pool_release(&run.pool);
    judgments_in_close(run.in);
    return status;
}
