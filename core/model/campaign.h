/*
 * The settings of a campaign (campaign.yaml). Read and checked by rubrics/; strings live in the campaign's own pool.
 * Shares and rates are 0 to 1. The defaults stand in campaign_track_default.
 */
#ifndef CORE_MODEL_CAMPAIGN_H
#define CORE_MODEL_CAMPAIGN_H

#include <stdbool.h>
#include <stdint.h>

#include "core/base/pool.h"

/* Which reference answers an annotator may see and contest. A training batch explains itself as it goes, whatever this says. */
enum feedback {
    FEEDBACK_NEVER,
    FEEDBACK_TRAINING,         /* those of training items, when the training batch is handed in */
    FEEDBACK_AFTER_RETIREMENT, /* those, and hidden gold they answered, once it is retired */
};

enum item_order { ORDER_INPUT, ORDER_PRIORITY, ORDER_RANDOM, ORDER_DISAGREEMENT };

/* What happens when the detector finds somebody below the bar, beside the hold and the lead's decision. */
enum below_bar {
    BELOW_WATCH, /* nothing more */
    BELOW_RAISE, /* the share of gold goes to the top of its range for a while */
    BELOW_PAUSE, /* no work on the track until they have qualified again */
};

struct track_settings {
    const char *name;
    const char *
        rubric_file; /* as written, beside the campaign file; NULL: the rubric of the store with the track's name stays */
    int batch;       /* items dealt at a time, 1–LIMIT_BATCH */
    int lease_days; /* a batch not handed in by then goes back */
    int overlap;    /* judgments wanted for each item, at least 1 */
    double shared;  /* share of items that everybody gets */
    enum item_order order;
    double gold_low, gold_high;                  /* share of a batch that is gold; equal: fixed */
    double retest_rate;                          /* share of a batch that is retests */
    int retest_items, retest_days;               /* not before so many judgments and days */
    int qualification_items, qualification_pass; /* so many, so many of them right; 0 0: none is asked for */
    int qualification_attempts;                  /* before it waits for the lead, at least 1 */
    int qualification_training;                  /* explained items before each attempt, at most */
    double session_share; /* of a calibration session's references that lets somebody in; 0: sessions let nobody in */
    int session_least;    /* references that this must rest on, at least 1 */
    double in_control, out_of_control; /* accuracy on gold */
    int false_alarm_every;             /* golds */
    enum below_bar below_bar;
    enum feedback feedback;
    const char *content_note; /* NULL: none */
    int aim;                  /* items a day to show progress against; 0: none */
};

enum gate_basis { BASIS_ESTIMATE, BASIS_LOWER };

/* One rule of the quality specification. A negative limit is not asked for. */
struct quality_rule {
    const char *track, *category; /* "*" = each on its own, "all" = together */
    const char *language;         /* likewise; NULL: the rule is about categories. Then category is "all" */
    double min_gold_accuracy, min_alpha, min_qa_rate;
    int min_n, min_judgments;
    enum gate_basis basis;
    bool allow_too_little;
    int line; /* in the file it came from */
};

enum export_ties { TIES_DROP, TIES_KEEP };
enum export_held { HELD_DROP, HELD_KEEP };
enum export_pairs { PAIRS_ALL, PAIRS_ADJACENT, PAIRS_BEST, EXPORT_PAIRS }; /* of a ranking; core/work/policy.h */

struct export_policy {
    int min_judgments;    /* of final judgments on the item */
    double min_agreement; /* share of the judgments that say what is exported */
    enum export_ties ties;
    enum export_held held;
    enum export_pairs pairs;
};

enum pane_part { PANE_PROGRESS, PANE_GOLD, PANE_DRIFT, PANE_CONFIDENCE, PANE_HABITS, PANE_RETESTS, PANE_PARTS };

struct campaign {
    const char *name;
    int64_t seed;
    struct track_settings *tracks;
    int track_count; /* at least 1 */
    struct quality_rule *rules;
    int rule_count;
    struct export_policy export_policy;
    int idle_seconds;
    enum pane_part pane[PANE_PARTS];
    int pane_count;
    struct pool pool;
};

/* Batch 50, lease 7 days, overlap 1, input order, gold 10 %, retest 2 % after 150 items and 2 days, no qualification, drift
 * .85 .65 1000. */
extern const struct track_settings track_default;

const char *below_bar_name(enum below_bar below_bar);
const char *feedback_name(enum feedback feedback);
const char *item_order_name(enum item_order order);
const char *export_pairs_name(enum export_pairs pairs); /* "all", "adjacent", "best" */
const char *pane_part_name(enum pane_part part);

/* The track with this name, or NULL. */
const struct track_settings *campaign_track(const struct campaign *campaign, const char *name);

static inline void campaign_release(struct campaign *campaign) {
    pool_release(&campaign->pool);
}

#endif
