/* When to speak of a rest; see rest.h. */
#include "core/work/rest.h"

#include "core/base/timestamp.h"

#include "core/base/banned.h"

void rest_touch(struct rest *rest, int64_t now) {
    int64_t pause = now - rest->last;
    if (rest->began == 0 || pause >= REST_PAUSE_MS || pause < 0)
        *rest = (struct rest){.began = now};
    rest->last = now;
}

int rest_due(struct rest *rest, int after) {
    int64_t minutes = (rest->last - rest->began) / MS_MINUTE;
    if (after == 0 || rest->told || minutes < after)
        return 0;
    rest->told = true;
    return (int)minutes;
}
