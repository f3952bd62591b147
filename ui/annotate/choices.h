/*
 * A row of choices, each a key and its word: "1 A much  [2 A better]  3 slightly". A taken one stands in brackets, for which there is
 * always room, so that taking one moves nothing. What does not fit is made closer, then shorter: the letters of inner
 * choices go first ("2 better"), then the ends of the words.
 */
#ifndef UI_ANNOTATE_CHOICES_H
#define UI_ANNOTATE_CHOICES_H

#include <stdbool.h>
#include <stddef.h>

#include "ui/surface.h"

struct choice {
    char key;         /* '0' to '9', a letter or '=' */
    const char *word; /* "" for the key alone */
    bool taken;
};

/* 1 if all of them fit into one row of so many columns without cutting words, else 2. */
int choices_rows(const struct choice *choices, size_t count, int columns);

/* Draws into `rows` rows (1 or 2) from (row, column) to the area's right edge. Returns the column behind the last one. */
int choices_draw(struct surface *surface, struct rect area, int row, int column, const struct choice *choices,
                 size_t count, int rows);

#endif
