/* Cohen's kappa of all pairs of annotators who share enough items. */
#include <stdlib.h>
#include <string.h>

#include "core/base/memory.h"
#include "core/quality/agreement.h"
#include "core/quality/proportion.h"

#include "core/base/banned.h"

struct unit_rating {
    uint32_t annotator;
    uint32_t level;
};

/* Ratings by unit, with their annotators: those of unit u stand at sorted[start[u]] .. sorted[start[u + 1] - 1]. */
static struct unit_rating *by_unit(const struct rating *ratings, size_t count, size_t units, size_t annotators,
                                   size_t levels, size_t *start) {
    struct unit_rating *sorted = memory_new(count + 1, sizeof *sorted);
    size_t *next = memory_new(units + 2, sizeof *next);
    for (int pass = 0; pass < 2; pass++) {
        for (size_t i = 0; i < count; i++) {
            const struct rating *r = &ratings[i];
            if (r->unit >= units || r->annotator >= annotators || r->level >= levels) {
                continue;
            }
            if (pass == 0) {
                start[r->unit + 1]++;
            } else {
                sorted[next[r->unit]++] = (struct unit_rating){r->annotator, r->level};
            }
        }
        for (size_t u = 0; pass == 0 && u < units; u++) {
            start[u + 1] += start[u];
        }
        memcpy(next, start, (units + 1) * sizeof *next);
    }
    memory_free(next);
    return sorted;
}

/* Pairs of people by open addressing: memory for those who meet, not for all who could. */
struct pair_map {
    uint64_t *key;   /* a << 32 | b with a < b, so never 0: 0 is empty */
    uint32_t *value; /* first the number of common items, then the number of the pair + 1, or 0 */
    size_t capacity; /* power of two */
    size_t used;
};

static uint32_t *map_slot(struct pair_map *m, uint64_t key) {
    uint64_t hash = key * UINT64_C(0x9e3779b97f4a7c15);
    size_t at = (size_t)(hash >> 20) & (m->capacity - 1);
    while (m->key[at] != 0 && m->key[at] != key) {
        at = (at + 1) & (m->capacity - 1);
    }
    m->used += m->key[at] == 0;
    m->key[at] = key;
    return &m->value[at];
}

static void map_room(struct pair_map *m) {
    if (2 * (m->used + 1) <= m->capacity) {
        return;
    }
    struct pair_map larger = {.capacity = m->capacity == 0 ? 256 : 2 * m->capacity};
    larger.key = memory_new(larger.capacity, sizeof *larger.key);
    larger.value = memory_new(larger.capacity, sizeof *larger.value);
    for (size_t i = 0; i < m->capacity; i++) {
        if (m->key[i] != 0) {
            *map_slot(&larger, m->key[i]) = m->value[i];
        }
    }
    memory_free(m->key);
    memory_free(m->value);
    *m = larger;
}

/* Walks all pairs of ratings of each unit: counts them (cells NULL), or fills the tables of the pairs that are kept. */
static void walk_pairs(const struct unit_rating *sorted, const size_t *start, size_t units, size_t levels,
                       struct pair_map *map, uint64_t *cells) {
    for (size_t u = 0; u < units; u++) {
        for (size_t i = start[u]; i < start[u + 1]; i++) {
            for (size_t j = i + 1; j < start[u + 1]; j++) {
                const struct unit_rating *x = &sorted[i], *y = &sorted[j];
                if (x->annotator == y->annotator) {
                    continue;
                }
                if (x->annotator > y->annotator) {
                    x = &sorted[j];
                    y = &sorted[i];
                }
                map_room(map);
                uint32_t *slot = map_slot(map, (uint64_t)x->annotator << 32 | y->annotator);
                if (cells == NULL) {
                    ++*slot;
                } else if (*slot != 0) {
                    cells[((size_t)*slot - 1) * levels * levels + x->level * levels + y->level]++;
                }
            }
        }
    }
}

static int compare_pairs(const void *a, const void *b) {
    const struct agreement_pair *x = a, *y = b;
    if (x->a != y->a) {
        return x->a < y->a ? -1 : 1;
    }
    return (x->b > y->b) - (x->b < y->b);
}

/* The pairs with enough common items, in order; the map's values become their numbers + 1, and 0 for the others. */
static size_t keep_pairs(struct pair_map *map, size_t least, struct agreement_pair **pairs) {
    size_t kept = 0, capacity = 0;
    *pairs = NULL;
    for (size_t i = 0; i < map->capacity; i++) {
        if (map->key[i] != 0 && map->value[i] >= least) {
            *pairs = memory_grow(*pairs, &capacity, kept + 1, sizeof **pairs);
            (*pairs)[kept++] = (struct agreement_pair){
                .a = (uint32_t)(map->key[i] >> 32), .b = (uint32_t)map->key[i], .n = map->value[i]};
        }
        map->value[i] = 0;
    }
    if (kept > 0) {
        qsort(*pairs, kept, sizeof **pairs, compare_pairs);
    }
    for (size_t p = 0; p < kept; p++) {
        *map_slot(map, (uint64_t)(*pairs)[p].a << 32 | (*pairs)[p].b) = (uint32_t)p + 1;
    }
    return kept;
}

size_t agreement_pairs(const struct rating *ratings, size_t count, size_t units, size_t annotators, size_t levels,
                       enum agreement_weights weights, size_t least, struct agreement_pair **pairs) {
    size_t *start = memory_new(units + 2, sizeof *start);
    struct unit_rating *sorted = by_unit(ratings, count, units, annotators, levels, start);
    struct pair_map map = {0};
    walk_pairs(sorted, start, units, levels, &map, NULL);
    size_t kept = keep_pairs(&map, least, pairs);
    uint64_t *cells = memory_new(kept * levels * levels + 1, sizeof *cells);
    walk_pairs(sorted, start, units, levels, &map, cells);
    for (size_t p = 0; p < kept; p++) {
        const uint64_t *table = &cells[p * levels * levels];
        size_t same = 0;
        for (size_t k = 0; k < levels; k++) {
            same += (size_t)table[k * levels + k];
        }
        (*pairs)[p].same = proportion_wilson(same, (*pairs)[p].n);
        agreement_cohen(table, levels, weights, &(*pairs)[p].cohen);
    }
    memory_free(cells);
    memory_free(map.key);
    memory_free(map.value);
    memory_free(sorted);
    memory_free(start);
    return kept;
}
