/* Brier score, Murphy's parts, calibration error with its simulated band, and the signed gap. */
#include "core/quality/confidence.h"

#include <math.h>

#include "core/base/memory.h"
#include "core/quality/bootstrap.h"
#include "core/quality/proportion.h"
#include "core/quality/stream.h"

#include "core/base/banned.h"

#define PERCENTS         101
#define BAND_DRAWS       1000
#define STREAM_NUMBER    0x636f6e66u
#define BOOTSTRAP_NUMBER 0x62726965u

static const char no_answers[] = "no answers with a confidence";

struct stated { /* the distinct stated percents, rising, with how many answers and right ones */
    size_t count;
    int percent[PERCENTS];
    size_t n[PERCENTS];
    size_t right[PERCENTS];
};

int confidence_bin_of(int percent) {
    int bin = (percent * CONFIDENCE_BINS + 99) / 100 - 1;
    return bin < 0 ? 0 : bin;
}

/* Calibration error of these hits, n answers in all: sum over bins of |sum of c - hits| / n. */
static double calibration_error(const struct stated *s, const size_t *right, size_t n) {
    double off[CONFIDENCE_BINS] = {0};
    for (size_t i = 0; i < s->count; i++) {
        off[confidence_bin_of(s->percent[i])] += (double)s->n[i] * s->percent[i] / 100 - (double)right[i];
    }
    double sum = 0;
    for (int b = 0; b < CONFIDENCE_BINS; b++) {
        sum += fabs(off[b]);
    }
    return sum / (double)n;
}

enum part { BRIER, RELIABILITY, RESOLUTION, UNCERTAINTY, ECE, PARTS };

/* Brier score, its parts after Murphy, and the calibration error of n answers. */
static void find_parts(const struct stated *s, size_t n_answers, double parts[PARTS]) {
    double n = (double)n_answers, right = 0;
    double brier = 0, reliability = 0, resolution = 0;
    for (size_t i = 0; i < s->count; i++) {
        right += (double)s->right[i];
    }
    double mean = right / n;
    for (size_t i = 0; i < s->count; i++) {
        if (s->n[i] == 0) { /* not drawn this time */
            continue;
        }
        double c = s->percent[i] / 100.0, m = (double)s->n[i], hit = (double)s->right[i] / m;
        brier += (double)s->right[i] * (c - 1) * (c - 1) + (m - (double)s->right[i]) * c * c;
        reliability += m * (c - hit) * (c - hit);
        resolution += m * (hit - mean) * (hit - mean);
    }
    parts[BRIER] = brier / n;
    parts[RELIABILITY] = reliability / n;
    parts[RESOLUTION] = resolution / n;
    parts[UNCERTAINTY] = mean * (1 - mean);
    parts[ECE] = calibration_error(s, s->right, n_answers);
}

/* One resampling of n answers: cells are a stated value with right, then with wrong. */
static void resample(struct stream *stream, const uint64_t *cells, size_t n, struct stated *out) {
    uint64_t drawn[2 * PERCENTS];
    stream_multinomial(stream, n, cells, 2 * out->count, drawn);
    for (size_t i = 0; i < out->count; i++) {
        out->right[i] = (size_t)drawn[2 * i];
        out->n[i] = (size_t)(drawn[2 * i] + drawn[2 * i + 1]);
    }
}

/* low and high of each part: NAN where all answers are alike. */
static void find_intervals(const struct stated *s, size_t n, uint64_t seed, double low[PARTS], double high[PARTS]) {
    uint64_t cells[2 * PERCENTS];
    struct stated again = *s;
    size_t different = 0;
    for (size_t i = 0; i < s->count; i++) {
        cells[2 * i] = s->right[i];
        cells[2 * i + 1] = s->n[i] - s->right[i];
        different += (size_t)(cells[2 * i] > 0) + (size_t)(cells[2 * i + 1] > 0);
    }
    for (int part = 0; part < PARTS; part++)
        low[part] = high[part] = NAN;
    if (different < 2)
        return;
    double *replicates = memory_new((size_t)PARTS * BOOTSTRAP_REPLICATES, sizeof *replicates);
    struct stream stream;
    stream_init(&stream, seed, BOOTSTRAP_NUMBER);
    for (size_t i = 0; i < BOOTSTRAP_REPLICATES; i++) {
        double parts[PARTS];
        resample(&stream, cells, n, &again);
        find_parts(&again, n, parts);
        for (size_t part = 0; part < PARTS; part++)
            replicates[part * BOOTSTRAP_REPLICATES + i] = parts[part];
    }
    for (size_t part = 0; part < PARTS; part++) {
        low[part] = percentile(replicates + part * BOOTSTRAP_REPLICATES, BOOTSTRAP_REPLICATES, 0.025);
        high[part] = percentile(replicates + part * BOOTSTRAP_REPLICATES, BOOTSTRAP_REPLICATES, 0.975);
    }
    memory_free(replicates);
}

