/* The report as JSON: what is told of the campaign and of each track. One person is json_annotator.c. */
#include "app/report/json_parts.h"

#include <math.h>

#include "core/base/timestamp.h"

#include "core/base/banned.h"

void report_json_figure(struct json *json, const char *key, const struct figure *figure) {
    if (key)
        json_key(json, key);
    json_open(json, '{');
    json_key(json, "value");
    if (figure->undefined) {
        json_null(json);
        json_key(json, "undefined");
        json_text(json, figure->undefined);
    } else {
        json_number(json, figure->value);
        json_key(json, "ci95");
        if (figure_has_interval(figure)) {
            json_open(json, '[');
            json_number(json, figure->low);
            json_number(json, figure->high);
            json_close(json, ']');
        } else {
            json_null(json);
        }
    }
    json_key(json, "n");
    json_integer(json, (int64_t)figure->n);
    json_close(json, '}');
}

const char *report_group_name(const struct report *report, enum group_by by, const struct group *group) {
    const char *name = group->label;
    if (by == GROUP_CATEGORY)
        name = report->history.categories[group->key];
    else if (by == GROUP_LANGUAGE)
        name = report->history.languages[group->key];
    else if (by == GROUP_RUBRIC && rubric_marks_find(&report->history.rubrics, group->key))
        name = rubric_marks_find(&report->history.rubrics, group->key)->label;
    return name[0] ? name : "(none)";
}

static void write_pairs(struct json *json, const struct report *report, const struct team_agreement *agreement) {
    json_key(json, "pairs");
    json_open(json, '[');
    for (size_t i = 0; i < agreement->pair_count; i++) {
        const struct team_pair *pair = &agreement->pairs[i];
        if (!report_shows(report, pair->a) && !report_shows(report, pair->b))
            continue;
        json_open(json, '{');
        json_key(json, "a");
        json_text(json, report->history.people[pair->a]);
        json_key(json, "b");
        json_text(json, report->history.people[pair->b]);
        report_json_figure(json, "cohen_kappa", &pair->kappa);
        report_json_figure(json, "percent", &pair->percent);
        report_json_figure(json, "strength_kappa_linear", &pair->linear);
        report_json_figure(json, "strength_kappa_quadratic", &pair->quadratic);
        json_close(json, '}');
    }
    json_close(json, ']');
}

/* The members that the whole track and each of its groups have: direction, untied, strength, ranking, criteria. */
static void write_lines(struct json *json, const struct agreement_lines *lines, const struct track_rankings *rankings,
                        const struct criterion_agreement *criteria, size_t criterion_count) {
    json_member(json, "direction");
    report_json_figure(json, "percent", &lines->percent);
    report_json_figure(json, "pairwise_percent", &lines->pairwise); /* every pair of the same weight */
    report_json_figure(json, "krippendorff_alpha", &lines->alpha);
    report_json_figure(json, "fleiss_kappa", &lines->fleiss);
    report_json_figure(json, "gwet_ac1", &lines->ac1);
    report_json_figure(json, "unanimous", &lines->unanimous);
    if (lines->note) {
        json_key(json, "note");
        json_text(json, lines->note);
    }
    json_close(json, '}');
    json_member(json, "untied");
    report_json_figure(json, "percent", &lines->untied);
    json_close(json, '}');
    json_member(json, "strength");
    report_json_figure(json, "krippendorff_alpha", &lines->strength_alpha);
    report_json_figure(json, "gwet_ac2", &lines->strength_ac2);
    report_json_figure(json, "krippendorff_alpha_interval", &lines->strength_interval);
    json_close(json, '}');
    report_json_rankings(json, rankings);
    json_member(json, "criteria");
    for (size_t i = 0; i < criterion_count; i++) {
        json_member(json, criteria[i].id);
        report_json_figure(json, "krippendorff_alpha", &criteria[i].alpha);
        report_json_figure(json, "percent", &criteria[i].percent);
        json_close(json, '}');
    }
    json_close(json, '}');
}

static void write_agreement(struct json *json, const struct report *report, const struct track_report *track) {
    const struct team_agreement *agreement = &track->agreement;
    json_member(json, "agreement");
    write_lines(json, &agreement->lines, &track->rankings, track->criteria, track->criterion_count);
    json_member(json, "leave_one_out");
    for (size_t i = 0; i < agreement->without_count; i++)
        if (report_shows(report, agreement->without[i].person))
            report_json_figure(json, report->history.people[agreement->without[i].person],
                               &agreement->without[i].alpha);
    json_close(json, '}');
    write_pairs(json, report, agreement);
    json_close(json, '}');
}

