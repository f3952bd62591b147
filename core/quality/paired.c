/*
 * Bradley-Terry and Davidson by Newton's method. With d = strength_i - strength_j + first · first_effect the
 * three outcomes have weights exp(d/2), nu, exp(-d/2): a log-linear model, so the likelihood is concave and
 * halved steps always arrive.
 */
#include "core/quality/paired.h"

#include <math.h>
#include <string.h>

#include "core/base/memory.h"

#include "core/base/banned.h"

#define ROUNDS 100

struct newton {
    struct paired *fit;
    const struct pairing *games;
    size_t count;
    bool davidson; /* log nu is estimated */
    bool first_effect;
    size_t free;         /* parameters: free strengths, then log nu, then the first-shown effect */
    size_t *slot;        /* per player: its parameter, or SIZE_MAX for the reference of its component */
    double *gradient;    /* free */
    double *information; /* free × free */
};

/*
 * Depth-first walk over the win graph (or its reverse), iterative; fills `order` with players as they are
 * left.
 */
static size_t walk(const uint8_t *beats, size_t n, bool reverse, uint32_t from, uint8_t *seen, uint32_t *stack,
                   uint32_t *next, uint32_t *order) {
    size_t depth = 0, left = 0;
    stack[depth++] = from;
    seen[from] = 1;
    next[from] = 0;
    while (depth > 0) {
        uint32_t at = stack[depth - 1];
        uint32_t to = next[at];
        while (to < n && (seen[to] || !(reverse ? beats[to * n + at] : beats[at * n + to]))) {
            to++;
        }
        next[at] = to;
        if (to < n) {
            seen[to] = 1;
            next[to] = 0;
            stack[depth++] = to;
        } else {
            order[left++] = at;
            depth--;
        }
    }
    return left;
}

/* Strongly connected components (Kosaraju), numbered from 0. */
static void find_components(struct paired *fit, const struct pairing *games, size_t count) {
    size_t n = fit->players, left = 0;
    uint8_t *beats = memory_new(n * n + 1, 1), *seen = memory_new(n + 1, 1);
    uint32_t *stack = memory_new(n + 1, sizeof *stack), *next = memory_new(n + 1, sizeof *next);
    uint32_t *order = memory_new(n + 1, sizeof *order), *members = memory_new(n + 1, sizeof *members);
    for (size_t g = 0; g < count; g++) {
        beats[games[g].i * n + games[g].j] |= games[g].wins_i > 0 || games[g].ties > 0;
        beats[games[g].j * n + games[g].i] |= games[g].wins_j > 0 || games[g].ties > 0;
    }
    for (uint32_t p = 0; p < n; p++) {
        if (!seen[p]) {
            left += walk(beats, n, false, p, seen, stack, next, &order[left]);
        }
    }
    memset(seen, 0, n);
    for (size_t k = n; k-- > 0;) {
        if (!seen[order[k]]) {
            size_t found = walk(beats, n, true, order[k], seen, stack, next, members);
            for (size_t m = 0; m < found; m++) {
                fit->component[members[m]] = (uint32_t)fit->components;
            }
            fit->components++;
        }
    }
    memory_free(beats);
    memory_free(seen);
    memory_free(stack);
    memory_free(next);
    memory_free(order);
    memory_free(members);
}

static void add_game(struct newton *w, size_t nu, size_t first, const struct pairing *g, const double *p, double wins_i,
                     double wins_j, double ties) {
    double n = wins_i + wins_j + ties, lead = p[0] - p[1];
    size_t at[4] = {w->slot[g->i], w->slot[g->j], nu, first};
    double by[3] = {1, -1, g->first}; /* how d moves with each */
    double slope = (wins_i - wins_j - n * lead) / 2;
    double bend = n * (p[0] + p[1] - lead * lead) / 4;
    const size_t who[3] = {at[0], at[1], at[3]};
    for (int a = 0; a < 3; a++) {
        if (who[a] == SIZE_MAX) {
            continue;
        }
        w->gradient[who[a]] += by[a] * slope;
        for (int b = 0; b < 3; b++) {
            if (who[b] != SIZE_MAX) {
                w->information[who[a] * w->free + who[b]] += by[a] * by[b] * bend;
            }
        }
        if (nu != SIZE_MAX) {
            double cross = -n * by[a] * p[2] * lead / 2;
            w->information[who[a] * w->free + nu] += cross;
            w->information[nu * w->free + who[a]] += cross;
        }
    }
    if (nu != SIZE_MAX) {
        w->gradient[nu] += ties - n * p[2];
        w->information[nu * w->free + nu] += n * p[2] * (1 - p[2]);
    }
}

