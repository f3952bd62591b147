/* The judging screen, drawn; see judge.h. The layout is arithmetic on the size and the rubric: nothing moves while an item is judged. */
#include "core/base/array.h"
#include "ui/annotate/answers.h"
#include "ui/annotate/judge.h"
#include "ui/annotate/pages.h"
#include "ui/paint.h"

#include "core/base/banned.h"

enum { DENSE_BELOW = 30 };

struct judge_layout {
    struct rect pane; /* beside the rest; empty: folded, or a line */
    struct rect line; /* the rule below the pane when it is a line; may be empty */
    struct rect reading;
    struct rect rule; /* one row, between reading and answering */
    struct rect answers;
    bool dense;
};

static void lay_out(const struct judge *judge, struct surface *surface, struct rect area, struct answers *answers,
                    struct judge_layout *layout) {
    const struct sitting *sitting = judge->work.sitting;
    *layout = (struct judge_layout){0};
    if (sitting->options->session) { /* others may look on: no figures */
        layout->pane = layout->line = (struct rect){0};
    } else if (surface->columns >= PANE_FROM && !sitting->pane_folded) {
        layout->pane = rect_cut_right(&area, PANE_COLUMNS);
    } else if (surface->columns < PANE_FROM) {
        layout->line = rect_cut_top(&area, 1);
    }
    layout->dense = surface->rows < DENSE_BELOW;
    int rows = answers_measure(answers, surface->rows, area.columns);
    if (judge->coach.shown) {
        int needed = coach_rows(&judge->coach, area.columns), most = area.rows / 2;
        rows = needed > rows ? needed : rows;
        rows = rows > most ? most : rows;
    }
    layout->answers = rect_cut_bottom(&area, rows);
    layout->rule = rect_cut_bottom(&area, 1);
    layout->reading = area;
}

static void draw_pane(const struct judge *judge, struct surface *surface, const struct judge_layout *layout, int end) {
    struct pane pane = sitting_pane(judge->work.sitting);
    if (!rect_empty(layout->line)) {
        /* the title's rule gives its place to the figures, and stands below them */
        struct rect line = {layout->line.row - 1, layout->line.column, 1, layout->line.columns};
        paint_fill(surface, line, INK_NORMAL);
        pane_draw_line(&pane, surface, line, 0);
        paint_rule(surface, layout->line, 0);
        return;
    }
    if (rect_empty(layout->pane))
        return;
    struct rect upright = {layout->pane.row - 1, layout->pane.column, end - layout->pane.row + 1, 1};
    paint_upright(surface, upright, 0);
    struct rect inside = layout->pane;
    rect_cut_left(&inside, 2);
    rect_cut_right(&inside, 1);
    pane_draw(&pane, surface, inside);
}

/* A reading key and the words behind it. */
struct hint {
    enum request request;
    const char *words;
};

static void draw_hints(struct surface *surface, struct rect row, int column, const struct hint *hints, size_t count) {
    for (size_t i = 0; i < count; i++)
        column = paint_format(surface, row, 0, column, INK_DIM, "%s%s", keymap_word(hints[i].request, IN_READING).text,
                              hints[i].words);
}

/* What the keys do while the reference is shown. */
static void draw_coached_hint(struct surface *surface, struct rect row) {
    static const struct hint hints[] = {{REQUEST_SCROLL_UP, ""},
                                        {REQUEST_SCROLL_DOWN, " "},
                                        {REQUEST_PREVIOUS_TEXT, ""},
                                        {REQUEST_NEXT_TEXT, " texts   "},
                                        {REQUEST_ALONE, " alone   "},
                                        {REQUEST_ABOUT, " all of why   "},
                                        {REQUEST_GUIDELINE, " guideline   "},
                                        {REQUEST_HELP, " keys"}};
    int column =
        paint_format(surface, row, 0, 1, INK_DIM, "%s next item   ", keymap_word(REQUEST_SUBMIT, IN_ANSWERING).text);
    draw_hints(surface, row, column, hints, COUNT_OF(hints));
}

/* And while the texts are covered. */
static void draw_covered_hint(struct surface *surface, struct rect row) {
    static const struct hint hints[] = {{REQUEST_PAGE_DOWN, " show the texts   "},
                                        {REQUEST_SET_ASIDE, " set aside   "},
                                        {REQUEST_EARLIER, " earlier   "},
                                        {REQUEST_GUIDELINE, " guideline   "},
                                        {REQUEST_LEAVE, " leave   "},
                                        {REQUEST_HELP, " keys"}};
    draw_hints(surface, row, 1, hints, COUNT_OF(hints));
}

void judge_draw(struct screen *screen, struct surface *surface) {
    struct judge *judge = (struct judge *)screen;
    struct sitting *sitting = judge->work.sitting;
    struct rect area = surface_rect(surface);
    struct buffer left = BUFFER_INIT, right = BUFFER_INIT;
    struct judge_layout layout;
    struct answers answers = {.form = &judge->form, .why = judge->typing ? &judge->why : NULL};
    judge->columns = surface->columns;
    sitting_title(sitting, judge->loaded ? judge->serving.position : 0, &left, &right);
    frame_title(surface, &area, left.data, right.data);
    struct rect hint = rect_cut_bottom(&area, 1);
    if (judge->loaded) {
        if (surface->rows >= DENSE_BELOW) {
            struct rect hint_rule = rect_cut_bottom(&area, 1);
            paint_rule(surface, hint_rule, 0);
        }
        lay_out(judge, surface, area, &answers, &layout);
        draw_pane(judge, surface, &layout, area.row + area.rows + 1);
        layout.rule.columns += rect_empty(layout.pane) ? 0 : 1; /* onto the pane's line */
        paint_rule(surface, layout.rule, 0);
        texts_draw(&sitting->texts, surface, layout.reading, layout.dense);
        if (judge->coach.shown)
            coach_draw(&judge->coach, &sitting->rubric, judge->serving.shown, surface, layout.answers);
        else
            answers_draw(&answers, surface, layout.answers);
    }
    if (judge->coach.shown)
        draw_coached_hint(surface, hint);
    else if (sitting->texts.covered)
        draw_covered_hint(surface, hint);
    else
        frame_hint(surface, &hint, judge_contexts(screen)); /* last: it names the keys for what the texts now show */
    buffer_release(&left);
    buffer_release(&right);
}

void judge_help(const struct screen *screen, struct buffer *out) {
    const struct judge *judge = (const struct judge *)screen;
    if (judge->loaded && judge->form.responses > 2 && !(judge_contexts(screen) & IN_RANKING))
        keymap_help(out, IN_RANKING); /* how a ranking is given, wherever ▸ is */
    page_texts(out);
    page_recorded(judge->work.sitting, out);
}
