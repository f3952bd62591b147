/* The reading area, drawn: prompt strip, responses, marks and how far each text stands; see texts.h. */
#include "ui/annotate/texts.h"

#include <math.h>

#include "ui/paint.h"

#include "core/base/banned.h"

enum {
    LEAST_SIDE = 34,  /* columns of a text that stands beside another */
    LEAST_BODY = 3,   /* rows of a text that stands above another */
    ROOMY_HEAD = 56,  /* columns of a head that has room for words */
    AIRY_COLUMNS = 44 /* from here on a blank column stands between mark and text */
};

/* --- Layout ----------------------------------------------------------------------------------------------------------- */

static int margin_of(int columns) {
    return columns >= AIRY_COLUMNS ? 2 : 1;
}

/* The columns that the text itself has in a part of the screen; at least 8, as text_view asks. */
static int body_columns(int part) {
    int columns = part - margin_of(part) - (part > LEAST_SIDE ? 1 : 0);
    return columns > 8 ? columns : 8;
}

/* Lines of a text at that width, no more than fit an int. */
static int lines_at(struct text_view *view, int columns) {
    text_view_width(view, columns);
    size_t lines = text_view_line_count(view);
    return lines < 100000 ? (int)lines : 100000;
}

/* How the responses can stand in a room of this size: of two, one above the other takes the place of side by side; more are tabs then. */
static enum arrangement arranged(const struct texts *texts, enum arrangement wanted, struct rect area) {
    int responses = texts->count - 1;
    bool side = area.columns >= responses * (LEAST_SIDE + 1) - 1, above = area.rows >= responses * (LEAST_BODY + 1);
    if (wanted == SIDE_BY_SIDE && side)
        return SIDE_BY_SIDE;
    if (wanted == STACKED || (wanted == SIDE_BY_SIDE && responses == 2))
        return above ? STACKED : ONE_TEXT;
    return ONE_TEXT;
}

bool texts_arrange(struct texts *texts) {
    for (int step = 1; step < ARRANGEMENTS; step++) {
        enum arrangement next = (texts->arrangement + (enum arrangement)step) % ARRANGEMENTS;
        if (arranged(texts, next, texts->area) != arranged(texts, texts->arrangement, texts->area)) {
            texts->arrangement = next;
            return true;
        }
    }
    return false;
}

static int texts_across(const struct texts *texts, struct rect area) {
    return arranged(texts, texts->arrangement, area) == SIDE_BY_SIDE ? texts->count - 1 : 1;
}

/* Where each response goes, heads included; empty for what is not shown. */
static void place_responses(const struct texts *texts, struct rect area, struct rect parts[TEXTS_MOST]) {
    int responses = texts->count - 1;
    for (int i = 0; i < texts->count; i++)
        parts[i] = (struct rect){0};
    switch (arranged(texts, texts->arrangement, area)) {
    case SIDE_BY_SIDE:
        rect_divide(area, responses, 1, parts + 1);
        break;
    case STACKED:
        rect_stack(area, responses, 0, parts + 1);
        break;
    default:
        parts[texts->answer] = area;
    }
}

/* Rows of the prompt's text: all of it where the responses leave room, else a share of the area. */
static int prompt_rows(struct texts *texts, struct rect area, bool dense, int heads) {
    int across = texts_across(texts, area), responses = texts->count - 1;
    struct rect parts[TEXTS_MOST];
    place_responses(texts, area, parts);
    int wanted = 0;
    for (int i = 1; i < texts->count; i++) {
        if (rect_empty(parts[i]))
            continue;
        int lines = lines_at(&texts->views[i], body_columns(parts[i].columns));
        if (across == responses || parts[i].rows == area.rows)
            wanted = lines > wanted ? lines : wanted;
        else
            wanted += lines + 1;
    }
    int most = dense ? area.rows / 6 : area.rows / 4, spare = area.rows - heads - wanted;
    most = spare > most ? spare : most;
    most = most < 1 ? 1 : most;
    int lines = lines_at(&texts->views[0], body_columns(area.columns));
    return lines < most ? (lines > 0 ? lines : 1) : most;
}

/* At first sight a conversation stands at its last message: that is what was asked. */
static void place_prompt(struct texts *texts, int rows) {
    struct text_view *view = &texts->views[0];
    const struct messages *messages = &texts->item->prompt;
    texts->placed = true;
    if (messages->count < 2 || text_view_fits(view, rows))
        return;
    struct text_view before;
    text_view_init(&before);
    text_view_clear(&before, view->mode);
    for (size_t i = 0; i + 1 < messages->count; i++)
        text_view_add(&before, slice_of(role_name(messages->items[i].role)), messages->items[i].content);
    text_view_width(&before, view->columns);
    text_view_exact(&before);
    text_view_exact(view);
    text_view_to_line(view, text_view_line_count(&before), rows);
    text_view_release(&before);
}

