/* What the files of this folder ask about a code point; not for other folders. */
#ifndef CORE_TEXT_POINTS_H
#define CORE_TEXT_POINTS_H

#include <stdbool.h>
#include <stdint.h>

enum {
    POINT_SOFT_HYPHEN = 0x00AD,
    POINT_NO_BREAK_SPACE = 0x00A0,
    POINT_JOINER = 0x200D,           /* ZWJ */
    POINT_ZERO_WIDTH_SPACE = 0x200B, /* ZWSP */
    POINT_WORD_JOINER = 0x2060,      /* WJ */
    POINT_DOTTED_CIRCLE = 0x25CC,
};

/*
 * Letters, kana, ideographs and syllables that need no second look: kept by the door, their cells in *columns
 * (1 or 2).
 */
bool point_is_common(int32_t point, int *columns);

bool point_is_letter(int32_t point); /* category L* */
bool point_is_mark(int32_t point);   /* category M* */
bool point_is_emoji(int32_t point);  /* extended pictographic or regional indicator */

#endif
