/* Agreement figures from additive sums over units; see agreement.h for the notation. */
#include "core/quality/agreement.h"

#include <math.h>
#include <string.h>

#include "core/base/memory.h"

#include "core/base/banned.h"

static const char no_pairs[] = "no item has two judgments";
static const char one_level[] = "all judgments are the same";

double agreement_weight(enum agreement_weights weights, size_t k, size_t l, size_t levels) {
    double distance = (double)(k > l ? k - l : l - k), q = (double)levels;
    if (distance == 0) {
        return 1;
    }
    switch (weights) {
    case WEIGHTS_LINEAR:
        return 1 - distance / (q - 1);
    case WEIGHTS_QUADRATIC:
        return 1 - distance * distance / ((q - 1) * (q - 1));
    case WEIGHTS_ORDINAL: /* 1 - C(|k-l|+1, 2) / C(q, 2) */
        return 1 - (distance + 1) * distance / (q * (q - 1));
    case WEIGHTS_NONE:
        break;
    }
    return 0;
}

const char *agreement_kind_name(enum agreement_kind kind) {
    static const char *const names[AGREEMENT_KINDS] = {
        [AGREEMENT_PERCENT] = "percent",
        [AGREEMENT_UNANIMOUS] = "unanimous",
        [AGREEMENT_PAIRWISE] = "pairwise_percent",
        [AGREEMENT_FLEISS] = "fleiss_kappa",
        [AGREEMENT_ALPHA_NOMINAL] = "krippendorff_alpha",
        [AGREEMENT_ALPHA_ORDINAL] = "krippendorff_alpha_ordinal",
        [AGREEMENT_ALPHA_INTERVAL] = "krippendorff_alpha_interval",
        [AGREEMENT_AC1] = "gwet_ac1",
        [AGREEMENT_AC2_LINEAR] = "gwet_ac2_linear",
        [AGREEMENT_AC2_QUADRATIC] = "gwet_ac2_quadratic",
        [AGREEMENT_AC2_ORDINAL] = "gwet_ac2",
    };
    return names[kind];
}

/* One block of memory: coincidence, pairs, shares. */
void agreement_sums_init(struct agreement_sums *s, size_t levels) {
    *s = (struct agreement_sums){.levels = levels};
    s->coincidence = memory_new(2 * levels * levels + levels, sizeof *s->coincidence);
    s->pairs = s->coincidence + levels * levels;
    s->shares = s->pairs + levels * levels;
}

void agreement_sums_release(struct agreement_sums *s) {
    memory_free(s->coincidence);
    *s = (struct agreement_sums){0};
}

void agreement_sums_set(struct agreement_sums *s, const struct ratings_table *t, const uint64_t *weight) {
    s->pairable = s->rated = s->unanimous = s->agreeing = s->together = 0;
    memset(s->coincidence, 0, (2 * s->levels * s->levels + s->levels) * sizeof *s->coincidence);
    for (size_t p = 0; p < t->patterns; p++) {
        uint64_t times = weight == NULL ? t->multiplicity[p] : weight[p];
        if (times > 0 && t->raters[p] > 0) {
            agreement_sums_add(s, &t->counts[p * t->levels], t->raters[p], (double)times);
        }
    }
}

void agreement_sums_add(struct agreement_sums *s, const uint32_t *counts, uint32_t raters, double times) {
    size_t q = s->levels, used = 0;
    uint32_t level[AGREEMENT_LEVELS];
    double r = raters;
    for (size_t k = 0; k < q; k++) {
        if (counts[k] > 0) {
            s->shares[k] += times * counts[k] / r;
            level[used++] = (uint32_t)k;
        }
    }
    s->rated += times;
    if (raters < 2) {
        return;
    }
    s->pairable += times;
    s->unanimous += used == 1 ? times : 0;
    s->together += times * r * (r - 1);
    for (size_t i = 0; i < used; i++) {
        s->agreeing += times * counts[level[i]] * (counts[level[i]] - 1.0);
        for (size_t j = 0; j < used; j++) {
            size_t k = level[i], l = level[j];
            double pairs = times * counts[k] * (counts[l] - (k == l ? 1.0 : 0.0)) / (r - 1);
            s->coincidence[k * q + l] += pairs;
            s->pairs[k * q + l] += pairs / r;
        }
    }
}

