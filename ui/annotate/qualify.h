/* A track that asks for a qualification, in words and as the screen after an attempt. */
#ifndef UI_ANNOTATE_QUALIFY_H
#define UI_ANNOTATE_QUALIFY_H

#include "ui/annotate/sitting.h"

/* What stands between this person and the work, as one line for a table of facts: "32 items, 25 as the reference let you in · attempt 1 of 2".
 * Nothing is added where nothing is asked for, or not any more. */
void qualify_fact(const struct sitting *sitting, struct buffer *out);

/* The same as a paragraph: why, what comes, what is shown and when. Nothing is added where this person may work. */
void qualify_words(const struct sitting *sitting, struct buffer *out);

/* What it waits for the lead for. */
void qualify_waits(const struct standing *standing, struct buffer *out);

/* The line of the start screen that leads to the work: "Go on with item 12", "Begin the training: 10 items". `position` is where it goes on,
 * `draft` whether it has answers already. */
void qualify_line(const struct sitting *sitting, int position, bool draft, struct buffer *out);

/* After an attempt was handed in (sitting->handed): the result, and what comes now. */
void result_open(struct sitting *sitting, struct frame *frame);

#endif
