/*
 * Gold: the outcomes of a person as figures. (One judgment is held against its key in core/model/item.h.)
 *
 * A choice is a code: a response number from 0 (as stored, never as shown), GOLD_TIE or GOLD_NONE.
 * An outcome is what is derived from a final judgment and the key in force; nothing here is stored.
 */
#ifndef CORE_QUALITY_GOLD_H
#define CORE_QUALITY_GOLD_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "core/quality/figure.h"

#define GOLD_TIE  (-1) /* no response is better */
#define GOLD_NONE (-2) /* every response is unacceptable */

#define GOLD_ROWS_FROM       10 /* a category has a row from this many outcomes */
#define GOLD_CATEGORY_WEIGHT 10 /* weight of a person's overall rate in the prior of a category */

enum gold_result { GOLD_RIGHT, GOLD_WRONG_SIDE, GOLD_WRONG_STRENGTH };

struct gold_outcome {
    uint32_t category;   /* 0 .. categories-1 */
    uint32_t difficulty; /* 0 .. difficulties-1 */
    int reference;       /* the key's first accepted choice (for a confusion and for gold ties) */
    int choice;
    enum gold_result result;
    int lean; /* which of two ways an error went (longer or shorter, …): +1, -1; 0 not told */
};

struct gold_summary {
    size_t n;
    size_t right;
    size_t wrong_side;
    size_t wrong_strength;
    struct figure accuracy;    /* right of n, Wilson */
    struct figure side;        /* choice as the key whatever the strength, Wilson */
    struct figure untied_side; /* the same over gold whose reference is not a tie */
};

/* Figures of outcomes; all undefined ("no gold outcomes") for n = 0. */
void gold_summarise(const struct gold_outcome *outcomes, size_t n, struct gold_summary *out);

struct gold_row {
    uint32_t key; /* the category (or difficulty) */
    struct gold_summary summary;
    double chance_below; /* P(accuracy < limit), prior the person's overall rate with weight 10 */
    bool shown;          /* n >= GOLD_ROWS_FROM */
    bool flagged;        /* shown, and chance_below > .95: the lead should see it */
};

/*
 * One row for each category 0..categories-1, in that order. limits[c] is the specification's accuracy, NAN
 * for none (then chance_below is NAN). The prior's mean is (right + 1) / (n + 2) over all outcomes, so that
 * it exists without any.
 */
void gold_by_category(const struct gold_outcome *outcomes, size_t n, const double *limits, size_t categories,
                      struct gold_row *rows);

/* The same split by difficulty; without limits, flags and chances. */
void gold_by_difficulty(const struct gold_outcome *outcomes, size_t n, size_t difficulties, struct gold_row *rows);

/* P(accuracy < limit) of one person from a uniform prior: for qualification and standing. */
double gold_chance_below(size_t right, size_t n, double limit);

/*
 * Rows of a confusion matrix: level of a choice for items with `responses` responses: 0..responses-1, then
 * tie, then none.
 */
size_t gold_level(int choice, size_t responses);

/*
 * Confusion: counts[reference * (responses + 2) + choice]; the row and column margins are filled too
 * (responses + 2 each). Outcomes with a choice outside the responses are left out; the number counted is
 * returned.
 */
size_t gold_confusion(const struct gold_outcome *outcomes, size_t n, size_t responses, size_t *counts,
                      size_t *row_margin, size_t *column_margin);

struct gold_lean {
    uint32_t category;
    size_t plus;     /* errors with lean +1 */
    size_t minus;    /* errors with lean -1 */
    double p;        /* exact binomial test of plus against one half */
    double adjusted; /* Holm over the categories with any leaning error */
    bool systematic; /* adjusted < .05 */
};

/*
 * Whether a person's errors in a category lean one way. One entry a category, in order; returns how many are
 * systematic.
 */
size_t gold_systematic(const struct gold_outcome *outcomes, size_t n, size_t categories, struct gold_lean *out);

#endif
