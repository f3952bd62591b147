/* Ranks as integers, and when an item deserves one more judgment; see queue_rank.h. */
#include "core/work/queue_rank.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

#include "core/base/limits.h"
#include "core/hash/draw.h"
#include "core/model/choice.h"

#include "core/base/banned.h"

/* IEEE 754 doubles compare as sign and magnitude; turning the magnitude of negatives over gives two's complement
 * order. */
static int64_t ordered_bits(double value) {
    int64_t bits;
    memcpy(&bits, &value, sizeof bits);
    return bits < 0 ? bits ^ INT64_MAX : bits;
}

int64_t queue_rank(enum item_order order, int64_t item, double priority, const unsigned char key[32]) {
    if (order == ORDER_PRIORITY)
        return ordered_bits(isnan(priority) ? 0.0 : 0.0 - priority);
    if (order == ORDER_RANDOM) {
        char name[24];
        snprintf(name, sizeof name, "%lld", (long long)item);
        return (int64_t)(draw_bits(key, &(struct draw){.purpose = "queue", .item = name}) >> 1);
    }
    return item;
}

bool queue_split(const int *prefers, size_t count, int overlap) {
    if (overlap < 1 || count < (size_t)overlap || count >= (size_t)overlap + 2)
        return false;
    for (size_t i = 0; i < count; i++) {
        size_t same = 0;
        for (size_t k = 0; k < count; k++)
            same += prefers[k] == prefers[i];
        if (2 * same > count)
            return false;
    }
    return true;
}
