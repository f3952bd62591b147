/* Counts by unit, folded into patterns; patterns folded into resampling blocks. */
#include "core/quality/table.h"

#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#include "core/base/memory.h"

#include "core/base/banned.h"

/* An open-addressing index from rows of uint32 to their number; rows stand elsewhere. */
struct row_index {
    uint32_t *slots; /* row number + 1, 0 empty */
    size_t capacity; /* power of two */
    size_t used;
};

static uint64_t hash_row(const uint32_t *row, size_t length) {
    uint64_t h = UINT64_C(0x9e3779b97f4a7c15) ^ length;
    for (size_t i = 0; i < length; i++) {
        h = (h ^ row[i]) * UINT64_C(0xff51afd7ed558ccd);
        h ^= h >> 32;
    }
    return h;
}

static void index_double(struct row_index *x, const uint64_t *hashes) {
    size_t capacity = x->capacity == 0 ? 64 : 2 * x->capacity;
    uint32_t *slots = memory_new(capacity, sizeof *slots);
    for (size_t row = 0; row < x->used; row++) {
        size_t at = (size_t)hashes[row] & (capacity - 1);
        while (slots[at] != 0) {
            at = (at + 1) & (capacity - 1);
        }
        slots[at] = (uint32_t)row + 1;
    }
    memory_free(x->slots);
    x->slots = slots;
    x->capacity = capacity;
}

/*
 * Sorts (by counting) ratings into units: the levels of unit u stand at level[start[u]] .. level[start[u + 1]
 * - 1].
 */
static size_t group_by_unit(const struct rating *ratings, size_t count, size_t units, size_t levels, size_t *start,
                            uint8_t **level) {
    for (size_t i = 0; i < count; i++) {
        if (ratings[i].unit < units && ratings[i].level < levels) {
            start[ratings[i].unit + 1]++;
        }
    }
    for (size_t u = 0; u < units; u++) {
        start[u + 1] += start[u];
    }
    size_t kept = start[units];
    *level = memory_new(kept + 1, 1);
    size_t *next = memory_new(units + 1, sizeof *next);
    memcpy(next, start, (units + 1) * sizeof *next);
    for (size_t i = 0; i < count; i++) {
        if (ratings[i].unit < units && ratings[i].level < levels) {
            (*level)[next[ratings[i].unit]++] = (uint8_t)ratings[i].level;
        }
    }
    memory_free(next);
    return kept;
}

struct table_builder {
    struct ratings_table *t;
    struct row_index index;
    uint64_t *hashes; /* per pattern */
    size_t capacity;
};

static void builder_room(struct table_builder *b, size_t capacity) {
    struct ratings_table *t = b->t;
    b->capacity = capacity;
    t->counts = memory_resize(t->counts, capacity * t->levels, sizeof *t->counts);
    t->raters = memory_resize(t->raters, capacity, sizeof *t->raters);
    t->multiplicity = memory_resize(t->multiplicity, capacity, sizeof *t->multiplicity);
    b->hashes = memory_resize(b->hashes, capacity, sizeof *b->hashes);
}

static uint32_t pattern_add(struct table_builder *b, const uint32_t *row, uint32_t raters) {
    struct ratings_table *t = b->t;
    if (2 * (b->index.used + 1) > b->index.capacity) {
        index_double(&b->index, b->hashes);
    }
    uint64_t hash = hash_row(row, t->levels);
    size_t at = (size_t)hash & (b->index.capacity - 1);
    for (; b->index.slots[at] != 0; at = (at + 1) & (b->index.capacity - 1)) {
        uint32_t known = b->index.slots[at] - 1;
        if (b->hashes[known] == hash && memcmp(&t->counts[known * t->levels], row, t->levels * sizeof *row) == 0) {
            return known;
        }
    }
    if (t->patterns == b->capacity) {
        builder_room(b, 2 * b->capacity);
    }
    uint32_t pattern = (uint32_t)t->patterns++;
    memcpy(&t->counts[pattern * t->levels], row, t->levels * sizeof *row);
    t->raters[pattern] = raters;
    t->multiplicity[pattern] = 0;
    b->hashes[pattern] = hash;
    b->index.slots[at] = pattern + 1;
    b->index.used++;
    return pattern;
}

void ratings_table_init(struct ratings_table *t, const struct rating *ratings, size_t count, size_t units,
                        size_t levels) {
    *t = (struct ratings_table){.levels = levels, .units = units};
    size_t *start = memory_new(units + 2, sizeof *start);
    uint8_t *level;
    t->ratings = group_by_unit(ratings, count, units, levels, start, &level);
    t->pattern_of = memory_new(units + 1, sizeof *t->pattern_of);
    struct table_builder b = {.t = t};
    builder_room(&b, 64);
    uint32_t row[TABLE_LEVELS];
    for (size_t u = 0; u < units; u++) {
        memset(row, 0, levels * sizeof *row);
        for (size_t i = start[u]; i < start[u + 1]; i++) {
            row[level[i]]++;
        }
        uint32_t pattern = pattern_add(&b, row, (uint32_t)(start[u + 1] - start[u]));
        t->multiplicity[pattern]++;
        t->pattern_of[u] = pattern;
    }
    memory_free(b.index.slots);
    memory_free(b.hashes);
    memory_free(level);
    memory_free(start);
}

void ratings_table_release(struct ratings_table *t) {
    memory_free(t->counts);
    memory_free(t->raters);
    memory_free(t->multiplicity);
    memory_free(t->pattern_of);
    *t = (struct ratings_table){0};
}
