/* First judgments into a model or a vote, and its answers by item and by person; see labels.h. */
#include "core/report/labels.h"

#include <math.h>
#include <string.h>

#include "core/base/memory.h"
#include "core/quality/aggregate.h"
#include "core/quality/proportion.h"

#include "core/base/banned.h"

static const double z_95 = 1.959963984540054;

static const char *const methods[LABEL_METHODS] = {"dawid-skene", "one-coin", "majority"};

const char *label_method_name(enum label_method method) {
    return methods[method];
}

enum label_method label_method_find(const char *name) {
    for (int i = 0; name && i < LABEL_METHODS; i++)
        if (strcmp(methods[i], name) == 0)
            return (enum label_method)i;
    return LABELS_DAWID_SKENE;
}

/* The label of a key with one answer; -1 when several are right. */
static int known_label(const struct history *history, const struct history_row *row, const struct team_levels *levels) {
    if (row->gold < 0 || history->keys[row->gold].answer_count != 1)
        return -1;
    uint32_t level = team_level(levels, history->keys[row->gold].answers[0].prefer);
    return level < levels->count ? (int)level : -1;
}

static size_t take_ratings(struct track_labels *out, const struct counted *counted, bool without_held,
                           struct rating *ratings, int *known) {
    size_t n = 0;
    for (size_t i = 0; i < counted->row_count; i++) {
        const struct counted_row *row = &counted->rows[i];
        const struct history_row *judgment = counted_at(counted, i);
        uint32_t level = team_level(&out->levels, judgment->prefer);
        if (!row->first || !row->team || level >= out->levels.count || (without_held && judgment->held))
            continue;
        ratings[n++] = (struct rating){row->unit, row->person, level};
        known[row->unit] = known_label(counted->history, judgment, &out->levels);
        uint32_t *unit = &out->unit_of[judgment->item];
        out->items += *unit == 0;
        out->clamped += *unit == 0 && known[row->unit] >= 0;
        if (*unit == 0 || counted->rounds[row->unit] > counted->rounds[*unit - 1])
            *unit = row->unit + 1;
    }
    return n;
}

/* Keeps the ratings of units with two or more, or with a known label; the others go behind them. Returns how many are kept. */
static size_t part_ratings(struct rating *ratings, size_t n, const int *known, size_t units) {
    uint32_t *votes = memory_new(units, sizeof *votes);
    struct rating *single = memory_new(n, sizeof *single);
    size_t kept = 0, singles = 0;
    for (size_t i = 0; i < n; i++)
        votes[ratings[i].unit]++;
    for (size_t i = 0; i < n; i++) {
        if (votes[ratings[i].unit] > 1 || known[ratings[i].unit] >= 0)
            ratings[kept++] = ratings[i];
        else
            single[singles++] = ratings[i];
    }
    memcpy(ratings + kept, single, singles * sizeof *single);
    memory_free(votes);
    memory_free(single);
    return kept;
}

/* Chances of a unit with one judgment: label shares times that person's errors. */
static void judge_single(struct dawid_skene *fit, const struct rating *rating) {
    size_t q = fit->labels;
    const double *errors = &fit->errors[rating->annotator * q * q];
    double *row = &fit->posterior[rating->unit * q], sum = 0;
    for (size_t k = 0; k < q; k++)
        sum += row[k] = fit->prior[k] * errors[k * q + rating->level];
    for (size_t k = 0; k < q; k++)
        row[k] = sum > 0 ? row[k] / sum : 1 / (double)q;
}

/* Nobody is weighed: everybody who judged is there, without a figure. */
static void take_voters(struct track_labels *out, const struct counted *counted, const struct rating *ratings,
                        size_t n) {
    bool *there = memory_new(counted->people_count, sizeof *there);
    for (size_t i = 0; i < n; i++)
        there[ratings[i].annotator] = true;
    out->people = memory_new(counted->people_count, sizeof *out->people);
    for (size_t p = 0; p < counted->people_count; p++)
        if (there[p])
            out->people[out->people_count++] = (struct label_person){
                counted->people[p], figure_undefined("a majority weighs everybody alike", 0), false};
    memory_free(there);
}

static void count_votes(struct track_labels *out, const struct counted *counted, const struct rating *ratings,
                        size_t n) {
    size_t q = out->levels.count;
    struct majority *majority = memory_new(counted->units, sizeof *majority);
    aggregate_majority(ratings, n, counted->units, q, majority);
    out->posterior = memory_new(counted->units * q, sizeof *out->posterior);
    for (size_t i = 0; i < n; i++)
        out->posterior[ratings[i].unit * q + ratings[i].level] += 1 / (double)majority[ratings[i].unit].total;
    for (size_t i = 0; i < out->item_room; i++)
        if (out->unit_of[i] > 0)
            out->undecided += majority[out->unit_of[i] - 1].label == AGGREGATE_UNDECIDED;
    out->clamped = 0;
    out->log_likelihood = NAN;
    take_voters(out, counted, ratings, n);
    memory_free(majority);
}

