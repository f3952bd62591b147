/*
 * Right-to-left text beside other text. Characters are sent in the order in which they are read; a terminal with bidi support orders each
 * row of the screen by itself, and knows nothing of columns: two right-to-left texts on one row would change sides, and the numbers behind
 * one would move into it. So between right-to-left text and the line at its right stands a blank that counts as left-to-right:
 * the text ends there for every terminal, and none shows anything.
 */
#ifndef UI_DIRECTIONS_H
#define UI_DIRECTIONS_H

#include "ui/surface.h"

/* The blank of Braille: one cell, without dots, of bidi class L. */
#define DIRECTION_GUARD "\xE2\xA0\x80"

/* Puts a guard into the blank cell before each upright line that follows right-to-left text. */
void directions_guard(struct surface *surface);

#endif
