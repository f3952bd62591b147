#include "ui/directions.h"

#include "core/text/direction.h"

#include "core/base/banned.h"

static bool cell_is(const struct cell *cell, const char *text) {
    return slice_equal(slice_make(cell->bytes, cell->length), slice_of(text));
}

void directions_guard(struct surface *surface) {
    for (int row = 0; row < surface->rows; row++) {
        enum text_direction last = DIRECTION_NONE;
        for (int column = 0; column < surface->columns; column++) {
            const struct cell *cell = surface_cell(surface, row, column);
            if (cell->width == 0 || cell_is(cell, " "))
                continue;
            enum text_direction here = text_direction(slice_make(cell->bytes, cell->length));
            const struct cell *before = column > 0 ? cell - 1 : NULL;
            if (last == DIRECTION_RIGHT_TO_LEFT && before && cell_is(cell, "│") && cell_is(before, " ")) {
                surface_put(surface, surface_rect(surface), row, column - 1, (enum ink)before->ink,
                            slice_of(DIRECTION_GUARD));
                here = DIRECTION_LEFT_TO_RIGHT;
            }
            last = here == DIRECTION_NONE ? last : here;
        }
    }
}
