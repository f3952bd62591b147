/* The whole report of one track, from arrays. What each part is stands in the headers of the parts. */
#ifndef CORE_REPORT_TRACK_H
#define CORE_REPORT_TRACK_H

#include "core/report/annotators.h"
#include "core/report/criteria.h"
#include "core/report/groups.h"
#include "core/report/models.h"
#include "core/report/rankings.h"

struct track_input {
    const struct history *history;
    int track;                             /* code */
    const struct track_settings *settings; /* of that track */
    const struct quality_rule *rules;
    int rule_count;
    struct team_scale scale;
    const struct criterion_input *criteria;
    size_t criterion_count;
    const int64_t *prompt_of; /* by item id; NULL: not known */
    size_t prompt_count;
    struct model_input models;
    const uint64_t *reasons; /* by history row (customs.h); NULL: not known */
    const struct skip_count *skips;
    size_t skip_count;
    bool window; /* the history is of a stretch of time */
    int64_t seed;
    enum label_method aggregate;
    bool by_day; /* the split by day, which can be long, is made only when it is asked for */
};

/* What the detector of the track promises (drift.h), and what the gold rate makes of it. */
struct track_detector {
    bool designed; /* false: the settings give none; the rest is zero */
    struct drift_design design;
    double gold_rate;          /* middle of the settings' rates */
    double delay_in_judgments; /* until a fall to out_of_control is noticed; infinite without gold */
    double judgments_a_day;    /* of one person on a day with any, UTC; 0: none */
    size_t golds;              /* gold outcomes so far, of everybody */
    double false_alarms;       /* to be expected in them if everybody stood exactly at the bar */
};

struct track_report {
    int track;
    size_t judgments, outside, held; /* the team's counted ones; by models and sources; the team's on hold */
    struct version_mix mix;          /* of the team's */
    struct team_agreement agreement;
    struct criterion_agreement *criteria;
    size_t criterion_count;
    struct groups groups[GROUP_WAYS]; /* by enum group_by */
    struct track_labels labels;
    struct track_models models;
    struct track_rankings rankings;
    struct track_watch watch;
    struct annotators annotators;
    struct track_detector detector;
};

/* Nothing of the input but history, names of criteria and settings needs to outlive it. */
void track_report_init(struct track_report *out, const struct track_input *input);
void track_report_release(struct track_report *report);

#endif
