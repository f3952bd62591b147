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

static void blocks_of_units(struct table_blocks *b, const struct ratings_table *t) {
    b->multiplicity = memory_new(t->patterns + 1, sizeof *b->multiplicity);
    b->start = memory_new(t->patterns + 2, sizeof *b->start);
    b->pattern = memory_new(t->patterns + 1, sizeof *b->pattern);
    for (size_t p = 0; p < t->patterns; p++) {
        if (t->raters[p] > 0) {
            b->multiplicity[b->kinds] = t->multiplicity[p];
            b->total += t->multiplicity[p];
            b->pattern[b->kinds] = (uint32_t)p;
            b->kinds++;
            b->start[b->kinds] = b->kinds;
        }
    }
}

/* Sorted members fall into spans, one a cluster; sorted spans fall into kinds. */
static void blocks_of_clusters(struct table_blocks *b, const struct ratings_table *t, const uint32_t *cluster) {
    struct member *members = memory_new(t->units + 1, sizeof *members);
    struct span *spans = memory_new(t->units + 1, sizeof *spans);
    size_t count = 0, clusters = 0;
    for (size_t u = 0; u < t->units; u++) {
        if (t->raters[t->pattern_of[u]] > 0) {
            members[count++] = (struct member){cluster[u], t->pattern_of[u]};
        }
    }
    qsort(members, count, sizeof *members, compare_members);
    for (size_t i = 0; i < count; i++) {
        if (i == 0 || members[i].cluster != members[i - 1].cluster) {
            spans[clusters++] = (struct span){&members[i], 0};
        }
        spans[clusters - 1].length++;
    }
    qsort(spans, clusters, sizeof *spans, compare_spans);
    b->multiplicity = memory_new(clusters + 1, sizeof *b->multiplicity);
    b->start = memory_new(clusters + 2, sizeof *b->start);
    b->pattern = memory_new(count + 1, sizeof *b->pattern);
    b->total = clusters;
    for (size_t c = 0; c < clusters; c++) {
        if (c > 0 && compare_spans(&spans[c], &spans[c - 1]) == 0) {
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
    memory_free(members);
    memory_free(spans);
}

void table_blocks_init(struct table_blocks *b, const struct ratings_table *t, const uint32_t *cluster) {
    *b = (struct table_blocks){0};
    if (cluster == NULL) {
        blocks_of_units(b, t);
    } else {
        blocks_of_clusters(b, t, cluster);
    }
}

void table_blocks_release(struct table_blocks *b) {
    memory_free(b->multiplicity);
    memory_free(b->start);
    memory_free(b->pattern);
    *b = (struct table_blocks){0};
}