static void write_groups(struct json *json, const struct report *report, const struct track_report *track,
                         enum group_by by) {
    const struct groups *groups = &track->groups[by];
    char key[32] = "by_";
    const char *name = group_by_name(by);
    memcpy(key + 3, name, strlen(name) + 1);
    json_member(json, key);
    for (size_t i = 0; i < groups->count; i++) {
        const struct group *group = &groups->groups[i];
        json_member(json, report_group_name(report, by, group));
        json_count(json, "items", group->items);
        json_count(json, "judgments", group->judgments);
        json_count(json, "older_rule", group->mix.older);
        report_json_figure(json, "gold_accuracy", &group->gold_accuracy);
        write_lines(json, &group->lines, &group->rankings, group->criteria, track->criterion_count);
        json_close(json, '}');
    }
    json_close(json, '}');
}

static void write_detector(struct json *json, const struct track_detector *detector) {
    json_key(json, "detector");
    if (!detector->designed) {
        json_null(json);
        return;
    }
    json_open(json, '{');
    json_key(json, "up");
    json_integer(json, detector->design.up);
    json_key(json, "down");
    json_integer(json, detector->design.down);
    json_key(json, "limit");
    json_integer(json, detector->design.limit);
    json_key(json, "run_length_in_control");
    json_number(json, detector->design.run_length);
    json_key(json, "delay");
    json_number(json, detector->design.delay);
    json_key(json, "gold_rate");
    json_number(json, detector->gold_rate);
    json_key(json, "judgments_a_day"); /* of one person on a day with any */
    json_number(json, detector->judgments_a_day);
    json_key(json, "delay_in_judgments"); /* null: without gold nothing is noticed */
    json_number(json, detector->delay_in_judgments);
    json_count(json, "gold_outcomes", detector->golds);
    json_key(json, "false_alarms_expected");
    json_number(json, detector->false_alarms);
    if (isfinite(detector->delay_in_judgments)) {
        struct buffer sentence = BUFFER_INIT;
        report_delay_sentence(&sentence, detector);
        json_key(json, "buys");
        json_string(json, buffer_slice(&sentence));
        buffer_release(&sentence);
    }
    json_close(json, '}');
}

const struct annotator *report_person(const struct report *report, const struct track_report *track) {
    for (size_t i = 0; i < track->annotators.count; i++)
        if (track->annotators.people[i].person == report->person)
            return &track->annotators.people[i];
    return NULL;
}

static void write_track(struct json *json, const struct report *report, const struct track_report *track) {
    json_member(json, report->history.tracks[track->track]);
    if (report->own) {
        const struct annotator *own = report_person(report, track);
        json_count(json, "judgments", own ? own->judgments : 0);
        json_count(json, "older_rule", own ? own->own.mix.older : 0);
    } else {
        json_count(json, "judgments", track->judgments);
        json_count(json, "older_rule", track->mix.older);
        json_count(json, "outside_judgments", track->outside);
        json_count(json, "held", track->held);
        write_agreement(json, report, track);
        for (int by = 0; by < GROUP_WAYS; by++)
            if (by != GROUP_DAY || track->groups[by].count > 0)
                write_groups(json, report, track, (enum group_by)by);
        report_json_aggregation(json, &track->labels);
        report_json_models(json, report, &track->models);
        write_detector(json, &track->detector);
        report_json_pooled(json, report, &track->watch);
    }
    json_member(json, "annotators");
    for (size_t i = 0; i < track->annotators.count; i++)
        if (report_shows(report, track->annotators.people[i].person))
            report_json_annotator(json, report, &track->annotators.people[i]);
    json_close(json, '}');
    json_close(json, '}');
}

static void write_items(struct json *json, const struct item_counts *items) {
    json_member(json, "items");
    json_key(json, "total");
    json_integer(json, items->total);
    json_key(json, "gold");
    json_integer(json, items->gold);
    json_key(json, "judged");
    json_integer(json, items->judged);
    json_key(json, "open");
    json_integer(json, items->open);
    json_key(json, "closed");
    json_integer(json, items->closed);
    json_close(json, '}');
    json_key(json, "waiting"); /* judgments in batches not handed in: in no figure yet */
    json_integer(json, items->waiting);
}

static void write_moment(struct json *json, const char *key, int64_t at) {
    if (at == 0)
        return;
    json_key(json, key);
    json_text(json, timestamp_utc(at).text);
}

void report_write_json(struct buffer *out, const struct report *report) {
    struct json json;
    json_start(&json, out);
    json_open(&json, '{');
    json_key(&json, "campaign");
    json_text(&json, report->campaign->name);
    json_key(&json, "program");
    json_text(&json, "assay " ASSAY_VERSION);
    write_moment(&json, "at", report->at);
    write_moment(&json, "since", report->since);
    write_moment(&json, "until", report->until);
    json_key(&json, "in_force"); /* judgments under an older rule are left out */
    json_boolean(&json, report->in_force);
    if (!report->own)
        write_items(&json, &report->items);
    json_member(&json, "tracks");
    for (size_t i = 0; i < report->track_count; i++)
        write_track(&json, report, &report->tracks[i]);
    json_close(&json, '}');
    json_close(&json, '}');
    buffer_add_char(out, '\n');
}
