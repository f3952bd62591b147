/* Figures and what waits, read at once; see office.h. */
#include "ui/lead/office.h"

#include <stdlib.h>

#include "core/base/array.h"
#include "core/base/timestamp.h"
#include "core/text/grapheme.h"
#include "rubrics/rubric.h"
#include "store/load_categories.h"
#include "store/load_plan.h"
#include "store/settings.h"
#include "ui/upshot.h"

#include "core/base/banned.h"

void office_init(struct office *office, struct store *store, const struct viewer *viewer,
                 const struct campaign *campaign, struct lead_outcome *outcome) {
    *office = (struct office){.store = store, .viewer = viewer, .campaign = campaign, .outcome = outcome};
    texts_init(&office->texts);
}

/* Frees what was read. */
static void forget(struct office *office) {
    gate_release(&office->gate);
    plan_release(&office->plan);
    for (size_t i = 0; i < office->track_count; i++) {
        track_report_release(&office->tracks[i].report);
        gold_cases_release(&office->tracks[i].gold);
        rubric_release(&office->tracks[i].rubric);
    }
    history_release(&office->history);
    pool_release(&office->pool);
}

void office_release(struct office *office) {
    texts_release(&office->texts);
    forget(office);
}

int64_t office_now(const struct office *office) {
    struct world *world = store_world(office->store);
    return world->now(world);
}

/* --- Reading ------------------------------------------------------------------------------------------------------------ */

/* By item id: since when the answers to a gold item speak of its key. Never, where it is no longer served. */
struct key_moments {
    int64_t *since;
    size_t count;
};

static void key_moments_init(struct key_moments *out, const struct history *history) {
    *out = (struct key_moments){0};
    for (size_t i = 0; i < history->row_count; i++)
        if ((size_t)history->rows[i].item >= out->count)
            out->count = (size_t)history->rows[i].item + 1;
    out->since = memory_new(out->count, sizeof *out->since);
    for (size_t i = 0; i < out->count; i++)
        out->since[i] = INT64_MAX;
}

static void add_key(void *context, int64_t item, int64_t amended) {
    struct key_moments *moments = context;
    if ((size_t)item < moments->count)
        moments->since[item] = amended;
}

static int read_rubric(struct office *office, struct office_track *track, struct error *error) {
    struct pool pool = POOL_INIT;
    struct rubric_version version;
    int status = rubric_newest(office->store, track->settings->name, &pool, &version, error);
    if (!status)
        status = rubric_read(version.yaml, "rubric", &track->rubric, error);
    pool_release(&pool);
    return status;
}

static int read_track(struct office *office, const struct track_settings *settings, const struct key_moments *keys,
                      struct error *error) {
    int code = history_code(office->history.tracks, office->history.track_count, slice_of(settings->name));
    if (!code)
        return STATUS_OK;
    struct office_track *track = &office->tracks[office->track_count];
    *track = (struct office_track){.code = code, .settings = settings};
    int status = read_rubric(office, track, error);
    if (status)
        return status;
    office->track_count++;
    struct track_input input = {
        .history = &office->history,
        .track = code,
        .settings = settings,
        .rules = office->campaign->rules,
        .rule_count = office->campaign->rule_count,
        .scale = {track->rubric.strength_count, track->rubric.tie, track->rubric.none},
        .seed = office->campaign->seed,
    };
    track_report_init(&track->report, &input);
    struct counted counted;
    counted_init(&counted, &office->history, code, NULL, 0);
    gold_cases_init(&track->gold, &counted, keys->since, keys->count, settings->in_control);
    track->same = pool_new(&office->pool, counted.people_count, sizeof *track->same);
    track->same_count = counted.people_count;
    same_side_find(track->same, &counted);
    counted_release(&counted);
    return load_item_counts(office->store, settings->name, &track->items, error);
}

static int read_unsettled(struct office *office, struct error *error) {
    size_t tracks = (size_t)office->campaign->track_count;
    office->unsettled = pool_new(&office->pool, tracks, sizeof *office->unsettled);
    return rubric_unsettled(office->store, office_now(office) - RECALIBRATE_DAYS * MS_DAY, &office->pool,
                            office->unsettled, tracks, &office->unsettled_count, error);
}

static int read_tracks(struct office *office, struct error *error) {
    struct key_moments keys;
    key_moments_init(&keys, &office->history);
    int status = load_keys(office->store, add_key, &keys, error);
    office->tracks = pool_new(&office->pool, (size_t)office->campaign->track_count, sizeof *office->tracks);
    for (int i = 0; i < office->campaign->track_count && !status; i++)
        status = read_track(office, &office->campaign->tracks[i], &keys, error);
    memory_free(keys.since);
    return status;
}

