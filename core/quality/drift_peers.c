/* The detector that takes the agreement of peers as evidence beside gold: its weights, and a limit that keeps the number of false alarms. */
#include <math.h>

#include "core/quality/drift.h"
#include "core/quality/run_length.h"

#include "core/base/banned.h"

#define SCALE      8  /* of the units of C, so that fractions of the weights are kept */
#define SCALE_STEP 60 /* where a step is larger than that, its units are fine enough */

/* What peers see of somebody of this error rate: the share of their agreeing pairs that differ from the person. */
static double differing(double wrong, double peers_right) {
    return wrong * peers_right + (1 - wrong) * (1 - peers_right);
}

/* Mean golds until the alarm of a person of this error rate. */
static double mean_golds(const struct drift_design *d, const struct drift_peers *peers, int limit, double wrong) {
    double differ = differing(wrong, peers->right), gold = 1 / (1 + peers->per_gold);
    const struct run_step steps[] = {
        {d->up, gold * wrong},
        {-d->down, gold * (1 - wrong)},
        {peers->up, (1 - gold) * differ},
        {-peers->down, (1 - gold) * (1 - differ)},
    };
    struct run_length r;
    run_length_init(&r, steps, 4, (size_t)limit);
    double mean = run_length_from_zero(&r);
    run_length_release(&r);
    return mean * gold;
}

/* The least limit with as many golds between false alarms as the detector on gold alone. 0: none is affordable. */
static int find_limit(const struct drift_design *d, const struct drift_peers *peers, double run_length) {
    double wrong = 1 - d->in_control;
    int low = 1, high = d->limit;
    while (mean_golds(d, peers, high, wrong) < run_length) {
        low = high + 1;
        high *= 2;
        if (high > DRIFT_LIMIT_MOST)
            return 0;
    }
    while (low < high) {
        int middle = low + (high - low) / 2;
        if (mean_golds(d, peers, middle, wrong) < run_length)
            low = middle + 1;
        else
            high = middle;
    }
    return high;
}

bool drift_peers_design(struct drift_design *with, struct drift_peers *peers, const struct drift_design *d,
                        double peer_accuracy, double per_gold) {
    double p0 = 1 - d->in_control, p1 = 1 - d->out_of_control;
    double both = peer_accuracy * peer_accuracy, neither = (1 - peer_accuracy) * (1 - peer_accuracy);
    int scale = d->up > SCALE_STEP || d->down > SCALE_STEP ? 1 : SCALE;
    /* a unit of C is this many natural log-odds */
    double unit = (log(p1 / p0) + log((1 - p0) / (1 - p1))) / (scale * (d->up + d->down));
    *peers = (struct drift_peers){.right = both / (both + neither), .per_gold = per_gold};
    double q0 = differing(p0, peers->right), q1 = differing(p1, peers->right);
    peers->up = (int)lround(fmax(0, log(q1 / q0)) / unit);
    peers->down = (int)lround(fmax(0, log((1 - q0) / (1 - q1))) / unit);
    struct drift_design scaled = *d;
    scaled.up *= scale;
    scaled.down *= scale;
    scaled.limit *= scale;
    if (peers->up == 0 || peers->down == 0 || !(per_gold > 0)) /* evidence that could move C one way only is none */
        return false;
    scaled.limit = find_limit(&scaled, peers, d->run_length);
    if (scaled.limit == 0)
        return false;
    scaled.run_length = mean_golds(&scaled, peers, scaled.limit, p0);
    scaled.delay = mean_golds(&scaled, peers, scaled.limit, p1);
    *with = scaled;
    return true;
}
