/* What the annotator's screens share; see sitting.h. */
#include "ui/annotate/sitting.h"

#include "core/base/timestamp.h"
#include "rubrics/rubric.h"
#include "store/load.h"
#include "store/settings.h"
#include "ui/annotate/phrases.h"
#include "ui/upshot.h"

#include "core/base/banned.h"

int64_t sitting_now(const struct sitting *sitting) {
    struct world *world = store_world(sitting->store);
    return world->now(world);
}

int sitting_read_rubric(struct sitting *sitting, struct error *error) {
    struct pool pool = POOL_INIT;
    struct rubric_version version;
    struct rubric rubric;
    int status = rubric_newest(sitting->store, sitting->options->track, &pool, &version, error);
    if (!status)
        status = rubric_read(version.yaml, "rubric", &rubric, error);
    if (!status) {
        rubric_release(&sitting->rubric);
        sitting->rubric = rubric;
        sitting->rubric_id = version.id;
    }
    pool_release(&pool);
    return status;
}

int sitting_init(struct sitting *sitting, struct store *store, struct viewer *viewer, const struct campaign *campaign,
                 const struct annotate_options *options, struct annotate_outcome *outcome, struct error *error) {
    *sitting = (struct sitting){
        .store = store,
        .viewer = viewer,
        .campaign = campaign,
        .settings = campaign_track(campaign, options->track),
        .options = options,
        .outcome = outcome,
    };
    if (!sitting->settings)
        return error_set(error, STATUS_USAGE, "no track is named '%s'", options->track);
    texts_init(&sitting->texts);
    int status = sitting_read_rubric(sitting, error);
    if (!status)
        status = sitting_find_batch(sitting, error);
    if (!status)
        status = sitting_read_standing(sitting, error);
    if (!status)
        status = sitting_read_figures(sitting, error);
    if (status)
        sitting_release(sitting);
    return status;
}

static void forget_figures(struct sitting *sitting) {
    if (sitting->figures_there)
        person_figures_release(&sitting->figures);
    history_release(&sitting->history);
    sitting->history = (struct history){0};
    sitting->figures_there = false;
    sitting->as_of = 0;
}

void sitting_release(struct sitting *sitting) {
    forget_figures(sitting);
    texts_release(&sitting->texts);
    rubric_release(&sitting->rubric);
    pool_release(&sitting->pool);
    pool_release(&sitting->standing_pool);
}

/* --- Batches ---------------------------------------------------------------------------------------------------------- */

void sitting_note_batch(struct sitting *sitting) {
    const struct batch *batch = &sitting->batch;
    bool named = batch->id && !batch->session;
    sitting->outcome->batch_name = named ? batch_name(batch->purpose, batch->number) : (struct batch_name){""};
    sitting->outcome->batch_number = named && batch->purpose == BATCH_WORK ? batch->number : 0;
    sitting->outcome->batch_size = batch->id ? batch->size : 0;
    sitting->outcome->batch_done = batch->id ? batch->judged + batch->aside : 0;
}

int sitting_find_session(struct sitting *sitting, struct batch *out, struct error *error) {
    const struct annotate_options *options = sitting->options;
    return batch_find_session(sitting->store, sitting->viewer, options->track, options->session,
                              options->reference ? KIND_REFERENCE : KIND_CALIBRATION, &sitting->pool, out, error);
}

int sitting_find_batch(struct sitting *sitting, struct error *error) {
    struct batch found = {0};
    int status = STATUS_OK;
    pool_clear(&sitting->pool);
    if (sitting->options->session || sitting->calibrating)
        status = sitting_find_session(sitting, &found, error);
    if (!status && !found.id && !sitting->options->session) {
        sitting->calibrating = false;
        status =
            batch_find_open(sitting->store, sitting->viewer, sitting->options->track, &sitting->pool, &found, error);
    }
    if (status)
        return status;
    if (found.id != sitting->batch.id)
        sitting->last_position = 0;
    sitting->batch = found;
    sitting_note_batch(sitting);
    return STATUS_OK;
}

bool sitting_all_done(const struct sitting *sitting) {
    return sitting->batch.id && sitting->batch.judged + sitting->batch.aside >= sitting->batch.size;
}

int sitting_deal(struct sitting *sitting, struct error *error) {
    struct batch dealt = {0};
    pool_clear(&sitting->pool);
    int status = sitting->options->training > 0
                     ? batch_deal_training(sitting->store, sitting->viewer, sitting->options->track,
                                           sitting->options->training, &sitting->pool, &dealt, error)
                     : batch_deal(sitting->store, sitting->viewer, sitting->campaign, sitting->options->track,
                                  &sitting->pool, &dealt, &sitting->left, error);
    if (status)
        return status;
    sitting->batch = dealt;
    sitting->outcome->waits_for_lead = !dealt.id && standing_waits(&sitting->left.standing);
    sitting->outcome->nothing_left = dealt.id == 0;
    sitting->outcome->left_for_others = sitting->left.for_others;
    sitting->outcome->left_for_lead = sitting->left.for_lead;
    sitting->outcome->left_open_batches = sitting->left.open_batches;
    sitting_note_batch(sitting);
    return STATUS_OK;
}

int sitting_read_standing(struct sitting *sitting, struct error *error) {
    struct pool pool = POOL_INIT;
    struct track_standing found;
    int status = standing_read(sitting->store, sitting->viewer, sitting->settings, &pool, &found, error);
    if (status) {
        pool_release(&pool);
        return status;
    }
    pool_release(&sitting->standing_pool);
    sitting->standing_pool = pool;
    sitting->standing = found;
    return STATUS_OK;
}

