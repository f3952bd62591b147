/*
 * Agreement of the team in three lines, from first judgments (counted.h): of a whole track, or of some of its judgments.
 *
 * Direction: which response, a tie, or none of them: levels by the responses' own letters, whatever side they stood on. Untied: the share of agreement
 * among the judgments that chose a response (the number that the literature quotes). Strength: pairs alone, on the signed score from "a is much better"
 * over the tie to "b is much better". Intervals are the bootstrap over items, over prompts where items share one; the seed is the campaign's.
 */
#ifndef CORE_REPORT_LINES_H
#define CORE_REPORT_LINES_H

#include "core/quality/figure.h"
#include "core/quality/table.h"
#include "core/report/counted.h"

/* What the rubric in force lets an annotator answer. A level that older judgments used is declared too. */
struct team_scale {
    int strengths; /* 1–3; 0: not asked */
    bool tie, none;
};

/* Direction as levels: responses by letter, then tie, then none, as declared. */
struct team_levels {
    size_t
        letters; /* 2 for pairs; else one more than the largest letter chosen (a history does not say how many responses an item has), at least 3 */
    bool tie, none;
    size_t count;
};
void team_levels_find(struct team_levels *out, const struct counted *counted, const struct team_scale *scale);
uint32_t team_level(const struct team_levels *levels, int prefer); /* levels->count when it is none of them */

/* The seed of one use of the campaign's seed: `use` and `number` tell them apart. */
enum team_use { TEAM_DIRECTION, TEAM_UNTIED, TEAM_STRENGTH, TEAM_WITHOUT, TEAM_CRITERION, TEAM_RANKING };
uint64_t team_seed(int64_t seed, int track, enum team_use use, size_t number);

struct agreement_lines {
    struct figure percent, pairwise, alpha, fleiss, ac1; /* direction; n: items with two judgments */
    struct figure unanimous;                             /* share of those items where all agree */
    const char *note; /* "one category only", where AC1 is 1 for that reason; else NULL */
    struct figure untied;
    struct figure strength_alpha, strength_ac2; /* ordinal */
    struct figure strength_interval;            /* alpha, interval */
};

/* What the lines of a track, and of every group of it, are worked out in: the place of each judgment on each line. */
struct team_lines {
    const struct counted *counted;
    struct team_levels levels;
    size_t scores; /* levels of strength; 0: no judgment states one */
    uint8_t *
        direction; /* per counted row, models and sources too: its level; LINES_NOWHERE for a row that is no first one */
    uint8_t *strength;   /* the same on the signed score */
    uint32_t *number_of; /* per unit of the track: its number among the units at work + 1; 0 between two calls */
    uint32_t *prompts;   /* per unit at work */
    struct rating *ratings;
};
enum { LINES_NOWHERE = UINT8_MAX };

/* Memory: some 14 bytes a judgment and 8 an item. The counted rows must outlive it; release it. */
void team_lines_init(struct team_lines *lines, const struct counted *counted, const struct team_scale *scale);
void team_lines_release(struct team_lines *lines);

/*
 * rows: indices into counted->rows; those that are no first judgment of the team are passed over. number: tells these rows apart from others of the
 * track in the use of the seed (0: all of them). least: where fewer items have two judgments, what is corrected for chance is undefined.
 */
void team_lines_find(struct agreement_lines *out, struct team_lines *lines, const uint32_t *rows, size_t count,
                     int64_t seed, size_t number, size_t least);

/* A way to part the counted rows: groups are numbered from 0. */
struct row_groups {
    const uint32_t *of; /* per counted row: its group + 1; 0: in none */
    size_t count;
    size_t number; /* tells these groups apart from others of the track in the use of the seed */
    size_t least;  /* where fewer units have two ratings, what is corrected for chance is undefined */
};

#endif
