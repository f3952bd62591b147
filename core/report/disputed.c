/* See disputed.h. */
#include "core/report/disputed.h"

#include <stdlib.h>

#include "core/base/memory.h"
#include "core/model/choice.h"

#include "core/base/banned.h"

static int place_of(int prefer) {
    return prefer == CHOICE_TIE ? VOTE_TIE : prefer == CHOICE_NONE ? VOTE_NONE : prefer;
}

static void weigh(struct dispute *one) {
    double alike = 0, n = (double)one->n;
    for (int i = 0; i < VOTE_CHOICES; i++)
        alike += (double)one->votes[i] * (one->votes[i] - 1);
    one->disagreement = one->n > 1 ? 1 - alike / (n * (n - 1)) : 0;
}

static int compare(const void *a, const void *b) {
    const struct dispute *x = a, *y = b;
    if (x->disagreement < y->disagreement || x->disagreement > y->disagreement)
        return x->disagreement > y->disagreement ? -1 : 1;
    if (x->n != y->n)
        return x->n > y->n ? -1 : 1;
    return (x->item > y->item) - (x->item < y->item);
}

void disputed_init(struct disputed *out, const struct counted *counted, int category) {
    *out = (struct disputed){.items = memory_new(counted->units, sizeof *out->items)};
    for (size_t i = 0; i < counted->row_count; i++) {
        const struct history_row *row = counted_at(counted, i);
        const struct counted_row *mine = &counted->rows[i];
        if (!mine->first || !mine->team || row->gold >= 0 || (category >= 0 && row->category != category))
            continue;
        struct dispute *one = &out->items[mine->unit];
        one->item = row->item;
        one->last = row->judgment > one->last ? row->judgment : one->last;
        one->votes[place_of(row->prefer)]++;
        one->n++;
    }
    for (size_t unit = 0; unit < counted->units; unit++)
        if (out->items[unit].n > 0) {
            weigh(&out->items[unit]);
            out->disputed += out->items[unit].disagreement > 0;
            out->items[out->count++] = out->items[unit];
        }
    if (out->count > 1)
        qsort(out->items, out->count, sizeof *out->items, compare);
}

void disputed_release(struct disputed *disputed) {
    memory_free(disputed->items);
    *disputed = (struct disputed){0};
}
