/*
 * A screen is a small table of operations; the frame runs a stack of them on a terminal, or without one in a test.
 *
 *     struct start { struct screen screen; … };            the screen comes first in its struct
 *     static const struct screen_class start_class = { .name = "start", .draw = start_draw, .key = start_key, … };
 *     frame_push(frame, &start->screen);
 *
 * The frame owns the surface, the small-terminal notice, help, redraw, suspend, the message row, and waiting.
 */
#ifndef UI_SCREEN_H
#define UI_SCREEN_H

#include <stdbool.h>
#include <stdint.h>

#include "core/base/error.h"
#include "core/base/slice.h"
#include "ui/child.h"
#include "ui/key.h"
#include "ui/keymap.h"
#include "ui/loop.h"
#include "ui/surface.h"

struct frame;
struct screen;

struct screen_class {
    const char *name;

    /* Draws the whole screen; the surface is blank, at least LAYOUT_LEAST_ROWS × LAYOUT_LEAST_COLUMNS. */
    void (*draw)(struct screen *screen, struct surface *surface);

    /* A key, paste or timer. Returns false for what it does not mind: the frame then tries help, redraw, suspend. */
    bool (*key)(struct screen *screen, struct frame *frame, const struct key *key);

    /* The contexts that hold now, for hint and help. NULL: none. */
    unsigned (*contexts)(const struct screen *screen);

    /* No key for after_ms (300 and 2000): save to disk, refresh. Called for every screen of the stack, top first. NULL: nothing. */
    void (*paused)(struct screen *screen, struct frame *frame, int after_ms);

    /* The screen above was closed; this one is on top again. NULL: nothing. */
    void (*resumed)(struct screen *screen, struct frame *frame);

    /* Adds Markdown to the help screen below the keys (what is recorded about me). NULL: nothing. */
    void (*help)(const struct screen *screen, struct buffer *out);

    /* Frees the screen, after the call in which it was taken off the stack. NULL: it belongs to somebody else. */
    void (*close)(struct screen *screen);

    /* It covers only a part: the screen below is drawn first. */
    bool overlay;
};

struct screen {
    const struct screen_class *class;
    struct screen *below;
};

struct frame {
    struct terminal *terminal; /* borrowed; NULL in a test */
    struct loop *loop;         /* borrowed; NULL in a test */
    struct surface surface;
    struct screen *top;
    struct screen *closed;                          /* off the stack, freed when the present call is over */
    bool ended;                                     /* hang-up or SIGTERM: every screen is closed without questions */
    bool (*watch)(void *data, struct frame *frame); /* frame_watch; NULL: none */
    void *watch_data;
    bool fresh; /* the next frame shows what earlier keys must not act on (frame_fresh) */
    char notice[512];
    enum ink notice_ink;
};

/* With a terminal and loop, or NULL for both and a size set by frame_resize. */
void frame_init(struct frame *frame, struct terminal *terminal, struct loop *loop);
/* Closes what is on the stack. */
void frame_release(struct frame *frame);

void frame_push(struct frame *frame, struct screen *screen);
/* Closes the top screen; the one below is told. */
void frame_pop(struct frame *frame);
/* Closes every screen: frame_run returns. */
void frame_leave(struct frame *frame);

/* Draws, waits, hands keys on, until the stack is empty. */
void frame_run(struct frame *frame);

/* `watch` is called before every key that a screen gets, and every `ms` without one: false, and the key is no screen's (it may have closed them). */
void frame_watch(struct frame *frame, int ms, bool (*watch)(void *data, struct frame *frame), void *data);

/* The two halves of frame_run, for tests and fuzzers: draw everything into frame->surface; take one event. */
void frame_draw(struct frame *frame);
void frame_key(struct frame *frame, const struct key *key);
void frame_resize(struct frame *frame, int rows, int columns);
void frame_paused(struct frame *frame, int after_ms);

/* A new item is about to be drawn: what was typed until it is on the screen is dropped. */
void frame_fresh(struct frame *frame);

/* ON_TIMER in ms, once. Without a loop nothing happens. */
void frame_wake(struct frame *frame, int ms);

/* One line over the bottom row, until the next key. */
void frame_say(struct frame *frame, enum ink ink, const char *format, ...) __attribute__((format(printf, 3, 4)));

/* $EDITOR and $PAGER, see child.h. Without a terminal: STATUS_SYSTEM. */
int frame_edit(struct frame *frame, struct buffer *text, const struct editing *how, struct error *error);
int frame_page(struct frame *frame, struct slice text, struct error *error);

/* A yes/no question on the bottom row, over the screen that asks. `answered` is called once, after the question is gone. */
void frame_ask(struct frame *frame, const char *question,
               void (*answered)(struct screen *asker, struct frame *frame, bool yes));

/*
 * A menu over the screen that asks: `count` lines (1 to 9), taken by a digit, or ↑ ↓ Enter. `chosen` gets 0 to count-1, or -1
 * for back, after the menu is gone. Title and lines are copied.
 */
void frame_choose(struct frame *frame, const char *title, const char *const *lines, int count,
                  void (*chosen)(struct screen *asker, struct frame *frame, int line));

/*
 * A line to type on the bottom row (a search, a short reason). `typed` gets the text, or an absent slice for Esc, after the line is
 * gone; the text is good during the call. `start` is there to begin with.
 */
void frame_prompt(struct frame *frame, const char *label, struct slice start, size_t most,
                  void (*typed)(struct screen *asker, struct frame *frame, struct slice text));

/* A text over the whole screen (guideline, help, about); `markdown` is copied. */
void frame_read(struct frame *frame, const char *title, struct slice markdown);

/* The title row of every screen: " assay  " and `left`, `right` at the right edge, and a rule below; cut off *area. */
void frame_title(struct surface *surface, struct rect *area, const char *left, const char *right);
enum { FRAME_TITLE_ROOM = 12 }; /* cells of that row which are neither `left` nor `right`, with a gap between them */

/* The hint line for the contexts, cut off the bottom of *area. */
void frame_hint(struct surface *surface, struct rect *area, unsigned contexts);

#endif
