/* The terminal around the screens; see annotate.h. */
#include "ui/annotate/annotate.h"

#include "store/people.h"
#include "ui/annotate/figures.h"
#include "ui/annotate/screens.h"
#include "ui/annotate/tracks.h"

#include "core/base/banned.h"

/* A terminal, its loop and a frame, together. */
struct console {
    struct terminal *terminal;
    struct loop loop;
    struct frame frame;
};

static int console_init(struct console *console, const struct preferences *preferences, struct error *error) {
    int status = terminal_start(&console->terminal, preferences, error);
    if (status)
        return status;
    loop_init(&console->loop, console->terminal);
    frame_init(&console->frame, console->terminal, &console->loop);
    return STATUS_OK;
}

static void console_release(struct console *console) {
    frame_release(&console->frame);
    loop_release(&console->loop);
    terminal_end(console->terminal);
}

/* In training there is no start screen: the batch is dealt here. False when there is none. */
static int open_training(struct sitting *sitting, struct frame *frame, struct error *error) {
    int status = sitting_enter(sitting, frame, error);
    if (!status)
        status = sitting_deal(sitting, error);
    if (!status && sitting->batch.id)
        judge_open(sitting, frame, 0);
    return status;
}

/* The first item at once: what the start screen would do. */
static int skip_start(struct sitting *sitting, struct frame *frame, struct error *error) {
    int status = sitting_enter(sitting, frame, error);
    if (!status && !sitting->batch.id)
        status = sitting_deal(sitting, error);
    if (status)
        return status;
    if (sitting->batch.id)
        judge_open(sitting, frame, 0);
    else
        nothing_open(sitting, frame);
    return STATUS_OK;
}

/* One item of the lead's references. */
static int open_reference(struct sitting *sitting, struct frame *frame, struct error *error) {
    int status = sitting_find_batch(sitting, error);
    if (!status && sitting->batch.id)
        judge_open(sitting, frame, sitting->options->reference);
    return status;
}

static int open_first(struct sitting *sitting, struct frame *frame, struct error *error) {
    const struct annotate_options *options = sitting->options;
    int status = STATUS_OK;
    if (options->training > 0)
        status = open_training(sitting, frame, error);
    else if (options->reference)
        status = open_reference(sitting, frame, error);
    else if (options->skip_start || options->gold)
        status = skip_start(sitting, frame, error);
    else
        start_open(sitting, frame);
    if (!status && options->welcome)
        frame_read(frame, options->welcome_title ? options->welcome_title : "welcome", slice_of(options->welcome));
    return status;
}

int annotate_run(struct store *store, struct viewer *viewer, const struct campaign *campaign,
                 const struct annotate_options *options, struct annotate_outcome *outcome, struct error *error) {
    struct sitting sitting;
    struct console console;
    *outcome = (struct annotate_outcome){0};
    int status = sitting_init(&sitting, store, viewer, campaign, options, outcome, error);
    if (status)
        return status;
    sitting.pane_folded = options->gold != NULL; /* no figure comes of it */
    status = console_init(&console, options->preferences, error);
    if (!status) {
        status = sitting_sit(&sitting, &console.frame, open_first, error);
        if (!status)
            frame_run(&console.frame);
        outcome->interrupted = console.frame.ended;
        console_release(&console);
    }
    sitting_rise(&sitting);
    if (!status && sitting.failed) {
        status = sitting.failed;
        *error = sitting.failure;
    }
    sitting_release(&sitting);
    return status;
}

int annotate_pick_track(struct store *store, const struct viewer *viewer, const struct campaign *campaign,
                        const struct track_offer *offers, size_t count, const struct preferences *preferences,
                        const char **track, struct error *error) {
    struct pool pool = POOL_INIT;
    struct track_line *lines = pool_new(&pool, count, sizeof *lines);
    struct console console;
    int status = STATUS_OK;
    *track = NULL;
    for (size_t i = 0; i < count && !status; i++) {
        lines[i].track = offers[i].track;
        lines[i].standing = offers[i].standing;
        status = batch_find_open(store, viewer, offers[i].track, &pool, &lines[i].batch, error);
    }
    if (!status)
        status = console_init(&console, preferences, error);
    if (!status) {
        tracks_push(&console.frame, campaign->name, viewer->name, lines, count, track);
        frame_run(&console.frame);
        console_release(&console);
    }
    pool_release(&pool);
    return status;
}

int annotate_show_person(struct store *store, const struct viewer *viewer, const struct campaign *campaign,
                         const char *track, const char *person, const char *introduction,
                         const struct preferences *preferences, struct error *error) {
    struct annotate_options options = {.track = track};
    struct annotate_outcome outcome = {0};
    struct sitting sitting;
    struct console console;
    struct viewer shown = {.role = VIEWER_ANNOTATOR};
    struct pool pool = POOL_INIT;
    struct person found;
    int status = person_find(store, person, &pool, &found, error);
    if (!status && !viewer_sees_all(viewer) && found.id != viewer->person)
        status = error_set(error, STATUS_USAGE, "the figures of '%s' are the lead's and their own", person);
    if (!status) {
        shown.person = found.id;
        memcpy(shown.name, found.name.data,
               found.name.length < LIMIT_NAME_BYTES ? found.name.length : LIMIT_NAME_BYTES);
        status = sitting_init(&sitting, store, &shown, campaign, &options, &outcome, error);
    }
    pool_release(&pool);
    if (status)
        return status;
    status = console_init(&console, preferences, error);
    if (!status) {
        struct buffer left = BUFFER_INIT, right = BUFFER_INIT;
        struct pane pane = sitting_pane(&sitting);
        sitting_title(&sitting, 0, &left, &right);
        figures_push(&console.frame, left.data, right.data, introduction, &pane);
        frame_run(&console.frame);
        console_release(&console);
        buffer_release(&left);
        buffer_release(&right);
    }
    sitting_release(&sitting);
    return status;
}
