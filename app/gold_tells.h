/*
 * Whether hidden gold can be told from production without reading it: `assay gold STORE tells`. Each feature that
 * an annotator sees is compared between the two, on each track; the figures are core/quality/tells.h.
 */
#ifndef APP_GOLD_TELLS_H
#define APP_GOLD_TELLS_H

#include "app/command.h"

/* Prints tables, or JSON; the store must be open and the viewer a lead. --track: this one alone. */
int gold_tells(struct invocation *invocation, struct error *error);

#endif
