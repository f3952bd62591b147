/* What the lead is told of one person alone, in words; and the delay of the detector as a sentence. */
#include <math.h>
#include <stdio.h>

#include "app/report/text_parts.h"

#include "core/base/banned.h"

void report_delay_sentence(struct buffer *out, const struct track_detector *detector) {
    buffer_add_format(out, "a fall from %.0f to %.0f %% is noticed after about %.0f judgments",
                      100 * detector->design.in_control, 100 * detector->design.out_of_control,
                      detector->delay_in_judgments);
    if (detector->judgments_a_day > 0) {
        double days = ceil(detector->delay_in_judgments / detector->judgments_a_day);
        buffer_add_format(out, ": %.0f working day%s", days, days > 1 ? "s" : "");
    }
}

static void write_confusion(struct buffer *out, const struct gold_details *details) {
    if (details->n == 0 || details->levels > 4)
        return;
    static const char *const names[] = {"a", "b", "tie", "none"};
    buffer_add_string(
        out, "  gold: chosen (across) where the reference was\n                                   a      b    tie   "
             "none\n");
    for (size_t row = 0; row < details->levels; row++) {
        if (details->references[row] == 0)
            continue;
        buffer_add_format(out, "    %-26s", names[row]);
        for (size_t column = 0; column < details->levels; column++)
            buffer_add_format(out, "%7zu", details->confusion[row * details->levels + column]);
        buffer_add_char(out, '\n');
    }
}

static void write_gold(struct buffer *out, const struct report *report, const struct gold_details *details) {
    static const char *const labels[GOLD_DIFFICULTIES] = {NULL, "  easy gold", "  medium gold", "  hard gold"};
    for (int d = DIFFICULTY_EASY; d < GOLD_DIFFICULTIES; d++)
        if (details->by_difficulty[d].n > 0)
            text_figure(out, labels[d], &details->by_difficulty[d], TEXT_SHARE, "outcomes");
    if (details->n > 0) {
        text_figure(out, "right side on gold", &details->side, TEXT_SHARE, "outcomes");
        buffer_add_format(out, "  %-31s%8.2f\n", "acceptable answers of a key", details->accepted);
    }
    for (size_t i = 0; i < details->leaning_count; i++) {
        const struct gold_leaning *lean = &details->leaning[i];
        if (!lean->systematic)
            continue;
        const char *name = report->history.categories[lean->category];
        buffer_add_string(out, "  errors lean one way in ");
        print_name(out, name[0] ? name : "(none)", 0);
        buffer_add_format(out, ": %zu to the longer, %zu to the shorter text\n", lean->longer, lean->shorter);
    }
    write_confusion(out, details);
}

static void write_bins(struct buffer *out, const struct confidence_figures *confidence) {
    if (confidence->n == 0)
        return;
    text_figure(out, "Brier score", &confidence->brier, TEXT_COEFFICIENT, "answers");
    text_figure(out, "  reliability", &confidence->reliability, TEXT_COEFFICIENT, "answers");
    text_figure(out, "  resolution", &confidence->resolution, TEXT_COEFFICIENT, "answers");
    buffer_add_format(out, "  %-31s%8.3f  %.3f–%.3f if what was said fitted\n", "calibration error",
                      confidence->ece.value, confidence->ece_band_low, confidence->ece_band_high);
    for (int i = 0; i < CONFIDENCE_BINS; i++)
        if (confidence->bins[i].n > 0)
            buffer_add_format(out, "    said %3.0f %%                    %7.1f %%  matched           %7zu answer%s\n",
                              100 * confidence->bins[i].stated, 100 * confidence->bins[i].hit, confidence->bins[i].n,
                              confidence->bins[i].n == 1 ? "" : "s");
}

static void write_customs(struct buffer *out, const struct annotator *person) {
    const struct customs *customs = &person->customs;
    const size_t *strengths = customs->strengths;
    if (strengths[1] + strengths[2] + strengths[3] > 0)
        buffer_add_format(out, "  %-31sslightly %zu · better %zu · much better %zu\n", "strengths", strengths[1],
                          strengths[2], strengths[3]);
    if (person->run.longest > 0)
        buffer_add_format(out, "  %-31s%8zu  the same (chance %.2g)\n", "longest run", person->run.longest,
                          person->run.chance);
    text_figure(out, "ratings against the choice", &customs->contradiction, TEXT_SHARE, "choices");
    text_figure(out, "one number on all criteria", &customs->even, TEXT_SHARE, "responses");
    text_figure(out, "rationales said before", &customs->repeated, TEXT_SHARE, "rationales");
    if (customs->skips.gold.n > 0) {
        text_figure(out, "set aside: gold", &customs->skips.gold, TEXT_SHARE, "items");
        text_figure(out, "  the others", &customs->skips.other, TEXT_SHARE, "items");
    }
}

static void write_peers(struct buffer *out, const struct peer_watch *peers) {
    if (!peers->used)
        return;
    buffer_add_format(out, "  %-31sC %d of %d, %d from peers (%zu agree, %zu not)\n", "detector with peers",
                      peers->statistic, peers->design.limit, peers->from_peers, peers->agree, peers->differ);
    if (peers->alarms > 0)
        buffer_add_format(out, "  %-31s%zu alarm%s, %zu on peers alone: nothing is held\n", "", peers->alarms,
                          peers->alarms > 1 ? "s" : "", peers->alarms_alone);
}

void text_write_details(struct buffer *out, const struct report *report, const struct annotator *person) {
    write_gold(out, report, &person->gold_details);
    write_peers(out, &person->peers);
    write_bins(out, &person->own.confidence);
    text_figure(out, "longer response chosen", &person->longer.share, TEXT_SHARE, "choices");
    write_customs(out, person);
    if (person->own.retest.n > 0) {
        text_figure(out, "retests: order kept", &person->own.retest.kept, TEXT_SHARE, "retests");
        text_figure(out, "retests: order swapped", &person->own.retest.swapped, TEXT_SHARE, "retests");
        text_figure(out, "retests: kappa", &person->own.retest.kappa, TEXT_COEFFICIENT, "retests");
    }
    text_figure(out, "competence (by the labels)", &person->competence, TEXT_SHARE, "judgments");
    if (person->inverted)
        buffer_add_string(out, "  inverted: the answers lean against those of the others\n");
}
