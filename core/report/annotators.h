/*
 * Everybody who judged on a track: their own figures (person.h) and how they stand in the team. Worst first.
 *
 * Flags say where a lead should look; none of them is a verdict, and none of them holds anything. What each asks:
 *   position        the side shown first was chosen too often or too seldom: p < 1e-4 and more than .05 off one half
 *   length          the coefficient of length lies more than 4 robust standard deviations from the team's median
 *   speed           time on task, length taken out, lies more than 4 of them away, from 20 judgments on
 *   straight-lining the longest run of one answer (side and strength, as shown) has a chance under 1e-4, from 10 on; or
 *                   the share of responses with one number on all criteria lies more than 4 robust standard deviations
 *                   over the team's median, its whole interval above it, from 20 of them on
 *   gold            the whole interval of accuracy on gold lies below the bar of the track's detector
 *   category        weak in a category by the quality specification (weak.h)
 *   confidence      surer than right: the interval of the gap lies above 0
 *   agreement       without this person the team's alpha is higher by more than .04, from three people and 50 items with
 *                   two judgments on
 */
#ifndef CORE_REPORT_ANNOTATORS_H
#define CORE_REPORT_ANNOTATORS_H

#include "core/report/customs.h"
#include "core/report/gold_details.h"
#include "core/report/labels.h"
#include "core/report/person.h"
#include "core/report/team.h"
#include "core/report/watch.h"

#define ANNOTATOR_ALPHA_GAIN 0.04

enum annotator_flag {
    ANNOTATOR_POSITION,
    ANNOTATOR_LENGTH,
    ANNOTATOR_SPEED,
    ANNOTATOR_STRAIGHT,
    ANNOTATOR_GOLD,
    ANNOTATOR_CATEGORY,
    ANNOTATOR_CONFIDENCE,
    ANNOTATOR_AGREEMENT,
    ANNOTATOR_FLAGS
};

struct annotator {
    int person; /* code */
    enum person_role role;
    size_t judgments;      /* counted: production, gold and retests alike */
    size_t held;           /* of them, in a hold without a releasing decision */
    double median_seconds; /* of first judgments; NAN without times */
    struct person_figures own;
    struct habit_share longer; /* between texts of different length; for the lead */
    struct figure ties;        /* share of ties among first judgments, Wilson */
    double length_coefficient; /* log-odds for the longer text; NAN when it can't be fitted */
    double length_distance;    /* robust z of it in the team; NAN under 5 people */
    double speed_distance;     /* below 0 is faster */
    struct habit_run run;
    int *weak; /* codes of categories */
    size_t weak_count;
    struct gold_details gold_details;
    struct customs customs;
    struct peer_watch peers;
    struct figure competence; /* chance of the item's label (labels.h); undefined outside the team */
    bool inverted;
    unsigned flags; /* bit: 1 << enum annotator_flag */
};

struct annotators {
    struct annotator *people;
    size_t count;
};

struct annotator_input {
    const struct track_settings *settings;
    const struct quality_rule *rules;
    int rule_count;
    int64_t seed;
    /* all of the same counted rows: */
    const struct team_agreement *agreement; /* its leave-one-out decides a flag */
    const struct track_labels *labels;
    const struct track_watch *watch;
    const struct customs_input *customs;
};

void annotators_init(struct annotators *out, const struct counted *counted, const struct annotator_input *input);
void annotators_release(struct annotators *annotators);

const char *annotator_flag_name(enum annotator_flag flag);

#endif
