/* Moments and their text; see timestamp.h. Civil dates by Howard Hinnant's days_from_civil. */
#include "core/base/timestamp.h"

#include <stdio.h>
#include <time.h>

#include "core/base/banned.h"

static int64_t days_from_civil(int64_t year, int month, int day) {
    year -= month <= 2;
    int64_t era = (year >= 0 ? year : year - 399) / 400;
    int64_t of_era = year - era * 400;
    int64_t of_year = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1;
    return era * 146097 + of_era * 365 + of_era / 4 - of_era / 100 + of_year - 719468;
}

static struct tm utc_parts(int64_t ms) {
    int64_t seconds = ms / MS_SECOND - (ms % MS_SECOND < 0);
    time_t when = (time_t)seconds;
    struct tm parts = {0};
    gmtime_r(&when, &parts);
    return parts;
}

static struct tm local_parts(int64_t ms) {
    int64_t seconds = ms / MS_SECOND - (ms % MS_SECOND < 0);
    time_t when = (time_t)seconds;
    struct tm parts = {0};
    localtime_r(&when, &parts);
    return parts;
}

struct timestamp timestamp_utc(int64_t ms) {
    struct timestamp out;
    struct tm t = utc_parts(ms);
    int fraction = (int)(((ms % MS_SECOND) + MS_SECOND) % MS_SECOND);
    char seconds[24];
    strftime(seconds, sizeof seconds, "%Y-%m-%dT%H:%M:%S", &t);
    snprintf(out.text, sizeof out.text, "%s.%03dZ", seconds, fraction);
    return out;
}

struct timestamp timestamp_day(int64_t ms) {
    struct timestamp out;
    struct tm t = utc_parts(ms);
    strftime(out.text, sizeof out.text, "%Y-%m-%d", &t);
    return out;
}

struct timestamp timestamp_local_day(int64_t ms) {
    struct timestamp out;
    struct tm t = local_parts(ms);
    strftime(out.text, sizeof out.text, "%Y-%m-%d", &t);
    return out;
}

struct timestamp timestamp_local_time(int64_t ms) {
    struct timestamp out;
    struct tm t = local_parts(ms);
    strftime(out.text, sizeof out.text, "%H:%M", &t);
    return out;
}

struct timestamp timestamp_week(int64_t ms) {
    struct timestamp out;
    struct tm t = utc_parts(ms);
    strftime(out.text, sizeof out.text, "%G-W%V", &t);
    return out;
}

int64_t timestamp_local_midnight(int64_t ms) {
    struct tm t = local_parts(ms);
    t.tm_hour = t.tm_min = t.tm_sec = 0;
    t.tm_isdst = -1;
    return (int64_t)mktime(&t) * MS_SECOND;
}

/* Reads exactly `digits` digits at *at; -1 if they are not there. */
static int read_digits(struct slice text, size_t *at, int digits) {
    int value = 0;
    for (int i = 0; i < digits; i++, (*at)++) {
        if (*at >= text.length || text.data[*at] < '0' || text.data[*at] > '9')
            return -1;
        value = value * 10 + (text.data[*at] - '0');
    }
    return value;
}

static bool read_char(struct slice text, size_t *at, char c) {
    if (*at >= text.length || text.data[*at] != c)
        return false;
    (*at)++;
    return true;
}

static bool read_date(struct slice text, size_t *at, int64_t *ms) {
    static const int lengths[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    int year = read_digits(text, at, 4);
    if (year < 1 || !read_char(text, at, '-'))
        return false;
    int month = read_digits(text, at, 2);
    if (month < 1 || month > 12 || !read_char(text, at, '-'))
        return false;
    int day = read_digits(text, at, 2);
    bool leap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
    if (day < 1 || day > lengths[month - 1] + (month == 2 && leap))
        return false;
    *ms = days_from_civil(year, month, day) * MS_DAY;
    return true;
}

static bool read_clock(struct slice text, size_t *at, int64_t *ms) {
    int hour = read_digits(text, at, 2);
    if (hour < 0 || hour > 23 || !read_char(text, at, ':'))
        return false;
    int minute = read_digits(text, at, 2);
    if (minute < 0 || minute > 59 || !read_char(text, at, ':'))
        return false;
    int second = read_digits(text, at, 2);
    if (second < 0 || second > 60)
        return false;
    *ms += hour * MS_HOUR + minute * MS_MINUTE + second * MS_SECOND;
    if (read_char(text, at, '.')) {
        int64_t scale = 100;
        size_t first = *at;
        for (; *at < text.length && text.data[*at] >= '0' && text.data[*at] <= '9'; (*at)++, scale /= 10)
            *ms += scale * (text.data[*at] - '0');
        if (*at == first)
            return false;
    }
    return true;
}

static bool read_zone(struct slice text, size_t *at, int64_t *ms) {
    if (*at == text.length || read_char(text, at, 'Z'))
        return true;
    int sign = read_char(text, at, '+') ? -1 : read_char(text, at, '-') ? 1 : 0;
    int hour = sign ? read_digits(text, at, 2) : -1;
    if (hour < 0 || hour > 14)
        return false;
    read_char(text, at, ':');
    int minute = read_digits(text, at, 2);
    if (minute < 0 || minute > 59)
        return false;
    *ms += sign * (hour * MS_HOUR + minute * MS_MINUTE);
    return true;
}

bool timestamp_parse(struct slice text, int64_t *ms) {
    size_t at = 0;
    int64_t value = 0;
    if (!read_date(text, &at, &value))
        return false;
    if (at < text.length) {
        if (!read_char(text, &at, 'T') && !read_char(text, &at, ' '))
            return false;
        if (!read_clock(text, &at, &value) || !read_zone(text, &at, &value))
            return false;
    }
    if (at != text.length)
        return false;
    *ms = value;
    return true;
}
