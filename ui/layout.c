#include "ui/layout.h"

#include "core/base/banned.h"

static int least(int a, int b) {
    return a < b ? a : b;
}

static int most(int a, int b) {
    return a > b ? a : b;
}

bool layout_too_small(int rows, int columns) {
    return rows < LAYOUT_LEAST_ROWS || columns < LAYOUT_LEAST_COLUMNS;
}

struct rect rect_make(int row, int column, int rows, int columns) {
    return (struct rect){row, column, most(rows, 0), most(columns, 0)};
}

bool rect_empty(struct rect rect) {
    return rect.rows <= 0 || rect.columns <= 0;
}

struct rect rect_meet(struct rect a, struct rect b) {
    int row = most(a.row, b.row), column = most(a.column, b.column);
    int rows = least(a.row + a.rows, b.row + b.rows) - row;
    int columns = least(a.column + a.columns, b.column + b.columns) - column;
    if (rows <= 0 || columns <= 0)
        return (struct rect){a.row, a.column, 0, 0};
    return (struct rect){row, column, rows, columns};
}

struct rect rect_cut_top(struct rect *from, int rows) {
    rows = least(most(rows, 0), from->rows);
    struct rect strip = {from->row, from->column, rows, from->columns};
    from->row += rows;
    from->rows -= rows;
    return strip;
}

struct rect rect_cut_bottom(struct rect *from, int rows) {
    rows = least(most(rows, 0), from->rows);
    from->rows -= rows;
    return (struct rect){from->row + from->rows, from->column, rows, from->columns};
}

struct rect rect_cut_left(struct rect *from, int columns) {
    columns = least(most(columns, 0), from->columns);
    struct rect strip = {from->row, from->column, from->rows, columns};
    from->column += columns;
    from->columns -= columns;
    return strip;
}

struct rect rect_cut_right(struct rect *from, int columns) {
    columns = least(most(columns, 0), from->columns);
    from->columns -= columns;
    return (struct rect){from->row, from->column + from->columns, from->rows, columns};
}

struct rect rect_row(struct rect rect, int row) {
    if (row < 0)
        row += rect.rows;
    if (row < 0 || row >= rect.rows)
        return (struct rect){rect.row, rect.column, 0, 0};
    return (struct rect){rect.row + row, rect.column, 1, rect.columns};
}

struct rect rect_inset(struct rect rect, int rows, int columns) {
    rows = least(most(rows, 0), rect.rows / 2);
    columns = least(most(columns, 0), rect.columns / 2);
    return (struct rect){rect.row + rows, rect.column + columns, rect.rows - 2 * rows, rect.columns - 2 * columns};
}

struct rect rect_centre(struct rect area, int rows, int columns) {
    rows = least(most(rows, 0), area.rows);
    columns = least(most(columns, 0), area.columns);
    return (struct rect){area.row + (area.rows - rows) / 2, area.column + (area.columns - columns) / 2, rows, columns};
}

/* The start and size of part i of `count` that share `length` cells with gaps between them. */
static void share(int length, int count, int gap, int i, int *start, int *size) {
    int room = most(length - gap * (count - 1), 0);
    int each = room / count, left_over = room % count;
    *start = least(i * (each + gap) + least(i, left_over), length);
    *size = least(each + (i < left_over), length - *start);
}

void rect_divide(struct rect area, int count, int gap, struct rect *parts) {
    for (int i = 0; i < count; i++) {
        int start, size;
        share(area.columns, count, most(gap, 0), i, &start, &size);
        parts[i] = (struct rect){area.row, area.column + start, area.rows, size};
    }
}

void rect_stack(struct rect area, int count, int gap, struct rect *parts) {
    for (int i = 0; i < count; i++) {
        int start, size;
        share(area.rows, count, most(gap, 0), i, &start, &size);
        parts[i] = (struct rect){area.row + start, area.column, size, area.columns};
    }
}
