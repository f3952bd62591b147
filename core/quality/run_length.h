/*
 * The Markov chain of an integer CUSUM: states 0..limit-1, absorbed at the alarm.
 *
 * Solved by state reduction without subtractions (Grassmann, Taksar and Heyman 1985), so that run lengths
 * keep their full relative precision however long they are. Inside core/quality only; drift.h is the door.
 */
#ifndef CORE_QUALITY_RUN_LENGTH_H
#define CORE_QUALITY_RUN_LENGTH_H

#include <stddef.h>

struct run_length {
    size_t states; /* limit */
    size_t up;     /* the largest step */
    size_t down;
    double *band;    /* states × (down + up + 1): chance of i -> j at [i][j - i + down], as met by the elimination */
    double *leaving; /* chance of leaving state i for a lower one or the alarm, after elimination of the higher ones */
    double *time;    /* steps spent above before that */
};

/* What can happen to C at once: two steps for gold, four with peers. */
struct run_step {
    int by; /* not 0 */
    double chance;
};

/*
 * The chances of all steps sum to 1, and a step up is among those with one. limit > 0. The caller releases it.
 * O(limit · largest step up · largest step down).
 */
void run_length_init(struct run_length *r, const struct run_step *steps, size_t count, size_t limit);
void run_length_release(struct run_length *r);

double run_length_from_zero(const struct run_length *r);              /* mean steps to the alarm from state 0 */
void run_length_from_each(const struct run_length *r, double *steps); /* from every state: `states` long */
void run_length_visits(const struct run_length *r, double *visits);   /* share of time in each, restarting at 0 */

#endif
