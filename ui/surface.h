/*
 * A screen as a grid of cells, off the terminal. Screens draw here; ui/terminal.c copies it to curses; tests read it as a
 * string. A cell holds what ncurses can hold: one spacing code point and up to four that join it.
 *
 * Invariant: a cell of width 2 is followed by a cell of width 0 in the same row (its right half, no bytes); no other cell has
 * width 0. Overwriting one half of a wide character blanks the other.
 */
#ifndef UI_SURFACE_H
#define UI_SURFACE_H

#include "core/base/buffer.h"
#include "core/base/slice.h"
#include "core/text/grapheme.h"
#include "ui/key.h"
#include "ui/layout.h"
#include "ui/theme.h"

struct cell {
    char bytes[CELL_POINTS * 4]; /* UTF-8, not terminated */
    unsigned char length;        /* of bytes; 0 in a right half */
    unsigned char width;         /* 1 or 2 cells; 0: the right half of the cell to the left */
    unsigned char ink;           /* enum ink */
};

/* A part of the screen where a click stands for a key. */
struct spot {
    struct rect area;
    struct key key; /* ON_NOTHING: the click means the place itself */
    int place;      /* the screen's own: what it belongs to */
};

struct surface {
    int rows, columns;
    struct cell *cells;            /* rows × columns, row after row */
    int cursor_row, cursor_column; /* where the terminal's cursor is shown; -1: hidden */
    struct spot *spots;
    size_t spot_count, spot_capacity;
    int place; /* of the spots that are added now; set by whoever draws */
};

/* Blank, of that size; either may be 0. Release it with surface_release. */
void surface_init(struct surface *surface, int rows, int columns);
void surface_release(struct surface *surface);

/* Another size, blank. */
void surface_resize(struct surface *surface, int rows, int columns);

/* All blanks in INK_NORMAL, cursor hidden, no spots. */
void surface_clear(struct surface *surface);

/* The whole of it. */
struct rect surface_rect(const struct surface *surface);

/* The cell there; NULL outside. */
const struct cell *surface_cell(const struct surface *surface, int row, int column);

/*
 * Puts one character into the cell: one spacing code point (width 1 or 2) and what joins it, cleaned by the door. Nothing
 * happens outside `area` and the surface; a wide character that does not fit wholly is a blank. Returns the cells taken (0 when
 * nothing was put). paint.h is what screens use.
 */
int surface_put(struct surface *surface, struct rect area, int row, int column, enum ink ink, struct slice character);

/* Gives the cells of an area another ink and keeps what stands in them. */
void surface_dye(struct surface *surface, struct rect area, enum ink ink);

/* From now on a click in this area (absolute cells) is the key, at surface->place. */
void surface_add_spot(struct surface *surface, struct rect area, struct key key);

/* The spot there, the one added last where they overlap; NULL: none. Good until the surface is drawn anew. */
const struct spot *surface_spot(const struct surface *surface, int row, int column);

/* What is drawn next covers what was drawn before. */
void surface_forget_spots(struct surface *surface);

/* The cursor is to be shown there (absolute cell); outside the surface: hidden. */
void surface_set_cursor(struct surface *surface, int row, int column);

/* Adds the rows as lines of text, spaces at their ends left out: for tests and for a person to read. */
void surface_dump(const struct surface *surface, struct buffer *out);

/* The same for one row, without a newline. */
void surface_dump_row(const struct surface *surface, int row, struct buffer *out);

#endif
