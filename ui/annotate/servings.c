#include "ui/annotate/servings.h"

#include "ui/annotate/answers.h"
#include "ui/paint.h"

#include "core/base/banned.h"

enum { PLACE = 4, REFERENCE = 9, SAID = 26 };

static void said(const struct sitting *sitting, const struct serving_line *line, bool current, struct buffer *out) {
    if (line->state == SERVING_JUDGED)
        buffer_add_string(out, answer_words(&sitting->rubric, line->shown, line->prefer, line->strength));
    else if (line->state == SERVING_ASIDE)
        buffer_add_format(out, "set aside: %s", aside_reason_key(line->reason));
    else
        buffer_add_string(out, current ? "in hand" : "not yet");
    if (line->has_draft && line->state == SERVING_JUDGED)
        buffer_add_string(out, " · revising");
    else if (line->has_draft && !current)
        buffer_add_string(out, " · draft");
    if (line->question)
        buffer_add_string(out, " · asked");
}

void serving_line_draw(const struct sitting *sitting, const struct serving_line *line, bool current, bool selected,
                       struct surface *surface, struct rect area) {
    struct buffer words = BUFFER_INIT;
    buffer_add_format(&words, "%d", line->position);
    int column = paint_fit_right(surface, area, 0, 0, PLACE, INK_DIM, buffer_slice(&words)) + 2;
    column = paint_fit(surface, area, 0, column, REFERENCE - 1, INK_DIM, slice_of(line->ref.text)) + 1;
    buffer_clear(&words);
    said(sitting, line, current, &words);
    column = paint_fit(surface, area, 0, column, SAID, selected ? INK_STRONG : INK_NORMAL, buffer_slice(&words)) + 2;
    paint_text(surface, area, 0, column, INK_DIM, line->head);
    buffer_release(&words);
}