static double strength_at(const struct newton *w, const double *x, size_t player) {
    return w->slot[player] == SIZE_MAX ? 0 : x[w->slot[player]];
}

/* Log-likelihood at the parameters x, with gradient and information. */
static double evaluate(struct newton *w, const double *x) {
    size_t nu_at = w->davidson ? w->free - 1 - w->first_effect : SIZE_MAX;
    size_t first_at = w->first_effect ? w->free - 1 : SIZE_MAX;
    double nu = w->davidson ? exp(x[nu_at]) : 0, sum = 0;
    memset(w->gradient, 0, w->free * sizeof *w->gradient);
    memset(w->information, 0, w->free * w->free * sizeof *w->information);
    for (size_t k = 0; k < w->count; k++) {
        const struct pairing *g = &w->games[k];
        if (w->fit->component[g->i] != w->fit->component[g->j]) {
            continue;
        }
        double half = w->davidson ? 0 : g->ties / 2;
        double wins_i = g->wins_i + half, wins_j = g->wins_j + half, ties = w->davidson ? g->ties : 0;
        double d = strength_at(w, x, g->i) - strength_at(w, x, g->j);
        d += w->first_effect ? g->first * x[first_at] : 0;
        double up = fmax(d, -d) / 2; /* scaled by the larger weight, so that nothing overflows */
        double a = exp(d / 2 - up), b = exp(-d / 2 - up), t = nu * exp(-up), all = a + b + t;
        const double p[3] = {a / all, b / all, t / all};
        sum += wins_i * (d / 2 - up - log(all)) + wins_j * (-d / 2 - up - log(all));
        sum += ties > 0 ? ties * (log(nu) - up - log(all)) : 0;
        add_game(w, nu_at, first_at, g, p, wins_i, wins_j, ties);
    }
    return sum;
}

/* Cholesky factor in the lower triangle of m; false when m is not positive definite. */
static bool factor(double *m, size_t n) {
    for (size_t j = 0; j < n; j++) {
        double scale = m[j * n + j];
        for (size_t i = j; i < n; i++) {
            double sum = m[i * n + j];
            for (size_t k = 0; k < j; k++) {
                sum -= m[i * n + k] * m[j * n + k];
            }
            if (i == j) {
                if (!(sum > 1e-11 * scale)) {
                    return false;
                }
                m[j * n + j] = sqrt(sum);
            } else {
                m[i * n + j] = sum / m[j * n + j];
            }
        }
    }
    return true;
}

static void solve(const double *m, size_t n, double *x) {
    for (size_t i = 0; i < n; i++) {
        for (size_t k = 0; k < i; k++) {
            x[i] -= m[i * n + k] * x[k];
        }
        x[i] /= m[i * n + i];
    }
    for (size_t i = n; i-- > 0;) {
        for (size_t k = i + 1; k < n; k++) {
            x[i] -= m[k * n + i] * x[k];
        }
        x[i] /= m[i * n + i];
    }
}

/* Climbs to the maximum; on success w->information holds its Cholesky factor. */
static bool climb(struct newton *w, double *x) {
    double *step = memory_new(w->free + 1, sizeof *step), *next = memory_new(w->free + 1, sizeof *next);
    double reached = evaluate(w, x);
    bool arrived = false, done = false;
    for (int round = 0; round < ROUNDS && factor(w->information, w->free); round++) {
        if (arrived) {
            done = true; /* with the information at the maximum factored */
            break;
        }
        memcpy(step, w->gradient, w->free * sizeof *step);
        solve(w->information, w->free, step);
        double size = 0, half = 1, there;
        for (size_t i = 0; i < w->free; i++) {
            size = fmax(size, fabs(step[i]));
        }
        do {
            for (size_t i = 0; i < w->free; i++) {
                next[i] = x[i] + half * step[i];
            }
            there = evaluate(w, next);
            half /= 2;
        } while (there < reached - 1e-9 * fabs(reached) && half > 1e-9);
        memcpy(x, next, w->free * sizeof *x);
        reached = there;
        arrived = size < 1e-10;
    }
    w->fit->log_likelihood = reached;
    memory_free(step);
    memory_free(next);
    return done;
}

/*
 * Strengths get mean 0 in their component: centres the estimates and, by columns of the inverse, their
 * covariance.
 */
