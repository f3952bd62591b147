/* Majority, and Dawid and Skene's model by EM; see aggregate.h. */
#include "core/quality/aggregate.h"

#include <math.h>
#include <string.h>

#include "core/base/memory.h"

#include "core/base/banned.h"

#define LEAST_CHANCE 1e-300 /* keeps logarithms finite; far under every estimate that matters */

void aggregate_majority(const struct rating *ratings, size_t count, size_t units, size_t labels, struct majority *out) {
    uint32_t *votes = memory_new(units * labels + 1, sizeof *votes);
    for (size_t i = 0; i < count; i++) {
        if (ratings[i].unit < units && ratings[i].level < labels) {
            votes[ratings[i].unit * labels + ratings[i].level]++;
        }
    }
    for (size_t u = 0; u < units; u++) {
        struct majority m = {.label = AGGREGATE_NO_VOTES};
        for (size_t l = 0; l < labels; l++) {
            uint32_t v = votes[u * labels + l];
            m.total += v;
            if (v > m.votes) {
                m.votes = v;
                m.label = (int)l;
            } else if (v > 0 && v == m.votes) {
                m.label = AGGREGATE_UNDECIDED;
            }
        }
        out[u] = m;
    }
    memory_free(votes);
}

void dawid_skene_defaults(struct dawid_skene_options *options) {
    *options = (struct dawid_skene_options){
        .diagonal = 20,
        .off_diagonal = 5,
        .class_prior = 1,
        .tolerance = 1e-8,
        .rounds = 1000,
    };
}

struct vote {
    uint32_t annotator;
    uint32_t label;
};

struct em {
    struct dawid_skene *fit;
    const struct dawid_skene_options *options;
    size_t *start; /* units + 1: votes of unit u stand at votes[start[u]] .. votes[start[u + 1] - 1] */
    struct vote *votes;
    double *counts; /* annotators × observed × true, so that one vote touches one run of memory */
    double *logs;   /* the same layout: log chance of the observed label */
};

static void sort_votes(struct em *em, const struct rating *ratings, size_t count) {
    const struct dawid_skene *f = em->fit;
    size_t *next = memory_new(f->units + 2, sizeof *next);
    em->start = memory_new(f->units + 2, sizeof *em->start);
    em->votes = memory_new(count + 1, sizeof *em->votes);
    for (int pass = 0; pass < 2; pass++) {
        for (size_t i = 0; i < count; i++) {
            const struct rating *r = &ratings[i];
            if (r->unit >= f->units || r->annotator >= f->annotators || r->level >= f->labels) {
                continue;
            }
            if (pass == 0) {
                em->start[r->unit + 1]++;
            } else {
                em->votes[next[r->unit]++] = (struct vote){r->annotator, r->level};
            }
        }
        for (size_t u = 0; pass == 0 && u < f->units; u++) {
            em->start[u + 1] += em->start[u];
        }
        memcpy(next, em->start, (f->units + 1) * sizeof *next);
    }
    memory_free(next);
}

static int known_label(const struct em *em, size_t unit) {
    return em->options->known == NULL ? -1 : em->options->known[unit];
}

static void start_from_votes(struct em *em) {
    struct dawid_skene *f = em->fit;
    for (size_t u = 0; u < f->units; u++) {
        double *row = &f->posterior[u * f->labels];
        size_t votes = em->start[u + 1] - em->start[u];
        if (known_label(em, u) >= 0) {
            row[known_label(em, u)] = 1;
            continue;
        }
        for (size_t v = em->start[u]; v < em->start[u + 1]; v++) {
            row[em->votes[v].label] += 1.0 / (double)votes;
        }
    }
}

