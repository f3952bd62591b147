/* The screen that shows one item to the group; review.c reads and draws, review_keys.c records, review_rubric.c
 * sharpens the rule. */
#ifndef UI_CALIBRATE_REVIEW_H
#define UI_CALIBRATE_REVIEW_H

#include "ui/calibrate/votes.h"

enum review_part { PART_VOTES, PART_TEXTS };

struct review {
    struct desk_screen desk; /* must be first */
    struct room *room;
    struct pool pool; /* of the item */
    struct item_line line;
    int64_t loaded;                  /* item whose texts are there; 0: none */
    char shown[LIMIT_RESPONSES + 1]; /* order on the screen: stored letters */
    size_t seen_by;                  /* person whose order that is + 1; 0: the stored order */
    enum review_part part;           /* in hand */
    bool full;                       /* that part alone */
    struct votes votes;
    enum calibration_verdict verdict; /* being recorded */
    struct buffer note;
    struct buffer rubric; /* its next version, being written */
    bool promote_exact;   /* with the reference's strength; else any */
};

const struct session_item *review_item(const struct review *review);

/* The session anew; and the item's texts, where it is another one. */
void review_read(struct desk_screen *desk, struct frame *frame);
void review_load(struct desk_screen *desk, struct frame *frame);

/* The rubric in $EDITOR, at the guideline or a criterion, and into force. */
void review_edit_rubric(struct review *review, struct frame *frame);

/* Another order on the screen. */
void review_show_as(struct review *review, const char *shown, size_t seen_by);

bool review_key(struct screen *screen, struct frame *frame, const struct key *key);
unsigned review_contexts(const struct screen *screen);

#endif
