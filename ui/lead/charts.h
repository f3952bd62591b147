/* The charts of the desk, and the tables behind them. */
#ifndef UI_LEAD_CHARTS_H
#define UI_LEAD_CHARTS_H

#include "ui/lead/office.h"

enum {
    CHART_BLOCK = 20,
    CHART_BLOCK_LEAST = 10
}; /* gold outcomes of a point, and of the last one, which may be short */

/* Gold by blocks, detector and agreement by week, side by side. who may be NULL: nobody has judged yet. */
void charts_draw(const struct office_person *who, struct surface *surface, struct rect area);

/* Everybody's gold in one pool, the highest of each day; pool may be NULL. */
void charts_pool_draw(const struct office_track *track, const struct pooled_watch *pool, struct surface *surface,
                      struct rect area);
void charts_pool_table(const struct office *office, const struct office_track *track, const struct pooled_watch *pool,
                       struct frame *frame);

/* The pools of a track, and everybody's detector with peers. */
void charts_team_table(const struct office *office, const struct office_track *track, struct frame *frame);

/* A paragraph "Gold answers: 12 of 40 under an older rule." where any is. */
void charts_add_mix(struct buffer *page, const char *what, const struct version_mix *mix);

/* The tables behind them, as Markdown, on a page of their own. */
void charts_gold_table(const struct office *office, const struct office_person *who, struct frame *frame);
void charts_detector_table(const struct office *office, const struct office_person *who, struct frame *frame);
void charts_weeks_table(const struct office *office, const struct office_track *track, struct frame *frame);

/* When whose hidden gold of the track runs out. */
void forecast_table(const struct office *office, const char *track, struct frame *frame);

/* Every ruling, newest first, and who has acknowledged it. A status of the store. */
int rulings_table(const struct office *office, struct frame *frame, struct error *error);

/* Done, left, at this pace done by when. */
void plan_table(const struct office *office, struct frame *frame);

#endif
