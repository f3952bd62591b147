#include "ui/annotate/phrases.h"

#include "core/base/timestamp.h"

#include "core/base/banned.h"

void phrase_duration(struct buffer *out, int64_t ms) {
    int64_t minutes = ms / MS_MINUTE;
    if (minutes >= 60)
        buffer_add_format(out, "%lld h %02lld", (long long)(minutes / 60), (long long)(minutes % 60));
    else if (minutes >= 1)
        buffer_add_format(out, "%lld min", (long long)minutes);
    else
        buffer_add_format(out, "%lld s", (long long)(ms > 0 ? ms / MS_SECOND : 0));
}

void phrase_moment(struct buffer *out, int64_t at, int64_t now) {
    int64_t midnight = timestamp_local_midnight(now);
    struct timestamp time = timestamp_local_time(at);
    if (at >= midnight)
        buffer_add_format(out, "today %s", time.text);
    else if (at >= timestamp_local_midnight(midnight - 1))
        buffer_add_format(out, "yesterday %s", time.text);
    else
        buffer_add_format(out, "%s %s", timestamp_local_day(at).text, time.text);
}

void phrase_count(struct buffer *out, int64_t number, const char *word) {
    buffer_add_format(out, "%lld %s%s", (long long)number, word, number == 1 ? "" : "s");
}

void phrase_batch(struct buffer *out, const struct batch *batch) {
    if (!batch->session)
        buffer_add_string(out, batch_name(batch->purpose, batch->number).text);
    else
        buffer_add_format(out, "%s" SLICE_FORMAT,
                          batch->session_kind == KIND_CALIBRATION ? "calibration "
                          : batch->session_kind == KIND_REVOTE    ? "second vote of "
                                                                  : "reference of ",
                          SLICE_ARGS(batch->session_name));
}
