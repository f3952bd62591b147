/*
 * In which categories a person is weak: the Beta posterior of quality.md over gold outcomes. A file of its own because core/quality/gold.h and the
 * nouns of core/model have the same words for a key and an answer.
 */
#ifndef CORE_REPORT_WEAK_H
#define CORE_REPORT_WEAK_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct weak_outcome {
    uint32_t category;
    bool right;
};

/*
 * limits: the specification's accuracy by category, NAN for none. weak[category] is set where, from 10 outcomes on, P(accuracy < limit) > .95
 * with the person's overall rate as prior of weight 10. Returns how many.
 */
size_t weak_categories(const struct weak_outcome *outcomes, size_t n, const double *limits, size_t categories,
                       bool *weak);

#endif
