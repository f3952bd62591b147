/*
 * A calibration session, run by the lead: who has answered, by turns at this terminal or in their own; then item by
 * item what was chosen and why, names hidden until the lead shows them, and what is recorded of it. Nothing that was
 * answered is on the screen while somebody's answers are waited for. Every decision is a verb of store/session.h or
 * of gold; the screens write no file.
 */
#ifndef UI_CALIBRATE_CALIBRATE_H
#define UI_CALIBRATE_CALIBRATE_H

#include <stdbool.h>

#include "core/base/error.h"
#include "core/model/campaign.h"
#include "core/model/preferences.h"
#include "core/work/viewer.h"
#include "store/store.h"

struct calibrate_outcome {
    int turns;      /* at this terminal, that ended with a hand-in */
    int excused;    /* people who are not waited for any more */
    int references; /* written or changed */
    int verdicts;   /* items marked */
    int promoted;   /* items that became gold, or whose key was amended */
    int again;      /* second votes called, items */
    bool interrupted;
};

/*
 * The store should be open with STORE_SCREEN, the viewer a lead; preferences may be NULL. STATUS_USAGE: no such
 * session; STATUS_NO: it is closed. On an error the terminal is given back, and the outcome says what was done.
 */
int calibrate_run(struct store *store, struct viewer *viewer, const struct campaign *campaign,
                  const struct preferences *preferences, const char *session, struct calibrate_outcome *outcome,
                  struct error *error);

#endif
