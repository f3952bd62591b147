/* BLAKE2b against RFC 7693 and b2sum, SipHash against the vectors of its authors. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "core/hash/hash.h"

static void assert_hex(const struct hash *hash, const char *expected) {
    char hex[HASH_HEX_SIZE];
    hash_to_hex(hash, hex);
    assert_string_equal(hex, expected);
}

static void plain_hashes(void **state) {
    struct hash hash;
    (void)state;
    hash_bytes(&hash, slice_of("abc"));
    assert_hex(&hash, "bddd813c634239723171ef3fee98579b94964e3bb1cb3e427262c8c068d52319");
    hash_bytes(&hash, slice_of(""));
    assert_hex(&hash, "0e5751c026e543b2e8ab2eb06099daa1d1e5df47778f7787faab45cdf12fe3a8");
    hash_bytes(&hash, SLICE_ABSENT);
    assert_hex(&hash, "0e5751c026e543b2e8ab2eb06099daa1d1e5df47778f7787faab45cdf12fe3a8");
}

static void pieces_and_numbers(void **state) {
    struct hasher hasher, copy;
    struct hash hash, other;
    (void)state;
    hasher_init(&hasher, (const unsigned char *)"secret", 6);
    hasher_add_piece(&hasher, slice_of("hello"));
    hasher_add_number(&hasher, 42);
    hasher_add_piece(&hasher, SLICE_ABSENT);
    copy = hasher;
    hasher_add(&hasher, "raw", 3);
    hasher_finish(&hasher, &hash);
    assert_hex(&hash, "8f4404f2be5967f26d80773ca1cb253e05370bf091e0b698f7eb8eac100351e6");
    hasher_add(&copy, "r", 1);
    hasher_add(&copy, "aw", 2);
    hasher_finish(&copy, &other);
    assert_true(hash_equal(&hash, &other));
}

static void pieces_do_not_run_together(void **state) {
    struct hasher hasher;
    struct hash first, second;
    (void)state;
    hasher_init(&hasher, NULL, 0);
    hasher_add_piece(&hasher, slice_of("ab"));
    hasher_add_piece(&hasher, slice_of("c"));
    hasher_finish(&hasher, &first);
    hasher_init(&hasher, NULL, 0);
    hasher_add_piece(&hasher, slice_of("a"));
    hasher_add_piece(&hasher, slice_of("bc"));
    hasher_finish(&hasher, &second);
    assert_false(hash_equal(&first, &second));
}

static void same_after_start(void **state) {
    char text[5000];
    struct hash before, after;
    struct error error = ERROR_INIT;
    (void)state;
    memset(text, 'x', sizeof text);
    hash_bytes(&before, slice_make(text, sizeof text));
    assert_int_equal(hash_start(&error), STATUS_OK);
    assert_int_equal(hash_start(&error), STATUS_OK);
    hash_bytes(&after, slice_make(text, sizeof text));
    assert_true(hash_equal(&before, &after));
    assert_string_equal(error.text, "");
}

static void hex_both_ways(void **state) {
    static const char upper[] = "BDDD813C634239723171EF3FEE98579B94964E3BB1CB3E427262C8C068D52319";
    struct hash abc, read;
    (void)state;
    hash_bytes(&abc, slice_of("abc"));
    assert_true(hash_from_hex(&read, slice_of(upper)));
    assert_true(hash_equal(&abc, &read));
    assert_false(hash_from_hex(&read, slice_make(upper, 63)));
    assert_false(hash_from_hex(&read, slice_of("")));
    assert_false(hash_from_hex(&read, slice_of("gddd813c634239723171ef3fee98579b94964e3bb1cb3e427262c8c068d52319")));
    assert_false(hash_from_hex(&read, slice_of(" bddd813c634239723171ef3fee98579b94964e3bb1cb3e427262c8c068d5231")));
    assert_true(hash_equal(&abc, &read));
}

static void short_hashes(void **state) {
    unsigned char key[HASH_SHORT_KEY_BYTES];
    char input[15];
    (void)state;
    for (size_t i = 0; i < sizeof key; i++)
        key[i] = (unsigned char)i;
    for (size_t i = 0; i < sizeof input; i++)
        input[i] = (char)i;
    assert_true(hash_short(key, SLICE_ABSENT) == UINT64_C(0x726fdb47dd0e0e31));
    assert_true(hash_short(key, slice_make(input, 15)) == UINT64_C(0xa129ca6149be45e5));
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(plain_hashes),
        cmocka_unit_test(pieces_and_numbers),
        cmocka_unit_test(pieces_do_not_run_together),
        cmocka_unit_test(same_after_start),
        cmocka_unit_test(hex_both_ways),
        cmocka_unit_test(short_hashes),
    };
    return cmocka_run_group_tests_name("hash", tests, NULL, NULL);
}
