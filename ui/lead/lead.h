/*
 * The lead's desk: what needs a decision, the people, the categories, and the places where decisions are taken.
 * Every decision is a verb of store/, which is a command too. The screens write no file and print nothing; what
 * was decided comes back in the outcome.
 */
#ifndef UI_LEAD_LEAD_H
#define UI_LEAD_LEAD_H

#include <stdbool.h>

#include "core/base/error.h"
#include "core/model/campaign.h"
#include "core/model/preferences.h"
#include "core/work/viewer.h"
#include "store/store.h"

struct lead_outcome {
    int held, released, redone; /* holds */
    int amended, kept, retired; /* gold */
    int answered, rulings;      /* questions; how many of the answers became rulings */
    int items_retired, given_back, promoted;
    int closed, reopened;               /* categories */
    int paused, resumed;                /* people */
    int let_in, asked_again;            /* qualifications */
    size_t decisions;                   /* that still wait */
    bool interrupted;                   /* hang-up or SIGTERM */
    char session[LIMIT_NAME_BYTES + 1]; /* the calibration session to be opened now; "": none */
};

/*
 * The store should be open with STORE_SCREEN, the viewer a lead or solo; preferences may be NULL. On an error the terminal is given back,
 * and the outcome says what was done; it is added to, so that the desk can be opened again behind a session.
 */
int lead_run(struct store *store, const struct viewer *viewer, const struct campaign *campaign,
             const struct preferences *preferences, struct lead_outcome *outcome, struct error *error);

#endif
