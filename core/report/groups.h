/*
 * The figures of a track split one way: by category, language, rubric version, week or day. Counts are of the team's counted judgments
 * (counted.h); agreement is between first judgments inside the group. Weeks (ISO) and days are UTC.
 */
#ifndef CORE_REPORT_GROUPS_H
#define CORE_REPORT_GROUPS_H

#include "core/report/criteria.h"
#include "core/report/rankings.h"
#include "core/report/team.h"
#include "core/report/versions.h"

enum group_by { GROUP_CATEGORY, GROUP_LANGUAGE, GROUP_RUBRIC, GROUP_WEEK, GROUP_DAY, GROUP_WAYS };

struct group {
    int64_t
        key; /* code of category or language; store id of the rubric (0 none); ms of the first judgment of week or day */
    char label[16];   /* of a week or day: "2026-W48", "2026-11-24"; else "" */
    size_t items;     /* different items judged */
    size_t judgments; /* by the team */
    size_t gold_n, gold_right;
    struct version_mix mix, gold_mix; /* of the judgments; of the gold outcomes */
    struct figure gold_accuracy;      /* right of n, Wilson */
    struct agreement_lines lines;     /* under TEAM_GROUP_UNITS items with two judgments only shares */
    struct track_rankings rankings;
    struct criterion_agreement *criteria; /* one an input; inside groups->criteria */
};

struct groups {
    enum group_by by;
    struct group *
        groups; /* worst first: lowest accuracy on gold, those without gold behind by alpha; weeks and days in order of time */
    size_t count;
    struct criterion_agreement *criteria;
};

struct groups_input {
    struct team_lines *lines; /* of the track */
    const struct criterion_input *criteria;
    size_t criterion_count;
    int64_t seed;
};

/* Names of criteria are borrowed. Time: that of a track's own lines, a way. */
void groups_init(struct groups *out, enum group_by by, const struct groups_input *input);
void groups_release(struct groups *groups);

const char *group_by_name(enum group_by by); /* "category", … as in `--by` and `by_…` */

#endif
