/* Loading, and one track after another; see gather.h. */
#include "app/gather.h"

#include "core/base/array.h"
#include "core/model/judgment.h"
#include "core/report/versions.h"
#include "store/load_ratings.h"
#include "store/settings.h"

#include "core/base/banned.h"

/* What a track needs beside the history while its figures are made. */
struct track_parts {
    int code; /* 0: the store has no such track yet */
    const struct rubric *rubric;
    struct criterion_input criteria[LIMIT_CRITERIA];
    size_t criterion_count;
};

struct loading {
    struct gathered *out;
    struct store *store;
    const struct campaign *campaign;
    struct track_parts *parts; /* one a track of the campaign */
    uint32_t *row_of;          /* by judgment id: row + 1 */
    size_t judgment_count;
    int64_t *prompt_of;
    size_t prompt_count;
    uint64_t *reasons; /* by history row: hash of the rationale */
    struct skip_count *skips;
    size_t skip_count, skip_room;
    uint32_t *batch_of; /* by store id of a batch: index into history->batches + 1 */
    size_t batch_room;
};

static int track_code(const struct history *history, const char *name) {
    for (size_t i = 1; i < history->track_count; i++)
        if (slice_is(slice_of(history->tracks[i]), name))
            return (int)i;
    return 0;
}

int gathered_person(const struct gathered *gathered, int64_t person) {
    const struct history *history = &gathered->report.history;
    for (size_t i = 1; i < history->person_count; i++)
        if (history->person_ids[i] == person)
            return (int)i;
    return 0;
}

/* The rubric in force of each track, and its criteria. */
static int find_parts(struct loading *loading, const struct gathering *what, struct error *error) {
    int status = STATUS_OK;
    loading->parts = memory_new((size_t)loading->campaign->track_count, sizeof *loading->parts);
    for (int i = 0; i < loading->campaign->track_count && !status; i++) {
        struct track_parts *parts = &loading->parts[i];
        const char *name = loading->campaign->tracks[i].name;
        struct pool pool = POOL_INIT;
        struct rubric_version version;
        parts->code =
            what->track && !slice_is(slice_of(name), what->track) ? 0 : track_code(&loading->out->report.history, name);
        if (parts->code)
            status = rubric_newest(loading->store, name, &pool, &version, error);
        if (parts->code && !status)
            status = rubric_cache_find(&loading->out->rubrics, version.id, &parts->rubric, error);
        for (int k = 0; parts->rubric && k < parts->rubric->criterion_count; k++)
            parts->criteria[parts->criterion_count++].criterion = &parts->rubric->criteria[k];
        pool_release(&pool);
    }
    return status;
}

static void map_judgments(struct loading *loading) {
    const struct history *history = &loading->out->report.history;
    int64_t last = 0;
    for (size_t i = 0; i < history->row_count; i++)
        last = history->rows[i].judgment > last ? history->rows[i].judgment : last;
    loading->judgment_count = (size_t)last + 1;
    loading->row_of = memory_new(loading->judgment_count, sizeof *loading->row_of);
    for (size_t i = 0; i < history->row_count; i++)
        loading->row_of[history->rows[i].judgment] = (uint32_t)i + 1;
}

/* How many responses the cells speak of: the text has a cell a response for some criteria and one for the others. */
static size_t responses_of(struct slice text, const struct rubric *rubric) {
    size_t cells = (text.length + 1) / 2, each = 0;
    for (int k = 0; k < rubric->criterion_count; k++)
        each += rubric->criteria[k].per == PER_RESPONSE;
    size_t once = (size_t)rubric->criterion_count - each;
    if (each == 0 || cells < once)
        return LIMIT_RESPONSES;
    size_t responses = (cells - once) / each;
    return responses < LIMIT_RESPONSES ? responses : LIMIT_RESPONSES;
}

static struct criterion_input *same_criterion(struct track_parts *parts, const struct criterion *criterion) {
    for (size_t i = 0; i < parts->criterion_count; i++) {
        const struct criterion *mine = parts->criteria[i].criterion;
        if (slice_is(slice_of(mine->id), criterion->id) && mine->per == criterion->per && mine->low == criterion->low &&
            mine->high == criterion->high)
            return &parts->criteria[i];
    }
    return NULL;
}

