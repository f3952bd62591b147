#include "app/dates.h"

#include <math.h>

#include "core/base/timestamp.h"

#include "core/base/banned.h"

void dates_add(struct buffer *out, const struct pace_until *until, int64_t now) {
    int64_t first = pace_date(now, until->least), last = pace_date(now, until->longest);
    if (!pace_date(now, until->days)) {
        buffer_add_string(out, until->early ? "too early" : "not at this pace");
        return;
    }
    if (until->early) {
        buffer_add_format(out, "about %s, early", timestamp_local_day(pace_date(now, until->days)).text);
        return;
    }
    if (!last)
        buffer_add_string(out, "from ");
    buffer_add_string(out, timestamp_local_day(first).text);
    if (last)
        buffer_add_format(out, " to %s", timestamp_local_day(last).text);
    else
        buffer_add_string(out, " on");
}

static void write_day(struct json *json, int64_t date) {
    json_text(json, date ? timestamp_local_day(date).text : NULL);
}

void dates_json(struct json *json, const char *key, const struct pace_until *until, int64_t now) {
    bool known = !until->early && pace_date(now, until->days);
    json_key(json, key);
    write_day(json, pace_date(now, until->days));
    json_key(json, "likely");
    if (!known) {
        json_null(json);
        return;
    }
    json_open(json, '[');
    write_day(json, pace_date(now, until->least));
    write_day(json, pace_date(now, until->longest));
    json_close(json, ']');
}
