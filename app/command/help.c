/* `assay help`. */
#include "app/help.h"

#include "core/text/suggest.h"

#include "core/base/banned.h"

static int run(struct invocation *invocation, struct error *error) {
    const char *name = argument(invocation, 0);
    int status = arguments_between(invocation, 0, 1, error);
    if (status)
        return status;
    if (!name) {
        help_overview(invocation->out);
        return STATUS_OK;
    }
    const struct command *command = command_find(name);
    if (command) {
        help_command(invocation->out, command);
        return STATUS_OK;
    }
    if (slice_is(slice_of(name), "keys")) {
        status = read_preferences(invocation, error);
        if (!status)
            help_keys(invocation->out);
        return status;
    }
    if (slice_is(slice_of(name), "man")) {
        help_man(invocation->out);
        return STATUS_OK;
    }
    const char *names[64];
    size_t count = 0;
    for (; command_table[count] && count < 64; count++)
        names[count] = command_table[count]->name;
    const char *near = suggest(name, names, count);
    return error_set(error, STATUS_USAGE, near ? "help: no command '%s'; did you mean '%s'?" : "help: no command '%s'",
                     name, near);
}

const struct command command_help = {
    .name = "help",
    .usage = "[COMMAND | keys | man]",
    .summary = "what a command does; the keys of the screens",
    .manual =
        "'assay help keys' lists every key, the name it has in config.yaml, and how to bind another. 'assay help man' "
        "prints all of it as a\n"
        "manual page, for 'man -l -'.",
    .access = ACCESS_ANYBODY,
    .run = run,
};
