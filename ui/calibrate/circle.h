/*
 * The people round the table: a session as it stands, its votes and references read by the rubric in force. Votes
 * under an earlier rubric keep the ratings of criteria that are asked in the same way now. What the screen and the
 * record are made of.
 */
#ifndef UI_CALIBRATE_CIRCLE_H
#define UI_CALIBRATE_CIRCLE_H

#include "core/report/session_figures.h"
#include "core/report/versions.h"
#include "store/session.h"

struct circle {
    struct session_book book;
    struct rubric rubric; /* in force on the track */
    int64_t rubric_id;
    struct rubric_marks versions; /* all */
    struct ratings **ratings;     /* [item][vote]; behind the votes the reference's */
    struct pool pool;             /* of all but the rubric and its versions */
};

/* *out is to be released after success alone. */
int circle_read(struct circle *out, struct store *store, const struct viewer *viewer, int64_t session,
                struct error *error);
void circle_release(struct circle *circle);

/* The ratings of a vote or reference of this item. */
const struct ratings *circle_ratings(const struct circle *circle, size_t item, const struct session_vote *vote);

/* What was said on an item, as core/report takes it. */
struct session_said circle_said(const struct circle *circle, size_t item, const struct session_vote *vote);

/* By which rule the votes on an item were given (item_count: on all). After: a second vote in place of its person's first. */
struct version_mix circle_mix(const struct circle *circle, size_t item, bool after);

void circle_figures(const struct circle *circle, int64_t seed, struct session_figures *out);

/* "accuracy 5/1 · tone A": the ratings of an answer in the order shown; nothing for none. */
void circle_word_ratings(const struct circle *circle, const struct ratings *ratings, const char *shown,
                         size_t responses, struct buffer *out);

/* "A better", "B > A = C", "set aside: not my field": an answer in the order shown. */
void circle_word_vote(const struct circle *circle, const struct session_vote *vote, const char *shown,
                      struct buffer *out);

/* "fairly sure", or "70 %" where the rubric has no word for it; "–" for none. */
void circle_word_confidence(const struct circle *circle, int confidence, struct buffer *out);

/* The person's name, or while it is hidden their number. */
void circle_word_person(const struct circle *circle, size_t person, bool names, struct buffer *out);

#endif
