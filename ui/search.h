/* Searching: the line that is typed, and on a screen with one text its keys. Several texts together: ui/annotate/texts.h. */
#ifndef UI_SEARCH_H
#define UI_SEARCH_H

#include "ui/screen.h"
#include "ui/text_view.h"

typedef void search_typed(struct screen *asker, struct frame *frame, struct slice text);

/* The line to type what is looked for; see frame_prompt. */
void search_ask(struct frame *frame, search_typed *typed);

/* What was typed: opens the search, or ends it (an empty line). Absent (Esc) changes nothing; what is not there is said to be not found. */
void search_begin(struct text_view *view, struct frame *frame, struct slice text, int rows);

/* "hit 3 of 13": for the title or the bottom row, while a search is open. Adds to out. */
void search_words(const struct text_view *view, struct buffer *out);

/* The search keys on one text of so many rows; `typed` hands the line on to search_begin. False for every other request. */
bool search_request(struct text_view *view, struct frame *frame, enum request request, int rows, search_typed *typed);

#endif
