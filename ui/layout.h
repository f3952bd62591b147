/*
 * Rectangles of cells, and the arithmetic on them. Rows and columns count from 0 at the top left; a rectangle never has a
 * negative size: what does not fit becomes empty, so a layout can be computed for any size and painted without a check.
 */
#ifndef UI_LAYOUT_H
#define UI_LAYOUT_H

#include <stdbool.h>

struct rect {
    int row, column;   /* of the top left cell */
    int rows, columns; /* 0 or more; empty when either is 0 */
};

/* The smallest terminal that a screen is laid out for; below it, the frame says so and waits. */
enum { LAYOUT_LEAST_COLUMNS = 60, LAYOUT_LEAST_ROWS = 16 };

bool layout_too_small(int rows, int columns);

/* A rectangle with negative sizes made 0. */
struct rect rect_make(int row, int column, int rows, int columns);

bool rect_empty(struct rect rect);

/* The part that both have; empty, at a's corner, when they have none. */
struct rect rect_meet(struct rect a, struct rect b);

/*
 * Cuts a strip off *from and returns it: at most what is there. What is left stays in *from. So a screen is laid out by
 * cutting title, rules, pane and hint line off the whole, one after the other.
 */
struct rect rect_cut_top(struct rect *from, int rows);
struct rect rect_cut_bottom(struct rect *from, int rows);
struct rect rect_cut_left(struct rect *from, int columns);
struct rect rect_cut_right(struct rect *from, int columns);

/* One row of it, `row` counted from its top (from its bottom when negative: -1 is the last); empty when there is no such row. */
struct rect rect_row(struct rect rect, int row);

/* Smaller by so many cells on each side. */
struct rect rect_inset(struct rect rect, int rows, int columns);

/* rows × columns in the middle of the area; at most the area. */
struct rect rect_centre(struct rect area, int rows, int columns);

/*
 * Divides the area into `count` (1 to 64) columns with `gap` cells between them, into parts[0 … count-1]. Cells left over go to
 * the first ones. The same downwards with rect_stack. Parts are empty when there is no room.
 */
void rect_divide(struct rect area, int count, int gap, struct rect *parts);
void rect_stack(struct rect area, int count, int gap, struct rect *parts);

#endif
