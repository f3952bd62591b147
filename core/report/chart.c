/* Values become glyphs; see chart.h. */
#include "core/report/chart.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

#include "core/base/memory.h"

#include "core/base/banned.h"

enum {
    LABEL = 4,
    AXIS = LABEL,
    VALUES_FROM = LABEL + 2,
    ROWS_LEAST = 3,
    COLUMNS_LEAST = 8,
    STEP_MOST = 5,
    EVERY_ROW = 6
};

static void chart_init(struct chart *out, int rows, int columns) {
    *out = (struct chart){0};
    if (rows < ROWS_LEAST || columns < COLUMNS_LEAST)
        return;
    out->rows = rows;
    out->columns = columns;
    out->cells = memory_new((size_t)rows * (size_t)columns, sizeof *out->cells);
}

void chart_release(struct chart *chart) {
    memory_free(chart->cells);
    *chart = (struct chart){0};
}

const struct chart_cell *chart_cell(const struct chart *chart, int row, int column) {
    return &chart->cells[row * chart->columns + column];
}

static void put(struct chart *chart, int row, int column, const char *glyph, enum chart_role role) {
    if (row < 0 || row >= chart->rows || column < 0 || column >= chart->columns)
        return;
    struct chart_cell *cell = &chart->cells[row * chart->columns + column];
    snprintf(cell->glyph, sizeof cell->glyph, "%s", glyph);
    cell->role = (unsigned char)role;
}

static void put_label(struct chart *chart, int row, double value) {
    char text[32];
    snprintf(text, sizeof text, "%*.0f", LABEL - 1, value);
    for (int i = 0; text[i] && i < LABEL - 1; i++)
        put(chart, row, i, (const char[]){text[i], '\0'}, text[i] == ' ' ? CHART_BLANK : CHART_AXIS);
}

static void put_axis(struct chart *chart, double bottom, double top) {
    double step = (top - bottom) / (chart->rows - 1);
    for (int row = 0; row < chart->rows; row++) {
        put(chart, row, AXIS, "┤", CHART_AXIS);
        if (row % 2 == 0 || row == chart->rows - 1 || chart->rows <= EVERY_ROW)
            put_label(chart, row, top - step * row);
    }
}

static void put_limit(struct chart *chart, int row) {
    for (int column = AXIS + 1; column < chart->columns; column++)
        put(chart, row, column, "┈", CHART_LIMIT);
}

static int row_of(const struct chart *chart, double value, double bottom, double top) {
    double share = (value - bottom) / (top - bottom);
    share = share < 0 ? 0 : share > 1 ? 1 : share;
    return (int)floor((1 - share) * (chart->rows - 1) + 0.5);
}

static void put_point(struct chart *chart, int column, const struct chart_point *point, double bottom, double top) {
    if (isnan(point->value))
        return;
    int row = row_of(chart, point->value, bottom, top);
    if (!isnan(point->low) && !isnan(point->high)) {
        int first = row_of(chart, point->high, bottom, top), last = row_of(chart, point->low, bottom, top);
        for (int i = first; i <= last; i++)
            put(chart, i, column, i == first ? "╷" : i == last ? "╵" : "│", CHART_DOUBT);
    }
    put(chart, row, column, "●", CHART_VALUE);
}

void chart_intervals(struct chart *out, int rows, int columns, const struct chart_point *points, size_t count,
                     double bottom, double top, double limit) {
    chart_init(out, rows, columns);
    if (!out->cells)
        return;
    int room = columns - VALUES_FROM;
    size_t most = (size_t)(room + 1) / 2;
    out->from = count > most ? count - most : 0;
    size_t shown = count - out->from;
    int step = shown > 0 ? room / (int)shown : 2;
    step = step < 2 ? 2 : step > STEP_MOST ? STEP_MOST : step;
    put_axis(out, bottom, top);
    if (!isnan(limit))
        put_limit(out, row_of(out, limit, bottom, top));
    for (size_t i = 0; i < shown; i++)
        put_point(out, VALUES_FROM + (int)i * step, &points[out->from + i], bottom, top);
}

/* What of a column of `eighths` stands in the row that begins at `below` eighths. */
static const char *block(int eighths, int below) {
    static const char *const blocks[] = {"", "▁", "▂", "▃", "▄", "▅", "▆", "▇", "█"};
    int part = eighths - below;
    return blocks[part < 0 ? 0 : part > 8 ? 8 : part];
}

void chart_columns(struct chart *out, int rows, int columns, const double *values, size_t count, double top,
                   double limit) {
    chart_init(out, rows, columns);
    if (!out->cells)
        return;
    size_t most = (size_t)(columns - VALUES_FROM);
    out->from = count > most ? count - most : 0;
    put_axis(out, 0, top);
    if (!isnan(limit))
        put_limit(out, row_of(out, limit, 0, top));
    for (size_t i = out->from; i < count; i++) {
        if (isnan(values[i]))
            continue;
        double share = values[i] / top;
        share = share < 0 ? 0 : share > 1 ? 1 : share;
        int eighths = 1 + (int)floor(share * (8 * rows - 1) + 0.5); /* nothing is a thin line, not a gap */
        for (int row = 0; row < rows; row++) {
            const char *glyph = block(eighths, 8 * (rows - 1 - row));
            if (glyph[0])
                put(out, row, VALUES_FROM + (int)(i - out->from), glyph, CHART_VALUE);
        }
    }
}
