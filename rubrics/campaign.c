/* The rules of a campaign file, top to bottom; quality and export have their own file beside this one. */
#include "rubrics/campaign.h"

#include "core/base/array.h"
#include "rubrics/campaign_parts.h"
#include "rubrics/field.h"

#include "core/base/banned.h"

enum {
    MOST_LEASE_DAYS = 365,
    MOST_OVERLAP = 100,
    MOST_RETEST_ITEMS = 100000,
    MOST_FALSE_ALARM = 1000000,
    MOST_ATTEMPTS = 20,
    MOST_AIM = 10000,
    LEAST_IDLE = 10,
    MOST_IDLE = 86400,
};
static const double gold_most = 0.5, retest_most = 0.25;
static const int64_t seed_most = INT64_C(999999999999999999);

void field_not_honoured(struct fields *in, const struct yaml_node *map, const char *key) {
    const struct yaml_node *value = yaml_find(map, key);
    if (value)
        field_fail(in, value, NULL, "this version does not honour it yet; leave it out");
}

/* 2, or {each: 2, shared: 0.05}. */
static void read_overlap(struct fields *in, const struct yaml_node *node, struct track_settings *out) {
    static const char *const keys[] = {"each", "shared"};
    if (!node || node->kind != YAML_MAP) {
        out->overlap = (int)field_integer(in, node, 1, MOST_OVERLAP, out->overlap);
        return;
    }
    fields_only(in, node, keys, COUNT_OF(keys));
    out->overlap = (int)field_integer(in, yaml_find(node, "each"), 1, MOST_OVERLAP, out->overlap);
    out->shared = field_number(in, yaml_find(node, "shared"), 0, 1, 0);
}

/* {rate: r}, or {low: a, high: b}. */
static void read_gold(struct fields *in, const struct yaml_node *map, struct track_settings *out) {
    static const char *const keys[] = {"rate", "low", "high"};
    if (!map)
        return;
    fields_only(in, map, keys, COUNT_OF(keys));
    const struct yaml_node *rate = yaml_find(map, "rate"), *low = yaml_find(map, "low"), *high = yaml_find(map, "high");
    if (rate && (low || high))
        field_fail(in, rate, NULL, "a fixed rate and a range together; write either rate, or low and high");
    else if (rate)
        out->gold_low = out->gold_high = field_number(in, rate, 0, gold_most, 0);
    else if (!low && !high)
        field_fail(in, map, NULL, "no share of gold; write rate, or low and high");
    else {
        low = field_needed(in, map, "low");
        high = field_needed(in, map, "high");
        out->gold_low = field_number(in, low, 0, gold_most, 0);
        out->gold_high = field_number(in, high, 0, gold_most, 0);
        if (out->gold_low > out->gold_high)
            field_fail(in, low, NULL, "%g is above high, which is %g; write the lower rate as low", out->gold_low,
                       out->gold_high);
    }
}

/* {rate: r, after: {items: n, days: d}} */
static void read_retest(struct fields *in, const struct yaml_node *map, struct track_settings *out) {
    static const char *const keys[] = {"rate", "after"}, *const after_keys[] = {"items", "days"};
    if (!map)
        return;
    fields_only(in, map, keys, COUNT_OF(keys));
    out->retest_rate = field_number(in, yaml_find(map, "rate"), 0, retest_most, out->retest_rate);
    const struct yaml_node *after = yaml_find(map, "after");
    if (!after)
        return;
    fields_only(in, after, after_keys, COUNT_OF(after_keys));
    out->retest_items = (int)field_integer(in, yaml_find(after, "items"), 0, MOST_RETEST_ITEMS, out->retest_items);
    out->retest_days = (int)field_integer(in, yaml_find(after, "days"), 0, MOST_LEASE_DAYS, out->retest_days);
}

/* An accuracy strictly between 0 and 1. */
static double read_accuracy(struct fields *in, const struct yaml_node *node, double otherwise) {
    double value = field_number(in, node, 0, 1, otherwise);
    if (value <= 0 || value >= 1)
        field_fail(in, node, NULL, "%g is not between 0 and 1; write a share such as %g", value, otherwise);
    return value;
}