/* --- Drawing ---------------------------------------------------------------------------------------------------------- */

static void draw_mark(struct surface *surface, struct rect area) {
    for (int row = 0; row < area.rows; row++)
        paint_string(surface, area, row, 0, INK_ACCENT, "▌");
}

/* How far down a text stands, where it does not fit: "54 % ▾". */
static void scroll_word(struct text_view *view, int rows, struct buffer *out) {
    if (text_view_fits(view, rows))
        return;
    double share = text_view_share(view, rows);
    buffer_add_format(out, "%d %% %s", (int)floor(share * 100 + 0.5), share < 1 ? "▾" : "▴");
}

static void draw_body(struct texts *texts, struct surface *surface, struct rect part, int place) {
    if (texts->marked == place)
        draw_mark(surface, part);
    struct rect body = part;
    rect_cut_left(&body, margin_of(part.columns));
    body.columns = body_columns(part.columns) < body.columns ? body_columns(part.columns) : body.columns;
    texts->bodies[place] = body;
    text_view_width(&texts->views[place], body_columns(part.columns));
    texts->views[place].hit_elsewhere = texts->marked != place;
    text_view_draw(&texts->views[place], surface, body);
}

/* " A  B [C] D ": all responses where one stands alone. Returns the column behind them. */
static int draw_tabs(const struct texts *texts, struct surface *surface, struct rect head) {
    enum { ROOMY_TABS = 12 };
    int responses = texts->count - 1, step = responses <= ROOMY_TABS ? 3 : 2, column = 1;
    for (int place = 1; place <= responses; place++, column += step) {
        bool here = place == texts->answer;
        enum ink ink = !here ? INK_DIM : texts->marked == place ? INK_ACCENT : INK_STRONG;
        paint_string(surface, head, 0, column + 1, ink, text_name(place));
        if (step == 3 || place == 1 || here)
            paint_string(surface, head, 0, column, ink, here ? "[" : " ");
        else if (place != texts->answer + 1)
            paint_string(surface, head, 0, column, ink, " ");
        paint_string(surface, head, 0, column + 2, ink, here ? "]" : " ");
    }
    return column + (step == 2);
}

/* Why a text is not shown as Markdown; one word where there is little room. */
static void add_notice(const struct text_view *view, int columns, struct buffer *words) {
    const char *notice = text_view_notice(view);
    if (notice)
        buffer_add_format(words, "· %s ", columns >= ROOMY_HEAD ? notice : "plain");
}

/* "A ─────── 54 % ▾ ─" over a rule that is there. */
static void draw_head(struct texts *texts, struct surface *surface, struct rect head, int body_rows, int place) {
    bool marked = texts->marked == place;
    struct buffer words = BUFFER_INIT, scrolled = BUFFER_INIT;
    bool tabs = texts->only && texts->count > 3;
    if (!tabs)
        buffer_add_format(&words, " %s ", text_name(place));
    if (texts->raw)
        buffer_add_format(&words, "· raw ");
    add_notice(&texts->views[place], head.columns, &words);
    if (texts->only && !tabs)
        buffer_add_format(&words, "· %d of %d ", place, texts->count - 1);
    if (texts->following != APART && place == texts->answer && texts->count > 2)
        buffer_add_string(&words, texts->following == BY_HEADING ? "· by heading " : "· together ");
    int column = tabs ? draw_tabs(texts, surface, head) : 1;
    paint_text(surface, head, 0, column, marked ? INK_ACCENT : INK_STRONG, buffer_slice(&words));
    if (marked)
        paint_string(surface, head, 0, 0, INK_ACCENT, "▌");
    struct text_view *view = &texts->views[place];
    scroll_word(view, body_rows, &scrolled);
    if (scrolled.length > 0) {
        buffer_clear(&words);
        buffer_add_format(&words, " %s ", scrolled.data);
        paint_right(surface, head, 0, 1, INK_DIM, buffer_slice(&words));
    }
    buffer_release(&words);
    buffer_release(&scrolled);
}

static void draw_response(struct texts *texts, struct surface *surface, struct rect part, int place) {
    struct rect body = part, head = rect_cut_top(&body, 1);
    draw_body(texts, surface, body, place);
    draw_head(texts, surface, head, body.rows, place);
}

