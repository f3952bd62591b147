/*
 * The quality specification held against the figures. A rule asks for up to three things, on each track and
 * category, or language, that it names; each such question is one line. Figures are those of the report: the team's gold
 * accuracy (Wilson), the nominal alpha of direction, and the fewest judgments that any judged item has
 * (first ones by the team; gold does not count).
 *
 * Too little data is no pass: a figure that does not exist, or rests on less than the rule's min_n (gold
 * outcomes; items with two judgments). Accuracy over all tracks together is pooled; there is no alpha over
 * tracks.
 */
#ifndef CORE_REPORT_GATE_H
#define CORE_REPORT_GATE_H

#include "core/base/buffer.h"
#include "core/report/track.h"

enum gate_measure { GATE_GOLD_ACCURACY, GATE_ALPHA, GATE_JUDGMENTS, GATE_MEASURES };
enum gate_result { GATE_PASS, GATE_FAIL, GATE_TOO_LITTLE };

struct gate_line {
    const struct quality_rule *rule; /* borrowed */
    const char *track, *category;    /* borrowed names; "all" together; "" for items without a category */
    const char *language;            /* of a rule about languages, likewise; NULL: the line is about a category */
    enum gate_measure measure;
    struct version_mix mix; /* of the judgments that the figure is made of; of accuracy: the gold outcomes */
    struct figure figure;   /* of judgments: no interval, n is the number of items */
    double wanted;
    enum gate_result result;
};

struct gate {
    struct gate_line *lines; /* rule by rule; tracks in the order of the report, categories worst first */
    size_t count;
    bool passed; /* no line failed, and too little data only where the rule allows it */
};

/* That a track has items of a category, or of a language: so that one without any judgment is a line too. Codes of the
 * history. */
struct gate_part {
    int track, code;
};
struct gate_parts {
    struct gate_part *items;
    size_t count, capacity;
};

struct gate_input {
    const struct history *history;
    const struct track_report *tracks;
    size_t track_count;
    const struct quality_rule *rules;
    int rule_count;
    struct gate_parts categories, languages; /* owned: filled by the two below */
};

/* Adds what a track has items of. The context is the struct gate_input, whose history is set. */
void gate_add_category(void *context, struct slice track, struct slice category);
void gate_add_language(void *context, struct slice track, struct slice language);
void gate_input_release(struct gate_input *input);

/* Everything of the input must outlive it; release it. */
void gate_init(struct gate *out, const struct gate_input *input);
void gate_release(struct gate *gate);

/* What a line wants: "≥ 85 % low end, n 30"; `low` is what a low end is called. */
void gate_say_wanted(const struct gate_line *line, const char *low, struct buffer *out);

const char *gate_measure_name(enum gate_measure measure); /* "gold_accuracy", "krippendorff_alpha", "judgments" */
const char *gate_result_name(enum gate_result result);    /* "pass", "fail", "too little data" */

#endif
