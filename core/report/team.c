/* First judgments as ratings; the figures are core/quality's. See team.h. */
#include "core/report/team.h"

#include <math.h>
#include <stdlib.h>

#include "core/base/memory.h"
#include "core/quality/bootstrap.h"

#include "core/base/banned.h"

enum { WITHOUT_RATINGS = 400000 }; /* more than this, and leaving out one by one gets no interval */

uint64_t team_seed(int64_t seed, int track, enum team_use use, size_t number) {
    return (((uint64_t)seed * 1000003u + (uint64_t)track) * 64u + (uint64_t)use) * 1000003u + number;
}

void team_levels_find(struct team_levels *out, const struct counted *counted, const struct team_scale *scale) {
    *out = (struct team_levels){.letters = 2, .tie = scale->tie, .none = scale->none};
    bool many = false;
    for (size_t i = 0; i < counted->row_count; i++) {
        const struct history_row *row = counted_at(counted, i);
        out->tie |= row->prefer == CHOICE_TIE;
        out->none |= row->prefer == CHOICE_NONE;
        many |= !row->shown[0] && row->lengths[0] == 0 && row->lengths[1] == 0;
        if (row->prefer >= (int)out->letters)
            out->letters = (size_t)row->prefer + 1;
    }
    if (many && out->letters < 3)
        out->letters = 3;
    out->count = out->letters + out->tie + out->none;
}

uint32_t team_level(const struct team_levels *levels, int prefer) {
    if (prefer >= 0 && (size_t)prefer < levels->letters)
        return (uint32_t)prefer;
    if (prefer == CHOICE_TIE && levels->tie)
        return (uint32_t)levels->letters;
    if (prefer == CHOICE_NONE && levels->none)
        return (uint32_t)(levels->letters + levels->tie);
    return (uint32_t)levels->count;
}

/* --- The three lines -------------------------------------------------------------------------------------------------- */

struct line {
    struct rating *ratings;
    size_t count, levels;
};

static void line_init(struct line *line, const struct counted *counted) {
    *line = (struct line){.ratings = memory_new(counted->row_count, sizeof *line->ratings)};
}

static void line_add(struct line *line, const struct counted_row *row, uint32_t level) {
    if (level < line->levels)
        line->ratings[line->count++] = (struct rating){row->unit, row->person, level};
}

static void boot(const struct line *line, const struct counted *counted, const enum agreement_kind *kinds, size_t n,
                 uint64_t seed, struct figure *const *out) {
    struct ratings_table table;
    struct bootstrap_result results[AGREEMENT_KINDS];
    ratings_table_init(&table, line->ratings, line->count, counted->units, line->levels);
    bootstrap_agreement(&table, counted->prompts, kinds, n, NULL, BOOTSTRAP_REPLICATES, seed, results);
    for (size_t i = 0; i < n; i++)
        *out[i] = results[i].figure;
    ratings_table_release(&table);
}

static void find_untied(struct team_agreement *out, const struct counted *counted, const struct team_levels *levels,
                        int64_t seed) {
    static const enum agreement_kind kinds[] = {AGREEMENT_PERCENT};
    struct line line;
    line_init(&line, counted);
    line.levels = levels->letters;
    for (size_t i = 0; i < counted->row_count; i++)
        if (counted->rows[i].first && counted->rows[i].team && counted_at(counted, i)->prefer >= 0)
            line_add(&line, &counted->rows[i], (uint32_t)counted_at(counted, i)->prefer);
    boot(&line, counted, kinds, 1, team_seed(seed, counted->track, TEAM_UNTIED, 0), &(struct figure *){&out->untied});
    memory_free(line.ratings);
}

/* a by S … a by 1, (tie), b by 1 … b by S. The number of levels if it has no place there. */
static uint32_t score(const struct history_row *row, int strengths, bool tie) {
    int none = 2 * strengths + tie;
    if (row->prefer == CHOICE_TIE && tie)
        return (uint32_t)strengths;
    if (row->prefer < 0 || row->prefer > 1 || row->strength < 1 || row->strength > strengths)
        return (uint32_t)none;
    return (uint32_t)(row->prefer == 0 ? strengths - row->strength : strengths + tie + row->strength - 1);
}

static const char no_strength[] = "no judgment states a strength";

