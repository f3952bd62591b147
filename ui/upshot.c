/* See upshot.h. */
#include "ui/upshot.h"

#include "core/base/banned.h"

enum { AGAIN_MS = 40 };

enum upshot upshot_tell(struct frame *frame, int status, const struct error *error) {
    switch (status) {
    case STATUS_OK:
        return UPSHOT_DONE;
    case STATUS_BUSY:
        frame_say(frame, INK_WARNING, "the store is busy; trying again");
        frame_wake(frame, AGAIN_MS);
        return UPSHOT_BUSY;
    case STATUS_NO:
    case STATUS_USAGE:
    case STATUS_INPUT:
        frame_say(frame, INK_ERROR, "%s", error->text);
        return UPSHOT_REFUSED;
    default:
        return UPSHOT_FAILED;
    }
}
