/* Usage and manual pages, made from the table of commands. */
#ifndef APP_HELP_H
#define APP_HELP_H

#include "app/command.h"

void help_overview(FILE *out);
void help_command(FILE *out, const struct command *command);

/* The keys of the screens as they are bound now, and how to bind others. */
void help_keys(FILE *out);

/* The manual page of all that, for man(1). */
void help_man(FILE *out);

/* A config.yaml with one line of each kind. */
extern const char help_config_example[];

#endif
