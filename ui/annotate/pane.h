/*
 * The side pane: progress, and the person's figures as of their last hand-in. Drawn from what is in hand: nothing here reads the
 * store, and no figure moves between two hand-ins.
 */
#ifndef UI_ANNOTATE_PANE_H
#define UI_ANNOTATE_PANE_H

#include "core/model/campaign.h"
#include "core/model/history.h"
#include "core/report/person.h"
#include "store/batch.h"
#include "ui/surface.h"

enum { PANE_COLUMNS = 30, PANE_FROM = 110 /* columns of a screen that has room for it */ };

struct pane {
    const enum pane_part *parts; /* which, in order */
    int part_count;
    int64_t today_judged, today_ms;
    int aim;                      /* items a day; 0: none */
    struct batch_name batch_name; /* "": no batch */
    int batch_done, batch_size;
    const struct person_figures *figures; /* NULL: there are none */
    const struct history *history;        /* for names of categories; may be NULL with figures NULL */
    int as_of;                            /* number of the batch handed in last; 0: never */
};

/* Draws as many whole parts as fit, with a blank row between them. */
void pane_draw(const struct pane *pane, struct surface *surface, struct rect area);

/* The same in as many columns as fit, for a page of its own. */
void pane_draw_page(const struct pane *pane, struct surface *surface, struct rect area);

/* Folded to one row: "gold 17 of 20 · likely 64–95 % · drift steady · p pane". */
void pane_draw_line(const struct pane *pane, struct surface *surface, struct rect area, int row);

#endif
