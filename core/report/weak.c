#include "core/report/weak.h"

#include "core/base/memory.h"
#include "core/quality/gold.h"

#include "core/base/banned.h"

size_t weak_categories(const struct weak_outcome *outcomes, size_t n, const double *limits, size_t categories,
                       bool *weak) {
    struct gold_outcome *scored = memory_new(n, sizeof *scored);
    struct gold_row *rows = memory_new(categories, sizeof *rows);
    size_t found = 0;
    for (size_t i = 0; i < n; i++)
        scored[i] = (struct gold_outcome){.category = outcomes[i].category,
                                          .result = outcomes[i].right ? GOLD_RIGHT : GOLD_WRONG_SIDE};
    gold_by_category(scored, n, limits, categories, rows);
    for (size_t c = 0; c < categories; c++)
        found += weak[c] = rows[c].flagged;
    memory_free(scored);
    memory_free(rows);
    return found;
}