static int take_ratings(struct loading *loading, int64_t judgment, uint32_t place, int64_t rubric_id, struct slice text,
                        struct error *error) {
    const struct rubric *rubric = NULL;
    struct track_parts *parts = NULL;
    int track = loading->out->report.history.rows[place - 1].track;
    for (int i = 0; i < loading->campaign->track_count; i++)
        if (loading->parts[i].code == track)
            parts = &loading->parts[i];
    if (!parts)
        return STATUS_OK;
    int status = rubric_cache_find(&loading->out->rubrics, rubric_id, &rubric, error);
    if (status || !rubric)
        return status;
    struct ratings ratings;
    size_t responses = responses_of(text, rubric);
    if (!ratings_read(text, &ratings, rubric, responses))
        return error_set(error, STATUS_SYSTEM, "the ratings of judgment %lld do not fit the rubric that it names",
                         (long long)judgment);
    for (int k = 0; k < rubric->criterion_count; k++) {
        struct criterion_input *input = same_criterion(parts, &rubric->criteria[k]);
        size_t cells = rubric->criteria[k].per == PER_PAIR ? 1 : responses;
        for (size_t r = 0; input && r < cells; r++)
            if (ratings.cells[k][r] != CELL_MISSING) {
                input->cells = memory_grow(input->cells, &input->capacity, input->count + 1, sizeof *input->cells);
                input->cells[input->count++] = (struct criterion_cell){place - 1, (uint8_t)r, ratings.cells[k][r]};
            }
    }
    return STATUS_OK;
}

static int visit_ratings(void *context, int64_t judgment, int64_t rubric, struct slice text, struct slice rationale,
                         struct error *error) {
    struct loading *loading = context;
    uint32_t place = (size_t)judgment < loading->judgment_count ? loading->row_of[judgment] : 0;
    if (place == 0)
        return STATUS_OK;
    loading->reasons[place - 1] = customs_reason_hash(rationale.data, rationale.length);
    return text.length > 0 ? take_ratings(loading, judgment, place, rubric, text, error) : STATUS_OK;
}

static void map_batches(struct loading *loading) {
    const struct history *history = &loading->out->report.history;
    for (size_t i = 0; i < history->batch_count; i++)
        if ((size_t)history->batches[i].id >= loading->batch_room)
            loading->batch_room = (size_t)history->batches[i].id + 1;
    loading->batch_of = memory_new(loading->batch_room, sizeof *loading->batch_of);
    for (size_t i = 0; i < history->batch_count; i++)
        loading->batch_of[history->batches[i].id] = (uint32_t)i + 1;
}

/* Batches of a person come one after the other more often than not, but need not. */
static void visit_servings(void *context, int64_t batch, bool gold, int64_t served, int64_t aside) {
    struct loading *loading = context;
    if (batch <= 0 || (size_t)batch >= loading->batch_room || loading->batch_of[batch] == 0)
        return;
    const struct batch_mark *mark = &loading->out->report.history.batches[loading->batch_of[batch] - 1];
    size_t i = loading->skip_count;
    while (i > 0 && (loading->skips[i - 1].person != mark->person || loading->skips[i - 1].track != mark->track))
        i--;
    if (i == 0) {
        loading->skips =
            memory_grow(loading->skips, &loading->skip_room, loading->skip_count + 1, sizeof *loading->skips);
        loading->skips[loading->skip_count++] = (struct skip_count){.person = mark->person, .track = mark->track};
        i = loading->skip_count;
    }
    struct skip_count *skip = &loading->skips[i - 1];
    *(gold ? &skip->gold_served : &skip->other_served) += (size_t)served;
    *(gold ? &skip->gold_skipped : &skip->other_skipped) += (size_t)aside;
}

/* What the figures of everybody need beside the history. */
static int load_rest(struct loading *loading, const struct gathering *what, struct error *error) {
    struct store *store = loading->store;
    map_judgments(loading);
    map_batches(loading);
    loading->reasons = memory_new(loading->out->report.history.row_count, sizeof *loading->reasons);
    int status = load_item_counts(store, what->track, &loading->out->report.items, error);
    if (!status)
        status = load_prompts(store, &loading->prompt_of, &loading->prompt_count, error);
    if (!status)
        status = load_ratings(store, visit_ratings, loading, error);
    if (!status)
        status = load_models(store, &loading->out->report.models, error);
    if (!status && what->since == 0 && what->until == 0) /* a serving has no place in a window of judgments */
        status = load_servings(store, visit_servings, loading, error);
    return status;
}

