/*
 * The report as CSV: track,group,name,figure,value,low,high,n,undefined. One figure a line; a value is empty where it is undefined, an end where there is
 * no interval. older_rule: how many of the n judgments were made under an older rule. Names are cleaned for a terminal, and cannot become a formula in a spreadsheet.
 */
#include "app/report/report.h"

#include "core/text/clean.h"

#include "core/base/banned.h"

struct csv {
    struct buffer *out;
    const char *track, *group, *name;
};

static void field(struct buffer *out, const char *text) {
    struct buffer clean = BUFFER_INIT;
    text_clean(&clean, slice_of(text), CLEAN_ONE_LINE);
    buffer_add_char(out, '"');
    if (clean.length && strchr("=+-@", clean.data[0]))
        buffer_add_char(out, '\'');
    for (size_t i = 0; i < clean.length; i++) {
        if (clean.data[i] == '"')
            buffer_add_char(out, '"');
        buffer_add_char(out, clean.data[i]);
    }
    buffer_add_char(out, '"');
    buffer_release(&clean);
}

/* The shortest text that reads back as the same number. */
static void number(struct buffer *out, double value) {
    struct json json;
    json_start(&json, out);
    json_number(&json, value);
}

static void line(const struct csv *csv, const char *figure_name, const struct figure *figure) {
    struct buffer *out = csv->out;
    field(out, csv->track);
    buffer_add_char(out, ',');
    buffer_add_format(out, "%s,", csv->group);
    field(out, csv->name);
    buffer_add_format(out, ",%s,", figure_name);
    if (!figure->undefined)
        number(out, figure->value);
    buffer_add_char(out, ',');
    if (figure_has_interval(figure))
        number(out, figure->low);
    buffer_add_char(out, ',');
    if (figure_has_interval(figure))
        number(out, figure->high);
    buffer_add_format(out, ",%zu,", figure->n);
    if (figure->undefined)
        field(out, figure->undefined);
    buffer_add_char(out, '\n');
}

static void write_mix(const struct csv *csv, const char *figure_name, const struct version_mix *mix) {
    struct figure count = figure_point((double)mix->older, mix->judgments);
    line(csv, figure_name, &count);
}

static void write_lines(const struct csv *csv, const struct agreement_lines *lines,
                        const struct track_rankings *rankings) {
    line(csv, "direction_percent", &lines->percent);
    line(csv, "direction_pairwise_percent", &lines->pairwise);
    line(csv, "direction_krippendorff_alpha", &lines->alpha);
    line(csv, "direction_fleiss_kappa", &lines->fleiss);
    line(csv, "direction_gwet_ac1", &lines->ac1);
    line(csv, "direction_unanimous", &lines->unanimous);
    line(csv, "untied_percent", &lines->untied);
    line(csv, "strength_krippendorff_alpha", &lines->strength_alpha);
    line(csv, "strength_gwet_ac2", &lines->strength_ac2);
    line(csv, "strength_krippendorff_alpha_interval", &lines->strength_interval);
    line(csv, "ranking_kendall_tau_b", &rankings->tau);
    line(csv, "ranking_kendall_w", &rankings->concordance);
}

static void write_team(struct csv *csv, const struct report *report, const struct track_report *track) {
    const struct team_agreement *agreement = &track->agreement;
    csv->group = "all";
    csv->name = "";
    write_mix(csv, "older_rule", &track->mix);
    write_lines(csv, &agreement->lines, &track->rankings);
    csv->group = "model";
    for (size_t i = 0; i < track->models.count; i++) {
        csv->name = report->models.names[track->models.models[i].model];
        line(csv, "strength", &track->models.models[i].strength);
    }
    csv->group = "criterion";
    for (size_t i = 0; i < track->criterion_count; i++) {
        csv->name = track->criteria[i].id;
        line(csv, "krippendorff_alpha", &track->criteria[i].alpha);
        line(csv, "percent", &track->criteria[i].percent);
    }
    csv->group = "without";
    for (size_t i = 0; i < agreement->without_count; i++) {
        csv->name = report->history.people[agreement->without[i].person];
        if (report_shows(report, agreement->without[i].person))
            line(csv, "direction_krippendorff_alpha", &agreement->without[i].alpha);
    }
    csv->group = "pair";
    struct buffer both = BUFFER_INIT;
    for (size_t i = 0; i < agreement->pair_count; i++) {
        const struct team_pair *pair = &agreement->pairs[i];
        if (!report_shows(report, pair->a) && !report_shows(report, pair->b))
            continue;
        buffer_clear(&both);
        buffer_add_format(&both, "%s|%s", report->history.people[pair->a], report->history.people[pair->b]);
        csv->name = both.data;
        line(csv, "cohen_kappa", &pair->kappa);
        line(csv, "percent", &pair->percent);
        line(csv, "strength_kappa_linear", &pair->linear);
        line(csv, "strength_kappa_quadratic", &pair->quadratic);
    }
    buffer_release(&both);
}

