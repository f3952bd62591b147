#include "ui/paint.h"

#include <math.h>
#include <stdarg.h>

#include "core/base/buffer.h"
#include "core/text/clean.h"
#include "core/text/clip.h"
#include "core/text/utf8.h"
#include "core/text/wrap.h"

#include "core/base/banned.h"

int paint_clean(struct surface *surface, struct rect area, int row, int column, enum ink ink, struct slice text) {
    size_t at = 0;
    while (at < text.length && column < area.columns) {
        int32_t point;
        size_t start = at, step = utf8_decode(text.data + at, text.length - at, &point);
        if (step == 0)
            break;
        int width = point_columns(point);
        at += step;
        while (at < text.length) { /* what joins this cell */
            step = utf8_decode(text.data + at, text.length - at, &point);
            if (step == 0 || point_columns(point) != 0)
                break;
            at += step;
        }
        if (width < 1) /* nothing to join: only text that was not cleaned has this */
            continue;
        if (column >= 0)
            surface_put(surface, area, area.row + row, area.column + column, ink,
                        slice_make(text.data + start, at - start));
        column += width;
    }
    return column < area.columns ? column : area.columns;
}

/* Only rows of the area are drawn on; then surface_put sees to the columns. */
static bool on_row(struct rect area, int row) {
    return row >= 0 && row < area.rows;
}

int paint_text(struct surface *surface, struct rect area, int row, int column, enum ink ink, struct slice text) {
    if (!on_row(area, row) || column >= area.columns || column < 0)
        return column;
    struct buffer clean = BUFFER_INIT, clipped = BUFFER_INIT;
    text_clean(&clean, text, CLEAN_ONE_LINE);
    text_clip(&clipped, buffer_slice(&clean), area.columns - column);
    column = paint_clean(surface, area, row, column, ink, buffer_slice(&clipped));
    buffer_release(&clean);
    buffer_release(&clipped);
    return column;
}

int paint_string(struct surface *surface, struct rect area, int row, int column, enum ink ink, const char *text) {
    return paint_text(surface, area, row, column, ink, slice_of(text));
}

int paint_format(struct surface *surface, struct rect area, int row, int column, enum ink ink, const char *format,
                 ...) {
    struct buffer text = BUFFER_INIT;
    va_list arguments;
    va_start(arguments, format);
    buffer_add_format_list(&text, format, arguments);
    va_end(arguments);
    column = paint_text(surface, area, row, column, ink, buffer_slice(&text));
    buffer_release(&text);
    return column;
}

static int fit(struct surface *surface, struct rect area, int row, int column, int columns, enum ink ink,
               struct slice text, enum text_align align) {
    if (!on_row(area, row) || column >= area.columns || column < 0 || columns <= 0)
        return column;
    if (columns > area.columns - column)
        columns = area.columns - column;
    struct buffer clean = BUFFER_INIT, fitted = BUFFER_INIT;
    text_clean(&clean, text, CLEAN_ONE_LINE);
    text_fit(&fitted, buffer_slice(&clean), columns, align);
    paint_clean(surface, area, row, column, ink, buffer_slice(&fitted));
    buffer_release(&clean);
    buffer_release(&fitted);
    return column + columns;
}

int paint_fit(struct surface *surface, struct rect area, int row, int column, int columns, enum ink ink,
              struct slice text) {
    return fit(surface, area, row, column, columns, ink, text, TEXT_LEFT);
}

int paint_fit_right(struct surface *surface, struct rect area, int row, int column, int columns, enum ink ink,
                    struct slice text) {
    return fit(surface, area, row, column, columns, ink, text, TEXT_RIGHT);
}

int paint_right(struct surface *surface, struct rect area, int row, int margin, enum ink ink, struct slice text) {
    int room = area.columns - (margin > 0 ? margin : 0);
    if (!on_row(area, row) || room <= 0)
        return area.columns;
    struct buffer clean = BUFFER_INIT, clipped = BUFFER_INIT;
    text_clean(&clean, text, CLEAN_ONE_LINE);
    int column = room - text_clip(&clipped, buffer_slice(&clean), room);
    paint_clean(surface, area, row, column, ink, buffer_slice(&clipped));
    buffer_release(&clean);
    buffer_release(&clipped);
    return column;
}

int paint_right_string(struct surface *surface, struct rect area, int row, int margin, enum ink ink, const char *text) {
    return paint_right(surface, area, row, margin, ink, slice_of(text));
}

void paint_centre(struct surface *surface, struct rect area, int row, enum ink ink, struct slice text) {
    struct buffer clean = BUFFER_INIT;
    text_clean(&clean, text, CLEAN_ONE_LINE);
    int columns = (int)(text_columns(buffer_slice(&clean)) & 0xffff);
    int column = columns < area.columns ? (area.columns - columns) / 2 : 0;
    paint_text(surface, area, row, column, ink, buffer_slice(&clean));
    buffer_release(&clean);
}

int paint_paragraph(struct surface *surface, struct rect area, int row, enum ink ink, struct slice text) {
    if (row < 0 || area.columns < 2)
        return row;
    struct buffer clean = BUFFER_INIT;
    text_clean(&clean, text, CLEAN_LINES);
    struct slice whole = buffer_slice(&clean);
    struct text_line line;
    for (size_t at = 0; row < area.rows && text_wrap(whole, at, area.columns, &line); at = line.next, row++) {
        paint_clean(surface, area, row, 0, ink, slice_make(whole.data + line.start, line.end - line.start));
        if (row == area.rows - 1 && line.next < whole.length)
            paint_string(surface, area, row, line.columns < area.columns ? line.columns : area.columns - 1, ink, "…");
    }
    buffer_release(&clean);
    return row;
}

