/* Who may see what; see viewer.h. */
#include "core/work/viewer.h"

#include "core/base/banned.h"

bool viewer_sees_all(const struct viewer *viewer) {
    return viewer->role != VIEWER_ANNOTATOR;
}

bool viewer_may(const struct viewer *viewer, enum access access) {
    return access != ACCESS_LEAD || viewer_sees_all(viewer);
}