static void centre(struct newton *w, const double *x, bool covariance) {
    struct paired *fit = w->fit;
    size_t n = fit->players;
    double *column = memory_new(w->free + 1, sizeof *column);
    for (uint32_t c = 0; c < fit->components; c++) {
        double mean = 0, size = 0;
        for (size_t i = 0; i < n; i++) {
            if (fit->component[i] == c) {
                mean += strength_at(w, x, i);
                size += 1;
            }
        }
        for (size_t i = 0; i < n; i++) {
            if (fit->component[i] != c) {
                continue;
            }
            fit->strength[i] = strength_at(w, x, i) - mean / size;
            if (!covariance || size < 2) {
                continue;
            }
            for (size_t k = 0; k < w->free; k++) { /* the contrast of player i, and the inverse applied to it */
                column[k] = 0;
            }
            for (size_t j = 0; j < n; j++) {
                if (fit->component[j] == c && w->slot[j] != SIZE_MAX) {
                    column[w->slot[j]] = (i == j) - 1 / size;
                }
            }
            solve(w->information, w->free, column);
            double average = 0;
            for (size_t j = 0; j < n; j++) {
                average += fit->component[j] == c && w->slot[j] != SIZE_MAX ? column[w->slot[j]] / size : 0;
            }
            for (size_t j = 0; j < n; j++) {
                if (fit->component[j] == c) {
                    fit->covariance[i * n + j] = (w->slot[j] == SIZE_MAX ? 0 : column[w->slot[j]]) - average;
                }
            }
            fit->error[i] = sqrt(fmax(0, fit->covariance[i * n + i]));
        }
    }
    memory_free(column);
}

static double error_of(const struct newton *w, size_t parameter) {
    double *column = memory_new(w->free + 1, sizeof *column);
    column[parameter] = 1;
    solve(w->information, w->free, column);
    double variance = column[parameter];
    memory_free(column);
    return sqrt(variance);
}

static void choose_parameters(struct newton *w) {
    struct paired *fit = w->fit;
    bool *has_reference = memory_new(fit->components + 1, sizeof *has_reference);
    for (size_t i = 0; i < fit->players; i++) {
        w->slot[i] = has_reference[fit->component[i]] ? w->free++ : SIZE_MAX;
        has_reference[fit->component[i]] = true;
    }
    memory_free(has_reference);
    double ties = 0;
    for (size_t k = 0; k < w->count; k++) {
        ties += fit->component[w->games[k].i] == fit->component[w->games[k].j] ? w->games[k].ties : 0;
    }
    w->davidson = w->davidson && ties > 0;
    w->first_effect = w->first_effect && w->free > 0;
    w->free += (size_t)w->davidson + (size_t)w->first_effect;
}

void paired_fit(struct paired *out, const struct pairing *games, size_t count, size_t players, enum paired_ties ties,
                bool first_effect) {
    *out = (struct paired){.players = players, .log_nu_error = NAN, .first_error = NAN};
    out->strength = memory_new(players + 1, sizeof *out->strength);
    out->error = memory_new(players + 1, sizeof *out->error);
    out->covariance = memory_new(players * players + 1, sizeof *out->covariance);
    out->component = memory_new(players + 1, sizeof *out->component);
    for (size_t i = 0; i < players; i++) {
        out->error[i] = NAN;
    }
    find_components(out, games, count);
    struct newton w = {.fit = out,
                       .games = games,
                       .count = count,
                       .first_effect = first_effect,
                       .davidson = ties == PAIRED_TIES_DAVIDSON};
    w.slot = memory_new(players + 1, sizeof *w.slot);
    choose_parameters(&w);
    w.gradient = memory_new(w.free + 1, sizeof *w.gradient);
    w.information = memory_new(w.free * w.free + 1, sizeof *w.information);
    double *x = memory_new(w.free + 1, sizeof *x);
    if (w.free > 0) {
        out->converged = climb(&w, x);
        centre(&w, x, out->converged);
        size_t nu_at = w.free - 1 - w.first_effect;
        out->nu = w.davidson ? exp(x[nu_at]) : 0;
        out->log_nu_error = w.davidson && out->converged ? error_of(&w, nu_at) : NAN;
        out->first_effect = w.first_effect ? x[w.free - 1] : 0;
        out->first_error = w.first_effect && out->converged ? error_of(&w, w.free - 1) : NAN;
    }
    memory_free(x);
    memory_free(w.slot);
    memory_free(w.gradient);
    memory_free(w.information);
}

void paired_release(struct paired *fit) {
    memory_free(fit->strength);
    memory_free(fit->error);
    memory_free(fit->covariance);
    memory_free(fit->component);
    *fit = (struct paired){0};
}

double paired_difference_error(const struct paired *fit, size_t i, size_t j) {
    size_t n = fit->players;
    if (fit->component[i] != fit->component[j] || isnan(fit->error[i])) {
        return NAN;
    }
    double variance = fit->covariance[i * n + i] + fit->covariance[j * n + j] - 2 * fit->covariance[i * n + j];
    return sqrt(fmax(0, variance));
}
