/* Usage and manual pages, made from the table of commands. */
#ifndef APP_HELP_H
#define APP_HELP_H

#include "app/command.h"

void help_overview(FILE *out);
void help_command(FILE *out, const struct command *command);

/* The keys of the annotator's screen, from the keymap. */
void help_keys(FILE *out);

#endif
