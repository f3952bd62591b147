/*
 * An item on a page: its texts above, a panel below. What the pages of a gold item, a question and an item to
 * look at share.
 */
#ifndef UI_LEAD_EXHIBIT_H
#define UI_LEAD_EXHIBIT_H

#include "ui/lead/office.h"

struct exhibit;
typedef void exhibit_key_done(struct exhibit *exhibit, struct frame *frame);

struct exhibit {
    struct desk_screen desk; /* must be first */
    int64_t id;              /* of the item */
    char track[LIMIT_NAME_BYTES + 1];
    struct pool pool; /* of everything below */
    struct item_line line;
    char shown[LIMIT_RESPONSES + 1]; /* the order of the texts: stored letters */
    struct answer_line *answers;     /* of everybody, on this item */
    size_t answer_count;
    bool read;
    struct gold_key key; /* being chosen */
    exhibit_key_done *key_done;
};

/* Reads item and answers anew; shown NULL: in the stored order, else as somebody saw them. */
int exhibit_read(struct exhibit *exhibit, const char *shown, struct error *error);
void exhibit_release(struct exhibit *exhibit);

/* Title, hint and texts; returns the panel at the bottom, at most `wanted` rows and less than half of the screen. */
struct rect exhibit_draw(struct exhibit *exhibit, struct surface *surface, const char *where, int wanted);

/* Reading and search keys, the page with everything known (i), and going back. False for every other request. */
bool exhibit_request(struct exhibit *exhibit, struct frame *frame, enum request request);

/*
 * Asks in menus for a reference answer (start: the one that is amended; NULL: there is none) and leaves it in
 * exhibit->key; `done` is called when it is whole, and not when somebody goes back. The rubric must be known.
 */
void key_choose(struct exhibit *exhibit, struct frame *frame, const struct gold_key *start, exhibit_key_done *done);

/* Columns that the widest of the answers takes in a line of so many, which it has to share; an order of responses may take half. */
int exhibit_said_columns(const struct exhibit *exhibit, int columns);

/* "sides swapped" or "in another order" where what somebody says of A and B is of other letters than the page's; else "". */
const char *exhibit_order_words(const struct exhibit *exhibit, const char *shown);

/* Their reason, after a word about the order they saw where the page has another. */
void exhibit_reason(const struct exhibit *exhibit, const struct answer_line *answer, struct buffer *out);

/* The rubric in force on the item's track; NULL when the store knows no such track. */
const struct rubric *exhibit_rubric(const struct exhibit *exhibit);

#endif
