/* Rows that grow with the number of responses: the ranking, the best one by a criterion, and ratings of each; see answers_parts.h. */
#include "core/text/clip.h"
#include "ui/annotate/answers_parts.h"
#include "ui/paint.h"

#include "core/base/banned.h"

static int columns_of(const char *text) {
    return (int)(text_columns(slice_of(text)) & 0xffff);
}

/* --- The ranking ------------------------------------------------------------------------------------------------------ */

/* The responses that have no place yet: "A C D". Drawn, each is the key that puts it next. */
static void draw_open_ones(const struct form *form, int gap, struct surface *surface, struct rect line, int column) {
    for (size_t i = 0; i < form->responses; i++) {
        char letter[] = {(char)('A' + i), 0};
        if (form_placed(form, i))
            continue;
        surface_add_spot(surface, rect_meet(rect_make(line.row, line.column + column, 1, 1 + gap), line),
                         key_character('A' + (uint32_t)i));
        column = paint_string(surface, line, 0, column, INK_NORMAL, letter) + gap;
    }
}

static void add_open(const struct form *form, const char *gap, struct buffer *out) {
    const char *between = "";
    for (size_t i = 0; i < form->responses; i++)
        if (!form_placed(form, i)) {
            buffer_add_format(out, "%s%c", between, (char)('A' + i));
            between = gap;
        }
}

static void draw_order(const struct form *form, struct surface *surface, struct rect line) {
    struct buffer order = BUFFER_INIT, open = BUFFER_INIT;
    struct choice none = {'0', "none", form->answer.prefer == CHOICE_NONE};
    bool empty = !form->answer.ranking.text[0];
    if (form->rubric->none && (empty || none.taken)) {
        struct rect right = rect_cut_right(&line, 9);
        choices_draw(surface, right, 0, 2, &none, 1, 1);
    }
    form_order(form, " ", &order);
    add_open(form, " ", &open);
    int words = empty ? 12 : 9, gap = 1; /* "best first: ", "   then: " */
    if (columns_of(order.data) + columns_of(open.data) + words > line.columns) {
        buffer_clear(&order);
        buffer_clear(&open);
        form_order(form, "", &order);
        add_open(form, "", &open);
        gap = 0;
    }
    int column = paint_text(surface, line, 0, 0, INK_STRONG, buffer_slice(&order));
    if (!none.taken && open.length > 0) {
        column = paint_string(surface, line, 0, column + (empty ? 0 : 3), INK_DIM, empty ? "best first: " : "then: ");
        draw_open_ones(form, gap, surface, line, column);
    }
    buffer_release(&order);
    buffer_release(&open);
}

/* As many pairs as fit, and how many more there are. */
static void draw_pairs(const struct form *form, struct surface *surface, struct rect line) {
    struct buffer pairs = BUFFER_INIT, open = BUFFER_INIT;
    size_t count = form_pairs(form, &pairs);
    enum { PAIR = 7, MORE = 12 }; /* "B > A, ", " … 123 pairs" */
    if (form->rubric->partial && form->answer.ranking.text[0]) {
        add_open(form, " ", &open);
        if (open.length > 0) {
            buffer_add_format(&pairs, "%s%s", count ? " · " : "", count ? "all of them over " : "over ");
            buffer_add_slice(&pairs, buffer_slice(&open));
        }
    }
    if (columns_of(pairs.data) > line.columns) {
        size_t fit = line.columns > MORE ? (size_t)(line.columns - MORE) / PAIR : 0;
        struct slice some = slice_make(pairs.data, fit > 0 ? fit * PAIR - 2 : 0); /* without the last comma */
        int column = paint_text(surface, line, 0, 0, INK_DIM, some);
        paint_format(surface, line, 0, column + 1, INK_DIM, "… %zu pairs", count);
    } else {
        paint_text(surface, line, 0, 0, INK_DIM, buffer_slice(&pairs));
    }
    buffer_release(&pairs);
    buffer_release(&open);
}

