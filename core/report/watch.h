/*
 * What the lead sees beside a person's own detector: the same CUSUM with peers' agreement as further evidence, and one pooled CUSUM for the track and
 * for each category, which sees a drift of the whole team. Nothing is held on either.
 */
#ifndef CORE_REPORT_WATCH_H
#define CORE_REPORT_WATCH_H

#include "core/quality/drift.h"
#include "core/report/counted.h"

/*
 * Evidence: on an item that is not gold, the first two other people of the team who judged it agree; the person's first judgment agrees with them or
 * differs. It arrives when the last of the three is given. Its weight comes from the team's accuracy on gold, at most the bar (gold is easier); the
 * limit from that and from how much of it there is to one gold, so that false alarms are as rare as on gold alone (drift_peers_design).
 */
struct peer_watch {
    bool
        used; /* false: not of the team; no detector, under 20 gold outcomes of the team, no evidence, or peers who would weigh nothing */
    struct drift_design
        design; /* that of the track with peers: finer units than the person's own, run lengths in golds */
    struct drift_peers weights;
    double peer_accuracy;
    size_t agree, differ;
    int statistic;               /* C with peers, below design.limit */
    int from_peers;              /* the part of it that peers brought */
    enum drift_state state;      /* by this C: ok or watch */
    size_t alarms, alarms_alone; /* all; those without a missed gold since their onset */
};

struct pooled_column {
    int64_t day; /* UTC ms of its midnight */
    int most;    /* the largest C on that day */
    bool alarm;
};

struct pooled_watch {
    int category; /* code; -1: the whole track */
    size_t n;     /* gold outcomes of the team */
    int statistic;
    enum drift_state state; /* ok, watch, or drift on the last day's alarm */
    size_t alarms;
    int64_t last_alarm;            /* UTC ms; 0: none */
    double false_alarms;           /* to be expected in n if everybody stood exactly at the bar */
    struct pooled_column *columns; /* days with gold outcomes, in order */
    size_t column_count;
};

struct track_watch {
    struct pooled_watch *
        pooled; /* the track first, then categories with PERSON_ROW_FROM outcomes by code; empty without a detector or gold */
    size_t pooled_count;
    struct peer_watch *peers; /* by number of counted->people */
    size_t people_count;
};

/* design: NULL when the settings give none. Release it. */
void track_watch_init(struct track_watch *out, const struct counted *counted, const struct drift_design *design);
void track_watch_release(struct track_watch *watch);

#endif
