/*
 * Done, left, and at this pace done by when: for each track, its categories, and people. The unit is a production
 * judgment. Done: handed in by annotators and leads, imported ones too. Left: wanted and not handed in. The pace
 * (pace.h) is of what was dealt here.
 *
 * What is left of a person is what they may still be given, which others may be given too: they are through it at
 * the latest when they do all of it alone.
 */
#ifndef CORE_REPORT_PLAN_H
#define CORE_REPORT_PLAN_H

#include "core/model/history.h"
#include "core/report/pace.h"

/* Codes of the history. */
struct plan_left {
    int track, category;
    int64_t left;
    int64_t with_lead; /* items set aside to the lead: in nobody's queue until that is decided */
    bool closed;       /* the category is done: nothing more of it is dealt */
};
struct plan_open {
    int person, track;
    int64_t open; /* judgments in the queue that this person may be given, and what their open batch lacks */
};

struct plan_input {
    const struct history *history;
    const struct plan_left *left; /* at most one for a track and category */
    size_t left_count;
    const struct plan_open *open; /* at most one for a person and track */
    size_t open_count;
    int64_t now; /* UTC ms */
};

struct plan_line {
    int track;
    int category; /* -1: the whole track */
    int person;   /* 0: everybody */
    int64_t done, left, with_lead;
    bool closed; /* a closed category: what is left is dealt already */
    struct pace pace;
    struct pace_until until;
};

struct plan {
    struct plan_line *work; /* each track with work, then its categories, the last to be done first */
    size_t work_count;
    struct plan_line *people; /* track by track, by name */
    size_t people_count;
};

void plan_init(struct plan *out, const struct plan_input *input);
void plan_release(struct plan *plan);

/* "56 a day on 9 of 14 days": what the pace is based on; "no work in 14 days", "too early". At most `size` bytes. */
void plan_basis(const struct plan_line *line, char *out, size_t size);

#endif
