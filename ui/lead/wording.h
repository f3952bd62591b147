/* How the desk says figures, days and answers. All of them add to out. */
#ifndef UI_LEAD_WORDING_H
#define UI_LEAD_WORDING_H

#include "core/base/buffer.h"
#include "core/model/item.h"
#include "core/model/rubric.h"
#include "core/quality/figure.h"
#include "core/report/annotators.h"
#include "core/report/pace.h"

int percent_of(double share);

/* "Nov 12" in the local zone. */
void word_day(struct buffer *out, int64_t at);

/* "today", "1 day", "12 days", "never". */
void word_seen(struct buffer *out, int64_t at, int64_t now);

/* "Dec 8–Jan 19 2027", "from Dec 8 on", "too early", "not at this pace". */
void word_until(struct buffer *out, const struct pace_until *until, int64_t now);

/* "25 of 41"; "–" for n = 0. */
void word_of(struct buffer *out, size_t right, size_t n);

/* "[46–74]" in percent; "too early" under PERSON_ROW_FROM outcomes. */
void word_interval(struct buffer *out, const struct figure *figure);

/* The lead's word for a person: "below the bar", "watch", "steady", "too early", with *ink for it. */
const char *word_state(const struct annotator *annotator, int *ink);

/* "position, length": the flags that a lead should look at; nothing when there are none. */
void word_flags(struct buffer *out, const struct annotator *annotator);

/* The order in which the desk shows responses when several people's answers stand beside each other: as they are stored. */
const char *stored_order(void);

/* An answer in the order `shown`: "B better", "tie", "none"; "B > A = C, much better". */
void word_answer(struct buffer *out, const struct rubric *rubric, const char *shown, int prefer, const char *ranking,
                 int strength);
/* The answers that a key takes, likewise: "A better or tie". */
void word_key(struct buffer *out, const struct rubric *rubric, const char *shown, const struct gold_key *key);

/* Markdown: a table's cell, on one line, with its bars made harmless. */
void word_cell(struct buffer *out, struct slice text);

#endif
