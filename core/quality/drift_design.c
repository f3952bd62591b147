/* Designing the detector, and what its design promises: run lengths, chances, delays. */
#include <math.h>

#include "core/base/memory.h"
#include "core/quality/drift.h"
#include "core/quality/run_length.h"

#include "core/base/banned.h"

#define STEP_MOST        400
#define FALSE_ALARM_MOST 1e7

static void gold_chain(struct run_length *r, int up, int down, int limit, double wrong) {
    const struct run_step steps[] = {{up, wrong}, {-down, 1 - wrong}};
    run_length_init(r, steps, 2, (size_t)limit);
}

static double mean_run(int up, int down, int limit, double wrong) {
    struct run_length r;
    gold_chain(&r, up, down, limit, wrong);
    double mean = run_length_from_zero(&r);
    run_length_release(&r);
    return mean;
}

static bool accuracies_fit(double in_control, double out_of_control) {
    return out_of_control > 0 && out_of_control < in_control && in_control < 1;
}

bool drift_design_fixed(struct drift_design *out, int up, int down, int limit, double in_control,
                        double out_of_control) {
    if (up <= 0 || down <= 0 || limit <= 0 || limit > DRIFT_LIMIT_MOST || up > STEP_MOST || down > STEP_MOST ||
        !accuracies_fit(in_control, out_of_control)) {
        return false;
    }
    *out = (struct drift_design){
        .up = up,
        .down = down,
        .limit = limit,
        .in_control = in_control,
        .out_of_control = out_of_control,
        .run_length = mean_run(up, down, limit, 1 - in_control),
        .delay = mean_run(up, down, limit, 1 - out_of_control),
    };
    return true;
}

/* The ratio of the two log-likelihood steps as small integers: the smaller one 1 or 2. */
static bool integer_steps(double in_control, double out_of_control, int *up, int *down) {
    double ratio = log((1 - out_of_control) / (1 - in_control)) / log(in_control / out_of_control);
    double large = round(2 * (ratio >= 1 ? ratio : 1 / ratio));
    if (!(large <= STEP_MOST)) {
        return false;
    }
    int big = (int)large, small = 2;
    if (big % 2 == 0) {
        big /= 2;
        small = 1;
    }
    *up = ratio >= 1 ? big : small;
    *down = ratio >= 1 ? small : big;
    return true;
}

bool drift_design_init(struct drift_design *out, double in_control, double out_of_control, double false_alarm_every) {
    int up, down;
    if (!accuracies_fit(in_control, out_of_control) || !(false_alarm_every >= 1) ||
        false_alarm_every > FALSE_ALARM_MOST || !integer_steps(in_control, out_of_control, &up, &down)) {
        return false;
    }
    double wrong = 1 - in_control;
    int low = 1, high = up;
    while (mean_run(up, down, high, wrong) < false_alarm_every) { /* the run length rises with the limit */
        low = high + 1;
        high *= 2;
        if (high > DRIFT_LIMIT_MOST) {
            return false;
        }
    }
    while (low < high) {
        int middle = low + (high - low) / 2;
        if (mean_run(up, down, middle, wrong) < false_alarm_every) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    return drift_design_fixed(out, up, down, high, in_control, out_of_control);
}

double drift_run_length(const struct drift_design *d, double accuracy, int start) {
    if (accuracy >= 1) {
        return INFINITY;
    }
    struct run_length r;
    gold_chain(&r, d->up, d->down, d->limit, 1 - accuracy);
    double *steps = memory_new((size_t)d->limit, sizeof *steps);
    run_length_from_each(&r, steps);
    double mean = steps[start];
    memory_free(steps);
    run_length_release(&r);
    return mean;
}

double drift_chance_of_alarm(const struct drift_design *d, double accuracy, size_t golds, int start) {
    size_t states = (size_t)d->limit, up = (size_t)d->up, down = (size_t)d->down;
    double *now = memory_new(states, sizeof *now);
    double *next = memory_new(states, sizeof *next);
    double alarm = 0;
    now[start] = 1;
    for (size_t g = 0; g < golds; g++) {
        for (size_t s = 0; s < states; s++) {
            next[s] = 0;
        }
        for (size_t s = 0; s < states; s++) {
            if (s + up < states) {
                next[s + up] += now[s] * (1 - accuracy);
            } else {
                alarm += now[s] * (1 - accuracy);
            }
            next[s > down ? s - down : 0] += now[s] * accuracy;
        }
        double *kept = now;
        now = next;
        next = kept;
    }
    memory_free(now);
    memory_free(next);
    return alarm;
}

double drift_share_at_or_above(const struct drift_design *d, double accuracy, int level) {
    if (accuracy >= 1) {
        return level <= 0 ? 1 : 0;
    }
    struct run_length r;
    gold_chain(&r, d->up, d->down, d->limit, 1 - accuracy);
    double *visits = memory_new((size_t)d->limit, sizeof *visits);
    run_length_visits(&r, visits);
    double share = 0;
    for (int s = level < 0 ? 0 : level; s < d->limit; s++) {
        share += visits[s];
    }
    memory_free(visits);
    run_length_release(&r);
    return share;
}

int drift_watch_level(const struct drift_design *d) {
    return d->limit / 2;
}

int drift_head_start(const struct drift_design *d) {
    return d->limit / 3;
}

double drift_delay_in_judgments(const struct drift_design *d, double gold_rate) {
    return gold_rate > 0 ? d->delay / gold_rate : INFINITY;
}

double drift_false_alarms(const struct drift_design *d, double golds) {
    return golds / d->run_length;
}
