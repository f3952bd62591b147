/* Judgments by several versions of a rubric, or by an older rule: what a report says before it shows figures of them. */
#include "app/report/text_parts.h"

#include "core/base/banned.h"

static size_t judgments_by(const struct groups *versions, int64_t rubric) {
    for (size_t i = 0; i < versions->count; i++)
        if (versions->groups[i].key == rubric)
            return versions->groups[i].judgments;
    return 0;
}

void text_write_versions(struct buffer *out, const struct report *report, const struct track_report *track) {
    const struct groups *versions = &track->groups[GROUP_RUBRIC];
    const struct rubric_marks *marks = &report->history.rubrics;
    const char *before = " ";
    if (versions->count < 2 && track->mix.older == 0)
        return;
    buffer_add_string(out, "  by");
    for (size_t i = 0; i <= marks->count; i++) { /* behind the last: of none */
        size_t judgments = judgments_by(versions, i < marks->count ? marks->items[i].id : 0);
        if (judgments == 0)
            continue;
        buffer_add_string(out, before);
        print_name(out, i < marks->count ? marks->items[i].label : "no rubric", 0);
        buffer_add_format(out, " %zu", judgments);
        before = ", ";
    }
    buffer_add_string(out, track->mix.older ? ": " : "");
    version_mix_say(&track->mix, out);
    buffer_add_string(out, ".\n  --by rubric splits them");
    buffer_add_string(out, track->mix.older ? ", --in-force counts the others alone.\n" : ".\n");
}