/* Pairs stand there already. */
static void find_weighted(struct team_agreement *out, const struct counted *counted, const struct line *line) {
    static const enum agreement_weights weights[] = {WEIGHTS_LINEAR, WEIGHTS_QUADRATIC};
    size_t people = counted->people_count;
    size_t *place = memory_new(people * people, sizeof *place); /* of a pair in out->pairs, + 1 */
    uint32_t *number_of = memory_new(counted->history->person_count, sizeof *number_of);
    for (size_t p = 0; p < people; p++)
        number_of[counted->people[p]] = (uint32_t)p;
    for (size_t i = 0; i < out->pair_count; i++)
        place[number_of[out->pairs[i].a] * people + number_of[out->pairs[i].b]] = i + 1;
    for (int w = 0; w < 2; w++) {
        struct agreement_pair *found;
        size_t n = agreement_pairs(line->ratings, line->count, counted->units, people, line->levels, weights[w],
                                   AGREEMENT_PAIR_ITEMS, &found);
        for (size_t i = 0; i < n; i++) {
            size_t at = place[found[i].a * people + found[i].b];
            if (at > 0)
                *(w == 0 ? &out->pairs[at - 1].linear : &out->pairs[at - 1].quadratic) = found[i].cohen.kappa;
        }
        memory_free(found);
    }
    memory_free(place);
    memory_free(number_of);
}

static void find_strength(struct team_agreement *out, const struct counted *counted, const struct team_scale *scale,
                          const struct team_levels *levels, int64_t seed) {
    static const enum agreement_kind kinds[] = {AGREEMENT_ALPHA_ORDINAL, AGREEMENT_AC2_ORDINAL,
                                                AGREEMENT_ALPHA_INTERVAL};
    int strengths = scale->strengths;
    bool stated = false;
    for (size_t i = 0; i < counted->row_count; i++) {
        const struct history_row *row = counted_at(counted, i);
        stated |= row->strength > 0 && counted->rows[i].team;
        strengths = row->strength > strengths ? row->strength : strengths;
    }
    out->strength_alpha = out->strength_ac2 = out->strength_interval = figure_undefined(no_strength, 0);
    if (!stated)
        return;
    struct line line;
    line_init(&line, counted);
    line.levels = (size_t)(2 * strengths + levels->tie);
    for (size_t i = 0; i < counted->row_count; i++) {
        const struct history_row *row = counted_at(counted, i);
        bool pair = row->shown[0] || row->lengths[0] || row->lengths[1];
        if (counted->rows[i].first && counted->rows[i].team && pair)
            line_add(&line, &counted->rows[i], score(row, strengths, levels->tie));
    }
    boot(&line, counted, kinds, 3, team_seed(seed, counted->track, TEAM_STRENGTH, 0),
         (struct figure *[]){&out->strength_alpha, &out->strength_ac2, &out->strength_interval});
    find_weighted(out, counted, &line);
    memory_free(line.ratings);
}

/* --- Who moves it ----------------------------------------------------------------------------------------------------- */

static int compare_without(const void *a, const void *b) {
    const struct team_without *x = a, *y = b;
    if (x->alpha.undefined || y->alpha.undefined)
        return x->alpha.undefined && y->alpha.undefined ? (x->person > y->person) - (x->person < y->person)
               : x->alpha.undefined                     ? 1
                                                        : -1;
    if (x->alpha.value != y->alpha.value)
        return x->alpha.value > y->alpha.value ? -1 : 1;
    return (x->person > y->person) - (x->person < y->person);
}

/* The interval of alpha without one person: the same bootstrap on the rest. */
static void boot_without(struct figure *alpha, const struct line *all, const struct counted *counted, uint32_t person,
                         uint64_t seed) {
    static const enum agreement_kind kinds[] = {AGREEMENT_ALPHA_NOMINAL};
    struct line rest;
    line_init(&rest, counted);
    rest.levels = all->levels;
    for (size_t i = 0; i < all->count; i++)
        if (all->ratings[i].annotator != person)
            rest.ratings[rest.count++] = all->ratings[i];
    boot(&rest, counted, kinds, 1, seed, &alpha);
    memory_free(rest.ratings);
}

