/*
 * A file that is complete or not there: written beside its path under another name, synced, renamed over the path, the
 * folder synced. Until output_finish nothing at the path changes; a failure leaves an existing file as it was. `-` is
 * standard output, and a path that is no regular file (/dev/null, a pipe) is written as it is: for these nothing can be
 * taken back. A symbolic link is followed. Bytes and BLAKE2b-256 of what was written are counted on the way.
 *
 *     struct output out = OUTPUT_INIT;
 *     int status = output_open(&out, path, error);
 *     … buffer_add_…(output_buffer(&out)); status = output_drain(&out, error); …
 *     if (!status) status = output_finish(&out, error);
 *     output_release(&out);
 */
#ifndef APP_EXCHANGE_OUTPUT_H
#define APP_EXCHANGE_OUTPUT_H

#include <stdbool.h>
#include <stdint.h>

#include "core/base/buffer.h"
#include "core/base/error.h"
#include "core/hash/hash.h"

struct output {
    char *path; /* NULL: standard output */
    char *part; /* the name it has until it is finished; NULL: written in place */
    int descriptor;
    bool sealed;
    bool without_hash; /* set it after output_open where output_hash is not asked for: a quarter less time */
    struct buffer pending;
    struct hasher hasher;
    uint64_t bytes; /* written or pending when output_drain returned */
};

#define OUTPUT_INIT \
    { .descriptor = -1, .pending = BUFFER_INIT }

/* STATUS_SYSTEM: the folder is missing, not writable, or path is a folder, or a store or another SQLite file, which is never overwritten. */
int output_open(struct output *output, const char *path, struct error *error);

/* What to append to. Valid until the next call of another function here. */
static inline struct buffer *output_buffer(struct output *output) {
    return &output->pending;
}

/* After each record: passes the pending bytes on when enough have come together. */
int output_drain(struct output *output, struct error *error);

int output_add(struct output *output, struct slice bytes, struct error *error);

/* Everything is on disk under its other name; nothing more may be added. Where several files belong together: seal all,
 * then finish each. */
int output_seal(struct output *output, struct error *error);

/* Seals, and gives it its name. */
int output_finish(struct output *output, struct error *error);

/* Both are open, and on one file or both on standard output: the second would spoil the first. */
bool output_same(const struct output *a, const struct output *b);

/* Of all bytes added; after output_seal or output_finish. */
void output_hash(const struct output *output, struct hash *hash);

/* Forgets it: what was not finished is removed. Fine after any other call, and twice. */
void output_release(struct output *output);

#endif
