/*
 * The longest common subsequence of two arrays, in linear space and bounded work (E. W. Myers, "An O(ND) difference
 * algorithm and its variations", Algorithmica 1, 1986, section 4b). Time grows with the length times the number of differences.
 */
#ifndef CORE_TEXT_ALIGN_H
#define CORE_TEXT_ALIGN_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/*
 * Sets same_a[i] and same_b[j] (zeroed by the caller) to 1 for what is paired; the pairs follow from their order. *effort, in
 * comparisons, goes down by what was spent, not below 0. False when it did not last: then the flags may be anything.
 */
bool align(const uint32_t *a, size_t a_count, const uint32_t *b, size_t b_count, unsigned char *same_a,
           unsigned char *same_b, size_t *effort);

#endif
