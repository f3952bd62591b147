/*
 * The terminal: the one place that starts and ends curses, sets its modes and catches signals. One at a time in a process
 * (signal handlers need to find it). All signals it minds are blocked except while loop.c waits.
 *
 * However the program ends (return, abort, a crash), the terminal gets its modes, screen and cursor back first.
 */
#ifndef UI_TERMINAL_H
#define UI_TERMINAL_H

#include <signal.h>
#include <stdbool.h>

#include "core/base/error.h"
#include "ui/decoder.h"
#include "ui/surface.h"
#include "ui/theme.h"

struct terminal;

enum terminal_signal {
    SIGNAL_RESIZED = 1 << 0,   /* SIGWINCH */
    SIGNAL_ENDED = 1 << 1,     /* SIGTERM, SIGHUP */
    SIGNAL_STOPPED = 1 << 2,   /* SIGTSTP */
    SIGNAL_CONTINUED = 1 << 3, /* SIGCONT */
    SIGNAL_BROKEN = 1 << 4,    /* SIGINT sent from outside; the key Ctrl-C comes as a key */
};

/*
 * Takes the terminal over: alternate screen, raw, no echo, bracketed paste. Standard input and output must both be one, and
 * TERM must be able to move the cursor: else STATUS_SYSTEM with a sentence that says what to do. The locale must be set (main).
 * preferences: NULL means the defaults.
 */
int terminal_start(struct terminal **terminal, const struct preferences *preferences, struct error *error);

/* Gives it back, for good. NULL is allowed. */
void terminal_end(struct terminal *terminal);

/* Gives it back for a while (a child, a suspend), and takes it over again; the next terminal_show draws everything. */
void terminal_leave(struct terminal *terminal);
void terminal_enter(struct terminal *terminal);

/* Ctrl-Z: leaves, stops the process group, and enters again when continued. */
void terminal_suspend(struct terminal *terminal);

/* Rows and columns as the system says now (also told to curses). */
void terminal_size(struct terminal *terminal, int *rows, int *columns);

/* Draws the difference between the surface and what is on the screen. A surface of another size is cut or filled up. */
void terminal_show(struct terminal *terminal, const struct surface *surface);

/* The next terminal_show draws every cell (Ctrl-L). */
void terminal_spoil(struct terminal *terminal);

/* For loop.c: the descriptor to read, the mask to wait with, the signals since the last call (a sum of enum terminal_signal). */
int terminal_input(const struct terminal *terminal);
const sigset_t *terminal_wait_mask(const struct terminal *terminal);
unsigned terminal_take_signals(struct terminal *terminal);

/* Tells the decoder the sequences that terminfo has for this terminal. */
void terminal_teach(const struct terminal *terminal, struct decoder *decoder);

/* The person wants the mouse, and this terminal can report it. */
bool terminal_mouse(const struct terminal *terminal);

/*
 * Asks the terminal for its background (OSC 11) where the theme depends on it. False, and nothing is asked, where it does not, or
 * where the question would be printed. The answer comes to the decoder; terminal_background acts on it, and is true when
 * the theme is another one now: everything is to be drawn anew.
 */
bool terminal_ask_background(struct terminal *terminal);
bool terminal_background(struct terminal *terminal, bool light);

/*
 * Asks the terminal for a sign of life (DSR, ESC[5n) with the next bytes that go out; it answers when it has come to that place in
 * what we wrote. False, and nothing is asked, where the terminal is of a kind that would print the question.
 */
bool terminal_ask_alive(struct terminal *terminal);

#endif
