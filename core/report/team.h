/* Agreement of the team on one track: the lines (lines.h), what they would be without one person, and every pair of people. */
#ifndef CORE_REPORT_TEAM_H
#define CORE_REPORT_TEAM_H

#include "core/report/lines.h"

enum { TEAM_GROUP_UNITS = 50 }; /* under so many pairable items a group shows only shares */

struct team_without {
    int person;          /* code */
    struct figure alpha; /* direction without this person. Interval only up to TEAM_BOOTED people */
};
enum { TEAM_BOOTED = 40 };

struct team_pair {
    int a, b;                        /* person codes */
    struct figure kappa, percent;    /* direction */
    struct figure linear, quadratic; /* weighted kappa of strength, on 30 common items that have one */
};

struct team_agreement {
    struct agreement_lines lines;
    struct team_without *without; /* in order of alpha, the highest first: whose leaving helps most */
    size_t without_count;
    struct team_pair *pairs; /* with 30 common items, models and sources too; lowest kappa first */
    size_t pair_count;
};

void team_agreement_init(struct team_agreement *out, struct team_lines *lines, int64_t seed);
void team_agreement_release(struct team_agreement *agreement);

#endif
