/*
 * The judging screen: one item of the open batch, its form, and where the reader stands. judge.c opens, saves and submits;
 * judge_keys.c says what each key does; judge_draw.c draws; judge_rubric.c sees to a new rubric.
 */
#ifndef UI_ANNOTATE_JUDGE_H
#define UI_ANNOTATE_JUDGE_H

#include "core/work/form.h"
#include "core/work/stopwatch.h"
#include "ui/annotate/coach.h"
#include "ui/annotate/sitting.h"
#include "ui/edit.h"

struct judge {
    struct work_screen work; /* must be first */
    struct pool pool;        /* of the serving */
    struct serving serving;
    int64_t batch; /* that it belongs to */
    struct form form;
    bool loaded; /* serving and form hold an item */
    struct edit why;
    bool typing;
    struct stopwatch watch;
    bool touched;             /* the form was changed since the item was shown */
    bool unsaved;             /* and the draft in the store is older */
    bool unsynced;            /* saved, but not yet on the disk */
    int wanted;               /* position to load; 0: the next to be done */
    enum aside_reason reason; /* being set aside with */
    struct coach coach;       /* training: what the key says of the answer just given */
    bool reading;             /* the changed lines of a new rubric are on the page above */
    int columns;              /* of the last draw */
};

void judge_draw(struct screen *screen, struct surface *surface);
bool judge_key(struct screen *screen, struct frame *frame, const struct key *key);
unsigned judge_contexts(const struct screen *screen);
void judge_help(const struct screen *screen, struct buffer *out);

/* Saves the draft; busy is not an error here, the next key or pause tries again. */
void judge_save(struct judge *judge, struct frame *frame);

/* Loads the item at judge->wanted, or the next one; gives way to the summary when there is none. */
void judge_load(struct work_screen *work, struct frame *frame);

/* Lets go of the item; its draft is in the store. */
void judge_forget(struct judge *judge);

/* True when another version of the rubric came into force: the item was let go of, and judge_load comes again when the changes are read. */
bool judge_rubric_changed(struct judge *judge, struct frame *frame);
void judge_resumed(struct screen *screen, struct frame *frame);

/* Submits if nothing is missing; else ▸ goes there. */
void judge_submit(struct judge *judge, struct frame *frame);

void judge_set_aside(struct work_screen *work, struct frame *frame); /* with judge->reason */
void judge_ask(struct work_screen *work, struct frame *frame);       /* the question of the form */

/* A question was begun and is not asked yet. */
bool judge_has_question(const struct judge *judge);

/* The position that `u` reopens; 0: none. */
int judge_last(const struct judge *judge);

void judge_start_typing(struct judge *judge);
void judge_end_typing(struct judge *judge);

#endif
