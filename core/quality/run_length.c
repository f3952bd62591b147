/* State reduction of the banded chain; see run_length.h. */
#include "core/quality/run_length.h"

#include <stdlib.h>

#include "core/base/memory.h"

#include "core/base/banned.h"

static double *cell(const struct run_length *r, size_t from, size_t to) {
    return &r->band[from * (r->down + r->up + 1) + (to + r->down - from)];
}

static size_t lowest(size_t state, size_t step) {
    return state > step ? state - step : 0;
}

/* Takes `state` out: what led to it now leads to where it leads. All reachable states are lower by then. */
static void eliminate(struct run_length *r, size_t state, double absorbed) {
    double sum = absorbed;
    size_t first_to = lowest(state, r->down);
    for (size_t j = first_to; j < state; j++) {
        sum += *cell(r, state, j);
    }
    r->leaving[state] = sum;
    for (size_t i = lowest(state, r->up); i < state; i++) {
        double share = *cell(r, i, state) / sum;
        if (share <= 0) {
            continue;
        }
        for (size_t j = first_to; j < state; j++) {
            *cell(r, i, j) += share * *cell(r, state, j);
        }
        r->time[i] += share * r->time[state];
    }
}

void run_length_init(struct run_length *r, const struct run_step *steps, size_t count, size_t limit) {
    *r = (struct run_length){.states = limit};
    for (size_t i = 0; i < count; i++) {
        size_t by = (size_t)abs(steps[i].by), *most = steps[i].by > 0 ? &r->up : &r->down;
        *most = by > *most ? by : *most;
    }
    r->band = memory_new(limit * (r->down + r->up + 1), sizeof *r->band);
    r->leaving = memory_new(limit, sizeof *r->leaving);
    r->time = memory_new(limit, sizeof *r->time);
    double *absorbed = memory_new(limit, sizeof *absorbed);
    for (size_t s = 0; s < limit; s++) {
        r->time[s] = 1;
        for (size_t i = 0; i < count; i++) {
            size_t by = (size_t)abs(steps[i].by);
            if (steps[i].by < 0) {
                *cell(r, s, lowest(s, by)) += steps[i].chance;
            } else if (s + by < limit) {
                *cell(r, s, s + by) += steps[i].chance;
            } else {
                absorbed[s] += steps[i].chance;
            }
        }
    }
    for (size_t s = limit; s-- > 0;) {
        eliminate(r, s, absorbed[s]);
        for (size_t i = lowest(s, r->up); i < s; i++) {
            absorbed[i] += *cell(r, i, s) / r->leaving[s] * absorbed[s];
        }
    }
    memory_free(absorbed);
}

void run_length_release(struct run_length *r) {
    memory_free(r->band);
    memory_free(r->leaving);
    memory_free(r->time);
    *r = (struct run_length){0};
}

double run_length_from_zero(const struct run_length *r) {
    return r->time[0] / r->leaving[0];
}

void run_length_from_each(const struct run_length *r, double *steps) {
    for (size_t s = 0; s < r->states; s++) {
        double sum = r->time[s];
        for (size_t j = lowest(s, r->down); j < s; j++) {
            sum += *cell(r, s, j) * steps[j];
        }
        steps[s] = sum / r->leaving[s];
    }
}

void run_length_visits(const struct run_length *r, double *visits) {
    double total = 0;
    for (size_t s = 0; s < r->states; s++) {
        double sum = s == 0 ? 1 : 0;
        for (size_t i = lowest(s, r->up); i < s; i++) {
            sum += visits[i] * *cell(r, i, s) / r->leaving[s];
        }
        visits[s] = sum;
        total += sum;
    }
    for (size_t s = 0; s < r->states; s++) {
        visits[s] /= total;
    }
}
