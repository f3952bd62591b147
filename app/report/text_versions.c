/* Judgments by several versions of a rubric: what a report says before it mixes them. */
#include "app/report/text_parts.h"

#include "core/base/banned.h"

static const struct report_rubric *find_rubric(const struct report *report, int64_t id) {
    for (size_t i = 0; i < report->rubric_count; i++)
        if (report->rubrics[i].id == id)
            return &report->rubrics[i];
    return NULL;
}

/* Whether some version that is newer than the oldest of these changed the meaning. */
static bool meaning_changed(const struct report *report, const struct groups *versions) {
    int64_t oldest = INT64_MAX, newest = 0;
    for (size_t i = 0; i < versions->count; i++) {
        int64_t id = versions->groups[i].key;
        oldest = id > 0 && id < oldest ? id : oldest;
        newest = id > newest ? id : newest;
    }
    for (size_t i = 0; i < report->rubric_count; i++)
        if (report->rubrics[i].semantic && report->rubrics[i].id > oldest && report->rubrics[i].id <= newest)
            return true;
    return false;
}

void text_write_versions(struct buffer *out, const struct report *report, const struct groups *versions) {
    if (versions->count < 2)
        return;
    buffer_add_string(out, "  by");
    for (size_t i = 0; i < versions->count; i++) {
        const struct report_rubric *rubric = find_rubric(report, versions->groups[i].key);
        buffer_add_string(out, i ? ", " : " ");
        if (rubric)
            print_name(out, rubric->name, 0);
        else
            buffer_add_string(out, "no rubric");
        buffer_add_format(out, " %zu", versions->groups[i].judgments);
    }
    buffer_add_string(out, ".\n  ");
    buffer_add_string(out, meaning_changed(report, versions)
                               ? "The rule changed its meaning between them, and figures of the whole mix them"
                               : "Figures of the whole mix these versions");
    buffer_add_string(out, ":\n  --by rubric splits them.\n");
}
