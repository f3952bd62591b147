/*
 * A seeded stream of random numbers for statistics (bootstrap, permutation, simulated bands), the same on
 * every machine. xoshiro256** (Blackman and Vigna 2018), seeded through splitmix64. Not for secrets, and not
 * for chance that decides about people: that comes from core/hash.
 */
#ifndef CORE_QUALITY_STREAM_H
#define CORE_QUALITY_STREAM_H

#include <stddef.h>
#include <stdint.h>

struct stream {
    uint64_t state[4];
};

/*
 * Two streams with another seed or another number are independent for every purpose here. number tells the
 * uses of one campaign seed apart (bootstrap of a track, permutation test of a person, …).
 */
void stream_init(struct stream *s, uint64_t seed, uint64_t number);
uint64_t stream_next(struct stream *s);
double stream_unit(struct stream *s);                    /* uniform on [0, 1), 53 bits */
uint64_t stream_below(struct stream *s, uint64_t bound); /* uniform on 0..bound-1, without bias; bound > 0 */
double stream_normal(struct stream *s);                  /* standard normal */

/*
 * A binomial draw: successes among n trials of probability p (clamped to 0..1). Exact for every n: counting
 * by inversion where n·min(p,1−p) < 10, else transformed rejection (Hörmann 1993, BTRS).
 */
uint64_t stream_binomial(struct stream *s, uint64_t n, double p);

/*
 * A multinomial draw of `draws` balls into `size` cells with probability weight[i] / sum of weight; counts[i]
 * is set. O(size). All weights zero gives all counts zero.
 */
void stream_multinomial(struct stream *s, uint64_t draws, const uint64_t *weight, size_t size, uint64_t *counts);

void stream_shuffle_bytes(struct stream *s, uint8_t *values, size_t count); /* Fisher–Yates */

#endif
