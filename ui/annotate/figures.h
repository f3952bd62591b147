/* The pane as a page of its own, over any screen. */
#ifndef UI_ANNOTATE_FIGURES_H
#define UI_ANNOTATE_FIGURES_H

#include "ui/annotate/pane.h"
#include "ui/screen.h"

/* Opens it. The pane is copied, what it points to is borrowed. Title and introduction (may be NULL) are copied. */
void figures_push(struct frame *frame, const char *title, const char *right, const char *introduction,
                  const struct pane *pane);

#endif
