#include "core/report/track.h"

#include "core/base/memory.h"

#include "core/base/banned.h"

static void find_detector(struct track_report *out, const struct track_settings *settings) {
    struct track_detector *detector = &out->detector;
    if (!drift_design_init(&detector->design, settings->in_control, settings->out_of_control,
                           settings->false_alarm_every))
        return;
    detector->designed = true;
    detector->gold_rate = (settings->gold_low + settings->gold_high) / 2;
    detector->delay_in_judgments = drift_delay_in_judgments(&detector->design, detector->gold_rate);
    for (size_t i = 0; i < out->annotators.count; i++)
        detector->golds += out->annotators.people[i].own.gold.n;
    detector->false_alarms = drift_false_alarms(&detector->design, (double)detector->golds);
}

void track_report_init(struct track_report *out, const struct track_input *input) {
    struct counted counted;
    *out = (struct track_report){.track = input->track, .criterion_count = input->criterion_count};
    counted_init(&counted, input->history, input->track, input->prompt_of, input->prompt_count);
    out->judgments = counted.team_rows;
    out->outside = counted.outside_rows;
    for (size_t i = 0; i < counted.row_count; i++)
        out->held += counted.rows[i].team && counted_at(&counted, i)->held;
    team_agreement_init(&out->agreement, &counted, &input->scale, input->seed);
    out->criteria = memory_new(input->criterion_count, sizeof *out->criteria);
    criteria_agreement(out->criteria, input->criteria, input->criterion_count, &counted, input->seed);
    for (int by = 0; by < GROUP_WAYS; by++)
        if (by != GROUP_DAY || input->by_day)
            groups_init(&out->groups[by], (enum group_by)by, &counted, &input->scale, input->seed);
    annotators_init(&out->annotators, &counted, input->settings, input->rules, input->rule_count, &out->agreement,
                    input->seed);
    find_detector(out, input->settings);
    counted_release(&counted);
}

void track_report_release(struct track_report *report) {
    team_agreement_release(&report->agreement);
    memory_free(report->criteria);
    for (int by = 0; by < GROUP_WAYS; by++)
        groups_release(&report->groups[by]);
    annotators_release(&report->annotators);
    *report = (struct track_report){0};
}
