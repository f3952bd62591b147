/*
 * The figures of one person on one track, as of their last hand-in: what the side pane, the report and the summary
 * of a hand-in show.
 *
 * Derived from a history and the settings alone: an amended key or changed settings change everything that rested
 * on them. Only judgments of batches that were handed in count, and imported ones, in order of judgment. Training, qualification
 * and session judgments are in none of these figures. A gold outcome is right, on the wrong side, or of the wrong
 * strength; accuracy counts the right ones.
 */
#ifndef CORE_REPORT_PERSON_H
#define CORE_REPORT_PERSON_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "core/model/campaign.h"
#include "core/model/history.h"
#include "core/quality/confidence.h"
#include "core/quality/consistency.h"
#include "core/quality/drift.h"
#include "core/quality/figure.h"
#include "core/quality/habits.h"
#include "core/report/versions.h"

enum {
    PERSON_ROW_FROM = 10, /* outcomes before a category has a row, and before a percentage is shown at all */
    PERSON_ROW_STEP = 5,  /* new outcomes before a category's row moves */
};

struct person_outcome {
    int64_t judgment, at;
    int category; /* code */
    int batch_number;
    enum verdict verdict;
    int statistic; /* the detector's C after it, before a restart; 0 without a detector */
};

struct person_category {
    int category;         /* code; 0: items without a category */
    size_t n, right;      /* as of the hand-in at which the row last moved */
    struct figure figure; /* right of n, Wilson */
};

struct person_gold {
    size_t n, right, wrong_side, wrong_strength;
    struct figure figure; /* right of n, Wilson; undefined without outcomes. Under PERSON_ROW_FROM: show "too early" */
    struct version_mix mix;
    struct person_category *categories; /* worst first; only those with PERSON_ROW_FROM outcomes */
    size_t category_count;
    struct person_outcome *outcomes; /* n of them, in order */
    const char *note;                /* a sentence to stand beside the figure; NULL for n = 0 */
};

enum person_drift_kind {
    PERSON_DRIFT_NONE,
    PERSON_DRIFT_BELOW,
    PERSON_DRIFT_CHANGED
}; /* report: null, "below", "changed" */

struct person_column {
    int batch_number;
    int64_t handed_in;
    int most;   /* the largest C in the batch (C as it stood, where the batch brought no outcome) */
    bool alarm; /* an alarm fired in it */
};

struct person_alarm {
    size_t outcome;       /* index of the gold outcome that raised it */
    int64_t since, until; /* judgment ids, inclusive: what its hold covers */
    int64_t at, onset_at; /* when the alarming judgment, and the first one of the range, were given */
    size_t held;          /* production judgments in the range */
    bool open;            /* its range is held: no releasing decision yet */
    enum person_drift_kind kind;
    struct drift_change change; /* counts before and since the onset, and the permutation test */
};

struct person_drift {
    bool designed; /* false: these settings give no detector; then the rest is zero */
    struct drift_design design;
    int statistic;                 /* C now */
    enum drift_state state;        /* the lead's: drift_state_name */
    enum drift_word word;          /* the annotator's: drift_word_name */
    enum person_drift_kind kind;   /* of the newest open alarm; none when no alarm is open */
    struct person_column *columns; /* one a batch handed in, in order */
    size_t column_count;
    struct person_alarm *alarms; /* in order */
    size_t alarm_count;
    double *ewma; /* error share after each outcome, weight .05, for the lead; gold.n of them */
};

struct person_figures {
    size_t judgments; /* final ones: production, gold and retests alike */
    struct version_mix mix;
    size_t hand_ins;
    int64_t last_hand_in; /* 0: never */
    struct person_gold gold;
    struct person_drift drift;
    struct confidence_figures confidence; /* on gold, where a confidence was stated; right = the right side */
    struct habit_share shown_first;       /* share of the left side among first judgments of pairs that chose a side */
    size_t first_chosen, side_chosen;     /* its counts */
    struct consistency retest; /* direction (of a ranking: first place) of the first judgment against the retest */
};

/*
 * history: at least all rows of this person and track (codes of the history). settings: of that track. seed: the
 * campaign's, for the simulated band and the permutation test. Everything in *out belongs to it; release it.
 */
void person_figures_init(struct person_figures *out, const struct history *history, int person, int track,
                         const struct track_settings *settings, int64_t seed);
void person_figures_release(struct person_figures *figures);

const char *person_drift_kind_name(enum person_drift_kind kind); /* NULL, "below", "changed" */

#endif
