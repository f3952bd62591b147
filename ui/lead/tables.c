/* The tables behind the charts, as Markdown pages; see charts.h. */
#include "ui/lead/charts.h"

#include <math.h>

#include "core/base/timestamp.h"
#include "core/quality/proportion.h"
#include "ui/lead/wording.h"

#include "core/base/banned.h"

void charts_add_mix(struct buffer *page, const char *what, const struct version_mix *mix) {
    if (mix->older == 0)
        return;
    buffer_add_format(page, "%s: ", what);
    version_mix_say(mix, page);
    buffer_add_string(page, ".\n\n");
}

static void show(struct frame *frame, const char *title, struct buffer *page) {
    frame_read(frame, title, buffer_slice(page));
    buffer_release(page);
}

void charts_gold_table(const struct office *office, const struct office_person *who, struct frame *frame) {
    const struct person_gold *gold = &who->annotator->own.gold;
    struct buffer page = BUFFER_INIT;
    buffer_add_string(&page, "# Gold of ");
    word_cell(&page, slice_of(office_person_name(office, who->annotator->person)));
    buffer_add_format(&page,
                      " in blocks of %d\n\nEach gold answer of handed-in work, in order, against the keys in force. "
                      "*likely* is the Wilson 95 %% interval.\n\n",
                      CHART_BLOCK);
    charts_add_mix(&page, "Gold answers", &gold->mix);
    buffer_add_string(&page, "| block | from | to | right | share | likely | other side | strength |\n"
                             "| --: | --- | --- | --: | --: | --- | --: | --: |\n");
    for (size_t from = 0; from < gold->n; from += CHART_BLOCK) {
        size_t n = gold->n - from < CHART_BLOCK ? gold->n - from : CHART_BLOCK, right = 0, side = 0;
        for (size_t i = from; i < from + n; i++) {
            right += gold->outcomes[i].verdict == VERDICT_RIGHT;
            side += gold->outcomes[i].verdict == VERDICT_WRONG_SIDE;
        }
        struct figure share = proportion_wilson(right, n);
        buffer_add_format(&page, "| %zu | ", from / CHART_BLOCK + 1);
        word_day(&page, gold->outcomes[from].at);
        buffer_add_string(&page, " | ");
        word_day(&page, gold->outcomes[from + n - 1].at);
        buffer_add_format(&page, " | %zu of %zu | ", right, n);
        if (n >= CHART_BLOCK_LEAST)
            buffer_add_format(&page, "%d %% | %d–%d %%", percent_of(share.value), percent_of(share.low),
                              percent_of(share.high));
        else
            buffer_add_string(&page, "too early | ");
        buffer_add_format(&page, " | %zu | %zu |\n", side, n - right - side);
    }
    if (gold->n == 0)
        buffer_add_string(&page, "\nNo gold has been answered yet.\n");
    show(frame, "gold", &page);
}

void charts_detector_table(const struct office *office, const struct office_person *who, struct frame *frame) {
    const struct person_drift *drift = &who->annotator->own.drift;
    const struct drift_design *design = &drift->design;
    struct buffer page = BUFFER_INIT;
    buffer_add_string(&page, "# Detector of ");
    word_cell(&page, slice_of(office_person_name(office, who->annotator->person)));
    buffer_add_string(&page, "\n\n");
    if (!drift->designed) {
        buffer_add_string(&page, "These settings give no detector.\n");
        show(frame, "detector", &page);
        return;
    }
    buffer_add_format(
        &page,
        "A missed gold adds %d, a right one takes %d off, never below 0; at %d it fires and begins again at "
        "0. For somebody who is always right in %d of 100 it fires once in %.0f golds; a fall to %d of 100 "
        "is noticed after %.0f golds on average.\n\nNow at **%d**.\n\n",
        design->up, design->down, design->limit, percent_of(design->in_control), design->run_length,
        percent_of(design->out_of_control), design->delay, drift->statistic);
    charts_add_mix(&page, "Gold answers", &who->annotator->own.gold.mix);
    buffer_add_string(&page, "| batch | handed in | highest | |\n| --: | --- | --: | --- |\n");
    for (size_t i = drift->column_count; i-- > 0;) {
        buffer_add_format(&page, "| %d | ", drift->columns[i].batch_number);
        word_day(&page, drift->columns[i].handed_in);
        buffer_add_format(&page, " | %d | %s |\n", drift->columns[i].most, drift->columns[i].alarm ? "fired" : "");
    }
    if (drift->alarm_count)
        buffer_add_string(
            &page, "\n| fired | since | before | since then | held | |\n| --- | --- | --: | --: | --: | --- |\n");
    for (size_t i = 0; i < drift->alarm_count; i++) {
        const struct person_alarm *alarm = &drift->alarms[i];
        buffer_add_string(&page, "| ");
        word_day(&page, alarm->at);
        buffer_add_string(&page, " | ");
        word_day(&page, alarm->onset_at);
        buffer_add_format(&page, " | %zu of %zu | %zu of %zu | %zu | %s%s |\n", alarm->change.before_right,
                          alarm->change.before_n, alarm->change.since_right, alarm->change.since_n, alarm->held,
                          alarm->open ? "open, " : "decided, ",
                          alarm->kind == PERSON_DRIFT_CHANGED ? "changed" : "below the bar");
    }
    show(frame, "detector", &page);
}

static void figure_cell(struct buffer *page, const struct figure *figure) {
    if (figure->undefined)
        buffer_add_string(page, "n/a");
    else if (figure_has_interval(figure))
        buffer_add_format(page, "%d %% (%d–%d)", percent_of(figure->value), percent_of(figure->low),
                          percent_of(figure->high));
    else
        buffer_add_format(page, "%d %%", percent_of(figure->value));
}

void charts_weeks_table(const struct office *office, const struct office_track *track, struct frame *frame) {
    const struct groups *weeks = &track->report.groups[GROUP_WEEK];
    struct buffer page = BUFFER_INIT;
    (void)office;
    buffer_add_string(&page, "# Agreement by week: ");
    word_cell(&page, slice_of(track->settings->name));
    buffer_add_string(
        &page, "\n\nOf two people on the same item in the same week, how many choose the same side (tie and none are "
               "sides too). Gold is the team's.\n\n");
    charts_add_mix(&page, "Judgments", &track->report.mix);
    buffer_add_string(&page, "| week | judgments | items | same side | α | items with two | gold |\n"
                             "| --- | --: | --: | --- | --: | --: | --: |\n");
    for (size_t i = 0; i < weeks->count; i++) {
        const struct group *week = &weeks->groups[i];
        buffer_add_format(&page, "| %s | %zu | %zu | ", week->label, week->judgments, week->items);
        figure_cell(&page, &week->lines.percent);
        if (week->lines.alpha.undefined)
            buffer_add_string(&page, " | n/a");
        else
            buffer_add_format(&page, " | %.2f", week->lines.alpha.value);
        buffer_add_format(&page, " | %zu | ", week->lines.percent.n);
        word_of(&page, week->gold_right, week->gold_n);
        buffer_add_string(&page, " |\n");
    }
    show(frame, "agreement by week", &page);
}
