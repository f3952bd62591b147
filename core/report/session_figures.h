/*
 * What a calibration session shows: how far its people agree before the discussion and after it, and how far each is
 * from the lead's references. First votes are independent; with second votes in place of them the figures are not,
 * and whoever shows them says so.
 *
 * Agreement is as in team.h: direction by stored letters, ties and none as levels of their own; strength of pairs on
 * the signed score; a criterion of each response ordinal with one response of one item as its unit, of the pair
 * nominal. Intervals are the bootstrap over items.
 */
#ifndef CORE_REPORT_SESSION_FIGURES_H
#define CORE_REPORT_SESSION_FIGURES_H

#include "core/model/judgment.h"
#include "core/report/team.h"

/* One vote, or a reference. */
struct session_said {
    uint32_t item, person; /* numbered from 0; a reference has no person */
    bool again;            /* after the discussion */
    int prefer, strength;
    const char *ranking;           /* "" for none */
    const struct ratings *ratings; /* by the rubric of the input; NULL: none */
};

struct session_input {
    const struct session_said *votes; /* a second vote behind the first of its person */
    size_t vote_count;
    const struct session_said *references; /* at most one an item */
    size_t reference_count;
    size_t items, people;
    size_t responses; /* of the item with the most */
    const struct rubric *rubric;
    int64_t seed;
};

struct session_agreement {
    struct figure percent, alpha, unanimous; /* direction; n: items with two votes */
    struct figure strength;                  /* ordinal alpha of pairs */
    struct figure criteria[LIMIT_CRITERIA];  /* alpha, in the rubric's order */
};

enum { SESSION_TALK = 3 };

/* How far a person's first votes are from the references. */
struct session_distance {
    size_t n;           /* items with both */
    struct figure same; /* same side (or tie, or none), Wilson */
    double mean;        /* of session_apart; NAN for n = 0 */
    double criteria
        [LIMIT_CRITERIA]; /* mean difference in points of the scale; of the pair: share that differs; NAN: none */
    size_t criterion_n[LIMIT_CRITERIA]; /* cells with both */
    uint32_t talk[SESSION_TALK]; /* items that are furthest, the furthest first; only such as differ in side or by 2 */
    size_t talk_count;
};

struct session_figures {
    struct session_agreement before, after;
    size_t again;                    /* second votes */
    struct session_distance *people; /* input.people of them */
};

void session_figures_init(struct session_figures *out, const struct session_input *input);
void session_figures_release(struct session_figures *figures);

/*
 * How far two answers lie apart. Pairs: on the signed score from −3 (a much) over the tie to 3 (b much), so 0 to 6;
 * an answer without a strength counts as 1; `none` against anything else is 4. Two rankings: 6 times the share of
 * pairs of responses that are ordered otherwise. Else 0 or 3.
 */
double session_apart(const struct session_said *x, const struct session_said *y, size_t responses);

#endif
