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

/* One comparison that a judgment makes. */
struct game {
    uint16_t a, b; /* models */
    int said;      /* 1: a is better, -1: b, 0: a tie */
    int first;     /* who was shown first: 1 a, -1 b, 0 not told */
    double weight;
};
enum { GAMES_MOST = LIMIT_RESPONSES * (LIMIT_RESPONSES - 1) / 2 };

/* By tier, the smaller the better; false where nothing is said of the two. */
static bool compare_responses(const int *tier, int unplaced, int a, int b, int *said) {
    *said = (tier[a] < tier[b]) - (tier[a] > tier[b]);
    return tier[a] != unplaced || tier[b] != unplaced;
}

/* Tiers of a judgment; what it only says of its first place, or of all at once, is an order too. Returns the tier of what it does not speak of. */
static int tiers_of(const struct history_row *row, size_t responses, int tier[LIMIT_RESPONSES]) {
    if (row->ranking && row->ranking[0])
        return ranking_tiers(row->ranking, responses, tier);
    for (size_t r = 0; r < responses; r++)
        tier[r] = row->prefer == CHOICE_TIE ? 0 : 1;
    if (row->prefer >= 0)
        tier[row->prefer] = 0;
    return 1;
}

static size_t games_of(const struct counted *counted, size_t i, const struct model_input *input, struct game *games) {
    const struct history_row *row = counted_at(counted, i);
    int tier[LIMIT_RESPONSES];
    size_t n = 0;
    if (!counted->rows[i].first || !counted->rows[i].team || (size_t)row->item >= input->item_room ||
        row->prefer == CHOICE_NONE)
        return 0;
    const struct item_models *item = &input->of[row->item];
    size_t responses = row->responses > item->count ? row->responses : item->count;
    if (responses < 2 || responses > LIMIT_RESPONSES || row->prefer >= (int)responses)
        return 0;
    const uint16_t *models = &input->models[item->from];
    int unplaced = tiers_of(row, responses, tier);
    for (size_t a = 0; a < item->count; a++)
        for (size_t b = a + 1; b < item->count; b++) {
            struct game game = {models[a], models[b], 0, 0, 2.0 / (double)responses};
            if (!game.a || !game.b || game.a == game.b ||
                !compare_responses(tier, unplaced, (int)a, (int)b, &game.said))
                continue;
            if (row->shown[0])
                game.first = row->shown[0] == 'a' ? 1 : -1;
            games[n++] = game;
        }
    return n;
}

static void field_init(struct field *field, const struct counted *counted, const struct model_input *input) {
    *field = (struct field){memory_new(input->model_count + 1, sizeof *field->player_of),
                            memory_new(input->model_count + 1, sizeof *field->models), 0};
    struct game games[GAMES_MOST];
    for (size_t i = 0; i < counted->row_count; i++) {
        size_t n = games_of(counted, i, input, games);
        for (size_t k = 0; k < 2 * n; k++) {
            int model = k % 2 ? games[k / 2].b : games[k / 2].a;
            if (field->player_of[model] == 0) {
                field->models[field->players++] = model;
                field->player_of[model] = (uint32_t)field->players;
            }
        }
    }
}

static void count_game(struct track_models *out, struct tally *tallies, const struct field *field,
                       const struct game *game) {
    uint32_t a = field->player_of[game->a] - 1, b = field->player_of[game->b] - 1;
    uint32_t i = a < b ? a : b, j = a < b ? b : a;
    int first = game->first == 0 ? 0 : (game->first > 0) == (i == a) ? 1 : 2;
    struct tally *tally = &tallies[(i * field->players + j) * 3 + (size_t)first];
    out->comparisons++;
    if (game->said == 0) {
        tally->ties += game->weight;
        out->models[a].ties++;
        out->models[b].ties++;
        return;
    }
    uint32_t winner = game->said > 0 ? a : b;
    *(winner == i ? &tally->wins_i : &tally->wins_j) += game->weight;
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
    for (size_t i = 0; i < counted->row_count; i++) {
        struct game played[GAMES_MOST];
        size_t count = games_of(counted, i, input, played);
        for (size_t k = 0; k < count; k++)
            count_game(out, tallies, &field, &played[k]);
    }
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