static int read_gate(struct office *office, struct error *error) {
    struct track_report *reports = pool_new(&office->pool, office->track_count, sizeof *reports);
    for (size_t i = 0; i < office->track_count; i++)
        reports[i] = office->tracks[i].report; /* a shallow copy, of the same life */
    struct gate_input input = {
        .history = &office->history,
        .tracks = reports,
        .track_count = office->track_count,
        .rules = office->campaign->rules,
        .rule_count = office->campaign->rule_count,
    };
    int status = load_categories(office->store, gate_add_category, &input, error);
    if (!status)
        status = load_languages(office->store, gate_add_language, &input, error);
    if (!status)
        gate_init(&office->gate, &input);
    gate_input_release(&input);
    return status;
}

/* Below the bar first, then those with flags or on watch, then by accuracy; too early and none behind. */
static int rank_of(const struct annotator *annotator) {
    if (annotator->own.drift.state == DRIFT_BELOW)
        return 0;
    if (annotator->own.gold.n < PERSON_ROW_FROM)
        return 3;
    return annotator->flags || annotator->own.drift.state == DRIFT_WATCH ? 1 : 2;
}

static int compare_people(const void *a, const void *b) {
    const struct annotator *x = ((const struct office_person *)a)->annotator;
    const struct annotator *y = ((const struct office_person *)b)->annotator;
    int left = rank_of(x), right = rank_of(y);
    if (left != right)
        return left - right;
    double p = x->own.gold.figure.undefined ? 2 : x->own.gold.figure.value;
    double q = y->own.gold.figure.undefined ? 2 : y->own.gold.figure.value;
    if (p != q)
        return p < q ? -1 : 1;
    return x->person != y->person ? x->person - y->person : x < y ? -1 : x > y;
}

static struct same_side same_of(const struct office_track *track, int person) {
    for (size_t i = 0; i < track->same_count; i++)
        if (track->same[i].person == person)
            return track->same[i];
    return (struct same_side){.person = person};
}

static void sort_people(struct office *office) {
    size_t most = 0;
    for (size_t i = 0; i < office->track_count; i++)
        most += office->tracks[i].report.annotators.count;
    office->people = pool_new(&office->pool, most, sizeof *office->people);
    for (size_t i = 0; i < office->track_count; i++) {
        const struct annotators *annotators = &office->tracks[i].report.annotators;
        for (size_t p = 0; p < annotators->count; p++)
            if (annotators->people[p].role == PERSON_ANNOTATOR || annotators->people[p].role == PERSON_LEAD)
                office->people[office->people_count++] =
                    (struct office_person){&office->tracks[i], &annotators->people[p],
                                           same_of(&office->tracks[i], annotators->people[p].person)};
    }
    if (office->people_count > 1)
        qsort(office->people, office->people_count, sizeof *office->people, compare_people);
    office->longest_name = 0;
    for (size_t i = 0; i < office->people_count; i++) {
        const char *name = office_person_name(office, office->people[i].annotator->person);
        int columns = (int)text_columns(slice_of(name));
        office->longest_name = columns > office->longest_name ? columns : office->longest_name;
    }
}

static int read_all(struct office *office, struct error *error) {
    struct load_scope scope = {0};
    office->version = store_data_version(office->store);
    int status = load_history(office->store, &scope, &office->history, error);
    if (!status)
        status = read_tracks(office, error);
    if (!status)
        status = read_gate(office, error);
    if (!status)
        status = categories_read(office, error);
    if (!status)
        status = hold_list(office->store, office->viewer, &office->pool, &office->holds, &office->hold_count, error);
    if (!status)
        status = read_unsettled(office, error);
    if (!status)
        status = session_list(office->store, office->viewer, &office->pool, &office->sessions, &office->session_count,
                              error);
    if (!status)
        status = question_list(office->store, office->viewer, &office->pool, &office->questions,
                               &office->question_count, error);
    if (!status)
        status = contest_list(office->store, office->viewer, &office->pool, &office->contests, &office->contest_count,
                              error);
    if (!status)
        status =
            load_asides(office->store, office->viewer, &office->pool, &office->asides, &office->aside_count, error);
    if (!status)
        status = load_unseen_gold(office->store, office->viewer, &office->pool, &office->unseen, &office->unseen_count,
                                  error);
    if (!status)
        status =
            people_list(office->store, office->viewer, &office->pool, &office->members, &office->member_count, error);
    if (!status)
        status = load_plan(office->store, office->viewer, &office->history, office_now(office), &office->plan, error);
    if (!status)
        status = standing_list(office->store, office->viewer, office->campaign, &office->pool, &office->standings,
                               &office->standing_count, error);
    return status;
}

