/* What the page of a category or language is drawn with: figures at its head, lines of the specification. */
#ifndef UI_LEAD_CATEGORY_PARTS_H
#define UI_LEAD_CATEGORY_PARTS_H

#include "ui/lead/office.h"

enum { CATEGORY_FIGURE_ROWS = 4 };

void category_figures_draw(const struct office *office, const struct office_category *one, struct surface *surface,
                           struct rect area);

/* One row each: result, measure, figure, interval, n, wanted. */
void rule_head(struct surface *surface, struct rect row);
void rule_row(const struct gate_line *line, struct surface *surface, struct rect row);

/* "fails", "holds", "too little", with the ink for it; "(too little)" where the rule allows that. */
const char *rule_result(const struct gate_line *line, enum ink *ink);

/* "gold", "α", "fewest". */
const char *rule_measure(const struct gate_line *line);

#endif
