/*
 * One person, one track, one terminal that writes: who comes second is asked whether to take over, and who was there first
 * learns of it at the next key or within seconds, and leaves. Every key was saved before: nothing is lost.
 */
#include "core/base/memory.h"
#include "store/people.h"
#include "store/seat.h"
#include "ui/annotate/phrases.h"
#include "ui/annotate/screens.h"
#include "ui/paint.h"

#include "core/base/banned.h"

enum { WATCH_MS = 5000, ATTEMPTS = 100 /* 20 ms each, in the store */ };

struct seat_screen {
    struct work_screen work; /* must be first */
    struct seat held;
    int (*go_on)(struct sitting *sitting, struct frame *frame, struct error *error);
};

/* On a store that is thrown away nobody else can sit. */
static bool needs_seat(const struct sitting *sitting) {
    return !sitting->options->rehearsal && !sitting->options->gold && sitting->viewer->person != 0;
}

static void note_elsewhere(struct sitting *sitting, const struct seat *held) {
    sitting->outcome->seat_since = held->since;
    memcpy(sitting->outcome->seat_host, held->host, sizeof held->host);
}

static bool is_taken(struct sitting *sitting) {
    struct seat held;
    struct error error = ERROR_INIT;
    if (seat_look(sitting->store, &held, &error) != STATUS_OK || !held.there)
        return false;
    sitting->outcome->taken_over = true;
    note_elsewhere(sitting, &held);
    return true;
}

static bool still_here(void *data, struct frame *frame) {
    struct sitting *sitting = data;
    struct error error = ERROR_INIT;
    int64_t now = sitting_now(sitting);
    if (is_taken(sitting)) {
        frame_leave(frame);
        return false;
    }
    if (now - sitting->beat_at >= SEAT_BEAT_MS && seat_beat(sitting->store, &error) == STATUS_OK)
        sitting->beat_at = now;
    return true;
}

static int sit(struct sitting *sitting, struct frame *frame, bool over, struct seat *held, struct error *error) {
    int status = STATUS_BUSY;
    for (int attempt = 0; attempt < ATTEMPTS && status == STATUS_BUSY; attempt++)
        status = seat_take(sitting->store, sitting->viewer, sitting->options->track, over, held, error);
    if (!status && !held->there) {
        sitting->beat_at = sitting_now(sitting);
        frame_watch(frame, WATCH_MS, still_here, sitting);
    }
    return status;
}

int sitting_enter(struct sitting *sitting, struct frame *frame, struct error *error) {
    struct seat held;
    if (sitting->viewer->person)
        return STATUS_OK;
    int status = viewer_enter(sitting->store, sitting->viewer, error);
    return status || !needs_seat(sitting) ? status : sit(sitting, frame, true, &held, error);
}

void sitting_rise(struct sitting *sitting) {
    if (sitting->failed && is_taken(sitting)) /* a write failed because of it, before the watch saw it */
        sitting->failed = STATUS_OK;
    seat_leave(sitting->store);
}

/* --- The question ------------------------------------------------------------------------------------------------------------ */

static void held_words(const struct seat_screen *screen, struct buffer *out) {
    buffer_add_string(out, "since ");
    phrase_moment(out, screen->held.since, sitting_now(screen->work.sitting));
    if (screen->held.host[0])
        buffer_add_format(out, " on %s", screen->held.host);
}

static void seat_draw(struct screen *screen, struct surface *surface) {
    const struct seat_screen *seat = (const struct seat_screen *)screen;
    const struct sitting *sitting = seat->work.sitting;
    struct rect area = surface_rect(surface);
    struct buffer left = BUFFER_INIT, right = BUFFER_INIT, words = BUFFER_INIT;
    sitting_title(sitting, 0, &left, &right);
    frame_title(surface, &area, left.data, right.data);
    rect_cut_left(&area, 3);
    rect_cut_right(&area, 3);
    buffer_add_format(&words, "%s has this track open in another terminal ", sitting->viewer->name);
    held_words(seat, &words);
    buffer_add_char(&words, '.');
    int row = paint_paragraph(surface, area, 1, INK_NORMAL, buffer_slice(&words));
    paint_paragraph(
        surface, area, row + 1, INK_DIM,
        slice_of("One terminal at a time writes. If you take over, the other one stops at its next key, and you go on "
                 "with everything that was typed there."));
    buffer_release(&left);
    buffer_release(&right);
    buffer_release(&words);
}

static void take_over(struct work_screen *work, struct frame *frame) {
    struct seat_screen *seat = (struct seat_screen *)work;
    struct sitting *sitting = work->sitting;
    struct error error = ERROR_INIT;
    int (*go_on)(struct sitting *, struct frame *, struct error *) = seat->go_on;
    int status = sit(sitting, frame, true, &seat->held, &error);
    if (!work_done(work, frame, status, &error, take_over))
        return;
    frame_pop(frame);
    status = sitting_find_batch(sitting, &error); /* the other terminal went on until now */
    if (!status)
        status = go_on(sitting, frame, &error);
    if (status)
        sitting_fail(sitting, frame, status, &error);
}

static void answered(struct screen *asker, struct frame *frame, bool yes) {
    struct seat_screen *seat = (struct seat_screen *)asker;
    if (yes) {
        take_over(&seat->work, frame);
        return;
    }
    seat->work.sitting->outcome->elsewhere = true;
    note_elsewhere(seat->work.sitting, &seat->held);
    frame_leave(frame);
}

static bool seat_key(struct screen *screen, struct frame *frame, const struct key *key) {
    return work_waits((struct work_screen *)screen, frame, key);
}

static void seat_close(struct screen *screen) {
    memory_free(screen);
}

static void ask(struct sitting *sitting, struct frame *frame, const struct seat *held,
                int (*go_on)(struct sitting *, struct frame *, struct error *)) {
    static const struct screen_class class = {.name = "seat", .draw = seat_draw, .key = seat_key, .close = seat_close};
    struct seat_screen *seat = memory_new(1, sizeof *seat);
    struct buffer question = BUFFER_INIT;
    *seat =
        (struct seat_screen){.work = {.screen = {.class = &class}, .sitting = sitting}, .held = *held, .go_on = go_on};
    frame_push(frame, &seat->work.screen);
    buffer_add_string(&question, "Open ");
    held_words(seat, &question);
    buffer_add_string(&question, "; take it over?");
    frame_ask(frame, question.data, answered);
    buffer_release(&question);
}

int sitting_sit(struct sitting *sitting, struct frame *frame,
                int (*go_on)(struct sitting *sitting, struct frame *frame, struct error *error), struct error *error) {
    struct seat held = {0};
    int status = needs_seat(sitting) ? sit(sitting, frame, false, &held, error) : STATUS_OK;
    if (!status && held.there)
        ask(sitting, frame, &held, go_on);
    else if (!status)
        status = go_on(sitting, frame, error);
    return status;
}
