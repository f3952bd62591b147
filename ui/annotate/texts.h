/*
 * What is judged: the prompt and the responses of one item as text views, where each stands, and which of them is marked (▌: the one
 * that reading keys move). How a person likes to read (arrangement, together, raw) is kept from item to item.
 *
 * Places are numbered on screen: 0 is the prompt, 1 is A, 2 is B, …
 */
#ifndef UI_ANNOTATE_TEXTS_H
#define UI_ANNOTATE_TEXTS_H

#include <stdbool.h>
#include <stddef.h>

#include "core/model/item.h"
#include "ui/keymap.h"
#include "ui/surface.h"
#include "ui/text_view.h"

struct frame;

enum { TEXTS_MOST = 1 + LIMIT_RESPONSES };

enum arrangement { SIDE_BY_SIDE, STACKED, ONE_TEXT, ARRANGEMENTS };

/* What the other responses do when one is scrolled. By heading: to the same place in the section of the same heading. */
enum following { APART, BY_SHARE, BY_HEADING };

struct texts {
    struct text_view views[TEXTS_MOST];
    struct rect bodies[TEXTS_MOST]; /* where each stood at the last draw; empty: it was not shown */
    struct rect area;               /* of the responses, at the last draw */
    int count;                      /* prompt and responses; 0: no item yet */
    int marked;
    int answer; /* the response marked last: what ONE_TEXT shows */
    enum arrangement arrangement;
    enum following following;
    bool raw;
    bool only; /* at the last draw not all responses had room */
    bool searching;
    bool placed;             /* the prompt has been moved to its last message */
    const struct item *item; /* borrowed, with the pool of its texts */
    char shown[LIMIT_RESPONSES + 1];
    char said[64];       /* for the message row */
    const char *covered; /* a content note over the texts until a key; NULL: open */
};

void texts_init(struct texts *texts);
void texts_release(struct texts *texts);

/* Another item, responses in the order of `shown` (stored letters); A is marked, a search is closed. Both are borrowed but shown. */
void texts_set(struct texts *texts, const struct item *item, const char *shown);

/* Forgets the item; how the person likes to read is kept. Before the item's texts are freed. */
void texts_clear(struct texts *texts);

/*
 * Draws prompt strip and responses. The row below `area` holds a rule, and the column right of it may hold an upright line: what
 * is drawn here joins them. `dense`: the prompt's heading stands on the rule above `area`.
 */
void texts_draw(struct texts *texts, struct surface *surface, struct rect area, bool dense);

/* A reading key: scroll, mark, sideways, arrangement, together, raw, hits. False for every other request. *say (may be left NULL)
 * gets a word for the message row. */
bool texts_request(struct texts *texts, enum request request, const char **say);

/* The next arrangement that differs from the present one in the room of the last draw; false if there is none. */
bool texts_arrange(struct texts *texts);

/* The mouse: the wheel scrolls the text under the pointer (▌ stays), a click marks it. False elsewhere, and under a cover. */
bool texts_point(struct texts *texts, const struct key *key);

/* IN_SEARCH and IN_WIDE, where they hold as of the last draw: to be joined to the contexts of the screen. */
unsigned texts_contexts(const struct texts *texts);

/* Marks the text at a place. */
void texts_mark(struct texts *texts, int place);

/* Opens a search in all of them; an empty needle closes it. Returns the number of hits: without any, nothing is open. */
size_t texts_search(struct texts *texts, struct slice needle);

/* The same in the marked text alone, which shows so many rows. */
size_t texts_search_marked(struct texts *texts, struct slice needle, int rows);

/* What was typed for a search (absent: Esc), done in all of them and said. */
void texts_search_typed(struct texts *texts, struct frame *frame, struct slice text);

/* The next (1) or previous (-1) hit, through all the texts: past the last hit of one comes the first of the next that has any. */
void texts_go_to_hit(struct texts *texts, int direction);

/* Rows of a text at the last draw; 1 where it was not shown. */
int texts_rows(const struct texts *texts, int place);

/* The other responses go where the marked one stands, as texts->following says. */
void texts_follow(struct texts *texts);

/* The next way to scroll together that makes sense for these texts; says what it is. */
const char *texts_next_following(struct texts *texts);

/* "hit 3 of 13", over all texts. */
const char *texts_hit(struct texts *texts);

/* Opens the screen of differences: the response marked last against the next one. */
void texts_compare(const struct texts *texts, struct frame *frame);

/* The marked text in $PAGER, as it came. */
void texts_page(const struct texts *texts, struct frame *frame);

/* "prompt", "A", "B", … */
const char *text_name(int place);

/* The messages of a text, as one text for the pager or the clipboard: roles as lines of their own where there are several. */
void texts_source(const struct texts *texts, int place, struct buffer *out);

/* "coding · en · 3 turns": what stands beside the prompt. */
void texts_caption(const struct item *item, struct buffer *out);

#endif
