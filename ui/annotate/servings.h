/* Items of a batch as rows of a list: place, reference, what was said, how the prompt begins. The same for every item. */
#ifndef UI_ANNOTATE_SERVINGS_H
#define UI_ANNOTATE_SERVINGS_H

#include "ui/annotate/sitting.h"

void serving_line_draw(const struct sitting *sitting, const struct serving_line *line, bool current, bool selected,
                       struct surface *surface, struct rect area);

#endif
