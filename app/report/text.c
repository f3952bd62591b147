/* The report in words: the team of each track. People and the annotator's own page stand in text_people.c, groups in text_groups.c. */
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "app/report/text_parts.h"
#include "core/base/array.h"
#include "core/base/timestamp.h"

#include "core/base/banned.h"

enum { WITHOUT_SHOWN = 5, PAIRS_SHOWN = 5 };

static void write_head(struct buffer *out, const struct report *report) {
    print_name(out, report->campaign->name, 0);
    buffer_add_format(out, " · %s", timestamp_utc(report->at).text);
    if (report->since)
        buffer_add_format(out, " · since %s", timestamp_utc(report->since).text);
    if (report->until)
        buffer_add_format(out, " · until %s", timestamp_utc(report->until).text);
    buffer_add_char(out, '\n');
    if (report->in_force)
        buffer_add_string(out, "only judgments under the rule in force\n");
    if (report->own)
        return;
    const struct item_counts *items = &report->items;
    buffer_add_format(out, "%lld item%s: %lld gold, %lld judged, %lld open\n", (long long)items->total,
                      items->total == 1 ? "" : "s", (long long)items->gold, (long long)items->judged,
                      (long long)items->open);
    if (items->closed)
        buffer_add_format(out, "%lld more of closed categories lack judgments and wait for nobody\n",
                          (long long)items->closed);
    if (items->waiting)
        buffer_add_format(out, "%lld judgment%s in batches that are not handed in yet: in no figure\n",
                          (long long)items->waiting, items->waiting == 1 ? " waits" : "s wait");
    if (report->solo)
        buffer_add_string(out, "solo use: you can open the gold, so figures measure memory as much as judgment\n");
}

const char *report_nothing(const struct report *report) {
    return report->since || report->until ? "no judgments in that stretch of time" : "nothing is handed in yet";
}

static void write_without(struct buffer *out, const struct report *report, const struct team_agreement *agreement) {
    if (agreement->without_count < 3 || agreement->lines.alpha.undefined)
        return;
    buffer_add_string(out, "\nAlpha without one person (who pulls it down comes first)\n");
    size_t shown = 0;
    for (size_t i = 0; i < agreement->without_count && shown < WITHOUT_SHOWN; i++) {
        const struct team_without *without = &agreement->without[i];
        if (without->alpha.undefined || !report_shows(report, without->person))
            continue;
        double change = without->alpha.value - agreement->lines.alpha.value;
        buffer_add_string(out, "  ");
        print_name(out, report->history.people[without->person], 30);
        buffer_add_string(out, "  ");
        text_cell(out, &without->alpha, TEXT_COEFFICIENT);
        buffer_add_format(out, " %+.3f %8zu items\n", change, without->alpha.n);
        shown++;
    }
}

static void write_pairs(struct buffer *out, const struct report *report, const struct team_agreement *agreement) {
    bool all = report->part == REPORT_PART_PAIRS;
    size_t shown = 0;
    for (size_t i = 0; i < agreement->pair_count && (all || shown < PAIRS_SHOWN); i++) {
        const struct team_pair *pair = &agreement->pairs[i];
        if (!report_shows(report, pair->a) && !report_shows(report, pair->b))
            continue;
        if (shown++ == 0)
            buffer_add_format(out, "\n%-31s   kappa  likely (95 %%)  items  same %%  strength\n",
                              all ? "Pairs, least agreement first" : "Pairs that agree least");
        buffer_add_string(out, "  ");
        print_name(out, report->history.people[pair->a], 14);
        buffer_add_string(out, "  ");
        print_name(out, report->history.people[pair->b], 13);
        buffer_add_char(out, ' ');
        text_cell(out, &pair->kappa, TEXT_COEFFICIENT);
        buffer_add_format(out, "%7zu", pair->kappa.n);
        text_value(out, &pair->percent, TEXT_SHARE, 8);
        text_value(out, &pair->quadratic, TEXT_COEFFICIENT, 10);
        buffer_add_char(out, '\n');
    }
    if (shown > 0)
        buffer_add_format(out, "  (with %d items in common; strength: kappa, quadratic weights)\n",
                          AGREEMENT_PAIR_ITEMS);
    else if (all)
        buffer_add_format(out, "  nobody has %d items in common with %s\n", AGREEMENT_PAIR_ITEMS,
                          report->person ? "them" : "another");
}

struct row {
    const char *label;
    const struct figure *figure;
    enum text_scale scale;
    const char *unit;
};

/* One line for all of them where none exists, for one reason. */
static void write_rows(struct buffer *out, const char *name, const struct row *rows, size_t count) {
    const char *reason = count ? rows[0].figure->undefined : NULL;
    bool none = count > 1 && reason;
    for (size_t i = 1; i < count && none; i++)
        none = rows[i].figure->undefined && strcmp(rows[i].figure->undefined, reason) == 0;
    for (size_t i = 0; i < count; i++) {
        text_figure(out, none ? name : rows[i].label, rows[i].figure, rows[i].scale, rows[i].unit);
        if (none)
            return;
    }
}

static void write_criteria(struct buffer *out, const struct track_report *track) {
    struct row rows[LIMIT_CRITERIA] = {0};
    struct buffer labels[LIMIT_CRITERIA];
    size_t count = track->criterion_count < LIMIT_CRITERIA ? track->criterion_count : LIMIT_CRITERIA;
    for (size_t i = 0; i < count; i++) {
        const struct criterion_agreement *criterion = &track->criteria[i];
        bool pair = criterion->per == PER_PAIR;
        buffer_init(&labels[i]);
        buffer_add_format(&labels[i], "%s: alpha, %s", criterion->id, pair ? "nominal" : "ordinal");
        rows[i] = (struct row){labels[i].data, &criterion->alpha, TEXT_COEFFICIENT, pair ? "items" : "responses"};
    }
    write_rows(out, "criteria", rows, count);
    for (size_t i = 0; i < count; i++)
        buffer_release(&labels[i]);
}