void paint_fill(struct surface *surface, struct rect area, enum ink ink) {
    for (int row = 0; row < area.rows; row++)
        for (int column = 0; column < area.columns; column++)
            surface_put(surface, area, area.row + row, area.column + column, ink, slice_of(" "));
}

/* Box drawing by the arms it has. */
enum arm { ARM_UP = 1, ARM_DOWN = 2, ARM_LEFT = 4, ARM_RIGHT = 8 };

static const char *const box[16] = {
    [ARM_LEFT] = "─",
    [ARM_RIGHT] = "─",
    [ARM_LEFT | ARM_RIGHT] = "─",
    [ARM_UP] = "│",
    [ARM_DOWN] = "│",
    [ARM_UP | ARM_DOWN] = "│",
    [ARM_DOWN | ARM_LEFT | ARM_RIGHT] = "┬",
    [ARM_UP | ARM_LEFT | ARM_RIGHT] = "┴",
    [ARM_UP | ARM_DOWN | ARM_RIGHT] = "├",
    [ARM_UP | ARM_DOWN | ARM_LEFT] = "┤",
    [ARM_UP | ARM_DOWN | ARM_LEFT | ARM_RIGHT] = "┼",
    [ARM_DOWN | ARM_RIGHT] = "┌",
    [ARM_DOWN | ARM_LEFT] = "┐",
    [ARM_UP | ARM_RIGHT] = "└",
    [ARM_UP | ARM_LEFT] = "┘",
};

/* The arms of what stands in a cell; 0 when it is no line. ─ and │ have both of theirs. */
static unsigned arms_at(const struct surface *surface, int row, int column) {
    const struct cell *cell = surface_cell(surface, row, column);
    if (!cell || cell->ink != INK_RULE)
        return 0;
    struct slice text = slice_make(cell->bytes, cell->length);
    for (unsigned arms = 15; arms > 0; arms--)
        if (box[arms] && slice_is(text, box[arms]))
            return arms;
    return 0;
}

static void join(struct surface *surface, struct rect area, int row, int column, unsigned arms) {
    surface_put(surface, area, row, column, INK_RULE, slice_of(box[arms]));
}

/*
 * The arms of a new line's cell on what is there: both of its own, but where it begins or ends on a line across it, only the
 * one that points along it, so that it makes a tee.
 */
static unsigned arms_over(unsigned there, unsigned back, unsigned on, bool first, bool last) {
    unsigned across = there & ~(back | on), along = there & (back | on);
    if (!across)
        return back | on;
    return across | along | (first ? 0 : back) | (last ? 0 : on);
}

void paint_rule(struct surface *surface, struct rect area, int row) {
    if (!on_row(area, row) || area.columns <= 0)
        return;
    int y = area.row + row, end = area.column + area.columns;
    for (int x = area.column; x < end; x++)
        join(surface, area, y, x,
             arms_over(arms_at(surface, y, x), ARM_LEFT, ARM_RIGHT, x == area.column, x == end - 1));
}

void paint_upright(struct surface *surface, struct rect area, int column) {
    if (column < 0 || column >= area.columns)
        return;
    int x = area.column + column, end = area.row + area.rows;
    for (int y = area.row; y < end; y++)
        join(surface, area, y, x, arms_over(arms_at(surface, y, x), ARM_UP, ARM_DOWN, y == area.row, y == end - 1));
}

void paint_bar(struct surface *surface, struct rect area, int row, int column, int columns, double share,
               enum ink ink) {
    if (!on_row(area, row) || columns <= 0 || column < 0)
        return;
    if (!(share > 0))
        share = 0;
    if (share > 1)
        share = 1;
    int halves = (int)floor(share * 2 * columns + 0.5);
    for (int i = 0; i < columns; i++) {
        bool full = 2 * i + 2 <= halves, half = 2 * i + 1 == halves;
        surface_put(surface, area, area.row + row, area.column + column + i, full || half ? ink : INK_DIM,
                    slice_of(full   ? "█"
                             : half ? "▌"
                                    : "·"));
    }
}

int paint_spark(struct surface *surface, struct rect area, int row, int column, const double *values, size_t count,
                double top, enum ink ink) {
    static const char *const eighths[] = {"▁", "▂", "▃", "▄", "▅", "▆", "▇", "█"};
    if (!on_row(area, row) || column < 0 || column >= area.columns)
        return column;
    size_t room = (size_t)(area.columns - column);
    size_t first = count > room ? count - room : 0;
    for (size_t i = first; i < count; i++, column++) {
        double height = top > 0 ? values[i] / top : 0;
        if (isnan(values[i]) || isnan(height)) {
            surface_put(surface, area, area.row + row, area.column + column, ink, slice_of(" "));
            continue;
        }
        height = height < 0 ? 0 : height > 1 ? 1 : height;
        surface_put(surface, area, area.row + row, area.column + column, ink,
                    slice_of(eighths[(int)(height * 7 + 0.5)]));
    }
    return column;
}
