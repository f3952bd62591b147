/* See history.h. */
#include "app/demo/history.h"

#include <stdio.h>
#include <unistd.h>

#include "app/demo/sample_in.h"
#include "app/demo/stage.h"
#include "core/base/array.h"
#include "core/base/timestamp.h"
#include "store/people.h"
#include "store/settings.h"

#include "core/base/banned.h"

int64_t history_start(int64_t now) {
    int64_t day = now / MS_DAY - HISTORY_DAYS;
    day -= (day + 3) % 7; /* 1970-01-01 was a Thursday */
    return day * MS_DAY;
}

int stage_learn(struct stage *stage, struct slice name, const struct truth *truth, const struct archive_item *archived,
                struct error *error) {
    int64_t id;
    int status = store_find_item(stage->store, name, NULL, &id, error);
    if (status)
        return status;
    while (stage->known.count <= (size_t)id)
        *ARRAY_ADD(&stage->known) = (struct known){0};
    stage->known.items[id] = (struct known){true, *truth, archived};
    return STATUS_OK;
}

int stage_recall(const struct stage *stage, struct item_ref ref, int64_t *id, const struct known **out,
                 struct error *error) {
    int status = store_find_item(stage->store, slice_of(ref.text), NULL, id, error);
    if (status)
        return status;
    if ((size_t)*id >= stage->known.count || !stage->known.items[*id].known)
        return error_set(error, STATUS_SYSTEM, "the history met an item that it does not know: '%s'", ref.text);
    *out = &stage->known.items[*id];
    return STATUS_OK;
}

static int add_people(struct stage *stage, struct error *error) {
    struct person lead = {.name = slice_of(HISTORY_LEAD), .role = PERSON_LEAD};
    int status = person_add(stage->store, &stage->lead, &lead, false, error);
    if (!status)
        status = viewer_find(stage->store, HISTORY_LEAD, &stage->lead, error);
    for (int i = 0; i < CAST && !status; i++) {
        struct person person = {.name = slice_of(cast[i].name),
                                .role = PERSON_ANNOTATOR,
                                .tracks = slice_of(cast[i].tracks),
                                .languages = slice_of(cast[i].languages)};
        status = person_add(stage->store, &stage->lead, &person, false, error);
    }
    return status;
}

/* Settings, rubrics and people; and what the play looks up. */
static int found(struct stage *stage, struct error *error) {
    int status = viewer_find(stage->store, HISTORY_LEAD, &stage->lead, error);
    if (!status)
        status = founding_store(&stage->founding, stage->store, &stage->lead, 0, error);
    if (!status)
        status = add_people(stage, error);
    for (size_t i = 0; i < STAGE_TRACKS && !status; i++) {
        struct rubric_version version;
        stage->tracks[i].name = stage->founding.inputs[i].track;
        stage->tracks[i].rubric = stage->founding.inputs[i].rubric;
        status = rubric_newest(stage->store, stage->tracks[i].name, &stage->pool, &version, error);
        if (!status)
            stage->tracks[i].rubric_id = version.id;
    }
    return status;
}

static void remove_store(const char *path) {
    static const char *const endings[] = {"", "-wal", "-shm"};
    for (size_t i = 0; i < COUNT_OF(endings); i++) {
        struct buffer name = BUFFER_INIT;
        buffer_add_format(&name, "%s%s", path, endings[i]);
        unlink(name.data);
        buffer_release(&name);
    }
}

static int play(struct stage *stage, const char *path, int64_t now, struct error *error) {
    int status = store_create(&stage->store, path, &stage->world.world, error);
    if (status)
        return status;
    store_relax(stage->store);
    status = found(stage, error);
    if (!status)
        status = weeks_play(stage, error);
    if (!status)
        status = desk_close(stage, now, error);
    store_close(stage->store);
    if (status)
        remove_store(path);
    return status;
}

int history_make(const char *path, int64_t now, uint64_t seed, struct history_counts *counts, struct error *error) {
    struct stage stage = {.start = history_start(now), .seed = seed};
    sim_world_init(&stage.world, stage.start + MS_HOUR, seed);
    stream_init(&stage.dice, seed, 2);
    int status = founding_read_text(&stage.founding, sample_text("campaign.yaml"), "campaign.yaml", error);
    if (status)
        return status;
    if (stage.founding.count == STAGE_TRACKS) {
        archive_make(&stage.archive, seed);
        status = play(&stage, path, now, error);
    } else {
        status =
            error_set(error, STATUS_INPUT, "campaign.yaml: tracks: the history plays on two tracks with a rubric each");
    }
    if (!status && counts)
        *counts = stage.counts;
    archive_release(&stage.archive);
    ARRAY_RELEASE(&stage.known);
    pool_release(&stage.pool);
    founding_release(&stage.founding);
    return status;
}
