/* The start screen's table of facts: what was handed in, how far the batch is, what is new. */
#ifndef UI_ANNOTATE_FACTS_H
#define UI_ANNOTATE_FACTS_H

#include "ui/annotate/news.h"

/* Draws from `row` on; returns the row behind. */
int facts_draw(const struct sitting *sitting, const struct news *news, struct surface *surface, struct rect area,
               int row);

/* What stands before the work, as a paragraph. */
int facts_draw_qualification(const struct sitting *sitting, struct surface *surface, struct rect area, int row);

#endif
