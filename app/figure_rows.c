/* See figure_rows.h. */
#include "app/figure_rows.h"

#include <stdio.h>

#include "core/base/limits.h"
#include "ui/lead/wording.h"

#include "core/base/banned.h"

/* "61 % [50–73]", ".35 [.20–.50]", "n/a: …" */
void figure_words(struct buffer *out, const struct figure *figure, bool share, const char *unit) {
    if (figure->undefined) {
        buffer_add_format(out, "n/a: %s", figure->undefined);
        return;
    }
    buffer_add_format(out, share ? "%.0f %%" : "%.2f", share ? 100 * figure->value : figure->value);
    if (figure_has_interval(figure))
        buffer_add_format(out, share ? " [%.0f–%.0f]" : " [%.2f to %.2f]", share ? 100 * figure->low : figure->low,
                          share ? 100 * figure->high : figure->high);
    buffer_add_format(out, ", %zu %s%s", figure->n, unit, figure->n == 1 ? "" : "s");
}

void figure_row(struct buffer *out, const char *label, const struct figure *before, const struct figure *after,
                bool share, const char *unit) {
    buffer_add_string(out, "| ");
    word_cell(out, slice_of(label));
    buffer_add_string(out, " | ");
    figure_words(out, before, share, unit);
    if (after) {
        buffer_add_string(out, " | ");
        figure_words(out, after, share, unit);
    }
    buffer_add_string(out, " |\n");
}

void figure_row_criterion(struct buffer *out, const char *id, const struct figure *before, const struct figure *after) {
    char label[LIMIT_NAME_BYTES + 16];
    snprintf(label, sizeof label, "%s, alpha", id);
    figure_row(out, label, before, after, false, "unit");
}
