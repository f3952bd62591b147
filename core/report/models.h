/*
 * Which model wins: Davidson's model of paired comparison (core/quality/paired.h) over first judgments of the team, between responses that name two
 * different models, with the effect of being shown first. "None" is no comparison.
 *
 * A ranking of K responses is all the pairs that it orders or ties (what a partial order leaves out is not compared with each other), each of weight 2/K:
 * it weighs as much as the K - 1 comparisons that make an order, so that its pairs, which hang together, do not pass for K(K - 1)/2 witnesses. Wins, ties
 * and losses are counted in pairs. The effect of being shown first is that of two responses.
 */
#ifndef CORE_REPORT_MODELS_H
#define CORE_REPORT_MODELS_H

#include "core/report/counted.h"
#include "core/quality/figure.h"

struct model_input {
    const struct item_models *of; /* by item id */
    const uint16_t *models;       /* what they point into */
    size_t item_room;             /* items beyond it name none */
    size_t model_count;           /* numbers are at most this */
};

struct model_strength {
    int model;
    size_t wins, ties, losses;
    uint32_t component;     /* strengths compare only where this is the same */
    struct figure strength; /* log strength, mean 0 in its component, with its 95 % interval; n: comparisons */
};

struct track_models {
    struct model_strength *models; /* component by component, strongest first */
    size_t count;
    size_t components; /* 1: every model can be compared with every other */
    size_t comparisons;
    struct figure tie_parameter; /* Davidson's nu, with its interval */
    struct figure first_shown;   /* log-odds of the response that was shown first, with its interval */
    bool converged;
};

void track_models_init(struct track_models *out, const struct counted *counted, const struct model_input *input);
void track_models_release(struct track_models *models);

#endif
