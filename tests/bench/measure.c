/* Clocks, samples and child processes; see measure.h. */
#define _GNU_SOURCE
#include "measure.h"

#include <fcntl.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/resource.h>
#include <sys/time.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

double clock_ms(void) {
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (double)now.tv_sec * 1e3 + (double)now.tv_nsec / 1e6;
}

void die(const char *format, ...) {
    va_list arguments;
    va_start(arguments, format);
    fflush(stdout);
    fputs("bench: ", stderr);
    vfprintf(stderr, format, arguments);
    fputc('\n', stderr);
    va_end(arguments);
    exit(1);
}

void samples_add(struct samples *samples, double value) {
    if (samples->count == samples->capacity) {
        samples->capacity = samples->capacity ? samples->capacity * 2 : 64;
        samples->values = realloc(samples->values, samples->capacity * sizeof *samples->values);
        if (!samples->values)
            abort();
    }
    samples->values[samples->count++] = value;
}

static int compare(const void *a, const void *b) {
    double left = *(const double *)a, right = *(const double *)b;
    return (left > right) - (left < right);
}

double samples_at(struct samples *samples, double share) {
    if (!samples->count)
        return 0;
    qsort(samples->values, samples->count, sizeof *samples->values, compare);
    size_t place = (size_t)(share * (double)samples->count);
    return samples->values[place < samples->count ? place : samples->count - 1];
}

double samples_median(struct samples *samples) {
    return samples_at(samples, 0.5);
}

void samples_release(struct samples *samples) {
    free(samples->values);
    *samples = (struct samples){0};
}

void samples_heading(const char *title, const char *unit) {
    printf("\n%s (%s)\n  %-36s %6s %9s %9s %9s %8s\n", title, unit, "", "n", "p50", "p99", "max", "goal");
}

void samples_print(const char *name, struct samples *samples, double goal) {
    double high = samples_at(samples, 0.99);
    printf("  %-36s %6zu %9.3f %9.3f %9.3f", name, samples->count, samples_median(samples), high,
           samples_at(samples, 1));
    if (goal > 0)
        printf(" %8.1f %s", goal, high < goal ? "met" : "MISSED");
    putchar('\n');
    fflush(stdout);
}

static struct cost wait_for(pid_t process, double started, const char *name) {
    struct rusage used;
    int status;
    if (wait4(process, &status, 0, &used) != process)
        die("%s: it cannot be waited for", name);
    if (!WIFEXITED(status) || WEXITSTATUS(status) != 0)
        die("%s: ended with status %d", name, WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status));
    return (struct cost){.wall = (clock_ms() - started) / 1e3,
                         .user = (double)used.ru_utime.tv_sec + (double)used.ru_utime.tv_usec / 1e6,
                         .system = (double)used.ru_stime.tv_sec + (double)used.ru_stime.tv_usec / 1e6,
                         .resident = (double)used.ru_maxrss / 1024};
}

struct cost cost_of_command(const char *const argv[], const char *log) {
    fflush(stdout);
    sync(); /* what others wrote before is not to be waited for in here */
    double started = clock_ms();
    pid_t process = fork();
    if (process < 0)
        die("no process can be started");
    if (process == 0) {
        int out = open(log ? log : "/dev/null", O_WRONLY | O_CREAT | O_APPEND, 0600);
        if (out < 0 || dup2(out, STDOUT_FILENO) < 0 || dup2(out, STDERR_FILENO) < 0)
            _exit(126);
        execv(argv[0], (char *const *)argv);
        _exit(127);
    }
    return wait_for(process, started, argv[1] ? argv[1] : argv[0]);
}

struct cost cost_of_work(void (*work)(void *context), void *context) {
    fflush(stdout);
    sync(); /* what others wrote before is not to be waited for in here */
    double started = clock_ms();
    pid_t process = fork();
    if (process < 0)
        die("no process can be started");
    if (process == 0) {
        work(context);
        fflush(NULL);
        _exit(0);
    }
    return wait_for(process, started, "the bare loop");
}

void pairs_add(struct pairs *pairs, struct cost ours, struct cost bare) {
    double ours_busy = ours.user + ours.system, bare_busy = bare.user + bare.system;
    samples_add(&pairs->ours_wall, ours.wall);
    samples_add(&pairs->ours_busy, ours_busy);
    samples_add(&pairs->ours_resident, ours.resident);
    samples_add(&pairs->bare_wall, bare.wall);
    samples_add(&pairs->bare_busy, bare_busy);
    samples_add(&pairs->bare_resident, bare.resident);
    samples_add(&pairs->ratio_wall, bare.wall / ours.wall);
    samples_add(&pairs->ratio_busy, bare_busy / ours_busy);
}

void pairs_heading(const char *title) {
    printf("\n%s\n  %-36s %9s %9s %9s\n", title, "", "wall s", "cpu s", "peak MB");
}

void pairs_print(const char *name, struct pairs *pairs, double goal) {
    double ratio = samples_median(&pairs->ratio_wall);
    printf("  %-36s %9.2f %9.2f %9.0f\n", name, samples_median(&pairs->ours_wall), samples_median(&pairs->ours_busy),
           samples_at(&pairs->ours_resident, 1));
    printf("  %-36s %9.2f %9.2f %9.0f\n", "  bare", samples_median(&pairs->bare_wall),
           samples_median(&pairs->bare_busy), samples_at(&pairs->bare_resident, 1));
    printf("  %-36s %9.2f %9.2f", "  speed of bare (median of the pairs)", ratio, samples_median(&pairs->ratio_busy));
    if (goal > 0)
        printf("   goal %.2f %s", goal, ratio >= goal ? "met" : "MISSED");
    printf("   (%zu pairs)\n", pairs->ratio_wall.count);
    fflush(stdout);
}

void pairs_release(struct pairs *pairs) {
    struct samples *all[] = {&pairs->ours_wall, &pairs->ours_busy,     &pairs->ours_resident, &pairs->bare_wall,
                             &pairs->bare_busy, &pairs->bare_resident, &pairs->ratio_wall,    &pairs->ratio_busy};
    for (size_t i = 0; i < sizeof all / sizeof *all; i++)
        samples_release(all[i]);
}
