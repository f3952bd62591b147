/* The side pane; see pane.h. A part is drawn by one function, which returns the row behind it; on an area without rows it only counts. */
#include "ui/annotate/pane.h"

#include <math.h>

#include "core/base/array.h"
#include "ui/annotate/phrases.h"
#include "ui/keymap.h"
#include "ui/paint.h"

#include "core/base/banned.h"

enum { INDENT = 2, CATEGORIES_SHOWN = 4, SIDE_FROM = 10 };

typedef int draw_part(const struct pane *pane, struct surface *surface, struct rect area, int row);

static int percent(double share) {
    return (int)floor(share * 100 + 0.5);
}

/* The heading with a word at the right, or below where both have no room on one row. */
static int head(struct surface *surface, struct rect area, int row, const char *title, const char *word, enum ink ink) {
    paint_string(surface, area, row, 0, INK_STRONG, title);
    if (!word)
        return row + 1;
    if ((int)(text_columns(slice_of(title)) + text_columns(slice_of(word))) < area.columns)
        paint_right_string(surface, area, row, 0, ink, word);
    else
        paint_string(surface, area, ++row, INDENT, ink, word);
    return row + 1;
}

static int too_early(struct surface *surface, struct rect area, int row, const char *title) {
    return head(surface, area, row, title, "too early", INK_DIM);
}

static int draw_progress(const struct pane *pane, struct surface *surface, struct rect area, int row) {
    struct buffer spent = BUFFER_INIT;
    phrase_duration(&spent, pane->today_ms);
    row = head(surface, area, row, "Today", NULL, INK_DIM);
    paint_format(surface, area, row, INDENT, INK_NORMAL, "%lld done", (long long)pane->today_judged);
    paint_right(surface, area, row++, 0, INK_NORMAL, buffer_slice(&spent));
    if (pane->aim > 0) {
        int column = paint_format(surface, area, row, INDENT, INK_DIM, "aim %d", pane->aim) + 2;
        paint_bar(surface, area, row++, column, area.columns - column, (double)pane->today_judged / pane->aim,
                  INK_ACCENT);
    }
    if (pane->batch_name.text[0]) {
        buffer_clear(&spent);
        paint_string(surface, area, row, INDENT, INK_DIM, pane->batch_name.text);
        buffer_add_format(&spent, "%d of %d", pane->batch_done, pane->batch_size);
        paint_right(surface, area, row++, 0, INK_NORMAL, buffer_slice(&spent));
    }
    buffer_release(&spent);
    return row;
}

/* "9 of 12" behind the category's name. */
static int draw_categories(const struct pane *pane, struct surface *surface, struct rect area, int row) {
    const struct person_gold *gold = &pane->figures->gold;
    struct buffer words = BUFFER_INIT;
    for (size_t i = 0; i < gold->category_count && i < CATEGORIES_SHOWN; i++, row++) {
        const struct person_category *category = &gold->categories[i];
        const char *name = pane->history->categories[category->category];
        buffer_clear(&words);
        buffer_add_format(&words, "%zu of %zu", category->right, category->n);
        paint_fit(surface, area, row, INDENT, area.columns - 14, INK_DIM, slice_of(name[0] ? name : "no category"));
        paint_right(surface, area, row, 0, INK_DIM, buffer_slice(&words));
    }
    buffer_release(&words);
    return row;
}

static int draw_gold(const struct pane *pane, struct surface *surface, struct rect area, int row) {
    const struct person_gold *gold = &pane->figures->gold;
    struct buffer words = BUFFER_INIT;
    buffer_add_format(&words, "as of batch %d", pane->as_of);
    if (gold->n < PERSON_ROW_FROM) {
        row = too_early(surface, area, row, "Gold");
        buffer_release(&words);
        return row;
    }
    row = head(surface, area, row, "Gold", words.data, INK_DIM);
    paint_format(surface, area, row++, INDENT, INK_NORMAL, "%zu of %zu as the reference", gold->right, gold->n);
    paint_format(surface, area, row++, INDENT, INK_NORMAL, "likely %d–%d %%", percent(gold->figure.low),
                 percent(gold->figure.high));
    if (gold->wrong_side + gold->wrong_strength > 0)
        paint_format(surface, area, row++, INDENT, INK_DIM, "%zu other side, %zu strength", gold->wrong_side,
                     gold->wrong_strength);
    if (gold->mix.older) {
        buffer_clear(&words);
        version_mix_say_few(&gold->mix, &words);
        paint_text(surface, area, row++, INDENT, INK_WARNING, buffer_slice(&words));
    }
    row = draw_categories(pane, surface, area, row);
    paint_string(surface, area, row++, INDENT, INK_DIM, "gold is easier than most");
    buffer_release(&words);
    return row;
}

