/*
 * How fast work goes, and when what is left will be done. Days are local days; today, which is not over, is left
 * out.
 *
 * The pace is the number of judgments a day over the last PACE_WINDOW days, or since the first one where that is
 * later: days off count, so weekends are in it. What is left takes left / pace days; the range around it is the
 * 95 % prediction interval of a sum of independent days (Student's t on the spread from day to day, which is taken
 * to be at least that of chance arrivals, its mean): all D with |left - pace D| <= t s sqrt(D + D^2 / n). It is
 * known from PACE_DAYS days with work on PACE_ACTIVE of them.
 */
#ifndef CORE_REPORT_PACE_H
#define CORE_REPORT_PACE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum { PACE_WINDOW = 14, PACE_DAYS = 5, PACE_ACTIVE = 3 };

/* start[0] … start[PACE_WINDOW - 1]: midnights of the days looked at, oldest first; the last one is today's. */
struct pace_days {
    int64_t start[PACE_WINDOW + 1];
};
void pace_days_init(struct pace_days *out, int64_t now);

/* Zeroed: nothing yet. */
struct pace {
    int counts[PACE_WINDOW]; /* by day, oldest first */
    bool before;             /* work before these days: all of them count */
};
void pace_add(struct pace *pace, const struct pace_days *days, int64_t at);

struct pace_figures {
    int days, active; /* looked at; with work */
    int total;
    double a_day; /* total / days; 0 when there were none */
    double spread;
};
struct pace_figures pace_figures(const struct pace *pace);

struct pace_until {
    double days;           /* from now; INFINITY at no pace; 0 when nothing is left */
    bool early;            /* too early for a range */
    double least, longest; /* 95 %; longest may be INFINITY. 0 and INFINITY when it is too early */
};
struct pace_until pace_until(const struct pace *pace, double left);

/* The day that lies so many days after now; 0 beyond 100 years. */
int64_t pace_date(int64_t now, double days);

#endif
