/* What annotators say against keys that they were shown, and no lead has decided about: `assay gold STORE contests`. */
#ifndef APP_GOLD_CONTESTS_H
#define APP_GOLD_CONTESTS_H

#include "app/command.h"

/* Prints a list, or JSON; the store must be open and the viewer a lead. */
int gold_contests(struct invocation *invocation, struct error *error);

#endif
