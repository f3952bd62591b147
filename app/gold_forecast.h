/*
 * When the hidden gold of each person runs out: `assay gold STORE forecast`. The rate is of the last days, by the
 * same function as on the lead's desk.
 */
#ifndef APP_GOLD_FORECAST_H
#define APP_GOLD_FORECAST_H

#include "app/command.h"

/* Prints a table, or JSON; the store must be open and the viewer a lead. */
int gold_forecast(struct invocation *invocation, struct error *error);

#endif
