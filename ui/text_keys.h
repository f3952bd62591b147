/* The reading keys on one text: lines, pages, ends, sideways. */
#ifndef UI_TEXT_KEYS_H
#define UI_TEXT_KEYS_H

#include "ui/keymap.h"
#include "ui/text_view.h"

/* Moves the view as the request says; rows are what it shows. A page keeps one line. False, and nothing moved, for any other request. */
bool text_view_request(struct text_view *view, enum request request, int rows);

/* IN_SEARCH and IN_WIDE, where they hold: to be joined to the contexts of a screen that shows the view. */
unsigned text_view_contexts(const struct text_view *view);

#endif
