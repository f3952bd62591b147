#include "core/text/suggest.h"

#include <stdint.h>

#include "core/text/fold.h"
#include "core/text/utf8.h"

#include "core/base/banned.h"

/* Folded code points of a name; -1 when there are too many, or it is not UTF-8. */
static int fold_name(const char *name, int32_t points[SUGGEST_LONGEST]) {
    struct folder folder;
    struct folded folded;
    int count = 0;
    if (!utf8_valid(slice_of(name)))
        return -1;
    folder_init(&folder, slice_of(name), 0);
    while (folder_read(&folder, &folded)) {
        if (count == SUGGEST_LONGEST)
            return -1;
        points[count++] = folded.point;
    }
    return count;
}

static int least(int a, int b) {
    return a < b ? a : b;
}

/*
 * Optimal string alignment: each row costs `a` up to its point against all beginnings of `b`; three rows are
 * enough.
 */
static int distance(const int32_t *a, int a_count, const int32_t *b, int b_count) {
    int rows[3][SUGGEST_LONGEST + 1];
    for (int j = 0; j <= b_count; j++)
        rows[0][j] = j;
    for (int i = 1; i <= a_count; i++) {
        int *row = rows[i % 3], *above = rows[(i + 2) % 3], *second = rows[(i + 1) % 3];
        row[0] = i;
        for (int j = 1; j <= b_count; j++) {
            row[j] = least(least(above[j], row[j - 1]) + 1, above[j - 1] + (a[i - 1] != b[j - 1]));
            if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1])
                row[j] = least(row[j], second[j - 2] + 1);
        }
    }
    return rows[a_count % 3][b_count];
}

int suggest_distance(const char *a, const char *b) {
    int32_t a_points[SUGGEST_LONGEST], b_points[SUGGEST_LONGEST];
    int a_count = fold_name(a, a_points), b_count = fold_name(b, b_points);
    return a_count < 0 || b_count < 0 ? -1 : distance(a_points, a_count, b_points, b_count);
}

const char *suggest(const char *word, const char *const *names, size_t count) {
    int32_t sought[SUGGEST_LONGEST], points[SUGGEST_LONGEST];
    int sought_count = fold_name(word, sought), best = SUGGEST_LONGEST + 1;
    const char *nearest = NULL;

    for (size_t i = 0; sought_count > 0 && i < count; i++) {
        int name_count = fold_name(names[i], points);
        if (name_count <= 0)
            continue;
        int longer = name_count > sought_count ? name_count : sought_count;
        int away = distance(sought, sought_count, points, name_count);
        if (away < best && away < longer && away <= (longer >= 6 ? longer / 3 : 1)) {
            best = away;
            nearest = names[i];
        }
    }
    return nearest;
}
