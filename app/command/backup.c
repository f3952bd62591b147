/* `assay backup`: a consistent copy while others write. */
#include "app/command.h"
#include "store/check.h"

#include "core/base/banned.h"

static int run(struct invocation *invocation, struct error *error) {
    int status = arguments_between(invocation, 2, 2, error);
    if (!status)
        status = open_store(invocation, STORE_READ_ONLY, ACCESS_LEAD, error);
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
              "is left as it is.",
    .access = ACCESS_LEAD,
    .needs_store = true,
    .run = run,
};
