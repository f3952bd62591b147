/* The command line of one command: options anywhere, `--` ends them, near misses are named. */
#include "app/arguments.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "core/base/memory.h"
#include "core/base/timestamp.h"
#include "core/text/suggest.h"
#include "core/text/utf8.h"

#include "core/base/banned.h"

static const struct option general_options[] = {
    {"as", OPTION_VALUE, "NAME", "who acts (default $ASSAY_ANNOTATOR, else $USER)", 0},
    {"json", OPTION_FLAG, NULL, "as JSON", 0},
    {"help", OPTION_FLAG, NULL, "what this command does", 'h'},
    {"version", OPTION_FLAG, NULL, "which assay this is", 0},
    {0},
};

const struct option *options_general(void) {
    return general_options;
}

static const struct option *find_in(const struct option *options, const char *name, size_t length, char letter) {
    for (; options && options->name; options++) {
        if (letter ? options->letter == letter
                   : strlen(options->name) == length && memcmp(options->name, name, length) == 0)
            return options;
    }
    return NULL;
}

static const struct option *find_option(const struct command *command, const char *name, size_t length, char letter) {
    const struct option *found = find_in(command->options, name, length, letter);
    return found ? found : find_in(general_options, name, length, letter);
}

static int unknown_option(const struct command *command, const char *given, struct error *error) {
    const char *names[64];
    size_t count = 0;
    for (const struct option *o = command->options; o && o->name && count < 60; o++)
        names[count++] = o->name;
    for (const struct option *o = general_options; o->name && count < 64; o++)
        names[count++] = o->name;
    const char *near = given[0] == '-' && given[1] == '-' ? suggest(given + 2, names, count) : NULL;
    if (near)
        return error_set(error, STATUS_USAGE, "%s: unknown option '%s'; did you mean '--%s'?", command->name, given,
                         near);
    return error_set(error, STATUS_USAGE, "%s: unknown option '%s'; see 'assay help %s'", command->name, given,
                     command->name);
}

/* A value list such as "a|b|c" is closed; "FILE" is not. */
static bool value_fits(const struct option *option, const char *value) {
    if (!strchr(option->value, '|'))
        return true;
    size_t length = strlen(value);
    for (const char *word = option->value; word;) {
        const char *end = strchr(word, '|');
        size_t size = end ? (size_t)(end - word) : strlen(word);
        if (size == length && memcmp(word, value, length) == 0)
            return true;
        word = end ? end + 1 : NULL;
    }
    return false;
}

/* The name of a file or a folder may be any bytes. */
static bool is_text(const struct option *option) {
    return !strstr(option->value, "FILE") && !strstr(option->value, "DIR");
}

static int add_option(struct invocation *invocation, const struct option *option, const char *value,
                      struct error *error) {
    if (option->kind != OPTION_FLAG && !value_fits(option, value))
        return error_set(error, STATUS_USAGE, "%s: --%s '%s' is not known; one of %s", invocation->command->name,
                         option->name, value, option->value);
    if (value && is_text(option) && !utf8_valid(slice_of(value)))
        return error_set(error, STATUS_USAGE, "%s: --%s '%s' is not UTF-8", invocation->command->name, option->name,
                         value);
    if (strcmp(option->name, "json") == 0)
        invocation->json = true;
    if (strcmp(option->name, "as") == 0)
        invocation->as = value;
    invocation->options[invocation->option_count++] = (struct given_option){option, value};
    return STATUS_OK;
}

/* One option at argv[*i]; *i moves over its value. */
static int read_option(struct invocation *invocation, int argc, char **argv, int *i, struct error *error) {
    const char *given = argv[*i], *value = NULL;
    const struct option *option;
    if (given[1] == '-') {
        const char *equals = strchr(given, '=');
        size_t length = equals ? (size_t)(equals - given - 2) : strlen(given + 2);
        option = find_option(invocation->command, given + 2, length, 0);
        value = equals ? equals + 1 : NULL;
    } else {
        option = find_option(invocation->command, NULL, 0, given[1]);
        value = given[2] ? given + 2 : NULL;
    }
    if (!option)
        return unknown_option(invocation->command, given, error);
    if (option->kind == OPTION_FLAG && value)
        return error_set(error, STATUS_USAGE, "%s: --%s takes no value", invocation->command->name, option->name);
    if (option->kind != OPTION_FLAG && !value) {
        if (*i + 1 >= argc)
            return error_set(error, STATUS_USAGE, "%s: --%s needs a value: %s", invocation->command->name, option->name,
                             option->value);
        value = argv[++*i];
    }
    return add_option(invocation, option, value, error);
}

