/*
 * Paired comparison of models (or responses): Bradley and Terry (1952), with ties by Davidson (1970): P(i
 * beats j) = p_i / (p_i + p_j + nu sqrt(p_i p_j)), P(tie) = nu sqrt(p_i p_j) / the same; strengths are log p,
 * mean 0.
 */
#ifndef CORE_QUALITY_PAIRED_H
#define CORE_QUALITY_PAIRED_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct pairing {
    uint32_t i; /* players, 0 .. players-1, i != j */
    uint32_t j;
    double wins_i; /* counts, >= 0 */
    double ties;
    double wins_j;
    int first; /* who was shown first: +1 i, -1 j, 0 not told (no effect) */
};

enum paired_ties { PAIRED_TIES_HALF, PAIRED_TIES_DAVIDSON };

struct paired {
    size_t players;
    double *strength;    /* players: log strength, mean 0 within its component */
    double *error;       /* players: standard error of that, NAN alone in a component */
    double *covariance;  /* players × players, of the strengths; 0 across components */
    uint32_t *component; /* players: number of the strongly connected part of the win graph */
    size_t components;   /* 1: all comparable. Else strengths compare only within a component */
    double nu;           /* Davidson's tie parameter; 0 without ties */
    double log_nu_error; /* standard error of log nu; NAN when there is none */
    double first_effect; /* log-odds of being shown first; 0 when not asked for */
    double first_error;  /* NAN when there is none */
    double log_likelihood;
    bool converged;
};

/*
 * Fits by Newton's method. The maximum exists only where the win graph (a tie counts both ways) is strongly
 * connected: that is checked first, and each component is fitted alone from the games inside it (nu and the
 * first-shown effect are then shared). The caller releases it.
 */
void paired_fit(struct paired *out, const struct pairing *games, size_t count, size_t players, enum paired_ties ties,
                bool first_effect);
void paired_release(struct paired *fit);

/* Standard error of strength[i] - strength[j]; NAN across components. */
double paired_difference_error(const struct paired *fit, size_t i, size_t j);

#endif