static void fill_parts(const struct stated *s, uint64_t seed, struct confidence_figures *out) {
    struct figure *const figures[PARTS] = {&out->brier, &out->reliability, &out->resolution, &out->uncertainty,
                                           &out->ece};
    double parts[PARTS], low[PARTS], high[PARTS];
    find_parts(s, out->n, parts);
    find_intervals(s, out->n, seed, low, high);
    for (int part = 0; part < PARTS; part++)
        *figures[part] = isnan(low[part]) ? figure_point(parts[part], out->n)
                                          : figure_interval(parts[part], fmin(low[part], parts[part]),
                                                            fmax(high[part], parts[part]), out->n);
}

static void fill_bins(const struct stated *s, struct confidence_bin *bins) {
    for (int b = 0; b < CONFIDENCE_BINS; b++) {
        bins[b] = (struct confidence_bin){.stated = 0};
    }
    for (size_t i = 0; i < s->count; i++) {
        struct confidence_bin *bin = &bins[confidence_bin_of(s->percent[i])];
        bin->n += s->n[i];
        bin->right += s->right[i];
        bin->stated += (double)s->n[i] * s->percent[i] / 100;
    }
    for (int b = 0; b < CONFIDENCE_BINS; b++) {
        double n = (double)bins[b].n;
        bins[b].stated = bins[b].n == 0 ? NAN : bins[b].stated / n;
        bins[b].hit = bins[b].n == 0 ? NAN : (double)bins[b].right / n;
    }
}

static void simulate_band(const struct stated *s, uint64_t seed, struct confidence_figures *out) {
    double *errors = memory_new(BAND_DRAWS, sizeof *errors);
    struct stream stream;
    stream_init(&stream, seed, STREAM_NUMBER);
    for (int i = 0; i < BAND_DRAWS; i++) {
        size_t right[PERCENTS];
        for (size_t k = 0; k < s->count; k++) {
            right[k] = (size_t)stream_binomial(&stream, s->n[k], s->percent[k] / 100.0);
        }
        errors[i] = calibration_error(s, right, out->n);
    }
    out->ece_band_low = percentile(errors, BAND_DRAWS, 0.025);
    out->ece_band_high = percentile(errors, BAND_DRAWS, 0.975);
    memory_free(errors);
}

/*
 * Given what was stated, the gap is as uncertain as the share right. Wilson keeps a doubt where every answer
 * was right, and a standard error would be 0.
 */
static void signed_gap(struct confidence_figures *out) {
    struct figure hit = proportion_wilson(out->right, out->n);
    double mean = out->mean_percent / 100;
    out->gap = figure_interval(mean - hit.value, mean - hit.high, mean - hit.low, out->n);
    if (out->n < CONFIDENCE_EARLY) {
        out->verdict = CONFIDENCE_TOO_EARLY;
    } else if (out->gap.low > 0) {
        out->verdict = CONFIDENCE_SURER;
    } else if (out->gap.high < 0) {
        out->verdict = CONFIDENCE_RIGHTER;
    } else {
        out->verdict = CONFIDENCE_FITS;
    }
}

void confidence_figures(const struct confidence_answer *answers, size_t n, uint64_t seed,
                        struct confidence_figures *out) {
    struct stated s = {0};
    size_t percents = 0, all[PERCENTS] = {0}, right[PERCENTS] = {0};
    *out = (struct confidence_figures){.n = n};
    for (size_t i = 0; i < n; i++) {
        int percent = answers[i].percent > 100 ? 100 : answers[i].percent;
        all[percent]++;
        right[percent] += answers[i].right != 0;
        out->right += answers[i].right != 0;
        percents += (size_t)percent;
    }
    for (int p = 0; p < PERCENTS; p++) {
        if (all[p] > 0) {
            s.percent[s.count] = p;
            s.n[s.count] = all[p];
            s.right[s.count++] = right[p];
        }
    }
    fill_bins(&s, out->bins);
    if (n == 0) {
        out->mean_percent = out->ece_band_low = out->ece_band_high = NAN;
        out->brier = out->reliability = out->resolution = out->uncertainty = figure_undefined(no_answers, 0);
        out->ece = out->gap = figure_undefined(no_answers, 0);
        out->verdict = CONFIDENCE_TOO_EARLY;
        return;
    }
    out->mean_percent = (double)percents / (double)n;
    fill_parts(&s, seed, out);
    simulate_band(&s, seed, out);
    signed_gap(out);
}

const char *confidence_verdict_name(enum confidence_verdict verdict) {
    static const char *const names[] = {"too early", "fits", "surer than right", "righter than sure"};
    return names[verdict];
}
