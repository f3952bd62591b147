/*
 * Clocks, samples and child processes for the benchmarks. Times are milliseconds of the monotonic clock unless a name says seconds.
 * A benchmark that cannot measure says why and ends with status 1: die().
 */
#ifndef TESTS_BENCH_MEASURE_H
#define TESTS_BENCH_MEASURE_H

#include <stddef.h>

double clock_ms(void);

_Noreturn void die(const char *format, ...) __attribute__((format(printf, 1, 2)));

/* What was measured, one number each. Zero is empty. */
struct samples {
    double *values;
    size_t count, capacity;
};

void samples_add(struct samples *samples, double value);
/* The value below which `share` (0 to 1) of them lie, the nearest one; sorts. 0 when there are none. */
double samples_at(struct samples *samples, double share);
double samples_median(struct samples *samples);
void samples_release(struct samples *samples);

/* "name  n  p50  p99  max  goal": goal 0 prints none; else p99 is held against it. */
void samples_heading(const char *title, const char *unit);
void samples_print(const char *name, struct samples *samples, double goal);

/* What a process cost, from its start to its end. */
struct cost {
    double wall, user, system; /* seconds */
    double resident;           /* MB at most */
};

/* Runs argv with standard output and error into the file log (NULL: nowhere); dies unless it exits with 0. */
struct cost cost_of_command(const char *const argv[], const char *log);
/* Runs the work in a child process of its own, so that memory and time are its alone. */
struct cost cost_of_work(void (*work)(void *context), void *context);

/* The same thing done in two ways, in turn, several times: the medians of both and of the ratio. */
struct pairs {
    struct samples ours_wall, ours_busy, ours_resident, bare_wall, bare_busy, bare_resident, ratio_wall, ratio_busy;
};

void pairs_add(struct pairs *pairs, struct cost ours, struct cost bare);
void pairs_heading(const char *title);
/* Two lines and the ratio bare : ours (1 = as fast as bare). goal 0: none. */
void pairs_print(const char *name, struct pairs *pairs, double goal);
void pairs_release(struct pairs *pairs);

#endif
