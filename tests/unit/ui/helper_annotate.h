/* A store in a temporary folder, with a campaign, people and items, and a sitting on it: for tests of the annotator's screens. */
#ifndef TESTS_UNIT_UI_HELPER_ANNOTATE_H
#define TESTS_UNIT_UI_HELPER_ANNOTATE_H

#include "ui/annotate/sitting.h"

struct workshop {
    char folder[256], path[288];
    struct world world;
    int64_t now; /* what the clock says; the test moves it */
    uint64_t entropy;
    struct store *store;
    struct campaign campaign;
    struct viewer lead, ana;
    struct annotate_options options;
    struct annotate_outcome outcome;
    struct sitting sitting;
    struct frame frame;
};

/* The shipped helpfulness rubric. */
void helper_rubric(struct rubric *rubric);

/* `items` pairs with texts of their own, every `gold_every`-th of them gold (0: none); batches of `batch`. ana works. */
void workshop_init(struct workshop *workshop, int items, int gold_every, int batch);
/* Adds training items. */
void workshop_add_training(struct workshop *workshop, int items);
void workshop_release(struct workshop *workshop);

/* A sitting of ana on a frame of that size; the start screen is open. */
void workshop_sit(struct workshop *workshop, int rows, int columns);
void workshop_leave(struct workshop *workshop);

/*
 * Types: plain characters as they stand, and names of keys in angle brackets ("<Enter>", "<Ctrl-J>"). Each key comes 1 s after the
 * one before it. The frame is drawn behind each.
 */
void workshop_type(struct workshop *workshop, const char *keys);

#endif