/* --- Figures ---------------------------------------------------------------------------------------------------------- */

static int find_code(const int64_t *ids, size_t count, int64_t id) {
    for (size_t code = 1; code < count; code++)
        if (ids[code] == id)
            return (int)code;
    return 0;
}

static int find_track(const struct history *history, const char *name) {
    for (size_t code = 1; code < history->track_count; code++)
        if (strcmp(history->tracks[code], name) == 0)
            return (int)code;
    return 0;
}

static int last_handed_in(const struct history *history, int person, int track) {
    int number = 0;
    for (size_t i = 0; i < history->batch_count; i++) {
        const struct batch_mark *mark = &history->batches[i];
        if (mark->person == person && mark->track == track && mark->handed_in && mark->number > number)
            number = mark->number;
    }
    return number;
}

int sitting_read_figures(struct sitting *sitting, struct error *error) {
    int64_t person = sitting->viewer->person;
    if (person == 0)
        return STATUS_OK;
    struct load_scope scope = {.person = person, .track = sitting->options->track};
    struct history history = {0};
    int status = load_history(sitting->store, &scope, &history, error);
    if (!status)
        status = load_today(sitting->store, person, timestamp_local_midnight(sitting_now(sitting)),
                            &sitting->today_judged, &sitting->today_ms, error);
    if (status) {
        history_release(&history);
        return status;
    }
    forget_figures(sitting);
    sitting->history = history;
    int person_code = find_code(history.person_ids, history.person_count, person);
    int track_code = find_track(&history, sitting->options->track);
    if (person_code == 0 || track_code == 0)
        return STATUS_OK;
    person_figures_init(&sitting->figures, &sitting->history, person_code, track_code, sitting->settings,
                        sitting->campaign->seed);
    sitting->figures_there = true;
    sitting->as_of = last_handed_in(&sitting->history, person_code, track_code);
    return STATUS_OK;
}

struct pane sitting_pane(const struct sitting *sitting) {
    return (struct pane){
        .parts = sitting->campaign->pane,
        .part_count = sitting->campaign->pane_count,
        .today_judged = sitting->today_judged,
        .today_ms = sitting->today_ms,
        .aim = sitting->settings->aim,
        .batch_name = sitting->batch.id && !sitting->batch.session
                          ? batch_name(sitting->batch.purpose, sitting->batch.number)
                          : (struct batch_name){""},
        .batch_done = sitting->batch.judged + sitting->batch.aside,
        .batch_size = sitting->batch.size,
        .figures = sitting->figures_there ? &sitting->figures : NULL,
        .history = &sitting->history,
        .as_of = sitting->as_of,
    };
}

const char *sitting_cover(const struct sitting *sitting) {
    const struct preferences *preferences = sitting->options->preferences;
    return preferences && preferences->uncovered ? NULL : sitting->settings->content_note;
}

const struct sitting_words *sitting_words(const struct sitting *sitting) {
    static const char *const leave = "Leave? Your answers are kept as a draft.",
                             *const hand_in = "Hand in? The judgments become final.";
    static const struct sitting_words ordinary = {NULL, leave, hand_in, NULL},
                                      rehearsal = {"rehearsal", "Leave the rehearsal? Nothing of it is kept.",
                                                   "End the rehearsal? Nothing of it is kept.",
                                                   "this is a rehearsal: nobody would get the question"},
                                      gold = {"making gold",
                                              "Leave? What was made gold is gold; the answer in hand is not kept.",
                                              hand_in, "nobody is asked while gold is made"},
                                      reference = {NULL, leave, hand_in, "this is your own reference"};
    const struct annotate_options *options = sitting->options;
    return options->gold ? &gold : options->reference ? &reference : options->rehearsal ? &rehearsal : &ordinary;
}

void sitting_title(const struct sitting *sitting, int position, struct buffer *left, struct buffer *right) {
    buffer_add_format(left, "%s › %s", sitting->campaign->name, sitting->options->track);
    buffer_add_string(right, sitting->viewer->name);
    const char *title = sitting_words(sitting)->title;
    if (title) {
        buffer_add_format(right, " · %s", title);
    } else if (sitting->batch.id) {
        buffer_add_string(right, " · ");
        phrase_batch(right, &sitting->batch);
    }
    if (sitting->batch.id && position > 0)
        buffer_add_format(right, " · %d of %d", position, sitting->batch.size);
}

/* --- Busy, and worse -------------------------------------------------------------------------------------------------- */

void sitting_fail(struct sitting *sitting, struct frame *frame, int status, const struct error *error) {
    if (!sitting->failed) {
        sitting->failed = status;
        sitting->failure = *error;
    }
    frame_leave(frame);
}

bool work_done(struct work_screen *work, struct frame *frame, int status, const struct error *error,
               work_action *again) {
    enum upshot upshot = upshot_tell(frame, status, error);
    if (upshot == UPSHOT_BUSY)
        work->pending = again;
    else if (upshot == UPSHOT_FAILED)
        sitting_fail(work->sitting, frame, status, error);
    return upshot == UPSHOT_DONE;
}

bool work_waits(struct work_screen *work, struct frame *frame, const struct key *key) {
    if (!work->pending)
        return false;
    (void)key; /* whatever it is: the timer may have gone to a screen that stood above this one */
    work_action *again = work->pending;
    work->pending = NULL;
    frame_say(frame, INK_NORMAL, "%s", ""); /* it says so again if it must */
    again(work, frame);
    return true;
}
