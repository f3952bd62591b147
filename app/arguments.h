/* The command line of one command into its invocation; the readers of single options are declared in command.h. */
#ifndef APP_ARGUMENTS_H
#define APP_ARGUMENTS_H

#include "app/command.h"

/* argv: what stands after the command's name. invocation->command must be set. */
int arguments_read(struct invocation *invocation, int argc, char **argv, struct error *error);

/* --as, --json, --help, --version. */
const struct option *options_general(void);

#endif
