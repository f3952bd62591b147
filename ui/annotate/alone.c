/*
 * One text alone, from edge to edge and without marks or borders, so that the terminal's own selection copies it and nothing else.
 * It is the view of the judging screen: where it is scrolled to here, it stands there.
 */
#include "core/base/memory.h"
#include "ui/annotate/screens.h"
#include "ui/paint.h"
#include "ui/search.h"
#include "ui/text_keys.h"

#include "core/base/banned.h"

struct alone {
    struct work_screen work; /* must be first */
    int rows;                /* of the last draw */
};

static struct text_view *view_of(const struct alone *alone) {
    struct texts *texts = &alone->work.sitting->texts;
    return &texts->views[texts->marked];
}

static unsigned alone_contexts(const struct screen *screen) {
    return IN_PAGER | text_view_contexts(view_of((const struct alone *)screen));
}

/* While a search is open it has the bottom row; else every row is the text's. */
static void draw_search(const struct alone *alone, struct surface *surface, struct rect row) {
    struct buffer words = BUFFER_INIT;
    search_words(view_of(alone), &words);
    int column = paint_text(surface, row, 0, 1, INK_DIM, buffer_slice(&words));
    rect_cut_left(&row, column + 2);
    frame_hint(surface, &row, IN_SEARCH);
    buffer_release(&words);
}

static void alone_draw(struct screen *screen, struct surface *surface) {
    struct alone *alone = (struct alone *)screen;
    struct text_view *view = view_of(alone);
    struct rect area = surface_rect(surface);
    if (view->searching)
        draw_search(alone, surface, rect_cut_bottom(&area, 1));
    alone->rows = area.rows;
    text_view_draw(view, surface, area);
}

static void searched(struct screen *screen, struct frame *frame, struct slice text) {
    const struct alone *alone = (const struct alone *)screen;
    if (text.data && texts_search_marked(&alone->work.sitting->texts, text, alone->rows - 1) == 0 && text.length > 0)
        frame_say(frame, INK_WARNING, "not found in this text");
}

static bool alone_key(struct screen *screen, struct frame *frame, const struct key *key) {
    struct alone *alone = (struct alone *)screen;
    struct texts *texts = &alone->work.sitting->texts;
    const char *say = NULL;
    enum request request = keymap_lookup(*key, alone_contexts(screen)), reading = keymap_lookup(*key, IN_READING);
    if (request == REQUEST_DONE || request == REQUEST_CLOSE || reading == REQUEST_ALONE) {
        frame_pop(frame);
        return true;
    }
    switch (request) {
    case REQUEST_CLOSE_SEARCH: /* of the other texts, too */
        texts_search(texts, slice_of(""));
        return true;
    case REQUEST_RAW:
        texts_request(texts, request, &say);
        return true;
    case REQUEST_PAGER:
        texts_page(texts, frame);
        return true;
    default:
        break;
    }
    return search_request(view_of(alone), frame, request, alone->rows, searched) ||
           text_view_request(view_of(alone), request, alone->rows);
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
