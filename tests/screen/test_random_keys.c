/*
 * A fuzzer over keys, sizes, pastes, signals and the mouse: it drives `annotate` and `lead` of a demo campaign in a pseudo-terminal.
 *
 *     screen_test_random_keys [SEED [STEPS]]      ctest runs a few thousand steps of a fixed seed
 *
 * Held after every few steps: the program answers (a redraw comes), and has not crashed. Held at every end: the exit status is 0, and the
 * terminal has its screen, cursor and modes back. Held now and then: a reason or a question that was typed and drawn is there after the process is killed.
 */
#define _GNU_SOURCE
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <signal.h>
#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "helper_campaign.h"

enum { STEPS = 3000, RUN_STEPS = 1500, SYNC_EVERY = 15, ROWS = 80, COLUMNS = 240 };

static uint64_t seed = 1;
static long step_count = STEPS;

/* SplitMix64 (Steele, Lea, Flood 2014): the steps of a seed are the same everywhere. */
static uint64_t draw(void) {
    uint64_t z = seed += 0x9e3779b97f4a7c15u;
    z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9u;
    z = (z ^ (z >> 27)) * 0x94d049bb133111ebu;
    return z ^ (z >> 31);
}

static unsigned below(unsigned limit) {
    return (unsigned)(draw() % limit);
}

struct run {
    struct scratch scratch;
    struct terminal *terminal;
    const char *command, *person;
    long steps; /* of this start of the program */
    size_t tokens;
    char last[4][64]; /* what was sent last, for a report */
};

static char editor[200], store[200], configuration[200], preferences[200];

/* --- Starting, ending, failing ------------------------------------------------------------------------------------------- */

static void write_preferences(bool mouse) {
    FILE *file = fopen(preferences, "w");
    assert_non_null(file);
    fprintf(file, "mouse: %s\n", mouse ? "true" : "false");
    assert_int_equal(fclose(file), 0);
}

static void start(struct run *run, bool lead) {
    run->command = lead ? "lead" : "annotate";
    run->person = lead ? "lead" : "you";
    run->steps = 0;
    write_preferences(below(2));
    const char *argv[] = {assay_path(), run->command, store, "--as", run->person, NULL};
    int rows = below(3) ? 24 + (int)below(20) : 1 + (int)below(ROWS),
        columns = below(3) ? 80 + (int)below(60) : 1 + (int)below(COLUMNS);
    run->terminal = terminal_start(
        ROWS, COLUMNS, argv,
        (const char *const[]){editor, configuration, "PAGER=cat", "ASAN_OPTIONS=detect_leaks=0:exitcode=99", NULL});
    terminal_pretend_size(run->terminal, rows, columns);
}

static void report(struct run *run, const char *what) {
    terminal_dump(run->terminal);
    for (size_t i = 0; i < 4; i++)
        fprintf(stderr, "sent before: %s\n", run->last[i]);
    fail_msg("%s: %s, at step %ld of a run, generator at %llu", run->command, what, run->steps,
             (unsigned long long)seed);
}

static void check_end(struct run *run, int status) {
    char words[64];
    /* What comes before the terminal is taken over, or after it was given back, ends this program as any other. */
    bool interrupted = status == 128 + SIGINT || status == 128 + SIGQUIT || status == 128 + SIGTERM;
    snprintf(words, sizeof words, "ended with status %d", status);
    if (status != 0 && !interrupted)
        report(run, status < 0 ? "does not end" : words);
    struct terminal_modes modes = terminal_modes(run->terminal);
    struct terminal_look look = terminal_look_now(run->terminal);
    if (modes.alternate)
        report(run, "left the alternate screen on");
    if (modes.cursor_hidden)
        report(run, "left the cursor hidden");
    if (modes.paste_bracketed || modes.mouse)
        report(run, "left a mode of the keyboard or the mouse on");
    if (look.foreground >= 0 || look.background >= 0 || look.bold || look.underline || look.reverse)
        report(run, "left the terminal in a colour");
    terminal_stop(run->terminal);
    run->terminal = NULL;
}

/* It ended by itself, because of a key: that is fine, if it ended well. */
static bool ended(struct run *run) {
    if (!terminal_ended(run->terminal) && !terminal_closed(run->terminal))
        return false;
    check_end(run, terminal_wait_exit(run->terminal));
    return true;
}

/* --- Steps -------------------------------------------------------------------------------------------------------------- */

static void send(struct run *run, const char *keys) {
    memmove(run->last[1], run->last[0], sizeof run->last - sizeof run->last[0]);
    size_t at = 0;
    for (const char *c = keys; *c && at + 6 < sizeof run->last[0]; c++)
        at += (size_t)snprintf(run->last[0] + at, 6,
                               (unsigned char)*c < ' ' || (unsigned char)*c >= 0x7f ? "\\x%02x" : "%c",
                               (unsigned char)*c);
    terminal_send(run->terminal, keys);
}

