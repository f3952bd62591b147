#include "core/report/track.h"

#include "core/base/memory.h"
#include "core/base/timestamp.h"

#include "core/base/banned.h"

static void find_detector(struct track_report *out, const struct track_settings *settings) {
    struct track_detector *detector = &out->detector;
    if (!drift_design_init(&detector->design, settings->in_control, settings->out_of_control,
                           settings->false_alarm_every))
        return;
    detector->designed = true;
    detector->gold_rate = (settings->gold_low + settings->gold_high) / 2;
    detector->delay_in_judgments = drift_delay_in_judgments(&detector->design, detector->gold_rate);
}

static void count_days(struct track_detector *detector, const struct counted *counted) {
    size_t days = 0, n = 0;
    for (size_t i = 0; i < counted->row_count; i++) {
        if (!counted->rows[i].team)
            continue;
        bool same = n > 0 && counted->rows[i - 1].person == counted->rows[i].person &&
                    counted_at(counted, i - 1)->at / MS_DAY == counted_at(counted, i)->at / MS_DAY;
        days += !same;
        n++;
    }
    detector->judgments_a_day = days ? (double)n / (double)days : 0;
}

static void count_golds(struct track_report *out) {
    struct track_detector *detector = &out->detector;
    for (size_t i = 0; detector->designed && i < out->annotators.count; i++)
        detector->golds += out->annotators.people[i].own.gold.n;
    if (detector->designed)
        detector->false_alarms = drift_false_alarms(&detector->design, (double)detector->golds);
}

static void find_people(struct track_report *out, const struct counted *counted, const struct track_input *input) {
    const struct customs_input customs = {
        .reasons = input->reasons,
        .skips = input->skips,
        .skip_count = input->skip_count,
        .window = input->window,
        .criteria = input->criteria,
        .criterion_count = input->criterion_count,
    };
    const struct annotator_input people = {
        .settings = input->settings,
        .rules = input->rules,
        .rule_count = input->rule_count,
        .seed = input->seed,
        .agreement = &out->agreement,
        .labels = &out->labels,
        .watch = &out->watch,
        .customs = &customs,
    };
    annotators_init(&out->annotators, counted, &people);
}

static void find_agreement(struct track_report *out, const struct counted *counted, const struct track_input *input) {
    struct team_lines lines;
    team_lines_init(&lines, counted, &input->scale);
    const struct groups_input groups = {&lines, input->criteria, input->criterion_count, input->seed};
    team_agreement_init(&out->agreement, &lines, input->seed);
    out->criteria = memory_new(input->criterion_count, sizeof *out->criteria);
    criteria_agreement(out->criteria, input->criteria, input->criterion_count, counted, NULL, input->seed);
    track_rankings_find(&out->rankings, counted, NULL, input->seed);
    for (int by = 0; by < GROUP_WAYS; by++)
        if (by != GROUP_DAY || input->by_day)
            groups_init(&out->groups[by], (enum group_by)by, &groups);
    team_lines_release(&lines);
}

void track_report_init(struct track_report *out, const struct track_input *input) {
    struct counted counted;
    *out = (struct track_report){.track = input->track, .criterion_count = input->criterion_count};
    counted_init(&counted, input->history, input->track, input->prompt_of, input->prompt_count);
    out->judgments = counted.team_rows;
    out->outside = counted.outside_rows;
    for (size_t i = 0; i < counted.row_count; i++) {
        if (!counted.rows[i].team)
            continue;
        out->held += counted_at(&counted, i)->held;
        version_mix_row(&out->mix, input->history, counted_at(&counted, i));
    }
    find_agreement(out, &counted, input);
    find_detector(out, input->settings);
    track_labels_init(&out->labels, &counted, &input->scale, input->aggregate, false);
    track_models_init(&out->models, &counted, &input->models);
    track_watch_init(&out->watch, &counted, out->detector.designed ? &out->detector.design : NULL);
    find_people(out, &counted, input);
    count_golds(out);
    count_days(&out->detector, &counted);
    counted_release(&counted);
}

void track_report_release(struct track_report *report) {
    team_agreement_release(&report->agreement);
    memory_free(report->criteria);
    for (int by = 0; by < GROUP_WAYS; by++)
        groups_release(&report->groups[by]);
    annotators_release(&report->annotators);
    track_labels_release(&report->labels);
    track_models_release(&report->models);
    track_watch_release(&report->watch);
    *report = (struct track_report){0};
}
