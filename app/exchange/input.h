/*
 * Bytes in, line by line, with flat memory: a plain file, a gzip file (told by its first bytes, several members may
 * follow one another), or standard input (`-`). Every failure is one sentence that names the file.
 *
 * A line ends at LF or CR LF; the last one need not end. A byte order mark before the first line is left out. Blank
 * lines (spaces and tabs at most) are counted and passed over.
 */
#ifndef APP_EXCHANGE_INPUT_H
#define APP_EXCHANGE_INPUT_H

#include <stdbool.h>
#include <stdint.h>

#include "core/base/buffer.h"
#include "core/base/error.h"
#include "core/hash/hash.h"

struct input;

/* STATUS_SYSTEM if it cannot be read (missing, a folder, no permission). */
int input_open(struct input **out, const char *path, struct error *error);
void input_close(struct input *input); /* NULL is fine */

const char *input_name(const struct input *input); /* the path as given; "standard input" */

enum input_found { INPUT_END = 0, INPUT_LINE = 1 };

/* The next line that is not blank, without its end. It lives until the next call. Negative: STATUS_SYSTEM (reading
 * failed), STATUS_INPUT (over LIMIT_LINE_BYTES, broken or cut gzip data); nothing more can be read then. */
int input_line(struct input *input, struct slice *line, struct error *error);

/* The line that input_line gave last comes again at the next call (once). */
void input_again(struct input *input);

/* Everything from the line that would come next, with blank lines, at most `most` bytes (more: STATUS_INPUT). */
int input_rest(struct input *input, struct buffer *out, size_t most, struct error *error);

uint64_t input_line_number(const struct input *input); /* of the line given last, from 1; blank ones count */
uint64_t input_bytes(const struct input *input);       /* read from the file so far, as they are there (compressed) */
uint64_t input_size(const struct input *input);        /* of the file; 0 = unknown (a pipe) */

/* BLAKE2b-256 of the file's bytes as they are there (what `b2sum -l 256` says). Only after INPUT_END or input_rest. */
void input_hash(const struct input *input, struct hash *hash);

#endif
