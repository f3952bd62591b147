/* Shared parts of the exercises; see exercise.h. */
#include "app/demo/exercise.h"

#include <math.h>

#include "core/base/banned.h"

void exercise_init(struct exercise *exercise) {
    *exercise = (struct exercise){BUFFER_INIT, BUFFER_INIT, BUFFER_INIT, BUFFER_INIT, DIFFICULTY_MEDIUM};
}

void exercise_release(struct exercise *exercise) {
    buffer_release(&exercise->prompt);
    buffer_release(&exercise->right);
    buffer_release(&exercise->wrong);
    buffer_release(&exercise->because);
}

void add_filled(struct buffer *out, const char *pattern, const char *subject) {
    for (const char *hole; (hole = strstr(pattern, "{}")); pattern = hole + 2) {
        buffer_add(out, pattern, (size_t)(hole - pattern));
        buffer_add_string(out, subject);
    }
    buffer_add_string(out, pattern);
}

void add_decimal(struct buffer *out, double value, int decimals) {
    double scale = pow(10, decimals);
    buffer_add_format(out, "%.*f", decimals, round(value * scale) / scale);
    if (decimals == 0)
        return;
    while (out->data[out->length - 1] == '0')
        buffer_cut(out, out->length - 1);
    if (out->data[out->length - 1] == '.')
        buffer_cut(out, out->length - 1);
}

void add_date(struct buffer *out, int day) {
    static const char *const names[] = {"January", "February", "March",     "April",   "May",      "June",
                                        "July",    "August",   "September", "October", "November", "December"};
    static const int lengths[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    int month = 0;
    for (day %= 365; day >= lengths[month]; month++)
        day -= lengths[month];
    buffer_add_format(out, "%s %d", names[month], day + 1);
}

void add_clock(struct buffer *out, int minutes) {
    minutes %= 24 * 60;
    buffer_add_format(out, "%d:%02d", minutes / 60, minutes % 60);
}

void exercise_fact(struct exercise *out, const struct fact *facts, size_t rows, const char *const *frames, size_t index,
                   enum difficulty difficulty) {
    const struct fact *fact = &facts[index % rows];
    add_filled(&out->prompt, frames[index / rows], fact->subject);
    buffer_add_string(&out->right, fact->right);
    buffer_add_string(&out->wrong, fact->wrong);
    buffer_add_string(&out->because, fact->because);
    out->difficulty = difficulty;
}