static int draw_drift(const struct pane *pane, struct surface *surface, struct rect area, int row) {
    const struct person_drift *drift = &pane->figures->drift;
    if (!drift->designed || drift->word == DRIFT_TOO_EARLY)
        return too_early(surface, area, row, "Drift");
    bool below = drift->word == DRIFT_BELOW_BAR;
    row = head(surface, area, row, "Drift", drift_word_name(drift->word), below ? INK_WARNING : INK_NORMAL);
    int column = paint_format(surface, area, row, INDENT, INK_DIM, "%d ", drift->design.limit), end = area.columns - 6;
    for (int i = column; i < end; i++)
        paint_string(surface, area, row, i, INK_DIM, "┈");
    paint_right_string(surface, area, row++, 0, INK_DIM, "limit");
    double values[256];
    size_t count = 0, most = (size_t)(end > column ? end - column : 0);
    size_t from = drift->column_count > most ? drift->column_count - most : 0;
    for (size_t i = from; i < drift->column_count && count < COUNT_OF(values); i++)
        values[count++] = drift->columns[i].most;
    paint_spark(surface, area, row++, column, values, count, drift->design.limit, below ? INK_WARNING : INK_ACCENT);
    return row;
}

static int draw_confidence(const struct pane *pane, struct surface *surface, struct rect area, int row) {
    const struct confidence_figures *confidence = &pane->figures->confidence;
    if (confidence->n < CONFIDENCE_EARLY || confidence->verdict == CONFIDENCE_TOO_EARLY)
        return too_early(surface, area, row, "Confidence");
    bool fits = confidence->verdict == CONFIDENCE_FITS;
    row = head(surface, area, row, "Confidence", confidence_verdict_name(confidence->verdict),
               fits ? INK_NORMAL : INK_WARNING);
    paint_format(surface, area, row++, INDENT, INK_NORMAL, "you said %d %% on average",
                 (int)floor(confidence->mean_percent + 0.5));
    paint_format(surface, area, row++, INDENT, INK_NORMAL, "%zu of %zu matched", confidence->right, confidence->n);
    return row;
}

static int draw_habits(const struct pane *pane, struct surface *surface, struct rect area, int row) {
    const struct person_figures *figures = pane->figures;
    if (figures->side_chosen < SIDE_FROM)
        return too_early(surface, area, row, "Habits");
    row = head(surface, area, row, "Habits", NULL, INK_DIM);
    double share = (double)figures->first_chosen / (double)figures->side_chosen;
    paint_format(surface, area, row++, INDENT, INK_NORMAL, "left side %d %%", percent(share));
    paint_string(surface, area, row++, INDENT, INK_DIM,
                 figures->shown_first.chance ? "as chance would have it"
                 : share > 0.5               ? "more often than by chance"
                                             : "less often than by chance");
    return row;
}

static int draw_retests(const struct pane *pane, struct surface *surface, struct rect area, int row) {
    const struct consistency *retest = &pane->figures->retest;
    if (retest->n == 0)
        return head(surface, area, row, "Retests", "none yet", INK_DIM);
    row = head(surface, area, row, "Retests", NULL, INK_DIM);
    paint_format(surface, area, row++, INDENT, INK_NORMAL, "%zu of %zu the same", retest->same_count, retest->n);
    return row;
}

static draw_part *const drawers[PANE_PARTS] = {
    [PANE_PROGRESS] = draw_progress,     [PANE_GOLD] = draw_gold,     [PANE_DRIFT] = draw_drift,
    [PANE_CONFIDENCE] = draw_confidence, [PANE_HABITS] = draw_habits, [PANE_RETESTS] = draw_retests,
};

