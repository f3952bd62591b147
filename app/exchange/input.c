/*
 * Reading with flat memory. `text` holds what was read and not yet given out, from `at` on; it grows only for a long
 * line. A gzip file passes through `raw`.
 */
#include "app/exchange/input.h"

#include <errno.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <zlib.h>

#include "core/base/limits.h"
#include "core/base/memory.h"

#include "core/base/banned.h"

enum { CHUNK = 1 << 18 };

struct input {
    char *name;
    int descriptor;
    bool standard;
    uint64_t size, bytes, line_number;
    struct hasher hasher;
    struct buffer text;
    size_t at;         /* of what comes next in text */
    size_t keep;       /* bytes of text from here on are still wanted */
    size_t line_start; /* of the line given last; before the first line: of the file's text */
    struct slice last;
    bool again, ended;
    bool gzip;
    bool between; /* gzip: a member has ended, or none has begun */
    bool full;    /* gzip: the last piece of text was filled, more may be waiting inside zlib */
    z_stream inflate;
    unsigned char *raw;
};

static int fail_system(struct input *input, const char *what, struct error *error) {
    return error_set(error, STATUS_SYSTEM, "%s: %s: %s", input->name, what, strerror(errno));
}

/* One read of at most `most` bytes, counted and hashed. 0 at the end. */
static int read_some(struct input *input, void *to, size_t most, size_t *got, struct error *error) {
    ssize_t count;
    do
        count = read(input->descriptor, to, most);
    while (count < 0 && errno == EINTR);
    if (count < 0)
        return fail_system(input, "cannot be read", error);
    *got = (size_t)count;
    input->bytes += *got;
    hasher_add(&input->hasher, to, *got);
    return 0;
}

static int fail_gzip(struct input *input, const char *what, struct error *error) {
    return error_set(error, STATUS_INPUT, "%s: the gzip data %s", input->name, what);
}

/* raw holds compressed bytes at inflate.next_in: appends what they become. */
static int inflate_raw(struct input *input, struct error *error) {
    z_stream *z = &input->inflate;
    while (z->avail_in > 0 || input->full) {
        input->full = false;
        if (input->between) {
            if (*z->next_in == 0) { /* padding of tapes and blocks */
                z->next_in++;
                z->avail_in--;
                continue;
            }
            if (*z->next_in != 0x1F)
                return fail_gzip(input, "is followed by something that is none", error);
            inflateReset(z);
            input->between = false;
        }
        buffer_reserve(&input->text, CHUNK);
        z->next_out = (unsigned char *)input->text.data + input->text.length;
        z->avail_out = CHUNK;
        int result = inflate(z, Z_NO_FLUSH);
        input->text.length += CHUNK - z->avail_out;
        input->text.data[input->text.length] = '\0';
        if (result == Z_STREAM_END)
            input->between = true;
        else if (result != Z_OK && result != Z_BUF_ERROR)
            return fail_gzip(input, "is broken; fetch the file again", error);
        input->full = z->avail_out == 0 && !input->between;
        if (z->avail_out == 0)
            return 0; /* the rest of raw waits, so that memory stays flat */
    }
    return 0;
}

/* More text, or ended. */
static int fill(struct input *input, struct error *error) {
    size_t dropped = input->keep, got = 0;
    if (dropped > 0) {
        memmove(input->text.data, input->text.data + dropped, input->text.length - dropped);
        buffer_cut(&input->text, input->text.length - dropped);
        input->at -= dropped;
        input->line_start = input->keep = 0;
    }
    if (!input->gzip) {
        buffer_reserve(&input->text, CHUNK);
        int status = read_some(input, input->text.data + input->text.length, CHUNK, &got, error);
        if (status)
            return status;
        input->text.length += got;
        input->text.data[input->text.length] = '\0';
        input->ended = got == 0;
        return 0;
    }
    if (input->inflate.avail_in == 0 && !input->full) {
        int status = read_some(input, input->raw, CHUNK, &got, error);
        if (status)
            return status;
        input->inflate.next_in = input->raw;
        input->inflate.avail_in = (unsigned)got;
        input->ended = got == 0;
        if (input->ended && !input->between)
            return fail_gzip(input, "is cut off; the file is not complete", error);
    }
    return inflate_raw(input, error);
}

/* Reads the first bytes: gzip or not, and past a byte order mark. */
static int begin(struct input *input, struct error *error) {
    int status = 0;
    while (!status && !input->ended && input->text.length < 2)
        status = fill(input, error);
    if (!status && input->text.length >= 2 && memcmp(input->text.data, "\x1F\x8B", 2) == 0) {
        input->gzip = true;
        input->raw = memory_new(CHUNK + 1, 1); /* the two first reads may have given that much */
        if (inflateInit2(&input->inflate, 15 + 16) != Z_OK)
            return error_set(error, STATUS_SYSTEM, "%s: zlib cannot be set up", input->name);
        memcpy(input->raw, input->text.data, input->text.length);
        input->inflate.next_in = input->raw;
        input->inflate.avail_in = (unsigned)input->text.length;
        buffer_clear(&input->text);
        status = inflate_raw(input, error);
    }
    while (!status && !input->ended && input->text.length < 3)
        status = fill(input, error);
    if (!status && input->text.length >= 3 && memcmp(input->text.data, "\xEF\xBB\xBF", 3) == 0)
        input->at = input->keep = input->line_start = 3;
    return status;
}

