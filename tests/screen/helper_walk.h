/*
 * A way through the screens of `annotate`, in a theme at three sizes: what has to stand on each stands on it, in its place, and nothing of
 * it is invisible.
 */
#ifndef TESTS_SCREEN_HELPER_WALK_H
#define TESTS_SCREEN_HELPER_WALK_H

#include "helper_campaign.h"

/* What is pressed, and what must then be on the screen, each on some row; the last one on the bottom row. */
struct step {
    const char *keys, *seen[4], *bottom;
};

/* From the start screen to a page over it, which Esc leaves. `make` makes the campaign: ana works on it. Theme: "dark", "light" or "mono". */
void walk_at_every_size(const char *theme, const struct step *steps, size_t count,
                        void (*make)(struct scratch *scratch));

#endif
