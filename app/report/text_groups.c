/* The report in words: a track split one way. The table of gold and alpha, and, where the split is all that was asked for, the other figures of agreement. */
#include <stdio.h>

#include "app/report/text_parts.h"

#include "core/base/banned.h"

enum { NAME = 15, FIGURE = 7, CRITERION = 10, CRITERIA_SHOWN = 6 };

static void write_name(struct buffer *out, const struct report *report, const struct groups *groups, size_t i) {
    buffer_add_string(out, "  ");
    print_name(out, report_group_name(report, groups->by, &groups->groups[i]), NAME);
}

static void write_lines(struct buffer *out, const struct report *report, const struct groups *groups) {
    bool few = false;
    buffer_add_format(out, "\nAgreement          direction%26s strength\n  %-*s", "", NAME, "");
    static const char *const heads[] = {"same %", "all %", "untied", "kappa", "AC1", "alpha", "AC2", "interval"};
    for (size_t i = 0; i < sizeof heads / sizeof *heads; i++)
        buffer_add_format(out, "%*s", FIGURE + 2 * (i == 7), heads[i]);
    buffer_add_char(out, '\n');
    for (size_t i = 0; i < groups->count; i++) {
        const struct agreement_lines *lines = &groups->groups[i].lines;
        write_name(out, report, groups, i);
        text_value(out, &lines->percent, TEXT_SHARE, FIGURE);
        text_value(out, &lines->unanimous, TEXT_SHARE, FIGURE);
        text_value(out, &lines->untied, TEXT_SHARE, FIGURE);
        text_value(out, &lines->fleiss, TEXT_COEFFICIENT, FIGURE);
        text_value(out, &lines->ac1, TEXT_COEFFICIENT, FIGURE);
        text_value(out, &lines->strength_alpha, TEXT_COEFFICIENT, FIGURE);
        text_value(out, &lines->strength_ac2, TEXT_COEFFICIENT, FIGURE);
        text_value(out, &lines->strength_interval, TEXT_COEFFICIENT, FIGURE + 2);
        buffer_add_char(out, '\n');
        few = few || lines->percent.n < TEAM_GROUP_UNITS;
    }
    if (few)
        buffer_add_format(out, "  (corrected for chance from %d items with two judgments on)\n", TEAM_GROUP_UNITS);
}

static void write_criteria(struct buffer *out, const struct report *report, const struct track_report *track,
                           const struct groups *groups) {
    size_t shown = track->criterion_count < CRITERIA_SHOWN ? track->criterion_count : CRITERIA_SHOWN;
    if (shown == 0)
        return;
    buffer_add_format(out, "\nCriteria, alpha%s\n  %-*s",
                      shown < track->criterion_count ? " (--json has the others)" : "", NAME, "");
    for (size_t k = 0; k < shown; k++) {
        buffer_add_char(out, ' ');
        print_name(out, track->criteria[k].id, CRITERION - 1);
    }
    buffer_add_char(out, '\n');
    for (size_t i = 0; i < groups->count; i++) {
        write_name(out, report, groups, i);
        for (size_t k = 0; k < shown; k++) {
            buffer_add_char(out, ' ');
            text_value(out, &groups->groups[i].criteria[k].alpha, TEXT_COEFFICIENT, 5);
            text_spaces(out, CRITERION - 6);
        }
        buffer_add_char(out, '\n');
    }
}

static void write_orders(struct buffer *out, const struct report *report, const struct groups *groups) {
    buffer_add_format(out, "\nOrders\n  %-*s   tau-b      W  items\n", NAME, "");
    for (size_t i = 0; i < groups->count; i++) {
        const struct track_rankings *rankings = &groups->groups[i].rankings;
        write_name(out, report, groups, i);
        buffer_add_char(out, ' ');
        text_value(out, &rankings->tau, TEXT_COEFFICIENT, FIGURE);
        text_value(out, &rankings->concordance, TEXT_COEFFICIENT, FIGURE);
        buffer_add_format(out, "%7zu\n", rankings->tau.n);
    }
}

void text_write_groups(struct buffer *out, const struct report *report, const struct track_report *track,
                       const struct groups *groups) {
    bool time = groups->by == GROUP_WEEK || groups->by == GROUP_DAY;
    buffer_add_format(out, "\nBy %s%s\n  %-15s  judged  %-20s%5s %-22s%5s\n", group_by_name(groups->by),
                      time ? "" : ", worst first", "", "right on gold", "n", "  alpha", "n");
    for (size_t i = 0; i < groups->count; i++) {
        const struct group *group = &groups->groups[i];
        const struct agreement_lines *lines = &group->lines;
        write_name(out, report, groups, i);
        buffer_add_format(out, "%8zu  ", group->judgments);
        text_cell(out, &group->gold_accuracy, TEXT_SHARE);
        buffer_add_format(out, "%5zu ", group->gold_n);
        if (lines->alpha.undefined && !lines->percent.undefined)
            buffer_add_format(out, "%5.1f %% same answer   ", 100 * lines->percent.value);
        else
            text_cell(out, &lines->alpha, TEXT_COEFFICIENT);
        buffer_add_format(out, "%5zu\n", lines->percent.n);
    }
    if (report->part != REPORT_PART_GROUPS || groups->count == 0)
        return;
    write_lines(out, report, groups);
    write_criteria(out, report, track, groups);
    if (track->rankings.judgments > 0)
        write_orders(out, report, groups);
}
