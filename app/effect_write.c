/* Two weeks before and after, in writing; see effect.h. */
#include "app/effect.h"
#include "app/figure_rows.h"
#include "core/base/timestamp.h"
#include "ui/lead/wording.h"

#include "core/base/banned.h"

static void add_versions(struct buffer *out, const struct effect_window *window) {
    buffer_add_char(out, ' ');
    for (size_t i = 0; i < window->version_count; i++) {
        buffer_add_string(out, i ? ", " : "");
        word_cell(out, slice_of(window->versions[i].label));
        buffer_add_format(out, " %zu", window->versions[i].judgments);
    }
    buffer_add_string(out, window->version_count ? " |" : "– |");
}

/* By which versions of the rubric the judgments were made. */
static void write_versions(struct buffer *out, const struct effect_window *before, const struct effect_window *after) {
    if (before->version_count + (after ? after->version_count : 0) == 0)
        return;
    buffer_add_string(out, "| by |");
    add_versions(out, before);
    if (after)
        add_versions(out, after);
    buffer_add_char(out, '\n');
}

void effect_write(struct buffer *out, const struct effect *effect, const char *whose) {
    const struct effect_window *before = &effect->before, *after = effect->after.since ? &effect->after : NULL;
    buffer_add_format(out, "\n## Two weeks before and after\n\n%s: %s to %s", whose, timestamp_day(before->since).text,
                      timestamp_day(before->until).text);
    if (after)
        buffer_add_format(out, ", and %s to %s%s", timestamp_day(after->since).text, timestamp_day(after->until).text,
                          effect->running ? ", which is not over" : "");
    buffer_add_format(
        out, ". A comparison in time: it does not say what moved a figure.\n\n| | before |%s\n| --- | --- |%s\n",
        after ? " after |" : "", after ? " --- |" : "");
    buffer_add_format(out, "| judgments | %zu |", before->judgments);
    if (after)
        buffer_add_format(out, " %zu |", after->judgments);
    buffer_add_char(out, '\n');
    write_versions(out, before, after);
    figure_row(out, "the same choice", &before->percent, after ? &after->percent : NULL, true, "item");
    figure_row(out, "choice, alpha", &before->alpha, after ? &after->alpha : NULL, false, "item");
    if (effect->has_shared) {
        figure_row(out, "shared set: the same choice", &before->shared_percent, after ? &after->shared_percent : NULL,
                   true, "item");
        figure_row(out, "shared set: choice, alpha", &before->shared_alpha, after ? &after->shared_alpha : NULL, false,
                   "item");
    }
    figure_row(out, "gold as the reference", &before->gold, after ? &after->gold : NULL, true, "answer");
    for (size_t k = 0; k < effect->criterion_count; k++)
        figure_row_criterion(out, effect->ids[k], &before->criteria[k], after ? &after->criteria[k] : NULL);
}

static void write_window(struct json *json, const char *key, const struct effect *effect,
                         const struct effect_window *window) {
    json_key(json, key);
    if (!window->since) {
        json_null(json);
        return;
    }
    json_open(json, '{');
    json_key(json, "since");
    json_text(json, timestamp_utc(window->since).text);
    json_key(json, "until");
    json_text(json, timestamp_utc(window->until).text);
    json_key(json, "judgments");
    json_integer(json, (int64_t)window->judgments);
    json_key(json, "by_rubric");
    json_open(json, '{');
    for (size_t i = 0; i < window->version_count; i++) {
        json_key(json, window->versions[i].label);
        json_integer(json, (int64_t)window->versions[i].judgments);
    }
    json_close(json, '}');
    report_json_figure(json, "percent", &window->percent);
    report_json_figure(json, "krippendorff_alpha", &window->alpha);
    json_key(json, "shared_set");
    if (effect->has_shared) {
        json_open(json, '{');
        report_json_figure(json, "percent", &window->shared_percent);
        report_json_figure(json, "krippendorff_alpha", &window->shared_alpha);
        json_close(json, '}');
    } else {
        json_null(json);
    }
    report_json_figure(json, "gold_accuracy", &window->gold);
    json_key(json, "criteria");
    json_open(json, '{');
    for (size_t k = 0; k < effect->criterion_count; k++)
        report_json_figure(json, effect->ids[k], &window->criteria[k]);
    json_close(json, '}');
    json_close(json, '}');
}

void effect_write_json(struct json *json, const struct effect *effect) {
    write_window(json, "before", effect, &effect->before);
    write_window(json, "after", effect, &effect->after);
}
