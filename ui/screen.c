#include "ui/screen.h"

#include <stdarg.h>
#include <stdio.h>

#include "core/base/array.h"
#include "ui/child.h"
#include "ui/directions.h"
#include "ui/paint.h"

#include "core/base/banned.h"

static void on_pause(void *data, int after_ms) {
    frame_paused(data, after_ms);
}

void frame_init(struct frame *frame, struct terminal *terminal, struct loop *loop) {
    *frame = (struct frame){.terminal = terminal, .loop = loop};
    int rows = LAYOUT_LEAST_ROWS, columns = LAYOUT_LEAST_COLUMNS;
    if (terminal)
        terminal_size(terminal, &rows, &columns);
    surface_init(&frame->surface, rows, columns);
    if (loop) {
        loop_on_pause(loop, 300, on_pause, frame);
        loop_on_pause(loop, 2000, on_pause, frame);
    }
}

static void free_closed(struct frame *frame) {
    while (frame->closed) {
        struct screen *screen = frame->closed;
        frame->closed = screen->below;
        if (screen->class->close)
            screen->class->close(screen);
    }
}

static struct screen *take_top(struct frame *frame) {
    struct screen *screen = frame->top;
    frame->top = screen->below;
    screen->below = frame->closed;
    frame->closed = screen;
    return screen;
}

void frame_release(struct frame *frame) {
    frame_leave(frame);
    free_closed(frame);
    surface_release(&frame->surface);
}

void frame_push(struct frame *frame, struct screen *screen) {
    screen->below = frame->top;
    frame->top = screen;
}

void frame_pop(struct frame *frame) {
    if (!frame->top)
        return;
    take_top(frame);
    if (frame->top && frame->top->class->resumed)
        frame->top->class->resumed(frame->top, frame);
}

void frame_leave(struct frame *frame) {
    while (frame->top)
        take_top(frame);
}

void frame_resize(struct frame *frame, int rows, int columns) {
    if (rows != frame->surface.rows || columns != frame->surface.columns)
        surface_resize(&frame->surface, rows, columns);
}

void frame_paused(struct frame *frame, int after_ms) {
    for (struct screen *screen = frame->top; screen; screen = screen->below)
        if (screen->class->paused)
            screen->class->paused(screen, frame, after_ms);
}

/* --- drawing --- */

static void draw_too_small(struct surface *surface) {
    struct buffer text = BUFFER_INIT;
    buffer_add_format(
        &text,
        "assay needs a terminal of %d × %d; this one is %d × %d. Make it larger and go on where you were. Ctrl-C "
        "leaves; nothing is lost.",
        LAYOUT_LEAST_COLUMNS, LAYOUT_LEAST_ROWS, surface->columns, surface->rows);
    paint_paragraph(surface, surface_rect(surface), 0, INK_NORMAL, buffer_slice(&text));
    buffer_release(&text);
}

static void draw_stack(struct screen *screen, struct surface *surface) {
    if (screen->class->overlay && screen->below)
        draw_stack(screen->below, surface);
    surface_set_cursor(surface, -1, -1);
    surface_forget_spots(surface);
    screen->class->draw(screen, surface);
}

void frame_draw(struct frame *frame) {
    struct surface *surface = &frame->surface;
    surface_clear(surface);
    if (!frame->top)
        return;
    if (layout_too_small(surface->rows, surface->columns)) {
        draw_too_small(surface);
        return;
    }
    draw_stack(frame->top, surface);
    directions_guard(surface);
    if (frame->notice[0]) {
        struct rect row = rect_row(surface_rect(surface), -1);
        paint_fill(surface, row, INK_NORMAL);
        paint_string(surface, row, 0, 1, frame->notice_ink, frame->notice);
    }
}

void frame_title(struct surface *surface, struct rect *area, const char *left, const char *right) {
    struct rect row = rect_cut_top(area, 1);
    int start = paint_right_string(surface, row, 0, 1, INK_DIM, right);
    int column = paint_string(surface, row, 0, 1, INK_TITLE, "assay");
    row.columns = start > 0 ? start - 1 : 0;
    paint_string(surface, row, 0, column + 2, INK_NORMAL, left);
    paint_rule(surface, rect_cut_top(area, 1), 0);
}

void frame_hint(struct surface *surface, struct rect *area, unsigned contexts) {
    struct rect row = rect_cut_bottom(area, 1);
    struct buffer text = BUFFER_INIT;
    keymap_hint(&text, contexts, row.columns - 2);
    paint_text(surface, row, 0, 1, INK_DIM, buffer_slice(&text));
    buffer_release(&text);
}

/* --- keys --- */

static void show_help(struct frame *frame, unsigned contexts) {
    struct buffer text = BUFFER_INIT;
    keymap_help(&text, contexts);
    if (frame->top->class->help)
        frame->top->class->help(frame->top, &text);
    frame_read(frame, "keys", buffer_slice(&text));
    buffer_release(&text);
}

