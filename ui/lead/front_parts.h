/* Rows of the desk's tables; what front.c draws with. */
#ifndef UI_LEAD_FRONT_PARTS_H
#define UI_LEAD_FRONT_PARTS_H

#include "ui/lead/office.h"

/* `inside` is the area of a row behind the mark ▸; the head is drawn with the same columns. */
/* longest: columns of the longest subject that any line has. */
void agenda_draw(const struct agenda_line *line, int longest, bool selected, struct surface *surface,
                 struct rect inside);
void people_head(const struct office *office, struct surface *surface, struct rect inside);
void people_row(const struct office *office, const struct office_person *one, bool selected, struct surface *surface,
                struct rect inside);
void category_head(struct surface *surface, struct rect inside);
void category_row(const struct office_category *one, bool selected, struct surface *surface, struct rect inside);

/* brief: for narrow screens. "helpfulness: 1,300 items · 60 judged · 1,210 open · 30 gold · 3 for you · done Dec 8–Dec 19". */
void track_words(const struct office *office, const struct office_track *track, bool brief, struct buffer *out);

/* "At 10 % gold a fall from 85 to 65 % is noticed after about 300 judgments …". */
void detector_words(const struct office_track *track, bool brief, struct buffer *out);

#endif