/* Weighted agreement: mean over pairable units of sum_k n_k (n*_k - 1) / (r (r - 1)). */
static double observed_agreement(const struct agreement_sums *s, enum agreement_weights weights) {
    double sum = 0;
    for (size_t k = 0; k < s->levels; k++) {
        for (size_t l = 0; l < s->levels; l++) {
            sum += agreement_weight(weights, k, l, s->levels) * s->pairs[k * s->levels + l];
        }
    }
    return sum / s->pairable;
}

static double gwet_chance(const struct agreement_sums *s, enum agreement_weights weights) {
    double q = (double)s->levels, total = 0, spread = 0;
    for (size_t k = 0; k < s->levels; k++) {
        double share = s->shares[k] / s->rated;
        spread += share * (1 - share);
        for (size_t l = 0; l < s->levels; l++) {
            total += agreement_weight(weights, k, l, s->levels);
        }
    }
    return s->levels < 2 ? 0 : total * spread / (q * (q - 1));
}

static double fleiss_chance(const struct agreement_sums *s) {
    double sum = 0;
    for (size_t k = 0; k < s->levels; k++) {
        double share = s->shares[k] / s->rated;
        sum += share * share;
    }
    return sum;
}

/*
 * Squared distance of two levels. For the ordinal metric: margin[k] are the coincidence row sums, upto[k] those of the
 * levels 0..k together.
 */
static double alpha_distance(enum agreement_kind kind, const double *margin, const double *upto, const double *values,
                             size_t k, size_t l) {
    if (k == l) {
        return 0;
    }
    if (kind == AGREEMENT_ALPHA_NOMINAL) {
        return 1;
    }
    if (kind == AGREEMENT_ALPHA_INTERVAL) {
        double d = values == NULL ? (double)k - (double)l : values[k] - values[l];
        return d * d;
    }
    size_t from = k < l ? k : l, to = k < l ? l : k;
    double between = upto[to] - upto[from] + (margin[from] - margin[to]) / 2;
    return between * between;
}

static struct figure alpha(const struct agreement_sums *s, enum agreement_kind kind, const double *values, size_t n) {
    size_t q = s->levels;
    double margin[AGREEMENT_LEVELS], upto[AGREEMENT_LEVELS], total = 0, seen = 0, expected = 0;
    for (size_t k = 0; k < q; k++) {
        margin[k] = 0;
        for (size_t l = 0; l < q; l++) {
            margin[k] += s->coincidence[k * q + l];
        }
        total += margin[k];
        upto[k] = total;
    }
    for (size_t k = 0; k < q; k++) {
        for (size_t l = 0; l < q; l++) {
            double distance = alpha_distance(kind, margin, upto, values, k, l);
            seen += s->coincidence[k * q + l] * distance;
            expected += margin[k] * margin[l] * distance;
        }
    }
    if (!(expected > 1e-12 * total * total)) {
        return figure_undefined(one_level, n);
    }
    return figure_point(1 - (total - 1) * seen / expected, n);
}

static struct figure corrected(double observed, double chance, size_t n) {
    return 1 - chance < 1e-12 ? figure_undefined(one_level, n) : figure_point((observed - chance) / (1 - chance), n);
}

static enum agreement_weights weights_of(enum agreement_kind kind) {
    switch (kind) {
    case AGREEMENT_AC2_LINEAR:
        return WEIGHTS_LINEAR;
    case AGREEMENT_AC2_QUADRATIC:
        return WEIGHTS_QUADRATIC;
    case AGREEMENT_AC2_ORDINAL:
        return WEIGHTS_ORDINAL;
    default:
        return WEIGHTS_NONE;
    }
}

