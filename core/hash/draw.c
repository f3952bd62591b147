/*
 * Keyed draws: the message that is hashed stands in draw.h and must never change, or old decisions cannot be
 * repeated.
 */
#include "core/hash/draw.h"

#include "core/hash/hash.h"

#include "core/base/banned.h"

void draw_key_from_seed(unsigned char key[DRAW_KEY_BYTES], struct slice seed) {
    struct hash hash;
    hash_bytes(&hash, seed);
    for (size_t i = 0; i < DRAW_KEY_BYTES; i++)
        key[i] = hash.bytes[i];
}

static uint64_t bits_of(const unsigned char *key, const struct draw *what, uint64_t attempt) {
    struct hasher hasher;
    struct hash hash;
    uint64_t bits = 0;

    hasher_init(&hasher, key, DRAW_KEY_BYTES);
    hasher_add_piece(&hasher, slice_of(what->purpose));
    hasher_add_piece(&hasher, slice_of(what->person));
    hasher_add_piece(&hasher, slice_of(what->item));
    hasher_add_number(&hasher, (uint64_t)what->round);
    hasher_add_number(&hasher, (uint64_t)what->ordinal);
    hasher_add_number(&hasher, attempt);
    hasher_finish(&hasher, &hash);
    for (int i = 7; i >= 0; i--)
        bits = bits << 8 | hash.bytes[i];
    return bits;
}

/*
 * Takes attempts from *attempt on until one falls below the largest multiple of bound: on average fewer than
 * two.
 */
static uint64_t below(const unsigned char *key, const struct draw *what, uint64_t bound, uint64_t *attempt) {
    uint64_t surplus = (UINT64_MAX % bound + 1) % bound; /* 2^64 mod bound */
    uint64_t bits;
    do
        bits = bits_of(key, what, (*attempt)++);
    while (bits > UINT64_MAX - surplus);
    return bits % bound;
}

uint64_t draw_bits(const unsigned char key[DRAW_KEY_BYTES], const struct draw *what) {
    return bits_of(key, what, 0);
}

uint64_t draw_below(const unsigned char key[DRAW_KEY_BYTES], const struct draw *what, uint64_t bound) {
    uint64_t attempt = 0;
    return below(key, what, bound, &attempt);
}

double draw_unit(const unsigned char key[DRAW_KEY_BYTES], const struct draw *what) {
    return (double)(bits_of(key, what, 0) >> 11) * 0x1p-53;
}

void draw_order(const unsigned char key[DRAW_KEY_BYTES], const struct draw *what, size_t *order, size_t count) {
    uint64_t attempt = 0;
    for (size_t i = 0; i < count; i++)
        order[i] = i;
    for (size_t i = 0; i + 1 < count; i++) {
        size_t other = i + (size_t)below(key, what, count - i, &attempt);
        size_t kept = order[i];
        order[i] = order[other];
        order[other] = kept;
    }
}
