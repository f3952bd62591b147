/*
 * A pair of positions (x, y) lies on the diagonal x − y. The furthest x that is reached on each diagonal with so many
 * differences is kept, from the start forwards and from the end backwards; where the two meet, a best path passes, and
 * both halves are aligned in the same way.
 */
#include "core/text/align.h"

#include "core/base/memory.h"

#include "core/base/banned.h"

struct aligner {
    const uint32_t *a, *b;
    unsigned char *same_a, *same_b;
    int32_t *forward, *backward; /* by diagonal; may be indexed from −(b_count + 1) to a_count + 1 */
    size_t effort;
};

/* Part of both arrays: a from x to x_end, b from y to y_end. */
struct box {
    int32_t x, x_end, y, y_end;
};

/* The diagonals under way: every other one from first to last. */
struct fan {
    int32_t *reach;
    int32_t first, last;
};

static bool spend(struct aligner *aligner, size_t comparisons) {
    if (aligner->effort < comparisons) {
        aligner->effort = 0;
        return false;
    }
    aligner->effort -= comparisons;
    return true;
}

/* One diagonal more on either side, inside the box. `outside` is what never is the further one. */
static void widen(struct fan *fan, const struct box *box, int32_t outside) {
    if (fan->first > box->x - box->y_end)
        fan->reach[--fan->first - 1] = outside;
    else
        fan->first++;
    if (fan->last < box->x_end - box->y)
        fan->reach[++fan->last + 1] = outside;
    else
        fan->last--;
}

static bool inside(const struct fan *fan, int32_t diagonal) {
    return diagonal >= fan->first && diagonal <= fan->last;
}

/* One difference further on all diagonals. 1: it met the other fan at (*x, *y). −1: the effort did not last. 0: go on. */
static int step_forward(struct aligner *aligner, const struct box *box, struct fan *fan, const struct fan *other,
                        bool meets, int32_t *x, int32_t *y) {
    widen(fan, box, -1);
    for (int32_t diagonal = fan->last; diagonal >= fan->first; diagonal -= 2) {
        int32_t below = fan->reach[diagonal - 1], above = fan->reach[diagonal + 1];
        int32_t start = below < above ? above : below + 1;
        *x = start;
        *y = start - diagonal;
        while (*x < box->x_end && *y < box->y_end && aligner->a[*x] == aligner->b[*y]) {
            ++*x;
            ++*y;
        }
        fan->reach[diagonal] = *x;
        if (meets && inside(other, diagonal) && other->reach[diagonal] <= *x)
            return 1;
        if (!spend(aligner, 1 + (size_t)(*x - start)))
            return -1;
    }
    return 0;
}

static int step_backward(struct aligner *aligner, const struct box *box, struct fan *fan, const struct fan *other,
                         bool meets, int32_t *x, int32_t *y) {
    widen(fan, box, INT32_MAX);
    for (int32_t diagonal = fan->last; diagonal >= fan->first; diagonal -= 2) {
        int32_t below = fan->reach[diagonal - 1], above = fan->reach[diagonal + 1];
        int32_t start = below < above ? below : above - 1;
        *x = start;
        *y = start - diagonal;
        while (*x > box->x && *y > box->y && aligner->a[*x - 1] == aligner->b[*y - 1]) {
            --*x;
            --*y;
        }
        fan->reach[diagonal] = *x;
        if (meets && inside(other, diagonal) && other->reach[diagonal] >= *x)
            return 1;
        if (!spend(aligner, 1 + (size_t)(start - *x)))
            return -1;
    }
    return 0;
}

/* A point in the middle of a best path through the box, whose corners differ. */
static bool find_middle(struct aligner *aligner, const struct box *box, int32_t *x, int32_t *y) {
    int32_t start = box->x - box->y, end = box->x_end - box->y_end;
    struct fan forward = {aligner->forward, start, start}, backward = {aligner->backward, end, end};
    bool odd = ((start - end) & 1) != 0;
    forward.reach[start] = box->x;
    backward.reach[end] = box->x_end;
    for (;;) {
        int met = step_forward(aligner, box, &forward, &backward, odd, x, y);
        if (met == 0)
            met = step_backward(aligner, box, &backward, &forward, !odd, x, y);
        if (met != 0)
            return met > 0;
    }
}

/* The depth is at most the logarithm of the number of differences: each middle halves them. */
static bool align_box(struct aligner *aligner, struct box box) {
    int32_t x, y, from = box.x, end = box.x_end;
    while (box.x < box.x_end && box.y < box.y_end && aligner->a[box.x] == aligner->b[box.y])
        aligner->same_a[box.x++] = aligner->same_b[box.y++] = 1;
    while (box.x < box.x_end && box.y < box.y_end && aligner->a[box.x_end - 1] == aligner->b[box.y_end - 1])
        aligner->same_a[--box.x_end] = aligner->same_b[--box.y_end] = 1;
    if (!spend(aligner, (size_t)(box.x - from + end - box.x_end)))
        return false;
    if (box.x == box.x_end || box.y == box.y_end)
        return true;
    return find_middle(aligner, &box, &x, &y) && align_box(aligner, (struct box){box.x, x, box.y, y}) &&
           align_box(aligner, (struct box){x, box.x_end, y, box.y_end});
}

bool align(const uint32_t *a, size_t a_count, const uint32_t *b, size_t b_count, unsigned char *same_a,
           unsigned char *same_b, size_t *effort) {
    if (a_count >= INT32_MAX / 2 || b_count >= INT32_MAX / 2) {
        *effort = 0;
        return false;
    }
    size_t diagonals = a_count + b_count + 3;
    int32_t *reach = memory_new(2 * diagonals, sizeof *reach);
    struct aligner aligner = {
        .a = a,
        .b = b,
        .same_a = same_a,
        .same_b = same_b,
        .forward = reach + b_count + 1,
        .backward = reach + diagonals + b_count + 1,
        .effort = *effort,
    };
    bool done = align_box(&aligner, (struct box){0, (int32_t)a_count, 0, (int32_t)b_count});
    *effort = aligner.effort;
    memory_free(reach);
    return done;
}
