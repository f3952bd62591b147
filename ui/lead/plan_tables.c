/* What is left and until when, as Markdown pages: hidden gold, and the whole work; see charts.h. */
#include <math.h>

#include "ui/lead/charts.h"
#include "ui/lead/wording.h"

#include "core/base/banned.h"

void forecast_table(const struct office *office, const char *track, struct frame *frame) {
    struct buffer page = BUFFER_INIT;
    buffer_add_string(&page, "# When hidden gold runs out: ");
    word_cell(&page, slice_of(track));
    buffer_add_format(&page,
                      "\n\nHidden gold that each person has not met, and how long it lasts at the pace of the last %d "
                      "days before today, or since the first one. `assay gold STORE add FILE` adds some.\n\n"
                      "| person | not met | answered | lasts | likely |\n| --- | --: | --: | --: | --- |\n",
                      PACE_WINDOW);
    for (size_t i = 0; i < office->unseen_count; i++) {
        const struct pool_forecast *forecast = &office->forecasts[i];
        const struct unseen_gold *gold = &office->unseen[forecast->line];
        struct pace_figures pace = pace_figures(&forecast->pace);
        double days = ceil(forecast->until.days);
        if (!slice_is(gold->track_name, track))
            continue;
        buffer_add_string(&page, "| ");
        word_cell(&page, gold->person_name);
        buffer_add_format(&page, " | %zu | %d in %d days | ", forecast->unseen, pace.total, pace.days);
        if (forecast->unseen == 0)
            buffer_add_string(&page, "used up | ");
        else if (isinf(days))
            buffer_add_string(&page, "no work | ");
        else
            buffer_add_format(&page, "%.0f day%s | ", days, days == 1 ? "" : "s");
        if (forecast->unseen > 0 && !isinf(days))
            word_until(&page, &forecast->until, office_now(office));
        buffer_add_string(&page, " |\n");
    }
    frame_read(frame, "gold left", buffer_slice(&page));
    buffer_release(&page);
}

static void plan_row(const struct plan_line *line, int64_t now, struct buffer *page) {
    char basis[64];
    plan_basis(line, basis, sizeof basis);
    buffer_add_format(page, " | %lld | %lld | %s | ", (long long)line->done, (long long)line->left, basis);
    if (line->left == 0)
        buffer_add_string(page, line->closed ? "closed" : "done");
    else
        word_until(page, &line->until, now);
    buffer_add_string(page, " |\n");
}

void plan_table(const struct office *office, struct frame *frame) {
    const struct history *history = &office->history;
    const struct plan *plan = &office->plan;
    struct buffer page = BUFFER_INIT;
    buffer_add_format(&page,
                      "# Plan\n\nProduction judgments: handed in, and wanted. The pace is that of the last %d days "
                      "before today, or since the first one, days off included; *done by* is its 95 %% range.\n\n"
                      "| track, category | done | left | pace | done by |\n| --- | --: | --: | --- | --- |\n",
                      PACE_WINDOW);
    for (size_t i = 0; i < plan->work_count; i++) {
        const struct plan_line *line = &plan->work[i];
        buffer_add_string(&page, line->category < 0 ? "| **" : "| · ");
        word_cell(&page, slice_of(line->category < 0 ? history->tracks[line->track]
                                  : line->category   ? history->categories[line->category]
                                                     : "(none)"));
        buffer_add_string(&page, line->category < 0 ? "**" : "");
        plan_row(line, office_now(office), &page);
    }
    buffer_add_string(&page, "\n## People\n\n*Open* to a person is what they may be given, and others too; *alone by*: "
                             "if nobody else took any of it.\n\n"
                             "| person | track | done | open | pace | alone by |\n| --- | --- | --: | --: | --- | --- "
                             "|\n");
    for (size_t i = 0; i < plan->people_count; i++) {
        const struct plan_line *line = &plan->people[i];
        buffer_add_string(&page, "| ");
        word_cell(&page, slice_of(history->people[line->person]));
        buffer_add_string(&page, " | ");
        word_cell(&page, slice_of(history->tracks[line->track]));
        plan_row(line, office_now(office), &page);
    }
    frame_read(frame, "plan", buffer_slice(&page));
    buffer_release(&page);
}
