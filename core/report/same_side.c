#include "core/report/same_side.h"

#include <stdlib.h>

#include "core/base/memory.h"

#include "core/base/banned.h"

struct said {
    uint32_t unit, person;
    int prefer;
};

static int compare(const void *a, const void *b) {
    const struct said *x = a, *y = b;
    return x->unit != y->unit ? (x->unit < y->unit ? -1 : 1) : (x->person > y->person) - (x->person < y->person);
}

/* One item's answers; two or more. */
static void add_item(struct same_side *out, const struct said *said, size_t n) {
    for (size_t i = 0; i < n; i++) {
        size_t same = 0;
        for (size_t j = 0; j < n; j++)
            same += j != i && said[j].prefer == said[i].prefer;
        out[said[i].person].share += (double)same / (double)(n - 1);
        out[said[i].person].items++;
    }
}

void same_side_find(struct same_side *out, const struct counted *counted) {
    struct said *said = memory_new(counted->row_count, sizeof *said);
    size_t count = 0;
    for (size_t i = 0; i < counted->row_count; i++) {
        const struct counted_row *row = &counted->rows[i];
        if (row->team && row->first)
            said[count++] = (struct said){row->unit, row->person, counted_at(counted, i)->prefer};
    }
    if (count > 1)
        qsort(said, count, sizeof *said, compare);
    for (size_t p = 0; p < counted->people_count; p++)
        out[p] = (struct same_side){.person = counted->people[p]};
    for (size_t from = 0, to; from < count; from = to) {
        for (to = from; to < count && said[to].unit == said[from].unit; to++)
            ;
        if (to - from > 1)
            add_item(out, &said[from], to - from);
    }
    for (size_t p = 0; p < counted->people_count; p++)
        if (out[p].items)
            out[p].share /= (double)out[p].items;
    memory_free(said);
}
