/*
 * One person in the JSON. For their own eyes what would tell which items were gold, or how they stand against others, is left out: times and onsets of alarms,
 * `watch`, the length of what they prefer, every flag but position; and a percentage waits for its outcomes.
 */
#include "app/report/json_parts.h"

#include <math.h>

#include "core/base/timestamp.h"
#include "core/quality/proportion.h"

#include "core/base/banned.h"

static void write_flags(struct json *json, const struct annotator *annotator, bool own) {
    json_key(json, "flags");
    json_open(json, '[');
    for (int flag = 0; flag < ANNOTATOR_FLAGS; flag++)
        if ((annotator->flags >> flag & 1) && (!own || flag == ANNOTATOR_POSITION))
            json_text(json, annotator_flag_name((enum annotator_flag)flag));
    json_close(json, ']');
}

static void write_gold(struct json *json, const struct report *report, const struct annotator *annotator) {
    const struct person_gold *gold = &annotator->own.gold;
    struct figure accuracy = gold->figure;
    if (report->own && gold->n > 0 && gold->n < PERSON_ROW_FROM)
        accuracy = figure_undefined("too early: under 10 outcomes", gold->n);
    json_member(json, "gold");
    json_count(json, "n", gold->n);
    json_count(json, "older_rule", gold->mix.older);
    json_count(json, "correct", gold->right);
    report_json_figure(json, "accuracy", &accuracy);
    json_count(json, "wrong_side", gold->wrong_side);
    json_count(json, "wrong_strength", gold->wrong_strength);
    json_member(json, "by_category");
    for (size_t i = 0; i < gold->category_count; i++) {
        const char *name = report->history.categories[gold->categories[i].category];
        report_json_figure(json, name[0] ? name : "(none)", &gold->categories[i].figure);
    }
    json_close(json, '}');
    if (!report->own) {
        json_key(json, "weak");
        json_open(json, '[');
        for (size_t i = 0; i < annotator->weak_count; i++)
            json_text(json, report->history.categories[annotator->weak[i]]);
        json_close(json, ']');
        report_json_gold_details(json, report, &annotator->gold_details);
    }
    json_key(json, "note");
    json_text(json, gold->note);
    json_close(json, '}');
}

static void write_alarm(struct json *json, const struct person_alarm *alarm) {
    json_open(json, '{');
    json_key(json, "at");
    json_text(json, timestamp_utc(alarm->at).text);
    json_key(json, "onset");
    json_text(json, timestamp_utc(alarm->onset_at).text);
    json_count(json, "held", alarm->held);
    json_key(json, "open");
    json_boolean(json, alarm->open);
    json_key(json, "kind");
    json_text(json, person_drift_kind_name(alarm->kind));
    json_member(json, "before");
    json_count(json, "n", alarm->change.before_n);
    json_count(json, "correct", alarm->change.before_right);
    json_close(json, '}');
    json_member(json, "since"); /* counts without a percentage: the onset was chosen to make them look bad */
    json_count(json, "n", alarm->change.since_n);
    json_count(json, "correct", alarm->change.since_right);
    json_close(json, '}');
    json_close(json, '}');
}

/* An annotator's alarms are dated by the hand-in that brought them. */
static void write_own_alarms(struct json *json, const struct person_drift *drift) {
    for (size_t i = 0; i < drift->column_count; i++) {
        if (!drift->columns[i].alarm)
            continue;
        json_open(json, '{');
        json_key(json, "at");
        json_text(json, timestamp_utc(drift->columns[i].handed_in).text);
        json_close(json, '}');
    }
}

static void write_drift(struct json *json, const struct annotator *annotator, bool own) {
    const struct person_drift *drift = &annotator->own.drift;
    enum drift_state state = own && drift->state == DRIFT_WATCH ? DRIFT_OK : drift->state;
    json_member(json, "drift");
    json_key(json, "state");
    json_text(json, drift_state_name(state));
    json_key(json, "word");
    json_text(json, drift->designed ? drift_word_name(drift->word) : NULL);
    json_key(json, "kind");
    json_text(json, person_drift_kind_name(drift->kind));
    json_number_or_null(json, "statistic", drift->designed ? drift->statistic : (double)NAN);
    json_number_or_null(json, "limit", drift->designed ? drift->design.limit : (double)NAN);
    json_number_or_null(json, "run_length_in_control", drift->designed ? drift->design.run_length : (double)NAN);
    json_number_or_null(json, "delay", drift->designed ? drift->design.delay : (double)NAN);
    json_key(json, "alarms");
    json_open(json, '[');
    if (own)
        write_own_alarms(json, drift);
    for (size_t i = 0; !own && i < drift->alarm_count; i++)
        write_alarm(json, &drift->alarms[i]);
    json_close(json, ']');
    if (!own)
        report_json_peers(json, &annotator->peers);
    json_close(json, '}');
}