static void suspend(struct frame *frame) {
    if (!frame->terminal)
        return;
    loop_settle(frame->loop);
    terminal_suspend(frame->terminal);
}

/* The contexts that hold now; where a screen names none, those that hold while typing. */
static unsigned contexts_of(const struct frame *frame) {
    const struct screen *top = frame->top;
    unsigned contexts = top->class->contexts ? top->class->contexts(top) : 0;
    return contexts ? contexts : IN_TYPING;
}

/* What no screen wanted. */
static void do_common(struct frame *frame, const struct key *key) {
    unsigned contexts = contexts_of(frame);
    switch (keymap_lookup(*key, contexts)) {
    case REQUEST_HELP:
        show_help(frame, contexts);
        break;
    case REQUEST_SUSPEND:
        suspend(frame);
        break;
    case REQUEST_REDRAW:
        if (frame->terminal)
            terminal_spoil(frame->terminal);
        break;
    default:
        if (key->kind == ON_PASTE)
            frame_say(frame, INK_WARNING, "A paste is taken only where you type.");
        break;
    }
}

static bool is_common(enum request request) {
    return request == REQUEST_SUSPEND || request == REQUEST_REDRAW;
}

void frame_watch(struct frame *frame, int ms, bool (*watch)(void *data, struct frame *frame), void *data) {
    frame->watch = watch;
    frame->watch_data = data;
    if (frame->loop)
        loop_tick(frame->loop, ms);
}

/* The wheel over a list or a text is the arrow key, three times in a text; elsewhere a screen minds the mouse itself, or nobody does. */
static bool turn_wheel(struct frame *frame, const struct key *key) {
    const unsigned texts = IN_PAGER | IN_DESK_ITEM | IN_DESK_GOLD | IN_DESK_QUESTION, lists = IN_LIST | IN_MENU;
    bool wheel = key->kind == ON_WHEEL_UP || key->kind == ON_WHEEL_DOWN;
    unsigned contexts = contexts_of(frame);
    struct screen *top = frame->top;
    if (!wheel || !(contexts & (texts | lists)))
        return false;
    struct key arrow = key_plain(key->kind == ON_WHEEL_UP ? ON_UP : ON_DOWN);
    for (int i = 0; i < (contexts & texts ? 3 : 1) && frame->top == top; i++)
        top->class->key(top, frame, &arrow);
    return true;
}

void frame_key(struct frame *frame, const struct key *key) {
    if (key->kind == ON_END) {
        frame->ended = true;
        frame_leave(frame);
    } else if (frame->top && key->kind != ON_RESIZE && (!frame->watch || frame->watch(frame->watch_data, frame))) {
        bool small = layout_too_small(frame->surface.rows, frame->surface.columns);
        unsigned contexts = contexts_of(frame);
        if (key->kind != ON_TIMER)
            frame->notice[0] = '\0';
        if (small && key_equal(*key, key_control('c')))
            frame_leave(frame);
        else if (!small && turn_wheel(frame, key))
            ;
        else if (is_common(keymap_lookup(*key, contexts)) ||
                 (!(small && key->kind != ON_TIMER) && !frame->top->class->key(frame->top, frame, key) && frame->top))
            do_common(frame, key);
    }
    free_closed(frame);
}

/* --- running --- */

static void show(struct frame *frame) {
    int rows, columns;
    terminal_size(frame->terminal, &rows, &columns);
    frame_resize(frame, rows, columns);
    frame_draw(frame);
    bool fresh = frame->fresh;
    frame->fresh = false;
    if (fresh)
        loop_drop_typed(frame->loop);
    terminal_show(frame->terminal, &frame->surface);
    if (fresh)
        loop_shown(frame->loop);
}

void frame_run(struct frame *frame) {
    while (frame->top) {
        show(frame);
        struct key key = loop_next(frame->loop);
        frame_key(frame, &key);
    }
}

void frame_fresh(struct frame *frame) {
    frame->fresh = true;
}

void frame_wake(struct frame *frame, int ms) {
    if (frame->loop)
        loop_wake(frame->loop, ms);
}

void frame_say(struct frame *frame, enum ink ink, const char *format, ...) {
    va_list arguments;
    va_start(arguments, format);
    vsnprintf(frame->notice, sizeof frame->notice, format, arguments);
    va_end(arguments);
    frame->notice_ink = ink;
}

int frame_edit(struct frame *frame, struct buffer *text, const struct editing *how, struct error *error) {
    if (!frame->terminal)
        return error_set(error, STATUS_SYSTEM, "there is no terminal to run an editor on");
    loop_settle(frame->loop);
    int status = child_edit(frame->terminal, text, how, error);
    loop_settle(frame->loop);
    return status;
}

int frame_page(struct frame *frame, struct slice text, struct error *error) {
    if (!frame->terminal)
        return error_set(error, STATUS_SYSTEM, "there is no terminal to run a pager on");
    loop_settle(frame->loop);
    int status = child_page(frame->terminal, text, error);
    loop_settle(frame->loop);
    return status;
}