int arguments_read(struct invocation *invocation, int argc, char **argv, struct error *error) {
    invocation->arguments = memory_new((size_t)argc + 1, sizeof *invocation->arguments);
    invocation->options = memory_new((size_t)argc + 1, sizeof *invocation->options);
    bool ended = false;
    for (int i = 0; i < argc; i++) {
        if (!ended && strcmp(argv[i], "--") == 0) {
            ended = true;
        } else if (!ended && argv[i][0] == '-' && argv[i][1]) {
            int status = read_option(invocation, argc, argv, &i, error);
            if (status)
                return status;
        } else {
            invocation->arguments[invocation->argument_count++] = argv[i];
        }
    }
    return STATUS_OK;
}

const char *argument(const struct invocation *invocation, size_t i) {
    return i < invocation->argument_count ? invocation->arguments[i] : NULL;
}

int arguments_between(const struct invocation *invocation, size_t least, size_t most, struct error *error) {
    if (invocation->argument_count >= least && invocation->argument_count <= most)
        return STATUS_OK;
    return error_set(error, STATUS_USAGE, "usage: assay %s %s", invocation->command->name, invocation->command->usage);
}

int argument_verb(const struct invocation *invocation, size_t i, const char *const *verbs, int if_absent, int *which,
                  struct error *error) {
    const char *word = argument(invocation, i);
    if (!word) {
        *which = if_absent;
        return if_absent >= 0 ? STATUS_OK : arguments_between(invocation, i + 1, i + 1, error);
    }
    size_t count = 0;
    for (; verbs[count]; count++)
        if (strcmp(verbs[count], word) == 0) {
            *which = (int)count;
            return STATUS_OK;
        }
    const char *near = suggest(word, verbs, count);
    if (near)
        return error_set(error, STATUS_USAGE, "%s: unknown word '%s'; did you mean '%s'?", invocation->command->name,
                         word, near);
    return error_set(error, STATUS_USAGE, "%s: unknown word '%s'; usage: assay %s %s", invocation->command->name, word,
                     invocation->command->name, invocation->command->usage);
}

const char *option_value(const struct invocation *invocation, const char *name) {
    for (size_t i = invocation->option_count; i-- > 0;)
        if (strcmp(invocation->options[i].option->name, name) == 0)
            return invocation->options[i].value;
    return NULL;
}

bool option_given(const struct invocation *invocation, const char *name) {
    for (size_t i = 0; i < invocation->option_count; i++)
        if (strcmp(invocation->options[i].option->name, name) == 0)
            return true;
    return false;
}

int option_integer(const struct invocation *invocation, const char *name, int64_t least, int64_t most, int64_t absent,
                   int64_t *out, struct error *error) {
    const char *text = option_value(invocation, name);
    if (!text) {
        *out = absent;
        return STATUS_OK;
    }
    char *end;
    errno = 0;
    long long value = strtoll(text, &end, 10);
    if (errno || end == text || *end || value < least || value > most)
        return error_set(error, STATUS_USAGE, "%s: --%s '%s' is not a whole number from %lld to %lld",
                         invocation->command->name, name, text, (long long)least, (long long)most);
    *out = value;
    return STATUS_OK;
}

int option_number(const struct invocation *invocation, const char *name, double least, double most, double absent,
                  double *out, struct error *error) {
    const char *text = option_value(invocation, name);
    if (!text) {
        *out = absent;
        return STATUS_OK;
    }
    char *end;
    double value = strtod(text, &end);
    if (end == text || *end || !(value >= least && value <= most))
        return error_set(error, STATUS_USAGE, "%s: --%s '%s' is not a number from %g to %g", invocation->command->name,
                         name, text, least, most);
    *out = value;
    return STATUS_OK;
}

int option_moment(const struct invocation *invocation, const char *name, bool end_of_day, int64_t absent, int64_t *out,
                  struct error *error) {
    const char *text = option_value(invocation, name);
    if (!text) {
        *out = absent;
        return STATUS_OK;
    }
    if (!timestamp_parse(slice_of(text), out))
        return error_set(error, STATUS_USAGE, "%s: --%s '%s' is not a date such as 2026-11-24 or 2026-11-24T08:30:00Z",
                         invocation->command->name, name, text);
    if (end_of_day && strlen(text) == 10)
        *out += MS_DAY - 1;
    return STATUS_OK;
}
