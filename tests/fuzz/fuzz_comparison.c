/*
 * Two texts of any bytes, parted by the first NUL, and their difference: what comparison.h promises must hold. The first byte
 * chooses the effort.
 */
#include <locale.h>
#include <stdint.h>
#include <stdlib.h>

#include "core/base/buffer.h"
#include "core/text/comparison.h"

#define HOLD(condition)   \
    do {                  \
        if (!(condition)) \
            abort();      \
    } while (0)

int LLVMFuzzerInitialize(int *argc, char ***argv);
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerInitialize(int *argc, char ***argv) {
    (void)argc;
    (void)argv;
    setlocale(LC_ALL, "C.UTF-8");
    return 0;
}

static void hold(const struct comparison *comparison, struct slice a, struct slice b) {
    size_t at_a = 0, at_b = 0;
    for (size_t i = 0; i < comparison->stretches.count; i++) {
        const struct stretch *stretch = &comparison->stretches.items[i];
        HOLD(stretch->a == at_a && stretch->a_end >= at_a && stretch->b == at_b && stretch->b_end >= at_b);
        HOLD(stretch->a_end + stretch->b_end > at_a + at_b);
        HOLD(i == 0 || stretch->same != comparison->stretches.items[i - 1].same);
        HOLD(!stretch->same || slice_equal(slice_make(a.data + at_a, stretch->a_end - at_a),
                                           slice_make(b.data + at_b, stretch->b_end - at_b)));
        at_a = stretch->a_end;
        at_b = stretch->b_end;
    }
    HOLD(at_a == a.length && at_b == b.length);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    static const size_t efforts[] = {10, 300, 10000, COMPARISON_EFFORT};
    struct comparison there, back;
    if (size < 2)
        return 0;
    size_t effort = efforts[*data++ % 4];
    struct slice a = slice_make((const char *)data, size - 1), b = slice_make(a.data + a.length, 0);
    const char *end = memchr(a.data, '\0', a.length);
    if (end) {
        a.length = (size_t)(end - a.data);
        b = slice_make(end + 1, size - 2 - a.length);
    }
    comparison_find(&there, a, b, effort);
    comparison_find(&back, b, a, effort);
    hold(&there, a, b);
    hold(&back, b, a);
    double share = comparison_share(&there);
    HOLD(share >= 0 && share <= 1 && share == comparison_share(&back));
    HOLD(comparison_words(&there) == comparison_words(&back));
    comparison_release(&there);
    comparison_release(&back);
    return 0;
}
