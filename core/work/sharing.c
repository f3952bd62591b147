/* Who is in the shared set, and how fast it is dealt; see sharing.h. */
#include "core/work/sharing.h"

#include <math.h>
#include <stdio.h>

#include "core/hash/draw.h"

#include "core/base/banned.h"

bool sharing_holds(const unsigned char key[32], int64_t item, double share) {
    char name[24];
    if (!(share > 0))
        return false;
    snprintf(name, sizeof name, "%lld", (long long)item);
    return draw_unit(key, &(struct draw){.purpose = "shared set", .item = name}) < share;
}

size_t sharing_quota(size_t batch, double share) {
    static const double least = 0.2;
    return share > 0 ? (size_t)ceil((double)batch * fmin(fmax(share, least), 1)) : 0;
}
