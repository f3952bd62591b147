/* Quality rules and the export policy: parts of a campaign file, or files of their own. */
#include "core/base/array.h"
#include "core/text/suggest.h"
#include "rubrics/campaign_parts.h"

#include "core/base/banned.h"

enum { MOST_COUNT = 1000000000 };

const struct export_policy policy_default = {
    .min_judgments = 1, .min_agreement = 0, .ties = TIES_DROP, .held = HELD_DROP, .pairs = PAIRS_ALL};

/* A rule for a track that is not there would pass for ever. */
static void check_track(struct fields *in, const struct yaml_node *node, const char *name,
                        const struct campaign *campaign) {
    if (in->status || !node || !campaign || strcmp(name, "*") == 0 || strcmp(name, "all") == 0 ||
        campaign_track(campaign, name))
        return;
    const char *names[CAMPAIGN_TRACKS];
    size_t count = 0;
    for (; count < (size_t)campaign->track_count && count < CAMPAIGN_TRACKS; count++)
        names[count] = campaign->tracks[count].name;
    const char *meant = suggest(name, names, count);
    if (meant)
        field_fail(in, node, NULL, "%s is no track of this campaign; did you mean \"%s\"?", yaml_quote(node->text).text,
                   meant);
    else
        field_fail(in, node, NULL, "%s is no track of this campaign; write the name of one, or \"*\" for each",
                   yaml_quote(node->text).text);
}

static void read_rule(struct fields *in, const struct yaml_node *map, const struct campaign *campaign,
                      struct pool *pool, struct quality_rule *out) {
    static const char *const keys[] = {"track", "category", "language",      "min_gold_accuracy", "min_alpha",
                                       "min_n", "basis",    "min_judgments", "min_qa_rate",       "allow_too_little"};
    static const char *const bases[] = {[BASIS_ESTIMATE] = "estimate", [BASIS_LOWER] = "lower"};
    fields_only(in, map, keys, COUNT_OF(keys));
    *out = (struct quality_rule){.line = map->line};
    const struct yaml_node *track = yaml_find(map, "track");
    out->track = field_name(in, track, pool, "*");
    check_track(in, track, out->track, campaign);
    out->category = field_name(in, yaml_find(map, "category"), pool, "all");
    out->language = yaml_find(map, "language") ? field_name(in, yaml_find(map, "language"), pool, "*") : NULL;
    if (out->language && yaml_find(map, "category"))
        field_fail(in, yaml_find(map, "language"), NULL,
                   "a rule is about categories or about languages; write one rule for each");
    out->min_gold_accuracy = field_number(in, yaml_find(map, "min_gold_accuracy"), 0, 1, -1);
    out->min_alpha = field_number(in, yaml_find(map, "min_alpha"), 0, 1, -1);
    out->min_qa_rate = -1;
    field_not_honoured(in, map, "min_qa_rate");
    out->min_n = (int)field_integer(in, yaml_find(map, "min_n"), 0, MOST_COUNT, -1);
    out->min_judgments = (int)field_integer(in, yaml_find(map, "min_judgments"), 0, MOST_COUNT, -1);
    out->basis = field_choice(in, yaml_find(map, "basis"), bases, COUNT_OF(bases), BASIS_ESTIMATE);
    out->allow_too_little = field_boolean(in, yaml_find(map, "allow_too_little"), false);
    if (out->min_gold_accuracy < 0 && out->min_alpha < 0 && out->min_judgments < 0)
        field_fail(in, map, NULL, "this rule asks for nothing; give it min_gold_accuracy, min_alpha or min_judgments");
}

void campaign_take_quality(struct fields *in, const struct yaml_node *list, const struct campaign *campaign,
                           struct pool *pool, struct quality_rule **rules, int *rule_count) {
    *rules = NULL;
    *rule_count = 0;
    if (!field_is_list(in, list, 0, CAMPAIGN_RULES))
        return;
    // NOLINTNEXTLINE(clang-analyzer-core.NullDereference): field_is_list refuses NULL
    *rules = pool_new(pool, list->count, sizeof **rules);
    for (size_t i = 0; i < list->count && !in->status; i++)
        read_rule(in, &list->items[i], campaign, pool, &(*rules)[i]);
    *rule_count = (int)list->count;
}

void campaign_take_policy(struct fields *in, const struct yaml_node *map, struct export_policy *policy) {
    static const char *const keys[] = {"min_judgments", "min_agreement", "ties", "held", "pairs"};
    static const char *const ties[] = {[TIES_DROP] = "drop", [TIES_KEEP] = "keep"};
    static const char *const held[] = {[HELD_DROP] = "drop", [HELD_KEEP] = "keep"};
    static const char *const pairs[] = {[PAIRS_ALL] = "all", [PAIRS_ADJACENT] = "adjacent", [PAIRS_BEST] = "best"};
    if (!map)
        return;
    fields_only(in, map, keys, COUNT_OF(keys));
    policy->min_judgments =
        (int)field_integer(in, yaml_find(map, "min_judgments"), 1, MOST_COUNT, policy->min_judgments);
    policy->min_agreement = field_number(in, yaml_find(map, "min_agreement"), 0, 1, policy->min_agreement);
    policy->ties = field_choice(in, yaml_find(map, "ties"), ties, COUNT_OF(ties), policy->ties);
    policy->held = field_choice(in, yaml_find(map, "held"), held, COUNT_OF(held), policy->held);
    policy->pairs = field_choice(in, yaml_find(map, "pairs"), pairs, COUNT_OF(pairs), policy->pairs);
}

int campaign_read_quality(struct slice yaml, const char *file, const struct campaign *campaign, struct pool *pool,
                          struct quality_rule **rules, int *rule_count, struct error *error) {
    struct yaml tree;
    const struct yaml_node *root = NULL;
    int status = yaml_read(&tree, yaml, file, error);
    if (status)
        return status;
    struct fields in = {.yaml = &tree, .error = error};
    in.status = yaml_single(&tree, &root, error);
    if (root && root->kind == YAML_MAP) {
        static const char *const keys[] = {"quality"};
        fields_only(&in, root, keys, COUNT_OF(keys));
        root = field_needed(&in, root, "quality");
    }
    campaign_take_quality(&in, root, campaign, pool, rules, rule_count);
    yaml_release(&tree);
    return in.status;
}

int policy_read(struct slice yaml, const char *file, struct export_policy *policy, struct error *error) {
    struct yaml tree;
    const struct yaml_node *root = NULL;
    struct export_policy read = *policy;
    int status = yaml_read(&tree, yaml, file, error);
    if (status)
        return status;
    struct fields in = {.yaml = &tree, .error = error};
    in.status = yaml_single(&tree, &root, error);
    if (yaml_find(root, "export")) {
        static const char *const keys[] = {"export"};
        fields_only(&in, root, keys, COUNT_OF(keys));
        root = yaml_find(root, "export");
    }
    campaign_take_policy(&in, root, &read);
    yaml_release(&tree);
    if (!in.status)
        *policy = read;
    return in.status;
}
