/*
 * Bytes from a terminal into keys: UTF-8, xterm, VT, rxvt and Linux console sequences, bracketed paste, and the terminal's replies
 * to "are you there" and "what is your background" (see loop.h). Pure: it reads nothing and knows no clock; the caller says when the bytes have paused.
 *
 * A sequence that nobody knows is swallowed whole and gives nothing. A byte that is not UTF-8 gives nothing. ESC before a
 * letter is Escape and then the letter, except for b, d, f and Backspace, which are Alt keys of the text field: over a slow line
 * the two arrive together, and an Escape must not eat the key after it.
 */
#ifndef UI_DECODER_H
#define UI_DECODER_H

#include <stdbool.h>
#include <stddef.h>

#include "core/base/buffer.h"
#include "ui/key.h"

enum {
    DECODER_ESCAPE_MS = 25,    /* an ESC alone for so long is the key Escape */
    DECODER_SEQUENCE_MS = 250, /* a started sequence that does not go on is dropped */
    DECODER_PASTE_MS = 2000,   /* a paste that does not go on is taken to be over; likewise an answer about colours */
    DECODER_PASTE_MOST = 1 << 20, /* bytes of one paste; what is over is left out */
};

struct decoder_name {
    char bytes[16];
    size_t length;
    struct key key;
};

struct decoder {
    struct buffer pending; /* bytes not yet understood */
    size_t at;             /* the first of them */
    struct buffer paste;
    bool pasting;     /* between ESC[200~ and ESC[201~ */
    bool stale_paste; /* the open paste began before decoder_forget: drop it when it ends */
    size_t
        stale; /* so many pending bytes are a started sequence from before decoder_forget: what it becomes is dropped */
    unsigned replies;      /* answers of the terminal seen (ESC[0n, ESC[3n) */
    bool mouse;            /* reports of the mouse (ESC[<…M) are events; else they are swallowed */
    bool asked_background; /* an answer (ESC]11;rgb:…) may be on its way: its pieces are waited for longer */
    enum { BACKGROUND_UNKNOWN, BACKGROUND_DARK, BACKGROUND_LIGHT } background; /* what the terminal said */
    struct decoder_name names[32]; /* what terminfo says that this terminal sends */
    size_t name_count;
};

void decoder_init(struct decoder *decoder);
void decoder_release(struct decoder *decoder);

/* A sequence of this terminal (terminfo) and its key; more than 32, or longer than 16 bytes, are left out. */
void decoder_learn(struct decoder *decoder, const char *bytes, struct key key);

/* Bytes as they came. */
void decoder_feed(struct decoder *decoder, const char *bytes, size_t length);

/*
 * The next whole key. False when there is none: no bytes, or a sequence that may still go on. With `paused` (the time of
 * decoder_patience has passed) what is there is all there is: a lone ESC is Escape, a torn sequence is dropped.
 * key->text of a paste is good until the next call of any function here.
 */
bool decoder_next(struct decoder *decoder, bool paused, struct key *key);

/* Takes whole replies out of what waits and leaves the keys around them; for before the first key is asked for. */
void decoder_sift(struct decoder *decoder);

/* How long to wait for more before calling with `paused`, in ms; -1 when nothing has begun. */
int decoder_patience(const struct decoder *decoder);

/*
 * Drops every key in it. What has begun (a torn sequence, a paste whose end has not come) is dropped when it is complete:
 * its rest must not be taken for keys.
 */
void decoder_forget(struct decoder *decoder);

#endif
