/* The figures at the head of a person's page. */
#ifndef UI_LEAD_PERSON_FIGURES_H
#define UI_LEAD_PERSON_FIGURES_H

#include "ui/lead/office.h"

enum { PERSON_FIGURE_ROWS = 6 };

/* PERSON_FIGURE_ROWS rows, label and sentence. */
void person_figures_draw(const struct office *office, const struct office_person *who, struct surface *surface,
                         struct rect area);

#endif
