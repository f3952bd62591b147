/* Hostile strings for the tests of this folder, from a seeded generator: the same in every run. */
#ifndef TESTS_UNIT_TEXT_HELPER_STRINGS_H
#define TESTS_UNIT_TEXT_HELPER_STRINGS_H

#include <stdint.h>

#include "core/base/buffer.h"

/* cmocka group setup: a UTF-8 locale, as main sets it. Fails when the system has none. */
int set_utf8_locale(void **state);

/* The next 64 bits (splitmix64). */
uint64_t random_bits(uint64_t *state);

/*
 * Replaces text by up to `most` pieces: words, scripts, emoji, marks, controls, broken bytes, whatever a file
 * may hold.
 */
void random_text(uint64_t *state, struct buffer *text, unsigned most);

/* The same of valid UTF-8 only. */
void random_valid_text(uint64_t *state, struct buffer *text, unsigned most);

#endif
