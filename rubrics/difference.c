/*
 * Myers' greedy search from the front, keeping the furthest points of every round to walk back along. Lines that
 * both texts begin or end with are taken off first. Memory: one row of 2D+1 numbers for each of at most
 * DIFFERENCE_EDITS rounds.
 */
#include "rubrics/difference.h"

#include <stdbool.h>

#include "core/base/array.h"
#include "core/base/memory.h"

#include "core/base/banned.h"

struct lines {
    struct slice *items;
    size_t count, capacity;
};

static void split(struct lines *lines, struct slice text) {
    for (size_t at = 0; at < text.length;) {
        const char *newline = memchr(text.data + at, '\n', text.length - at);
        size_t end = newline ? (size_t)(newline - text.data) : text.length;
        size_t cut = newline && end > at && text.data[end - 1] == '\r' ? end - 1 : end;
        *ARRAY_ADD(lines) = slice_make(text.data + at, cut - at);
        at = end + 1;
    }
}

/* What is compared: lines [first, first + n) of the old text with [first, first + m) of the new one. */
struct middle {
    const struct slice *old, *new; /* from `first` on */
    long n, m;
};

struct search {
    long **rounds; /* rounds[d][k + d] = the furthest x on diagonal k after d edits */
    long count;    /* rounds kept */
};

/* The furthest x on diagonal k that d edits reach from the round before, before following equal lines. */
static long step(const long *before, long d, long k) {
    if (d == 0)
        return 0;
    /* before[] is row d - 1: diagonals -(d-1) to d-1 */
    bool down = k == -d || (k != d && before[k - 1 + d - 1] < before[k + 1 + d - 1]);
    return down ? before[k + 1 + d - 1] : before[k - 1 + d - 1] + 1;
}

/* True when the search reaches the end of both; its last round is the answer. */
static bool search_run(struct search *search, const struct middle *middle) {
    search->rounds = memory_new(DIFFERENCE_EDITS + 1, sizeof *search->rounds);
    for (long d = 0; d <= DIFFERENCE_EDITS; d++) {
        long *row = memory_new((size_t)(2 * d + 1), sizeof *row);
        search->rounds[search->count++] = row;
        for (long k = -d; k <= d; k += 2) {
            long x = step(d ? search->rounds[d - 1] : NULL, d, k), y = x - k;
            while (x < middle->n && y >= 0 && y < middle->m && slice_equal(middle->old[x], middle->new[y]))
                x++, y++;
            row[k + d] = x;
            if (x >= middle->n && y >= middle->m)
                return true;
        }
    }
    return false;
}

/* Marks the lines of the middle that are gone and new, walking back from the end. */
static void search_trace(const struct search *search, const struct middle *middle, bool *gone, bool *fresh) {
    long x = middle->n, y = middle->m;
    for (long d = search->count - 1; d > 0; d--) {
        const long *before = search->rounds[d - 1];
        long k = x - y;
        bool down = k == -d || (k != d && before[k - 1 + d - 1] < before[k + 1 + d - 1]);
        long k_before = down ? k + 1 : k - 1;
        x = before[k_before + d - 1];
        y = x - k_before;
        if (down)
            fresh[y] = true;
        else
            gone[x] = true;
    }
}

static void add_line(struct difference *out, char sign, struct slice text, size_t old, size_t new) {
    *ARRAY_ADD(out) = (struct difference_line){sign, text, old, new};
    out->removed += sign == '-';
    out->added += sign == '+';
}

/* All lines in order: of each change what is gone before what is new. */
static void write_lines(struct difference *out, const struct lines *old, const struct lines *new, const bool *gone,
                        const bool *fresh) {
    size_t i = 0, j = 0;
    while (i < old->count || j < new->count) {
        size_t removed = out->removed, added = out->added;
        for (; i < old->count && gone[i]; i++)
            add_line(out, '-', old->items[i], i + 1, 0);
        for (; j < new->count &&fresh[j]; j++)
            add_line(out, '+', new->items[j], 0, j + 1);
        removed = out->removed - removed;
        added = out->added - added;
        out->changed += removed > added ? removed : added;
        if (i < old->count && j < new->count) {
            add_line(out, ' ', new->items[j], i + 1, j + 1);
            i++, j++;
        }
    }
}

void difference_init(struct difference *difference, struct slice old_text, struct slice new_text) {
    struct lines old = {0}, new = {0};
    split(&old, old_text);
    split(&new, new_text);
    size_t least = old.count < new.count ? old.count : new.count, first = 0, last = 0;
    while (first < least && slice_equal(old.items[first], new.items[first]))
        first++;
    while (last < least - first && slice_equal(old.items[old.count - 1 - last], new.items[new.count - 1 - last]))
        last++;

    bool *gone = memory_new(old.count + 1, sizeof *gone), *fresh = memory_new(new.count + 1, sizeof *fresh);
    struct middle middle = {old.items ? old.items + first : NULL, new.items ? new.items + first : NULL,
                            (long)(old.count - first - last), (long)(new.count - first - last)};
    struct search search = {0};
    if (search_run(&search, &middle)) {
        search_trace(&search, &middle, gone + first, fresh + first);
    } else {
        memset(gone + first, true, (size_t)middle.n);
        memset(fresh + first, true, (size_t)middle.m);
    }
    *difference = (struct difference){0};
    write_lines(difference, &old, &new, gone, fresh);

    for (long d = 0; d < search.count; d++)
        memory_free(search.rounds[d]);
    memory_free(search.rounds);
    memory_free(gone);
    memory_free(fresh);
    ARRAY_RELEASE(&old);
    ARRAY_RELEASE(&new);
}

void difference_release(struct difference *difference) {
    ARRAY_RELEASE(difference);
    *difference = (struct difference){0};
}

static bool is_near_change(const struct difference *difference, size_t i, size_t around) {
    for (size_t k = i > around ? i - around : 0; k <= i + around && k < difference->count; k++)
        if (difference->items[k].sign != ' ')
            return true;
    return false;
}

void difference_write(const struct difference *difference, size_t around, struct buffer *out) {
    bool gap = false;
    for (size_t i = 0; i < difference->count; i++) {
        if (!is_near_change(difference, i, around)) {
            gap = true;
            continue;
        }
        if (gap)
            buffer_add_string(out, "  …\n");
        gap = false;
        buffer_add_format(out, "%c ", difference->items[i].sign);
        buffer_add_slice(out, difference->items[i].text);
        buffer_add_string(out, "\n");
    }
}
