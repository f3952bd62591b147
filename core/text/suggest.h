/*
 * "did you mean …": the known name nearest to a word that is not known.
 */
#ifndef CORE_TEXT_SUGGEST_H
#define CORE_TEXT_SUGGEST_H

#include <stddef.h>

/* Code points of a word or name that are looked at; longer ones are not compared. */
enum { SUGGEST_LONGEST = 64 };

/*
 * The name with the smallest distance to word: insertions, deletions, replacements and swaps of neighbours,
 * case ignored (Damerau–Levenshtein, optimal string alignment), the first of equals. NULL when none is near
 * enough: the distance may be a third of the longer of the two, and at least 1, but never the whole word. The
 * result is one of names.
 */
const char *suggest(const char *word, const char *const *names, size_t count);

/*
 * The distance itself, of folded code points; -1 when either is longer than SUGGEST_LONGEST or is not valid
 * UTF-8.
 */
int suggest_distance(const char *a, const char *b);

#endif
