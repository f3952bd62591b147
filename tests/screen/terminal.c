/* A program under test in a pseudo-terminal, read through libvterm; see terminal.h. */
#define _GNU_SOURCE
#include "terminal.h"

#include "link.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <pty.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>
#include <vterm.h>

enum { DEADLINE_MS = 10000, ROW_BYTES = 8192 };

struct terminal {
    VTerm *emulator;
    VTermScreen *screen;
    int rows, columns;
    int descriptor; /* of the pseudo-terminal; -1 when it is closed */
    pid_t process;  /* 0 when it was reaped */
    int status;
    char *written; /* everything it wrote */
    size_t bytes, capacity;
    char row[ROW_BYTES];
    const char *question, *answer; /* of the program, and what to say to it; NULL: none */
    struct terminal_modes modes;
    int delay;           /* milliseconds that the line takes in each direction */
    struct link out, in; /* keys and what is drawn, under way */
};

static bool pump(struct terminal *terminal, int ms);

static long now_ms(void) {
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

static void child_start(const char *const argv[], const char *const environment[]) {
    clearenv();
    setenv("TERM", "xterm-256color", 1);
    setenv("LANG", "C.UTF-8", 1);
    setenv("PATH", "/usr/bin:/bin", 1);
    setenv("HOME", "/nonexistent", 1);
    setenv("ASAN_OPTIONS", "detect_leaks=0", 1);
    for (; environment && *environment; environment++)
        putenv((char *)*environment);
    execv(argv[0], (char *const *)argv);
    _exit(127);
}

static int on_property(VTermProp property, VTermValue *value, void *user) {
    struct terminal *terminal = user;
    if (property == VTERM_PROP_ALTSCREEN)
        terminal->modes.alternate = value->boolean;
    else if (property == VTERM_PROP_MOUSE)
        terminal->modes.mouse = value->number != VTERM_PROP_MOUSE_NONE;
    return 1;
}

static const VTermScreenCallbacks callbacks = {.settermprop = on_property};

struct terminal *terminal_start(int rows, int columns, const char *const argv[], const char *const environment[]) {
    struct terminal *terminal = calloc(1, sizeof *terminal);
    struct winsize size = {.ws_row = (unsigned short)rows, .ws_col = (unsigned short)columns};
    if (!terminal)
        abort();
    terminal->rows = rows;
    terminal->columns = columns;
    terminal->emulator = vterm_new(rows, columns);
    vterm_set_utf8(terminal->emulator, 1);
    terminal->screen = vterm_obtain_screen(terminal->emulator);
    vterm_screen_enable_altscreen(terminal->screen, 1);
    vterm_screen_set_callbacks(terminal->screen, &callbacks, terminal);
    vterm_screen_reset(terminal->screen, 1);
    terminal->process = forkpty(&terminal->descriptor, NULL, NULL, &size);
    if (terminal->process < 0)
        abort();
    if (terminal->process == 0)
        child_start(argv, environment);
    fcntl(terminal->descriptor, F_SETFL, O_NONBLOCK);
    return terminal;
}

void terminal_stop(struct terminal *terminal) {
    if (terminal->process) {
        kill(terminal->process, SIGKILL);
        waitpid(terminal->process, NULL, 0);
    }
    if (terminal->descriptor >= 0)
        close(terminal->descriptor);
    vterm_free(terminal->emulator);
    link_clear(&terminal->out);
    link_clear(&terminal->in);
    free(terminal->written);
    free(terminal);
}

void terminal_answer(struct terminal *terminal, const char *question, const char *answer) {
    terminal->question = question;
    terminal->answer = answer;
}

void terminal_delay(struct terminal *terminal, int ms) {
    terminal->delay = ms;
}

/* To the program, now. */
static void deliver(struct terminal *terminal, const char *bytes, size_t length) {
    while (length > 0 && terminal->descriptor >= 0) {
        ssize_t written = write(terminal->descriptor, bytes, length);
        if (written > 0) {
            bytes += written;
            length -= (size_t)written;
        } else if (errno == EAGAIN) {
            pump(terminal, 10);
        } else {
            return;
        }
    }
}

static void send_bytes(struct terminal *terminal, const char *bytes, size_t length) {
    if (terminal->delay > 0)
        link_add(&terminal->out, bytes, length, now_ms() + terminal->delay);
    else
        deliver(terminal, bytes, length);
}

void terminal_send(struct terminal *terminal, const char *keys) {
    send_bytes(terminal, keys, strlen(keys));
}

/* The emulator's answers (cursor position reports and the like) go back to the program. */
static void answer(struct terminal *terminal) {
    char bytes[256];
    size_t length;
    while ((length = vterm_output_read(terminal->emulator, bytes, sizeof bytes)) > 0)
        send_bytes(terminal, bytes, length);
}

/* What the program wrote has come to the emulator. */
static void arrive(struct terminal *terminal, const char *bytes, size_t length) {
    if (terminal->bytes + length > terminal->capacity) {
        terminal->capacity = 2 * terminal->capacity + length + 65536;
        terminal->written = realloc(terminal->written, terminal->capacity);
        if (!terminal->written)
            abort();
    }
    memcpy(terminal->written + terminal->bytes, bytes, length);
    terminal->bytes += length;
    if (terminal->question && memmem(bytes, length, terminal->question, strlen(terminal->question)))
        terminal_send(terminal, terminal->answer);
    vterm_input_write(terminal->emulator, bytes, length);
    answer(terminal);
}

/* Reads what the program wrote; waits at most `ms` for it. False when nothing came. */
static bool take(struct terminal *terminal, int ms) {
    char bytes[65536];
    struct pollfd wait = {.fd = terminal->descriptor, .events = POLLIN};
    if (poll(&wait, 1, ms) <= 0)
        return false;
    ssize_t length = read(terminal->descriptor, bytes, sizeof bytes);
    if (length <= 0) {
        if (length < 0 && (errno == EAGAIN || errno == EINTR))
            return false;
        close(terminal->descriptor);
        terminal->descriptor = -1;
        return false;
    }
    if (terminal->delay > 0)
        link_add(&terminal->in, bytes, (size_t)length, now_ms() + terminal->delay);
    else
        arrive(terminal, bytes, (size_t)length);
    return true;
}

/* What has been under way long enough, in both directions. True when the emulator got something. */
static bool take_delayed(struct terminal *terminal) {
    struct link_chunk *chunk;
    bool came = false;
    long now = now_ms();
    while ((chunk = link_take(&terminal->out, now))) {
        deliver(terminal, chunk->bytes, chunk->length);
        link_free(chunk);
    }
    while ((chunk = link_take(&terminal->in, now))) {
        arrive(terminal, chunk->bytes, chunk->length);
        link_free(chunk);
        came = true;
    }
    return came;
}

/* Milliseconds until something of a slow line is due, at most `most`. */
static int until_due(const struct terminal *terminal, long now, int most) {
    const long dues[] = {link_next(&terminal->out), link_next(&terminal->in)};
    for (int i = 0; i < 2; i++)
        if (dues[i] >= 0 && dues[i] - now < most)
            most = dues[i] > now ? (int)(dues[i] - now) : 0;
    return most;
}

/* Takes what comes to the emulator; waits at most `ms` for it. False when nothing came. */
static bool pump(struct terminal *terminal, int ms) {
    if (terminal->delay == 0)
        return terminal->descriptor >= 0 && take(terminal, ms);
    for (long now = now_ms(), end = now + ms;; now = now_ms()) {
        if (take_delayed(terminal))
            return true;
        if (terminal->descriptor < 0 && !terminal->in.first)
            return false;
        if (terminal->descriptor >= 0)
            take(terminal, until_due(terminal, now, end > now ? (int)(end - now) : 0));
        else
            poll(NULL, 0, until_due(terminal, now, 10));
        if (now >= end)
            return take_delayed(terminal);
    }
}

void terminal_pretend_size(struct terminal *terminal, int rows, int columns) {
    struct winsize size = {.ws_row = (unsigned short)rows, .ws_col = (unsigned short)columns};
    ioctl(terminal->descriptor, TIOCSWINSZ, &size);
}

void terminal_resize(struct terminal *terminal, int rows, int columns) {
    terminal->rows = rows;
    terminal->columns = columns;
    vterm_set_size(terminal->emulator, rows, columns);
    terminal_pretend_size(terminal, rows, columns);
}

void terminal_signal(struct terminal *terminal, int number) {
    if (terminal->process)
        kill(terminal->process, number);
}

pid_t terminal_process(const struct terminal *terminal) {
    return terminal->process;
}

static bool wait_for(struct terminal *terminal, const char *text, bool there) {
    long deadline = now_ms() + DEADLINE_MS;
    for (;;) {
        if ((terminal_find(terminal, text) >= 0) == there)
            return true;
        if (now_ms() > deadline || (terminal->descriptor < 0 && there))
            return false;
        pump(terminal, 50);
    }
}

bool terminal_wait(struct terminal *terminal, const char *text) {
    return wait_for(terminal, text, true);
}

bool terminal_wait_gone(struct terminal *terminal, const char *text) {
    return wait_for(terminal, text, false);
}

bool terminal_wait_cursor(struct terminal *terminal, int row, int column) {
    long deadline = now_ms() + DEADLINE_MS;
    for (;;) {
        VTermPos place;
        vterm_state_get_cursorpos(vterm_obtain_state(terminal->emulator), &place);
        if (place.row == row && place.col == column)
            return true;
        if (now_ms() > deadline || terminal->descriptor < 0)
            return false;
        pump(terminal, 50);
    }
}

void terminal_settle(struct terminal *terminal, int ms) {
    while (pump(terminal, ms))
        continue;
}

bool terminal_closed(const struct terminal *terminal) {
    return terminal->descriptor < 0;
}

bool terminal_ended(struct terminal *terminal) {
    int status;
    if (terminal->process && waitpid(terminal->process, &status, WNOHANG) == terminal->process) {
        terminal->process = 0;
        terminal->status = WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
        terminal_settle(terminal, 0);
    }
    return terminal->process == 0;
}

int terminal_wait_exit(struct terminal *terminal) {
    long deadline = now_ms() + DEADLINE_MS;
    while (terminal->process) {
        pump(terminal, 20);
        if (!terminal_ended(terminal) && now_ms() > deadline)
            return -1;
    }
    return terminal->status;
}

static size_t put_code(char *out, uint32_t code) {
    if (code < 0x80) {
        out[0] = (char)code;
        return 1;
    }
    size_t length = code < 0x800 ? 2 : code < 0x10000 ? 3 : 4;
    for (size_t i = length - 1; i > 0; i--, code >>= 6)
        out[i] = (char)(0x80 | (code & 0x3F));
    out[0] = (char)((0xF00 >> length & 0xFF) | code);
    return length;
}

int terminal_point_columns(uint32_t point) {
    static VTerm *emulator;
    char bytes[16] = "\r\033[Ka";
    VTermPos place;
    if (!emulator) {
        emulator = vterm_new(2, 20);
        vterm_set_utf8(emulator, 1);
        vterm_screen_reset(vterm_obtain_screen(emulator), 1);
    }
    size_t length = strlen(bytes);
    length += put_code(bytes + length, point);
    vterm_input_write(emulator, bytes, length);
    vterm_state_get_cursorpos(vterm_obtain_state(emulator), &place);
    return place.col - 1;
}

int terminal_cell(struct terminal *terminal, int row, int column, char text[64]) {
    VTermScreenCell cell;
    size_t length = 0;
    text[0] = '\0';
    if (!vterm_screen_get_cell(terminal->screen, (VTermPos){row, column}, &cell))
        return 0;
    if (cell.chars[0] == UINT32_MAX) /* the right half of a wide one */
        return 0;
    for (int i = 0; i < VTERM_MAX_CHARS_PER_CELL && cell.chars[i]; i++)
        length += put_code(text + length, cell.chars[i]);
    snprintf(text + length, 64 - length, "%s", length == 0 ? " " : "");
    return cell.width;
}

const char *terminal_row(struct terminal *terminal, int row) {
    size_t length = 0;
    for (int column = 0; column < terminal->columns && length < ROW_BYTES - 64;) {
        VTermScreenCell cell;
        if (!vterm_screen_get_cell(terminal->screen, (VTermPos){row, column}, &cell))
            break;
        if (!cell.chars[0])
            terminal->row[length++] = ' ';
        for (int i = 0; i < VTERM_MAX_CHARS_PER_CELL && cell.chars[i]; i++)
            length += put_code(terminal->row + length, cell.chars[i]);
        column += cell.width > 0 ? cell.width : 1;
    }
    while (length > 0 && terminal->row[length - 1] == ' ')
        length--;
    terminal->row[length] = '\0';
    return terminal->row;
}

int terminal_find(struct terminal *terminal, const char *text) {
    for (int row = 0; row < terminal->rows; row++)
        if (strstr(terminal_row(terminal, row), text))
            return row;
    return -1;
}

char *terminal_screen(struct terminal *terminal) {
    char *screen = malloc((size_t)terminal->rows * ROW_BYTES);
    size_t length = 0;
    if (!screen)
        abort();
    for (int row = 0; row < terminal->rows; row++)
        length += (size_t)snprintf(screen + length, ROW_BYTES, "%s\n", terminal_row(terminal, row));
    return screen;
}

static long colour_of(struct terminal *terminal, VTermColor colour, bool own) {
    if (own)
        return -1;
    vterm_screen_convert_color_to_rgb(terminal->screen, &colour);
    return (long)colour.rgb.red << 16 | (long)colour.rgb.green << 8 | colour.rgb.blue;
}

struct terminal_look terminal_look(struct terminal *terminal, int row, int column) {
    VTermScreenCell cell;
    struct terminal_look look = {-1, -1, false, false, false, false};
    if (!vterm_screen_get_cell(terminal->screen, (VTermPos){row, column}, &cell))
        return look;
    look.foreground = colour_of(terminal, cell.fg, VTERM_COLOR_IS_DEFAULT_FG(&cell.fg));
    look.background = colour_of(terminal, cell.bg, VTERM_COLOR_IS_DEFAULT_BG(&cell.bg));
    look.bold = cell.attrs.bold;
    look.underline = cell.attrs.underline != 0;
    look.italic = cell.attrs.italic;
    look.reverse = cell.attrs.reverse;
    return look;
}

struct terminal_look terminal_look_now(struct terminal *terminal) {
    VTermState *state = vterm_obtain_state(terminal->emulator);
    struct terminal_look look = {-1, -1, false, false, false, false};
    VTermValue value;
    if (vterm_state_get_penattr(state, VTERM_ATTR_FOREGROUND, &value))
        look.foreground = colour_of(terminal, value.color, VTERM_COLOR_IS_DEFAULT_FG(&value.color));
    if (vterm_state_get_penattr(state, VTERM_ATTR_BACKGROUND, &value))
        look.background = colour_of(terminal, value.color, VTERM_COLOR_IS_DEFAULT_BG(&value.color));
    look.bold = vterm_state_get_penattr(state, VTERM_ATTR_BOLD, &value) && value.boolean;
    look.underline = vterm_state_get_penattr(state, VTERM_ATTR_UNDERLINE, &value) && value.number;
    look.italic = vterm_state_get_penattr(state, VTERM_ATTR_ITALIC, &value) && value.boolean;
    look.reverse = vterm_state_get_penattr(state, VTERM_ATTR_REVERSE, &value) && value.boolean;
    return look;
}

/* The last of the two sequences that the program wrote says whether a mode is on. */
static bool written_last(const struct terminal *terminal, const char *on, const char *off) {
    size_t length = strlen(on);
    for (size_t at = terminal->bytes; at-- > 0;)
        if (at + length <= terminal->bytes) {
            if (memcmp(terminal->written + at, on, length) == 0)
                return true;
            if (memcmp(terminal->written + at, off, length) == 0)
                return false;
        }
    return false;
}

struct terminal_modes terminal_modes(const struct terminal *terminal) {
    struct terminal_modes modes = terminal->modes;
    /* by what was written: libvterm counts visibility to what a saved cursor brings back, real terminals do not */
    modes.cursor_hidden = written_last(terminal, "\033[?25l", "\033[?25h");
    modes.paste_bracketed = written_last(terminal, "\033[?2004h", "\033[?2004l");
    return modes;
}

size_t terminal_bytes(const struct terminal *terminal) {
    return terminal->bytes;
}

bool terminal_wrote(const struct terminal *terminal, const char *bytes) {
    return terminal->written && memmem(terminal->written, terminal->bytes, bytes, strlen(bytes));
}

bool terminal_dump(struct terminal *terminal) {
    char *screen = terminal_screen(terminal);
    fprintf(stderr, "---- screen ----\n%s---- last bytes ----\n", screen);
    for (size_t at = terminal->bytes > 400 ? terminal->bytes - 400 : 0; at < terminal->bytes; at++)
        fprintf(stderr, (unsigned char)terminal->written[at] < ' ' ? "\\x%02x" : "%c",
                (unsigned char)terminal->written[at]);
    fputs("\n----------------\n", stderr);
    free(screen);
    return false;
}
