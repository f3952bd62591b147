/* See pace.h. */
#include "core/report/pace.h"

#include <math.h>

#include "core/base/timestamp.h"

#include "core/base/banned.h"

#define Z_95     1.959963984540054
#define FARTHEST (100 * 365.0)

void pace_days_init(struct pace_days *out, int64_t now) {
    out->start[PACE_WINDOW] = timestamp_local_midnight(now);
    for (int day = PACE_WINDOW; day-- > 0;) /* noon is far enough from every change of the clock */
        out->start[day] = timestamp_local_midnight(out->start[day + 1] - 12 * MS_HOUR);
}

void pace_add(struct pace *pace, const struct pace_days *days, int64_t at) {
    int day = PACE_WINDOW;
    if (at >= days->start[PACE_WINDOW])
        return;
    while (day > 0 && at < days->start[day])
        day--;
    if (at < days->start[0])
        pace->before = true;
    else
        pace->counts[day]++;
}

struct pace_figures pace_figures(const struct pace *pace) {
    struct pace_figures out = {0};
    double squares = 0;
    for (int day = 0; day < PACE_WINDOW; day++) {
        out.days += pace->before || out.days > 0 || pace->counts[day] > 0;
        out.active += pace->counts[day] > 0;
        out.total += pace->counts[day];
        squares += (double)pace->counts[day] * pace->counts[day];
    }
    if (out.days == 0)
        return out;
    out.a_day = (double)out.total / out.days;
    double variance = out.days > 1 ? (squares - out.total * out.a_day) / (out.days - 1) : 0;
    out.spread = sqrt(fmax(variance, out.a_day));
    return out;
}

/* The 97.5 % point of Student's t (Abramowitz and Stegun 26.7.5); within 0.3 % from 4 degrees on. */
static double student(int degrees) {
    double z = Z_95, z2 = z * z, n = degrees;
    double first = (z2 + 1) * z / 4, second = ((5 * z2 + 16) * z2 + 3) * z / 96;
    double third = (((3 * z2 + 19) * z2 + 17) * z2 - 15) * z / 384;
    return z + first / n + second / (n * n) + third / (n * n * n);
}

struct pace_until pace_until(const struct pace *pace, double left) {
    struct pace_figures now = pace_figures(pace);
    struct pace_until out = {.days = 0, .early = now.days < PACE_DAYS || (now.total && now.active < PACE_ACTIVE)};
    if (left <= 0)
        return (struct pace_until){0};
    out.days = now.total ? left / now.a_day : INFINITY;
    out.longest = INFINITY;
    if (out.early || now.total == 0)
        return out;
    /* a D^2 - b D + left^2 = 0 has the two ends as its roots; with a <= 0 there is no later one */
    double reach = student(now.days - 1) * now.spread, reach2 = reach * reach;
    double a = now.a_day * now.a_day - reach2 / now.days, b = 2 * now.a_day * left + reach2;
    double sum = b + sqrt(fmax(b * b - 4 * a * left * left, 0));
    out.least = 2 * left * left / sum;
    if (a > 0)
        out.longest = sum / (2 * a);
    return out;
}

int64_t pace_date(int64_t now, double days) {
    return days < FARTHEST ? now + (int64_t)(days * (double)MS_DAY) : 0;
}
