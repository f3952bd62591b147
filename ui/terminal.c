/*
 * Order matters here: our handlers are set before curses starts, so that it finds them and sets none of its own; the restore
 * bytes for a crash are written out by curses' own terminfo beforehand, so that the handler only has to write(2) them.
 */
#include "ui/terminal.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <termios.h>
#include <unistd.h>

#define NCURSES_NOMACROS 1
#define NCURSES_WIDECHAR 1
#include <curses.h>
#include <term.h>
#undef columns /* term.h names capabilities so */
#undef lines

#include "core/base/array.h"
#include "core/base/memory.h"
#include "core/text/utf8.h"

#include "core/base/banned.h"

struct terminal {
    SCREEN *curses;
    enum theme_choice choice;
    enum scheme scheme;
    int colours;
    bool inside;    /* taken over at the moment */
    bool ansi;      /* speaks ESC [ */
    bool mouse;     /* wanted */
    bool spoiled;   /* the next show draws everything */
    sigset_t outer; /* the mask as it was: what the loop waits with */
    attr_t looks[INK_COUNT];
    short pairs[INK_COUNT];
};

/* What the signal handlers know. */
static volatile sig_atomic_t pending_signals;
static volatile sig_atomic_t hung_up; /* there is no terminal any more */
static volatile sig_atomic_t restore_length;
static char restore_bytes[256];
static struct termios outer_modes;
static bool outer_modes_known;
static char crash_stack[64 << 10];

static const int minded[] = {SIGWINCH, SIGTERM, SIGHUP, SIGTSTP, SIGCONT, SIGINT};
static struct sigaction minded_before[COUNT_OF(minded)];
static const int crashes[] = {SIGABRT, SIGSEGV, SIGBUS, SIGFPE, SIGILL};
static struct sigaction crashes_before[COUNT_OF(crashes)];

static void on_signal(int number) {
    int flag = number == SIGWINCH  ? SIGNAL_RESIZED
               : number == SIGTSTP ? SIGNAL_STOPPED
               : number == SIGCONT ? SIGNAL_CONTINUED
               : number == SIGINT  ? SIGNAL_BROKEN
                                   : SIGNAL_ENDED;
    if (number == SIGHUP)
        hung_up = 1;
    pending_signals = pending_signals | flag;
}

/* Gives the terminal back with calls that are safe in a handler, then lets the crash go its way. */
static void on_crash(int number, siginfo_t *info, void *context) {
    int saved = errno;
    (void)context;
    size_t length = (size_t)restore_length;
    restore_length = 0;
    for (size_t at = 0; at < length;) {
        ssize_t written = write(STDOUT_FILENO, restore_bytes + at, length - at);
        if (written <= 0)
            break;
        at += (size_t)written;
    }
    if (length > 0 && outer_modes_known)
        tcsetattr(STDIN_FILENO, TCSANOW, &outer_modes);
    for (size_t i = 0; i < COUNT_OF(crashes); i++)
        if (crashes[i] == number)
            sigaction(number, &crashes_before[i], NULL);
    errno = saved;
    if (info->si_code <= 0)
        raise(number); /* sent by somebody; a fault happens again by itself when we return */
}

static void catch_signals(struct terminal *terminal) {
    struct sigaction action = {0};
    sigset_t blocked;
    sigemptyset(&blocked);
    action.sa_handler = on_signal;
    sigfillset(&action.sa_mask);
    for (size_t i = 0; i < COUNT_OF(minded); i++) {
        sigaction(minded[i], &action, &minded_before[i]);
        sigaddset(&blocked, minded[i]);
    }
    sigprocmask(SIG_BLOCK, &blocked, &terminal->outer);
    for (size_t i = 0; i < COUNT_OF(minded); i++)
        sigdelset(&terminal->outer, minded[i]);
    stack_t stack = {.ss_sp = crash_stack, .ss_size = sizeof crash_stack};
    sigaltstack(&stack, NULL);
    action.sa_sigaction = on_crash;
    action.sa_flags = SA_ONSTACK | SA_SIGINFO;
    for (size_t i = 0; i < COUNT_OF(crashes); i++)
        sigaction(crashes[i], &action, &crashes_before[i]);
}

