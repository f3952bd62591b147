/* After the last item: what was done, every item to be reopened, and handing in. */
#include "core/base/memory.h"
#include "ui/annotate/qualify.h"
#include "ui/annotate/phrases.h"
#include "ui/annotate/screens.h"
#include "ui/annotate/servings.h"
#include "ui/list.h"
#include "ui/paint.h"

#include "core/base/banned.h"

struct summary {
    struct work_screen work; /* must be first */
    struct pool pool;
    struct serving_line *lines;
    size_t line_count;
    size_t drafts;    /* revisions that were begun and not submitted */
    struct list list; /* row 0 hands in, then the items */
    bool read;
};

static unsigned summary_contexts(const struct screen *screen) {
    (void)screen;
    return IN_LIST;
}

static void draw_batch(const struct summary *summary, struct surface *surface, struct rect area, enum ink ink,
                       const char *before, const char *behind) {
    struct buffer words = BUFFER_INIT;
    buffer_add_string(&words, before);
    if (summary->work.sitting->batch.purpose == BATCH_QUALIFICATION)
        buffer_add_string(&words, "the ");
    phrase_batch(&words, &summary->work.sitting->batch);
    if (before[0] == '\0' && words.length > 0 && words.data[0] >= 'a' && words.data[0] <= 'z')
        words.data[0] = (char)(words.data[0] - 'a' + 'A');
    buffer_add_string(&words, behind);
    paint_text(surface, area, 0, 0, ink, buffer_slice(&words));
    buffer_release(&words);
}

static void draw_row(void *data, size_t index, bool selected, struct surface *surface, struct rect area) {
    const struct summary *summary = data;
    if (index == 0)
        draw_batch(summary, surface, area, selected ? INK_STRONG : INK_NORMAL, "Hand in ", "");
    else
        serving_line_draw(summary->work.sitting, &summary->lines[index - 1], false, selected, surface, area);
}

static void summary_words(const struct summary *summary, struct buffer *out) {
    const struct batch *batch = &summary->work.sitting->batch;
    buffer_add_format(out, "%d judged", batch->judged);
    if (batch->aside)
        buffer_add_format(out, " · %d set aside", batch->aside);
    buffer_add_string(out, " · ");
    phrase_duration(out, batch->active_ms);
    buffer_add_string(out, " on task");
    if (summary->drafts) {
        buffer_add_string(out, " · ");
        phrase_count(out, (int64_t)summary->drafts, "revision");
        buffer_add_string(out, " not submitted: the earlier judgment stands");
    }
}

static void summary_draw(struct screen *screen, struct surface *surface) {
    struct summary *summary = (struct summary *)screen;
    struct sitting *sitting = summary->work.sitting;
    struct rect area = surface_rect(surface);
    struct buffer left = BUFFER_INIT, right = BUFFER_INIT, words = BUFFER_INIT;
    sitting_title(sitting, 0, &left, &right);
    frame_title(surface, &area, left.data, right.data);
    frame_hint(surface, &area, IN_LIST);
    rect_cut_left(&area, 1);
    rect_cut_right(&area, 1);
    draw_batch(summary, surface, rect_make(area.row + 1, area.column + 2, 1, area.columns - 2), INK_STRONG, "",
               " is done.");
    summary_words(summary, &words);
    paint_text(surface, area, 2, 2, INK_NORMAL, buffer_slice(&words));
    paint_string(surface, area, 3, 2, INK_DIM,
                 sitting->batch.session ? "Every item can still be reopened. Handed in, the group looks at it together."
                 : sitting->batch.purpose == BATCH_QUALIFICATION
                     ? "Every item can be reopened. Handing in makes it final and shows the result."
                     : "Every item can still be reopened. Handing in makes the batch final.");
    rect_cut_top(&area, 5);
    if (summary->read)
        list_draw(&summary->list, surface, area, draw_row, summary);
    buffer_release(&left);
    buffer_release(&right);
    buffer_release(&words);
}