/* One accuracy for all true labels; its errors are spread evenly. */
static void normalise_coin(const struct em *em, double *counts) { /* observed × true */
    size_t q = em->fit->labels, others = q > 1 ? q - 1 : 1;
    double right = em->options->diagonal, wrong = em->options->off_diagonal * (double)others;
    for (size_t l = 0; l < q; l++) {
        for (size_t k = 0; k < q; k++) {
            *(k == l ? &right : &wrong) += counts[l * q + k];
        }
    }
    double accuracy = right + wrong > 0 ? right / (right + wrong) : 1 / (double)(others + 1);
    for (size_t l = 0; l < q; l++) {
        for (size_t k = 0; k < q; k++) {
            counts[l * q + k] = k == l ? accuracy : (1 - accuracy) / (double)others;
        }
    }
}

static void normalise_person(const struct em *em, double *counts) { /* observed × true */
    size_t q = em->fit->labels;
    if (em->options->one_coin) {
        normalise_coin(em, counts);
        return;
    }
    for (size_t k = 0; k < q; k++) {
        double sum = 0;
        for (size_t l = 0; l < q; l++) {
            counts[l * q + k] += k == l ? em->options->diagonal : em->options->off_diagonal;
            sum += counts[l * q + k];
        }
        for (size_t l = 0; l < q; l++) {
            counts[l * q + k] = sum > 0 ? counts[l * q + k] / sum : 1 / (double)q;
        }
    }
}

/* M: label shares over the units with votes, and every person's error rows. */
static void maximise(struct em *em) {
    struct dawid_skene *f = em->fit;
    size_t q = f->labels;
    memset(em->counts, 0, f->annotators * q * q * sizeof *em->counts);
    double total = 0;
    for (size_t k = 0; k < q; k++) {
        f->prior[k] = em->options->class_prior;
    }
    for (size_t u = 0; u < f->units; u++) {
        const double *row = &f->posterior[u * q];
        if (em->start[u] == em->start[u + 1]) {
            continue;
        }
        for (size_t k = 0; k < q; k++) {
            f->prior[k] += row[k];
        }
        for (size_t v = em->start[u]; v < em->start[u + 1]; v++) {
            double *to = &em->counts[(em->votes[v].annotator * q + em->votes[v].label) * q];
            for (size_t k = 0; k < q; k++) {
                to[k] += row[k];
            }
        }
    }
    for (size_t k = 0; k < q; k++) {
        total += f->prior[k];
    }
    for (size_t k = 0; k < q; k++) {
        f->prior[k] = total > 0 ? f->prior[k] / total : 1 / (double)q;
    }
    for (size_t a = 0; a < f->annotators; a++) {
        normalise_person(em, &em->counts[a * q * q]);
    }
    for (size_t i = 0; i < f->annotators * q * q; i++) {
        em->logs[i] = log(fmax(em->counts[i], LEAST_CHANCE));
    }
}

/* E: posteriors of the units whose label is not known; returns the log-likelihood of the observed labels. */
static double expect(struct em *em) {
    struct dawid_skene *f = em->fit;
    size_t q = f->labels;
    double likelihood = 0, prior[TABLE_LEVELS] = {0}, joint[TABLE_LEVELS] = {0};
    for (size_t k = 0; k < q; k++) {
        prior[k] = log(fmax(f->prior[k], LEAST_CHANCE));
    }
    for (size_t u = 0; u < f->units; u++) {
        if (em->start[u] == em->start[u + 1]) {
            continue;
        }
        memcpy(joint, prior, q * sizeof *joint);
        for (size_t v = em->start[u]; v < em->start[u + 1]; v++) {
            const double *from = &em->logs[(em->votes[v].annotator * q + em->votes[v].label) * q];
            for (size_t k = 0; k < q; k++) {
                joint[k] += from[k];
            }
        }
        double most = joint[0], sum = 0, *row = &f->posterior[u * q];
        for (size_t k = 1; k < q; k++) {
            most = joint[k] > most ? joint[k] : most;
        }
        for (size_t k = 0; k < q; k++) {
            joint[k] = exp(joint[k] - most);
            sum += joint[k];
        }
        for (size_t k = 0; k < q && known_label(em, u) < 0; k++) {
            row[k] = joint[k] / sum;
        }
        likelihood += most + log(sum);
    }
    return likelihood;
}

