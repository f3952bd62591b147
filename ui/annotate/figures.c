/* A page of figures; see figures.h. */
#include "ui/annotate/figures.h"

#include "core/base/memory.h"
#include "ui/annotate/screens.h"
#include "ui/paint.h"

#include "core/base/banned.h"

enum { TEXT_COLUMNS = 76 };

struct figures {
    struct screen screen; /* must be first */
    struct pane pane;
    char *title, *right, *introduction; /* introduction may be NULL */
};

static unsigned figures_contexts(const struct screen *screen) {
    (void)screen;
    return IN_LIST;
}

static void figures_draw(struct screen *screen, struct surface *surface) {
    const struct figures *figures = (const struct figures *)screen;
    struct rect area = surface_rect(surface);
    struct buffer note = BUFFER_INIT;
    frame_title(surface, &area, figures->title, figures->right);
    struct rect hint = rect_cut_bottom(&area, 1);
    paint_format(surface, hint, 0, 1, INK_DIM, "%s back", keymap_word(REQUEST_OPEN, IN_LIST).text);
    rect_cut_left(&area, 3);
    rect_cut_right(&area, 2);
    rect_cut_top(&area, 1);
    if (figures->introduction) {
        struct rect text = area;
        text.columns = text.columns < TEXT_COLUMNS ? text.columns : TEXT_COLUMNS;
        rect_cut_top(&area, paint_paragraph(surface, text, 0, INK_NORMAL, slice_of(figures->introduction)) + 1);
    }
    if (figures->pane.as_of > 0)
        buffer_add_format(&note, "As of batch %d, the last one handed in. Nothing moves between two hand-ins.",
                          figures->pane.as_of);
    paint_text(surface, rect_cut_bottom(&area, 1), 0, 0, INK_DIM, buffer_slice(&note));
    pane_draw_page(&figures->pane, surface, area);
    buffer_release(&note);
}

static bool figures_key(struct screen *screen, struct frame *frame, const struct key *key) {
    (void)screen;
    enum request request = keymap_lookup(*key, IN_LIST);
    if (request != REQUEST_OPEN && request != REQUEST_CLOSE && keymap_lookup(*key, IN_READING) != REQUEST_PANE &&
        request != REQUEST_PAGE_DOWN)
        return false;
    frame_pop(frame);
    return true;
}

static void figures_close(struct screen *screen) {
    struct figures *figures = (struct figures *)screen;
    memory_free(figures->title);
    memory_free(figures->right);
    memory_free(figures->introduction);
    memory_free(figures);
}

void figures_push(struct frame *frame, const char *title, const char *right, const char *introduction,
                  const struct pane *pane) {
    static const struct screen_class class = {.name = "figures",
                                              .draw = figures_draw,
                                              .key = figures_key,
                                              .contexts = figures_contexts,
                                              .close = figures_close};
    struct figures *figures = memory_new(1, sizeof *figures);
    figures->screen.class = &class;
    figures->pane = *pane;
    figures->title = memory_copy(title, strlen(title));
    figures->right = memory_copy(right, strlen(right));
    figures->introduction = introduction ? memory_copy(introduction, strlen(introduction)) : NULL;
    frame_push(frame, &figures->screen);
}

void figures_open(struct sitting *sitting, struct frame *frame) {
    struct buffer left = BUFFER_INIT, right = BUFFER_INIT;
    struct pane pane = sitting_pane(sitting);
    sitting_title(sitting, 0, &left, &right);
    buffer_add_string(&left, " › how you are doing");
    figures_push(frame, left.data, right.data, NULL, &pane);
    buffer_release(&left);
    buffer_release(&right);
}
