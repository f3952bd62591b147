/* Retests of one person; see consistency.h. */
#include "core/quality/consistency.h"

#include "core/base/memory.h"
#include "core/quality/proportion.h"

#include "core/base/banned.h"

static struct figure share_of(size_t same, size_t n, const char *reason) {
    return n == 0 ? figure_undefined(reason, 0) : proportion_wilson(same, n);
}

void consistency_figures(const struct retest_pair *pairs, size_t n, size_t levels, enum agreement_weights weights,
                         struct consistency *out) {
    size_t count[2] = {0}, same[2] = {0}; /* by order: kept, swapped */
    uint64_t *table = memory_new(levels * levels, sizeof *table);
    for (size_t i = 0; i < n; i++) {
        if (pairs[i].first < levels && pairs[i].second < levels) {
            count[pairs[i].swapped]++;
            same[pairs[i].swapped] += pairs[i].first == pairs[i].second;
            table[pairs[i].first * levels + pairs[i].second]++;
        }
    }
    struct cohen cohen;
    agreement_cohen(table, levels, weights, &cohen);
    memory_free(table);
    *out = (struct consistency){
        .n = count[0] + count[1],
        .same_count = same[0] + same[1],
        .same = share_of(same[0] + same[1], count[0] + count[1], "no retests"),
        .kept = share_of(same[0], count[0], "no retests in the same order"),
        .swapped = share_of(same[1], count[1], "no retests in the other order"),
        .kappa = count[0] + count[1] == 0 ? figure_undefined("no retests", 0) : cohen.kappa,
        .p_order = fisher_two_sided(same[0], count[0], same[1], count[1]),
    };
}
