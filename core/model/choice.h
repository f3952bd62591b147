/*
 * What can be preferred. Responses are named by what they are (their stored number, letter a for 0), never by the side they were shown on.
 * An order of K responses is written in stored letters: "b>a=c" (b best, a and c tied). A partial order names some of them: those that it leaves
 * out stand below all that it names, and nothing is said between them. What was shown is a string of stored letters in screen order: "ba" = the
 * stored b stood first.
 */
#ifndef CORE_MODEL_CHOICE_H
#define CORE_MODEL_CHOICE_H

#include <stdbool.h>
#include <stddef.h>

#include "core/base/limits.h"
#include "core/base/slice.h"

enum {
    CHOICE_TIE = -1,       /* as good as each other */
    CHOICE_NONE = -2,      /* every response is unacceptable */
    CHOICE_MISSING = -100, /* nothing chosen yet */
};

/* Longest order: 26 letters and 25 signs. */
#define RANKING_BYTES (2 * LIMIT_RESPONSES)

struct ranking {
    char text[RANKING_BYTES]; /* terminated; "" = none given */
};

/* True if text is an order of exactly the first `responses` letters, each once; `partial`: of at least one of them. */
bool ranking_valid(struct slice text, size_t responses, bool partial);

/* tier[i] = 0 for the best group, 1 for the next …, of stored response i < responses. Returns how many groups the order names, which is also the tier
 * of those that it leaves out. text must be valid. */
int ranking_tiers(const char *text, size_t responses, int tier[LIMIT_RESPONSES]);

/* How many responses an order names. */
size_t ranking_placed(const char *text);

/* A partial order that leaves out one response alone has said where it stands: adds it at the end. */
void ranking_close(struct ranking *ranking, size_t responses);

/* The choice that an order implies: its single best, or CHOICE_TIE when the first place is shared. */
int ranking_first(const char *text);

/* True if shown holds exactly the first `responses` letters, each once. */
bool shown_valid(struct slice shown, size_t responses);

/* The screen position (0 = first) of stored response i. */
int shown_position(const char *shown, int response);

#endif
