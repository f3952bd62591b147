/* When whose hidden gold runs out: what each person has not met, at the pace of the gold that they answer. */
#ifndef CORE_REPORT_FORECAST_H
#define CORE_REPORT_FORECAST_H

#include "core/model/history.h"
#include "core/report/pace.h"

struct pool_forecast {
    int64_t person, track; /* store ids */
    size_t unseen;         /* gold that this person has not been served */
    size_t line;           /* the caller's: which line of its own this is about */
    struct pace pace;      /* of gold answers in handed-in work */
    struct pace_until until;
};

/* Fills pace and until in, from the other fields; then who runs out first comes first. now: UTC ms. */
void forecast_pools(struct pool_forecast *pools, size_t count, const struct history *history, int64_t now);

#endif