static void press(struct run *run) {
    static const char characters[] = " bjkhl1234567890rtfvcsaeugip?dmwyz/nNo<>=+ABCRHDMKXx";
    static const char *const sequences[] = {"\r",        "\r",
                                            "\t",        "\033[Z",
                                            "\177",      "\033",
                                            "\033[A",    "\033[B",
                                            "\033[C",    "\033[D",
                                            "\033[5~",   "\033[6~",
                                            "\033[H",    "\033[F",
                                            "\033OP",    "\033OQ",
                                            "\033OR",    "\033OS",
                                            "\033[15~",  "\033[17~",
                                            "\033[18~",  "\033[19~",
                                            "\033[20~",  "\033[21~",
                                            "\x0c",      "\x0a",
                                            "\x0f",      "\x01",
                                            "\x05",      "\x17",
                                            "\x0b",      "\x15",
                                            "\x19",      "\x14",
                                            "\x12",      "\x10",
                                            "\x07",      "\033b",
                                            "\033f",     "\033[1;5D",
                                            "\033[1;2C", "é",
                                            "中",        "ا",
                                            "٣",         "👩‍👩‍👧‍👦",
                                            "न्",         "Z͑ͫ̓ͪ̂ͫ",
                                            "\xf0\x9f",  "\xe4",
                                            "\xff",      "\033[",
                                            "\033O",     "\033]11;rgb:",
                                            "\033[200~", "\033[201~",
                                            "\033[0n"};
    static const char *const leaving[] = {"q", "\x03", "\x1a"};
    unsigned which = below(sizeof characters - 1 + sizeof sequences / sizeof *sequences);
    if (below(40) == 0)
        send(run, leaving[below(3)]);
    else if (which < sizeof characters - 1)
        send(run, (const char[]){characters[which], '\0'});
    else
        send(run, sequences[which - (sizeof characters - 1)]);
}

/* The left button or the wheel, somewhere. */
static void point(struct run *run) {
    static const int buttons[] = {0, 0, 64, 65};
    char report[40];
    snprintf(report, sizeof report, "\033[<%d;%u;%uM", buttons[below(4)], 1 + below(COLUMNS / 2), 1 + below(ROWS / 2));
    send(run, report);
}

static void type_bytes(struct run *run) {
    char bytes[12];
    size_t count = 1 + below(sizeof bytes - 2);
    for (size_t i = 0; i < count; i++)
        do
            bytes[i] = (char)(1 + below(255));
        while (bytes[i] ==
               0x13); /* Ctrl-S stops a terminal that no program has taken over yet: then nothing can be seen */
    bytes[count] = '\0';
    send(run, bytes);
}

static void paste(struct run *run) {
    static const char long_text[] =
        "a longer text that fills more than one row of what there is to type into, and goes on "
        "and on for some while until it ends";
    static const char *const texts[] = {"2\r2\r", "words to paste", "two\nlines\ttab", "\x07\x1b[2J\x9b", "ب‏ا",
                                        "",       long_text};
    send(run, "\033[200~");
    send(run, texts[below(sizeof texts / sizeof *texts)]);
    if (below(8))
        send(run, "\033[201~");
}

static void resize(struct run *run) {
    static const int usual[][2] = {{24, 80}, {40, 120}, {60, 200}, {16, 60}, {15, 60}, {30, 109}, {30, 110}, {1, 1}};
    const int *size = usual[below(sizeof usual / sizeof *usual)];
    if (below(2))
        terminal_pretend_size(run->terminal, size[0], size[1]);
    else
        terminal_pretend_size(run->terminal, 1 + (int)below(ROWS), 1 + (int)below(COLUMNS));
}

static void signal_it(struct run *run) {
    static const int numbers[] = {SIGWINCH, SIGCONT, SIGTSTP, SIGINT};
    unsigned which = below(5);
    if (which < 4) {
        terminal_signal(run->terminal, numbers[which]);
        return;
    }
    terminal_signal(run->terminal, SIGSTOP);
    press(run); /* typed while nobody listens */
    terminal_signal(run->terminal, SIGCONT);
}

static void step(struct run *run) {
    unsigned kind = below(100);
    if (kind < 76)
        press(run);
    else if (kind < 82)
        point(run);
    else if (kind < 86)
        type_bytes(run);
    else if (kind < 90)
        paste(run);
    else if (kind < 96)
        resize(run);
    else
        signal_it(run);
    if (below(3) == 0)
        terminal_settle(run->terminal, 1);
    run->steps++;
}

/* --- What must hold ------------------------------------------------------------------------------------------------------ */

/* A redraw is asked for, wherever the keys have led, and must come. */
static void check_alive(struct run *run) {
    terminal_send(run->terminal, "\033[201~");
    terminal_settle(run->terminal, 2);
    size_t before = terminal_bytes(run->terminal);
    for (int tries = 0; tries < 2000; tries++) {
        if (tries % 100 == 0)
            terminal_send(run->terminal, "\x0c");
        terminal_settle(run->terminal, 5);
        if (terminal_closed(run->terminal) || terminal_bytes(run->terminal) > before)
            return;
    }
    report(run, "does not answer");
}

