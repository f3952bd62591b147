/* Where a demo lives: a folder that holds demo.assay and the files made from it. */
#ifndef APP_DEMO_PLACE_H
#define APP_DEMO_PLACE_H

#include <stdbool.h>

#include "core/base/error.h"
#include "core/base/world.h"

struct place {
    char *folder;   /* without a slash at its end */
    char *store;    /* folder/demo.assay */
    char *rows;     /* folder/preferences.jsonl */
    char *manifest; /* folder/preferences.manifest.json */
    bool made;      /* the campaign was made now, and not by an earlier demo */
};

/*
 * The folder named, or a new temporary one (NULL): made if it is missing, and the campaign in it if there is none yet. A folder that holds something else is
 * refused (STATUS_USAGE). Says on standard error what it does.
 */
int place_open(struct place *place, const char *folder, struct world *world, struct error *error);
void place_release(struct place *place);

#endif
