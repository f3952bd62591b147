/*
 * The annotator's screens, from start to leaving. A screen writes no file and prints nothing: what was done comes back in the
 * outcome, and the command says it when the terminal is given back.
 */
#ifndef UI_ANNOTATE_ANNOTATE_H
#define UI_ANNOTATE_ANNOTATE_H

#include <stdbool.h>
#include <stdint.h>

#include "core/base/error.h"
#include "core/model/campaign.h"
#include "core/model/preferences.h"
#include "core/work/viewer.h"
#include "store/batch.h"
#include "store/standing.h"
#include "store/store.h"

/*
 * Making gold: the sitting is on a store of its own (app/workbench), and what is judged there is written as the key of an item
 * of the campaign's store.
 */
struct gold_making {
    struct store *store;
    const struct viewer *viewer; /* a lead */
    const struct campaign *campaign;
    const int64_t *items; /* items[i] is what item i + 1 of the sitting's store is in that one */
    size_t count;
    int made, amended; /* keys written; amended: an answer to the same item, again */
};

struct annotate_options {
    const char *track;                     /* of the campaign; required */
    const struct preferences *preferences; /* theme and rest; borrowed; NULL: the defaults */
    int training;    /* above 0: deal a batch of so many training items and show reference and explanation after each
                             answer. No start screen; returns after the hand-in, or at once when no training item is left */
    int batches;     /* return after so many hand-ins; 0: when the person leaves or nothing is left */
    bool skip_start; /* the first item at once, without the start screen (it says what is new) */
    int64_t session; /* what this calibration session asks of the person and nothing else, and no figures of theirs, as
                        others may look on; returns when it is handed in. 0: no */
    int reference;   /* in the lead's references of that session: the item at this position alone, without the start
                        screen. 0: no */
    const struct viewer *reveal; /* somebody who may see it: after a hand-in, a page that says which items were gold and
                                    what the key says. Demo only; NULL: none */
    bool rehearsal; /* on a store that is thrown away: says so all the time, and returns after the hand-in */
    struct gold_making
        *gold;           /* every answer becomes gold. No start screen, no hand-in; returns after the last. NULL: no */
    const char *welcome; /* Markdown page before everything else; NULL: none */
    const char *welcome_title;
};

struct annotate_outcome {
    int64_t judged;               /* judgments submitted, a revision of the same item counted once */
    int64_t revised;              /* submitted again */
    int64_t aside;                /* items set aside */
    int64_t asked;                /* questions to the lead */
    int64_t active_ms;            /* time on task of all that */
    int handed_in;                /* batches */
    struct batch_name batch_name; /* of the batch that is open now: "batch 4", "training"…; "": none */
    int batch_number;             /* 0: none, or no work */
    int batch_size, batch_done;   /* of that batch: judged and set aside */
    bool draft;                   /* the item that was left has answers that are not submitted */
    bool nothing_left;            /* no batch could be dealt */
    bool waits_for_lead;          /* and not for want of items: a qualification waits for the lead */
    int64_t left_for_others, left_for_lead, left_open_batches;
    bool taken_over; /* another terminal took this track over (seat_…), and this one ended */
    bool elsewhere;  /* it is open in another terminal (seat_…), and was not taken over */
    char seat_host[64];
    int64_t seat_since;
    bool interrupted; /* hang-up or SIGTERM, not the person's wish */
};

/*
 * Runs the screens on the terminal. The store should be open with STORE_SCREEN. In solo use viewer->person is set with the first act.
 * On an error the terminal is given back, and the outcome still says what was done before it: STATUS_SYSTEM (no terminal, store
 * broken), STATUS_USAGE (no such track, the person may not work on it).
 */
int annotate_run(struct store *store, struct viewer *viewer, const struct campaign *campaign,
                 const struct annotate_options *options, struct annotate_outcome *outcome, struct error *error);

/*
 * Asks which of these tracks to work on. *track is one of the offers', or NULL: the person left. Errors as of annotate_run.
 */
int annotate_pick_track(struct store *store, const struct viewer *viewer, const struct campaign *campaign,
                        const struct track_offer *offers, size_t count, const struct preferences *preferences,
                        const char **track, struct error *error);

/*
 * The figures of `person` (name) on a track as a full page, until a key. `introduction` (plain text, may be NULL) stands above
 * them. Only for viewers who see all, or their own.
 */
int annotate_show_person(struct store *store, const struct viewer *viewer, const struct campaign *campaign,
                         const char *track, const char *person, const char *introduction,
                         const struct preferences *preferences, struct error *error);

#endif
