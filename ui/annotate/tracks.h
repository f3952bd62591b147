/* The tracks that a person may work on, to choose one. */
#ifndef UI_ANNOTATE_TRACKS_H
#define UI_ANNOTATE_TRACKS_H

#include "store/batch.h"
#include "ui/screen.h"

struct track_line {
    const char *track;
    struct standing standing;
    struct batch batch; /* the open one; id 0: none */
};

/* Opens it; all is borrowed. When the screen is gone *chosen is the track, or NULL: the person left. */
void tracks_push(struct frame *frame, const char *campaign, const char *person, const struct track_line *lines,
                 size_t count, const char **chosen);

#endif