/* Before the first hand-in there are no figures, and one sentence says so. */
static bool figures_there(const struct pane *pane) {
    return pane->figures && pane->as_of > 0;
}

static int draw_promise(struct surface *surface, struct rect area, int row) {
    row = head(surface, area, row, "Figures", NULL, INK_DIM);
    paint_string(surface, area, row++, INDENT, INK_DIM, "come with your first");
    paint_string(surface, area, row++, INDENT, INK_DIM, "hand-in, and move then");
    return row;
}

static int draw_one(const struct pane *pane, int part, struct surface *surface, struct rect area, int row) {
    return drawers[pane->parts[part]](pane, surface, area, row);
}

static int rows_of(const struct pane *pane, int part, struct surface *surface, struct rect area) {
    struct rect nothing = {area.row, area.column, 0, area.columns};
    return draw_one(pane, part, surface, nothing, 0);
}

void pane_draw(const struct pane *pane, struct surface *surface, struct rect area) {
    int row = 0;
    for (int i = 0; i < pane->part_count; i++) {
        if (pane->parts[i] != PANE_PROGRESS && !figures_there(pane))
            continue;
        if (row + rows_of(pane, i, surface, area) > area.rows)
            continue;
        row = draw_one(pane, i, surface, area, row) + 1;
    }
    if (!figures_there(pane) && row + 3 <= area.rows)
        draw_promise(surface, area, row);
}

/* Of `count` parts, one under the other with blank rows between. */
static int rows_of_all(const struct pane *pane, int count, struct surface *surface, struct rect area) {
    int rows = count - 1;
    for (int i = 0; i < count; i++)
        rows += rows_of(pane, i, surface, area);
    return rows;
}

void pane_draw_page(const struct pane *pane, struct surface *surface, struct rect area) {
    enum { COLUMN = 34, GAP = 4, COLUMNS_MOST = 3 };
    struct pane half = *pane;
    int across = (area.columns + GAP) / (COLUMN + GAP);
    across = across < 1 ? 1 : across > COLUMNS_MOST ? COLUMNS_MOST : across;
    if (!figures_there(pane))
        across = 1;
    int done = 0;
    for (int column = 0; column < across; column++) {
        struct rect part = {area.row, area.column + column * (COLUMN + GAP), area.rows, COLUMN};
        int left = pane->part_count - done, take = (left + across - column - 1) / (across - column);
        half.parts = pane->parts + done;
        while (take > 1 && column + 1 < across && rows_of_all(&half, take, surface, part) > part.rows)
            take--; /* what comes first in the order is not what is left out */
        half.part_count = take;
        pane_draw(&half, surface, rect_meet(part, area));
        done += take;
    }
}

void pane_draw_line(const struct pane *pane, struct surface *surface, struct rect area, int row) {
    struct buffer words = BUFFER_INIT;
    if (!figures_there(pane)) {
        buffer_add_string(&words, "figures come with your first hand-in");
    } else if (pane->figures->gold.n < PERSON_ROW_FROM) {
        buffer_add_string(&words, "gold too early");
    } else {
        const struct person_gold *gold = &pane->figures->gold;
        buffer_add_format(&words, "gold %zu of %zu · likely %d–%d %%", gold->right, gold->n, percent(gold->figure.low),
                          percent(gold->figure.high));
        buffer_add_string(&words, gold->mix.older ? ", " : "");
        version_mix_say_few(&gold->mix, &words);
    }
    if (figures_there(pane))
        buffer_add_format(&words, " · drift %s",
                          pane->figures->drift.designed ? drift_word_name(pane->figures->drift.word) : "too early");
    if (!figures_there(pane) || pane->figures->gold.mix.older == 0) { /* there is room for one of the two */
        buffer_add_format(&words, " · %lld today", (long long)pane->today_judged);
        if (pane->aim > 0)
            buffer_add_format(&words, ", aim %d", pane->aim);
    }
    buffer_add_format(&words, " · %s pane", keymap_word(REQUEST_PANE, IN_READING).text);
    paint_text(surface, area, row, 1, INK_DIM, buffer_slice(&words));
    buffer_release(&words);
}
