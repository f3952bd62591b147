#include "core/text/fold.h"

#include <utf8proc.h>

#include "core/text/utf8.h"

#include "core/base/banned.h"

/*
 * The longest decomposition of one code point is 18 (U+FDFA); a unit takes no more once this many places are
 * left.
 */
enum { LONGEST_DECOMPOSITION = 18 };

void folder_init(struct folder *folder, struct slice text, size_t from) {
    folder->text = text;
    folder->at = folder->start = folder->end = from;
    folder->count = folder->next = 0;
}

/* Whether a code point belongs to the character before it: marks, joiners, vowels and finals of Hangul. */
static bool combines(int32_t point) {
    switch (utf8proc_get_property(point)->boundclass) {
    case UTF8PROC_BOUNDCLASS_EXTEND:
    case UTF8PROC_BOUNDCLASS_SPACINGMARK:
    case UTF8PROC_BOUNDCLASS_ZWJ:
    case UTF8PROC_BOUNDCLASS_V:
    case UTF8PROC_BOUNDCLASS_T:
        return true;
    default:
        return false;
    }
}

static void add_point(struct folder *folder, int32_t point) {
    const int how = UTF8PROC_DECOMPOSE | UTF8PROC_COMPAT | UTF8PROC_CASEFOLD | UTF8PROC_IGNORE;
    int unused = 0, room = FOLD_MOST - folder->count;
    utf8proc_ssize_t added =
        utf8proc_decompose_char(point, folder->points + folder->count, room, (utf8proc_option_t)how, &unused);
    if (added > 0 && added <= room)
        folder->count += (int)added;
}

/* Canonical order: marks of different classes may come in any order. Stable, within runs of class > 0. */
static void order_marks(struct folder *folder) {
    for (int i = 1; i < folder->count; i++) {
        int32_t point = folder->points[i];
        int class = utf8proc_get_property(point)->combining_class, j = i;
        if (class == 0)
            continue;
        while (j > 0 && utf8proc_get_property(folder->points[j - 1])->combining_class > class) {
            folder->points[j] = folder->points[j - 1];
            j--;
        }
        folder->points[j] = point;
    }
}

/* Folds the unit at folder->at, which may fold to nothing. */
static void read_unit(struct folder *folder) {
    struct slice text = folder->text;
    int32_t point = 0xFFFD;
    size_t step = utf8_decode(text.data + folder->at, text.length - folder->at, &point);

    folder->start = folder->at;
    folder->count = folder->next = 0;
    add_point(folder, point);
    folder->at += step ? step : 1;
    while (folder->at < text.length && (unsigned char)text.data[folder->at] >= 0x80 &&
           folder->count <= FOLD_MOST - LONGEST_DECOMPOSITION) {
        step = utf8_decode(text.data + folder->at, text.length - folder->at, &point);
        if (step == 0 || !combines(point))
            break;
        add_point(folder, point);
        folder->at += step;
    }
    order_marks(folder);
    folder->end = folder->at;
}

bool folder_read(struct folder *folder, struct folded *folded) {
    const char *data = folder->text.data;
    size_t at = folder->at, length = folder->text.length;

    if (folder->next == folder->count && at < length && (unsigned char)data[at] < 0x80 &&
        (at + 1 == length || (unsigned char)data[at + 1] < 0x80)) {
        folder->at = at + 1;
        *folded = (struct folded){fold_ascii((unsigned char)data[at]), at, at + 1, true, true};
        return true;
    }
    while (folder->next == folder->count) {
        if (folder->at >= length)
            return false;
        read_unit(folder);
    }
    int index = folder->next++;
    *folded = (struct folded){.point = folder->points[index],
                              .start = folder->start,
                              .end = folder->end,
                              .first = index == 0,
                              .last = index == folder->count - 1};
    return true;
}