static void summary_read(struct work_screen *work, struct frame *frame) {
    struct summary *summary = (struct summary *)work;
    struct sitting *sitting = work->sitting;
    struct error error = ERROR_INIT;
    pool_clear(&summary->pool);
    int status = sitting_find_batch(sitting, &error);
    if (!status && sitting->batch.id)
        status =
            batch_lines(sitting->store, &sitting->batch, &summary->pool, &summary->lines, &summary->line_count, &error);
    if (!work_done(work, frame, status, &error, summary_read))
        return;
    if (!sitting->batch.id) { /* handed in elsewhere meanwhile */
        frame_pop(frame);
        if (!frame->top && !sitting->options->session)
            start_open(sitting, frame);
        return;
    }
    summary->drafts = 0;
    for (size_t i = 0; i < summary->line_count; i++)
        summary->drafts += summary->lines[i].has_draft;
    summary->read = true;
    list_set_count(&summary->list, 1 + summary->line_count);
}

void sitting_go_on(struct sitting *sitting, struct frame *frame, int64_t batch) {
    const struct annotate_options *options = sitting->options;
    if (batch && sitting->handed.purpose == BATCH_QUALIFICATION)
        result_open(sitting, frame);
    else if (batch && (options->reveal || (sitting->handed.purpose == BATCH_TRAINING && options->training == 0)))
        reveal_open(sitting, frame, batch);
    else if (options->session || options->training > 0 || options->rehearsal ||
             (options->batches > 0 && sitting->outcome->handed_in >= options->batches))
        frame_leave(frame);
    else if (!frame->top)
        start_open(sitting, frame);
}

void sitting_hand_in(struct work_screen *work, struct frame *frame) {
    struct sitting *sitting = work->sitting;
    struct error error = ERROR_INIT;
    struct hand_in handed;
    int64_t batch = sitting->batch.id;
    int status = batch_hand_in(sitting->store, sitting->viewer, sitting->campaign, batch, &handed, &error);
    if (!work_done(work, frame, status, &error, sitting_hand_in))
        return;
    sitting->handed = handed;
    sitting->outcome->handed_in++;
    sitting->batch = (struct batch){0};
    sitting->last_position = 0;
    sitting_note_batch(sitting);
    status = STATUS_BUSY; /* it is final: the figures may wait for the store */
    for (int attempt = 0; attempt < 100 && status == STATUS_BUSY; attempt++)
        if (!(status = sitting_read_standing(sitting, &error)))
            status = sitting_read_figures(sitting, &error);
    if (status && status != STATUS_BUSY) {
        sitting_fail(sitting, frame, status, &error);
        return;
    }
    frame_pop(frame);
    sitting_go_on(sitting, frame, batch);
}

static void hand_in_answered(struct screen *asker, struct frame *frame, bool yes) {
    if (yes)
        sitting_hand_in(&((struct summary *)asker)->work, frame);
}

static void reopen(struct summary *summary, struct frame *frame) {
    struct sitting *sitting = summary->work.sitting;
    int position = summary->lines[summary->list.selected - 1].position;
    sitting->going_on = true;
    frame_pop(frame);
    sitting->going_on = false;
    judge_open(sitting, frame, position);
}

static bool summary_key(struct screen *screen, struct frame *frame, const struct key *key) {
    struct summary *summary = (struct summary *)screen;
    enum request request = list_lookup(&summary->list, &frame->surface, key);
    if (work_waits(&summary->work, frame, key))
        return true;
    if (request == REQUEST_CLOSE) {
        frame_pop(frame);
        return true;
    }
    if (!summary->read)
        return false;
    if (request == REQUEST_OPEN && summary->list.selected == 0) {
        frame_ask(frame, sitting_words(summary->work.sitting)->hand_in, hand_in_answered);
        return true;
    }
    if (request == REQUEST_OPEN) {
        reopen(summary, frame);
        return true;
    }
    return list_request(&summary->list, request);
}

static void summary_close(struct screen *screen) {
    struct summary *summary = (struct summary *)screen;
    pool_release(&summary->pool);
    memory_free(summary);
}

void summary_open(struct sitting *sitting, struct frame *frame) {
    static const struct screen_class class = {.name = "summary",
                                              .draw = summary_draw,
                                              .key = summary_key,
                                              .contexts = summary_contexts,
                                              .close = summary_close};
    struct summary *summary = memory_new(1, sizeof *summary);
    summary->work = (struct work_screen){.screen = {.class = &class}, .sitting = sitting};
    frame_push(frame, &summary->work.screen);
    summary_read(&summary->work, frame);
    frame_fresh(frame);
}
