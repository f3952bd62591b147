#include "ui/child.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/select.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "core/text/clean.h"
#include "core/text/utf8.h"

#include "core/base/banned.h"

enum { PAGED_MS = 300 /* a pager that ends sooner did not wait for anybody */ };

/* A text in a file of its own, in a folder that nobody else can look into. */
struct private_file {
    char folder[32];
    char path[48];
};

static int private_file_make(struct private_file *file, const char *name, struct slice text, struct error *error) {
    static const char pattern[] = "/tmp/assay-XXXXXX";
    memcpy(file->folder, pattern, sizeof pattern);
    file->path[0] = '\0';
    if (!mkdtemp(file->folder)) /* mode 0700 */
        return error_set(error, STATUS_SYSTEM, "no temporary folder can be made in \"/tmp\": %s", strerror(errno));
    size_t length = strlen(file->folder), name_length = strlen(name);
    memcpy(file->path, file->folder, length);
    file->path[length] = '/';
    memcpy(file->path + length + 1, name, name_length + 1);
    int descriptor = open(file->path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
    size_t at = 0;
    while (descriptor >= 0 && at < text.length) {
        ssize_t written = write(descriptor, text.data + at, text.length - at);
        if (written < 0 && errno == EINTR)
            continue;
        if (written <= 0)
            break;
        at += (size_t)written;
    }
    if (descriptor < 0 || at < text.length || close(descriptor) != 0) {
        int status = error_set(error, STATUS_SYSTEM, "\"%s\" cannot be written: %s", file->path, strerror(errno));
        unlink(file->path);
        rmdir(file->folder);
        return status;
    }
    return 0;
}

static void private_file_remove(const struct private_file *file) {
    unlink(file->path);
    rmdir(file->folder); /* fails where the editor left something of its own, which is then not ours to remove */
}

/* Reads the file back, at most `most` bytes beside the newlines at its end. */
static int private_file_read(const struct private_file *file, struct buffer *text, size_t most, struct error *error) {
    int descriptor = open(file->path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW);
    if (descriptor < 0)
        return error_set(error, STATUS_SYSTEM, "\"%s\" cannot be read back: %s", file->path, strerror(errno));
    char bytes[4096];
    ssize_t got;
    while ((got = read(descriptor, bytes, sizeof bytes)) > 0 && text->length <= most + 1)
        buffer_add(text, bytes, (size_t)got);
    int status =
        got < 0 ? error_set(error, STATUS_SYSTEM, "\"%s\" cannot be read back: %s", file->path, strerror(errno)) : 0;
    close(descriptor);
    while (text->length > 0 && text->data[text->length - 1] == '\n')
        buffer_cut(text, text->length - 1);
    if (status == 0 && text->length > most)
        status =
            error_set(error, STATUS_INPUT, "the text from the editor is longer than %zu bytes; make it shorter", most);
    if (status == 0 && !utf8_valid(buffer_slice(text)))
        status = error_set(error, STATUS_INPUT, "the text from the editor is not UTF-8; save it as UTF-8");
    return status;
}

/* In the child: default signals, standard input from `input` if not -1, then the program. Tells its errno through `report`. */
static _Noreturn void become(char **words, int input, const sigset_t *mask, int report) {
    static const int signals[] = {SIGINT, SIGQUIT, SIGTSTP, SIGTERM, SIGHUP, SIGCONT, SIGWINCH, SIGPIPE};
    struct sigaction normal = {0};
    normal.sa_handler = SIG_DFL;
    sigemptyset(&normal.sa_mask);
    for (size_t i = 0; i < sizeof signals / sizeof *signals; i++)
        sigaction(signals[i], &normal, NULL);
    sigprocmask(SIG_SETMASK, mask, NULL);
    if (input < 0 || dup2(input, STDIN_FILENO) >= 0)
        execvp(words[0], words);
    int why = errno;
    ssize_t ignored = write(report, &why, sizeof why);
    (void)ignored;
    _exit(127);
}

/* Runs it on our terminal, which was left before. Returns its wait status, or an error. */
static int run(struct terminal *terminal, char **words, int input, int *wait_status, struct error *error) {
    struct sigaction ignore = {0}, normal = {0}, before_int, before_quit, before_stop;
    sigset_t stop, mask;
    int report[2], why = 0;
    if (pipe(report) != 0)
        return error_set(error, STATUS_SYSTEM, "\"%s\" cannot be started: %s", words[0], strerror(errno));
    fcntl(report[1], F_SETFD, FD_CLOEXEC);
    fcntl(report[0], F_SETFD, FD_CLOEXEC);
    ignore.sa_handler = SIG_IGN;
    normal.sa_handler = SIG_DFL;
    sigaction(SIGINT, &ignore, &before_int);
    sigaction(SIGQUIT, &ignore, &before_quit);
    sigaction(SIGTSTP, &normal, &before_stop);
    sigemptyset(&stop);
    sigaddset(&stop, SIGTSTP);
    sigprocmask(SIG_UNBLOCK, &stop, &mask);
    pid_t child = fork();
    if (child == 0)
        become(words, input, terminal_wait_mask(terminal), report[1]);
    int failed = child < 0 ? errno : 0;
    close(report[1]);
    if (child > 0) {
        if (read(report[0], &why, sizeof why) == sizeof why)
            failed = why;
        while (waitpid(child, wait_status, 0) < 0 && errno == EINTR)
            ;
    }
    close(report[0]);
    sigprocmask(SIG_SETMASK, &mask, NULL);
    sigaction(SIGINT, &before_int, NULL);
    sigaction(SIGQUIT, &before_quit, NULL);
    sigaction(SIGTSTP, &before_stop, NULL);
    if (failed)
        return error_set(error, STATUS_SYSTEM, "\"%s\" cannot be started: %s", words[0], strerror(failed));
    return 0;
}

/* Editors that take "+LINE" before the file. */
static bool takes_line(const char *program) {
    static const char *const known[] = {"vi",  "vim", "nvim", "view",        "vis",    "ex",    "nano", "pico", "emacs",
                                        "joe", "jed", "mg",   "emacsclient", "mcedit", "micro", "kak",  "ne"};
    const char *slash = strrchr(program, '/'), *name = slash ? slash + 1 : program;
    for (size_t i = 0; i < sizeof known / sizeof *known; i++)
        if (strcmp(name, known[i]) == 0)
            return true;
    return false;
}

/* The words of a command and a file behind it (may be NULL), to open at a line (0: none); through a shell when there is no other way. */
static int words_of(struct pool *pool, const char *command, const char *file, int line_number, char ***words,
                    struct error *error) {
    char **split = NULL;
    if (strpbrk(command, "|&;<>()$`*?[#~")) {
        struct buffer line = BUFFER_INIT;
        buffer_add_format(&line, "%s \"$@\"", command);
        *words = pool_new(pool, 6, sizeof **words);
        (*words)[0] = pool_string(pool, slice_of("sh"));
        (*words)[1] = pool_string(pool, slice_of("-c"));
        (*words)[2] = pool_string(pool, buffer_slice(&line));
        (*words)[3] = pool_string(pool, slice_of("assay"));
        (*words)[4] = file ? pool_string(pool, slice_of(file)) : NULL;
        buffer_release(&line);
        return 0;
    }
    int count = words_split(pool, command, &split, error);
    if (count < 0)
        return count;
    *words = pool_new(pool, (size_t)count + 3, sizeof **words);
    for (int i = 0; i < count; i++)
        (*words)[i] = split[i];
    if (count > 0 && line_number > 0 && takes_line(split[0])) {
        char at[16];
        snprintf(at, sizeof at, "+%d", line_number);
        (*words)[count++] = pool_string(pool, slice_of(at));
    }
    (*words)[count] = file ? pool_string(pool, slice_of(file)) : NULL;
    return 0;
}

static const char *first_set(const char *const *names) {
    for (; *names; names++) {
        const char *value = getenv(*names);
        if (value && value[strspn(value, " \t\n")])
            return value;
    }
    return NULL;
}

static int complain(const char *program, int wait_status, struct error *error) {
    if (WIFSIGNALED(wait_status))
        return error_set(error, STATUS_SYSTEM, "\"%s\" was ended by signal %d; nothing was changed", program,
                         WTERMSIG(wait_status));
    if (WIFEXITED(wait_status) && WEXITSTATUS(wait_status) != 0)
        return error_set(error, STATUS_SYSTEM, "\"%s\" ended with status %d; nothing was changed", program,
                         WEXITSTATUS(wait_status));
    return 0;
}

int child_edit(struct terminal *terminal, struct buffer *text, const struct editing *how, struct error *error) {
    static const char *const names[] = {"VISUAL", "EDITOR", NULL};
    const char *command = first_set(names);
    struct pool pool = POOL_INIT;
    struct private_file file;
    struct buffer saved = BUFFER_INIT;
    char **words = NULL;
    int wait_status = 0;
    struct buffer before = BUFFER_INIT;
    buffer_add_slice(&before, buffer_slice(text));
    if (before.length > 0)
        buffer_add_char(&before, '\n');
    int status = private_file_make(&file, how->name, buffer_slice(&before), error);
    buffer_release(&before);
    if (status != 0)
        return status;
    status = words_of(&pool, command ? command : "vi", file.path, how->line, &words, error);
    if (status == 0) {
        terminal_leave(terminal);
        status = run(terminal, words, -1, &wait_status, error);
        terminal_enter(terminal);
    }
    if (status == 0)
        status = complain(command ? command : "vi", wait_status, error);
    if (status == 0)
        status = private_file_read(&file, &saved, how->most, error);
    if (status == 0) {
        buffer_clear(text);
        buffer_add_slice(text, buffer_slice(&saved));
    }
    private_file_remove(&file);
    buffer_release(&saved);
    pool_release(&pool);
    return status;
}

/* Our own choice when $PAGER is not set. */
static bool installed(const char *path) {
    return access(path, X_OK) == 0;
}

static int64_t monotonic_ms(void) {
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (int64_t)now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

/* A pager that only prints (cat) leaves a text that nobody could read before our screen is back: Enter, or a signal, goes on. */
static void wait_for_enter(struct terminal *terminal) {
    static const char words[] = "[Enter goes back]";
    char bytes[256];
    ssize_t got;
    if (write(STDOUT_FILENO, words, sizeof words - 1) < 0)
        return;
    do {
        fd_set readable;
        FD_ZERO(&readable);
        FD_SET(STDIN_FILENO, &readable);
        if (pselect(STDIN_FILENO + 1, &readable, NULL, NULL, NULL, terminal_wait_mask(terminal)) < 0)
            return;
        got = read(STDIN_FILENO, bytes, sizeof bytes);
    } while (got > 0 && !memchr(bytes, '\n', (size_t)got));
}

int child_page(struct terminal *terminal, struct slice text, struct error *error) {
    static const char *const names[] = {"PAGER", NULL};
    const char *command = first_set(names);
    struct pool pool = POOL_INIT;
    struct private_file file;
    struct buffer clean = BUFFER_INIT;
    char **words = NULL;
    int wait_status = 0, input = -1;
    if (!command)
        command = installed("/usr/bin/less") || installed("/bin/less") ? "less" : "more";
    text_clean(&clean, text, CLEAN_LINES);
    if (clean.length > 0 && clean.data[clean.length - 1] != '\n')
        buffer_add_char(&clean, '\n');
    int status = private_file_make(&file, "text.txt", buffer_slice(&clean), error);
    buffer_release(&clean);
    if (status != 0)
        return status;
    status = words_of(&pool, command, NULL, 0, &words, error);
    if (status == 0 && (input = open(file.path, O_RDONLY | O_CLOEXEC)) < 0)
        status = error_set(error, STATUS_SYSTEM, "\"%s\" cannot be read: %s", file.path, strerror(errno));
    if (status == 0) {
        terminal_leave(terminal);
        int64_t started = monotonic_ms();
        status = run(terminal, words, input, &wait_status, error);
        if (status == 0 && wait_status == 0 && monotonic_ms() - started < PAGED_MS)
            wait_for_enter(terminal);
        terminal_enter(terminal);
    }
    if (input >= 0)
        close(input);
    private_file_remove(&file);
    if (status == 0)
        status = complain(command, wait_status, error);
    pool_release(&pool);
    return status;
}
