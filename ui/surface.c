#include "ui/surface.h"

#include <string.h>

#include "core/base/memory.h"
#include "core/text/utf8.h"

#include "core/base/banned.h"

static const struct cell blank = {.bytes = " ", .length = 1, .width = 1, .ink = INK_NORMAL};

static struct cell *cell_at(const struct surface *surface, int row, int column) {
    return &surface->cells[(size_t)row * (size_t)surface->columns + (size_t)column];
}

static bool inside(const struct surface *surface, int row, int column) {
    return row >= 0 && row < surface->rows && column >= 0 && column < surface->columns;
}

void surface_init(struct surface *surface, int rows, int columns) {
    *surface = (struct surface){0};
    surface_resize(surface, rows, columns);
}

void surface_release(struct surface *surface) {
    memory_free(surface->cells);
    memory_free(surface->spots);
    *surface = (struct surface){0};
}

void surface_resize(struct surface *surface, int rows, int columns) {
    surface->rows = rows > 0 ? rows : 0;
    surface->columns = columns > 0 ? columns : 0;
    size_t cells = (size_t)surface->rows * (size_t)surface->columns;
    surface->cells = memory_resize(surface->cells, cells ? cells : 1, sizeof *surface->cells);
    surface_clear(surface);
}

void surface_clear(struct surface *surface) {
    size_t cells = (size_t)surface->rows * (size_t)surface->columns;
    for (size_t i = 0; i < cells; i++)
        surface->cells[i] = blank;
    surface->cursor_row = surface->cursor_column = -1;
    surface_forget_spots(surface);
}

struct rect surface_rect(const struct surface *surface) {
    return (struct rect){0, 0, surface->rows, surface->columns};
}

const struct cell *surface_cell(const struct surface *surface, int row, int column) {
    return inside(surface, row, column) ? cell_at(surface, row, column) : NULL;
}

/* Before the cell is overwritten: the other half of a wide character that has a half here becomes a blank. */
static void part(struct surface *surface, int row, int column) {
    struct cell *cell = cell_at(surface, row, column);
    struct cell *other = NULL;
    if (cell->width == 0 && column > 0)
        other = cell - 1;
    else if (cell->width == 2 && column + 1 < surface->columns)
        other = cell + 1;
    if (other) {
        unsigned char ink = other->ink;
        *other = blank;
        other->ink = ink;
    }
}

int surface_put(struct surface *surface, struct rect area, int row, int column, enum ink ink, struct slice character) {
    area = rect_meet(area, surface_rect(surface));
    if (row < area.row || row >= area.row + area.rows || column < area.column || column >= area.column + area.columns)
        return 0;
    int32_t point;
    size_t taken = utf8_decode(character.data, character.length, &point);
    int width = taken ? point_columns(point) : -1;
    if (width < 1 || width > 2)
        return 0;
    if (width == 2 && column + 2 > area.column + area.columns) {
        character = slice_of(" ");
        width = 1;
    }
    part(surface, row, column);
    if (width == 2)
        part(surface, row, column + 1);
    struct cell *cell = cell_at(surface, row, column);
    if (character.length > sizeof cell->bytes) /* the door lets no more than CELL_POINTS code points through */
        character.length = taken;
    memcpy(cell->bytes, character.data, character.length);
    cell->length = (unsigned char)character.length;
    cell->width = (unsigned char)width;
    cell->ink = (unsigned char)ink;
    if (width == 2)
        cell[1] = (struct cell){.length = 0, .width = 0, .ink = (unsigned char)ink};
    return width;
}

void surface_dye(struct surface *surface, struct rect area, enum ink ink) {
    area = rect_meet(area, surface_rect(surface));
    for (int row = area.row; row < area.row + area.rows; row++)
        for (int column = area.column; column < area.column + area.columns; column++)
            cell_at(surface, row, column)->ink = (unsigned char)ink;
}

void surface_add_spot(struct surface *surface, struct rect area, struct key key) {
    surface->spots =
        memory_grow(surface->spots, &surface->spot_capacity, surface->spot_count + 1, sizeof *surface->spots);
    surface->spots[surface->spot_count++] = (struct spot){area, key, surface->place};
}

const struct spot *surface_spot(const struct surface *surface, int row, int column) {
    struct rect pointer = rect_make(row, column, 1, 1);
    for (size_t i = surface->spot_count; i > 0; i--)
        if (!rect_empty(rect_meet(surface->spots[i - 1].area, pointer)))
            return &surface->spots[i - 1];
    return NULL;
}

void surface_forget_spots(struct surface *surface) {
    surface->spot_count = 0;
}

void surface_set_cursor(struct surface *surface, int row, int column) {
    bool seen = inside(surface, row, column);
    surface->cursor_row = seen ? row : -1;
    surface->cursor_column = seen ? column : -1;
}

void surface_dump_row(const struct surface *surface, int row, struct buffer *out) {
    if (row < 0 || row >= surface->rows)
        return;
    size_t keep = out->length;
    for (int column = 0; column < surface->columns; column++) {
        const struct cell *cell = cell_at(surface, row, column);
        buffer_add(out, cell->bytes, cell->length);
        if (!(cell->length == 1 && cell->bytes[0] == ' '))
            keep = out->length;
    }
    buffer_cut(out, keep);
}

void surface_dump(const struct surface *surface, struct buffer *out) {
    for (int row = 0; row < surface->rows; row++) {
        surface_dump_row(surface, row, out);
        buffer_add_char(out, '\n');
    }
}
