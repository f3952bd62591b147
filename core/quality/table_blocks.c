/*
 * Resampling blocks of a ratings table: units, or clusters of units that share a prompt, with equal ones
 * counted together.
 */
#include <stdlib.h>
#include <string.h>

#include "core/base/memory.h"
#include "core/quality/table.h"

#include "core/base/banned.h"

struct member {
    uint32_t cluster;
    uint32_t pattern;
};

static int compare_members(const void *a, const void *b) {
    const struct member *x = a, *y = b;
    if (x->cluster != y->cluster) {
        return x->cluster < y->cluster ? -1 : 1;
    }
    return (x->pattern > y->pattern) - (x->pattern < y->pattern);
}

struct span {
    const struct member *first;
    size_t length;
};

static int compare_spans(const void *a, const void *b) {
    const struct span *x = a, *y = b;
    if (x->length != y->length) {
        return x->length < y->length ? -1 : 1;
    }
    for (size_t i = 0; i < x->length; i++) {
        if (x->first[i].pattern != y->first[i].pattern) {
            return x->first[i].pattern < y->first[i].pattern ? -1 : 1;
        }
    }
    return 0;
}

/* Blocks of one unit: singles[p] of them have pattern p. There is room in b. */
static void add_singles(struct table_blocks *b, const struct ratings_table *t, const uint64_t *singles) {
    for (size_t p = 0; p < t->patterns; p++) {
        if (t->raters[p] > 0 && singles[p] > 0) {
            b->multiplicity[b->kinds] = singles[p];
            b->total += singles[p];
            b->pattern[b->kinds] = (uint32_t)p;
            b->kinds++;
            b->start[b->kinds] = b->kinds;
        }
    }
}

static void blocks_room(struct table_blocks *b, size_t kinds, size_t patterns) {
    b->multiplicity = memory_new(kinds + 1, sizeof *b->multiplicity);
    b->start = memory_new(kinds + 2, sizeof *b->start);
    b->pattern = memory_new(patterns + 1, sizeof *b->pattern);
}

/* The clusters met, by open addressing: how many units each has, 0 where a place is empty. */
struct cluster_sizes {
    uint32_t *cluster, *units;
    size_t mask;
};

static uint32_t *size_of(struct cluster_sizes *sizes, uint32_t cluster) {
    size_t at = (size_t)(cluster * UINT64_C(0x9e3779b97f4a7c15) >> 20) & sizes->mask;
    while (sizes->units[at] > 0 && sizes->cluster[at] != cluster) {
        at = (at + 1) & sizes->mask;
    }
    sizes->cluster[at] = cluster;
    return &sizes->units[at];
}

/*
 * Units that are alone in their cluster are counted in singles by pattern; the others become members, and are counted.
 * Most clusters are of one unit: only the members need sorting.
 */
static size_t part_units(const struct ratings_table *t, const uint32_t *cluster, uint64_t *singles,
                         struct member *members) {
    struct cluster_sizes sizes = {.mask = 63};
    size_t count = 0;
    while (sizes.mask < 2 * t->units) {
        sizes.mask = 2 * sizes.mask + 1;
    }
    sizes.cluster = memory_new(sizes.mask + 1, sizeof *sizes.cluster);
    sizes.units = memory_new(sizes.mask + 1, sizeof *sizes.units);
    for (size_t u = 0; u < t->units; u++) {
        if (t->raters[t->pattern_of[u]] > 0) {
            ++*size_of(&sizes, cluster[u]);
        }
    }
    for (size_t u = 0; u < t->units; u++) {
        uint32_t pattern = t->pattern_of[u];
        if (t->raters[pattern] == 0) {
            continue;
        }
        if (*size_of(&sizes, cluster[u]) == 1) {
            singles[pattern]++;
        } else {
            members[count++] = (struct member){cluster[u], pattern};
        }
    }
    memory_free(sizes.cluster);
    memory_free(sizes.units);
    return count;
}

/* Sorted members fall into spans, one a cluster; sorted spans fall into kinds. There is room in b. */
static void add_clusters(struct table_blocks *b, struct member *members, size_t count) {
    struct span *spans = memory_new(count + 1, sizeof *spans);
    size_t clusters = 0, first = b->kinds;
    qsort(members, count, sizeof *members, compare_members);
    for (size_t i = 0; i < count; i++) {
        if (i == 0 || members[i].cluster != members[i - 1].cluster) {
            spans[clusters++] = (struct span){&members[i], 0};
        }
        spans[clusters - 1].length++;
    }
    qsort(spans, clusters, sizeof *spans, compare_spans);
    b->total += clusters;
    for (size_t c = 0; c < clusters; c++) {
        if (b->kinds > first && compare_spans(&spans[c], &spans[c - 1]) == 0) {
            b->multiplicity[b->kinds - 1]++;
            continue;
        }
        size_t from = b->start[b->kinds];
        for (size_t i = 0; i < spans[c].length; i++) {
            b->pattern[from + i] = spans[c].first[i].pattern;
        }
        b->multiplicity[b->kinds++] = 1;
        b->start[b->kinds] = from + spans[c].length;
    }
    memory_free(spans);
}

void table_blocks_init(struct table_blocks *b, const struct ratings_table *t, const uint32_t *cluster) {
    *b = (struct table_blocks){0};
    if (cluster == NULL) {
        blocks_room(b, t->patterns, t->patterns);
        add_singles(b, t, t->multiplicity);
        return;
    }
    uint64_t *singles = memory_new(t->patterns + 1, sizeof *singles);
    struct member *members = memory_new(t->units + 1, sizeof *members);
    size_t count = part_units(t, cluster, singles, members);
    blocks_room(b, t->patterns + count / 2, t->patterns + count);
    add_singles(b, t, singles);
    add_clusters(b, members, count);
    memory_free(singles);
    memory_free(members);
}

void table_blocks_release(struct table_blocks *b) {
    memory_free(b->multiplicity);
    memory_free(b->start);
    memory_free(b->pattern);
    *b = (struct table_blocks){0};
}
