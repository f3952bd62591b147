/*
 * Who may see what. Every query and every command asks here first.
 *
 * A store without people of role annotator or lead is solo use: everything is open to whoever opens it. Otherwise an annotator sees their
 * own judgments (without kind), their figures as of their last hand-in, rubrics, rulings, their own questions, and the settings
 * without seed, gold and retest; everything else is the lead's.
 */
#ifndef CORE_WORK_VIEWER_H
#define CORE_WORK_VIEWER_H

#include <stdbool.h>
#include <stdint.h>

#include "core/base/limits.h"

enum viewer_role { VIEWER_SOLO, VIEWER_LEAD, VIEWER_ANNOTATOR };

struct viewer {
    enum viewer_role role;
    int64_t person;                  /* store id; 0 in solo use before the first own act */
    char name[LIMIT_NAME_BYTES + 1]; /* as given with --as */
    bool paused;                     /* an annotator set to pause: may look, may not judge */
};

enum access {
    ACCESS_ANYBODY, /* no store content, or the same for all: help, rubric, rulings */
    ACCESS_OWN,     /* an annotator sees the part that is theirs; the verb filters by the viewer */
    ACCESS_LEAD,    /* leads, and solo use */
};

bool viewer_may(const struct viewer *viewer, enum access access);

/* Sees gold, kinds, other people: a lead, or solo use. */
bool viewer_sees_all(const struct viewer *viewer);

#endif
