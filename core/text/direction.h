/*
 * The base direction of a paragraph: that of its first strong character (Unicode UAX #9, rules P2 and P3), up
 * to the next newline. Terminals lay out the runs themselves or not at all; this says at which side a
 * paragraph begins.
 */
#ifndef CORE_TEXT_DIRECTION_H
#define CORE_TEXT_DIRECTION_H

#include "core/base/slice.h"

enum text_direction { DIRECTION_NONE, DIRECTION_LEFT_TO_RIGHT, DIRECTION_RIGHT_TO_LEFT };

/* DIRECTION_NONE when nothing strong stands in it (digits, marks, nothing). The text is cleaned. */
enum text_direction text_direction(struct slice paragraph);

#endif
