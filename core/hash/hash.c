/* The wrapper round libsodium: the only file that names its functions. */
#include "core/hash/hash.h"

#include <sodium.h>
#include <string.h>

#include "core/base/banned.h"

_Static_assert(sizeof(struct hasher) >= sizeof(crypto_generichash_blake2b_state), "the state fits");
_Static_assert(_Alignof(struct hasher) >= _Alignof(crypto_generichash_blake2b_state), "and stands well");
_Static_assert(HASH_BYTES == crypto_generichash_blake2b_BYTES, "BLAKE2b-256");
_Static_assert(HASH_KEY_MAXIMUM == crypto_generichash_blake2b_KEYBYTES_MAX, "longest key");
_Static_assert(HASH_SHORT_KEY_BYTES == crypto_shorthash_siphash24_KEYBYTES, "SipHash key");

static crypto_generichash_blake2b_state *state_of(struct hasher *hasher) {
    return (crypto_generichash_blake2b_state *)(void *)hasher->state;
}

int hash_start(struct error *error) {
    if (sodium_init() < 0)
        return error_set(error, STATUS_SYSTEM, "the hash library \"libsodium\" cannot be set up here");
    return STATUS_OK;
}

void hasher_init(struct hasher *hasher, const unsigned char *key, size_t key_length) {
    crypto_generichash_blake2b_init(state_of(hasher), key, key_length, HASH_BYTES);
}

void hasher_add(struct hasher *hasher, const void *data, size_t length) {
    if (length > 0)
        crypto_generichash_blake2b_update(state_of(hasher), data, length);
}

void hasher_add_number(struct hasher *hasher, uint64_t number) {
    unsigned char bytes[8];
    for (int i = 0; i < 8; i++)
        bytes[i] = (unsigned char)(number >> (8 * i));
    hasher_add(hasher, bytes, sizeof bytes);
}

void hasher_add_piece(struct hasher *hasher, struct slice piece) {
    hasher_add_number(hasher, piece.length);
    hasher_add(hasher, piece.data, piece.length);
}

void hasher_finish(struct hasher *hasher, struct hash *hash) {
    crypto_generichash_blake2b_final(state_of(hasher), hash->bytes, HASH_BYTES);
}

void hash_bytes(struct hash *hash, struct slice bytes) {
    struct hasher hasher;
    hasher_init(&hasher, NULL, 0);
    hasher_add(&hasher, bytes.data, bytes.length);
    hasher_finish(&hasher, hash);
}

bool hash_equal(const struct hash *a, const struct hash *b) {
    return memcmp(a->bytes, b->bytes, HASH_BYTES) == 0;
}

void hash_to_hex(const struct hash *hash, char hex[HASH_HEX_SIZE]) {
    static const char digits[] = "0123456789abcdef";
    for (size_t i = 0; i < HASH_BYTES; i++) {
        hex[2 * i] = digits[hash->bytes[i] >> 4];
        hex[2 * i + 1] = digits[hash->bytes[i] & 15];
    }
    hex[2 * HASH_BYTES] = '\0';
}

static int digit_value(char c) {
    if (c >= '0' && c <= '9')
        return c - '0';
    if (c >= 'a' && c <= 'f')
        return c - 'a' + 10;
    return c >= 'A' && c <= 'F' ? c - 'A' + 10 : -1;
}

bool hash_from_hex(struct hash *hash, struct slice hex) {
    struct hash read;
    if (hex.length != 2 * HASH_BYTES)
        return false;
    for (size_t i = 0; i < HASH_BYTES; i++) {
        int high = digit_value(hex.data[2 * i]), low = digit_value(hex.data[2 * i + 1]);
        if (high < 0 || low < 0)
            return false;
        read.bytes[i] = (unsigned char)(high << 4 | low);
    }
    *hash = read;
    return true;
}

uint64_t hash_short(const unsigned char key[HASH_SHORT_KEY_BYTES], struct slice bytes) {
    unsigned char out[crypto_shorthash_siphash24_BYTES];
    uint64_t value = 0;
    crypto_shorthash_siphash24(out, (const unsigned char *)(bytes.data ? bytes.data : ""), bytes.length, key);
    for (int i = 7; i >= 0; i--)
        value = value << 8 | out[i];
    return value;
}