static void loading_release(struct loading *loading) {
    for (int i = 0; loading->parts && i < loading->campaign->track_count; i++)
        for (size_t k = 0; k < loading->parts[i].criterion_count; k++)
            memory_free(loading->parts[i].criteria[k].cells);
    memory_free(loading->parts);
    memory_free(loading->row_of);
    memory_free(loading->prompt_of);
    memory_free(loading->reasons);
    memory_free(loading->skips);
    memory_free(loading->batch_of);
}

static void make_tracks(struct loading *loading, const struct gathering *what) {
    struct report *report = &loading->out->report;
    report->tracks = memory_new((size_t)loading->campaign->track_count, sizeof *report->tracks);
    for (int i = 0; i < loading->campaign->track_count; i++) {
        const struct track_parts *parts = &loading->parts[i];
        if (!parts->code)
            continue;
        struct track_input input = {
            .history = &report->history,
            .track = parts->code,
            .settings = &loading->campaign->tracks[i],
            .rules = loading->campaign->rules,
            .rule_count = loading->campaign->rule_count,
            .scale = {parts->rubric->strength_count, parts->rubric->tie, parts->rubric->none},
            .criteria = parts->criteria,
            .criterion_count = report->own ? 0 : parts->criterion_count,
            .prompt_of = loading->prompt_of,
            .prompt_count = loading->prompt_count,
            .models = {report->models.of, report->models.models, report->models.item_room, report->models.name_count},
            .reasons = loading->reasons,
            .skips = loading->skips,
            .skip_count = loading->skip_count,
            .window = what->since != 0 || what->until != 0,
            .seed = loading->campaign->seed,
            .aggregate = what->aggregate,
            .by_day = what->by_day,
        };
        track_report_init(&report->tracks[report->track_count++], &input);
    }
}

static bool is_among(const struct history *history, int person, const struct gathering *what) {
    for (size_t i = 0; i < what->people_count; i++)
        if (history->person_ids[person] == what->people[i])
            return true;
    return false;
}

/* Only the rows that are asked for stay; a retest finds the row that it repeats again, if that stays. */
static void keep_rows(struct history *history, const struct gathering *what) {
    int *place = memory_new(history->row_count + 1, sizeof *place); /* + 1; 0: it went */
    size_t kept = 0;
    for (size_t i = 0; i < history->row_count; i++) {
        struct history_row row = history->rows[i];
        if ((what->people && !is_among(history, row.person, what)) ||
            (what->in_force && !version_in_force(history, &row)))
            continue;
        if (row.first >= 0)
            row.first = place[row.first] - 1;
        history->rows[kept++] = row;
        place[i] = (int)kept;
    }
    history->row_count = kept;
    memory_free(place);
}

int gather(struct gathered *out, struct store *store, const struct viewer *viewer, const struct campaign *campaign,
           const struct gathering *what, int64_t now, struct error *error) {
    struct loading loading = {.out = out, .store = store, .campaign = campaign};
    struct load_scope scope = {
        .track = what->track, .since = what->since, .until = what->until, .shared = what->shared};
    *out = (struct gathered){.rubrics = RUBRIC_CACHE_INIT(store)};
    struct report *report = &out->report;
    *report = (struct report){.campaign = campaign, .at = now, .since = what->since, .until = what->until};
    report->in_force = what->in_force;
    report->own = !viewer_sees_all(viewer);
    report->solo = viewer->role == VIEWER_SOLO;
    if (report->own)
        scope = (struct load_scope){.person = viewer->person, .track = what->track};
    int status = load_history(store, &scope, &report->history, error);
    if (!status && (what->people || what->in_force))
        keep_rows(&report->history, what);
    if (!status)
        status = find_parts(&loading, what, error);
    if (!status && !report->own)
        status = load_rest(&loading, what, error);
    if (!status) {
        report->person = report->own ? gathered_person(out, viewer->person) : 0;
        make_tracks(&loading, what);
    }
    loading_release(&loading);
    return status;
}

void gathered_release(struct gathered *gathered) {
    struct report *report = &gathered->report;
    for (size_t i = 0; i < report->track_count; i++)
        track_report_release(&report->tracks[i]);
    memory_free(report->tracks);
    history_release(&report->history);
    store_models_release(&report->models);
    rubric_cache_release(&gathered->rubrics);
    *gathered = (struct gathered){0};
}
