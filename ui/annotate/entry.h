/* A text of some lines, typed over the screen that asks for it: a question to the lead. */
#ifndef UI_ANNOTATE_ENTRY_H
#define UI_ANNOTATE_ENTRY_H

#include "ui/edit.h"
#include "ui/screen.h"

/*
 * Opens it with a text to begin with, and `rows` rows to write in. Title and verb ("ask": what ends the typing) are borrowed and outlive it. When
 * typing ends `done` is called once with the text, after the entry is gone; Escape, or an empty text, gives an absent slice. `changed` is called
 * with every change, for who keeps what is being written; NULL: nobody does, and Escape asks before it throws anything away. The texts are good
 * during the call.
 */
void entry_open(struct frame *frame, const char *title, const char *verb, int rows, size_t most, struct slice start,
                void (*changed)(struct screen *asker, struct frame *frame, struct slice text),
                void (*done)(struct screen *asker, struct frame *frame, struct slice text));

/* The field's text in $EDITOR. What went wrong is said, and the text is then as it was. True when the text was taken over. */
bool entry_edit_outside(struct frame *frame, struct edit *edit);

#endif
