/*
 * Moments are UTC milliseconds since 1970 (int64_t). Text is ISO 8601 with milliseconds and Z: 2026-11-24T06:14:03.120Z.
 * Range: years 0001 to 9999. The local zone is for display only.
 */
#ifndef CORE_BASE_TIMESTAMP_H
#define CORE_BASE_TIMESTAMP_H

#include <stdbool.h>
#include <stdint.h>

#include "core/base/slice.h"

#define MS_SECOND INT64_C(1000)
#define MS_MINUTE (60 * MS_SECOND)
#define MS_HOUR   (60 * MS_MINUTE)
#define MS_DAY    (24 * MS_HOUR)

struct timestamp {
    char text[32];
};

struct timestamp timestamp_utc(int64_t ms);        /* 2026-11-24T06:14:03.120Z */
struct timestamp timestamp_day(int64_t ms);        /* 2026-11-24, UTC */
struct timestamp timestamp_local_day(int64_t ms);  /* 2026-11-24, in the zone of TZ */
struct timestamp timestamp_local_time(int64_t ms); /* 16:40 */
struct timestamp timestamp_week(int64_t ms);       /* ISO week, UTC: 2026-W48 */

/* The first millisecond of the local day that holds ms. */
int64_t timestamp_local_midnight(int64_t ms);

/* Reads a date (midnight UTC) or a date and time with seconds, an optional fraction (cut to ms), and Z or +hh:mm (nothing = UTC).
 * A space may stand for the T. False, and *ms untouched, if it is anything else or no such day. */
bool timestamp_parse(struct slice text, int64_t *ms);

#endif
