/* What the files of the text report share: cells, and figures as words. Columns add up to 80 at most. */
#ifndef APP_REPORT_TEXT_PARTS_H
#define APP_REPORT_TEXT_PARTS_H

#include "app/report/report.h"

/* Text that came from a file: cleaned, and cut or filled to so many cells; 0: as long as it is. */
void print_name(struct buffer *out, const char *name, int columns);
/* "61.9 %" or ".389", then its interval, then n and what n counts; under ten of a share "7 of 8" without interval; or "n/a: reason". One line of its
 * own. */
enum text_scale { TEXT_SHARE, TEXT_COEFFICIENT };
void text_figure(struct buffer *out, const char *label, const struct figure *figure, enum text_scale scale,
                 const char *unit);
/* Into a column of 20 cells, 22 for a coefficient: "61.9 %  52.1–70.8"; "too early" under ten of a share. */
void text_cell(struct buffer *out, const struct figure *figure, enum text_scale scale);
void text_spaces(struct buffer *out, int columns);

void text_write_annotators(struct buffer *out, const struct report *report, const struct track_report *track);
void text_write_groups(struct buffer *out, const struct report *report, const struct track_report *track,
                       const struct groups *groups);
/* Under the head of a track, when its judgments were made by more than one version of the rubric, or by an older rule. */
void text_write_versions(struct buffer *out, const struct report *report, const struct track_report *track);
/* Of the whole team: nothing when there is nothing to say. */
void text_write_pooled(struct buffer *out, const struct report *report, const struct track_report *track);
void text_write_models(struct buffer *out, const struct report *report, const struct track_models *models);
void text_write_labels(struct buffer *out, const struct track_labels *labels);
/* What the lead sees of one person alone. */
void text_write_details(struct buffer *out, const struct report *report, const struct annotator *person);
/* Why there is nothing to say. */
const char *report_nothing(const struct report *report);
/* An annotator's own page. */
void text_write_own(struct buffer *out, const struct report *report, const struct track_report *track);

/* The value alone, at the right of so many columns; n/a. */
void text_value(struct buffer *out, const struct figure *figure, enum text_scale scale, int columns);

#endif
