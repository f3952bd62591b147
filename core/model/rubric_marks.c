/* See rubric_marks.h. */
#include "core/model/rubric_marks.h"

#include <string.h>

#include "core/base/array.h"
#include "core/base/buffer.h"

#include "core/base/banned.h"

/* "name@": what the labels of one rubric begin with; a name may hold an @, a version does not. */
static bool same_rubric(const char *label, const char *other) {
    size_t length = (size_t)(strrchr(label, '@') - label);
    return length == (size_t)(strrchr(other, '@') - other) && memcmp(label, other, length) == 0;
}

void rubric_marks_add(struct rubric_marks *marks, int64_t id, struct slice name, int version, bool new_meaning) {
    struct buffer label = BUFFER_INIT;
    int meanings = 0, before = 0;
    buffer_add_format(&label, SLICE_FORMAT "@%d", SLICE_ARGS(name), version);
    for (size_t i = 0; i < marks->count; i++) {
        const struct rubric_mark *mark = &marks->items[i];
        meanings = mark->meaning > meanings ? mark->meaning : meanings;
        if (same_rubric(mark->label, label.data))
            before = mark->meaning;
    }
    *ARRAY_ADD(marks) = (struct rubric_mark){id, buffer_detach(&label), new_meaning || !before ? meanings + 1 : before};
}

void rubric_marks_release(struct rubric_marks *marks) {
    for (size_t i = 0; i < marks->count; i++)
        memory_free(marks->items[i].label);
    ARRAY_RELEASE(marks);
}

const struct rubric_mark *rubric_marks_find(const struct rubric_marks *marks, int64_t id) {
    size_t low = 0, high = marks->count;
    if (id > 0 && (size_t)id <= marks->count && marks->items[id - 1].id == id) /* as a rule they have no gaps */
        return &marks->items[id - 1];
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (marks->items[middle].id < id)
            low = middle + 1;
        else
            high = middle;
    }
    return low < marks->count && marks->items[low].id == id ? &marks->items[low] : NULL;
}
