/*
 * Search that does not mind case, width or composition: both sides are compared as Unicode NFKD with full
 * case folding, ignorable characters (soft hyphen, joiners, selectors) left out, so that STRASSE finds
 * straße, ｶ finds カ and é is found however it is composed. A match begins and ends between characters of the
 * text: "cafe" does not find the first four letters of a decomposed "café", and "f" is not found inside "ﬁ".
 * Linear in the text, without a copy of it.
 */
#ifndef CORE_TEXT_NEEDLE_H
#define CORE_TEXT_NEEDLE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "core/base/slice.h"

/* A prepared search. */
struct needle {
    int32_t *points;  /* folded */
    size_t *fallback; /* Knuth–Morris–Pratt: how much of a partial match can be kept */
    size_t length;    /* in folded code points; 0 finds nothing */
};

struct text_match {
    size_t start, end; /* bytes of the text as given, not folded */
};

/* `what` is valid UTF-8 and need not outlive the call. */
void needle_init(struct needle *needle, struct slice what);
void needle_release(struct needle *needle);

/*
 * The first match that starts at or after `from` (a code point boundary). False, and *match untouched, if
 * there is none.
 */
bool needle_find(const struct needle *needle, struct slice text, size_t from, struct text_match *match);

#endif
