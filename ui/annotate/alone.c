/*
 * One text alone, from edge to edge and without marks or borders, so that the terminal's own selection copies it and nothing else.
 * It is the view of the judging screen: where it is scrolled to here, it stands there.
 */
#include "core/base/memory.h"
#include "ui/annotate/screens.h"
#include "ui/text_keys.h"

#include "core/base/banned.h"

struct alone {
    struct work_screen work; /* must be first */
    int rows;                /* of the last draw */
};

static unsigned alone_contexts(const struct screen *screen) {
    (void)screen;
    return IN_PAGER;
}

static void alone_draw(struct screen *screen, struct surface *surface) {
    struct alone *alone = (struct alone *)screen;
    struct texts *texts = &alone->work.sitting->texts;
    struct rect area = surface_rect(surface);
    alone->rows = area.rows;
    if (texts->count > 0)
        text_view_draw(&texts->views[texts->marked], surface, area);
}

static bool alone_key(struct screen *screen, struct frame *frame, const struct key *key) {
    struct alone *alone = (struct alone *)screen;
    struct texts *texts = &alone->work.sitting->texts;
    enum request request = keymap_lookup(*key, IN_PAGER), reading = keymap_lookup(*key, IN_READING);
    if (request == REQUEST_DONE || request == REQUEST_CLOSE || reading == REQUEST_ALONE) {
        frame_pop(frame);
        return true;
    }
    return text_view_request(&texts->views[texts->marked], request, alone->rows);
}

static void alone_close(struct screen *screen) {
    memory_free(screen);
}

void alone_open(struct sitting *sitting, struct frame *frame) {
    static const struct screen_class class = {
        .name = "alone", .draw = alone_draw, .key = alone_key, .contexts = alone_contexts, .close = alone_close};
    struct alone *alone = memory_new(1, sizeof *alone);
    alone->work = (struct work_screen){.screen = {.class = &class}, .sitting = sitting};
    frame_push(frame, &alone->work.screen);
    frame_say(frame, INK_DIM, "%s or %s goes back", keymap_word(REQUEST_ALONE, IN_READING).text,
              keymap_word(REQUEST_DONE, IN_PAGER).text);
}
