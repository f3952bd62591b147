/*
 * A rubric: what annotators are asked. Read and checked by rubrics/; strings live in the rubric's own pool and are never NULL unless
 * said. A scale's digits lie within 0–9; everything that a digit answers has at most nine choices.
 */
#ifndef CORE_MODEL_RUBRIC_H
#define CORE_MODEL_RUBRIC_H

#include <stdbool.h>

#include "core/base/limits.h"
#include "core/base/pool.h"

enum criterion_per { PER_RESPONSE, PER_PAIR };

struct criterion {
    const char *id;
    const char *ask;
    enum criterion_per per;
    int low, high;          /* of a per-response scale: 0–9 */
    const char *labels[10]; /* by scale value; NULL where the rubric gives none */
    bool required;
    double weight; /* 1 unless the rubric says otherwise */
};

struct confidence_word {
    const char *word;
    int percent; /* 0–100 */
};

struct rubric {
    const char *name;
    int version;
    const char *title;
    const char *guideline;                  /* Markdown; "" if none */
    const char *strengths[LIMIT_STRENGTHS]; /* words for slightly, better, much; the first strength_count are set */
    int strength_count;                     /* 1–3 */
    const char
        *sides[2][LIMIT_STRENGTHS]; /* of a pair, the first shown and the second: "A slightly", "B much"; as many */
    bool tie, none;                 /* may be answered */
    bool partial;                   /* an order of three or more may leave responses out at its end */
    struct confidence_word confidence[LIMIT_ROW_CHOICES];
    int confidence_count; /* 0: not asked */
    struct criterion criteria[LIMIT_CRITERIA];
    int criterion_count;
    bool rationale_asked; /* false: the row does not exist */
    bool rationale_required;
    int rationale_minimum; /* characters (graphemes are not counted; code points are) */
    const char *tags[LIMIT_ROW_CHOICES];
    int tag_count;
    const char *flags[LIMIT_ROW_CHOICES];
    int flag_count;
    bool show_length;
    struct pool pool;
};

static inline void rubric_release(struct rubric *rubric) {
    pool_release(&rubric->pool);
}

#endif