/* " Prompt · coding · en ", and how far down it stands; dense: over the rule above the strip. */
static void draw_prompt_head(struct texts *texts, struct surface *surface, struct rect head, int body_rows,
                             bool dense) {
    struct buffer words = BUFFER_INIT, scrolled = BUFFER_INIT;
    bool marked = texts->marked == 0;
    texts_caption(texts->item, &words);
    if (dense)
        paint_string(surface, head, 0, 0, marked ? INK_ACCENT : INK_RULE, marked ? "▌ " : "─ ");
    else if (marked)
        draw_mark(surface, head);
    int column = dense ? 2 : 1;
    column = paint_string(surface, head, 0, column, marked ? INK_ACCENT : INK_STRONG, "Prompt");
    if (words.length)
        column = paint_format(surface, head, 0, column, INK_DIM, " · %s", words.data);
    buffer_clear(&words);
    add_notice(&texts->views[0], head.columns, &words);
    paint_format(surface, head, 0, column, INK_DIM, " %s", words.data);
    scroll_word(&texts->views[0], body_rows, &scrolled);
    if (scrolled.length) {
        buffer_clear(&words);
        buffer_add_format(&words, " %s ", scrolled.data);
        paint_right(surface, head, 0, 1, INK_DIM, buffer_slice(&words));
    }
    buffer_release(&words);
    buffer_release(&scrolled);
}

static void draw_prompt(struct texts *texts, struct surface *surface, struct rect strip, bool dense) {
    struct rect body = strip, head = rect_make(strip.row - 1, strip.column, 1, strip.columns);
    if (!dense)
        head = rect_cut_top(&body, 1);
    text_view_width(&texts->views[0], body_columns(body.columns));
    if (!texts->placed)
        place_prompt(texts, body.rows);
    draw_body(texts, surface, body, 0);
    draw_prompt_head(texts, surface, head, body.rows, dense);
}

static void draw_cover(const struct texts *texts, struct surface *surface, struct rect area) {
    struct rect box = rect_centre(area, 5, area.columns - 8);
    struct buffer line = BUFFER_INIT;
    buffer_add_format(&line, "content note: %s", texts->covered);
    paint_centre(surface, box, 0, INK_STRONG, buffer_slice(&line));
    buffer_clear(&line);
    buffer_add_format(&line, "the texts are covered · %s shows them", keymap_word(REQUEST_PAGE_DOWN, IN_READING).text);
    paint_centre(surface, box, 2, INK_NORMAL, buffer_slice(&line));
    buffer_clear(&line);
    buffer_add_format(&line, "%s sets the item aside; nobody asks why",
                      keymap_word(REQUEST_SET_ASIDE, IN_READING).text);
    paint_centre(surface, box, 3, INK_DIM, buffer_slice(&line));
    buffer_release(&line);
}

void texts_draw(struct texts *texts, struct surface *surface, struct rect area, bool dense) {
    struct rect parts[TEXTS_MOST];
    for (int i = 0; i < TEXTS_MOST; i++)
        texts->bodies[i] = (struct rect){0};
    if (texts->count == 0 || rect_empty(area))
        return;
    if (texts->covered) {
        draw_cover(texts, surface, area);
        return;
    }
    bool blank = !dense && area.rows >= 22;
    int heads = 1 + (dense ? 0 : 1) + (blank ? 1 : 0);
    int rows = prompt_rows(texts, area, dense, heads);
    struct rect strip = rect_cut_top(&area, rows + (dense ? 0 : 1));
    if (blank)
        rect_cut_top(&area, 1);
    draw_prompt(texts, surface, strip, dense);
    place_responses(texts, area, parts);
    texts->area = area;
    int last_row = -1, seen = 0;
    for (int i = 1; i < texts->count; i++)
        seen += !rect_empty(parts[i]);
    texts->only = seen < texts->count - 1;
    for (int i = 1; i < texts->count; i++)
        if (!rect_empty(parts[i]) && parts[i].row != last_row) {
            last_row = parts[i].row;
            paint_rule(surface, rect_make(last_row, area.column, 1, area.columns + 1), 0);
        }
    for (int i = 2; i < texts->count && texts_across(texts, area) > 1; i++) {
        struct rect upright = {area.row, parts[i].column - 1, area.rows + 1, 1};
        paint_upright(surface, upright, 0);
    }
    for (int i = 1; i < texts->count; i++)
        if (!rect_empty(parts[i]))
            draw_response(texts, surface, parts[i], i);
}
