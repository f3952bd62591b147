/* See calibration.h. */
#include "core/work/calibration.h"

#include <stdio.h>
#include <stdlib.h>

#include "core/base/memory.h"
#include "core/hash/draw.h"

#include "core/base/banned.h"

const char *calibration_verdict_name(enum calibration_verdict verdict) {
    static const char *const names[] = {"open", "clear", "ambiguous", "rubric gap"};
    return names[verdict + 1];
}

double calibration_disagreement(const int *choices, size_t count) {
    size_t differ = 0;
    for (size_t i = 0; i < count; i++)
        for (size_t k = i + 1; k < count; k++)
            differ += choices[i] != choices[k];
    return count < 2 ? 0 : (double)differ / ((double)count * (double)(count - 1) / 2);
}

struct ranked {
    size_t index;
    const struct calibration_candidate *candidate;
    uint64_t chance;
    size_t turn; /* its place in its category: who has the same take turns */
};

static int by_chance(const struct ranked *x, const struct ranked *y) {
    if (x->chance != y->chance)
        return x->chance < y->chance ? -1 : 1;
    return (x->candidate->item > y->candidate->item) - (x->candidate->item < y->candidate->item);
}

static int by_disagreement(const void *a, const void *b) {
    const struct ranked *x = a, *y = b;
    if (x->candidate->disagreement != y->candidate->disagreement)
        return x->candidate->disagreement > y->candidate->disagreement ? -1 : 1;
    if (x->candidate->votes != y->candidate->votes)
        return x->candidate->votes > y->candidate->votes ? -1 : 1;
    return by_chance(x, y);
}

static int by_category(const void *a, const void *b) {
    const struct ranked *x = a, *y = b;
    if (x->candidate->category != y->candidate->category)
        return x->candidate->category < y->candidate->category ? -1 : 1;
    if (x->candidate->met != y->candidate->met)
        return x->candidate->met < y->candidate->met ? -1 : 1;
    return by_chance(x, y);
}

static int by_turn(const void *a, const void *b) {
    const struct ranked *x = a, *y = b;
    if (x->turn != y->turn)
        return x->turn < y->turn ? -1 : 1;
    return by_chance(x, y);
}

static void take_turns(struct ranked *ranked, size_t count) {
    qsort(ranked, count, sizeof *ranked, by_category);
    for (size_t i = 1; i < count; i++)
        if (ranked[i].candidate->category == ranked[i - 1].candidate->category)
            ranked[i].turn = ranked[i - 1].turn + 1;
    qsort(ranked, count, sizeof *ranked, by_turn);
}

size_t calibration_choose(const unsigned char key[32], int64_t session, enum calibration_pick pick,
                          const struct calibration_candidate *candidates, size_t count, size_t wanted, size_t *chosen) {
    struct ranked *ranked = memory_new(count + 1, sizeof *ranked);
    size_t fit = 0;
    for (size_t i = 0; i < count; i++) {
        char item[24];
        snprintf(item, sizeof item, "%lld", (long long)candidates[i].item);
        struct draw draw = {.purpose = "session item", .item = item, .round = session};
        if (pick != PICK_DISAGREEMENT || candidates[i].disagreement > 0)
            ranked[fit++] = (struct ranked){i, &candidates[i], draw_bits(key, &draw), 0};
    }
    if (fit > 1 && pick == PICK_DISAGREEMENT)
        qsort(ranked, fit, sizeof *ranked, by_disagreement);
    else if (fit > 1)
        take_turns(ranked, fit);
    size_t taken = fit < wanted ? fit : wanted;
    for (size_t i = 0; i < taken; i++)
        chosen[i] = ranked[i].index;
    memory_free(ranked);
    return taken;
}

void calibration_number(const unsigned char key[32], int64_t session, size_t count, int *numbers) {
    size_t *order = memory_new(count + 1, sizeof *order);
    draw_order(key, &(struct draw){.purpose = "session number", .round = session}, order, count);
    for (size_t i = 0; i < count; i++)
        numbers[order[i]] = (int)i + 1;
    memory_free(order);
}

int calibration_pass(int64_t session, enum kind kind) {
    return (int)session * 3 + (kind == KIND_REVOTE) + 2 * (kind == KIND_REFERENCE);
}
