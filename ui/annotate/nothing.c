/* Nothing could be dealt: what waits elsewhere, and for whom. */
#include "core/base/memory.h"
#include "ui/annotate/qualify.h"
#include "ui/annotate/phrases.h"
#include "ui/annotate/screens.h"
#include "ui/paint.h"

#include "core/base/banned.h"

struct nothing {
    struct work_screen work; /* must be first */
};

static unsigned nothing_contexts(const struct screen *screen) {
    (void)screen;
    return IN_LIST;
}

static int line(struct surface *surface, struct rect area, int row, int64_t number, const char *one, const char *many) {
    if (number <= 0)
        return row;
    paint_format(surface, area, row, 0, INK_NORMAL, "%6lld", (long long)number);
    paint_string(surface, area, row, 8, INK_NORMAL, number == 1 ? one : many);
    return row + 1;
}

static void draw_waiting(const struct sitting *sitting, struct surface *surface, struct rect area) {
    struct buffer words = BUFFER_INIT;
    qualify_words(sitting, &words);
    area.columns = area.columns < 76 ? area.columns : 76;
    paint_string(surface, area, 1, 0, INK_STRONG, "Your qualification waits for the lead.");
    paint_paragraph(surface, area, 3, INK_NORMAL, buffer_slice(&words));
    buffer_release(&words);
}

static void nothing_draw(struct screen *screen, struct surface *surface) {
    const struct sitting *sitting = ((struct nothing *)screen)->work.sitting;
    const struct nothing_left *left = &sitting->left;
    struct rect area = surface_rect(surface);
    struct buffer title = BUFFER_INIT, right = BUFFER_INIT;
    sitting_title(sitting, 0, &title, &right);
    frame_title(surface, &area, title.data, right.data);
    struct rect hint = rect_cut_bottom(&area, 1);
    paint_format(surface, hint, 0, 1, INK_DIM, "%s look again   %s back", keymap_word(REQUEST_OPEN, IN_LIST).text,
                 keymap_word(REQUEST_CLOSE, IN_LIST).text);
    rect_cut_left(&area, 3);
    if (standing_waits(&left->standing)) {
        draw_waiting(sitting, surface, area);
        buffer_release(&title);
        buffer_release(&right);
        return;
    }
    paint_string(surface, area, 1, 0, INK_STRONG, "Nothing is left for you on this track.");
    int row = 3;
    row = line(surface, area, row, left->for_others, "item waits for other people", "items wait for other people");
    row = line(surface, area, row, left->for_lead, "item waits for the lead", "items wait for the lead");
    row = line(surface, area, row, left->open_batches, "batch is open with somebody else; it may come back",
               "batches are open with others; they may come back");
    if (row == 3)
        paint_paragraph(surface, area, row, INK_NORMAL, slice_of("Every item has the judgments that it wants."));
    buffer_release(&title);
    buffer_release(&right);
}

static void look_again(struct work_screen *work, struct frame *frame) {
    struct sitting *sitting = work->sitting;
    struct error error = ERROR_INIT;
    int status = sitting_deal(sitting, &error);
    if (!status)
        status = sitting_read_standing(sitting, &error);
    if (!work_done(work, frame, status, &error, look_again))
        return;
    if (!sitting->batch.id) {
        frame_say(frame, INK_NORMAL, "still nothing");
        return;
    }
    sitting->going_on = true;
    frame_pop(frame);
    sitting->going_on = false;
    judge_open(sitting, frame, 0);
}

static bool nothing_key(struct screen *screen, struct frame *frame, const struct key *key) {
    struct nothing *nothing = (struct nothing *)screen;
    enum request request = keymap_lookup(*key, IN_LIST);
    if (work_waits(&nothing->work, frame, key))
        return true;
    if (request == REQUEST_OPEN)
        look_again(&nothing->work, frame);
    else if (request == REQUEST_CLOSE)
        frame_pop(frame);
    else
        return false;
    return true;
}

static void nothing_close(struct screen *screen) {
    memory_free(screen);
}

void nothing_open(struct sitting *sitting, struct frame *frame) {
    static const struct screen_class class = {.name = "nothing",
                                              .draw = nothing_draw,
                                              .key = nothing_key,
                                              .contexts = nothing_contexts,
                                              .close = nothing_close};
    struct nothing *nothing = memory_new(1, sizeof *nothing);
    nothing->work = (struct work_screen){.screen = {.class = &class}, .sitting = sitting};
    frame_push(frame, &nothing->work.screen);
}
