/* The report in words: people, and the annotator's own page. */
#include <math.h>
#include <stdio.h>

#include "app/report/text_parts.h"
#include "core/base/timestamp.h"
#include "core/text/grapheme.h"

#include "core/base/banned.h"

enum { FLAGS_COLUMNS = 78 };

/* A word after the others, on a new line where it does not fit. */
static void add_word(struct buffer *out, int *column, const char *word) {
    struct buffer clean = BUFFER_INIT;
    print_name(&clean, word, 0);
    int wide = (int)text_columns(buffer_slice(&clean));
    if (*column + wide + 1 > FLAGS_COLUMNS) {
        buffer_add_string(out, "\n     ");
        *column = 5;
    }
    buffer_add_char(out, ' ');
    buffer_add_slice(out, buffer_slice(&clean));
    *column += wide + 1;
    buffer_release(&clean);
}

/* " position, speed" with the categories that are weak. */
static void write_flags(struct buffer *out, const struct report *report, const struct annotator *person, int column) {
    bool any = false;
    for (int flag = 0; flag < ANNOTATOR_FLAGS; flag++) {
        if (!(person->flags >> flag & 1))
            continue;
        if (any) {
            buffer_add_char(out, ',');
            column++;
        }
        any = true;
        add_word(out, &column, annotator_flag_name((enum annotator_flag)flag));
        for (size_t i = 0; flag == ANNOTATOR_CATEGORY && i < person->weak_count; i++)
            add_word(out, &column, report->history.categories[person->weak[i]]);
    }
}

static const char *state_words(const struct annotator *person) {
    const struct person_drift *drift = &person->own.drift;
    if (!drift->designed)
        return "–";
    if (drift->state == DRIFT_WATCH)
        return "watch";
    return drift->kind == PERSON_DRIFT_CHANGED ? "below, changed" : drift_word_name(drift->word);
}

enum { ALARMS_SHOWN = 2 }; /* the newest ones, where everybody is listed */

/* The stretch since the onset is told in counts: it was chosen to look bad. */
static void write_alarms(struct buffer *out, const struct person_drift *drift, bool all) {
    size_t open = 0, seen = 0;
    for (size_t i = 0; i < drift->alarm_count; i++)
        open += drift->alarms[i].open;
    if (!all && open > ALARMS_SHOWN)
        buffer_add_format(out, "    %zu earlier alarms (--annotator shows them)\n", open - ALARMS_SHOWN);
    for (size_t i = 0; i < drift->alarm_count; i++) {
        const struct person_alarm *alarm = &drift->alarms[i];
        if (!alarm->open || (seen++ + ALARMS_SHOWN < open && !all))
            continue;
        buffer_add_format(out, "    below the bar%s: ", alarm->kind == PERSON_DRIFT_CHANGED ? ", changed" : "");
        if (alarm->change.before_n > 0)
            buffer_add_format(out, "%zu of %zu before, ", alarm->change.before_right, alarm->change.before_n);
        buffer_add_format(out, "%zu of %zu since %s · %zu held\n", alarm->change.since_right, alarm->change.since_n,
                          timestamp_day(alarm->onset_at).text, alarm->held);
    }
}

static void write_person(struct buffer *out, const struct report *report, const struct annotator *person) {
    const struct person_gold *gold = &person->own.gold;
    buffer_add_string(out, "  ");
    print_name(out, report->history.people[person->person], 16);
    buffer_add_format(out, "%8zu  ", person->judgments);
    text_cell(out, &gold->figure, TEXT_SHARE);
    buffer_add_format(out, "%7zu   %-14s", gold->n, state_words(person));
    if (!isnan(person->median_seconds))
        buffer_add_format(out, "%5.0f s", person->median_seconds);
    buffer_add_char(out, '\n');
    bool model = person->role == PERSON_MODEL;
    if (person->flags || model) {
        struct buffer head = BUFFER_INIT;
        buffer_add_format(&head, "    %s%s%s", model ? person_role_name(person->role) : "",
                          model && person->flags ? " · " : "", person->flags ? "look at:" : "");
        buffer_add_slice(out, buffer_slice(&head));
        write_flags(out, report, person, (int)text_columns(buffer_slice(&head)));
        buffer_add_char(out, '\n');
        buffer_release(&head);
    }
    write_alarms(out, &person->own.drift, report->person != 0);
}