/* Gives it a size to work with and starts it on the item that is next; false when there is no item. */
static bool open_item(struct run *run) {
    start(run, false);
    terminal_pretend_size(run->terminal, 40, 120);
    if (!terminal_wait(run->terminal, "Guideline and rulings"))
        report(run, "does not show the start screen");
    terminal_settle(run->terminal, 30);
    terminal_send(run->terminal, "\033[H\r");
    for (int tries = 0; tries < 1000; tries++, terminal_settle(run->terminal, 10)) {
        if (terminal_find(run->terminal, "type the reason") >= 0 || terminal_find(run->terminal, " why ") >= 0) {
            terminal_settle(run->terminal, 60);
            return true;
        }
        if (terminal_find(run->terminal, "Hand in") >= 0 || terminal_find(run->terminal, "Nothing is left") >= 0)
            return false;
    }
    report(run, "does not open an item");
    return false;
}

static bool is_in_a_draft(const char *text) {
    sqlite3 *database;
    sqlite3_stmt *statement;
    assert_int_equal(sqlite3_open_v2(store, &database, SQLITE_OPEN_READONLY, NULL), SQLITE_OK);
    assert_int_equal(sqlite3_prepare_v2(database, "select 1 from draft where instr(body, ?1)", -1, &statement, NULL),
                     SQLITE_OK);
    sqlite3_bind_text(statement, 1, text, -1, SQLITE_STATIC);
    bool there = sqlite3_step(statement) == SQLITE_ROW;
    sqlite3_finalize(statement);
    sqlite3_close(database);
    return there;
}

/* A text is typed and pasted; when it is drawn the process is killed. It must be there the next time. */
static void check_draft(struct run *run) {
    char token[64], pasted[96];
    if (run->terminal)
        terminal_stop(run->terminal);
    if (!open_item(run)) {
        terminal_stop(run->terminal);
        run->terminal = NULL;
        return;
    }
    snprintf(token, sizeof token, "токен%zu中", ++run->tokens);
    snprintf(pasted, sizeof pasted, "\033[200~+%zu\033[201~", run->tokens);
    send(run, below(2) ? "\033OS" : "\033[19~"); /* the reason, or a question to the lead */
    send(run, "\001");                           /* before what a run before this one left there */
    send(run, token);
    send(run, pasted);
    snprintf(pasted, sizeof pasted, "%s+%zu", token, run->tokens);
    if (!terminal_wait(run->terminal, pasted))
        report(run, "does not draw what is typed");
    terminal_signal(run->terminal, below(2) ? SIGKILL : SIGHUP);
    terminal_wait_exit(run->terminal);
    if (!is_in_a_draft(pasted))
        report(run, "has lost what was typed and drawn");
    terminal_stop(run->terminal);
    run->terminal = NULL;
}

/* --- The whole ----------------------------------------------------------------------------------------------------------- */

static void terminate(struct run *run) {
    check_alive(run); /* a program that is still being started dies of it as any other does */
    if (ended(run))
        return;
    terminal_signal(run->terminal, SIGTERM);
    check_end(run, terminal_wait_exit(run->terminal));
}

static void make_store(struct run *run) {
    char path[160];
    scratch_make(&run->scratch);
    snprintf(path, sizeof path, "%s/demo", run->scratch.folder);
    free(ASSAY_OK("demo", path));
    snprintf(store, sizeof store, "%s/demo.assay", path);
    snprintf(path, sizeof path, "%s", scratch_write(&run->scratch, "editor", "#!/bin/sh\necho edited >>\"$1\"\n"));
    assert_int_equal(chmod(path, 0700), 0);
    snprintf(editor, sizeof editor, "EDITOR=%s", path);
    snprintf(configuration, sizeof configuration, "XDG_CONFIG_HOME=%s", run->scratch.folder);
    snprintf(path, sizeof path, "%s/assay", run->scratch.folder);
    assert_int_equal(mkdir(path, 0700), 0);
    snprintf(preferences, sizeof preferences, "%s/config.yaml", path);
}

static void test_random_keys(void **state) {
    (void)state;
    struct run run = {0};
    make_store(&run);
    for (long done = 0; done < step_count;) {
        if (!run.terminal && below(6) == 0)
            check_draft(&run);
        if (!run.terminal)
            start(&run, below(3) == 0);
        step(&run);
        done++;
        if (run.steps % SYNC_EVERY == 0)
            check_alive(&run);
        if (ended(&run) || run.steps < RUN_STEPS)
            continue;
        terminate(&run);
    }
    if (run.terminal)
        terminate(&run);
    free(ASSAY_OK("check", store, "--as", "lead"));
    scratch_remove(&run.scratch);
}

int main(int argc, char **argv) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_random_keys)};
    if (argc > 1)
        seed = strtoull(argv[1], NULL, 10);
    if (argc > 2)
        step_count = strtol(argv[2], NULL, 10);
    return cmocka_run_group_tests(tests, NULL, NULL);
}
