/* Votes as ratings; the figures are core/quality's. See session_figures.h. */
#include "core/report/session_figures.h"

#include <math.h>
#include <stdlib.h>

#include "core/base/array.h"
#include "core/quality/bootstrap.h"
#include "core/quality/proportion.h"

#include "core/base/banned.h"

/* --- Agreement ------------------------------------------------------------------------------------------------------------ */

struct lines {
    struct rating *items;
    size_t count, capacity;
};

static void boot(const struct lines *lines, size_t units, size_t levels, const uint32_t *clusters,
                 const enum agreement_kind *kinds, size_t kind_count, uint64_t seed, struct figure *const *out) {
    struct ratings_table table;
    struct bootstrap_result results[4];
    ratings_table_init(&table, lines->items, lines->count, units, levels);
    bootstrap_agreement(&table, clusters, kinds, kind_count, NULL, BOOTSTRAP_REPLICATES, seed, results);
    for (size_t i = 0; i < kind_count; i++)
        *out[i] = results[i].figure;
    ratings_table_release(&table);
}

/* The vote of a person on an item that counts: the second where there is one and it is asked for. */
static bool stands(const struct session_input *input, size_t i, bool after) {
    const struct session_said *vote = &input->votes[i];
    if (!after)
        return !vote->again;
    for (size_t k = i + 1; !vote->again && k < input->vote_count; k++)
        if (input->votes[k].item == vote->item && input->votes[k].person == vote->person)
            return false;
    return true;
}

static void find_direction(struct session_agreement *out, const struct session_input *input, bool after) {
    static const enum agreement_kind kinds[] = {AGREEMENT_PERCENT, AGREEMENT_ALPHA_NOMINAL, AGREEMENT_UNANIMOUS};
    struct lines lines = {0};
    for (size_t i = 0; i < input->vote_count; i++) {
        const struct session_said *vote = &input->votes[i];
        uint32_t level =
            vote->prefer >= 0 ? (uint32_t)vote->prefer : (uint32_t)(input->responses - 1) - (uint32_t)vote->prefer;
        if (stands(input, i, after) && vote->prefer != CHOICE_MISSING)
            *ARRAY_ADD(&lines) = (struct rating){vote->item, vote->person, level};
    }
    boot(&lines, input->items, input->responses + 2, NULL, kinds, COUNT_OF(kinds),
         team_seed(input->seed, 0, TEAM_DIRECTION, after),
         (struct figure *[]){&out->percent, &out->alpha, &out->unanimous});
    ARRAY_RELEASE(&lines);
}

static int signed_score(const struct session_said *said) {
    int strength = said->strength > 0 ? said->strength : 1;
    return said->prefer == CHOICE_TIE ? 0 : said->prefer == 0 ? -strength : strength;
}

static void find_strength(struct session_agreement *out, const struct session_input *input, bool after) {
    static const enum agreement_kind kinds[] = {AGREEMENT_ALPHA_ORDINAL};
    struct lines lines = {0};
    for (size_t i = 0; i < input->vote_count; i++) {
        const struct session_said *vote = &input->votes[i];
        bool scored = vote->prefer == CHOICE_TIE || (vote->prefer >= 0 && vote->prefer < 2 && vote->strength > 0);
        if (scored && !vote->ranking[0] && stands(input, i, after))
            *ARRAY_ADD(&lines) =
                (struct rating){vote->item, vote->person, (uint32_t)(signed_score(vote) + LIMIT_STRENGTHS)};
    }
    boot(&lines, input->items, 2 * LIMIT_STRENGTHS + 1, NULL, kinds, 1, team_seed(input->seed, 0, TEAM_STRENGTH, after),
         (struct figure *[]){&out->strength});
    ARRAY_RELEASE(&lines);
}

/* The unit of a criterion of each response is a response; the responses of an item are drawn together. */
static void find_criterion(struct session_agreement *out, const struct session_input *input, int k, bool after) {
    const struct criterion *criterion = &input->rubric->criteria[k];
    bool pair = criterion->per == PER_PAIR;
    size_t cells = pair ? 1 : input->responses, units = input->items * cells;
    const enum agreement_kind kinds[] = {pair ? AGREEMENT_ALPHA_NOMINAL : AGREEMENT_ALPHA_ORDINAL};
    struct lines lines = {0};
    uint32_t *items = memory_new(units + 1, sizeof *items);
    for (size_t u = 0; u < units; u++)
        items[u] = (uint32_t)(u / cells);
    for (size_t i = 0; i < input->vote_count; i++) {
        const struct session_said *vote = &input->votes[i];
        if (!vote->ratings || !stands(input, i, after))
            continue;
        for (size_t r = 0; r < cells; r++) {
            signed char value = vote->ratings->cells[k][r];
            int level = pair ? (value == CELL_SAME ? LIMIT_RESPONSES : value) : value - criterion->low;
            if (value != CELL_MISSING && level >= 0)
                *ARRAY_ADD(&lines) =
                    (struct rating){vote->item * (uint32_t)cells + (uint32_t)r, vote->person, (uint32_t)level};
        }
    }
    boot(&lines, units, pair ? LIMIT_RESPONSES + 1 : (size_t)(criterion->high - criterion->low + 1), items, kinds, 1,
         team_seed(input->seed, after, TEAM_CRITERION, (size_t)k), (struct figure *[]){&out->criteria[k]});
    memory_free(items);
    ARRAY_RELEASE(&lines);
}

