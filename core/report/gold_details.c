/* Outcomes as core/quality/gold.h takes them; see gold_details.h. */
#include "core/report/gold_details.h"

#include <math.h>
#include <stdlib.h>

#include "core/base/memory.h"
#include "core/quality/gold.h"
#include "core/quality/proportion.h"

#include "core/base/banned.h"

static enum gold_result result_of(enum verdict verdict) {
    return verdict == VERDICT_RIGHT        ? GOLD_RIGHT
           : verdict == VERDICT_WRONG_SIDE ? GOLD_WRONG_SIDE
                                           : GOLD_WRONG_STRENGTH;
}

/* Of an error between two texts of different length: +1 the longer was chosen, -1 the shorter, else 0. */
static int lean_of(const struct history_row *row, int reference, enum verdict verdict) {
    bool sided = row->prefer >= 0 && row->prefer < 2 && reference >= 0 && reference < 2;
    if (verdict != VERDICT_WRONG_SIDE || !sided || row->lengths[0] == row->lengths[1])
        return 0;
    return (row->prefer == 0) == (row->lengths[0] > row->lengths[1]) ? 1 : -1;
}

/* The accepted answer that was given, else the first: an answer among several right ones is no confusion. */
static int reference_of(const struct gold_key *key, int prefer) {
    for (size_t i = 0; i < key->answer_count; i++)
        if (key->answers[i].prefer == prefer)
            return prefer;
    return key->answers[0].prefer;
}

static int compare_leaning(const void *a, const void *b) {
    const struct gold_leaning *x = a, *y = b;
    if (x->p != y->p)
        return x->p < y->p ? -1 : 1;
    return (x->category > y->category) - (x->category < y->category);
}

static void find_leaning(struct gold_details *out, const struct gold_outcome *outcomes, size_t n, size_t categories) {
    struct gold_lean *leans = memory_new(categories, sizeof *leans);
    gold_systematic(outcomes, n, categories, leans);
    out->leaning = memory_new(categories, sizeof *out->leaning);
    for (size_t c = 0; c < categories; c++)
        if (leans[c].plus + leans[c].minus > 0)
            out->leaning[out->leaning_count++] =
                (struct gold_leaning){(int)c, leans[c].plus, leans[c].minus, leans[c].adjusted, leans[c].systematic};
    if (out->leaning_count > 1)
        qsort(out->leaning, out->leaning_count, sizeof *out->leaning, compare_leaning);
    memory_free(leans);
}

void gold_details_init(struct gold_details *out, const struct counted *counted, size_t from, size_t to,
                       size_t letters) {
    const struct history *history = counted->history;
    struct gold_row rows[GOLD_DIFFICULTIES];
    struct gold_summary summary;
    size_t accepted = 0;
    *out = (struct gold_details){.levels = letters + 2, .accepted = NAN};
    struct gold_outcome *outcomes = memory_new(to - from, sizeof *outcomes);
    for (size_t i = from; i < to; i++) {
        const struct history_row *row = counted_at(counted, i);
        if (!counted_is_outcome(row))
            continue;
        const struct gold_key *key = &history->keys[row->gold];
        enum verdict verdict = history_judge(key, row);
        int reference = reference_of(key, row->prefer);
        accepted += key->answer_count;
        outcomes[out->n++] =
            (struct gold_outcome){(uint32_t)row->category, (uint32_t)key->difficulty,       reference, row->prefer,
                                  result_of(verdict),      lean_of(row, reference, verdict)};
    }
    gold_summarise(outcomes, out->n, &summary);
    out->side = summary.side;
    out->untied_side = summary.untied_side;
    gold_by_difficulty(outcomes, out->n, GOLD_DIFFICULTIES, rows);
    for (int d = 0; d < GOLD_DIFFICULTIES; d++)
        out->by_difficulty[d] = rows[d].summary.accuracy;
    if (out->n > 0)
        out->accepted = (double)accepted / (double)out->n;
    out->confusion = memory_new(out->levels * out->levels, sizeof *out->confusion);
    out->references = memory_new(out->levels, sizeof *out->references);
    out->choices = memory_new(out->levels, sizeof *out->choices);
    gold_confusion(outcomes, out->n, letters, out->confusion, out->references, out->choices);
    find_leaning(out, outcomes, out->n, history->category_count);
    memory_free(outcomes);
}

void gold_details_release(struct gold_details *details) {
    memory_free(details->confusion);
    memory_free(details->references);
    memory_free(details->choices);
    memory_free(details->leaning);
    *details = (struct gold_details){0};
}
