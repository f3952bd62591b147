/*
 * Which judgments count on a track, and their numbers for core/quality.
 *
 * Counted: final judgments (imported, or of a batch handed in) of kind production, gold or retest, but none on gold whose answer the person had been
 * shown. Qualification, training, calibration, references and adjudications are in no figure of agreement. The first counted judgment of a person
 * on an item, gold or not, is what agreement, habits and gold are made of; a retest and any later one is for consistency alone. Held judgments
 * count: a hold keeps them out of exports, not out of sight. An item that was put to people again after the rubric changed its meaning is a unit
 * of its own in each round: judgments by two rules are never compared with one another. The team is annotators and leads; a model or a label that came in a file (a source) is measured against people
 * in pairs, and is in no figure of the team.
 */
#ifndef CORE_REPORT_COUNTED_H
#define CORE_REPORT_COUNTED_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "core/model/history.h"

struct counted_row {
    uint32_t row;    /* index into history->rows */
    uint32_t unit;   /* the item in this round, numbered from 0 on this track */
    uint32_t person; /* numbered from 0: index into people */
    bool first;      /* the person's first judgment of the unit */
    bool team;       /* by an annotator or a lead */
};

struct counted {
    const struct history *history;
    int track;
    struct counted_row *rows; /* in the history's order: person by person */
    size_t row_count;
    size_t units;        /* different items, in different rounds */
    int *rounds;         /* per unit */
    uint32_t *prompts;   /* per unit: items with one number share a prompt; NULL when not known */
    int *people;         /* person codes */
    size_t people_count; /* with at least one counted judgment */
    size_t team_rows;    /* rows by the team */
    size_t outside_rows; /* by models and sources */
};

/*
 * prompt_of: by item id, NULL when not known; prompt_count its length (items beyond it stand alone). Item ids are the store's, so arrays by item id are
 * affordable: memory is linear in rows + largest item id. The history must outlive it; release it.
 */
void counted_init(struct counted *out, const struct history *history, int track, const int64_t *prompt_of,
                  size_t prompt_count);
void counted_release(struct counted *counted);

/* Of a first row: is it scored against a key? */
bool counted_is_outcome(const struct history_row *row);
/* Right by the key in force (side and strength). The row must be an outcome. */
bool counted_is_right(const struct history *history, const struct history_row *row);

static inline const struct history_row *counted_at(const struct counted *counted, size_t i) {
    return &counted->history->rows[counted->rows[i].row];
}

#endif
