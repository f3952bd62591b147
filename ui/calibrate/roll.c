/*
 * The people of a session: who has answered, whose turn it is at this terminal. ▸ stands on what comes next: the
 * first person who is waited for, or the items. Nothing of what was answered is here.
 */
#include "core/base/memory.h"
#include "ui/calibrate/room.h"
#include "ui/list.h"
#include "ui/paint.h"

#include "core/base/banned.h"

enum { NAME = 18, DONE = 10, WAIT_MS = 1000 };

struct roll {
    struct desk_screen desk; /* must be first */
    struct room *room;
    struct list list; /* row 0: to the items; then the people by their numbers */
};

static const struct session_book *book_of(const struct roll *roll) {
    return &roll->room->circle.book;
}

static bool owes(const struct session_person *person) {
    return (!person->answered && !person->excused) || person->again > 0;
}

/* Where ▸ belongs: the first who is waited for, else the items. */
static void point(struct roll *roll) {
    const struct session_book *book = book_of(roll);
    list_set_count(&roll->list, 1 + book->people_count);
    roll->list.selected = 0;
    for (size_t i = book->people_count; i > 0; i--)
        if (owes(&book->people[i - 1]))
            roll->list.selected = i;
}

static void draw_row(void *data, size_t index, bool selected, struct surface *surface, struct rect area) {
    const struct roll *roll = data;
    const struct session_book *book = book_of(roll);
    enum ink ink = selected ? INK_STRONG : INK_NORMAL;
    if (index == 0) {
        bool answered = session_is_answered(&book->session);
        paint_string(surface, area, 0, 0, answered ? ink : INK_DIM,
                     answered ? "To the items" : "To the items, when all have answered");
        return;
    }
    const struct session_person *person = &book->people[index - 1];
    struct buffer words = BUFFER_INIT;
    int at = paint_fit(surface, area, 0, 0, NAME, ink, person->name) + 2;
    buffer_add_format(&words, "%d of %d", person->done, person->size);
    at = paint_fit_right(surface, area, 0, at, DONE, INK_DIM, buffer_slice(&words)) + 3;
    if (person->again)
        paint_format(surface, area, 0, at, INK_ACCENT, "%d second vote%s to give", person->again,
                     person->again == 1 ? "" : "s");
    else
        paint_string(surface, area, 0, at, owes(person) ? INK_ACCENT : INK_DIM,
                     person->answered  ? "answered"
                     : person->excused ? "not waited for"
                     : person->done    ? "is answering"
                                       : "has not begun");
    buffer_release(&words);
}

static unsigned roll_contexts(const struct screen *screen) {
    (void)screen;
    return IN_ROLL | IN_LIST;
}

static void roll_draw(struct screen *screen, struct surface *surface) {
    struct roll *roll = (struct roll *)screen;
    const struct session *session = &book_of(roll)->session;
    struct rect area = surface_rect(surface);
    struct buffer right = BUFFER_INIT;
    buffer_add_format(&right, "%d of %d have answered", session->answered, session->people);
    room_title(roll->room, surface, &area, "", "", right.data);
    frame_hint(surface, &area, roll_contexts(screen));
    rect_cut_left(&area, area.columns >= 76 ? 3 : 1);
    int row = paint_paragraph(
        surface, area, 1, INK_DIM,
        slice_of("Each person answers for themselves, in their own terminal or by turns at this one. No answer is "
                 "shown before all are in."));
    rect_cut_top(&area, row + 1);
    list_draw(&roll->list, surface, area, draw_row, roll);
    buffer_release(&right);
}

static void roll_read(struct desk_screen *desk, struct frame *frame) {
    struct roll *roll = (struct roll *)desk;
    struct error error = ERROR_INIT;
    size_t selected = roll->list.selected;
    if (!desk_done(desk, frame, room_read(roll->room, &error), &error, roll_read))
        return;
    point(roll);
    if (selected > 0 && owes(&book_of(roll)->people[selected - 1]))
        roll->list.selected = selected;
}

static void excuse_now(struct desk_screen *desk, struct frame *frame) {
    struct roll *roll = (struct roll *)desk;
    struct error error = ERROR_INIT;
    int status = session_excuse(desk->office->store, desk->office->viewer, roll->room->session,
                                book_of(roll)->people[roll->list.selected - 1].id, &error);
    if (!desk_done(desk, frame, status, &error, excuse_now))
        return;
    roll->room->outcome->excused++;
    roll_read(desk, frame);
}

static void excuse_answered(struct screen *asker, struct frame *frame, bool yes) {
    if (yes)
        excuse_now((struct desk_screen *)asker, frame);
}

static void to_the_items(struct roll *roll, struct frame *frame) {
    struct room *room = roll->room;
    if (!session_is_answered(&book_of(roll)->session)) {
        frame_say(frame, INK_WARNING, "not all have answered: %s hands somebody the terminal, %s goes on without them",
                  keymap_word(REQUEST_OPEN, IN_LIST).text, keymap_word(REQUEST_EXCUSE, IN_ROLL).text);
        return;
    }
    frame_pop(frame);
    if (!frame->top)
        review_open(room, frame);
}

/* The terminal goes to the person at ▸. */
static void hand_over(struct roll *roll, struct frame *frame) {
    const struct session_person *person = &book_of(roll)->people[roll->list.selected - 1];
    struct room *room = roll->room;
    if (!owes(person)) {
        frame_say(frame, INK_DIM, "nothing is asked of them now");
        return;
    }
    memset(room->person, 0, sizeof room->person);
    memcpy(room->person, person->name.data, person->name.length < LIMIT_NAME_BYTES ? person->name.length : 0);
    room->errand = ERRAND_TURN;
    frame_leave(frame);
}

static bool roll_key(struct screen *screen, struct frame *frame, const struct key *key) {
    struct roll *roll = (struct roll *)screen;
    enum request request = keymap_lookup(*key, IN_ROLL | IN_LIST);
    if (desk_waits(&roll->desk, frame, key))
        return true;
    if (key->kind == ON_TIMER) {
        if (room_is_stale(roll->room))
            roll_read(&roll->desk, frame);
        frame_wake(frame, WAIT_MS);
        return true;
    }
    switch (request) {
    case REQUEST_OPEN:
        if (roll->list.selected == 0)
            to_the_items(roll, frame);
        else
            hand_over(roll, frame);
        return true;
    case REQUEST_EXCUSE:
        if (roll->list.selected == 0)
            frame_say(frame, INK_DIM, "▸ on the person to go on without");
        else
            frame_ask(frame,
                      book_of(roll)->people[roll->list.selected - 1].again
                          ? "Go on without their second votes?"
                          : "Go on without their answers? They can't answer blind afterwards.",
                      excuse_answered);
        return true;
    case REQUEST_CLOSE:
        frame_pop(frame);
        return true;
    default:
        return list_request(&roll->list, request);
    }
}

static void roll_close(struct screen *screen) {
    memory_free(screen);
}

void roll_open(struct room *room, struct frame *frame) {
    static const struct screen_class class = {
        .name = "roll", .draw = roll_draw, .key = roll_key, .contexts = roll_contexts, .close = roll_close};
    struct roll *roll = memory_new(1, sizeof *roll);
    roll->desk = (struct desk_screen){.screen = {.class = &class}, .office = &room->office};
    roll->room = room;
    point(roll);
    frame_push(frame, &roll->desk.screen);
    frame_wake(frame, WAIT_MS);
}
