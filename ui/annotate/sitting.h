/*
 * One sitting of one person on one track: what all screens of this folder share. Screens read it when they draw; the store is asked
 * only in answer to a key, and every answer to a key can come back busy: then the action is tried again until it is done.
 */
#ifndef UI_ANNOTATE_SITTING_H
#define UI_ANNOTATE_SITTING_H

#include "core/model/history.h"
#include "core/model/rubric.h"
#include "core/report/person.h"
#include "core/work/rest.h"
#include "store/batch.h"
#include "store/standing.h"
#include "ui/annotate/annotate.h"
#include "ui/annotate/pane.h"
#include "ui/annotate/texts.h"
#include "ui/screen.h"

struct sitting {
    struct store *store;
    struct viewer *viewer;
    const struct campaign *campaign;
    const struct track_settings *settings;
    const struct annotate_options *options;
    struct annotate_outcome *outcome;

    struct rubric rubric; /* that answers are given by: in force when the item was opened */
    int64_t rubric_id;
    struct batch batch;             /* the open one, as of the last item; id 0: none */
    bool calibrating;               /* what a session asks for comes before the work in hand */
    struct pool pool;               /* of batch */
    struct track_standing standing; /* as of the last look at the start screen, or the last hand-in */
    struct pool standing_pool;
    struct texts texts;
    bool pane_folded;

    struct history history; /* of this person and track, as of the last hand-in */
    struct person_figures figures;
    bool figures_there;
    int as_of; /* batch number of the last hand-in; 0: never */
    int64_t today_judged, today_ms;

    struct hand_in handed; /* the last one of this sitting; size 0: none */
    struct nothing_left left;
    int last_position; /* of the item submitted or set aside last in the open batch; 0: none */
    bool going_on;     /* a screen is only changed for another: the start screen below need not look again */

    int64_t beat_at;  /* when the seat was last said to be held */
    struct rest rest; /* how long without a pause */

    int failed; /* a status that ended the sitting */
    struct error failure;
};

/* Reads rubric, open batch and figures. The pointers are borrowed. STATUS_USAGE: no such track; nothing is to be released then. */
int sitting_init(struct sitting *sitting, struct store *store, struct viewer *viewer, const struct campaign *campaign,
                 const struct annotate_options *options, struct annotate_outcome *outcome, struct error *error);
void sitting_release(struct sitting *sitting);

int64_t sitting_now(const struct sitting *sitting);

/* The rubric in force now. Nothing may point into the one before. */
int sitting_read_rubric(struct sitting *sitting, struct error *error);

/* Takes the seat of this person and track (store/seat.h), asking first where it is held, and goes on. (seat.c) */
int sitting_sit(struct sitting *sitting, struct frame *frame,
                int (*go_on)(struct sitting *sitting, struct frame *frame, struct error *error), struct error *error);

/* Gives the seat up at the end. What failed because it was taken over did not fail. (seat.c) */
void sitting_rise(struct sitting *sitting);

/* Before the first act in solo use: makes the person, and takes the seat. Otherwise nothing. (seat.c) */
int sitting_enter(struct sitting *sitting, struct frame *frame, struct error *error);

/* The open batch as the store has it now; batch.id is 0 when there is none. */
int sitting_find_batch(struct sitting *sitting, struct error *error);

/* What a session asks of the person now, in the pool of the batch; out->id 0: nothing. */
int sitting_find_session(struct sitting *sitting, struct batch *out, struct error *error);

/* A batch is open, and nothing in it is to be done. */
bool sitting_all_done(const struct sitting *sitting);

/* The open batch, or a new one; batch.id stays 0 when nothing is left (then `left` says what waits). */
int sitting_deal(struct sitting *sitting, struct error *error);

/* What this person may do on the track now. */
int sitting_read_standing(struct sitting *sitting, struct error *error);

/* Figures anew: at the start and after a hand-in, never between. */
int sitting_read_figures(struct sitting *sitting, struct error *error);

/* The content note that covers the texts of this track; NULL: none, or the person does without. */
const char *sitting_cover(const struct sitting *sitting);

/* What the pane shows now. */
struct pane sitting_pane(const struct sitting *sitting);

/* "pilot › helpfulness" and "ana · batch 4 · 13 of 50" (or "ana · training · 2 of 10") for the title row; position 0: without it. */
void sitting_title(const struct sitting *sitting, int position, struct buffer *left, struct buffer *right);

/* What is said differently in an ordinary sitting, in a rehearsal, and while gold is made. */
struct sitting_words {
    const char *title;     /* beside the name, in place of the batch; NULL: the batch */
    const char *leave;     /* the question before leaving */
    const char *hand_in;   /* the question before handing in */
    const char *no_asking; /* why nobody can be asked; NULL: the lead can */
};
const struct sitting_words *sitting_words(const struct sitting *sitting);

/* Puts batch counts into the outcome. */
void sitting_note_batch(struct sitting *sitting);

/* --- Screens that ask the store ---------------------------------------------------------------------------------------- */

struct work_screen;
typedef void work_action(struct work_screen *work, struct frame *frame);

/* The first member of every screen here. */
struct work_screen {
    struct screen screen;
    struct sitting *sitting;
    work_action *pending; /* was busy, to be tried again; NULL: nothing */
};

/*
 * What became of a store call: true when it was done. Busy: says so, and `again` is called until it is not. A sentence that
 * can be shown (STATUS_NO, STATUS_USAGE, STATUS_INPUT) is shown. Anything else ends the sitting with the error.
 */
bool work_done(struct work_screen *work, struct frame *frame, int status, const struct error *error,
               work_action *again);

/* To be called first with every key: true when the key is not for the screen: an action waited for the store, and was tried again. */
bool work_waits(struct work_screen *work, struct frame *frame, const struct key *key);

/* Ends the sitting because of an error that the person can do nothing about here. */
void sitting_fail(struct sitting *sitting, struct frame *frame, int status, const struct error *error);

#endif
