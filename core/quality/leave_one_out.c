/* Agreement of the team without each of its members, by differences: only the units a person rated change. */
#include <string.h>

#include "core/base/memory.h"
#include "core/quality/agreement.h"

#include "core/base/banned.h"

/* What one rating changes of the sums of its unit: the unit without it, less the unit with it. */
static void take_out(struct agreement_sums *change, const struct ratings_table *t, const struct rating *r) {
    uint32_t pattern = t->pattern_of[r->unit], without[AGREEMENT_LEVELS];
    const uint32_t *counts = &t->counts[pattern * t->levels];
    memcpy(without, counts, t->levels * sizeof *without);
    without[r->level]--;
    agreement_sums_add(change, counts, t->raters[pattern], -1);
    if (t->raters[pattern] > 1) {
        agreement_sums_add(change, without, t->raters[pattern] - 1, 1);
    }
}

static void sums_plus(struct agreement_sums *to, const struct agreement_sums *from) {
    to->pairable += from->pairable;
    to->rated += from->rated;
    to->unanimous += from->unanimous;
    to->agreeing += from->agreeing;
    to->together += from->together;
    for (size_t i = 0; i < 2 * to->levels * to->levels + to->levels; i++) {
        to->coincidence[i] += from->coincidence[i]; /* and pairs and shares, which follow it in memory */
    }
}

void agreement_leave_one_out(const struct ratings_table *t, const struct rating *ratings, size_t count,
                             size_t annotators, enum agreement_kind kind, const double *values, struct figure *out) {
    struct agreement_sums *changes = memory_new(annotators + 1, sizeof *changes);
    for (size_t a = 0; a < annotators; a++) {
        agreement_sums_init(&changes[a], t->levels);
    }
    for (size_t i = 0; i < count; i++) {
        const struct rating *r = &ratings[i];
        if (r->unit < t->units && r->level < t->levels && r->annotator < annotators) {
            take_out(&changes[r->annotator], t, r);
        }
    }
    struct agreement_sums all;
    agreement_sums_init(&all, t->levels);
    agreement_sums_set(&all, t, NULL);
    for (size_t a = 0; a < annotators; a++) {
        sums_plus(&changes[a], &all);
        out[a] = agreement_from_sums(&changes[a], kind, values);
        agreement_sums_release(&changes[a]);
    }
    agreement_sums_release(&all);
    memory_free(changes);
}