static void find_agreement(struct session_agreement *out, const struct session_input *input, bool after) {
    find_direction(out, input, after);
    find_strength(out, input, after);
    for (int k = 0; k < input->rubric->criterion_count; k++)
        find_criterion(out, input, k, after);
}

/* --- Distance -------------------------------------------------------------------------------------------------------------- */

/* Of the pairs that both orders say something of. */
static double rankings_apart(const char *x, const char *y, size_t responses) {
    int left[LIMIT_RESPONSES], right[LIMIT_RESPONSES];
    int last_left = ranking_tiers(x, responses, left), last_right = ranking_tiers(y, responses, right);
    size_t differ = 0, pairs = 0;
    for (size_t i = 0; i < responses; i++)
        for (size_t k = i + 1; k < responses; k++) {
            if ((left[i] == last_left && left[k] == last_left) || (right[i] == last_right && right[k] == last_right))
                continue;
            pairs++;
            differ += (left[i] < left[k]) - (left[i] > left[k]) != (right[i] < right[k]) - (right[i] > right[k]);
        }
    return pairs ? 6.0 * (double)differ / (double)pairs : 0;
}

double session_apart(const struct session_said *x, const struct session_said *y, size_t responses) {
    if (x->ranking[0] && y->ranking[0])
        return rankings_apart(x->ranking, y->ranking, responses);
    if (x->prefer == CHOICE_NONE || y->prefer == CHOICE_NONE)
        return x->prefer == y->prefer ? 0 : 4;
    if (responses > 2)
        return x->prefer == y->prefer ? 0 : 3;
    return abs(signed_score(x) - signed_score(y));
}

static const struct session_said *reference_of(const struct session_input *input, uint32_t item) {
    for (size_t i = 0; i < input->reference_count; i++)
        if (input->references[i].item == item)
            return &input->references[i];
    return NULL;
}

static void compare_criteria(struct session_distance *out, const struct session_input *input,
                             const struct session_said *vote, const struct session_said *reference) {
    for (int k = 0; vote->ratings && reference->ratings && k < input->rubric->criterion_count; k++) {
        bool pair = input->rubric->criteria[k].per == PER_PAIR;
        for (size_t r = 0; r < (pair ? 1 : input->responses); r++) {
            signed char mine = vote->ratings->cells[k][r], theirs = reference->ratings->cells[k][r];
            if (mine == CELL_MISSING || theirs == CELL_MISSING)
                continue;
            out->criteria[k] += pair ? mine != theirs : abs(mine - theirs);
            out->criterion_n[k]++;
        }
    }
}

/* Keeps the furthest items, the furthest first; of equal ones the earlier. */
static void talk_about(struct session_distance *out, double kept[SESSION_TALK], uint32_t item, double apart) {
    size_t place = out->talk_count;
    while (place > 0 && kept[place - 1] < apart)
        place--;
    if (place == SESSION_TALK)
        return;
    size_t last = out->talk_count < SESSION_TALK ? out->talk_count++ : SESSION_TALK - 1;
    for (size_t i = last; i > place; i--) {
        kept[i] = kept[i - 1];
        out->talk[i] = out->talk[i - 1];
    }
    kept[place] = apart;
    out->talk[place] = item;
}

static void find_distance(struct session_distance *out, const struct session_input *input, uint32_t person) {
    double kept[SESSION_TALK] = {0};
    size_t same = 0;
    for (size_t i = 0; i < input->vote_count; i++) {
        const struct session_said *vote = &input->votes[i], *reference;
        if (vote->person != person || vote->again || !(reference = reference_of(input, vote->item)))
            continue;
        double apart = session_apart(vote, reference, input->responses);
        bool agrees = vote->prefer == reference->prefer;
        out->n++;
        same += agrees;
        out->mean += apart;
        compare_criteria(out, input, vote, reference);
        if (!agrees || apart >= 2)
            talk_about(out, kept, vote->item, apart);
    }
    out->same = proportion_wilson(same, out->n);
    out->mean = out->n ? out->mean / (double)out->n : NAN;
    for (int k = 0; k < LIMIT_CRITERIA; k++)
        out->criteria[k] = out->criterion_n[k] ? out->criteria[k] / (double)out->criterion_n[k] : NAN;
}

void session_figures_init(struct session_figures *out, const struct session_input *input) {
    *out = (struct session_figures){.people = memory_new(input->people + 1, sizeof *out->people)};
    for (size_t i = 0; i < input->vote_count; i++)
        out->again += input->votes[i].again;
    find_agreement(&out->before, input, false);
    if (out->again)
        find_agreement(&out->after, input, true);
    for (size_t p = 0; p < input->people; p++)
        find_distance(&out->people[p], input, (uint32_t)p);
}

void session_figures_release(struct session_figures *figures) {
    memory_free(figures->people);
    *figures = (struct session_figures){0};
}
