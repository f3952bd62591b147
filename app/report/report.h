/*
 * A report and its three forms: text for people, JSON with the keys of the contract, CSV with one figure a line. Writers append to a buffer; text and CSV are safe for a
 * terminal (names went through the door), JSON escapes what is not. Gathering is app/gather.h.
 */
#ifndef APP_REPORT_REPORT_H
#define APP_REPORT_REPORT_H

#include "core/base/json.h"
#include "core/report/track.h"
#include "store/load.h"
#include "store/load_ratings.h"

enum report_part { REPORT_PART_ALL, REPORT_PART_ANNOTATORS, REPORT_PART_GROUPS, REPORT_PART_PAIRS };

struct report {
    const struct campaign *campaign;
    struct history history;
    struct item_counts items; /* of the track chosen, or of all */
    struct track_report *tracks;
    size_t track_count;
    bool in_force;              /* judgments under older rules are left out */
    struct store_models models; /* names of the models that responses name */
    int64_t at;                 /* when it was made */
    int64_t since, until;       /* 0: open end */
    bool own;                   /* an annotator looks: their own figures as of their last hand-in and nothing else */
    bool solo;                  /* nobody is asked who they are */
    int person;                 /* only this person's rows where people are told apart; 0: everybody's */
    enum report_part part;      /* of the text */
    enum group_by by;           /* with REPORT_PART_GROUPS */
};

void report_write_text(struct buffer *out, const struct report *report);
void report_write_json(struct buffer *out, const struct report *report);
void report_write_csv(struct buffer *out, const struct report *report);

/* The name of a group: of a category, a rubric, a week…; "(none)" for items without one. */
const char *report_group_name(const struct report *report, enum group_by by, const struct group *group);
static inline bool report_shows(const struct report *report, int person) {
    return report->person == 0 || report->person == person;
}

/* The one person whose report it is, on this track; NULL when nothing of theirs counts there. */
const struct annotator *report_person(const struct report *report, const struct track_report *track);

/* A figure as the contract has it: {"value", "ci95", "n"}, or null with the reason. ci95 is null where a figure has no interval. */
void report_json_figure(struct json *json, const char *key, const struct figure *figure);
/* What the gold rate buys, as a sentence without its full stop. The detector is designed and has gold. */
void report_delay_sentence(struct buffer *out, const struct track_detector *detector);
#define MODELS_APART "not every model can be compared with every other: strengths compare only within a component"
/* One member of `annotators`. */
void report_json_annotator(struct json *json, const struct report *report, const struct annotator *annotator);

#endif