static void take_people(struct track_labels *out, const struct counted *counted, const struct dawid_skene *fit,
                        const struct rating *ratings, size_t kept, size_t n) {
    size_t *given = memory_new(counted->people_count, sizeof *given);
    bool *there = memory_new(counted->people_count, sizeof *there);
    for (size_t i = 0; i < n; i++) {
        given[ratings[i].annotator] += i < kept;
        there[ratings[i].annotator] = true;
    }
    out->people = memory_new(counted->people_count, sizeof *out->people);
    for (size_t p = 0; p < counted->people_count; p++) {
        double low, high, votes = (double)given[p];
        if (!there[p])
            continue;
        struct label_person *person = &out->people[out->people_count++];
        *person =
            (struct label_person){counted->people[p], figure_undefined("no item with a second judgment", 0), false};
        if (given[p] == 0)
            continue;
        proportion_wilson_ends(fit->accuracy[p] * votes, votes, z_95, &low, &high);
        person->accuracy = figure_interval(fit->accuracy[p], low, high, given[p]);
        person->inverted = fit->inverted[p];
    }
    memory_free(given);
    memory_free(there);
}

static void fit_labels(struct track_labels *out, const struct counted *counted, struct rating *ratings, size_t n,
                       const int *known) {
    struct dawid_skene_options options;
    struct dawid_skene fit;
    size_t kept = part_ratings(ratings, n, known, counted->units);
    dawid_skene_defaults(&options);
    options.known = known;
    options.one_coin = out->method == LABELS_ONE_COIN;
    dawid_skene_fit(&fit, ratings, kept, counted->units, counted->people_count, out->levels.count, &options);
    for (size_t i = kept; i < n; i++)
        judge_single(&fit, &ratings[i]);
    out->rounds = fit.rounds;
    out->converged = fit.converged;
    out->log_likelihood = fit.log_likelihood;
    for (size_t i = 0; i < out->item_room; i++)
        if (out->unit_of[i] > 0)
            out->undecided += dawid_skene_label(&fit, out->unit_of[i] - 1, NULL) == AGGREGATE_UNDECIDED;
    take_people(out, counted, &fit, ratings, kept, n);
    out->posterior = fit.posterior; /* kept; the rest goes */
    fit.posterior = NULL;
    dawid_skene_release(&fit);
}

void track_labels_init(struct track_labels *out, const struct counted *counted, const struct team_scale *scale,
                       enum label_method method, bool without_held) {
    *out = (struct track_labels){.method = method, .converged = true};
    team_levels_find(&out->levels, counted, scale);
    for (size_t i = 0; i < counted->row_count; i++)
        if ((size_t)counted_at(counted, i)->item >= out->item_room)
            out->item_room = (size_t)counted_at(counted, i)->item + 1;
    out->unit_of = memory_new(out->item_room, sizeof *out->unit_of);
    struct rating *ratings = memory_new(counted->row_count, sizeof *ratings);
    int *known = memory_new(counted->units, sizeof *known);
    for (size_t u = 0; u < counted->units; u++)
        known[u] = -1;
    size_t n = take_ratings(out, counted, without_held, ratings, known);
    if (n > 0 && method == LABELS_MAJORITY)
        count_votes(out, counted, ratings, n);
    else if (n > 0 && out->levels.count <= TABLE_LEVELS)
        fit_labels(out, counted, ratings, n, known);
    memory_free(ratings);
    memory_free(known);
}

void track_labels_release(struct track_labels *labels) {
    memory_free(labels->posterior);
    memory_free(labels->unit_of);
    memory_free(labels->people);
    *labels = (struct track_labels){0};
}

const double *track_labels_posterior(const struct track_labels *labels, int64_t item) {
    if (item < 0 || (size_t)item >= labels->item_room || labels->unit_of[item] == 0 || !labels->posterior)
        return NULL;
    return &labels->posterior[(labels->unit_of[item] - 1) * labels->levels.count];
}

const struct label_person *track_labels_person(const struct track_labels *labels, int person) {
    for (size_t i = 0; i < labels->people_count; i++)
        if (labels->people[i].person == person)
            return &labels->people[i];
    return NULL;
}
