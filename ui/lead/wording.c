#include "ui/lead/wording.h"

#include <math.h>

#include "core/base/array.h"
#include "core/base/timestamp.h"
#include "ui/annotate/answers.h"
#include "ui/annotate/coach.h"
#include "ui/theme.h"

#include "core/base/banned.h"

int percent_of(double share) {
    return (int)floor(share * 100 + 0.5);
}

void word_day(struct buffer *out, int64_t at) {
    static const char *const months[] = {"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                         "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
    struct timestamp day = timestamp_local_day(at); /* 2026-11-24 */
    int month = (day.text[5] - '0') * 10 + day.text[6] - '0', number = (day.text[8] - '0') * 10 + day.text[9] - '0';
    buffer_add_format(out, "%s %d", months[month >= 1 && month <= 12 ? month - 1 : 0], number);
}

void word_seen(struct buffer *out, int64_t at, int64_t now) {
    int64_t midnight = timestamp_local_midnight(now);
    if (at == 0)
        buffer_add_string(out, "never");
    else if (at >= midnight)
        buffer_add_string(out, "today");
    else
        buffer_add_format(out, "%lld day%s", (long long)((midnight - at + MS_DAY - 1) / MS_DAY),
                          midnight - at <= MS_DAY ? "" : "s");
}

/* With its year when that is another one. */
static void far_day(struct buffer *out, int64_t at, int64_t now) {
    struct timestamp day = timestamp_local_day(at), today = timestamp_local_day(now);
    word_day(out, at);
    if (memcmp(day.text, today.text, 4) != 0)
        buffer_add_format(out, " %.4s", day.text);
}

void word_until(struct buffer *out, const struct pace_until *until, int64_t now) {
    int64_t first = pace_date(now, until->least), last = pace_date(now, until->longest);
    if (until->early) {
        buffer_add_string(out, "too early");
    } else if (!pace_date(now, until->days)) {
        buffer_add_string(out, "not at this pace");
    } else if (!last) {
        buffer_add_string(out, "from ");
        far_day(out, first, now);
        buffer_add_string(out, " on");
    } else {
        far_day(out, first, now);
        buffer_add_string(out, "–");
        far_day(out, last, now);
    }
}

void word_of(struct buffer *out, size_t right, size_t n) {
    if (n == 0)
        buffer_add_string(out, "–");
    else
        buffer_add_format(out, "%zu of %zu", right, n);
}

void word_interval(struct buffer *out, const struct figure *figure) {
    if (figure->undefined || figure->n < PERSON_ROW_FROM)
        buffer_add_string(out, "too early");
    else
        buffer_add_format(out, "[%d–%d]", percent_of(figure->low), percent_of(figure->high));
}

const char *word_state(const struct annotator *annotator, int *ink) {
    const struct person_drift *drift = &annotator->own.drift;
    *ink = INK_DIM;
    if (!drift->designed)
        return "no detector";
    if (drift->state == DRIFT_BELOW) {
        *ink = INK_WARNING;
        return drift->kind == PERSON_DRIFT_CHANGED ? "changed, below" : "below the bar";
    }
    if (drift->word == DRIFT_TOO_EARLY)
        return "too early";
    if (drift->state == DRIFT_WATCH) {
        *ink = INK_WARNING;
        return "watch";
    }
    *ink = INK_NORMAL;
    return "steady";
}

void word_flags(struct buffer *out, const struct annotator *annotator) {
    bool any = false;
    for (int flag = 0; flag < ANNOTATOR_FLAGS; flag++)
        if (annotator->flags & 1u << flag) {
            buffer_add_format(out, "%s%s", any ? ", " : "", annotator_flag_name((enum annotator_flag)flag));
            any = true;
        }
}

void word_answer(struct buffer *out, const struct rubric *rubric, const char *shown, int prefer, const char *ranking,
                 int strength) {
    answer_say(out, rubric, shown, prefer, ranking, strength);
}

const char *stored_order(void) {
    return "abcdefghijklmnopqrstuvwxyz";
}

void word_key(struct buffer *out, const struct rubric *rubric, const char *shown, const struct gold_key *key) {
    coach_reference(key, rubric, shown, out);
}

void word_cell(struct buffer *out, struct slice text) {
    for (size_t i = 0; i < text.length; i++) {
        char c = text.data[i];
        if (c == '\n' || c == '\r' || c == '\t')
            buffer_add_char(out, ' ');
        else if (strchr("\\|*_`<>[]&~#", c) && c)
            buffer_add_format(out, "\\%c", c);
        else
            buffer_add_char(out, c);
    }
}
