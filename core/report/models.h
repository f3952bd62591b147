/*
 * Which model wins: Davidson's model of paired comparison (core/quality/paired.h) over first judgments of the team on pairs whose responses name two
 * different models, with the effect of being shown first. "None" is no comparison.
 */
#ifndef CORE_REPORT_MODELS_H
#define CORE_REPORT_MODELS_H

#include "core/report/counted.h"
#include "core/quality/figure.h"

/* By item id: which models wrote responses a and b, as numbers from 1; 0 where it is not told. */
struct model_input {
    const uint16_t (*of)[2];
    size_t item_room;   /* items beyond it name none */
    size_t model_count; /* numbers are at most this */
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
