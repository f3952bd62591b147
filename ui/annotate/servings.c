#include "ui/annotate/servings.h"

#include "core/text/clean.h"
#include "ui/annotate/answers.h"
#include "ui/paint.h"

#include "core/base/banned.h"

enum { PLACE = 4, REFERENCE = 9, SAID = 26, SAID_ROOMY = 36, ROOMY = 100 };

/* The short name of a reason, as words. */
static void add_aside(struct buffer *out, enum aside_reason reason) {
    buffer_add_string(out, "set aside: ");
    for (const char *c = aside_reason_key(reason); *c; c++)
        buffer_add_char(out, *c == '-' ? ' ' : *c);
}

static void said(const struct sitting *sitting, const struct serving_line *line, bool current, struct buffer *out) {
    if (line->state == SERVING_JUDGED)
        answer_say(out, &sitting->rubric, line->shown, line->prefer, line->ranking.text, line->strength);
    else if (line->state == SERVING_ASIDE)
        add_aside(out, line->reason);
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
    int room = area.columns >= ROOMY ? SAID_ROOMY : SAID;
    column = paint_fit(surface, area, 0, column, room, selected ? INK_STRONG : INK_NORMAL, buffer_slice(&words)) + 2;
    buffer_clear(&words);
    if (sitting_cover(sitting) && line->state != SERVING_JUDGED)
        buffer_add_string(&words, "covered");
    else
        text_clean(&words, line->head, CLEAN_ONE_LINE | CLEAN_JOIN);
    paint_text(surface, area, 0, column, INK_DIM, buffer_slice(&words));
    buffer_release(&words);
}