/* Hands over what EM found, in the public layout. */
static void finish(struct em *em) {
    struct dawid_skene *f = em->fit;
    size_t q = f->labels;
    size_t *votes = memory_new(f->annotators + 1, sizeof *votes);
    for (size_t v = 0; v < em->start[f->units]; v++) {
        votes[em->votes[v].annotator]++;
    }
    for (size_t a = 0; a < f->annotators; a++) {
        f->accuracy[a] = 0;
        for (size_t k = 0; k < q; k++) {
            for (size_t l = 0; l < q; l++) {
                f->errors[(a * q + k) * q + l] = em->counts[(a * q + l) * q + k];
            }
            f->accuracy[a] += f->prior[k] * f->errors[(a * q + k) * q + k];
        }
        f->inverted[a] = votes[a] > 0 && f->accuracy[a] < 1 / (double)q;
        f->accuracy[a] = votes[a] > 0 ? f->accuracy[a] : NAN;
    }
    for (size_t u = 0; u < f->units; u++) {
        if (em->start[u] == em->start[u + 1] && known_label(em, u) < 0) {
            memcpy(&f->posterior[u * q], f->prior, q * sizeof *f->prior);
        }
    }
    memory_free(votes);
}

void dawid_skene_fit(struct dawid_skene *out, const struct rating *ratings, size_t count, size_t units,
                     size_t annotators, size_t labels, const struct dawid_skene_options *options) {
    *out = (struct dawid_skene){.units = units, .annotators = annotators, .labels = labels, .log_likelihood = NAN};
    out->posterior = memory_new(units * labels + 1, sizeof *out->posterior);
    out->prior = memory_new(labels, sizeof *out->prior);
    out->errors = memory_new(annotators * labels * labels + 1, sizeof *out->errors);
    out->accuracy = memory_new(annotators + 1, sizeof *out->accuracy);
    out->inverted = memory_new(annotators + 1, sizeof *out->inverted);
    struct em em = {.fit = out, .options = options};
    em.counts = memory_new(annotators * labels * labels + 1, sizeof *em.counts);
    em.logs = memory_new(annotators * labels * labels + 1, sizeof *em.logs);
    sort_votes(&em, ratings, count);
    start_from_votes(&em);
    double before = -INFINITY;
    int quiet = 0; /* with priors the likelihood can turn round on its way: one small change is not yet the end */
    while (out->rounds < options->rounds && quiet < 2) {
        maximise(&em);
        out->log_likelihood = expect(&em);
        out->rounds++;
        quiet = fabs(out->log_likelihood - before) <= options->tolerance * fabs(out->log_likelihood) ? quiet + 1 : 0;
        before = out->log_likelihood;
    }
    out->converged = quiet >= 2;
    finish(&em);
    memory_free(em.counts);
    memory_free(em.logs);
    memory_free(em.start);
    memory_free(em.votes);
}

void dawid_skene_release(struct dawid_skene *fit) {
    memory_free(fit->posterior);
    memory_free(fit->prior);
    memory_free(fit->errors);
    memory_free(fit->accuracy);
    memory_free(fit->inverted);
    *fit = (struct dawid_skene){0};
}

int dawid_skene_label(const struct dawid_skene *fit, size_t unit, double *chance) {
    const double *row = &fit->posterior[unit * fit->labels];
    size_t best = 0;
    for (size_t k = 1; k < fit->labels; k++) {
        best = row[k] > row[best] ? k : best;
    }
    if (chance != NULL) {
        *chance = row[best];
    }
    for (size_t k = 0; k < fit->labels; k++) {
        if (k != best && row[best] - row[k] < 1e-9) {
            return AGGREGATE_UNDECIDED;
        }
    }
    return (int)best;
}
