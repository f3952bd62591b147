/* `assay backup`: a consistent copy while others write. */
#include <errno.h>
#include <fcntl.h>
#include <unistd.h>

#include "app/command.h"
#include "core/base/buffer.h"
#include "core/base/memory.h"
#include "core/base/ulid.h"
#include "store/check.h"

#include "core/base/banned.h"

enum { PIECE_BYTES = 1 << 16 };

static int pass_on(int from, FILE *out, struct error *error) {
    char *piece = memory_new(PIECE_BYTES, 1);
    ssize_t got;
    while ((got = read(from, piece, PIECE_BYTES)) > 0 && fwrite(piece, 1, (size_t)got, out) == (size_t)got)
        continue;
    int status = got < 0 ? error_set(error, STATUS_SYSTEM, "the copy cannot be read: %s", strerror(errno)) : STATUS_OK;
    memory_free(piece);
    return status; /* what could not be written the dispatcher sees */
}

/* SQLite writes to files only: a copy beside the store, which has no name any more while it is passed on. */
static int to_standard_output(struct invocation *invocation, struct error *error) {
    if (isatty(fileno(invocation->out)))
        return error_set(error, STATUS_USAGE, "backup: a store is no text for a terminal; name a file, or redirect");
    struct buffer path = BUFFER_INIT;
    buffer_add_format(&path, "%s.copy-%s", store_path(invocation->store), ulid_make(invocation->world).text);
    int status = store_backup(invocation->store, path.data, error);
    int copy = status ? -1 : open(path.data, O_RDONLY | O_CLOEXEC);
    if (!status && copy < 0)
        status = error_set(error, STATUS_SYSTEM, "the copy '%s' cannot be read: %s", path.data, strerror(errno));
    unlink(path.data);
    if (!status)
        status = pass_on(copy, invocation->out, error);
    if (copy >= 0)
        close(copy);
    buffer_release(&path);
    return status;
}

static int run(struct invocation *invocation, struct error *error) {
    int status = arguments_between(invocation, 2, 2, error);
    if (!status)
        status = open_store(invocation, STORE_READ_ONLY, ACCESS_LEAD, error);
    if (!status && slice_is(slice_of(argument(invocation, 1)), "-"))
        return to_standard_output(invocation, error);
    if (!status)
        status = store_backup(invocation->store, argument(invocation, 1), error);
    if (!status)
        say("%s is a complete copy; it opens like the store itself", argument(invocation, 1));
    return status;
}

const struct command command_backup = {
    .name = "backup",
    .usage = "STORE FILE",
    .summary = "a consistent copy while others write",
    .manual = "Copying the file of a store that is open loses what is not in it yet; this does not. An existing FILE "
              "is left as it is; - is standard output.",
    .access = ACCESS_LEAD,
    .needs_store = true,
    .run = run,
};
