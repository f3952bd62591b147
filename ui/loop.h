/*
 * The one place that waits: for input, signals and the timer, in one pselect. Everything comes out as a struct key.
 *
 * Keys that were typed before the screen showed what they would act on must not act on it. loop_drop_typed() is called before a
 * screen with a new item is shown, and loop_shown() after: everything that had arrived by then is read and dropped, through
 * the decoder, so that the rest of a torn sequence or paste is not taken for keys. Where the terminal is known to
 * answer, it is asked for a sign of life ahead of the frame, and keys are dropped until the answer comes: they were typed before
 * the frame was on the screen, however slow the line is. A terminal that stays silent for LOOP_ANSWER_MS is not asked again.
 */
#ifndef UI_LOOP_H
#define UI_LOOP_H

#include <stdbool.h>
#include <stdint.h>

#include "ui/decoder.h"
#include "ui/key.h"
#include "ui/terminal.h"

enum { LOOP_HOOKS = 4, LOOP_ANSWER_MS = 1000, LOOP_GREETING_MS = 60 };

/* Called once when no key came for after_ms; again after the next key. */
struct loop_hook {
    int after_ms;
    void (*call)(void *data, int after_ms);
    void *data;
    bool done; /* in this pause */
};

struct loop {
    struct terminal *terminal; /* borrowed */
    struct decoder decoder;
    struct loop_hook hooks[LOOP_HOOKS];
    int hook_count;
    int64_t last_key;                                          /* monotonic ms */
    int64_t last_byte;                                         /* monotonic ms */
    int64_t wake_at;                                           /* when ON_TIMER is due; 0: never */
    int tick_ms;                                               /* ON_TIMER comes that often besides; 0: not */
    int64_t tick_at;                                           /* when the next one is due */
    enum { ANSWERS_UNKNOWN, ANSWERS_YES, ANSWERS_NO } answers; /* does the terminal answer? */
    unsigned asked;                                            /* questions put */
    int64_t asked_at;                                          /* monotonic ms of the last one */
    bool dropping;                                             /* until the answer to the last question */
    bool ended;                                                /* input is at its end */
};

/*
 * The terminal is borrowed, and asked for its first sign of life, and for its background where the theme depends on that. Waits
 * LOOP_GREETING_MS for that at most, so that the first frame has the right colours; a later answer is minded, too.
 */
void loop_init(struct loop *loop, struct terminal *terminal);
void loop_release(struct loop *loop);

/* Waits for the next event. After ON_END it gives ON_END for ever. A paste's text is good until the next call. */
struct key loop_next(struct loop *loop);

/* ON_TIMER comes once in `ms` from now (a later call replaces an earlier one); negative: no timer. */
void loop_wake(struct loop *loop, int ms);

/* ON_TIMER comes every `ms` besides. */
void loop_tick(struct loop *loop, int ms);

/* At most LOOP_HOOKS. */
void loop_on_pause(struct loop *loop, int after_ms, void (*call)(void *data, int after_ms), void *data);

/* Around terminal_show of something that keys typed until now must not act on. */
void loop_drop_typed(struct loop *loop);
void loop_shown(struct loop *loop);

/* Reads and drops whatever is there, and forgets waiting answers: before a child gets the terminal, and after. */
void loop_settle(struct loop *loop);

#endif