static void read_drift(struct fields *in, const struct yaml_node *map, struct track_settings *out) {
    static const char *const keys[] = {"in_control", "out_of_control", "false_alarm_every", "below_bar"};
    static const char *const actions[] = {[BELOW_WATCH] = "watch", [BELOW_RAISE] = "raise", [BELOW_PAUSE] = "pause"};
    if (!map)
        return;
    fields_only(in, map, keys, COUNT_OF(keys));
    out->in_control = read_accuracy(in, yaml_find(map, "in_control"), out->in_control);
    out->out_of_control = read_accuracy(in, yaml_find(map, "out_of_control"), out->out_of_control);
    out->false_alarm_every =
        (int)field_integer(in, yaml_find(map, "false_alarm_every"), 1, MOST_FALSE_ALARM, out->false_alarm_every);
    const struct yaml_node *below = yaml_find(map, "below_bar");
    out->below_bar = field_choice(in, below, actions, COUNT_OF(actions), out->below_bar);
    if (!in->status && out->below_bar == BELOW_RAISE && out->gold_low >= out->gold_high)
        field_fail(in, below, NULL,
                   "the share of gold is fixed, and nothing can be raised; write gold: {low: …, high: …}");
    if (!in->status && out->below_bar == BELOW_PAUSE && out->qualification_items == 0)
        field_fail(in, below, NULL, "nobody could come back from it; the track needs a qualification");
    if (!in->status && out->out_of_control >= out->in_control)
        field_fail(in, map, NULL, "out_of_control is %g and in_control %g; out_of_control must be the lower one",
                   out->out_of_control, out->in_control);
}

/* 0.8, or {share: 0.8, min_n: 5}: of the references of a calibration session. */
static void read_sessions(struct fields *in, const struct yaml_node *node, struct track_settings *out) {
    static const char *const keys[] = {"share", "min_n"};
    const struct yaml_node *share = node;
    if (node && node->kind == YAML_MAP) {
        fields_only(in, node, keys, COUNT_OF(keys));
        share = field_needed(in, node, "share");
        out->session_least = (int)field_integer(in, yaml_find(node, "min_n"), 1, LIMIT_BATCH, out->session_least);
    }
    out->session_share = field_number(in, share, 0, 1, 0);
    if (share && out->session_share <= 0)
        field_fail(in, share, NULL, "everybody would be let in; write a share such as 0.8, or leave it out");
}

/* {items: n, pass: k, attempts: a, training: t, calibration: s} */
static void read_qualification(struct fields *in, const struct yaml_node *map, struct track_settings *out) {
    static const char *const keys[] = {"items", "pass", "attempts", "training", "calibration"};
    if (!map)
        return;
    fields_only(in, map, keys, COUNT_OF(keys));
    const struct yaml_node *items = field_needed(in, map, "items"), *pass = field_needed(in, map, "pass");
    out->qualification_items = (int)field_integer(in, items, 1, LIMIT_BATCH, 0);
    out->qualification_pass = (int)field_integer(in, pass, 1, LIMIT_BATCH, 0);
    out->qualification_attempts =
        (int)field_integer(in, yaml_find(map, "attempts"), 1, MOST_ATTEMPTS, out->qualification_attempts);
    out->qualification_training =
        (int)field_integer(in, yaml_find(map, "training"), 0, LIMIT_BATCH, out->qualification_training);
    read_sessions(in, yaml_find(map, "calibration"), out);
    if (!in->status && out->qualification_pass > out->qualification_items)
        field_fail(in, pass, NULL, "%d is more than the %d items; nobody would pass", out->qualification_pass,
                   out->qualification_items);
}

