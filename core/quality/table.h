/*
 * The ratings table: units (items) × levels as counts, kept as patterns with a multiplicity.
 *
 * Two units with equal counts are the same to every agreement figure, so a million judgments are some hundred
 * patterns, and a bootstrap replicate is one multinomial draw over them. Levels are declared, 0..levels-1,
 * never inferred from the data. A person rates a unit once (the first judgment); responses are identified by
 * what they are, never by the side shown.
 */
#ifndef CORE_QUALITY_TABLE_H
#define CORE_QUALITY_TABLE_H

#include <stddef.h>
#include <stdint.h>

#define TABLE_LEVELS  64 /* most levels */
#define TABLE_NO_UNIT UINT32_MAX

struct rating {
    uint32_t unit;      /* 0 .. units-1 */
    uint32_t annotator; /* 0 .. annotators-1 */
    uint32_t level;     /* 0 .. levels-1 */
};

struct ratings_table {
    size_t levels;          /* declared */
    size_t units;           /* declared, the ones without ratings included */
    size_t ratings;         /* counted */
    size_t patterns;        /* different rows */
    uint32_t *counts;       /* patterns × levels */
    uint32_t *raters;       /* per pattern: sum of its counts (0 for units without ratings) */
    uint64_t *multiplicity; /* per pattern: units that have it; sums to `units` */
    uint32_t *pattern_of;   /* per unit */
};

/*
 * Builds the table; ratings outside units or levels are ignored. Memory and time linear in ratings + units.
 * The caller releases it. 1 <= levels <= TABLE_LEVELS.
 */
void ratings_table_init(struct ratings_table *t, const struct rating *ratings, size_t count, size_t units,
                        size_t levels);
void ratings_table_release(struct ratings_table *t);

/* Resampling blocks: what a bootstrap draws as one. Without clusters a block is a unit. */
struct table_blocks {
    size_t kinds;           /* different blocks */
    uint64_t total;         /* blocks in all */
    uint64_t *multiplicity; /* per kind */
    size_t *start;          /* kinds + 1: its patterns stand at pattern[start[k]] .. pattern[start[k + 1] - 1] */
    uint32_t *pattern;      /* a pattern as often as the block has it */
};

/*
 * cluster[u] is the prompt of unit u (any 32-bit numbers); NULL: every unit by itself. Units without ratings
 * are left out.
 */
void table_blocks_init(struct table_blocks *b, const struct ratings_table *t, const uint32_t *cluster);
void table_blocks_release(struct table_blocks *b);

#endif
