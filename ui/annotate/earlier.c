/* Earlier in this batch: every item that was seen, to be reopened. */
#include "core/base/memory.h"
#include "ui/annotate/screens.h"
#include "ui/annotate/servings.h"
#include "ui/list.h"
#include "ui/paint.h"

#include "core/base/banned.h"

struct earlier {
    struct work_screen work; /* must be first */
    struct pool pool;
    struct serving_line *lines; /* seen ones only */
    struct list list;
    int current; /* the position in hand */
    bool read;
    void (*chosen)(struct screen *asker, struct frame *frame, int position);
};

static unsigned earlier_contexts(const struct screen *screen) {
    (void)screen;
    return IN_LIST;
}

static void draw_row(void *data, size_t index, bool selected, struct surface *surface, struct rect area) {
    const struct earlier *earlier = data;
    const struct serving_line *line = &earlier->lines[index];
    serving_line_draw(earlier->work.sitting, line, line->position == earlier->current, selected, surface, area);
}

static void earlier_draw(struct screen *screen, struct surface *surface) {
    struct earlier *earlier = (struct earlier *)screen;
    struct rect area = surface_rect(surface);
    struct buffer left = BUFFER_INIT, right = BUFFER_INIT;
    sitting_title(earlier->work.sitting, 0, &left, &right);
    buffer_add_string(&left, " › earlier in this batch");
    frame_title(surface, &area, left.data, right.data);
    frame_hint(surface, &area, IN_LIST);
    rect_cut_left(&area, 1);
    rect_cut_right(&area, 1);
    if (earlier->read && earlier->list.count == 0)
        paint_string(surface, area, 1, 2, INK_NORMAL, "Nothing yet: this is the first item of the batch.");
    list_draw(&earlier->list, surface, area, draw_row, earlier);
    buffer_release(&left);
    buffer_release(&right);
}

static bool was_seen(const struct earlier *earlier, const struct serving_line *line) {
    return line->state == SERVING_JUDGED || line->state == SERVING_ASIDE || line->has_draft ||
           line->position == earlier->current;
}

static void earlier_read(struct work_screen *work, struct frame *frame) {
    struct earlier *earlier = (struct earlier *)work;
    struct error error = ERROR_INIT;
    size_t count, seen = 0;
    pool_clear(&earlier->pool);
    int status =
        batch_lines(work->sitting->store, &work->sitting->batch, &earlier->pool, &earlier->lines, &count, &error);
    if (!work_done(work, frame, status, &error, earlier_read))
        return;
    earlier->read = true;
    for (size_t i = 0; i < count; i++)
        if (was_seen(earlier, &earlier->lines[i]))
            earlier->lines[seen++] = earlier->lines[i];
    list_set_count(&earlier->list, seen);
    for (size_t i = 0; i < seen; i++)
        if (earlier->lines[i].position == earlier->current)
            earlier->list.selected = i > 0 ? i - 1 : i; /* most often the one before is wanted */
}

static bool earlier_key(struct screen *screen, struct frame *frame, const struct key *key) {
    struct earlier *earlier = (struct earlier *)screen;
    struct screen *asker = screen->below;
    enum request request = list_lookup(&earlier->list, &frame->surface, key);
    if (work_waits(&earlier->work, frame, key))
        return true;
    if (request == REQUEST_OPEN && earlier->list.count > 0) {
        int position = earlier->lines[earlier->list.selected].position, current = earlier->current;
        void (*chosen)(struct screen *, struct frame *, int) = earlier->chosen;
        frame_pop(frame);
        if (position != current)
            chosen(asker, frame, position);
        return true;
    }
    if (request == REQUEST_CLOSE) {
        frame_pop(frame);
        return true;
    }
    return list_request(&earlier->list, request);
}

static void earlier_close(struct screen *screen) {
    struct earlier *earlier = (struct earlier *)screen;
    pool_release(&earlier->pool);
    memory_free(earlier);
}

void earlier_open(struct sitting *sitting, struct frame *frame, int current,
                  void (*chosen)(struct screen *asker, struct frame *frame, int position)) {
    static const struct screen_class class = {.name = "earlier",
                                              .draw = earlier_draw,
                                              .key = earlier_key,
                                              .contexts = earlier_contexts,
                                              .close = earlier_close};
    struct earlier *earlier = memory_new(1, sizeof *earlier);
    earlier->work = (struct work_screen){.screen = {.class = &class}, .sitting = sitting};
    earlier->current = current;
    earlier->chosen = chosen;
    frame_push(frame, &earlier->work.screen);
    earlier_read(&earlier->work, frame);
}
