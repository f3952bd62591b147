/* Labels, models and the pooled detector of a track, in words. */
#include <stdio.h>

#include "app/report/text_parts.h"
#include "core/base/timestamp.h"

#include "core/base/banned.h"

enum { CHART_DAYS = 30 };

static const char *const blocks[] = {"▁", "▂", "▃", "▄", "▅", "▆", "▇", "█"};

/* One cell a day, 0 to the limit; `!` where an alarm fired. */
static void write_chart(struct buffer *out, const struct pooled_watch *pool, int limit) {
    size_t from = pool->column_count > CHART_DAYS ? pool->column_count - CHART_DAYS : 0;
    for (size_t i = from; i < pool->column_count; i++) {
        int level = pool->columns[i].most * 8 / (limit > 0 ? limit : 1);
        buffer_add_string(out, pool->columns[i].alarm ? "!" : blocks[level > 7 ? 7 : level]);
    }
}

void text_write_pooled(struct buffer *out, const struct report *report, const struct track_report *track) {
    const struct track_watch *watch = &track->watch;
    if (watch->pooled_count == 0)
        return;
    buffer_add_format(out, "\nThe whole team against the bar (C of %d now, one column a day)\n",
                      track->detector.design.limit);
    for (size_t i = 0; i < watch->pooled_count; i++) {
        const struct pooled_watch *pool = &watch->pooled[i];
        buffer_add_string(out, "  ");
        const char *name = pool->category < 0 ? "all" : report->history.categories[pool->category];
        print_name(out, name[0] ? name : "(none)", 15);
        buffer_add_format(out, "%4d%7zu gold  ", pool->statistic, pool->n);
        if (pool->alarms > 0)
            buffer_add_format(out, "%zu alarm%s, %.1f by chance  ", pool->alarms, pool->alarms > 1 ? "s" : "",
                              pool->false_alarms);
        else
            write_chart(out, pool, track->detector.design.limit);
        if (pool->alarms > 0)
            buffer_add_format(out, "last %s", timestamp_day(pool->last_alarm).text);
        buffer_add_char(out, '\n');
    }
}

void text_write_models(struct buffer *out, const struct report *report, const struct track_models *models) {
    if (models->count == 0)
        return;
    buffer_add_string(out, "\nModels (log strength, Bradley–Terry with ties)     won  tied  lost\n");
    for (size_t i = 0; i < models->count; i++) {
        const struct model_strength *one = &models->models[i];
        if (models->components > 1 && (i == 0 || one->component != models->models[i - 1].component))
            buffer_add_string(out, "  –\n");
        buffer_add_string(out, "  ");
        print_name(out, report->models.names[one->model], 24);
        if (one->strength.undefined)
            buffer_add_format(out, "%-22s", "   n/a");
        else
            buffer_add_format(out, "%6.2f  %5.2f to %5.2f ", one->strength.value, one->strength.low,
                              one->strength.high);
        buffer_add_format(out, "%7zu%6zu%6zu\n", one->wins, one->ties, one->losses);
    }
    if (models->components > 1)
        buffer_add_string(out, "  (" MODELS_APART ")\n");
}

void text_write_labels(struct buffer *out, const struct track_labels *labels) {
    if (labels->items == 0)
        return;
    static const char *const by[LABEL_METHODS] = {"everybody's competence (Dawid–Skene)",
                                                  "everybody's competence (one-coin)", "majority"};
    buffer_add_format(out, "\nLabels by %s: %zu item%s, %zu undecided%s\n", by[labels->method], labels->items,
                      labels->items == 1 ? "" : "s", labels->undecided,
                      labels->converged ? "" : "; the fit did not settle");
}