void answer_draw_ranking(const struct form *form, struct surface *surface, struct rect area) {
    draw_order(form, surface, rect_row(area, 0));
    if (area.rows > 1)
        draw_pairs(form, surface, rect_row(area, 1));
}

void answer_draw_first(const struct form *form, size_t row, struct surface *surface, struct rect area) {
    struct choice choices[10];
    const char *order = form->answer.ranking.text;
    if (form->answer.prefer == CHOICE_NONE || (order[0] && ranking_first(order) == CHOICE_TIE))
        paint_string(surface, area, 0, 0, INK_DIM, order[0] ? "shared: nothing to say" : "nobody's: nothing to say");
    else
        answer_draw_choices(surface, area, choices, answer_row_choices(form, row, choices));
}

void answer_draw_best(const struct form *form, size_t row, struct surface *surface, struct rect area) {
    struct choice letters[LIMIT_RESPONSES];
    int side = form_side(form, row);
    for (size_t i = 0; i < form->responses; i++)
        letters[i] = (struct choice){(char)('A' + i), "", side == (int)i};
    struct choice same = {'=', "same", side == FORM_SAME};
    struct rect line = rect_row(area, 0);
    int column = answer_draw_choices(surface, line, letters, form->responses);
    choices_draw(surface, line, 0, column + 2, &same, 1, 1);
}

/* --- Ratings of each response ------------------------------------------------------------------------------------------- */

/*
 * How the cells of one criterion are set. All open: "A 1 2 3[4]5", the label of its value behind each at the row in hand. Else only the cell in hand is
 * open and the others are "B 4", with or without labels, or "B4"; what then does not fit slides under the cell in hand.
 */
struct setting {
    bool all_open;
    int label; /* columns kept for a label behind each value; 0: none */
    int value; /* columns from letter to value: 2, or 1 */
    int gap;   /* between cells */
};

static int label_most(const struct criterion *criterion) {
    int most = 0;
    for (int digit = criterion->low; digit <= criterion->high; digit++)
        if (criterion->labels[digit] && columns_of(criterion->labels[digit]) > most)
            most = columns_of(criterion->labels[digit]);
    return most;
}

static int open_columns(const struct criterion *criterion) {
    return 2 + 2 * (criterion->high - criterion->low + 1) + 1; /* letter, space; a bracket or blank on each side */
}

static int cell_columns(const struct setting *setting, const struct criterion *criterion, bool open) {
    int value = open ? open_columns(criterion) : setting->value + 1;
    return value + (setting->label ? setting->label + 1 : 0) + setting->gap;
}

static int all_columns(const struct setting *setting, const struct criterion *criterion, size_t responses) {
    int open = cell_columns(setting, criterion, true), closed = cell_columns(setting, criterion, false);
    return (setting->all_open ? (int)responses * open : (int)(responses - 1) * closed + open) - setting->gap;
}

/* Over all criteria, so that the cells of one row stand under those of the other. */
static int label_most_of_all(const struct rubric *rubric) {
    int most = 0;
    for (int i = 0; i < rubric->criterion_count; i++) {
        int label = label_most(&rubric->criteria[i]);
        most = label > most ? label : most;
    }
    return most;
}

static struct setting settle(const struct form *form, const struct criterion *criterion, int columns) {
    int label = label_most(criterion);
    const struct setting settings[] = {{true, label_most_of_all(form->rubric), 2, 2},
                                       {true, 0, 2, 2},
                                       {false, label, 2, 2},
                                       {false, 0, 2, 2},
                                       {false, 0, 1, 1}};
    size_t last = sizeof settings / sizeof *settings - 1;
    for (size_t i = 0; i < last; i++)
        if (all_columns(&settings[i], criterion, form->responses) <= columns)
            return settings[i];
    return settings[last];
}

/* From the first cell that lets the one in hand be seen. */
static size_t first_cell(const struct form *form, const struct setting *setting, const struct criterion *criterion,
                         int columns) {
    int open = cell_columns(setting, criterion, true), closed = cell_columns(setting, criterion, false);
    if (setting->all_open || all_columns(setting, criterion, form->responses) <= columns)
        return 0;
    int before = columns > open + 2 * closed ? (columns - open - 2 * closed) / closed : 0; /* and one after it */
    return (int)form->cell > before ? form->cell - (size_t)before : 0;
}