static void uncatch_signals(struct terminal *terminal) {
    for (size_t i = 0; i < COUNT_OF(crashes); i++)
        sigaction(crashes[i], &crashes_before[i], NULL);
    /* A hang-up comes more than once; what is left of it must not kill the program while it puts its things in order. */
    struct sigaction ignore = {0};
    ignore.sa_handler = SIG_IGN;
    for (size_t i = 0; i < COUNT_OF(minded); i++) {
        sigaction(minded[i], &ignore, NULL); /* drops what is pending */
        if (!(hung_up && minded[i] == SIGHUP))
            sigaction(minded[i], &minded_before[i], NULL);
    }
    stack_t none = {.ss_flags = SS_DISABLE};
    sigaltstack(&none, NULL);
    sigprocmask(SIG_SETMASK, &terminal->outer, NULL);
}

static void add_capability(const char *name) {
    const char *value = tigetstr(name);
    if (!value || value == (const char *)-1 || value[0] == '\0')
        return;
    size_t length = (size_t)restore_length;
    for (const char *c = value; *c && length < sizeof restore_bytes; c++) {
        if (c[0] == '$' && c[1] == '<') { /* padding: not for us */
            while (*c && *c != '>')
                c++;
            if (!*c)
                break;
            continue;
        }
        restore_bytes[length++] = *c;
    }
    restore_length = (sig_atomic_t)length;
}

static void write_all(const char *text) {
    size_t length = strlen(text), at = 0;
    while (at < length) {
        ssize_t written = write(STDOUT_FILENO, text + at, length - at);
        if (written < 0 && errno == EINTR)
            continue;
        if (written <= 0)
            return;
        at += (size_t)written;
    }
}

/* Pastes in brackets; the mouse only where it is wanted: it takes the terminal's own selection away. */
static void report_more(const struct terminal *terminal, bool on) {
    if (terminal->ansi)
        write_all(on ? "\033[?2004h" : "\033[?2004l");
    if (terminal_mouse(terminal))
        write_all(on ? "\033[?1000h\033[?1006h" : "\033[?1006l\033[?1000l");
}

/* What puts the terminal right after a crash. */
static void prepare_restore(const struct terminal *terminal) {
    static const char off[] = "\033[?2004l\033[?1006l\033[?1000l";
    size_t length = terminal_mouse(terminal) ? sizeof off - 1 : sizeof "\033[?2004l" - 1;
    restore_length = 0;
    if (terminal->ansi) {
        memcpy(restore_bytes, off, length);
        restore_length = (sig_atomic_t)length;
    }
    add_capability("sgr0");
    add_capability("op");
    add_capability("cnorm");
    add_capability("rmkx");
    add_capability("rmcup");
}

static attr_t curses_attributes(unsigned attributes) {
    return (attributes & STYLE_BOLD ? A_BOLD : 0u) | (attributes & STYLE_DIM ? A_DIM : 0u) |
           (attributes & STYLE_UNDERLINE ? A_UNDERLINE : 0u) | (attributes & STYLE_REVERSE ? A_REVERSE : 0u) |
           (attributes & STYLE_ITALIC ? A_ITALIC : 0u);
}

/* What we know of the background before the terminal is asked. */
static enum scheme choose_scheme(enum theme_choice choice) {
    struct background background = {.no_color = getenv("NO_COLOR"), .colours = getenv("COLORFGBG")};
    return theme_scheme(choice, &background);
}

/*
 * Colours are numbers of the 256-colour palette. A terminal of direct colour (xterm-direct) takes what it would show there, but the
 * first 8 as numbers.
 */
static int colour_of(const struct terminal *terminal, int number) {
    return number >= 16 && terminal->colours > 256 ? (int)theme_rgb(number) : number;
}

static void make_looks(struct terminal *terminal) {
    for (int ink = 0; ink < INK_COUNT; ink++) {
        struct style style = theme_style(terminal->scheme, (enum ink)ink, terminal->colours);
        terminal->looks[ink] = curses_attributes(style.attributes);
        terminal->pairs[ink] = 0;
        if (style.foreground < 0 && style.background < 0)
            continue;
        short pair = (short)(ink + 1);
        if (pair < COLOR_PAIRS && init_extended_pair(pair, colour_of(terminal, style.foreground),
                                                     colour_of(terminal, style.background)) == OK)
            terminal->pairs[ink] = pair;
        else if (style.background >= 0) /* what a background was to say must still be said */
            terminal->looks[ink] |= A_REVERSE;
    }
}

static void set_modes(struct terminal *terminal) {
    raw();
    noecho();
    nonl();
    keypad(stdscr, TRUE); /* arrows as the terminal's own description has them */
    report_more(terminal, true);
    terminal->inside = true;
}

static int refuse(struct error *error, const char *why) {
    return error_set(error, STATUS_SYSTEM, "%s", why);
}

