/* See workbench.h. Everything goes in by the verbs that any store is filled with. */
#include "app/workbench.h"

#include <errno.h>
#include <stdlib.h>
#include <unistd.h>

#include "rubrics/campaign.h"
#include "rubrics/rubric.h"
#include "store/import.h"
#include "store/load.h"
#include "store/people.h"
#include "store/questions.h"
#include "store/settings.h"

#include "core/base/banned.h"

/* The world, with a clock that can be put back: a ruling keeps its day. */
struct dated_world {
    struct world world; /* must be first */
    struct world *real;
    int64_t at; /* 0: now */
};

static int64_t dated_now(struct world *world) {
    const struct dated_world *dated = (const struct dated_world *)world;
    return dated->at ? dated->at : dated->real->now(dated->real);
}

static void dated_entropy(struct world *world, void *bytes, size_t count) {
    const struct dated_world *dated = (const struct dated_world *)world;
    dated->real->entropy(dated->real, bytes, count);
}

struct filling {
    struct workbench *bench;
    struct store *from;
    const struct viewer *viewer; /* of the other store */
    const char *track;
    int64_t *items;
    size_t count;
    struct dated_world world; /* of the store while it is filled */
};

/* The settings in force, of this track alone, without anything hidden. */
static int read_settings(struct filling *filling, struct pool *pool, struct slice *yaml, struct error *error) {
    struct campaign *campaign = &filling->bench->campaign;
    struct settings_version settings;
    int status = settings_newest(filling->from, pool, &settings, error);
    if (!status)
        status = campaign_read(settings.yaml, "settings", campaign, error);
    if (status)
        return status;
    const struct track_settings *found = campaign_track(campaign, filling->track);
    if (!found)
        return error_set(error, STATUS_USAGE, "no track is named '%s'", filling->track);
    struct track_settings *track = &campaign->tracks[0];
    *track = *found;
    campaign->track_count = 1;
    track->batch = (int)filling->count;
    track->overlap = 1;
    track->order = ORDER_INPUT;
    track->gold_low = track->gold_high = track->retest_rate = track->shared = 0;
    track->qualification_items = track->qualification_pass = 0;
    *yaml = settings.yaml;
    return STATUS_OK;
}

static int put_settings(struct filling *filling, struct store *store, struct error *error) {
    struct pool pool = POOL_INIT;
    struct rubric rubric = {0};
    struct rubric_version version;
    struct slice yaml = SLICE_ABSENT;
    int status = read_settings(filling, &pool, &yaml, error);
    if (!status)
        status = rubric_newest(filling->from, filling->track, &pool, &version, error);
    if (!status)
        status = rubric_read(version.yaml, "rubric", &rubric, error);
    if (!status) {
        struct rubric_input input = {filling->track, &rubric, version.yaml};
        status = settings_replace(store, &filling->bench->viewer, 0, yaml, &filling->bench->campaign, &input, 1, error);
        rubric_release(&rubric);
    }
    pool_release(&pool);
    return status;
}

/* The item as nobody knows where it comes from; *put is false for one without texts. */
static int put_item(struct filling *filling, struct import *import, int64_t id, struct pool *pool, bool *put,
                    struct error *error) {
    struct item_line line;
    enum import_fate fate;
    int status = load_item(filling->from, id, pool, &line, error);
    *put = !status && !line.item.redacted;
    if (!*put)
        return status;
    struct item item = line.item;
    item.gold = NULL;
    item.label = (struct label){0};
    item.extra = SLICE_ABSENT;
    item.has_priority = false;
    for (size_t i = 0; i < item.response_count; i++)
        item.responses[i].model = SLICE_ABSENT;
    return import_put(import, &item, &fate, error);
}

static int put_items(struct filling *filling, struct store *store, struct error *error) {
    struct import *import;
    struct import_source source = {slice_of("workbench"), slice_of("native")};
    struct import_counts counts;
    struct pool pool = POOL_INIT;
    size_t kept = 0;
    int status =
        import_begin(store, &filling->bench->viewer, &filling->bench->campaign, &source, false, &import, error);
    if (status)
        return status;
    for (size_t i = 0; i < filling->count && !status; i++) {
        bool put = false;
        pool_clear(&pool);
        status = put_item(filling, import, filling->items[i], &pool, &put, error);
        if (put)
            filling->items[kept++] = filling->items[i];
    }
    pool_release(&pool);
    if (status) {
        import_abort(import);
        return status;
    }
    filling->count = kept;
    return import_end(import, slice_of(""), 0, &counts, error);
}

static int put_rulings(struct filling *filling, struct store *store, struct error *error) {
    struct pool pool = POOL_INIT;
    struct ruling *rulings;
    size_t count = 0;
    int status = ruling_list(filling->from, filling->viewer, filling->track, &pool, &rulings, &count, error);
    for (size_t i = 0; i < count && !status; i++) {
        filling->world.at = rulings[i].at;
        if (!rulings[i].retired)
            status = ruling_add(store, &filling->bench->viewer, filling->track, rulings[i].text, error);
    }
    filling->world.at = 0;
    pool_release(&pool);
    return status;
}

static int fill(struct store *store, void *context, struct error *error) {
    struct filling *filling = context;
    int status = put_settings(filling, store, error);
    if (!status)
        status = put_items(filling, store, error);
    if (!status && filling->count == 0)
        status = error_set(error, STATUS_NO, "no item of '%s' can be shown", filling->track);
    return status ? status : put_rulings(filling, store, error);
}

/* Makes the file, opens it, and takes its name away. */
static int make(struct filling *filling, struct world *world, struct error *error) {
    struct workbench *bench = filling->bench;
    char folder[] = "/tmp/assay-bench-XXXXXX";
    struct buffer path = BUFFER_INIT;
    struct store *made = NULL;
    if (!mkdtemp(folder))
        return error_set(error, STATUS_SYSTEM, "no folder can be made in '/tmp': %s", strerror(errno));
    buffer_add_format(&path, "%s/bench.assay", folder);
    int status = store_create_founded(&made, path.data, &filling->world.world, fill, filling, error);
    store_close(made);
    if (!status) {
        status = store_open(&bench->store, path.data, STORE_SCREEN, world, error);
        if (!status)
            store_forget_name(bench->store);
        else
            unlink(path.data);
    }
    rmdir(folder);
    buffer_release(&path);
    return status;
}

int workbench_open(struct workbench *bench, const struct invocation *invocation, const char *track, int64_t *items,
                   size_t *count, struct error *error) {
    *bench = (struct workbench){.viewer = {.role = VIEWER_SOLO}};
    memcpy(bench->viewer.name, invocation->viewer.name, sizeof bench->viewer.name);
    struct filling filling = {bench,
                              invocation->store,
                              &invocation->viewer,
                              track,
                              items,
                              *count,
                              {{dated_now, dated_entropy, NULL}, invocation->world, 0}};
    int status = make(&filling, invocation->world, error);
    if (!status)
        status = viewer_enter(bench->store, &bench->viewer, error);
    bench->viewer.role = VIEWER_ANNOTATOR; /* works alone here, and is told nothing of that */
    bench->count = *count = filling.count;
    if (status)
        workbench_release(bench);
    return status;
}

void workbench_release(struct workbench *bench) {
    store_close(bench->store);
    campaign_release(&bench->campaign);
    *bench = (struct workbench){0};
}
