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

/* A rating of one unit: one response of one item, or the item. */
struct cell {
    uint32_t group, slot, person; /* slot: unit * responses + response */
    uint32_t level;
};

/* What one criterion is worked out in. */
struct bench {
    const struct counted *counted;
    const struct criterion *criterion;
    struct cell *cells; /* by group */
    size_t responses;
    uint32_t *number_of; /* per slot: its number in the group + 1; 0 between two groups */
    uint32_t *prompts;   /* per number */
    struct rating *ratings;
};

/* Cells of first judgments of the team in a group, sorted by it: those of group g stand at start[g] .. start[g + 1] - 1. */
static void place_cells(struct bench *bench, const struct criterion_input *input, const uint32_t *counted_of,
                        const struct row_groups *groups, size_t *start) {
    const struct counted *counted = bench->counted;
    size_t *next = memory_new(groups->count + 2, sizeof *next);
    for (int pass = 0; pass < 2; pass++) {
        for (size_t i = 0; i < input->count; i++) {
            const struct criterion_cell *cell = &input->cells[i];
            uint32_t place = counted_of[cell->row];
            uint32_t group = place == 0 ? 0 : groups->of ? groups->of[place - 1] : 1;
            if (group == 0 || cell->value == CELL_MISSING)
                continue;
            const struct counted_row *row = &counted->rows[place - 1];
            if (pass == 0)
                start[group]++;
            else
                bench->cells[next[group - 1]++] =
                    (struct cell){group - 1, (uint32_t)(row->unit * bench->responses + cell->response), row->person,
                                  level_of(bench->criterion, cell->value)};
        }
        for (size_t g = 0; pass == 0 && g < groups->count; g++)
            start[g + 1] += start[g];
        memcpy(next, start, (groups->count + 1) * sizeof *next);
    }
    memory_free(next);
}

static void find_one(struct criterion_agreement *out, struct bench *bench, const struct cell *cells, size_t count,
                     size_t least, uint64_t seed) {
    const struct criterion *criterion = bench->criterion;
    const struct counted *counted = bench->counted;
    const enum agreement_kind kinds[] = {AGREEMENT_PERCENT, criterion->per == PER_PAIR ? AGREEMENT_ALPHA_NOMINAL
                                                                                       : AGREEMENT_ALPHA_ORDINAL};
    struct ratings_table table;
    struct bootstrap_result results[2];
    size_t units = 0;
    for (size_t i = 0; i < count; i++) {
        uint32_t *number = &bench->number_of[cells[i].slot], unit = cells[i].slot / (uint32_t)bench->responses;
        if (*number == 0) {
            *number = (uint32_t)++units;
            /* the responses of an item travel together, as items of one prompt do */
            bench->prompts[units - 1] = counted->prompts ? counted->prompts[unit] : unit;
        }
        bench->ratings[i] = (struct rating){*number - 1, cells[i].person, cells[i].level};
    }
    ratings_table_init(&table, bench->ratings, count, units, level_count(criterion));
    size_t pairable = agreement_value(&table, AGREEMENT_PERCENT, NULL).n;
    bool few = pairable > 0 && pairable < least;
    bootstrap_agreement(&table, bench->prompts, kinds, few ? 1 : 2, NULL, BOOTSTRAP_REPLICATES, seed, results);
    *out = (struct criterion_agreement){
        criterion->id, criterion->per,
        few ? figure_undefined("under 50 of them have two ratings", pairable) : results[1].figure, results[0].figure};
    ratings_table_release(&table);
    for (size_t i = 0; i < count; i++)
        bench->number_of[cells[i].slot] = 0;
}

static void find_criterion(struct criterion_agreement *out, size_t stride, const struct criterion_input *input,
                           const struct counted *counted, const uint32_t *counted_of, const struct row_groups *groups,
                           uint64_t seed) {
    struct bench bench = {.counted = counted, .criterion = input->criterion, .responses = 1};
    for (size_t i = 0; i < input->count; i++)
        if (input->cells[i].response >= bench.responses)
            bench.responses = input->cells[i].response + 1u;
    size_t *start = memory_new(groups->count + 1, sizeof *start);
    bench.cells = memory_new(input->count, sizeof *bench.cells);
    bench.number_of = memory_new(counted->units * bench.responses, sizeof *bench.number_of);
    bench.prompts = memory_new(input->count, sizeof *bench.prompts);
    bench.ratings = memory_new(input->count, sizeof *bench.ratings);
    place_cells(&bench, input, counted_of, groups, start);
    for (size_t g = 0; g < groups->count; g++)
        find_one(&out[g * stride], &bench, &bench.cells[start[g]], start[g + 1] - start[g], groups->least, seed + g);
    memory_free(start);
    memory_free(bench.cells);
    memory_free(bench.number_of);
    memory_free(bench.prompts);
    memory_free(bench.ratings);
}

void criteria_agreement(struct criterion_agreement *out, const struct criterion_input *inputs, size_t count,
                        const struct counted *counted, const struct row_groups *groups, int64_t seed) {
    static const struct row_groups one = {.count = 1};
    if (count == 0)
        return;
    if (!groups)
        groups = &one;
    uint32_t *counted_of = memory_new(counted->history->row_count, sizeof *counted_of);
    for (size_t i = 0; i < counted->row_count; i++)
        if (counted->rows[i].first && counted->rows[i].team)
            counted_of[counted->rows[i].row] = (uint32_t)i + 1;
    for (size_t i = 0; i < count; i++)
        find_criterion(&out[i], count, &inputs[i], counted, counted_of, groups,
                       team_seed(seed, counted->track, TEAM_CRITERION, (groups->number << 32) + (i << 20)));
    memory_free(counted_of);
}