int office_read(struct office *office, struct error *error) {
    struct office fresh = {.store = office->store, .viewer = office->viewer, .campaign = office->campaign};
    int status = read_all(&fresh, error);
    if (status) {
        forget(&fresh);
        return status;
    }
    forget(office);
    fresh.outcome = office->outcome;
    fresh.texts = office->texts;
    fresh.failed = office->failed;
    fresh.failure = office->failure;
    fresh.read = true;
    *office = fresh;
    sort_people(office);
    agenda_make(office);
    office->outcome->decisions = office->agenda_count;
    return STATUS_OK;
}

/* --- Looking up ---------------------------------------------------------------------------------------------------------- */

const struct office_track *office_track(const struct office *office, const char *name) {
    for (size_t i = 0; i < office->track_count; i++)
        if (strcmp(office->tracks[i].settings->name, name) == 0)
            return &office->tracks[i];
    return NULL;
}

const struct plan_line *office_plan(const struct office *office, int track, int category) {
    for (size_t i = 0; i < office->plan.work_count; i++)
        if (office->plan.work[i].track == track && office->plan.work[i].category == category)
            return &office->plan.work[i];
    return NULL;
}

size_t office_contests(const struct office *office, int64_t item, const struct contest **first) {
    size_t count = 0;
    for (size_t i = 0; i < office->contest_count; i++) {
        if (office->contests[i].item != item)
            continue;
        if (count == 0 && first)
            *first = &office->contests[i];
        count++;
    }
    return count;
}

bool office_paused(const struct office *office, int64_t person) {
    for (size_t i = 0; i < office->member_count; i++)
        if (office->members[i].id == person)
            return office->members[i].paused;
    return false;
}

const struct standing_line *office_standing(const struct office *office, int64_t person, const char *track) {
    for (size_t i = 0; i < office->standing_count; i++)
        if (office->standings[i].person == person && strcmp(office->standings[i].track, track) == 0)
            return &office->standings[i];
    return NULL;
}

int64_t office_person_id(const struct office *office, int code) {
    return office->history.person_ids[code];
}

const char *office_person_name(const struct office *office, int code) {
    return office->history.people[code];
}

const struct office_person *office_person(const struct office *office, int64_t person, const char *track) {
    for (size_t i = 0; i < office->people_count; i++) {
        const struct office_person *one = &office->people[i];
        if (office_person_id(office, one->annotator->person) == person &&
            strcmp(one->track->settings->name, track) == 0)
            return one;
    }
    return NULL;
}

/* --- Screens -------------------------------------------------------------------------------------------------------------- */

bool desk_done(struct desk_screen *desk, struct frame *frame, int status, const struct error *error,
               desk_action *again) {
    enum upshot upshot = upshot_tell(frame, status, error);
    if (upshot == UPSHOT_BUSY) {
        desk->pending = again;
    } else if (upshot == UPSHOT_FAILED) {
        if (!desk->office->failed) {
            desk->office->failed = status;
            desk->office->failure = *error;
        }
        frame_leave(frame);
    }
    return upshot == UPSHOT_DONE;
}

bool desk_waits(struct desk_screen *desk, struct frame *frame, const struct key *key) {
    if (!desk->pending)
        return false;
    (void)key; /* whatever it is: the timer may have gone to a screen that stood above this one */
    desk_action *again = desk->pending;
    desk->pending = NULL;
    frame_say(frame, INK_NORMAL, "%s", ""); /* it says so again if it must */
    again(desk, frame);
    return true;
}

bool desk_takes_reason(struct frame *frame, struct slice typed, struct buffer *why) {
    if (!typed.data || typed.length == 0) {
        frame_say(frame, INK_DIM, typed.data ? "it needs a reason: nothing was changed" : "nothing was changed");
        return false;
    }
    buffer_clear(why);
    buffer_add_slice(why, typed);
    return true;
}

void desk_title(const struct office *office, struct surface *surface, struct rect *area, const char *where) {
    struct buffer left = BUFFER_INIT, right = BUFFER_INIT;
    buffer_add_format(&left, "%s › lead%s%s", office->campaign->name, where ? " › " : "", where ? where : "");
    if (office->read && office->agenda_count)
        buffer_add_format(&right, "%zu decision%s · ", office->agenda_count, office->agenda_count == 1 ? "" : "s");
    else if (office->read)
        buffer_add_string(&right, "nothing waits · ");
    buffer_add_string(&right, timestamp_local_day(office_now(office)).text);
    frame_title(surface, area, left.data, right.data);
    buffer_release(&left);
    buffer_release(&right);
}
