/* The file that a trainer gets: exported, and shown with what its manifest says. */
#ifndef APP_DEMO_SHOWN_FILE_H
#define APP_DEMO_SHOWN_FILE_H

#include <stdio.h>

#include "app/demo/place.h"
#include "app/exchange/export.h"

/* Exports helpfulness to the place's files. */
int shown_file_make(const struct place *place, struct world *world, struct export_report *report, struct error *error);

/* Its first rows, the counts of the manifest, and how to load it. */
int shown_file_print(const struct place *place, const struct export_report *report, FILE *out, struct error *error);

#endif