/* Criteria of a group: group "category_criterion", name "coding|accuracy". */
static void write_group_criteria(struct csv *csv, const struct group *group, const char *way, size_t criterion_count) {
    struct buffer kind = BUFFER_INIT, both = BUFFER_INIT;
    const char *name = csv->name;
    buffer_add_format(&kind, "%s_criterion", way);
    csv->group = kind.data;
    for (size_t i = 0; i < criterion_count; i++) {
        buffer_clear(&both);
        buffer_add_format(&both, "%s|%s", name, group->criteria[i].id);
        csv->name = both.data;
        line(csv, "krippendorff_alpha", &group->criteria[i].alpha);
        line(csv, "percent", &group->criteria[i].percent);
    }
    csv->group = way;
    buffer_release(&kind);
    buffer_release(&both);
}

static void write_groups(struct csv *csv, const struct report *report, const struct track_report *track,
                         const struct groups *groups) {
    csv->group = group_by_name(groups->by);
    for (size_t i = 0; i < groups->count; i++) {
        const struct group *group = &groups->groups[i];
        csv->name = report_group_name(report, groups->by, group);
        write_mix(csv, "older_rule", &group->mix);
        write_mix(csv, "gold_older_rule", &group->gold_mix);
        line(csv, "gold_accuracy", &group->gold_accuracy);
        write_lines(csv, &group->lines, &group->rankings);
        write_group_criteria(csv, group, group_by_name(groups->by), track->criterion_count);
    }
}

static void write_lead_only(struct csv *csv, const struct annotator *person) {
    line(csv, "longer", &person->longer.share);
    line(csv, "competence", &person->competence);
    line(csv, "gold_side", &person->gold_details.side);
    line(csv, "gold_side_without_ties", &person->gold_details.untied_side);
    line(csv, "contradiction", &person->customs.contradiction);
    line(csv, "criteria_same", &person->customs.even);
    line(csv, "repeated_rationales", &person->customs.repeated);
    line(csv, "set_aside_gold", &person->customs.skips.gold);
    line(csv, "set_aside_other", &person->customs.skips.other);
    line(csv, "retest_order_kept", &person->own.retest.kept);
    line(csv, "retest_order_swapped", &person->own.retest.swapped);
    line(csv, "retest_kappa", &person->own.retest.kappa);
}

static void write_person(struct csv *csv, const struct report *report, const struct annotator *person) {
    const struct person_figures *own = &person->own;
    csv->group = "annotator";
    csv->name = report->history.people[person->person];
    struct figure accuracy = own->gold.figure;
    if (report->own && own->gold.n > 0 && own->gold.n < PERSON_ROW_FROM)
        accuracy = figure_undefined("too early: under 10 outcomes", own->gold.n);
    write_mix(csv, "older_rule", &own->mix);
    write_mix(csv, "gold_older_rule", &own->gold.mix);
    line(csv, "gold_accuracy", &accuracy);
    line(csv, "confidence_brier", &own->confidence.brier);
    line(csv, "confidence_reliability", &own->confidence.reliability);
    line(csv, "confidence_resolution", &own->confidence.resolution);
    line(csv, "confidence_uncertainty", &own->confidence.uncertainty);
    line(csv, "confidence_ece", &own->confidence.ece);
    line(csv, "confidence_gap", &own->confidence.gap);
    line(csv, "first_shown", &own->shown_first.share);
    if (!report->own)
        write_lead_only(csv, person);
    line(csv, "ties", &person->ties);
    line(csv, "retest_same", &own->retest.same);
    csv->group = "annotator_category";
    struct buffer both = BUFFER_INIT;
    for (size_t i = 0; i < own->gold.category_count; i++) {
        const struct person_category *category = &own->gold.categories[i];
        buffer_clear(&both);
        buffer_add_format(&both, "%s|%s", report->history.people[person->person],
                          report->history.categories[category->category]);
        csv->name = both.data;
        line(csv, "gold_accuracy", &category->figure);
    }
    buffer_release(&both);
}

void report_write_csv(struct buffer *out, const struct report *report) {
    buffer_add_string(out, "track,group,name,figure,value,low,high,n,undefined\n");
    for (size_t t = 0; t < report->track_count; t++) {
        const struct track_report *track = &report->tracks[t];
        struct csv csv = {out, report->history.tracks[track->track], "", ""};
        if (!report->own) {
            write_team(&csv, report, track);
            for (int by = 0; by < GROUP_WAYS; by++)
                write_groups(&csv, report, track, &track->groups[by]);
        }
        for (size_t i = 0; i < track->annotators.count; i++)
            if (report_shows(report, track->annotators.people[i].person))
                write_person(&csv, report, &track->annotators.people[i]);
    }
}
