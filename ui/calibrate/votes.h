/*
 * The votes on an item as cards, one under the other: the reference and what became of the item, then each person's
 * choice, confidence and ratings on one line and the reason below it. ▸ is on one card; what does not fit is
 * scrolled, a long reason line by line.
 */
#ifndef UI_CALIBRATE_VOTES_H
#define UI_CALIBRATE_VOTES_H

#include "ui/calibrate/room.h"

struct votes {
    struct votes_line {
        const struct session_vote *vote; /* its line; NULL: words alone */
        size_t card;
        size_t start, end; /* of a line of words: bytes of text */
    } * lines;
    size_t line_count, line_room;
    struct buffer text;
    size_t cards;    /* the first is what the lead recorded */
    size_t selected; /* card at ▸ */
    size_t top;      /* first line shown */
    int page;        /* lines of the last draw */
    size_t below;    /* lines behind them */
    /* what the lines were made for */
    size_t item;
    size_t reads;
    int columns;
    bool names;
    char shown[LIMIT_RESPONSES + 1];
};

void votes_release(struct votes *votes);

/* Another item: ▸ and the top go to its first card. */
void votes_reset(struct votes *votes);

/* Draws the cards of the item in the order shown; `marked`: digits and arrows are for them. */
void votes_draw(struct votes *votes, const struct room *room, const char *shown, bool marked, struct surface *surface,
                struct rect area);

/* Moves ▸ and scrolls for SCROLL_UP, SCROLL_DOWN, PAGE_UP, PAGE_DOWN, TO_TOP, TO_BOTTOM. False for every other. */
bool votes_request(struct votes *votes, enum request request);

/* The vote at ▸; NULL where it stands on what the lead recorded without a reference. */
const struct session_vote *votes_selected(const struct votes *votes);

#endif
