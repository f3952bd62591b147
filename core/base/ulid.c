/* ULIDs; see ulid.h. */
#include "core/base/ulid.h"

#include "core/base/banned.h"

static const char alphabet[] = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";

struct ulid ulid_make(struct world *world) {
    unsigned char bytes[16];
    uint64_t ms = (uint64_t)world->now(world);
    for (int i = 0; i < 6; i++)
        bytes[i] = (unsigned char)(ms >> (40 - 8 * i));
    world->entropy(world, bytes + 6, 10);
    struct ulid ulid;
    for (int i = 0; i < ULID_LENGTH; i++) {
        unsigned value = 0;
        for (int bit = 0; bit < 5; bit++) {
            int at = i * 5 + bit - 2; /* 130 bits of text for 128 of value: two zero bits lead */
            value <<= 1;
            if (at >= 0)
                value |= (unsigned)(bytes[at / 8] >> (7 - at % 8)) & 1u;
        }
        ulid.text[i] = alphabet[value];
    }
    ulid.text[ULID_LENGTH] = '\0';
    return ulid;
}

bool ulid_valid(struct slice text) {
    if (text.length != ULID_LENGTH || text.data[0] > '7')
        return false;
    for (size_t i = 0; i < text.length; i++)
        if (!text.data[i] || !strchr(alphabet, text.data[i]))
            return false;
    return true;
}
