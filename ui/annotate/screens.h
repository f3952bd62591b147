/* How the screens of this folder open each other. Each pushes itself onto the frame; a screen that gives way to another pops itself first. */
#ifndef UI_ANNOTATE_SCREENS_H
#define UI_ANNOTATE_SCREENS_H

#include "store/contests.h"
#include "ui/annotate/sitting.h"

/* What is new, how far the batch is, and on to the next item. */
void start_open(struct sitting *sitting, struct frame *frame);

/* The item at a position of the open batch, or (0) the one to do next; the summary when all are done. */
void judge_open(struct sitting *sitting, struct frame *frame, int position);

/* The batch is done: look it over, hand it in. */
void summary_open(struct sitting *sitting, struct frame *frame);

/* Nothing could be dealt. */
void nothing_open(struct sitting *sitting, struct frame *frame);

/*
 * The items of the open batch that were seen. `chosen` gets the position to reopen, after the list is gone; a set-aside item has
 * been taken back by then. Not called when nothing is chosen.
 */
void earlier_open(struct sitting *sitting, struct frame *frame, int current,
                  void (*chosen)(struct screen *asker, struct frame *frame, int position));

/* One text without borders, scrolled where it stands. */
void alone_open(struct sitting *sitting, struct frame *frame);

/* The pane as a page. */
void figures_open(struct sitting *sitting, struct frame *frame);

/* Reference answers that the person may look at and contest. */
void shown_keys_open(struct sitting *sitting, struct frame *frame);
/* "2 retired gold items": what they are of; adds to out. */
void shown_keys_words(const struct shown_key *keys, size_t count, struct buffer *out);

/* Item by item what the key says: of a training just handed in; in the demo of any batch, and which were gold. `batch` is its id. */
void reveal_open(struct sitting *sitting, struct frame *frame, int64_t batch);

/*
 * Making gold: what the key of the item just judged shall accept and say, proposed from the judgment, and written on Enter.
 * `answered` is called when the screen is gone: written, or back to the answer.
 */
void make_gold_open(struct sitting *sitting, struct frame *frame, struct item_ref ref, const char *shown,
                    const struct judgment *judgment,
                    void (*answered)(struct screen *asker, struct frame *frame, bool written));

/* Hands the open batch in, closes the screen that asked for it, and goes on. */
work_action sitting_hand_in;

/* After a hand-in: the reveal page, the start screen, or leaving, as the options say. */
void sitting_go_on(struct sitting *sitting, struct frame *frame, int64_t batch);

#endif
