/* Leaving out one by one, and pairs; the lines are those of lines.h. See team.h. */
#include "core/report/team.h"

#include <math.h>
#include <stdlib.h>

#include "core/base/memory.h"
#include "core/quality/bootstrap.h"

#include "core/base/banned.h"

enum { WITHOUT_RATINGS = 400000 }; /* more than this, and leaving out one by one gets no interval */

/* First judgments that have a place on one line: of the team, or of everybody. */
struct placed {
    struct rating *ratings;
    size_t count, levels;
};

static void placed_init(struct placed *out, const struct team_lines *lines, const uint8_t *places, size_t levels,
                        bool everybody) {
    const struct counted *counted = lines->counted;
    *out = (struct placed){.ratings = memory_new(counted->row_count, sizeof *out->ratings), .levels = levels};
    for (size_t i = 0; i < counted->row_count; i++) {
        const struct counted_row *row = &counted->rows[i];
        if (places[i] < levels && (row->team || everybody))
            out->ratings[out->count++] = (struct rating){row->unit, row->person, places[i]};
    }
}

/* --- Without one person ------------------------------------------------------------------------------------------------ */

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
static void boot_without(struct figure *alpha, const struct placed *all, const struct counted *counted, uint32_t person,
                         uint64_t seed) {
    static const enum agreement_kind kinds[] = {AGREEMENT_ALPHA_NOMINAL};
    struct rating *rest = memory_new(all->count, sizeof *rest);
    struct ratings_table table;
    struct bootstrap_result result;
    size_t n = 0;
    for (size_t i = 0; i < all->count; i++)
        if (all->ratings[i].annotator != person)
            rest[n++] = all->ratings[i];
    ratings_table_init(&table, rest, n, counted->units, all->levels);
    bootstrap_agreement(&table, counted->prompts, kinds, 1, NULL, BOOTSTRAP_REPLICATES, seed, &result);
    *alpha = result.figure;
    ratings_table_release(&table);
    memory_free(rest);
}

static void find_without(struct team_agreement *out, const struct team_lines *lines, int64_t seed) {
    const struct counted *counted = lines->counted;
    struct placed line;
    struct ratings_table table;
    size_t people = counted->people_count;
    placed_init(&line, lines, lines->direction, lines->levels.count, false);
    struct figure *alphas = memory_new(people, sizeof *alphas);
    bool *team = memory_new(people, sizeof *team);
    ratings_table_init(&table, line.ratings, line.count, counted->units, line.levels);
    agreement_leave_one_out(&table, line.ratings, line.count, people, AGREEMENT_ALPHA_NOMINAL, NULL, alphas);
    ratings_table_release(&table);
    for (size_t i = 0; i < line.count; i++)
        team[line.ratings[i].annotator] = true;
    out->without = memory_new(people, sizeof *out->without);
    bool booted = people <= TEAM_BOOTED && line.count <= WITHOUT_RATINGS;
    for (uint32_t p = 0; p < people; p++) {
        if (!team[p])
            continue;
        if (booted && !alphas[p].undefined)
            boot_without(&alphas[p], &line, counted, p, team_seed(seed, counted->track, TEAM_WITHOUT, p));
        out->without[out->without_count++] = (struct team_without){counted->people[p], alphas[p]};
    }
    if (out->without_count > 1)
        qsort(out->without, out->without_count, sizeof *out->without, compare_without);
    memory_free(line.ratings);
    memory_free(alphas);
    memory_free(team);
}

/* --- Pairs ------------------------------------------------------------------------------------------------------------- */

static const char few_common[] = "under 30 common items with a strength";

static int compare_pairs(const void *a, const void *b) {
    const struct team_pair *x = a, *y = b;
    double left = x->kappa.undefined ? INFINITY : x->kappa.value,
           right = y->kappa.undefined ? INFINITY : y->kappa.value;
    if (left != right)
        return left < right ? -1 : 1;
    return x->a != y->a ? (x->a > y->a) - (x->a < y->a) : (x->b > y->b) - (x->b < y->b);
}

/* The pairs stand there already, in agreement_pairs' order. */
static void find_weighted(struct team_agreement *out, const struct team_lines *lines) {
    static const enum agreement_weights weights[] = {WEIGHTS_LINEAR, WEIGHTS_QUADRATIC};
    const struct counted *counted = lines->counted;
    struct placed line;
    placed_init(&line, lines, lines->strength, lines->scores, true);
    for (int w = 0; w < 2; w++) {
        struct agreement_pair *found;
        size_t n = agreement_pairs(line.ratings, line.count, counted->units, counted->people_count, line.levels,
                                   weights[w], AGREEMENT_PAIR_ITEMS, &found);
        for (size_t i = 0, at = 0; i < n && at < out->pair_count; at++) {
            struct team_pair *pair = &out->pairs[at];
            if (pair->a != counted->people[found[i].a] || pair->b != counted->people[found[i].b])
                continue;
            *(w == 0 ? &pair->linear : &pair->quadratic) = found[i++].cohen.kappa;
        }
        memory_free(found);
    }
    memory_free(line.ratings);
}

/* Common items with a place on the signed score are common items: its pairs are among these. */
static void find_pairs(struct team_agreement *out, const struct team_lines *lines) {
    const struct counted *counted = lines->counted;
    struct placed line;
    struct agreement_pair *found;
    placed_init(&line, lines, lines->direction, lines->levels.count, true);
    out->pair_count = agreement_pairs(line.ratings, line.count, counted->units, counted->people_count, line.levels,
                                      WEIGHTS_NONE, AGREEMENT_PAIR_ITEMS, &found);
    out->pairs = memory_new(out->pair_count, sizeof *out->pairs);
    for (size_t i = 0; i < out->pair_count; i++)
        out->pairs[i] = (struct team_pair){
            counted->people[found[i].a],     counted->people[found[i].b],    found[i].cohen.kappa, found[i].same,
            figure_undefined(few_common, 0), figure_undefined(few_common, 0)};
    if (lines->scores > 0)
        find_weighted(out, lines);
    if (out->pair_count > 1)
        qsort(out->pairs, out->pair_count, sizeof *out->pairs, compare_pairs);
    memory_free(found);
    memory_free(line.ratings);
}

void team_agreement_init(struct team_agreement *out, struct team_lines *lines, int64_t seed) {
    const struct counted *counted = lines->counted;
    *out = (struct team_agreement){0};
    uint32_t *rows = memory_new(counted->row_count, sizeof *rows);
    size_t n = 0;
    for (size_t i = 0; i < counted->row_count; i++)
        if (counted->rows[i].first && counted->rows[i].team)
            rows[n++] = (uint32_t)i;
    team_lines_find(&out->lines, lines, rows, n, seed, 0, 0);
    memory_free(rows);
    find_pairs(out, lines);
    find_without(out, lines, seed);
}

void team_agreement_release(struct team_agreement *agreement) {
    memory_free(agreement->without);
    memory_free(agreement->pairs);
    *agreement = (struct team_agreement){0};
}