/* Asked before curses starts: it would draw on anything. */
static bool can_move_cursor(const char *name) {
    int status = 0;
    if (!name || !name[0] || strcmp(name, "dumb") == 0 || setupterm(name, STDOUT_FILENO, &status) != OK)
        return false;
    const char *move_cursor = tigetstr("cup");
    bool can = move_cursor && move_cursor != (const char *)-1;
    del_curterm(cur_term);
    return can;
}

int terminal_start(struct terminal **out, const struct preferences *preferences, struct error *error) {
    const char *name = getenv("TERM");
    if (!isatty(STDIN_FILENO) || !isatty(STDOUT_FILENO))
        return refuse(error, "this command draws on a terminal, and standard input or output is none; run it in a "
                             "terminal window, without a pipe or redirection");
    if (!can_move_cursor(name))
        return error_set(
            error, STATUS_SYSTEM,
            "the terminal type \"%s\" (TERM) cannot move the cursor; set TERM to what the terminal is, such "
            "as xterm-256color, or install its terminfo entry",
            name ? name : "");
    struct terminal *terminal = memory_new(1, sizeof *terminal);
    outer_modes_known = tcgetattr(STDIN_FILENO, &outer_modes) == 0;
    catch_signals(terminal);
    use_env(FALSE); /* LINES and COLUMNS are not asked: the system is */
    use_tioctl(TRUE);
    terminal->curses = newterm(name, stdout, stdin);
    if (!terminal->curses) {
        uncatch_signals(terminal);
        memory_free(terminal);
        return refuse(error, "curses cannot use this terminal");
    }
    const char *move = tigetstr("cup");
    terminal->ansi = move && strncmp(move, "\033[", 2) == 0;
    terminal->mouse = preferences && preferences->mouse;
    prepare_restore(terminal);
    typeahead(-1);
    if (has_colors() && start_color() == OK && use_default_colors() == OK)
        terminal->colours = COLORS;
    terminal->choice = preferences ? preferences->theme : THEME_AUTO;
    terminal->scheme = choose_scheme(terminal->choice);
    make_looks(terminal);
    set_modes(terminal);
    terminal->spoiled = true;
    *out = terminal;
    return 0;
}

void terminal_end(struct terminal *terminal) {
    if (!terminal)
        return;
    terminal_leave(terminal);
    restore_length = 0;
    delscreen(terminal->curses);
    uncatch_signals(terminal);
    memory_free(terminal);
}

void terminal_leave(struct terminal *terminal) {
    if (!terminal->inside)
        return;
    terminal->inside = false;
    report_more(terminal, false);
    curs_set(1);
    endwin();
    if (outer_modes_known)
        tcsetattr(STDIN_FILENO, TCSADRAIN, &outer_modes);
}

void terminal_enter(struct terminal *terminal) {
    if (terminal->inside)
        return;
    reset_prog_mode();
    set_modes(terminal);
    int rows, columns;
    terminal_size(terminal, &rows, &columns);
    terminal->spoiled = true;
}

void terminal_suspend(struct terminal *terminal) {
    struct sigaction normal = {0}, ours;
    sigset_t stop, before;
    terminal_leave(terminal);
    sigemptyset(&normal.sa_mask);
    normal.sa_handler = SIG_DFL;
    sigaction(SIGTSTP, &normal, &ours);
    sigemptyset(&stop);
    sigaddset(&stop, SIGTSTP);
    kill(0, SIGTSTP); /* the whole job, as the shell would; it stops when the signal is let through */
    sigprocmask(SIG_UNBLOCK, &stop, &before);
    sigprocmask(SIG_SETMASK, &before, NULL);
    sigaction(SIGTSTP, &ours, NULL);
    terminal_enter(terminal);
}

void terminal_size(struct terminal *terminal, int *rows, int *columns) {
    struct winsize size;
    if (ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) == 0 && size.ws_row > 0 && size.ws_col > 0 && terminal->inside &&
        (size.ws_row != LINES || size.ws_col != COLS)) {
        resizeterm(size.ws_row, size.ws_col);
        terminal->spoiled = true;
    }
    *rows = LINES;
    *columns = COLS;
}

/* One row of the surface into curses' window; neighbours of one ink in one call would save nothing: curses compares cells. */
static void show_row(const struct terminal *terminal, const struct surface *surface, int row) {
    int columns = surface->columns < COLS ? surface->columns : COLS;
    for (int column = 0; column < columns;) {
        const struct cell *cell = surface_cell(surface, row, column);
        wchar_t points[CELL_POINTS + 1];
        size_t count = 0, at = 0;
        int32_t point;
        for (size_t step; count < CELL_POINTS && (step = utf8_decode(cell->bytes + at, cell->length - at, &point)) > 0;
             at += step)
            points[count++] = (wchar_t)point;
        int width = cell->width > 0 ? cell->width : 1;
        if (count == 0 || column + width > columns) {
            points[0] = L' ';
            count = 1;
        }
        points[count] = L'\0';
        cchar_t shown;
        setcchar(&shown, points, terminal->looks[cell->ink], terminal->pairs[cell->ink], NULL);
        mvadd_wch(row, column, &shown);
        column += width;
    }
}

