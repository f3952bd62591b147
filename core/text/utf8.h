/*
 * UTF-8, strictly: no overlong forms, no surrogates, nothing past U+10FFFF. Offsets and lengths are bytes; a
 * code point is an int32_t, 0 to 0x10FFFF.
 */
#ifndef CORE_TEXT_UTF8_H
#define CORE_TEXT_UTF8_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "core/base/slice.h"

/* The offset of the first byte that does not belong to a valid sequence; text.length when all is valid. */
size_t utf8_first_invalid(struct slice text);

bool utf8_valid(struct slice text);

/*
 * The code point at the start of data and the number of its bytes, 1 to 4. 0 when there is none there: no
 * bytes, an invalid byte, or a sequence that is cut off; *point is then untouched.
 */
size_t utf8_decode(const char *data, size_t length, int32_t *point);

/* The bytes of a code point (not a surrogate), 1 to 4; returns how many. Not terminated. */
size_t utf8_encode(char bytes[4], int32_t point);

/* Code points of valid text; of other text the number of bytes that are not continuation bytes. */
size_t utf8_count(struct slice text);

/* Steps one code point on or back in valid text; stops at text.length or 0. */
size_t utf8_next(struct slice text, size_t at);
size_t utf8_previous(struct slice text, size_t at);

#endif