static void write_agreement(struct buffer *out, const struct report *report, const struct track_report *track) {
    const struct team_agreement *agreement = &track->agreement;
    const struct agreement_lines *lines = &agreement->lines;
    const struct row direction[] = {
        {"direction: same answer", &lines->percent, TEXT_SHARE, "items"},
        {"  all the same answer", &lines->unanimous, TEXT_SHARE, "items"},
        {"  Krippendorff alpha, nominal", &lines->alpha, TEXT_COEFFICIENT, "items"},
        {"  Fleiss kappa", &lines->fleiss, TEXT_COEFFICIENT, "items"},
        {"  Gwet AC1", &lines->ac1, TEXT_COEFFICIENT, lines->note ? lines->note : "items"},
        {"among untied: same side", &lines->untied, TEXT_SHARE, "items"},
    };
    const struct row strength[] = {
        {"strength: alpha, ordinal", &lines->strength_alpha, TEXT_COEFFICIENT, "items"},
        {"  alpha, interval", &lines->strength_interval, TEXT_COEFFICIENT, "items"},
        {"  Gwet AC2, ordinal", &lines->strength_ac2, TEXT_COEFFICIENT, "items"},
    };
    const struct row orders[] = {
        {"orders: Kendall tau-b", &track->rankings.tau, TEXT_COEFFICIENT, "items"},
        {"  Kendall W", &track->rankings.concordance, TEXT_COEFFICIENT, "items"},
    };
    buffer_add_string(out, "\nAgreement                           value  likely (95 %)          n\n");
    write_rows(out, "direction", direction, COUNT_OF(direction));
    write_rows(out, "strength", strength, COUNT_OF(strength));
    if (track->rankings.judgments > 0)
        write_rows(out, "orders", orders, COUNT_OF(orders));
    write_criteria(out, track);
    write_without(out, report, agreement);
    write_pairs(out, report, agreement);
}

static void write_detector(struct buffer *out, const struct track_report *track) {
    const struct track_detector *detector = &track->detector;
    if (!detector->designed)
        return;
    buffer_add_format(out, "\nDetector +%d/-%d, limit %d: at %.0f %% on gold an alarm every %.0f outcomes,\n",
                      detector->design.up, detector->design.down, detector->design.limit,
                      100 * detector->design.in_control, detector->design.run_length);
    buffer_add_format(out, "at %.0f %% after %.0f of them", 100 * detector->design.out_of_control,
                      detector->design.delay);
    if (isfinite(detector->delay_in_judgments)) {
        buffer_add_format(out, ". At %.0f %% gold\n", 100 * detector->gold_rate);
        report_delay_sentence(out, detector);
    }
    buffer_add_format(out, ".\n%zu gold outcome%s: %.1f false alarms to be expected if all stand at the bar.\n",
                      detector->golds, detector->golds == 1 ? "" : "s", detector->false_alarms);
}

static void write_track(struct buffer *out, const struct report *report, const struct track_report *track) {
    buffer_add_char(out, '\n');
    print_name(out, report->history.tracks[track->track], 0);
    if (report->own) {
        buffer_add_char(out, '\n');
        text_write_own(out, report, track);
        return;
    }
    size_t people = track->agreement.without_count;
    buffer_add_format(out, " · %zu judgment%s by %zu %s", track->judgments, track->judgments == 1 ? "" : "s", people,
                      people == 1 ? "person" : "people");
    if (track->outside)
        buffer_add_format(out, " · %zu by models and labels", track->outside);
    if (track->held)
        buffer_add_format(out, " · %zu held, gold with them", track->held);
    buffer_add_char(out, '\n');
    if (report->part != REPORT_PART_GROUPS || report->by != GROUP_RUBRIC)
        text_write_versions(out, report, track);
    if (track->judgments == 0 && track->outside == 0) {
        buffer_add_format(out, "  %s\n", report_nothing(report));
        return;
    }
    if (report->part == REPORT_PART_PAIRS) {
        write_pairs(out, report, &track->agreement);
        return;
    }
    if (report->part != REPORT_PART_GROUPS)
        text_write_annotators(out, report, track);
    if (report->part == REPORT_PART_GROUPS)
        text_write_groups(out, report, track, &track->groups[report->by]);
    if (report->part != REPORT_PART_ALL)
        return;
    for (int by = GROUP_CATEGORY; by <= GROUP_LANGUAGE; by++)
        if (track->groups[by].count > 1)
            text_write_groups(out, report, track, &track->groups[by]);
    write_agreement(out, report, track);
    text_write_labels(out, &track->labels);
    text_write_models(out, report, &track->models);
    write_detector(out, track);
    text_write_pooled(out, report, track);
}

void report_write_text(struct buffer *out, const struct report *report) {
    write_head(out, report);
    bool any = false;
    for (size_t i = 0; i < report->track_count; i++) {
        const struct track_report *track = &report->tracks[i];
        if (report->person && !report->own && report->part == REPORT_PART_ANNOTATORS && !report_person(report, track))
            continue; /* nothing of theirs is there */
        write_track(out, report, track);
        any = true;
    }
    if (!any && report->person) {
        buffer_add_char(out, '\n');
        print_name(out, report->history.people[report->person], 0);
        buffer_add_format(out, ": %s\n", report_nothing(report));
    }
}