struct figure agreement_from_sums(const struct agreement_sums *s, enum agreement_kind kind, const double *values) {
    size_t n = (size_t)llround(fmax(0, s->pairable));
    if (n == 0) {
        return figure_undefined(no_pairs, 0);
    }
    switch (kind) {
    case AGREEMENT_PERCENT:
        return figure_point(observed_agreement(s, WEIGHTS_NONE), n);
    case AGREEMENT_UNANIMOUS:
        return figure_point(s->unanimous / s->pairable, n);
    case AGREEMENT_PAIRWISE:
        return figure_point(s->agreeing / s->together, n);
    case AGREEMENT_FLEISS:
        return corrected(observed_agreement(s, WEIGHTS_NONE), fleiss_chance(s), n);
    case AGREEMENT_ALPHA_NOMINAL:
    case AGREEMENT_ALPHA_ORDINAL:
    case AGREEMENT_ALPHA_INTERVAL:
        return alpha(s, kind, values, n);
    default: {
        enum agreement_weights weights = weights_of(kind);
        return corrected(observed_agreement(s, weights), gwet_chance(s, weights), n);
    }
    }
}

bool agreement_one_level(const struct agreement_sums *s) {
    size_t used = 0;
    for (size_t k = 0; k < s->levels; k++) {
        double margin = 0;
        for (size_t l = 0; l < s->levels; l++) {
            margin += s->coincidence[k * s->levels + l];
        }
        used += margin > 1e-9;
    }
    return used == 1;
}

struct figure agreement_value(const struct ratings_table *t, enum agreement_kind kind, const double *values) {
    struct agreement_sums s;
    agreement_sums_init(&s, t->levels);
    agreement_sums_set(&s, t, NULL);
    struct figure f = agreement_from_sums(&s, kind, values);
    agreement_sums_release(&s);
    return f;
}

static double unit_agreement(const struct ratings_table *t, const uint32_t *counts, double r,
                             enum agreement_weights weights) {
    double sum = 0;
    for (size_t k = 0; k < t->levels; k++) {
        double near = 0;
        for (size_t l = 0; l < t->levels && counts[k] > 0; l++) {
            near += agreement_weight(weights, k, l, t->levels) * counts[l];
        }
        sum += counts[k] * (near - 1);
    }
    return sum / (r * (r - 1));
}

struct figure agreement_ac_error(const struct ratings_table *t, enum agreement_weights weights) {
    struct agreement_sums s;
    agreement_sums_init(&s, t->levels);
    agreement_sums_set(&s, t, NULL);
    size_t n = (size_t)llround(s.pairable), q = t->levels;
    if (n == 0 || s.rated < 2) {
        agreement_sums_release(&s);
        return figure_undefined(n == 0 ? no_pairs : "only one item is judged", n);
    }
    double observed = observed_agreement(&s, weights), chance = gwet_chance(&s, weights), total = 0, sum = 0;
    double value = (observed - chance) / (1 - chance);
    for (size_t k = 0; k < q; k++) {
        for (size_t l = 0; l < q; l++) {
            total += agreement_weight(weights, k, l, q);
        }
    }
    for (size_t p = 0; p < t->patterns; p++) {
        const uint32_t *counts = &t->counts[p * q];
        double r = t->raters[p], own = 0, unit = 0;
        if (t->raters[p] == 0) {
            continue;
        }
        for (size_t k = 0; k < q; k++) {
            own += counts[k] / r * (1 - s.shares[k] / s.rated);
        }
        double unit_chance = q < 2 ? 0 : total / ((double)q * ((double)q - 1)) * own;
        if (t->raters[p] >= 2) {
            unit = s.rated / s.pairable * (unit_agreement(t, counts, r, weights) - chance) / (1 - chance);
        }
        double off = unit - 2 * (1 - value) * (unit_chance - chance) / (1 - chance) - value;
        sum += (double)t->multiplicity[p] * off * off;
    }
    double error = sqrt(sum / (s.rated * (s.rated - 1)));
    agreement_sums_release(&s);
    return figure_point(error, n);
}
