/* `assay judgments`: every judgment as a JSON line, with everything known of it. */
#include "app/command.h"
#include "app/exchange/lines_out.h"
#include "app/exchange/output.h"
#include "app/exchange/rubric_cache.h"
#include "store/load.h"
#include "store/people.h"

#include "core/base/banned.h"

struct writing {
    struct output output;
    struct rubric_cache rubrics;
    uint64_t lines;
};

static int visit(void *context, const struct judgment_line *line, struct error *error) {
    struct writing *writing = context;
    const struct rubric *rubric;
    int status = rubric_cache_find(&writing->rubrics, line->rubric, &rubric, error);
    if (!status)
        status = judgment_write_line(output_buffer(&writing->output), line, rubric, error);
    writing->lines++;
    return status ? status : output_drain(&writing->output, error);
}

/* Of everybody for those who see all; an annotator's own are filtered by the store. */
static int read_scope(struct invocation *invocation, struct load_scope *scope, struct error *error) {
    const char *annotator = option_value(invocation, "annotator");
    *scope = (struct load_scope){.track = option_value(invocation, "track"), .open = true};
    int status = option_moment(invocation, "since", false, 0, &scope->since, error);
    if (!status)
        status = option_moment(invocation, "until", true, 0, &scope->until, error);
    if (!status && scope->track)
        status = chosen_track(invocation, &scope->track, error);
    if (!status && annotator && viewer_sees_all(&invocation->viewer)) {
        struct pool pool = POOL_INIT;
        struct person person;
        status = person_find(invocation->store, annotator, &pool, &person, error);
        scope->person = status ? 0 : person.id;
        pool_release(&pool);
    } else if (!status && annotator && !slice_is(slice_of(annotator), invocation->viewer.name)) {
        status = require_access(invocation, ACCESS_LEAD, error);
    }
    return status;
}

static int run(struct invocation *invocation, struct error *error) {
    struct load_scope scope;
    const char *path = option_value(invocation, "output");
    int status = arguments_between(invocation, 1, 1, error);
    if (!status)
        status = open_store(invocation, STORE_READ_ONLY, ACCESS_OWN, error);
    if (!status)
        status = read_scope(invocation, &scope, error);
    if (status)
        return status;
    struct writing writing = {OUTPUT_INIT, RUBRIC_CACHE_INIT(invocation->store), 0};
    status = output_open(&writing.output, path ? path : "-", error);
    if (!status)
        status = load_judgments(invocation->store, &invocation->viewer, &scope, visit, &writing, error);
    if (!status)
        status = output_finish(&writing.output, error);
    if (!status && path)
        say("%s: %llu judgments", path, (unsigned long long)writing.lines);
    output_release(&writing.output);
    rubric_cache_release(&writing.rubrics);
    return status;
}

static const struct option options[] = {
    {"output", OPTION_VALUE, "FILE", "write there instead of standard output", 'o'},
    {"annotator", OPTION_VALUE, "A", "only this person's", 0},
    {"track", OPTION_VALUE, "T", "of this track", 0},
    {"since", OPTION_VALUE, "DATE", "from here on", 0},
    {"until", OPTION_VALUE, "DATE", "up to here", 0},
    {0},
};

const struct command command_judgments = {
    .name = "judgments",
    .usage = "STORE [-o FILE]",
    .summary = "every judgment as JSONL, with everything known of it",
    .manual = "In order of submission, those of open batches too (\"final\": false). Revised ones are left out. An "
              "annotator sees their own.",
    .access = ACCESS_OWN,
    .needs_store = true,
    .options = options,
    .run = run,
};
