/* From a command line to a command's function, and from its status to a line on standard error. */
#include "app/arguments.h"
#include "app/help.h"

#include <stdlib.h>

#include "core/base/memory.h"
#include "core/text/suggest.h"

#include "core/base/banned.h"

static const char *acting_name(void) {
    static const char *const variables[] = {"ASSAY_ANNOTATOR", "USER"};
    for (int i = 0; i < 2; i++) {
        const char *name = getenv(variables[i]);
        if (name && *name)
            return name;
    }
    return "me";
}

static int unknown_command(const char *name, struct error *error) {
    const char *names[64];
    size_t count = 0;
    for (; command_table[count] && count < 64; count++)
        names[count] = command_table[count]->name;
    const char *near = suggest(name, names, count);
    if (near)
        return error_set(error, STATUS_USAGE, "unknown command '%s'; did you mean '%s'?", name, near);
    return error_set(error, STATUS_USAGE, "unknown command '%s'; 'assay help' lists them", name);
}

/* A full disk or a closed pipe must not look like success. */
static int finish_output(FILE *out, struct error *error) {
    if (fflush(out) == 0 && !ferror(out))
        return STATUS_OK;
    return error_set(error, STATUS_SYSTEM, "standard output: the data could not all be written");
}

static void print_version(void) {
    puts("assay " ASSAY_VERSION);
}

static int run_command(const struct command *command, int argc, char **argv, struct world *world, struct error *error) {
    struct invocation invocation = {.command = command, .world = world, .out = stdout, .as = acting_name()};
    int status = arguments_read(&invocation, argc, argv, error);
    if (!status && option_given(&invocation, "help")) {
        help_command(stdout, command);
    } else if (!status && option_given(&invocation, "version")) {
        print_version();
    } else if (!status) {
        status = command->run(&invocation, error);
    }
    invocation_close(&invocation);
    memory_free(invocation.arguments);
    memory_free(invocation.options);
    int written = finish_output(stdout, status ? NULL : error);
    return status ? status : written;
}

int dispatch(int argc, char **argv, struct world *world) {
    struct error error = ERROR_INIT;
    int status;
    if (argc < 1) {
        help_overview(stderr);
        return STATUS_USAGE;
    }
    const struct command *command = command_find(argv[0]);
    if (slice_is(slice_of(argv[0]), "--help") || slice_is(slice_of(argv[0]), "-h")) {
        help_overview(stdout);
        status = finish_output(stdout, &error);
    } else if (slice_is(slice_of(argv[0]), "--version")) {
        print_version();
        status = finish_output(stdout, &error);
    } else if (!command) {
        status = unknown_command(argv[0], &error);
    } else {
        status = run_command(command, argc - 1, argv + 1, world, &error);
    }
    if (status && error.text[0])
        say("assay: %s", error.text);
    return status;
}
