/* Texts that are read on a page of their own, as Markdown. They add to `out`; those that ask the store can come back busy. */
#ifndef UI_ANNOTATE_PAGES_H
#define UI_ANNOTATE_PAGES_H

#include "core/base/buffer.h"
#include "rubrics/difference.h"
#include "ui/annotate/judge.h"

/* The guideline, and the rulings in force on the track. */
int page_guideline(struct sitting *sitting, struct buffer *out, struct error *error);

/* Shows it, from any screen of this folder. */
work_action guideline_open;

/* Reference, category, language, turns, and this person's own judgment of it: the same lines for every item. */
void page_about(const struct judge *judge, struct buffer *out);

/* How texts are shown: what differs from what came, and where to see it as it came. */
void page_texts(struct buffer *out);

/* What is recorded about the person who judges, and who can see it. */
void page_recorded(const struct sitting *sitting, struct buffer *out);

/* Adds a text as a Markdown quotation of its own. */
void page_quote(struct buffer *out, struct slice text);

/* Adds a text as lines that stay as they are: a Markdown code block whose fence is longer than any in the text. */
void page_verbatim(struct buffer *out, struct slice text);

/* Adds what changed in a rubric, likewise; long changed lines go on below. */
void page_changes(struct buffer *out, const struct difference *difference);

#endif
