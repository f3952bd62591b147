/* A text over the whole screen: guideline, help, about. Scrolled, searched, raw, or in $PAGER. */
#include <string.h>

#include "core/base/memory.h"
#include "ui/paint.h"
#include "ui/search.h"
#include "ui/text_keys.h"

#include "core/base/banned.h"

struct reader {
    struct screen screen;
    char *title;
    char *text; /* Markdown */
    size_t length;
    struct text_view view;
    int rows; /* of the last draw */
};

static unsigned reader_contexts(const struct screen *screen) {
    const struct reader *reader = (const struct reader *)screen;
    return IN_PAGER | text_view_contexts(&reader->view);
}

static void reader_draw(struct screen *screen, struct surface *surface) {
    struct reader *reader = (struct reader *)screen;
    struct rect area = surface_rect(surface);
    struct buffer right = BUFFER_INIT;
    struct rect body = rect_make(2, 1, area.rows - 3, area.columns - 2);
    reader->rows = body.rows;
    text_view_draw(&reader->view, surface, body);
    if (reader->view.searching)
        search_words(&reader->view, &right);
    if (!text_view_fits(&reader->view, body.rows))
        buffer_add_format(&right, "%s%d %%", right.length ? " · " : "",
                          (int)(text_view_share(&reader->view, body.rows) * 100 + 0.5));
    frame_title(surface, &area, reader->title, right.data);
    frame_hint(surface, &area, reader_contexts(screen));
    buffer_release(&right);
}

static void searched(struct screen *screen, struct frame *frame, struct slice text) {
    struct reader *reader = (struct reader *)screen;
    search_begin(&reader->view, frame, text, reader->rows);
}

static void page(struct reader *reader, struct frame *frame) {
    struct error error = ERROR_INIT;
    if (frame_page(frame, slice_make(reader->text, reader->length), &error) != 0)
        frame_say(frame, INK_ERROR, "%s", error.text);
}

static bool reader_key(struct screen *screen, struct frame *frame, const struct key *key) {
    struct reader *reader = (struct reader *)screen;
    struct text_view *view = &reader->view;
    int rows = reader->rows;
    enum request request = keymap_lookup(*key, reader_contexts(screen));
    switch (request) {
    case REQUEST_RAW:
        text_view_set(view, slice_make(reader->text, reader->length),
                      view->mode == TEXT_MARKDOWN ? TEXT_RAW : TEXT_MARKDOWN);
        break;
    case REQUEST_PAGER:
        page(reader, frame);
        break;
    case REQUEST_DONE:
    case REQUEST_CLOSE:
        frame_pop(frame);
        break;
    default:
        return search_request(view, frame, request, rows, searched) || text_view_request(view, request, rows);
    }
    return true;
}

static void reader_close(struct screen *screen) {
    struct reader *reader = (struct reader *)screen;
    text_view_release(&reader->view);
    memory_free(reader->title);
    memory_free(reader->text);
    memory_free(reader);
}

void frame_read(struct frame *frame, const char *title, struct slice markdown) {
    static const struct screen_class class = {
        .name = "reader", .draw = reader_draw, .key = reader_key, .contexts = reader_contexts, .close = reader_close};
    struct reader *reader = memory_new(1, sizeof *reader);
    reader->screen.class = &class;
    reader->title = memory_copy(title, strlen(title));
    reader->text = memory_copy(markdown.data ? markdown.data : "", markdown.length);
    reader->length = markdown.length;
    text_view_init(&reader->view);
    text_view_set(&reader->view, slice_make(reader->text, reader->length), TEXT_MARKDOWN);
    frame_push(frame, &reader->screen);
}
