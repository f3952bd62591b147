/* Judgments counted as games between models; see models.h. */
#include "core/report/models.h"

#include <math.h>
#include <stdlib.h>

#include "core/base/memory.h"
#include "core/quality/paired.h"

#include "core/base/banned.h"

static const double z_95 = 1.959963984540054;

/* Games of each pair i < j, apart by who was shown first: [0] not told, [1] i, [2] j. */
struct tally {
    double wins_i, ties, wins_j;
};

struct field {
    uint32_t *player_of; /* by model: player + 1 */
    int *models;         /* by player */
    size_t players;
};

static bool is_game(const struct counted *counted, size_t i, const struct model_input *input) {
    const struct history_row *row = counted_at(counted, i);
    if (!counted->rows[i].first || !counted->rows[i].team || (size_t)row->item >= input->item_room)
        return false;
    const uint16_t *models = input->of[row->item];
    return models[0] && models[1] && models[0] != models[1] &&
           (row->prefer == CHOICE_TIE || row->prefer == 0 || row->prefer == 1);
}

static void field_init(struct field *field, const struct counted *counted, const struct model_input *input) {
    *field = (struct field){memory_new(input->model_count + 1, sizeof *field->player_of),
                            memory_new(input->model_count + 1, sizeof *field->models), 0};
    for (size_t i = 0; i < counted->row_count; i++)
        for (int side = 0; side < 2 && is_game(counted, i, input); side++) {
            int model = input->of[counted_at(counted, i)->item][side];
            if (field->player_of[model] == 0) {
                field->models[field->players++] = model;
                field->player_of[model] = (uint32_t)field->players;
            }
        }
}

static void count_game(struct track_models *out, struct tally *tallies, const struct field *field,
                       const struct history_row *row, const uint16_t *models) {
    uint32_t a = field->player_of[models[0]] - 1, b = field->player_of[models[1]] - 1;
    uint32_t i = a < b ? a : b, j = a < b ? b : a;
    int first = row->shown[0] == 0 ? 0 : (row->shown[0] == 'a') == (i == a) ? 1 : 2;
    struct tally *tally = &tallies[(i * field->players + j) * 3 + (size_t)first];
    out->comparisons++;
    if (row->prefer == CHOICE_TIE) {
        tally->ties++;
        out->models[a].ties++;
        out->models[b].ties++;
        return;
    }
    uint32_t winner = row->prefer == 0 ? a : b;
    *(winner == i ? &tally->wins_i : &tally->wins_j) += 1;
    out->models[winner].wins++;
    out->models[winner == a ? b : a].losses++;
}

static size_t take_games(const struct tally *tallies, size_t players, struct pairing *games) {
    static const int first[] = {0, 1, -1};
    size_t n = 0;
    for (uint32_t i = 0; i < players; i++)
        for (uint32_t j = i + 1; j < players; j++)
            for (size_t k = 0; k < 3; k++) {
                const struct tally *tally = &tallies[(i * players + j) * 3 + k];
                if (tally->wins_i + tally->ties + tally->wins_j > 0)
                    games[n++] = (struct pairing){i, j, tally->wins_i, tally->ties, tally->wins_j, first[k]};
            }
    return n;
}

static struct figure with_error(double value, double error, size_t n, const char *reason) {
    if (isnan(error) || isnan(value))
        return figure_undefined(reason, n);
    return figure_interval(value, value - z_95 * error, value + z_95 * error, n);
}

static void take_fit(struct track_models *out, const struct paired *fit) {
    size_t ties = 0;
    out->components = fit->components;
    out->converged = fit->converged;
    for (size_t p = 0; p < out->count; p++) {
        struct model_strength *one = &out->models[p];
        one->component = fit->component[p];
        one->strength = with_error(fit->strength[p], fit->error[p], one->wins + one->ties + one->losses,
                                   "no other model can be compared with it");
        ties += one->ties;
    }
    out->tie_parameter = figure_undefined("no ties", out->comparisons);
    if (ties > 0 && !isnan(fit->log_nu_error))
        out->tie_parameter = figure_interval(fit->nu, fit->nu * exp(-z_95 * fit->log_nu_error),
                                             fit->nu * exp(z_95 * fit->log_nu_error), out->comparisons);
    out->first_shown = with_error(fit->first_effect, fit->first_error, out->comparisons, "the order does not vary");
}

static int compare_strengths(const void *a, const void *b) {
    const struct model_strength *x = a, *y = b;
    if (x->component != y->component)
        return x->component < y->component ? -1 : 1;
    double left = x->strength.undefined ? -INFINITY : x->strength.value;
    double right = y->strength.undefined ? -INFINITY : y->strength.value;
    return left != right ? (left > right ? -1 : 1) : (x->model > y->model) - (x->model < y->model);
}

void track_models_init(struct track_models *out, const struct counted *counted, const struct model_input *input) {
    struct field field;
    struct paired fit;
    *out = (struct track_models){.converged = true};
    if (input->model_count == 0)
        return;
    field_init(&field, counted, input);
    out->count = field.players;
    out->models = memory_new(field.players, sizeof *out->models);
    for (size_t p = 0; p < field.players; p++)
        out->models[p].model = field.models[p];
    struct tally *tallies = memory_new(field.players * field.players * 3, sizeof *tallies);
    struct pairing *games = memory_new(field.players * field.players * 3, sizeof *games);
    for (size_t i = 0; i < counted->row_count; i++)
        if (is_game(counted, i, input))
            count_game(out, tallies, &field, counted_at(counted, i), input->of[counted_at(counted, i)->item]);
    size_t n = take_games(tallies, field.players, games);
    bool kept = false, swapped = false; /* the effect of order needs both */
    for (size_t i = 0; i < n; i++) {
        kept |= games[i].first > 0;
        swapped |= games[i].first < 0;
    }
    if (n > 0) {
        paired_fit(&fit, games, n, field.players, PAIRED_TIES_DAVIDSON, kept && swapped);
        take_fit(out, &fit);
        paired_release(&fit);
        qsort(out->models, out->count, sizeof *out->models, compare_strengths);
    }
    memory_free(field.player_of);
    memory_free(field.models);
    memory_free(tallies);
    memory_free(games);
}

void track_models_release(struct track_models *models) {
    memory_free(models->models);
    *models = (struct track_models){0};
}