static void find_without(struct team_agreement *out, const struct counted *counted, const struct line *line,
                         int64_t seed) {
    struct ratings_table table;
    size_t people = counted->people_count;
    struct figure *alphas = memory_new(people, sizeof *alphas);
    bool *team = memory_new(people, sizeof *team);
    ratings_table_init(&table, line->ratings, line->count, counted->units, line->levels);
    agreement_leave_one_out(&table, line->ratings, line->count, people, AGREEMENT_ALPHA_NOMINAL, NULL, alphas);
    ratings_table_release(&table);
    for (size_t i = 0; i < line->count; i++)
        team[line->ratings[i].annotator] = true;
    out->without = memory_new(people, sizeof *out->without);
    bool booted = people <= TEAM_BOOTED && line->count <= WITHOUT_RATINGS;
    for (uint32_t p = 0; p < people; p++) {
        if (!team[p])
            continue;
        if (booted && !alphas[p].undefined)
            boot_without(&alphas[p], line, counted, p, team_seed(seed, counted->track, TEAM_WITHOUT, p));
        out->without[out->without_count++] = (struct team_without){counted->people[p], alphas[p]};
    }
    if (out->without_count > 1)
        qsort(out->without, out->without_count, sizeof *out->without, compare_without);
    memory_free(alphas);
    memory_free(team);
}

static const char few_common[] = "under 30 common items with a strength";

static int compare_pairs(const void *a, const void *b) {
    const struct team_pair *x = a, *y = b;
    double left = x->kappa.undefined ? INFINITY : x->kappa.value,
           right = y->kappa.undefined ? INFINITY : y->kappa.value;
    if (left != right)
        return left < right ? -1 : 1;
    return x->a != y->a ? (x->a > y->a) - (x->a < y->a) : (x->b > y->b) - (x->b < y->b);
}

static void find_pairs(struct team_agreement *out, const struct counted *counted, const struct team_levels *levels) {
    struct line line;
    struct agreement_pair *found;
    line_init(&line, counted);
    line.levels = levels->count;
    for (size_t i = 0; i < counted->row_count; i++)
        if (counted->rows[i].first)
            line_add(&line, &counted->rows[i], team_level(levels, counted_at(counted, i)->prefer));
    out->pair_count = agreement_pairs(line.ratings, line.count, counted->units, counted->people_count, line.levels,
                                      WEIGHTS_NONE, AGREEMENT_PAIR_ITEMS, &found);
    out->pairs = memory_new(out->pair_count, sizeof *out->pairs);
    for (size_t i = 0; i < out->pair_count; i++)
        out->pairs[i] = (struct team_pair){
            counted->people[found[i].a],     counted->people[found[i].b],    found[i].cohen.kappa, found[i].same,
            figure_undefined(few_common, 0), figure_undefined(few_common, 0)};
    if (out->pair_count > 1)
        qsort(out->pairs, out->pair_count, sizeof *out->pairs, compare_pairs);
    memory_free(found);
    memory_free(line.ratings);
}

void team_agreement_init(struct team_agreement *out, const struct counted *counted, const struct team_scale *scale,
                         int64_t seed) {
    static const enum agreement_kind kinds[] = {AGREEMENT_PERCENT, AGREEMENT_PAIRWISE, AGREEMENT_ALPHA_NOMINAL,
                                                AGREEMENT_FLEISS,  AGREEMENT_AC1,      AGREEMENT_UNANIMOUS};
    struct team_levels levels;
    struct line line;
    *out = (struct team_agreement){0};
    team_levels_find(&levels, counted, scale);
    line_init(&line, counted);
    line.levels = levels.count;
    for (size_t i = 0; i < counted->row_count; i++)
        if (counted->rows[i].first && counted->rows[i].team)
            line_add(&line, &counted->rows[i], team_level(&levels, counted_at(counted, i)->prefer));
    boot(&line, counted, kinds, 6, team_seed(seed, counted->track, TEAM_DIRECTION, 0),
         (struct figure *[]){&out->percent, &out->pairwise, &out->alpha, &out->fleiss, &out->ac1, &out->unanimous});
    if (out->alpha.undefined && !out->ac1.undefined)
        out->note = "one category only";
    find_untied(out, counted, &levels, seed);
    find_pairs(out, counted, &levels);
    find_strength(out, counted, scale, &levels, seed);
    find_without(out, counted, &line, seed);
    memory_free(line.ratings);
}

void team_agreement_release(struct team_agreement *agreement) {
    memory_free(agreement->without);
    memory_free(agreement->pairs);
    *agreement = (struct team_agreement){0};
}
