/* Figures become charts (core/report/chart.h) and cells of a surface; see charts.h. The tables are in tables.c. */
#include "ui/lead/charts.h"

#include <math.h>

#include "core/base/memory.h"
#include "core/quality/proportion.h"
#include "core/report/chart.h"
#include "ui/paint.h"

#include "core/base/banned.h"

enum { GAP = 3, CHARTS = 3 };

static void put(const struct chart *chart, struct surface *surface, struct rect area) {
    static const enum ink inks[] = {INK_NORMAL, INK_DIM, INK_WARNING, INK_DIM, INK_ACCENT};
    for (int row = 0; row < chart->rows; row++)
        for (int column = 0; column < chart->columns; column++) {
            const struct chart_cell *cell = chart_cell(chart, row, column);
            if (cell->glyph[0])
                surface_put(surface, area, area.row + row, area.column + column, inks[cell->role],
                            slice_of(cell->glyph));
        }
}

static void say(struct surface *surface, struct rect area, const char *words) {
    paint_string(surface, area, 0, 2, INK_DIM, words);
}

/* Shares in percent, on rows that stand for round numbers: 40 to 100, or 0 to 100 when a value lies below. */
static void draw_shares(const struct chart_point *points, size_t count, double limit, struct surface *surface,
                        struct rect area) {
    bool low = false;
    for (size_t i = 0; i < count; i++)
        low = low || points[i].value < 40;
    int rows = low ? (area.rows >= 11 ? 11 : 6) : (area.rows >= 13 ? 13 : 7);
    struct chart chart;
    chart_intervals(&chart, rows < area.rows ? rows : area.rows, area.columns, points, count, low ? 0 : 40, 100, limit);
    put(&chart, surface, area);
    chart_release(&chart);
}

static void draw_gold(const struct annotator *annotator, struct surface *surface, struct rect area, double bar) {
    const struct person_gold *gold = &annotator->own.gold;
    size_t blocks = (gold->n + CHART_BLOCK - 1) / CHART_BLOCK, count = 0;
    struct chart_point *points = memory_new(blocks, sizeof *points);
    for (size_t from = 0; from < gold->n; from += CHART_BLOCK) {
        size_t n = gold->n - from < CHART_BLOCK ? gold->n - from : CHART_BLOCK, right = 0;
        for (size_t i = from; i < from + n; i++)
            right += gold->outcomes[i].verdict == VERDICT_RIGHT;
        struct figure share = proportion_wilson(right, n);
        if (n >= CHART_BLOCK_LEAST)
            points[count++] = (struct chart_point){100 * share.value, 100 * share.low, 100 * share.high};
    }
    if (count == 0)
        say(surface, area, "too early");
    else
        draw_shares(points, count, 100 * bar, surface, area);
    memory_free(points);
}

/* As many rows as there is room for so that every second one stands for a whole number. */
static int whole_rows(int most, int top) {
    for (int rows = most - (most % 2 == 0); rows >= 5; rows -= 2)
        if (2 * top % (rows - 1) == 0)
            return rows;
    return most;
}

static void draw_detector(const struct annotator *annotator, struct surface *surface, struct rect area) {
    const struct person_drift *drift = &annotator->own.drift;
    size_t n = annotator->own.gold.n;
    if (!drift->designed || n == 0) {
        say(surface, area, drift->designed ? "too early" : "these settings give no detector");
        return;
    }
    double *values = memory_new(n, sizeof *values);
    for (size_t i = 0; i < n; i++)
        values[i] = annotator->own.gold.outcomes[i].statistic;
    struct chart chart;
    chart_columns(&chart, whole_rows(area.rows, drift->design.limit), area.columns, values, n, drift->design.limit,
                  drift->design.limit);
    put(&chart, surface, area);
    chart_release(&chart);
    memory_free(values);
}

static void draw_weeks(const struct office_track *track, struct surface *surface, struct rect area) {
    const struct groups *weeks = &track->report.groups[GROUP_WEEK];
    struct chart_point *points = memory_new(weeks->count, sizeof *points);
    bool any = false;
    for (size_t i = 0; i < weeks->count; i++) {
        const struct figure *share = &weeks->groups[i].lines.percent;
        points[i] = (struct chart_point){NAN, NAN, NAN};
        if (share->undefined)
            continue;
        any = true;
        points[i] = (struct chart_point){100 * share->value, 100 * share->low, 100 * share->high};
    }
    if (any)
        draw_shares(points, weeks->count, NAN, surface, area);
    else
        say(surface, area, "no item has two judgments");
    memory_free(points);
}

void charts_pool_draw(const struct office_track *track, const struct pooled_watch *pool, struct surface *surface,
                      struct rect area) {
    const struct track_detector *detector = &track->report.detector;
    struct rect head = rect_cut_top(&area, 1);
    if (!pool || !detector->designed) {
        say(surface, head, detector->designed ? "too early" : "these settings give no detector");
        return;
    }
    paint_format(surface, head, 0, 0, pool->state == DRIFT_OK ? INK_NORMAL : INK_WARNING,
                 "at %d of %d after %zu gold · fired %zu time%s, %.1f by chance · one column a day", pool->statistic,
                 detector->design.limit, pool->n, pool->alarms, pool->alarms == 1 ? "" : "s", pool->false_alarms);
    double *values = memory_new(pool->column_count, sizeof *values);
    for (size_t i = 0; i < pool->column_count; i++)
        values[i] = pool->columns[i].most;
    struct chart chart;
    chart_columns(&chart, whole_rows(area.rows, detector->design.limit), area.columns, values, pool->column_count,
                  detector->design.limit, detector->design.limit);
    put(&chart, surface, area);
    chart_release(&chart);
    memory_free(values);
}

void charts_draw(const struct office_person *who, struct surface *surface, struct rect area) {
    struct rect parts[CHARTS];
    if (!who) {
        say(surface, area, "charts come with the first batch that is handed in");
        return;
    }
    rect_divide(area, CHARTS, GAP, parts);
    bool wide = parts[0].columns >= 34;
    for (int i = 0; i < CHARTS; i++) {
        struct rect head = rect_cut_top(&parts[i], 1);
        if (i == 0)
            paint_string(surface, head, 0, 0, INK_STRONG,
                         wide ? "Gold, blocks of 20, 95 % interval" : "Gold, blocks of 20");
        else if (i == 1)
            paint_format(surface, head, 0, 0, INK_STRONG,
                         wide ? "Detector, one column a gold, limit %d" : "Detector, limit %d",
                         who->annotator->own.drift.design.limit);
        else
            paint_string(surface, head, 0, 0, INK_STRONG,
                         wide ? "Agreement by week, % same side" : "Agreement by week");
    }
    draw_gold(who->annotator, surface, parts[0], who->track->settings->in_control);
    draw_detector(who->annotator, surface, parts[1]);
    draw_weeks(who->track, surface, parts[2]);
}