static int draw_open(const struct form *form, size_t row, size_t cell, struct surface *surface, struct rect line,
                     int column) {
    const struct criterion *criterion = &form->rubric->criteria[form->rows[row].criterion];
    struct choice digits[10];
    size_t count = 0;
    int taken = form_answered_digit(form, row, cell);
    for (int digit = criterion->low; digit <= criterion->high; digit++)
        digits[count++] = (struct choice){(char)('0' + digit), "", digit == taken};
    return choices_draw(surface, line, 0, column + 2, digits, count, 1) - 1;
}

size_t answer_rated(const struct form *form, size_t row) {
    size_t rated = 0;
    for (size_t cell = 0; cell < form->responses; cell++)
        rated += form_answered_digit(form, row, cell) >= 0;
    return rated;
}

/* "A 43–52  F 4353–": what does not fit one by one, in fives; without room for that, how many there are. */
static void draw_fives(const struct form *form, size_t row, struct surface *surface, struct rect line) {
    enum { FIVE = 5, LETTER = 2, GAP = 2 };
    int column = 0, fives = ((int)form->responses + FIVE - 1) / FIVE;
    if ((int)form->responses + fives * (LETTER + GAP) - GAP > line.columns) {
        paint_format(surface, line, 0, 0, INK_NORMAL, "%zu of %zu", answer_rated(form, row), form->responses);
        return;
    }
    for (size_t cell = 0; cell < form->responses; cell++, column++) {
        int value = form_answered_digit(form, row, cell);
        char letter[] = {(char)('A' + cell), 0};
        if (cell % FIVE == 0) {
            column += cell ? GAP : 0;
            paint_string(surface, line, 0, column, INK_DIM, letter);
            column += LETTER;
        }
        if (value < 0)
            paint_string(surface, line, 0, column, INK_DIM, "–");
        else
            paint_format(surface, line, 0, column, INK_STRONG, "%d", value);
    }
}

void answer_draw_cells(const struct form *form, size_t row, struct surface *surface, struct rect line) {
    const struct criterion *criterion = &form->rubric->criteria[form->rows[row].criterion];
    struct setting setting = settle(form, criterion, line.columns);
    bool here = row == form->row;
    int column = 0;
    if (!here && all_columns(&setting, criterion, form->responses) > line.columns) {
        draw_fives(form, row, surface, line);
        return;
    }
    size_t first = here ? first_cell(form, &setting, criterion, line.columns) : 0;
    for (size_t cell = first; cell < form->responses; cell++) {
        bool next = here && cell == form->cell, open = setting.all_open || next;
        if (column + cell_columns(&setting, criterion, open) - setting.gap > line.columns) {
            paint_string(surface, line, 0, column < line.columns ? column : line.columns - 1, INK_DIM, "…");
            break;
        }
        int value = form_answered_digit(form, row, cell);
        char letter[] = {(char)('A' + cell), 0};
        paint_string(surface, line, 0, column, next ? INK_ACCENT : INK_STRONG, letter);
        int end = column + setting.value + 1;
        answer_stands(surface, row, cell);
        surface_add_spot(surface, rect_meet(rect_make(line.row, line.column + column, 1, setting.value + 1), line),
                         key_plain(ON_NOTHING));
        if (open)
            end = draw_open(form, row, cell, surface, line, column);
        else if (value < 0)
            paint_string(surface, line, 0, column + setting.value, INK_DIM, "–");
        else
            paint_format(surface, line, 0, column + setting.value, INK_SELECTED, "%d", value);
        if (here && setting.label && value >= 0 && criterion->labels[value])
            paint_string(surface, line, 0, end + 1, INK_DIM, criterion->labels[value]);
        column += cell_columns(&setting, criterion, open);
    }
}

int answer_cells_columns(const struct form *form, const struct criterion *criterion) {
    const struct setting least = {form->responses == 2, 0, 2, 2};
    return all_columns(&least, criterion, form->responses);
}
