#include "ui/loop.h"

#include <errno.h>
#include <sys/select.h>
#include <time.h>
#include <unistd.h>

#include "core/base/banned.h"

static int64_t now_ms(void) {
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (int64_t)now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

static void ask(struct loop *loop) {
    if (loop->answers == ANSWERS_NO || !terminal_ask_alive(loop->terminal))
        return;
    loop->asked++;
    loop->asked_at = now_ms();
}

static bool answered(const struct loop *loop) {
    return loop->decoder.replies >= loop->asked;
}

/* The terminal named its background: true when that changes the colours. */
static bool heed_background(struct loop *loop) {
    bool said = loop->decoder.background != BACKGROUND_UNKNOWN, light = loop->decoder.background == BACKGROUND_LIGHT;
    loop->decoder.background = BACKGROUND_UNKNOWN;
    return said && terminal_background(loop->terminal, light);
}

void loop_release(struct loop *loop) {
    loop_settle(loop);
    decoder_release(&loop->decoder);
}

void loop_wake(struct loop *loop, int ms) {
    loop->wake_at = ms < 0 ? 0 : now_ms() + ms + (ms == 0);
}

void loop_tick(struct loop *loop, int ms) {
    loop->tick_ms = ms;
    loop->tick_at = now_ms() + ms;
}

void loop_on_pause(struct loop *loop, int after_ms, void (*call)(void *data, int after_ms), void *data) {
    if (loop->hook_count < LOOP_HOOKS)
        loop->hooks[loop->hook_count++] = (struct loop_hook){after_ms, call, data, false};
}

/* Waits for input or a signal, at most `ms` (negative: without end). True when there is something to read. */
static bool wait_for_input(struct loop *loop, int64_t ms) {
    int input = terminal_input(loop->terminal);
    fd_set readable;
    FD_ZERO(&readable);
    FD_SET(input, &readable);
    struct timespec limit = {.tv_sec = (time_t)(ms / 1000), .tv_nsec = (long)(ms % 1000) * 1000000};
    return pselect(input + 1, &readable, NULL, NULL, ms < 0 ? NULL : &limit, terminal_wait_mask(loop->terminal)) > 0;
}

/* Reads what is there into the decoder; the terminal's end ends the loop. */
static void read_input(struct loop *loop) {
    char bytes[4096];
    ssize_t got = read(terminal_input(loop->terminal), bytes, sizeof bytes);
    if (got > 0) {
        decoder_feed(&loop->decoder, bytes, (size_t)got);
        loop->last_byte = now_ms();
    } else if (got == 0 || (errno != EINTR && errno != EAGAIN)) {
        loop->ended = true;
    }
}

/* Waits a moment for the first answers; keys that come meanwhile stay where they are. */
static void greet(struct loop *loop) {
    int64_t limit = now_ms() + LOOP_GREETING_MS;
    for (int64_t now = now_ms(); now < limit && !answered(loop) && !loop->ended; now = now_ms()) {
        if (wait_for_input(loop, limit - now))
            read_input(loop);
        decoder_sift(&loop->decoder);
    }
    if (answered(loop))
        loop->answers = ANSWERS_YES;
    heed_background(loop);
}

void loop_init(struct loop *loop, struct terminal *terminal) {
    *loop = (struct loop){.terminal = terminal, .last_key = now_ms()};
    decoder_init(&loop->decoder);
    terminal_teach(terminal, &loop->decoder);
    loop->decoder.mouse = terminal_mouse(terminal);
    loop->decoder.asked_background = terminal_ask_background(terminal);
    ask(loop);
    if (loop->decoder.asked_background && loop->asked > 0)
        greet(loop);
}

/* Everything that the system holds for us now goes into the decoder. A flood is cut at a megabyte. */
static void read_everything(struct loop *loop) {
    for (int i = 0; i < 256 && !loop->ended && wait_for_input(loop, 0); i++)
        read_input(loop);
}

/* The next key that may act; false when there is none yet. */
static bool next_key(struct loop *loop, int64_t now, struct key *key) {
    int patience = decoder_patience(&loop->decoder);
    bool paused = patience >= 0 && now - loop->last_byte >= patience;
    if (paused && wait_for_input(loop, 0)) { /* it was we who paused */
        read_input(loop);
        paused = false;
    }
    while (decoder_next(&loop->decoder, paused, key)) {
        if (loop->asked > 0 && answered(loop)) {
            loop->answers = ANSWERS_YES;
            loop->dropping = false;
        }
        if (!loop->dropping)
            return true;
    }
    if (loop->asked > 0 && answered(loop)) {
        loop->answers = ANSWERS_YES;
        loop->dropping = false;
    } else if (loop->dropping && now - loop->asked_at >= LOOP_ANSWER_MS) {
        loop->answers = ANSWERS_NO;
        loop->dropping = false;
    }
    return false;
}

/* The nearest of the things that happen without input, in ms from now; -1: none. */
static int64_t until_next(const struct loop *loop, int64_t now) {
    int64_t next = -1;
#define SOONER(at)                              \
    do {                                        \
        int64_t in = (at) > now ? (at)-now : 0; \
        if (next < 0 || in < next)              \
            next = in;                          \
    } while (0)
    int patience = decoder_patience(&loop->decoder);
    if (patience >= 0)
        SOONER(loop->last_byte + patience);
    if (loop->wake_at > 0)
        SOONER(loop->wake_at);
    if (loop->tick_ms > 0)
        SOONER(loop->tick_at);
    if (loop->dropping)
        SOONER(loop->asked_at + LOOP_ANSWER_MS);
    for (int i = 0; i < loop->hook_count; i++)
        if (!loop->hooks[i].done)
            SOONER(loop->last_key + loop->hooks[i].after_ms);
#undef SOONER
    return next;
}

/* What signals ask for: an event, or nothing (a stop is done here). */
static bool heed_signals(struct loop *loop, struct key *key) {
    unsigned signals = terminal_take_signals(loop->terminal);
    if (signals & SIGNAL_ENDED) {
        loop->ended = true;
        return false;
    }
    if (signals & SIGNAL_STOPPED) {
        loop_settle(loop);
        terminal_suspend(loop->terminal);
    }
    if (signals & SIGNAL_CONTINUED)
        terminal_spoil(loop->terminal);
    if (signals & SIGNAL_BROKEN) {
        *key = key_control('c');
        return true;
    }
    if (signals) {
        *key = key_plain(ON_RESIZE);
        return true;
    }
    return false;
}

static void note_key(struct loop *loop, int64_t now) {
    loop->last_key = now;
    for (int i = 0; i < loop->hook_count; i++)
        loop->hooks[i].done = false;
}

static void call_hooks(struct loop *loop, int64_t now) {
    for (int i = 0; i < loop->hook_count; i++) {
        struct loop_hook *hook = &loop->hooks[i];
        if (!hook->done && now - loop->last_key >= hook->after_ms) {
            hook->done = true;
            hook->call(hook->data, hook->after_ms);
        }
    }
}

struct key loop_next(struct loop *loop) {
    struct key key;
    for (;;) {
        int64_t now = now_ms();
        if (heed_signals(loop, &key))
            return key;
        if (loop->ended)
            return key_plain(ON_END);
        if (next_key(loop, now, &key)) {
            note_key(loop, now);
            return key;
        }
        if (heed_background(loop))
            return key_plain(ON_RESIZE);
        if (loop->wake_at > 0 && now >= loop->wake_at) {
            loop->wake_at = 0;
            return key_plain(ON_TIMER);
        }
        if (loop->tick_ms > 0 && now >= loop->tick_at) {
            loop->tick_at = now + loop->tick_ms;
            return key_plain(ON_TIMER);
        }
        call_hooks(loop, now);
        if (wait_for_input(loop, until_next(loop, now_ms())))
            read_input(loop);
    }
}

void loop_drop_typed(struct loop *loop) {
    if (loop->answers == ANSWERS_YES) {
        ask(loop);
        loop->dropping = true;
    }
}

void loop_shown(struct loop *loop) {
    read_everything(loop);
    if (!loop->dropping)
        decoder_forget(&loop->decoder);
}

void loop_settle(struct loop *loop) {
    /* An answer under way would be typed into whatever has the terminal next. */
    int64_t limit = loop->asked_at + (loop->answers == ANSWERS_YES ? LOOP_ANSWER_MS : 200);
    read_everything(loop);
    decoder_forget(&loop->decoder);
    while (loop->asked > 0 && !answered(loop) && loop->answers != ANSWERS_NO && !loop->ended && now_ms() < limit) {
        if (wait_for_input(loop, limit - now_ms()))
            read_input(loop);
        decoder_forget(&loop->decoder);
    }
    loop->dropping = false;
}