static void write_bins(struct json *json, const struct confidence_figures *confidence) {
    json_key(json, "bins"); /* (from, to] percent; the first holds 0 too; empty ones are left out */
    json_open(json, '[');
    for (int i = 0; i < CONFIDENCE_BINS; i++) {
        const struct confidence_bin *bin = &confidence->bins[i];
        if (bin->n == 0)
            continue;
        struct figure matched = proportion_wilson(bin->right, bin->n);
        json_open(json, '{');
        json_key(json, "from");
        json_integer(json, i * 100 / CONFIDENCE_BINS);
        json_key(json, "to");
        json_integer(json, (i + 1) * 100 / CONFIDENCE_BINS);
        json_number_or_null(json, "stated", bin->stated);
        report_json_figure(json, "matched", &matched);
        json_close(json, '}');
    }
    json_close(json, ']');
}

static void write_confidence(struct json *json, const struct confidence_figures *confidence) {
    json_member(json, "confidence");
    report_json_figure(json, "brier", &confidence->brier);
    report_json_figure(json, "reliability", &confidence->reliability);
    report_json_figure(json, "resolution", &confidence->resolution);
    report_json_figure(json, "uncertainty", &confidence->uncertainty);
    report_json_figure(json, "ece", &confidence->ece);
    json_key(json, "ece_band"); /* where the ECE of a perfectly calibrated person would lie */
    if (confidence->n > 0) {
        json_open(json, '[');
        json_number(json, confidence->ece_band_low);
        json_number(json, confidence->ece_band_high);
        json_close(json, ']');
    } else {
        json_null(json);
    }
    report_json_figure(json, "gap", &confidence->gap);
    json_number_or_null(json, "mean_percent", confidence->mean_percent);
    json_key(json, "verdict");
    json_text(json, confidence_verdict_name(confidence->verdict));
    write_bins(json, confidence);
    json_close(json, '}');
}

static void write_habits(struct json *json, const struct annotator *annotator, bool own) {
    json_member(json, "habits");
    report_json_figure(json, "first_shown", &annotator->own.shown_first.share);
    if (!own) {
        report_json_figure(json, "longer", &annotator->longer.share);
        json_number_or_null(json, "length_coefficient", annotator->length_coefficient);
        json_number_or_null(json, "length_distance", annotator->length_distance);
        json_number_or_null(json, "speed_distance", annotator->speed_distance);
        json_count(json, "longest_run", annotator->run.longest);
        json_number_or_null(json, "longest_run_chance", annotator->run.chance);
        report_json_customs(json, &annotator->customs);
    }
    report_json_figure(json, "ties", &annotator->ties);
    json_close(json, '}');
}

void report_json_annotator(struct json *json, const struct report *report, const struct annotator *annotator) {
    const struct consistency *retest = &annotator->own.retest;
    json_member(json, report->history.people[annotator->person]);
    json_key(json, "role");
    json_text(json, person_role_name(annotator->role));
    json_count(json, "judgments", annotator->judgments);
    json_count(json, "older_rule", annotator->own.mix.older);
    if (!report->own)
        json_count(json, "held", annotator->held);
    json_count(json, "hand_ins", annotator->own.hand_ins);
    json_key(json, "as_of");
    json_text(json, annotator->own.last_hand_in ? timestamp_utc(annotator->own.last_hand_in).text : NULL);
    json_number_or_null(json, "median_seconds", annotator->median_seconds);
    write_flags(json, annotator, report->own);
    if (!report->own) {
        report_json_figure(json, "competence", &annotator->competence); /* by the aggregation */
        json_key(json, "inverted");
        json_boolean(json, annotator->inverted);
    }
    write_gold(json, report, annotator);
    write_drift(json, annotator, report->own);
    write_confidence(json, &annotator->own.confidence);
    write_habits(json, annotator, report->own);
    json_member(json, "retest");
    report_json_figure(json, "same", &retest->same);
    if (!report->own) {
        report_json_figure(json, "order_kept", &retest->kept);
        report_json_figure(json, "order_swapped", &retest->swapped);
        report_json_figure(json, "kappa", &retest->kappa);
        json_number_or_null(json, "p_order", retest->p_order);
    }
    json_close(json, '}');
    json_close(json, '}');
}
