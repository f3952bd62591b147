/*
 * From several judgments of an item to one label with its doubt: Dawid and Skene's model with the priors of core/quality/aggregate.h over first
 * judgments of the team, levels as in team.h. Gold with a single acceptable answer is clamped to it. A view: nothing is overwritten by it.
 *
 * What people's answers are worth is learnt from items with two judgments and from clamped gold alone: a single
 * judgment agrees with itself, and many of them would pull the model to one label. An item with one judgment gets its
 * chances from that person's errors.
 */
#ifndef CORE_REPORT_LABELS_H
#define CORE_REPORT_LABELS_H

#include "core/report/team.h"

struct label_person {
    int person; /* code */
    struct figure
        accuracy; /* chance of the item's label, with its Wilson interval as if the labels were known; n: judgments it was learnt from. Undefined without any */
    bool inverted; /* the answers lean against the labels: accuracy is under chance */
};

struct track_labels {
    struct team_levels levels;
    size_t items;     /* with a judgment by the team */
    size_t undecided; /* of them: two labels are equally likely */
    size_t clamped;   /* of them: gold with one answer */
    size_t rounds;
    bool converged;
    double log_likelihood;
    double *posterior; /* units × levels.count, rows sum to 1 */
    uint32_t *unit_of; /* by item id: unit + 1, of its latest round; 0 without a judgment by the team */
    size_t item_room;
    struct label_person *people; /* of the team, in order of code */
    size_t people_count;
};

/* without_held: judgments on hold say nothing (as an export leaves them out). Release it. No judgments: items is 0. */
void track_labels_init(struct track_labels *out, const struct counted *counted, const struct team_scale *scale,
                       bool without_held);
void track_labels_release(struct track_labels *labels);

/* levels.count chances; NULL for an item without a judgment. */
const double *track_labels_posterior(const struct track_labels *labels, int64_t item);
/* NULL when the person is not of the team. */
const struct label_person *track_labels_person(const struct track_labels *labels, int person);

#endif
