/*
 * What a lead may ask of one person's gold beyond the share that was right: by difficulty, how wide the keys were, what was chosen where what was
 * right, and whether the errors of a category lean one way. Outcomes are those of person.h.
 */
#ifndef CORE_REPORT_GOLD_DETAILS_H
#define CORE_REPORT_GOLD_DETAILS_H

#include "core/model/item.h"
#include "core/quality/figure.h"
#include "core/report/counted.h"

enum { GOLD_DIFFICULTIES = DIFFICULTY_HARD + 1 };

struct gold_leaning {
    int category;
    size_t longer, shorter; /* errors that chose the longer, the shorter text */
    double p;               /* exact binomial test against one half, Holm over the categories with such errors */
    bool systematic;        /* p < .05 */
};

struct gold_details {
    size_t n;
    struct figure side;        /* the side alone, whatever the strength */
    struct figure untied_side; /* the same without gold ties */
    struct figure
        by_difficulty[GOLD_DIFFICULTIES]; /* by enum difficulty: right of n, Wilson; undefined without outcomes */
    double accepted;                      /* acceptable answers of a key, on average; NAN without outcomes */
    size_t levels;                        /* responses by letter, then tie, then none */
    size_t *confusion;                    /* levels × levels: rows reference, columns choice */
    size_t *references, *choices;         /* margins */
    struct gold_leaning *leaning;         /* categories with errors that lean, in order of p */
    size_t leaning_count;
};

/* rows from..to of counted->rows are one person's. letters: at least 2. Release it. */
void gold_details_init(struct gold_details *out, const struct counted *counted, size_t from, size_t to, size_t letters);
void gold_details_release(struct gold_details *details);

#endif
