/*
 * Chance that decides about people and items. A draw is not "the next number" of a stream but a function of a
 * secret key and of what is decided: the same question has the same answer, whatever others ask at the same
 * time, and nobody without the key can foresee it. 64 bits = the first 8 bytes (little-endian) of BLAKE2b-256
 * keyed with `key` over piece(purpose) piece(person) piece(item) number(round) number(ordinal)
 * number(attempt), where a piece is its length as 8 bytes little-endian and its bytes, and attempt counts
 * from 0 the draws that one question needs.
 */
#ifndef CORE_HASH_DRAW_H
#define CORE_HASH_DRAW_H

#include <stddef.h>
#include <stdint.h>

#include "core/base/slice.h"

enum { DRAW_KEY_BYTES = 32 };

/*
 * What is decided. A NULL name counts as "". Two decisions that must be independent differ in at least one
 * field.
 */
struct draw {
    const char *purpose; /* "side", "gold slot", "sample" …: one for each use in the program */
    const char *person;
    const char *item;
    int64_t round;
    int64_t ordinal; /* tells apart several draws for the same purpose, person, item and round */
};

/* The key of a campaign's public seed: BLAKE2b-256 of its bytes. The store's own secret is used as it is. */
void draw_key_from_seed(unsigned char key[DRAW_KEY_BYTES], struct slice seed);

/* 64 uniform bits. */
uint64_t draw_bits(const unsigned char key[DRAW_KEY_BYTES], const struct draw *what);

/* Uniform in [0, bound), without bias (by rejection). bound must be at least 1. */
uint64_t draw_below(const unsigned char key[DRAW_KEY_BYTES], const struct draw *what, uint64_t bound);

/* Uniform in [0, 1): a multiple of 2^-53. */
double draw_unit(const unsigned char key[DRAW_KEY_BYTES], const struct draw *what);

/*
 * Fills order[0 … count-1] with a uniform permutation of 0 … count-1 (Fisher–Yates). Its first k places are a
 * uniform sample of k without replacement. Costs one hash for every place.
 */
void draw_order(const unsigned char key[DRAW_KEY_BYTES], const struct draw *what, size_t *order, size_t count);

#endif
