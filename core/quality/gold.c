/* A person's gold outcomes as figures. */
#include "core/quality/gold.h"

#include <math.h>

#include "core/base/memory.h"
#include "core/quality/proportion.h"

#include "core/base/banned.h"

struct tally {
    size_t n, right, wrong_strength, untied, untied_side;
};

static void tally_add(struct tally *t, const struct gold_outcome *o) {
    bool side = o->result != GOLD_WRONG_SIDE;
    t->n++;
    t->right += o->result == GOLD_RIGHT;
    t->wrong_strength += o->result == GOLD_WRONG_STRENGTH;
    if (o->reference != GOLD_TIE) {
        t->untied++;
        t->untied_side += side;
    }
}

static struct figure share_of(size_t k, size_t n, const char *reason) {
    return n == 0 ? figure_undefined(reason, 0) : proportion_wilson(k, n);
}

static void tally_summarise(const struct tally *t, struct gold_summary *out) {
    size_t side = t->right + t->wrong_strength;
    out->n = t->n;
    out->right = t->right;
    out->wrong_strength = t->wrong_strength;
    out->wrong_side = t->n - side;
    out->accuracy = share_of(t->right, t->n, "no gold outcomes");
    out->side = share_of(side, t->n, "no gold outcomes");
    out->untied_side = share_of(t->untied_side, t->untied, "no gold outcomes without a tie as reference");
}

void gold_summarise(const struct gold_outcome *outcomes, size_t n, struct gold_summary *out) {
    struct tally t = {0};
    for (size_t i = 0; i < n; i++) {
        tally_add(&t, &outcomes[i]);
    }
    tally_summarise(&t, out);
}

static void rows_set(const struct gold_outcome *outcomes, size_t n, bool by_difficulty, size_t keys,
                     struct gold_row *rows) {
    struct tally *tallies = memory_new(keys + 1, sizeof *tallies);
    for (size_t i = 0; i < n; i++) {
        uint32_t key = by_difficulty ? outcomes[i].difficulty : outcomes[i].category;
        if (key < keys) {
            tally_add(&tallies[key], &outcomes[i]);
        }
    }
    for (size_t k = 0; k < keys; k++) {
        rows[k] = (struct gold_row){.key = (uint32_t)k, .chance_below = NAN, .shown = tallies[k].n >= GOLD_ROWS_FROM};
        tally_summarise(&tallies[k], &rows[k].summary);
    }
    memory_free(tallies);
}

void gold_by_category(const struct gold_outcome *outcomes, size_t n, const double *limits, size_t categories,
                      struct gold_row *rows) {
    size_t right = 0;
    for (size_t i = 0; i < n; i++) {
        right += outcomes[i].result == GOLD_RIGHT;
    }
    double overall = ((double)right + 1) / ((double)n + 2);
    rows_set(outcomes, n, false, categories, rows);
    for (size_t c = 0; c < categories; c++) {
        if (isnan(limits[c])) {
            continue;
        }
        rows[c].chance_below =
            proportion_chance_below(rows[c].summary.right, rows[c].summary.n, GOLD_CATEGORY_WEIGHT * overall,
                                    GOLD_CATEGORY_WEIGHT * (1 - overall), limits[c]);
        rows[c].flagged = rows[c].shown && rows[c].chance_below > 0.95;
    }
}

void gold_by_difficulty(const struct gold_outcome *outcomes, size_t n, size_t difficulties, struct gold_row *rows) {
    rows_set(outcomes, n, true, difficulties, rows);
}

double gold_chance_below(size_t right, size_t n, double limit) {
    return proportion_chance_below(right, n, 1, 1, limit);
}

size_t gold_level(int choice, size_t responses) {
    if (choice == GOLD_TIE) {
        return responses;
    }
    return choice == GOLD_NONE ? responses + 1 : (size_t)choice;
}

static bool choice_within(int choice, size_t responses) {
    return choice == GOLD_TIE || choice == GOLD_NONE || (choice >= 0 && (size_t)choice < responses);
}

size_t gold_confusion(const struct gold_outcome *outcomes, size_t n, size_t responses, size_t *counts,
                      size_t *row_margin, size_t *column_margin) {
    size_t levels = responses + 2, counted = 0;
    for (size_t i = 0; i < levels * levels; i++) {
        counts[i] = 0;
    }
    for (size_t i = 0; i < levels; i++) {
        row_margin[i] = column_margin[i] = 0;
    }
    for (size_t i = 0; i < n; i++) {
        if (!choice_within(outcomes[i].reference, responses) || !choice_within(outcomes[i].choice, responses)) {
            continue;
        }
        size_t row = gold_level(outcomes[i].reference, responses);
        size_t column = gold_level(outcomes[i].choice, responses);
        counts[row * levels + column]++;
        row_margin[row]++;
        column_margin[column]++;
        counted++;
    }
    return counted;
}

size_t gold_systematic(const struct gold_outcome *outcomes, size_t n, size_t categories, struct gold_lean *out) {
    for (size_t c = 0; c < categories; c++) {
        out[c] = (struct gold_lean){.category = (uint32_t)c, .p = 1, .adjusted = 1};
    }
    for (size_t i = 0; i < n; i++) {
        if (outcomes[i].category < categories && outcomes[i].result != GOLD_RIGHT) {
            out[outcomes[i].category].plus += outcomes[i].lean > 0;
            out[outcomes[i].category].minus += outcomes[i].lean < 0;
        }
    }
    double *p = memory_new(categories + 1, sizeof *p);
    size_t tests = 0;
    for (size_t c = 0; c < categories; c++) {
        size_t errors = out[c].plus + out[c].minus;
        if (errors > 0) {
            out[c].p = binomial_two_sided(out[c].plus, errors, 0.5);
            p[tests++] = out[c].p;
        }
    }
    holm_adjust(p, tests);
    size_t found = 0;
    tests = 0;
    for (size_t c = 0; c < categories; c++) {
        if (out[c].plus + out[c].minus > 0) {
            out[c].adjusted = p[tests++];
            out[c].systematic = out[c].adjusted < 0.05;
            found += out[c].systematic;
        }
    }
    memory_free(p);
    return found;
}
