/* What the pane's numbers are taken from, with the keys that the same figures have in `report --json`, for work_driver. */
#ifndef TESTS_CLI_DRIVER_FIGURES_H
#define TESTS_CLI_DRIVER_FIGURES_H

#include "core/base/json.h"
#include "ui/annotate/sitting.h"

/* "figures": {…} of a sitting as it stands. */
void driver_write_figures(struct json *json, const struct sitting *sitting);

#endif
