/* What a screen makes of a call that can fail: tried again while the store is busy, said, or the end of the sitting. */
#ifndef UI_UPSHOT_H
#define UI_UPSHOT_H

#include "ui/screen.h"

enum upshot {
    UPSHOT_DONE,
    UPSHOT_BUSY,    /* busy: it was said so, and a timer comes soon, on which to try again */
    UPSHOT_REFUSED, /* STATUS_NO, STATUS_USAGE, STATUS_INPUT: the sentence was said */
    UPSHOT_FAILED,  /* nobody can do anything about it here; nothing was said */
};

/* By the status of the call, and its error where there is one. */
enum upshot upshot_tell(struct frame *frame, int status, const struct error *error);

#endif
