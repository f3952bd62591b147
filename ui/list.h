/*
 * A list of rows with one in hand (▸), scrolled so that it is seen. The rows belong to the caller.
 */
#ifndef UI_LIST_H
#define UI_LIST_H

#include <stddef.h>

#include "ui/keymap.h"
#include "ui/surface.h"

struct list {
    size_t count;    /* rows */
    size_t selected; /* below count, 0 when there are none */
    size_t top;      /* first row shown */
    int page;        /* rows of the last draw */
};

/* Another number of rows; the one in hand is kept where it can be. */
void list_set_count(struct list *list, size_t count);

/* Moves for SCROLL_UP, SCROLL_DOWN, PAGE_UP, PAGE_DOWN, TO_TOP, TO_BOTTOM. False for every other request. */
bool list_request(struct list *list, enum request request);

/*
 * What a key asks for on a screen whose one list was drawn on this surface. A click on a row brings it into hand and asks for nothing; on the
 * row in hand it asks for REQUEST_OPEN.
 */
enum request list_lookup(struct list *list, const struct surface *surface, const struct key *key);

/*
 * Draws ▸ and calls `row` for each that is seen, with an area that begins two columns right of the edge, and whether it is in
 * hand. Each row is a spot of its number. `…` and a count at the right edge of first and last row tell of rows above and below.
 */
void list_draw(struct list *list, struct surface *surface, struct rect area,
               void (*row)(void *data, size_t index, bool selected, struct surface *surface, struct rect area),
               void *data);

#endif
