/* When something will be done or used up (core/report/pace.h), as words and as JSON. */
#ifndef APP_DATES_H
#define APP_DATES_H

#include "core/base/json.h"
#include "core/report/pace.h"

/* "2026-12-08 to 2026-12-19", "from 2026-12-08 on", "about 2026-12-08, early" (too early for a
 * range), "too early", "not at this pace". */
void dates_add(struct buffer *out, const struct pace_until *until, int64_t now);

/* "KEY": date or null, "likely": [first, last or null] or null. */
void dates_json(struct json *json, const char *key, const struct pace_until *until, int64_t now);

#endif
