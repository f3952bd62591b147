/*
 * How the answers to an item are distributed, over the choices that the annotators had, in the order shown: a mark a
 * person, those of second votes in a row of their own, and R where the reference stands. Items of three and more
 * responses by who is first.
 */
#ifndef UI_CALIBRATE_DISTRIBUTION_H
#define UI_CALIBRATE_DISTRIBUTION_H

#include "ui/calibrate/room.h"

/* Rows that it takes: 2, or 3 with second votes. */
int distribution_rows(const struct room *room);
enum { DISTRIBUTION_ROWS_MOST = 3 };

void distribution_draw(const struct room *room, const char *shown, struct surface *surface, struct rect area);

/* "answers 5 of 6 · 3 for A, 2 for B": first votes. */
void distribution_words(const struct room *room, const char *shown, struct buffer *out);

#endif
