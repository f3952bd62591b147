/* xoshiro256** and the few distributions that resampling needs. */
#include "core/quality/stream.h"

#include <math.h>

#include "core/base/banned.h"

static uint64_t splitmix(uint64_t *x) {
    uint64_t z = (*x += UINT64_C(0x9e3779b97f4a7c15));
    z = (z ^ (z >> 30)) * UINT64_C(0xbf58476d1ce4e5b9);
    z = (z ^ (z >> 27)) * UINT64_C(0x94d049bb133111eb);
    return z ^ (z >> 31);
}

void stream_init(struct stream *s, uint64_t seed, uint64_t number) {
    uint64_t x = number;
    uint64_t y = seed ^ splitmix(&x);
    for (int i = 0; i < 4; i++) {
        s->state[i] = splitmix(&y);
    }
}

static uint64_t rotate(uint64_t x, int k) {
    return (x << k) | (x >> (64 - k));
}

uint64_t stream_next(struct stream *s) {
    uint64_t *t = s->state;
    uint64_t result = rotate(t[1] * 5, 7) * 9;
    uint64_t shifted = t[1] << 17;
    t[2] ^= t[0];
    t[3] ^= t[1];
    t[1] ^= t[2];
    t[0] ^= t[3];
    t[2] ^= shifted;
    t[3] = rotate(t[3], 45);
    return result;
}

double stream_unit(struct stream *s) {
    return (double)(stream_next(s) >> 11) * 0x1.0p-53;
}

uint64_t stream_below(struct stream *s, uint64_t bound) {
    uint64_t floor = (UINT64_MAX - bound + 1) % bound; /* 2^64 mod bound: values under it would be drawn too often */
    uint64_t x;
    do {
        x = stream_next(s);
    } while (x < floor);
    return x % bound;
}

double stream_normal(struct stream *s) {
    double u, v, r;
    do {
        u = 2 * stream_unit(s) - 1;
        v = 2 * stream_unit(s) - 1;
        r = u * u + v * v;
    } while (r >= 1 || r == 0);
    return u * sqrt(-2 * log(r) / r);
}

/* Inversion: walks up from 0. p <= .5 and n p < 10, so (1 - p)^n does not vanish. */
static uint64_t binomial_by_inversion(struct stream *s, uint64_t n, double p) {
    double odds = p / (1 - p);
    double mass = exp((double)n * log1p(-p));
    double u = stream_unit(s);
    uint64_t k = 0;
    while (u > mass && k < n) {
        u -= mass;
        k++;
        mass *= odds * ((double)(n - k + 1) / (double)k);
        if (k > 110) { /* beyond every value of u that can be told apart; only rounding leads here */
            break;
        }
    }
    return k;
}

/* log k! - ((k + 1/2) log(k + 1) - (k + 1) + log sqrt(2 pi)): the tail of Stirling's series. */
static double stirling_tail(double k) {
    static const double table[10] = {
        0.08106146679532726, 0.04134069595540929, 0.02767792568499834, 0.02079067210376509,  0.01664469118982119,
        0.01387612882307075, 0.01189670994589177, 0.01041126526197209, 0.009255462182712733, 0.008330563433362871};
    if (k < 10) {
        return table[(int)k];
    }
    double square = (k + 1) * (k + 1);
    return (1.0 / 12 - (1.0 / 360 - 1.0 / 1260 / square) / square) / (k + 1);
}

/* Hörmann's BTRS: a transformed uniform as hat, p <= .5 and n p >= 10. */
static uint64_t binomial_by_rejection(struct stream *s, uint64_t n, double p) {
    double nd = (double)n;
    double spread = sqrt(nd * p * (1 - p));
    double b = 1.15 + 2.53 * spread;
    double a = -0.0873 + 0.0248 * b + 0.01 * p;
    double c = nd * p + 0.5;
    double v_r = 0.92 - 4.2 / b;
    double alpha = (2.83 + 5.1 / b) * spread;
    double odds = p / (1 - p);
    double m = floor((nd + 1) * p);
    for (;;) {
        double u = stream_unit(s) - 0.5;
        double v = stream_unit(s);
        double us = 0.5 - fabs(u);
        double k = floor((2 * a / us + b) * u + c);
        if (us >= 0.07 && v <= v_r) {
            return (uint64_t)k;
        }
        if (k < 0 || k > nd) {
            continue;
        }
        double bound = log(v * alpha / (a / (us * us) + b));
        double target = (m + 0.5) * log((m + 1) / (odds * (nd - m + 1))) + (nd + 1) * log((nd - m + 1) / (nd - k + 1)) +
                        (k + 0.5) * log(odds * (nd - k + 1) / (k + 1)) + stirling_tail(m) + stirling_tail(nd - m) -
                        stirling_tail(k) - stirling_tail(nd - k);
        if (bound <= target) {
            return (uint64_t)k;
        }
    }
}

uint64_t stream_binomial(struct stream *s, uint64_t n, double p) {
    if (n == 0 || !(p > 0)) {
        return 0;
    }
    if (p >= 1) {
        return n;
    }
    if (p > 0.5) {
        return n - stream_binomial(s, n, 1 - p);
    }
    return (double)n * p < 10 ? binomial_by_inversion(s, n, p) : binomial_by_rejection(s, n, p);
}

void stream_multinomial(struct stream *s, uint64_t draws, const uint64_t *weight, size_t size, uint64_t *counts) {
    uint64_t left = 0;
    for (size_t i = 0; i < size; i++) {
        left += weight[i];
    }
    if (left == 0) {
        draws = 0;
    }
    for (size_t i = 0; i < size; i++) {
        if (draws == 0 || weight[i] == 0) {
            counts[i] = 0;
            continue;
        }
        counts[i] = weight[i] == left ? draws : stream_binomial(s, draws, (double)weight[i] / (double)left);
        draws -= counts[i];
        left -= weight[i];
    }
}

void stream_shuffle_bytes(struct stream *s, uint8_t *values, size_t count) {
    for (size_t i = count; i > 1; i--) {
        size_t j = (size_t)stream_below(s, i);
        uint8_t kept = values[i - 1];
        values[i - 1] = values[j];
        values[j] = kept;
    }
}
