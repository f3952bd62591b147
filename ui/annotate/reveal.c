/* Item by item what the keys say: of a training that was handed in; in the demo of any batch, and which items were gold. In real work nobody
 * but a lead sees that of a batch. */
#include "core/base/memory.h"
#include "ui/annotate/answers.h"
#include "ui/annotate/coach.h"
#include "ui/annotate/screens.h"
#include "ui/list.h"
#include "ui/paint.h"

#include "core/base/banned.h"

struct reveal {
    struct work_screen work; /* must be first */
    struct pool pool;
    int64_t batch;
    bool training; /* every item is explained: there is nothing to tell apart */
    size_t right, judged;
    struct revealed *items;
    size_t count;
    struct list list;
    bool read;
};

static unsigned reveal_contexts(const struct screen *screen) {
    (void)screen;
    return IN_LIST;
}

static void draw_gold(const struct reveal *reveal, const struct revealed *item, struct surface *surface,
                      struct rect area, int column) {
    const struct rubric *rubric = &reveal->work.sitting->rubric;
    struct buffer words = BUFFER_INIT;
    enum verdict verdict = gold_key_judge(item->key, item->prefer, item->ranking.text, item->strength);
    coach_reference(item->key, rubric, item->shown, &words);
    column = paint_fit(surface, area, 0, column, 20, INK_NORMAL, buffer_slice(&words)) + 2;
    if (item->prefer == CHOICE_MISSING)
        paint_string(surface, area, 0, column, INK_DIM, "it counts for nothing");
    else
        paint_string(surface, area, 0, column, verdict == VERDICT_RIGHT ? INK_GOOD : INK_WARNING,
                     coach_verdict(verdict));
    buffer_release(&words);
}

static void draw_row(void *data, size_t index, bool selected, struct surface *surface, struct rect area) {
    const struct reveal *reveal = data;
    const struct revealed *item = &reveal->items[index];
    paint_format(surface, area, 0, 0, INK_DIM, "%3d  ", item->position);
    int column = paint_fit(surface, area, 0, 5, 5, INK_DIM, slice_of(item->ref.text)) + 1;
    const char *kind = item->key ? "gold" : item->kind == KIND_RETEST ? "shown before" : "–";
    if (!reveal->training)
        column = paint_fit(surface, area, 0, column, 12, item->key ? INK_ACCENT : INK_DIM, slice_of(kind)) + 1;
    struct buffer said = BUFFER_INIT;
    if (item->prefer == CHOICE_MISSING)
        buffer_add_string(&said, "set aside");
    else
        answer_say(&said, &reveal->work.sitting->rubric, item->shown, item->prefer, item->ranking.text, item->strength);
    column = paint_fit(surface, area, 0, column, 11, selected ? INK_STRONG : INK_NORMAL, buffer_slice(&said)) + 1;
    buffer_release(&said);
    if (item->key)
        draw_gold(reveal, item, surface, area, column);
}

/* The explanation of the item in hand. */
static void draw_explanation(const struct reveal *reveal, struct surface *surface, struct rect area) {
    paint_rule(surface, area, 0);
    rect_cut_top(&area, 1);
    if (reveal->list.count == 0)
        return;
    const struct revealed *item = &reveal->items[reveal->list.selected];
    paint_text(surface, area, 0, 0, INK_DIM, item->head);
    rect_cut_top(&area, 1);
    if (item->key)
        explanation_draw(item->key->explanation, surface, area);
}

static void reveal_draw(struct screen *screen, struct surface *surface) {
    struct reveal *reveal = (struct reveal *)screen;
    struct rect area = surface_rect(surface);
    struct buffer left = BUFFER_INIT, right = BUFFER_INIT;
    sitting_title(reveal->work.sitting, 0, &left, &right);
    if (reveal->training)
        buffer_add_format(&left, " › training: %zu of %zu as the reference", reveal->right, reveal->judged);
    else
        buffer_add_string(&left, " › which were gold (shown in the demo only)");
    frame_title(surface, &area, left.data, right.data);
    struct rect hint = rect_cut_bottom(&area, 1);
    paint_format(surface, hint, 0, 1, INK_DIM, "%s%s look at one   %s go on",
                 keymap_word(REQUEST_SCROLL_UP, IN_LIST).text, keymap_word(REQUEST_SCROLL_DOWN, IN_LIST).text,
                 keymap_word(REQUEST_OPEN, IN_LIST).text);
    rect_cut_left(&area, 1);
    rect_cut_right(&area, 1);
    struct rect explanation = rect_cut_bottom(&area, area.rows >= 18 ? 7 : 4);
    paint_string(surface, area, 0, 2, INK_DIM,
                 reveal->training ? "  #  item  you said    the reference"
                                  : "  #  item  what it was  you said    the reference");
    rect_cut_top(&area, 1);
    if (reveal->read) {
        list_draw(&reveal->list, surface, area, draw_row, reveal);
        draw_explanation(reveal, surface, explanation);
    }
    buffer_release(&left);
    buffer_release(&right);
}

static void reveal_read(struct work_screen *work, struct frame *frame) {
    struct reveal *reveal = (struct reveal *)work;
    struct sitting *sitting = work->sitting;
    struct error error = ERROR_INIT;
    pool_clear(&reveal->pool);
    const struct viewer *viewer = sitting->options->reveal ? sitting->options->reveal : sitting->viewer;
    int status =
        batch_reveal(sitting->store, viewer, reveal->batch, &reveal->pool, &reveal->items, &reveal->count, &error);
    if (!work_done(work, frame, status, &error, reveal_read))
        return;
    reveal->read = true;
    list_set_count(&reveal->list, reveal->count);
    for (size_t i = 0; i < reveal->count; i++) {
        const struct revealed *one = &reveal->items[i];
        bool judged = one->key && one->prefer != CHOICE_MISSING;
        reveal->judged += judged;
        reveal->right +=
            judged && gold_key_judge(one->key, one->prefer, one->ranking.text, one->strength) == VERDICT_RIGHT;
    }
    for (size_t i = 0; i < reveal->count; i++)
        if (reveal->items[i].key) {
            reveal->list.selected = i;
            break;
        }
}

static bool reveal_key(struct screen *screen, struct frame *frame, const struct key *key) {
    struct reveal *reveal = (struct reveal *)screen;
    struct sitting *sitting = reveal->work.sitting;
    enum request request = list_lookup(&reveal->list, &frame->surface, key);
    if (work_waits(&reveal->work, frame, key))
        return true;
    if (request == REQUEST_OPEN || request == REQUEST_CLOSE) {
        frame_pop(frame);
        sitting_go_on(sitting, frame, 0);
        return true;
    }
    return list_request(&reveal->list, request);
}

static void reveal_close(struct screen *screen) {
    struct reveal *reveal = (struct reveal *)screen;
    pool_release(&reveal->pool);
    memory_free(reveal);
}

void reveal_open(struct sitting *sitting, struct frame *frame, int64_t batch) {
    static const struct screen_class class = {
        .name = "reveal", .draw = reveal_draw, .key = reveal_key, .contexts = reveal_contexts, .close = reveal_close};
    struct reveal *reveal = memory_new(1, sizeof *reveal);
    reveal->work = (struct work_screen){.screen = {.class = &class}, .sitting = sitting};
    reveal->batch = batch;
    reveal->training = sitting->handed.purpose == BATCH_TRAINING;
    frame_push(frame, &reveal->work.screen);
    reveal_read(&reveal->work, frame);
}
