/* Defaults and names of the settings; see campaign.h. */
#include "core/model/campaign.h"

#include "core/base/banned.h"

const struct track_settings track_default = {
    .batch = 50,
    .lease_days = 7,
    .overlap = 1,
    .order = ORDER_INPUT,
    .gold_low = 0.10,
    .gold_high = 0.10,
    .retest_rate = 0.02,
    .retest_items = 150,
    .retest_days = 2,
    .qualification_attempts = 2,
    .qualification_training = 10,
    .session_least = 1,
    .in_control = 0.85,
    .out_of_control = 0.65,
    .false_alarm_every = 1000,
};

const char *below_bar_name(enum below_bar below_bar) {
    static const char *const names[] = {"watch", "raise", "pause"};
    return names[below_bar];
}

const char *feedback_name(enum feedback feedback) {
    static const char *const names[] = {"never", "training", "after retirement"};
    return names[feedback];
}

const char *item_order_name(enum item_order order) {
    static const char *const names[] = {"input", "priority", "random", "disagreement"};
    return names[order];
}

const char *export_pairs_name(enum export_pairs pairs) {
    static const char *const names[EXPORT_PAIRS] = {"all", "adjacent", "best"};
    return names[pairs];
}

const char *pane_part_name(enum pane_part part) {
    static const char *const names[] = {"progress", "gold", "drift", "confidence", "habits", "retests"};
    return names[part];
}

const struct track_settings *campaign_track(const struct campaign *campaign, const char *name) {
    for (int i = 0; i < campaign->track_count; i++)
        if (strcmp(campaign->tracks[i].name, name) == 0)
            return &campaign->tracks[i];
    return NULL;
}
