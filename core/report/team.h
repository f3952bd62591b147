/*
 * Agreement of the team on one track, from first judgments (counted.h).
 *
 * Direction: which response, a tie, or none of them: levels by the responses' own letters, whatever side they stood on. Untied: the share of agreement
 * among the judgments that chose a response (the number that the literature quotes). Strength: pairs alone, on the signed score from "a is much better" over the tie to "b is
 * much better". Intervals are the bootstrap over items, over prompts where items share one; the seed is the campaign's.
 */
#ifndef CORE_REPORT_TEAM_H
#define CORE_REPORT_TEAM_H

#include "core/quality/figure.h"
#include "core/quality/table.h"
#include "core/report/counted.h"

enum { TEAM_GROUP_UNITS = 50 }; /* under so many pairable items a group shows only the percentage */

/* What the rubric in force lets an annotator answer. A level that older judgments used is declared too. */
struct team_scale {
    int strengths; /* 1–3; 0: not asked */
    bool tie, none;
};

struct team_without {
    int person;          /* code */
    struct figure alpha; /* direction without this person. Interval only up to TEAM_BOOTED people */
};
enum { TEAM_BOOTED = 40 };

struct team_pair {
    int a, b;                        /* person codes */
    struct figure kappa, percent;    /* direction */
    struct figure linear, quadratic; /* weighted kappa of strength */
};

struct team_agreement {
    struct figure percent, pairwise, alpha, fleiss, ac1; /* direction; n: items with two judgments */
    struct figure unanimous;                             /* share of those items where all agree */
    const char *note; /* "one category only", where AC1 is 1 for that reason; else NULL */
    struct figure untied;
    struct figure strength_alpha, strength_ac2; /* ordinal */
    struct figure strength_interval;            /* alpha, interval */
    struct team_without *without;               /* in order of alpha, the highest first: whose leaving helps most */
    size_t without_count;
    struct team_pair *pairs; /* with 30 common items, models and sources too; lowest kappa first */
    size_t pair_count;
};

void team_agreement_init(struct team_agreement *out, const struct counted *counted, const struct team_scale *scale,
                         int64_t seed);
void team_agreement_release(struct team_agreement *agreement);

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
enum team_use { TEAM_DIRECTION, TEAM_UNTIED, TEAM_STRENGTH, TEAM_WITHOUT, TEAM_GROUP, TEAM_CRITERION, TEAM_RANKING };
uint64_t team_seed(int64_t seed, int track, enum team_use use, size_t number);

#endif
