/*
 * A real terminal for tests: the program runs in a pseudo-terminal, and libvterm is the emulator that reads what it draws.
 * Nothing here sleeps: every wait is for a condition, with a deadline.
 */
#ifndef TESTS_SCREEN_TERMINAL_H
#define TESTS_SCREEN_TERMINAL_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/types.h>

struct terminal;

/* Starts argv in a terminal of this size. environment: NAME=VALUE strings set over a small fixed one (TERM=xterm-256color, LANG=C.UTF-8,
 * a HOME that is empty); NULL-terminated, may be NULL. */
struct terminal *terminal_start(int rows, int columns, const char *const argv[], const char *const environment[]);

/* Kills what still runs and frees. */
void terminal_stop(struct terminal *terminal);

/* From now on the emulator says `answer` whenever the program writes `question`. Both are borrowed. */
void terminal_answer(struct terminal *terminal, const char *question, const char *answer);

/* From now on every byte takes so long, in each direction: a line of twice as much from key to screen. */
void terminal_delay(struct terminal *terminal, int ms);

void terminal_send(struct terminal *terminal, const char *keys);
void terminal_resize(struct terminal *terminal, int rows, int columns);
/* Tells the program of a size and leaves the emulator as large as it is: libvterm 0.1 can crash when it shrinks. */
void terminal_pretend_size(struct terminal *terminal, int rows, int columns);
void terminal_signal(struct terminal *terminal, int number);
pid_t terminal_process(const struct terminal *terminal);

/* Reads output until the text stands in a row of the screen (or no longer does). False after the deadline (10 s). */
bool terminal_wait(struct terminal *terminal, const char *text);
bool terminal_wait_gone(struct terminal *terminal, const char *text);

/* Reads what is there now and at most `ms` milliseconds more of silence; for programs that must not react. */
void terminal_settle(struct terminal *terminal, int ms);

/* It has ended already, or has closed its terminal and is about to; terminal_wait_exit says how. */
bool terminal_ended(struct terminal *terminal);
bool terminal_closed(const struct terminal *terminal);

/* Until the program ended; its exit status, or 128 + signal; -1 after the deadline. */
int terminal_wait_exit(struct terminal *terminal);

/* The row's text, without spaces at its end. Valid until the next call. */
const char *terminal_row(struct terminal *terminal, int row);
/* The number of the first row that holds the text, or -1. */
int terminal_find(struct terminal *terminal, const char *text);
/* All rows with newlines, to free with free(). */
char *terminal_screen(struct terminal *terminal);

/* What stands in a cell, as UTF-8, blank when nothing does; returns its width (1 or 2; 0 outside). */
int terminal_cell(struct terminal *terminal, int row, int column, char text[64]);

/* Cells that the emulator's own table gives to a code point behind a letter; the table may be older than the C library's. */
int terminal_point_columns(uint32_t point);

/* Until the cursor stands there. False after the deadline. */
bool terminal_wait_cursor(struct terminal *terminal, int row, int column);

/* How a cell looks. Colours are 0xRRGGBB; -1: the terminal's own. */
struct terminal_look {
    long foreground, background;
    bool bold, underline, italic, reverse;
};
struct terminal_look terminal_look(struct terminal *terminal, int row, int column);
/* The look that what is printed next will have. */
struct terminal_look terminal_look_now(struct terminal *terminal);

/* Modes that a program must give back. */
struct terminal_modes {
    bool alternate, cursor_hidden, paste_bracketed, mouse;
};
struct terminal_modes terminal_modes(const struct terminal *terminal);

/* Bytes that the program has written so far, and whether these bytes were ever among them. */
size_t terminal_bytes(const struct terminal *terminal);
bool terminal_wrote(const struct terminal *terminal, const char *bytes);

/* Prints the screen to standard error; returns false, so that assert_true(x || terminal_dump(t)) shows it. */
bool terminal_dump(struct terminal *terminal);

#endif
