/*
 * From several judgments of an item to one label with its doubt, over first judgments of the team, levels as in lines.h. A view: nothing is
 * overwritten by it. Methods: Dawid and Skene's model with the priors of core/quality/aggregate.h; the same with one accuracy a person (one-coin),
 * for when there is too little to learn everybody's errors from; or the majority, whose chances are shares of votes. The models clamp gold with a
 * single acceptable answer to it.
 *
 * What people's answers are worth is learnt from items with two judgments and from clamped gold alone: a single
 * judgment agrees with itself, and many of them would pull the model to one label. An item with one judgment gets its
 * chances from that person's errors.
 */
#ifndef CORE_REPORT_LABELS_H
#define CORE_REPORT_LABELS_H

#include "core/report/team.h"

enum label_method { LABELS_DAWID_SKENE, LABELS_ONE_COIN, LABELS_MAJORITY, LABEL_METHODS };
const char *label_method_name(enum label_method method); /* "dawid-skene", "one-coin", "majority" */
enum label_method label_method_find(const char *name);   /* LABELS_DAWID_SKENE for NULL and names that are none */

struct label_person {
    int person; /* code */
    struct figure
        accuracy; /* chance of the item's label, with its Wilson interval as if the labels were known; n: judgments it was learnt from. Undefined without any, and by majority */
    bool inverted; /* the answers lean against the labels: accuracy is under chance */
};

struct track_labels {
    enum label_method method;
    struct team_levels levels;
    size_t items;     /* with a judgment by the team */
    size_t undecided; /* of them: two labels are equally likely */
    size_t clamped;   /* of them: gold with one answer; 0 by majority */
    size_t rounds;
    bool converged;
    double log_likelihood; /* NAN by majority */
    double *posterior;     /* units × levels.count, rows sum to 1 */
    uint32_t *unit_of;     /* by item id: unit + 1, of its latest round; 0 without a judgment by the team */
    size_t item_room;
    struct label_person *people; /* of the team, in order of code */
    size_t people_count;
};

/* without_held: judgments on hold say nothing (as an export leaves them out). Release it. No judgments: items is 0. */
void track_labels_init(struct track_labels *out, const struct counted *counted, const struct team_scale *scale,
                       enum label_method method, bool without_held);
void track_labels_release(struct track_labels *labels);

/* levels.count chances; NULL for an item without a judgment. */
const double *track_labels_posterior(const struct track_labels *labels, int64_t item);
/* NULL when the person is not of the team. */
const struct label_person *track_labels_person(const struct track_labels *labels, int person);

#endif