int input_open(struct input **out, const char *path, struct error *error) {
    struct input *input = memory_new(1, sizeof *input);
    input->standard = strcmp(path, "-") == 0;
    const char *name = input->standard ? "standard input" : path;
    input->name = memory_copy(name, strlen(name));
    buffer_init(&input->text);
    hasher_init(&input->hasher, NULL, 0);
    struct stat about;
    int status = 0;
    input->descriptor = input->standard ? STDIN_FILENO : open(path, O_RDONLY | O_CLOEXEC | O_NOCTTY);
    if (input->descriptor < 0 || fstat(input->descriptor, &about) < 0)
        status = fail_system(input, "cannot be opened", error);
    else if (S_ISDIR(about.st_mode))
        status = error_set(error, STATUS_SYSTEM, "%s: is a folder; a file of items is wanted", input->name);
    else if (S_ISREG(about.st_mode))
        input->size = (uint64_t)about.st_size;
    if (!status)
        status = begin(input, error);
    if (status) {
        input_close(input);
        input = NULL;
    }
    *out = input;
    return status;
}

void input_close(struct input *input) {
    if (!input)
        return;
    if (input->gzip)
        inflateEnd(&input->inflate);
    if (!input->standard && input->descriptor >= 0)
        close(input->descriptor);
    memory_free(input->raw);
    memory_free(input->name);
    buffer_release(&input->text);
    memory_free(input);
}

static bool is_blank(struct slice line) {
    for (size_t i = 0; i < line.length; i++)
        if (line.data[i] != ' ' && line.data[i] != '\t')
            return false;
    return true;
}

/* The next line, blank or not, without its end; or INPUT_END. */
static int take_line(struct input *input, struct slice *line, struct error *error) {
    size_t looked = input->at;
    for (;;) {
        const char *start = input->text.data + input->at, *end = input->text.data + input->text.length;
        const char *newline = memchr(input->text.data + looked, '\n', input->text.length - looked);
        if (!newline && input->ended && start == end)
            return INPUT_END;
        if ((size_t)((newline ? newline : end) - start) > LIMIT_LINE_BYTES + 1)
            return error_set(error, STATUS_INPUT, "%s:%llu: the line is longer than %d MiB; is this one object a line?",
                             input->name, (unsigned long long)input->line_number + 1, LIMIT_LINE_BYTES >> 20);
        if (newline || input->ended) {
            size_t length = (size_t)((newline ? newline : end) - start);
            input->at += length + (newline ? 1 : 0);
            input->line_number++;
            *line = slice_make(start, length > 0 && start[length - 1] == '\r' ? length - 1 : length);
            return INPUT_LINE;
        }
        size_t behind = input->text.length - input->at;
        int status = fill(input, error);
        if (status)
            return status;
        looked = input->at + behind;
    }
}

int input_line(struct input *input, struct slice *line, struct error *error) {
    if (input->again) {
        input->again = false;
        *line = input->last;
        return INPUT_LINE;
    }
    bool first = input->line_number == 0;
    int found;
    do {
        if (!first || input->at > LIMIT_LINE_BYTES) /* before the first line blank ones are kept for input_rest */
            input->line_start = input->keep = input->at;
        found = take_line(input, line, error);
    } while (found == INPUT_LINE && is_blank(*line));
    input->last = *line;
    return found;
}

void input_again(struct input *input) {
    input->again = true;
}

int input_rest(struct input *input, struct buffer *out, size_t most, struct error *error) {
    if (input->again)
        input->at = input->line_start;
    input->again = false;
    int status = 0;
    do {
        size_t length = input->text.length - input->at;
        if (out->length + length > most)
            return error_set(error, STATUS_INPUT, "%s: more than %zu MiB; a file of this kind is read as a whole",
                             input->name, most >> 20);
        buffer_add(out, input->text.data + input->at, length);
        input->at = input->keep = input->line_start = input->text.length;
        if (!input->ended)
            status = fill(input, error);
    } while (!status && (!input->ended || input->at < input->text.length));
    return status;
}

const char *input_name(const struct input *input) {
    return input->name;
}

uint64_t input_line_number(const struct input *input) {
    return input->line_number;
}

uint64_t input_bytes(const struct input *input) {
    return input->bytes;
}

uint64_t input_size(const struct input *input) {
    return input->size;
}

void input_hash(const struct input *input, struct hash *hash) {
    struct hasher copy = input->hasher;
    hasher_finish(&copy, hash);
}
