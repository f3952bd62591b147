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

static int keep_gold(void *context, const struct item *item, struct error *error) {
    struct stage *stage = context;
    const struct gold_key *key = item->gold;
    if (!key)
        return error_set(error, STATUS_INPUT, "'" SLICE_FORMAT "' has no key", SLICE_ARGS(item->name));
    *ARRAY_ADD(&stage->gold) = (struct known_gold){
        pool_slice(&stage->pool, item->name),
        {key->answers[0].prefer, key->low, key->high, key->difficulty, true, false},
    };
    return STATUS_OK;
}

bool stage_truth(const struct stage *stage, const struct item *item, struct truth *truth, const struct archive_item **archived) {
    const struct archive_item *found = *archived = archive_find(&stage->archive, item->name);
    if (found) {
        bool close = !found->gold && (found->flaw == FLAW_PADDED || found->flaw == FLAW_NO_REASON);
        *truth = (struct truth){found->better, found->low, found->high, found->difficulty, found->gold, close};
        return true;
    }
    for (size_t i = 0; i < stage->gold.count; i++)
        if (slice_equal(stage->gold.items[i].name, item->name)) {
            *truth = stage->gold.items[i].truth;
            return true;
        }
    return false;
}

static int add_people(struct stage *stage, struct error *error) {
    struct person lead = {.name = slice_of(HISTORY_LEAD), .role = PERSON_LEAD};
    int status = person_add(stage->store, &stage->lead, &lead, false, error);
    if (!status)
        status = viewer_find(stage->store, HISTORY_LEAD, &stage->lead, error);
    for (int i = 0; i < CAST && !status; i++) {
        struct person person = {.name = slice_of(cast[i].name), .role = PERSON_ANNOTATOR, .tracks = slice_of(cast[i].tracks), .languages = slice_of(cast[i].languages)};
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
    if (!status)
        status = sample_items("gold/", keep_gold, stage, error);
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
        status = error_set(error, STATUS_INPUT, "campaign.yaml: tracks: the history plays on two tracks with a rubric each");
    }
    if (!status && counts)
        *counts = stage.counts;
    archive_release(&stage.archive);
    ARRAY_RELEASE(&stage.gold);
    pool_release(&stage.pool);
    founding_release(&stage.founding);
    return status;
}