/* Labels that came in files are nobody's work: how many, and no more. */
static void write_sources(struct buffer *out, const struct report *report, const struct track_report *track) {
    bool any = false;
    for (size_t i = 0; i < track->annotators.count; i++) {
        const struct annotator *source = &track->annotators.people[i];
        if (source->role != PERSON_SOURCE || !report_shows(report, source->person))
            continue;
        if (!any)
            buffer_add_string(out, "\nLabels that came in files\n");
        any = true;
        buffer_add_string(out, "  ");
        print_name(out, report->history.people[source->person], 40);
        buffer_add_format(out, "%8zu label%s\n", source->judgments, source->judgments == 1 ? "" : "s");
    }
}

void text_write_annotators(struct buffer *out, const struct report *report, const struct track_report *track) {
    bool any = false;
    for (size_t i = 0; i < track->annotators.count; i++) {
        const struct annotator *person = &track->annotators.people[i];
        if (person->role == PERSON_SOURCE || !report_shows(report, person->person))
            continue;
        if (!any)
            buffer_add_string(out, "\nPeople, worst first\n  name              judged  right on gold             n   "
                                   "detector       median\n");
        any = true;
        write_person(out, report, person);
        if (report->person) { /* one person alone: everything */
            text_write_own(out, report, track);
            text_write_details(out, report, person);
        }
    }
    if (any)
        buffer_add_string(out, "  (gold is usually easier than the other items)\n");
    write_sources(out, report, track);
}

void text_write_own(struct buffer *out, const struct report *report, const struct track_report *track) {
    const struct annotator *person = report_person(report, track);
    if (!person) {
        buffer_add_format(out, "  %s\n", report_nothing(report));
        return;
    }
    const struct person_figures *own = &person->own;
    if (own->last_hand_in)
        buffer_add_format(out, "  as of the hand-in of %s: %zu judgments in %zu batch%s\n",
                          timestamp_utc(own->last_hand_in).text, own->judgments, own->hand_ins,
                          own->hand_ins == 1 ? "" : "es");
    if (own->mix.older) {
        buffer_add_string(out, "  ");
        version_mix_say(&own->mix, out);
        buffer_add_char(out, '\n');
    }
    if (own->gold.n > 0 && own->gold.n < PERSON_ROW_FROM)
        buffer_add_string(out, "  gold                           too early\n");
    else
        text_figure(out, "right on gold", &own->gold.figure, TEXT_SHARE, "outcomes");
    for (size_t i = 0; i < own->gold.category_count; i++) {
        struct buffer label = BUFFER_INIT;
        const char *name = report->history.categories[own->gold.categories[i].category];
        buffer_add_format(&label, "  %s", name[0] ? name : "(none)");
        text_figure(out, label.data, &own->gold.categories[i].figure, TEXT_SHARE, "outcomes");
        buffer_release(&label);
    }
    if (own->drift.designed)
        buffer_add_format(out, "  %-31s%s\n", "detector", drift_word_name(own->drift.word));
    if (own->confidence.n > 0)
        buffer_add_format(out, "  %-31ssaid %.0f %% on average, %zu of %zu matched: %s\n", "confidence",
                          own->confidence.mean_percent, own->confidence.right, own->confidence.n,
                          confidence_verdict_name(own->confidence.verdict));
    text_figure(out, "left side chosen", &own->shown_first.share, TEXT_SHARE, "choices");
    text_figure(out, "ties", &person->ties, TEXT_SHARE, "judgments");
    text_figure(out, "retests: the same", &own->retest.same, TEXT_SHARE, "retests");
    if (!isnan(person->median_seconds))
        buffer_add_format(out, "  %-31s%.0f s\n", "median time", person->median_seconds);
}
