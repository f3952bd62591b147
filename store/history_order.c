/* Order, links and holds of loaded rows; see history_order.h. */
#include "store/history_order.h"

#include <stdlib.h>

#include "core/base/array.h"

#include "core/base/banned.h"

/* Stable, by counting: rows came in order of judgment. Each row is moved once, along the cycles of the
 * permutation. */
void history_order(struct history *out) {
    size_t buckets = out->person_count * out->track_count, n = out->row_count;
    size_t *start = memory_new(buckets + 1, sizeof *start), *target = memory_new(n, sizeof *target);
    for (size_t i = 0; i < n; i++)
        start[(size_t)out->rows[i].person * out->track_count + (size_t)out->rows[i].track + 1]++;
    for (size_t b = 0; b < buckets; b++)
        start[b + 1] += start[b];
    for (size_t i = 0; i < n; i++)
        target[i] = start[(size_t)out->rows[i].person * out->track_count + (size_t)out->rows[i].track]++;
    for (size_t i = 0; i < n; i++) {
        while (target[i] != i) {
            size_t to = target[i];
            struct history_row row = out->rows[to];
            size_t next = target[to];
            out->rows[to] = out->rows[i];
            target[to] = to;
            out->rows[i] = row;
            target[i] = next;
        }
    }
    memory_free(start);
    memory_free(target);
}

static int by_item_then_row(const void *a, const void *b) {
    const int64_t *left = a, *right = b;
    return left[0] != right[0] ? (left[0] > right[0]) - (left[0] < right[0])
                               : (left[1] > right[1]) - (left[1] < right[1]);
}

/* In the rows [begin, end) of one person and track: which row a retest repeats, and what had been shown before
 * with its answer. */
static void link_block(struct history *out, size_t begin, size_t end) {
    struct {
        int64_t (*items)[2];
        size_t count, capacity;
    } pairs = {0};
    for (size_t i = begin; i < end; i++) {
        int64_t *pair = *ARRAY_ADD(&pairs);
        pair[0] = out->rows[i].item;
        pair[1] = (int64_t)i;
    }
    qsort(pairs.items, pairs.count, sizeof *pairs.items, by_item_then_row);
    for (size_t k = 0, first = 0; k < pairs.count; k++) {
        if (k && pairs.items[k][0] != pairs.items[k - 1][0])
            first = k;
        struct history_row *row = &out->rows[pairs.items[k][1]];
        for (size_t before = first; before < k; before++) {
            const struct history_row *earlier = &out->rows[pairs.items[before][1]];
            if (row->kind == KIND_RETEST && earlier->kind != KIND_RETEST && earlier->round == row->round)
                row->first = (int)pairs.items[before][1];
            row->training_burnt |= earlier->kind == KIND_TRAINING && row->kind != KIND_TRAINING && row->gold >= 0;
        }
    }
    ARRAY_RELEASE(&pairs);
}

void history_link(struct history *out) {
    for (size_t begin = 0, end = 0; begin < out->row_count; begin = end) {
        bool again = false; /* most blocks have nothing that comes again */
        while (end < out->row_count && out->rows[end].person == out->rows[begin].person &&
               out->rows[end].track == out->rows[begin].track) {
            again |= out->rows[end].kind == KIND_RETEST || out->rows[end].kind == KIND_TRAINING;
            end++;
        }
        if (again)
            link_block(out, begin, end);
    }
}

void history_hold(struct history *out, int person, int track, int category, int64_t since, int64_t until) {
    size_t low = 0, high = out->row_count; /* the first row that is not before (person, track, since) */
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        const struct history_row *at = &out->rows[middle];
        bool before = at->person != person ? at->person < person
                      : at->track != track ? at->track < track
                                           : at->judgment < since;
        if (before)
            low = middle + 1;
        else
            high = middle;
    }
    for (; low < out->row_count && out->rows[low].person == person && out->rows[low].track == track &&
           out->rows[low].judgment <= until;
         low++)
        out->rows[low].held |= !category || out->rows[low].category == category;
}
