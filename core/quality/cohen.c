/* Cohen's kappa of two people. */
#include <math.h>
#include <string.h>

#include "core/quality/agreement.h"

#include "core/base/banned.h"

#define Z95 1.959963984540054

struct margins {
    double n;
    double row[AGREEMENT_LEVELS]; /* shares */
    double column[AGREEMENT_LEVELS];
    double row_weight[AGREEMENT_LEVELS]; /* sum_l column_l w_kl */
    double column_weight[AGREEMENT_LEVELS];
};

static void margins_set(struct margins *m, const uint64_t *counts, size_t levels, enum agreement_weights weights) {
    memset(m, 0, sizeof *m);
    for (size_t i = 0; i < levels * levels; i++) {
        m->n += (double)counts[i];
        m->row[i / levels] += (double)counts[i];
        m->column[i % levels] += (double)counts[i];
    }
    for (size_t k = 0; k < levels && m->n > 0; k++) {
        m->row[k] /= m->n;
        m->column[k] /= m->n;
    }
    for (size_t k = 0; k < levels; k++) {
        for (size_t l = 0; l < levels; l++) {
            double w = agreement_weight(weights, k, l, levels);
            m->row_weight[k] += m->column[l] * w;
            m->column_weight[l] += m->row[k] * w;
        }
    }
}

/* Fleiss, Cohen and Everitt (1969), eq. 9 (under independence) and 12. */
static void standard_errors(const struct margins *m, const uint64_t *counts, size_t levels,
                            enum agreement_weights weights, struct cohen *out) {
    double po = out->observed, pe = out->expected, sum = 0, null = 0;
    for (size_t k = 0; k < levels; k++) {
        for (size_t l = 0; l < levels; l++) {
            double w = agreement_weight(weights, k, l, levels), mean = m->row_weight[k] + m->column_weight[l];
            double off = w * (1 - pe) - mean * (1 - po);
            sum += (double)counts[k * levels + l] / m->n * off * off;
            null += m->row[k] * m->column[l] * (w - mean) * (w - mean);
        }
    }
    double centre = po * pe - 2 * pe + po;
    out->error = sqrt(fmax(0, sum - centre * centre) / m->n) / ((1 - pe) * (1 - pe));
    out->error_null = sqrt(fmax(0, null - pe * pe) / m->n) / (1 - pe);
}

void agreement_cohen(const uint64_t *counts, size_t levels, enum agreement_weights weights, struct cohen *out) {
    struct margins m;
    margins_set(&m, counts, levels, weights);
    *out = (struct cohen){.observed = NAN, .expected = NAN, .error = NAN, .error_null = NAN};
    size_t n = (size_t)m.n;
    if (n == 0) {
        out->kappa = figure_undefined("no common items", 0);
        return;
    }
    out->observed = out->expected = 0;
    for (size_t k = 0; k < levels; k++) {
        for (size_t l = 0; l < levels; l++) {
            double w = agreement_weight(weights, k, l, levels);
            out->observed += w * (double)counts[k * levels + l] / m.n;
            out->expected += w * m.row[k] * m.column[l];
        }
    }
    if (1 - out->expected < 1e-12) {
        out->kappa = figure_undefined("both gave one level only", n);
        return;
    }
    double kappa = (out->observed - out->expected) / (1 - out->expected);
    standard_errors(&m, counts, levels, weights, out);
    out->kappa = figure_interval(kappa, fmax(-1, kappa - Z95 * out->error), fmin(1, kappa + Z95 * out->error), n);
}
