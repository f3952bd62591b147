/* The running detector: evidence in, alarms out; see drift.h. */
#include "core/quality/drift.h"

#include <math.h>

#include "core/base/banned.h"

static void begin_stretch(struct drift_detector *d, int statistic) {
    d->statistic = statistic;
    d->from_peers = 0;
    d->onset = d->seen;
    d->golds_wrong = 0;
}

void drift_start(struct drift_detector *d, const struct drift_design *design, const struct drift_peers *peers,
                 bool head_start) {
    *d = (struct drift_detector){.design = *design};
    if (peers != NULL) {
        d->peers = *peers;
    }
    begin_stretch(d, head_start ? drift_head_start(design) : 0);
}

void drift_restart(struct drift_detector *d) {
    begin_stretch(d, drift_head_start(&d->design));
}

/* C falls; what peers brought falls in proportion. */
static void lower(struct drift_detector *d, int by) {
    int before = d->statistic;
    d->statistic = before > by ? before - by : 0;
    if (before > 0) {
        d->from_peers = (d->from_peers * d->statistic + before / 2) / before;
    }
}

bool drift_step(struct drift_detector *d, enum drift_evidence evidence, struct drift_alarm *alarm) {
    d->seen++;
    switch (evidence) {
    case DRIFT_GOLD_RIGHT:
        d->golds++;
        lower(d, d->design.down);
        break;
    case DRIFT_GOLD_WRONG:
        d->golds++;
        d->golds_wrong++;
        d->statistic += d->design.up;
        break;
    case DRIFT_PEERS_AGREE:
        lower(d, d->peers.down);
        break;
    case DRIFT_PEERS_DIFFER:
        d->statistic += d->peers.up;
        d->from_peers += d->peers.up;
        break;
    }
    if (d->statistic == 0) {
        begin_stretch(d, 0);
        return false;
    }
    if (d->statistic < d->design.limit) {
        return false;
    }
    *alarm = (struct drift_alarm){
        .at = d->seen - 1,
        .onset = d->onset,
        .statistic = d->statistic,
        .from_peers = d->from_peers,
        .golds_wrong = d->golds_wrong,
        .peers_alone = d->golds_wrong == 0,
    };
    d->alarms++;
    begin_stretch(d, 0);
    return true;
}

size_t drift_run(const struct drift_design *design, const uint8_t *wrong, const uint8_t *fresh, size_t n,
                 bool head_start, int *trace, struct drift_alarm *alarms, size_t capacity,
                 struct drift_detector *final) {
    struct drift_detector d;
    drift_start(&d, design, NULL, head_start);
    for (size_t i = 0; i < n; i++) {
        struct drift_alarm alarm;
        if (fresh != NULL && fresh[i]) {
            drift_restart(&d);
        }
        bool fired = drift_step(&d, wrong[i] ? DRIFT_GOLD_WRONG : DRIFT_GOLD_RIGHT, &alarm);
        if (trace != NULL) {
            trace[i] = fired ? alarm.statistic : d.statistic;
        }
        if (fired && d.alarms <= capacity) {
            alarms[d.alarms - 1] = alarm;
        }
    }
    if (final != NULL) {
        *final = d;
    }
    return d.alarms;
}

enum drift_state drift_state_of(const struct drift_detector *d, bool open) {
    if (open) {
        return DRIFT_BELOW;
    }
    return d->golds >= DRIFT_EARLY && d->statistic >= drift_watch_level(&d->design) ? DRIFT_WATCH : DRIFT_OK;
}

enum drift_word drift_word_of(const struct drift_detector *d, bool open) {
    if (open) {
        return DRIFT_BELOW_BAR;
    }
    return d->golds < DRIFT_EARLY ? DRIFT_TOO_EARLY : DRIFT_STEADY;
}

const char *drift_state_name(enum drift_state state) {
    static const char *const names[] = {"ok", "watch", "drift"};
    return names[state];
}

const char *drift_word_name(enum drift_word word) {
    static const char *const names[] = {"too early", "steady", "below the bar"};
    return names[word];
}

void drift_ewma(const uint8_t *wrong, size_t n, double weight, double start, double *trace) {
    double e = start;
    for (size_t i = 0; i < n; i++) {
        e = (1 - weight) * e + weight * (wrong[i] ? 1 : 0);
        trace[i] = e;
    }
}

double drift_gold_rate(const struct drift_detector *d, double low, double high) {
    return fmin(DRIFT_RATE_MOST, d->statistic < d->design.up ? low : high);
}
