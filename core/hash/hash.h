/*
 * BLAKE2b-256 and SipHash-2-4 (libsodium): what text is known by. Everything here is a pure function of its
 * arguments and the same on every machine: numbers go in as 8 bytes, little-endian, and pieces of text with
 * their length before them, so that no two different sequences of pieces give the same bytes.
 */
#ifndef CORE_HASH_HASH_H
#define CORE_HASH_HASH_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "core/base/error.h"
#include "core/base/slice.h"

enum {
    HASH_BYTES = 32,
    HASH_HEX_SIZE = 2 * HASH_BYTES + 1,
    HASH_SHORT_KEY_BYTES = 16,
    HASH_KEY_MAXIMUM = 64,
};

struct hash {
    unsigned char bytes[HASH_BYTES];
};

/* A hash under way. Opaque; may be copied to go on in two directions. Nothing to release. */
struct hasher {
    _Alignas(64) unsigned char state[384];
};

/*
 * Lets libsodium pick the fastest code for this processor; once, before any thread is started. Results do not
 * depend on it. STATUS_SYSTEM if the library cannot be set up.
 */
int hash_start(struct error *error);

/* key: NULL with length 0 for a plain hash, else 1 to HASH_KEY_MAXIMUM bytes. */
void hasher_init(struct hasher *hasher, const unsigned char *key, size_t key_length);

/* The bare bytes; a number as 8 bytes; a piece as its length and its bytes, absent as empty. */
void hasher_add(struct hasher *hasher, const void *data, size_t length);
void hasher_add_number(struct hasher *hasher, uint64_t number);
void hasher_add_piece(struct hasher *hasher, struct slice piece);

/* The hasher is used up. */
void hasher_finish(struct hasher *hasher, struct hash *hash);

/* BLAKE2b-256 of the bytes, without a key. */
void hash_bytes(struct hash *hash, struct slice bytes);

bool hash_equal(const struct hash *a, const struct hash *b);

/* 64 lower-case hexadecimal digits and a terminator. */
void hash_to_hex(const struct hash *hash, char hex[HASH_HEX_SIZE]);

/* Reads exactly 64 hexadecimal digits of either case; false, and *hash untouched, for anything else. */
bool hash_from_hex(struct hash *hash, struct slice hex);

/* SipHash-2-4: a look-up key for tables, not an identity. Compare the bytes on a hit. */
uint64_t hash_short(const unsigned char key[HASH_SHORT_KEY_BYTES], struct slice bytes);

#endif
