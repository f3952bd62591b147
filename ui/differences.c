#include "ui/differences.h"

#include <string.h>

#include "core/base/memory.h"
#include "core/base/pool.h"
#include "ui/paint.h"
#include "ui/search.h"
#include "ui/text_difference.h"
#include "ui/text_keys.h"

#include "core/base/banned.h"

enum {
    BESIDE_FROM = 76,  /* columns from which texts stand beside each other at first */
    BESIDE_LEAST = 48, /* and at all */
};

enum wish { WISH_NOTHING, WISH_BESIDE, WISH_INLINE };

struct differences {
    struct screen screen; /* must be first */
    struct pool pool;     /* of the texts */
    struct compared_text *texts;
    size_t count;
    size_t fixed, partner; /* the two that are compared */
    struct text_difference difference;
    struct text_view view;
    enum wish wish;
    int rows, columns; /* of the body at the last draw */
};

static size_t left_of(const struct differences *screen) {
    return screen->fixed < screen->partner ? screen->fixed : screen->partner;
}

static size_t right_of(const struct differences *screen) {
    return screen->fixed < screen->partner ? screen->partner : screen->fixed;
}

static void compare(struct differences *screen) {
    bool open = screen->difference.open, beside = screen->difference.beside;
    text_difference_release(&screen->difference);
    text_difference_init(&screen->difference, screen->texts[left_of(screen)].text,
                         screen->texts[right_of(screen)].text);
    screen->difference.open = open;
    screen->difference.beside = beside;
    text_difference_show(&screen->difference, &screen->view);
}

/* Makes the view anew, about where it stands. */
static void show_again(struct differences *screen) {
    double share = text_view_share(&screen->view, screen->rows);
    text_difference_show(&screen->difference, &screen->view);
    if (screen->columns > 0) {
        text_view_width(&screen->view, screen->columns);
        text_view_to_share(&screen->view, share, screen->rows);
    }
}

/* --- Drawing ----------------------------------------------------------------------------------------------------------- */

static unsigned contexts(const struct screen *screen) {
    const struct differences *differences = (const struct differences *)screen;
    return IN_DIFFERENCES | text_view_contexts(&differences->view);
}

static bool fits_beside(const struct differences *screen, int columns) {
    if (screen->wish == WISH_NOTHING)
        return columns >= BESIDE_FROM;
    return screen->wish == WISH_BESIDE && columns >= BESIDE_LEAST;
}

/* "─ A ─────┬─ B ─────": what stands in the halves below. */
static void draw_heads(struct differences *screen, struct surface *surface, struct rect area, struct rect body) {
    struct rect head = rect_make(body.row - 1, area.column, 1, area.columns);
    const char *left = screen->texts[left_of(screen)].name, *right = screen->texts[right_of(screen)].name;
    paint_rule(surface, head, 0);
    if (!screen->difference.beside) {
        int column = paint_format(surface, head, 0, 2, INK_REMOVED, " [-only in %s-] ", left);
        paint_format(surface, head, 0, column, INK_ADDED, "{+only in %s+} ", right);
        return;
    }
    int middle = body.column + (body.columns - 3) / 2 + 1;
    paint_upright(surface, rect_make(head.row, middle, body.rows + 1, 1), 0);
    int column = paint_format(surface, head, 0, 2, INK_STRONG, " %s ", left);
    paint_format(surface, head, 0, column, INK_REMOVED, "[-only here-] ");
    column = paint_format(surface, head, 0, middle + 2 - head.column, INK_STRONG, " %s ", right);
    paint_format(surface, head, 0, column, INK_ADDED, "{+only here+} ");
}

static void draw_title(struct differences *screen, struct surface *surface, struct rect *area, int rows) {
    struct buffer left = BUFFER_INIT, right = BUFFER_INIT;
    const struct text_view *view = &screen->view;
    const struct text_difference *difference = &screen->difference;
    buffer_add_format(&left, "differences › %s and %s", screen->texts[left_of(screen)].name,
                      screen->texts[right_of(screen)].name);
    if (view->searching)
        search_words(view, &right);
    if (difference->hand < difference->changes.count)
        buffer_add_format(&right, "%sdifference %zu of %zu", right.length ? " · " : "", difference->hand + 1,
                          difference->changes.count);
    if (!text_view_fits(&screen->view, rows))
        buffer_add_format(&right, "%s%d %%", right.length ? " · " : "", (int)(text_view_share(view, rows) * 100 + 0.5));
    frame_title(surface, area, left.data, right.data);
    buffer_release(&left);
    buffer_release(&right);
}

