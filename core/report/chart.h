/*
 * Charts as cells: values in, a grid of glyphs out, for whoever draws. Pure. A chart has labels and an axis at
 * its left and as many columns of values as there is room for; when there are more values than columns the last
 * ones are shown. A value that does not exist (NAN) is a blank column, never a zero.
 */
#ifndef CORE_REPORT_CHART_H
#define CORE_REPORT_CHART_H

#include <stddef.h>

enum chart_role { CHART_BLANK, CHART_AXIS, CHART_LIMIT, CHART_DOUBT, CHART_VALUE };

struct chart_cell {
    char glyph[4]; /* one UTF-8 character of one column, terminated; "" is a blank */
    unsigned char role;
};

struct chart {
    int rows, columns;
    struct chart_cell *cells; /* rows × columns, row after row */
    size_t from;              /* index of the first value shown */
};

struct chart_point {
    double value, low, high; /* NAN: not there; low and high NAN: no interval */
};

/*
 * ● with ╷│╵ from low to high, on a scale from `bottom` to `top` that is labelled in whole numbers at every
 * second row and on the last (up to six rows: at each). `limit`: a line ┈ across, NAN for none. Sizes below 3
 * rows or 8 columns give an empty chart.
 */
void chart_intervals(struct chart *out, int rows, int columns, const struct chart_point *points, size_t count,
                     double bottom, double top, double limit);

/*
 * Columns ▁ to █ over all rows, from 0 to `top`, with the line ┈ at `limit` (the top row when they are equal).
 * One value a column.
 */
void chart_columns(struct chart *out, int rows, int columns, const double *values, size_t count, double top,
                   double limit);

void chart_release(struct chart *chart);

const struct chart_cell *chart_cell(const struct chart *chart, int row, int column);

#endif
