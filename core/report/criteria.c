/* Cells as ratings; see criteria.h. */
#include "core/report/criteria.h"

#include "core/base/memory.h"
#include "core/model/judgment.h"
#include "core/quality/bootstrap.h"

#include "core/base/banned.h"

/* The levels of one criterion and how a value becomes one of them. */
static size_t level_count(const struct criterion *criterion) {
    return criterion->per == PER_PAIR ? LIMIT_RESPONSES + 1 : (size_t)(criterion->high - criterion->low + 1);
}

static uint32_t level_of(const struct criterion *criterion, signed char value) {
    if (criterion->per == PER_PAIR)
        return value == CELL_SAME ? LIMIT_RESPONSES : (uint32_t)value;
    return (uint32_t)(value - criterion->low); /* under the scale: huge, and left out by the table */
}

/* A number for each (unit, response) that occurs: slots[unit * responses + response] holds it + 1. */
static void one(struct criterion_agreement *out, const struct criterion_input *input, const struct counted *counted,
                const uint32_t *counted_of, uint64_t seed) {
    const struct criterion *criterion = input->criterion;
    size_t responses = 1, n = 0, units = 0;
    for (size_t i = 0; i < input->count; i++)
        if (input->cells[i].response >= responses)
            responses = input->cells[i].response + 1u;
    uint32_t *slots = memory_new(counted->units * responses, sizeof *slots);
    uint32_t *prompts = memory_new(counted->units * responses, sizeof *prompts);
    struct rating *ratings = memory_new(input->count, sizeof *ratings);
    for (size_t i = 0; i < input->count; i++) {
        const struct criterion_cell *cell = &input->cells[i];
        uint32_t place = counted_of[cell->row];
        if (place == 0 || cell->value == CELL_MISSING)
            continue;
        const struct counted_row *row = &counted->rows[place - 1];
        uint32_t *slot = &slots[row->unit * responses + cell->response];
        if (*slot == 0) {
            *slot = (uint32_t)++units;
            /* the responses of an item travel together, as items of one prompt do */
            prompts[units - 1] = counted->prompts ? counted->prompts[row->unit] : row->unit;
        }
        ratings[n++] = (struct rating){*slot - 1, row->person, level_of(criterion, cell->value)};
    }
    const enum agreement_kind kinds[] = {criterion->per == PER_PAIR ? AGREEMENT_ALPHA_NOMINAL : AGREEMENT_ALPHA_ORDINAL,
                                         AGREEMENT_PERCENT};
    struct ratings_table table;
    struct bootstrap_result results[2];
    ratings_table_init(&table, ratings, n, units, level_count(criterion));
    bootstrap_agreement(&table, prompts, kinds, 2, NULL, BOOTSTRAP_REPLICATES, seed, results);
    *out = (struct criterion_agreement){criterion->id, criterion->per, results[0].figure, results[1].figure};
    ratings_table_release(&table);
    memory_free(slots);
    memory_free(prompts);
    memory_free(ratings);
}

void criteria_agreement(struct criterion_agreement *out, const struct criterion_input *inputs, size_t count,
                        const struct counted *counted, int64_t seed) {
    if (count == 0)
        return;
    uint32_t *counted_of = memory_new(counted->history->row_count, sizeof *counted_of);
    for (size_t i = 0; i < counted->row_count; i++)
        if (counted->rows[i].first && counted->rows[i].team)
            counted_of[counted->rows[i].row] = (uint32_t)i + 1;
    for (size_t i = 0; i < count; i++)
        one(&out[i], &inputs[i], counted, counted_of, team_seed(seed, counted->track, TEAM_CRITERION, i));
    memory_free(counted_of);
}