static void draw(struct screen *screen, struct surface *surface) {
    struct differences *differences = (struct differences *)screen;
    struct rect area = rect_make(2, 0, surface->rows - 3, surface->columns), whole = surface_rect(surface);
    struct buffer summary = BUFFER_INIT, notice = BUFFER_INIT;
    text_difference_summary(&differences->difference, differences->texts[left_of(differences)].name,
                            differences->texts[right_of(differences)].name, &summary, &notice);
    if (differences->count > 2)
        paint_right_string(surface, area, 0, 1, INK_DIM, "←→ another response");
    int row = paint_paragraph(surface, rect_inset(area, 0, 1), 0, INK_STRONG, buffer_slice(&summary));
    if (notice.length > 0)
        row = paint_paragraph(surface, rect_inset(area, 0, 1), row, INK_WARNING, buffer_slice(&notice));
    rect_cut_top(&area, row + 1);
    struct rect body = rect_inset(area, 0, 1);
    if (fits_beside(differences, body.columns) != differences->difference.beside) {
        differences->difference.beside = !differences->difference.beside;
        show_again(differences);
    }
    differences->rows = body.rows;
    differences->columns = body.columns;
    text_view_draw(&differences->view, surface, body);
    int hand = text_difference_hand_row(&differences->difference, &differences->view, body.rows);
    if (hand >= 0)
        paint_string(surface, area, hand, 0, INK_ACCENT, "▌");
    draw_heads(differences, surface, area, body);
    draw_title(differences, surface, &whole, body.rows);
    frame_hint(surface, &whole, contexts(screen));
    buffer_release(&summary);
    buffer_release(&notice);
}

/* --- Keys -------------------------------------------------------------------------------------------------------------- */

static void searched(struct screen *screen, struct frame *frame, struct slice text) {
    struct differences *differences = (struct differences *)screen;
    search_begin(&differences->view, frame, text, differences->rows);
}

static void next_partner(struct differences *screen, struct frame *frame, size_t step) {
    if (screen->count == 2) {
        frame_say(frame, INK_NORMAL, "there are two responses");
        return;
    }
    do
        screen->partner = (screen->partner + step) % screen->count;
    while (screen->partner == screen->fixed);
    compare(screen);
}

static void unfold(struct differences *screen, struct frame *frame) {
    if (!screen->difference.has_folds) {
        frame_say(frame, INK_NORMAL, "nothing is folded");
        return;
    }
    screen->difference.open = !screen->difference.open;
    show_again(screen);
}

static void arrange(struct differences *screen, struct frame *frame) {
    screen->wish = screen->difference.beside ? WISH_INLINE : WISH_BESIDE;
    if (screen->wish == WISH_BESIDE && screen->columns < BESIDE_LEAST)
        frame_say(frame, INK_WARNING, "too narrow for two texts side by side");
}

static void go(struct differences *screen, struct frame *frame, int direction) {
    if (!text_difference_go(&screen->difference, &screen->view, direction, screen->rows))
        frame_say(frame, INK_NORMAL, direction > 0 ? "no difference further down" : "no difference further up");
}

static bool take_key(struct screen *screen, struct frame *frame, const struct key *key) {
    struct differences *differences = (struct differences *)screen;
    struct text_view *view = &differences->view;
    enum request request = keymap_lookup(*key, contexts(screen));
    switch (request) {
    case REQUEST_CLOSE_DIFFERENCES:
        frame_pop(frame);
        return true;
    case REQUEST_NEXT_CHANGE:
    case REQUEST_PREVIOUS_CHANGE:
        go(differences, frame, request == REQUEST_NEXT_CHANGE ? 1 : -1);
        return true;
    case REQUEST_UNFOLD:
        unfold(differences, frame);
        return true;
    case REQUEST_NEXT_PARTNER:
        next_partner(differences, frame, 1);
        return true;
    case REQUEST_PREVIOUS_PARTNER:
        next_partner(differences, frame, differences->count - 1);
        return true;
    case REQUEST_ARRANGE:
        arrange(differences, frame);
        return true;
    default:
        return search_request(view, frame, request, differences->rows, searched) ||
               text_view_request(view, request, differences->rows);
    }
}

static void close_differences(struct screen *screen) {
    struct differences *differences = (struct differences *)screen;
    text_difference_release(&differences->difference);
    text_view_release(&differences->view);
    pool_release(&differences->pool);
    memory_free(differences);
}

void differences_open(struct frame *frame, const struct compared_text *texts, size_t count, size_t first,
                      size_t second) {
    static const struct screen_class class = {
        .name = "differences", .draw = draw, .key = take_key, .contexts = contexts, .close = close_differences};
    struct differences *differences = memory_new(1, sizeof *differences);
    differences->screen.class = &class;
    differences->texts = pool_new(&differences->pool, count, sizeof *texts);
    differences->count = count;
    for (size_t i = 0; i < count; i++)
        differences->texts[i] = (struct compared_text){texts[i].name, pool_slice(&differences->pool, texts[i].text)};
    differences->fixed = first;
    differences->partner = second;
    text_view_init(&differences->view);
    compare(differences);
    frame_push(frame, &differences->screen);
}
