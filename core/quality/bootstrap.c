/* Percentile intervals of agreement figures, by multinomial draws over patterns. */
#include "core/quality/bootstrap.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "core/base/memory.h"
#include "core/quality/stream.h"

#include "core/base/banned.h"

#define STREAM_NUMBER 0x626f6f74u

static int compare_doubles(const void *a, const void *b) {
    double x = *(const double *)a, y = *(const double *)b;
    return (x > y) - (x < y);
}

double percentile(double *values, size_t n, double p) {
    if (n == 0) {
        return NAN;
    }
    qsort(values, n, sizeof *values, compare_doubles);
    double at = p * (double)(n - 1);
    size_t below = (size_t)at;
    if (below + 1 >= n) {
        return values[n - 1];
    }
    return values[below] + (at - (double)below) * (values[below + 1] - values[below]);
}

/* Draws blocks and lays them out as weights of the patterns. */
static void draw_weights(struct stream *s, const struct table_blocks *b, uint64_t *drawn, uint64_t *weight,
                         size_t patterns) {
    stream_multinomial(s, b->total, b->multiplicity, b->kinds, drawn);
    memset(weight, 0, patterns * sizeof *weight);
    for (size_t k = 0; k < b->kinds; k++) {
        if (drawn[k] > 0) {
            for (size_t i = b->start[k]; i < b->start[k + 1]; i++) {
                weight[b->pattern[i]] += drawn[k];
            }
        }
    }
}

static void finish(struct bootstrap_result *r, double *values, size_t replicates, uint64_t blocks) {
    r->undefined = replicates - r->defined;
    if (r->figure.undefined == NULL && blocks >= 2 && 2 * r->defined >= replicates && r->defined > 0) {
        r->figure.low = percentile(values, r->defined, 0.025);
        r->figure.high = percentile(values, r->defined, 0.975);
    }
}

void bootstrap_agreement(const struct ratings_table *t, const uint32_t *cluster, const enum agreement_kind *kinds,
                         size_t kinds_count, const double *values, size_t replicates, uint64_t seed,
                         struct bootstrap_result *results) {
    struct table_blocks blocks;
    struct agreement_sums sums;
    struct stream stream;
    table_blocks_init(&blocks, t, cluster);
    agreement_sums_init(&sums, t->levels);
    stream_init(&stream, seed, STREAM_NUMBER);
    uint64_t *drawn = memory_new(blocks.kinds + 1, sizeof *drawn);
    uint64_t *weight = memory_new(t->patterns + 1, sizeof *weight);
    double *found = memory_new(kinds_count * replicates + 1, sizeof *found);
    agreement_sums_set(&sums, t, NULL);
    for (size_t k = 0; k < kinds_count; k++) {
        results[k] = (struct bootstrap_result){.figure = agreement_from_sums(&sums, kinds[k], values)};
    }
    for (size_t r = 0; r < replicates; r++) {
        draw_weights(&stream, &blocks, drawn, weight, t->patterns);
        agreement_sums_set(&sums, t, weight);
        for (size_t k = 0; k < kinds_count; k++) {
            struct figure f = agreement_from_sums(&sums, kinds[k], values);
            if (f.undefined == NULL) {
                found[k * replicates + results[k].defined++] = f.value;
            }
        }
    }
    for (size_t k = 0; k < kinds_count; k++) {
        finish(&results[k], &found[k * replicates], replicates, blocks.total);
    }
    memory_free(found);
    memory_free(weight);
    memory_free(drawn);
    agreement_sums_release(&sums);
    table_blocks_release(&blocks);
}
