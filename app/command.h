/*
 * A command: its name, its words, who may run it, and the function that does it. One file a command in app/command/, one row in
 * app/commands.def. Usage, --help, completions and the tests over all commands are made from these.
 *
 * A command prints data to invocation->out, messages to standard error through say(), and returns an enum status with the error set. It
 * never exits and never prints its own error.
 */
#ifndef APP_COMMAND_H
#define APP_COMMAND_H

#include <stdio.h>

#include "core/base/error.h"
#include "core/base/world.h"
#include "core/model/campaign.h"
#include "core/model/preferences.h"
#include "core/work/viewer.h"
#include "store/store.h"

enum option_kind { OPTION_FLAG, OPTION_VALUE, OPTION_MANY /* may be given again */ };

struct option {
    const char *name; /* without "--"; NULL ends the list */
    enum option_kind kind;
    const char *value; /* what stands for the value in the usage: "FILE", "a|b|c"; a list with | is checked */
    const char *help;
    char letter; /* -o; 0 for none */
};

struct invocation;

struct command {
    const char *name;
    const char *usage;            /* after `assay NAME`: "STORE [list | add NAME --role …]" */
    const char *summary;          /* one line for `assay help` */
    const char *manual;           /* paragraphs for `assay help NAME`; may be NULL */
    enum access access;           /* the least that any part of it asks */
    bool needs_store;             /* the first argument is a store that must exist */
    const struct option *options; /* its own; --as, --json, --help and --version are everywhere */
    int (*run)(struct invocation *invocation, struct error *error);
};

struct given_option {
    const struct option *option;
    const char *value; /* NULL for a flag */
};

struct invocation {
    const struct command *command;
    struct world *world;
    FILE *out;
    const char **arguments; /* what is not an option, after the command's name; [0] is the store */
    size_t argument_count;
    struct given_option *options;
    size_t option_count;
    bool json;
    const char *as; /* who acts: --as, else $ASSAY_ANNOTATOR, else $USER, else "me" */
    /* filled by open_store */
    struct store *store;
    struct viewer viewer;
    struct campaign campaign; /* the settings in force; tracks is NULL until open_store */
    int64_t settings_id;
    struct preferences preferences; /* filled by read_preferences; else the defaults */
};

extern const struct command *const command_table[]; /* NULL at the end, in the order of `assay help` */
const struct command *command_find(const char *name);

/* The argument at place i, or NULL. */
const char *argument(const struct invocation *invocation, size_t i);
/* STATUS_USAGE with the command's usage unless the number of arguments lies in [least, most]. */
int arguments_between(const struct invocation *invocation, size_t least, size_t most, struct error *error);
/* Which of the words (NULL-terminated list) the argument at place i is; the default when it is not given; STATUS_USAGE with the nearest word. */
int argument_verb(const struct invocation *invocation, size_t i, const char *const *verbs, int if_absent, int *which,
                  struct error *error);

const char *option_value(const struct invocation *invocation,
                         const char *name); /* NULL if not given; the last one counts */
bool option_given(const struct invocation *invocation, const char *name);
/* The option as a whole number, number, date (UTC ms; a bare date as `until` means the end of that day); `absent` if it was not given. */
int option_integer(const struct invocation *invocation, const char *name, int64_t least, int64_t most, int64_t absent,
                   int64_t *out, struct error *error);
int option_number(const struct invocation *invocation, const char *name, double least, double most, double absent,
                  double *out, struct error *error);
int option_moment(const struct invocation *invocation, const char *name, bool end_of_day, int64_t absent, int64_t *out,
                  struct error *error);

/* Opens arguments[0], finds the viewer, reads the settings, and refuses whoever may not. flags: enum store_flags. */
int open_store(struct invocation *invocation, unsigned flags, enum access access, struct error *error);
/* The same check for a part of a command that asks more than the whole. */
int require_access(const struct invocation *invocation, enum access access, struct error *error);
/* The track of --track, or the only one; STATUS_USAGE with the names otherwise. */
int chosen_track(const struct invocation *invocation, const char **track, struct error *error);
/* The person's config.yaml, if there is one; its keys hold from here on. For every command that opens a screen or names a key. */
int read_preferences(struct invocation *invocation, struct error *error);
/* Closes what open_store opened. The dispatcher calls it. */
void invocation_close(struct invocation *invocation);

/* What the log says of a decision that was given none. */
#define NO_REASON "no reason given"

/* Messages and progress, to standard error; cleaned for a terminal. */
void say(const char *format, ...) __attribute__((format(printf, 1, 2)));

/* Text that came from a file, to a stream: through the door if it may reach a terminal. One line, unless lines. */
void print_text(FILE *out, struct slice text, bool lines);
/* Cleaned, and cut or filled to exactly `columns` cells; a column ends in a space. */
void print_cell(FILE *out, struct slice text, int columns);
void print_cell_right(FILE *out, struct slice text, int columns);
void print_column(FILE *out, struct slice text, int columns);

/* Cleaned, from column `indent` to PRINT_COLUMNS, further lines indented as far; ends the line. */
enum { PRINT_COLUMNS = 80 };
void print_paragraph(FILE *out, struct slice text, int indent);

/* Runs a command line (argv without the program's name) and returns the status. Prints the error. */
int dispatch(int argc, char **argv, struct world *world);

#endif
