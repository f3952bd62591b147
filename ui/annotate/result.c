/* The result of a qualification, right after it was handed in: how many, how many were wanted, and what comes now. Which answers were as the
 * reference is not said: the items serve others. */
#include "core/base/memory.h"
#include "ui/annotate/qualify.h"
#include "ui/annotate/phrases.h"
#include "ui/annotate/screens.h"
#include "ui/list.h"
#include "ui/paint.h"

#include "core/base/banned.h"

enum { TEXT_COLUMNS = 76, BAR_COLUMNS = 48 };

struct result {
    struct work_screen work; /* must be first */
    struct list list;
};

static unsigned result_contexts(const struct screen *screen) {
    (void)screen;
    return IN_LIST;
}

/* The bar, and below it where the line was: "▲ 25 wanted". */
static void draw_bar(const struct hand_in *handed, struct surface *surface, struct rect area, int row) {
    int columns = area.columns - 26 < BAR_COLUMNS ? area.columns - 26 : BAR_COLUMNS;
    columns = columns < 8 ? 8 : columns;
    int mark = (columns * handed->wanted - 1) / (handed->size > 0 ? handed->size : 1);
    paint_bar(surface, area, row, 0, columns, handed->size ? (double)handed->right / handed->size : 0,
              handed->passed ? INK_GOOD : INK_WARNING);
    paint_format(surface, area, row, columns + 2, INK_STRONG, "%d of %d as the reference", handed->right, handed->size);
    paint_format(surface, area, row + 1, mark < 0 ? 0 : mark, INK_DIM, "▲ %d wanted", handed->wanted);
}

static void add_next(const struct sitting *sitting, struct buffer *out) {
    const struct standing *standing = &sitting->standing.standing;
    if (sitting->handed.passed) {
        buffer_add_string(
            out, "The work on this track is open to you. It comes in batches; some of the items in them have a "
                 "known answer too, and look like all the others.");
        return;
    }
    if (standing->next == STANDING_TRAINING || standing->next == STANDING_QUALIFICATION) {
        buffer_add_string(out, standing->attempts_left == 1 ? "One attempt is left. " : "");
        if (standing->attempts_left > 1)
            buffer_add_format(out, "%d attempts are left. ", standing->attempts_left);
        if (standing->next == STANDING_TRAINING) {
            phrase_count(out, standing->size, "item");
            buffer_add_string(
                out, " of training come first, each explained after your answer; then other items than these.");
        } else {
            buffer_add_string(out, "It has other items than these. Take your time; it waits for you.");
        }
        return;
    }
    qualify_waits(standing, out);
}

static void draw_line(void *data, size_t index, bool selected, struct surface *surface, struct rect area) {
    const struct result *result = data;
    const struct sitting *sitting = result->work.sitting;
    const struct standing *standing = &sitting->standing.standing;
    const char *words = "Leave";
    if (index == 0)
        words = sitting->handed.passed                     ? "Go on to the first batch"
                : standing->next == STANDING_TRAINING      ? "Go on to the training"
                : standing->next == STANDING_QUALIFICATION ? "Go on to the next attempt"
                                                           : "Back to the start screen";
    paint_string(surface, area, 0, 0, selected ? INK_STRONG : INK_NORMAL, words);
}

static void result_draw(struct screen *screen, struct surface *surface) {
    struct result *result = (struct result *)screen;
    struct sitting *sitting = result->work.sitting;
    const struct hand_in *handed = &sitting->handed;
    struct rect area = surface_rect(surface);
    struct buffer left = BUFFER_INIT, right = BUFFER_INIT, words = BUFFER_INIT;
    sitting_title(sitting, 0, &left, &right);
    buffer_add_string(&left, " › qualification");
    frame_title(surface, &area, left.data, right.data);
    frame_hint(surface, &area, IN_LIST);
    rect_cut_left(&area, area.columns >= 76 ? 3 : 1);
    struct rect text = area;
    text.columns = text.columns < TEXT_COLUMNS ? text.columns : TEXT_COLUMNS;
    paint_string(surface, text, 1, 0, handed->passed ? INK_GOOD : INK_WARNING,
                 handed->passed ? "Passed: you may start." : "Not passed this time.");
    draw_bar(handed, surface, text, 3);
    phrase_count(&words, handed->judged, "item");
    buffer_add_string(&words, " judged");
    if (handed->aside)
        buffer_add_format(&words, ", %d set aside, which do not count as right", handed->aside);
    buffer_add_string(&words, ", ");
    phrase_duration(&words, handed->active_ms);
    buffer_add_string(&words, " on task");
    paint_text(surface, text, 6, 0, INK_DIM, buffer_slice(&words));
    buffer_clear(&words);
    add_next(sitting, &words);
    int row = paint_paragraph(surface, text, 8, INK_NORMAL, buffer_slice(&words)) + 1;
    list_draw(&result->list, surface, rect_make(area.row + row, area.column, area.rows - row, area.columns), draw_line,
              result);
    buffer_release(&left);
    buffer_release(&right);
    buffer_release(&words);
}

static bool result_key(struct screen *screen, struct frame *frame, const struct key *key) {
    struct result *result = (struct result *)screen;
    struct sitting *sitting = result->work.sitting;
    enum request request = list_lookup(&result->list, &frame->surface, key);
    if (request == REQUEST_CLOSE || (request == REQUEST_OPEN && result->list.selected == 1)) {
        frame_leave(frame);
        return true;
    }
    if (request == REQUEST_OPEN) {
        frame_pop(frame);
        if (!frame->top)
            start_open(sitting, frame);
        return true;
    }
    return list_request(&result->list, request);
}

static void result_close(struct screen *screen) {
    memory_free(screen);
}

void result_open(struct sitting *sitting, struct frame *frame) {
    static const struct screen_class class = {
        .name = "result", .draw = result_draw, .key = result_key, .contexts = result_contexts, .close = result_close};
    struct result *result = memory_new(1, sizeof *result);
    result->work = (struct work_screen){.screen = {.class = &class}, .sitting = sitting};
    list_set_count(&result->list, 2);
    frame_push(frame, &result->work.screen);
    frame_fresh(frame);
}
