/* What annotators.c and annotators_habits.c share; not for other folders. */
#ifndef CORE_REPORT_ANNOTATORS_PARTS_H
#define CORE_REPORT_ANNOTATORS_PARTS_H

#include "core/report/annotators.h"

/* Time, ties, length and runs of everybody, with the flags that rest on them. people[p] is counted->people[p], whose rows are
 * counted->rows[from[p]] up to from[p + 1]. */
void annotators_habits(struct annotator *people, const struct counted *counted, const size_t *from);

#endif