void terminal_show(struct terminal *terminal, const struct surface *surface) {
    if (!terminal->inside)
        return;
    if (terminal->spoiled)
        clearok(curscr, TRUE);
    terminal->spoiled = false;
    erase();
    for (int row = 0; row < surface->rows && row < LINES; row++)
        show_row(terminal, surface, row);
    bool cursor = surface->cursor_row >= 0 && surface->cursor_row < LINES && surface->cursor_column < COLS;
    leaveok(stdscr, !cursor); /* a hidden cursor stays where drawing left it: fewer bytes a key */
    if (cursor)
        move(surface->cursor_row, surface->cursor_column);
    curs_set(cursor ? 1 : 0);
    refresh();
}

void terminal_spoil(struct terminal *terminal) {
    terminal->spoiled = true;
}

int terminal_input(const struct terminal *terminal) {
    (void)terminal;
    return STDIN_FILENO;
}

const sigset_t *terminal_wait_mask(const struct terminal *terminal) {
    return &terminal->outer;
}

unsigned terminal_take_signals(struct terminal *terminal) {
    (void)
        terminal; /* the handlers' flags; everything is blocked but in the wait, so nothing comes between these lines */
    unsigned taken = (unsigned)pending_signals;
    pending_signals = 0;
    return taken;
}

void terminal_teach(const struct terminal *terminal, struct decoder *decoder) {
    static const struct {
        const char *capability;
        struct key key;
    } table[] = {
        {"kcuu1", {.kind = ON_UP}},
        {"kcud1", {.kind = ON_DOWN}},
        {"kcub1", {.kind = ON_LEFT}},
        {"kcuf1", {.kind = ON_RIGHT}},
        {"khome", {.kind = ON_HOME}},
        {"kend", {.kind = ON_END_KEY}},
        {"kpp", {.kind = ON_PAGE_UP}},
        {"knp", {.kind = ON_PAGE_DOWN}},
        {"kdch1", {.kind = ON_DELETE}},
        {"kich1", {.kind = ON_INSERT}},
        {"kent", {.kind = ON_ENTER}},
        {"kcbt", {.kind = ON_TAB, .modifiers = MODIFIER_SHIFT}},
        {"kLFT", {.kind = ON_LEFT, .modifiers = MODIFIER_SHIFT}},
        {"kRIT", {.kind = ON_RIGHT, .modifiers = MODIFIER_SHIFT}},
    };
    (void)terminal;
    for (size_t i = 0; i < COUNT_OF(table); i++) {
        const char *bytes = tigetstr(table[i].capability);
        if (bytes && bytes != (const char *)-1 && bytes[0] == '\033')
            decoder_learn(decoder, bytes, table[i].key);
    }
    for (unsigned number = 1; number <= 12; number++) {
        char capability[8];
        snprintf(capability, sizeof capability, "kf%u", number);
        const char *bytes = tigetstr(capability);
        if (bytes && bytes != (const char *)-1 && bytes[0] == '\033')
            decoder_learn(decoder, bytes, (struct key){.kind = ON_FUNCTION, .code = number});
    }
}

bool terminal_mouse(const struct terminal *terminal) {
    return terminal->mouse && terminal->ansi;
}

bool terminal_ask_background(struct terminal *terminal) {
    const char *name = getenv("TERM");
    bool console = name && strncmp(name, "linux", 5) == 0; /* it would print the question */
    if (!terminal->ansi || console || terminal->colours < 8 || terminal->choice != THEME_AUTO ||
        terminal->scheme == SCHEME_MONO)
        return false;
    write_all("\033]11;?\033\\");
    return true;
}

bool terminal_background(struct terminal *terminal, bool light) {
    enum scheme scheme = light ? SCHEME_LIGHT : SCHEME_DARK;
    if (terminal->choice != THEME_AUTO || terminal->scheme == SCHEME_MONO || terminal->scheme == scheme)
        return false;
    terminal->scheme = scheme;
    make_looks(terminal);
    terminal->spoiled = true;
    return true;
}

bool terminal_ask_alive(struct terminal *terminal) {
    if (!terminal->ansi || !terminal->inside)
        return false;
    write_all("\033[5n");
    return true;
}