static void read_track(struct fields *in, const struct yaml_pair *pair, struct track_settings *out, struct pool *pool) {
    static const char *const keys[] = {"rubric", "batch", "lease",         "overlap", "order",        "gold",
                                       "retest", "drift", "qualification", "aim",     "content_note", "feedback"};
    static const char *const orders[] = {[ORDER_INPUT] = "input",
                                         [ORDER_PRIORITY] = "priority",
                                         [ORDER_RANDOM] = "random",
                                         [ORDER_DISAGREEMENT] = "disagreement"};
    static const char *const feedbacks[] = {
        [FEEDBACK_NEVER] = "never", [FEEDBACK_TRAINING] = "training", [FEEDBACK_AFTER_RETIREMENT] = "after retirement"};
    const struct yaml_node *map = &pair->value;
    *out = track_default;
    out->name = field_name(in, &pair->key, pool, NULL);
    if (!in->status && (strcmp(out->name, "*") == 0 || strcmp(out->name, "all") == 0))
        field_fail(in, &pair->key, NULL,
                   "this word means more than one track in quality rules; give the track another name");
    fields_only(in, map, keys, COUNT_OF(keys));
    out->rubric_file = field_line(in, yaml_find(map, "rubric"), pool, NULL);
    out->batch = (int)field_integer(in, yaml_find(map, "batch"), 1, LIMIT_BATCH, out->batch);
    out->lease_days = field_days(in, yaml_find(map, "lease"), MOST_LEASE_DAYS, out->lease_days);
    read_overlap(in, yaml_find(map, "overlap"), out);
    out->order = field_choice(in, yaml_find(map, "order"), orders, COUNT_OF(orders), out->order);
    read_gold(in, yaml_find(map, "gold"), out);
    read_retest(in, yaml_find(map, "retest"), out);
    read_qualification(in, yaml_find(map, "qualification"), out);
    read_drift(in, yaml_find(map, "drift"), out); /* below_bar rests on gold and qualification */
    out->aim = (int)field_integer(in, yaml_find(map, "aim"), 0, MOST_AIM, out->aim);
    out->feedback = field_choice(in, yaml_find(map, "feedback"), feedbacks, COUNT_OF(feedbacks), out->feedback);
    out->content_note = field_line(in, yaml_find(map, "content_note"), pool, NULL);
}

static void read_tracks(struct fields *in, const struct yaml_node *map, struct campaign *out) {
    if (!field_is_map(in, map, 1, CAMPAIGN_TRACKS))
        return;
    out->tracks = pool_new(&out->pool, map->count, sizeof *out->tracks);
    for (size_t i = 0; i < map->count && !in->status; i++)
        read_track(in, &map->pairs[i], &out->tracks[i], &out->pool);
    out->track_count = (int)map->count;
}

/* All parts in their usual order when the list is absent. */
static void read_pane(struct fields *in, const struct yaml_node *list, struct campaign *out) {
    const char *words[PANE_PARTS];
    for (int i = 0; i < PANE_PARTS; i++) {
        out->pane[i] = (enum pane_part)i;
        words[i] = pane_part_name((enum pane_part)i);
    }
    out->pane_count = PANE_PARTS;
    if (!field_is_list(in, list, 0, PANE_PARTS))
        return;
    for (size_t i = 0; i < list->count && !in->status; i++) {
        out->pane[i] = field_choice(in, &list->items[i], words, PANE_PARTS, 0);
        for (size_t j = 0; j < i; j++)
            if (out->pane[j] == out->pane[i])
                field_fail(in, &list->items[i], NULL, "%s stands in the list twice; keep one of them",
                           yaml_quote(list->items[i].text).text);
    }
    out->pane_count = (int)list->count;
}

static void read_root(struct fields *in, const struct yaml_node *root, struct campaign *out) {
    static const char *const keys[] = {"campaign", "seed", "tracks", "quality", "export", "idle_seconds", "pane"};
    fields_only(in, root, keys, COUNT_OF(keys));
    out->name = field_name(in, field_needed(in, root, "campaign"), &out->pool, NULL);
    out->seed = field_integer(in, yaml_find(root, "seed"), 0, seed_most, 0);
    read_tracks(in, field_needed(in, root, "tracks"), out);
    campaign_take_quality(in, yaml_find(root, "quality"), out, &out->pool, &out->rules, &out->rule_count);
    out->export_policy = policy_default;
    campaign_take_policy(in, yaml_find(root, "export"), &out->export_policy);
    out->idle_seconds = (int)field_integer(in, yaml_find(root, "idle_seconds"), LEAST_IDLE, MOST_IDLE, 300);
    read_pane(in, yaml_find(root, "pane"), out);
}

int campaign_read(struct slice yaml, const char *file, struct campaign *out, struct error *error) {
    struct yaml tree;
    const struct yaml_node *root = NULL;
    *out = (struct campaign){.pool = POOL_INIT};
    int status = yaml_read(&tree, yaml, file, error);
    if (status)
        return status;
    struct fields in = {.yaml = &tree, .error = error};
    in.status = yaml_single(&tree, &root, error);
    read_root(&in, root, out);
    yaml_release(&tree);
    if (in.status) {
        campaign_release(out);
        *out = (struct campaign){.pool = POOL_INIT};
    }
    return in.status;
}
