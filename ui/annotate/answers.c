/* The answer rows with room; see answers.h. The two rows of a small screen are in answers_dense.c. */
#include "ui/annotate/answers.h"

#include "core/base/array.h"
#include "core/text/clip.h"
#include "core/text/utf8.h"
#include "ui/annotate/answers_parts.h"
#include "ui/keymap.h"
#include "ui/paint.h"

#include "core/base/banned.h"

enum {
    LABEL_MOST = 14, /* columns of a label, and of a question beside it */
    ASK_MOST = 30,
    ASK_LEAST = 12,
    DENSE_BELOW = 30, /* screen rows */
    WHY_ROOMY = 36,   /* screen rows from which the reason has two */
};

/* --- Words ------------------------------------------------------------------------------------------------------------ */

const char *answer_row_label(const struct form *form, size_t row) {
    static const char *const labels[] = {
        [ROW_CRITERION] = "",
        [ROW_OVERALL] = "overall",
        [ROW_RANKING] = "ranking",
        [ROW_FIRST] = "first place",
        [ROW_CONFIDENCE] = "confidence",
        [ROW_TAGS] = "tags",
        [ROW_FLAGS] = "flags",
        [ROW_WHY] = "why",
        [ROW_SUBMIT] = "submit",
    };
    const struct form_row *r = &form->rows[row];
    return r->kind == ROW_CRITERION ? form->rubric->criteria[r->criterion].id : labels[r->kind];
}

static int columns_of(const char *text) {
    return (int)(text_columns(slice_of(text)) & 0xffff);
}

static int label_columns(const struct form *form) {
    int most = 0;
    for (size_t row = 0; row < form->row_count; row++) {
        int columns = columns_of(answer_row_label(form, row));
        most = columns > most ? columns : most;
    }
    return most < LABEL_MOST ? most : LABEL_MOST;
}

/* Characters of the reason as the rule counts them: without the white space around it. */
static size_t why_length(const struct answers *answers) {
    struct slice text = buffer_slice(answers->why ? &answers->why->text : &answers->form->rationale);
    while (text.length > 0 && strchr(" \t\r\n", text.data[0]))
        text = slice_make(text.data + 1, text.length - 1);
    while (text.length > 0 && strchr(" \t\r\n", text.data[text.length - 1]))
        text.length--;
    return utf8_count(text);
}

void answer_why_count(const struct answers *answers, struct buffer *out) {
    const struct rubric *rubric = answers->form->rubric;
    if (rubric->rationale_minimum > 0)
        buffer_add_format(out, "%zu/%d", why_length(answers), rubric->rationale_minimum);
    else
        buffer_add_format(out, "%zu", why_length(answers));
}

const char *answer_words(const struct rubric *rubric, const char *shown, int prefer, int strength) {
    if (prefer == CHOICE_TIE)
        return "tie";
    if (prefer == CHOICE_NONE)
        return "none";
    if (prefer < 0)
        return "–";
    int position = shown_position(shown, prefer);
    if (position > 1 || strength < 0 || strength > rubric->strength_count)
        return "–";
    if (strength < 1 || rubric->strength_count == 1)
        return position ? "B" : "A";
    return rubric->sides[position][strength - 1];
}

void answer_order(struct buffer *out, const char *shown, const char *ranking) {
    for (const char *at = ranking; *at; at++)
        if (*at == '>' || *at == '=')
            buffer_add_format(out, " %c ", *at);
        else
            buffer_add_char(out, (char)('A' + shown_position(shown, *at - 'a')));
}

void answer_say(struct buffer *out, const struct rubric *rubric, const char *shown, int prefer, const char *ranking,
                int strength) {
    int position = prefer >= 0 ? shown_position(shown, prefer) : 0;
    if (!ranking[0] && position < 2) {
        buffer_add_string(out, answer_words(rubric, shown, prefer, strength));
        return;
    }
    if (ranking[0])
        answer_order(out, shown, ranking);
    else
        buffer_add_format(out, "%c first", (char)('A' + position));
    if (strength > 0 && strength <= rubric->strength_count && rubric->strength_count > 1)
        buffer_add_format(out, ", %s", rubric->strengths[strength - 1]);
}

/* --- Measures --------------------------------------------------------------------------------------------------------- */

size_t answer_row_choices(const struct form *form, size_t row, struct choice choices[10]) {
    static const int overall[] = {1, 2, 3, 4, 5, 6, 7, 0};
    size_t count = 0;
    const struct form_row *r = &form->rows[row];
    int taken = form_answered_digit(form, row, 0);
    unsigned bits = r->kind == ROW_TAGS ? form->answer.tags : r->kind == ROW_FLAGS ? form->answer.flags : 0;
    for (int i = 0; i < 10; i++) {
        if (r->kind == ROW_OVERALL && i >= (int)COUNT_OF(overall))
            break;
        int digit = r->kind == ROW_OVERALL ? overall[i] : i;
        const char *word = form_digit_word(form, row, digit);
        if (word)
            choices[count++] =
                (struct choice){(char)('0' + digit), word, digit == taken || (digit > 0 && bits >> (digit - 1) & 1u)};
    }
    return count;
}

/* --- Spots ------------------------------------------------------------------------------------------------------------ */

enum { PLACES = ANSWERS_NO_CELL + 1 /* of a row */ };

void answer_stands(struct surface *surface, size_t row, size_t cell) {
    surface->place = (int)(row * PLACES + cell);
}

void answer_leads(struct surface *surface, struct rect area, size_t row) {
    answer_stands(surface, row, ANSWERS_NO_CELL);
    surface_add_spot(surface, area, key_plain(ON_NOTHING));
}

void answers_stand(struct form *form, const struct spot *spot) {
    size_t row = (size_t)spot->place / PLACES, cell = (size_t)spot->place % PLACES;
    while (form->row != row && row < form->row_count)
        form_next_row(form);
    if (cell != ANSWERS_NO_CELL)
        form->cell = cell;
}

int answer_draw_choices(struct surface *surface, struct rect area, const struct choice *choices, size_t count) {
    struct rect wider = {area.row, area.column - 1, area.rows, area.columns + 1};
    return choices_draw(surface, wider, 0, 1, choices, count, area.rows) - 1;
}

bool answer_is_marks(const struct form *form, size_t row) {
    return form->rows[row].kind == ROW_TAGS || form->rows[row].kind == ROW_FLAGS;
}

bool answer_may_fold(const struct form *form, size_t row) {
    enum row_kind kind = form->rows[row].kind;
    return answer_is_marks(form, row) || kind == ROW_OVERALL || kind == ROW_FIRST || kind == ROW_CONFIDENCE;
}

static int row_height(const struct answers *answers, size_t row, int columns) {
    struct choice choices[10];
    const struct form *form = answers->form;
    if (form->rows[row].kind == ROW_WHY)
        return answers->why_rows;
    if (form->rows[row].kind == ROW_RANKING)
        return 2; /* the order, and the pairs that it implies */
    if (!answer_may_fold(form, row))
        return 1;
    size_t count = answer_row_choices(form, row, choices);
    return choices_rows(choices, count, columns - ANSWERS_MARGIN - label_columns(form) - 1);
}

int answers_measure(struct answers *answers, int screen_rows, int columns) {
    const struct form *form = answers->form;
    int rows = 1;
    answers->why_rows = screen_rows >= WHY_ROOMY ? 2 : 1;
    for (size_t row = 0; row + 1 < form->row_count; row++)
        rows += row_height(answers, row, columns);
    answers->dense = screen_rows < DENSE_BELOW || rows > screen_rows * 2 / 5;
    return answers->dense ? 2 : rows;
}

/* --- One row ---------------------------------------------------------------------------------------------------------- */

void answer_draw_criterion(const struct form *form, size_t row, struct surface *surface, struct rect line) {
    struct choice choices[10];
    if (form->rubric->criteria[form->rows[row].criterion].per == PER_RESPONSE)
        answer_draw_cells(form, row, surface, line);
    else if (form->responses > 2)
        answer_draw_best(form, row, surface, line);
    else
        answer_draw_choices(surface, rect_row(line, 0), choices, answer_row_choices(form, row, choices));
}

int answer_criterion_columns(const struct form *form, const struct criterion *criterion) {
    enum { SIDES = 34, SAME = 9 }; /* "1 A better  2 same  3 B better", "  [= same]" */
    if (criterion->per == PER_RESPONSE)
        return answer_cells_columns(form, criterion);
    return form->responses > 2 ? 2 * (int)form->responses + SAME : SIDES;
}

void answer_draw_why(const struct answers *answers, struct surface *surface, struct rect area) {
    struct buffer count = BUFFER_INIT;
    answer_why_count(answers, &count);
    paint_right(surface, area, 0, 1, INK_DIM, buffer_slice(&count));
    rect_cut_right(&area, columns_of(count.data) + 3);
    if (answers->why)
        edit_draw(answers->why, surface, area, INK_NORMAL, true);
    else if (answers->form->rationale.length > 0)
        paint_paragraph(surface, area, 0, INK_NORMAL, buffer_slice(&answers->form->rationale));
    buffer_release(&count);
}

void answer_explain(const struct answers *answers, bool with_ask, struct buffer *out) {
    const struct form *form = answers->form;
    const struct form_row *r = &form->rows[form->row];
    struct error missing = ERROR_INIT;
    switch (r->kind) {
    case ROW_CRITERION:
        if (with_ask)
            buffer_add_string(out, form->rubric->criteria[r->criterion].ask);
        for (int digit = 0; digit < 10; digit++)
            if (form->rubric->criteria[r->criterion].labels[digit])
                buffer_add_format(out, "%s%d %s", out->length ? " · " : "", digit,
                                  form->rubric->criteria[r->criterion].labels[digit]);
        if (form_takes_letters(form))
            buffer_add_format(out, "%s", out->length ? " · the best of them" : "The best of them");
        if (out->length == 0)
            buffer_add_string(out, form->rubric->criteria[r->criterion].ask);
        break;
    case ROW_RANKING:
        buffer_add_format(out, "A digit or capital is the next best · %s ties · %s takes one off",
                          keymap_word(REQUEST_TIE, IN_RANKING).text, keymap_word(REQUEST_CLEAR_ROW, IN_ANSWERING).text);
        break;
    case ROW_FIRST:
        buffer_add_string(out, "How clear is first place?");
        break;
    case ROW_OVERALL:
        buffer_add_string(out, form->rubric->title);
        if (form->rubric->none)
            buffer_add_string(out, " · none: both are unacceptable");
        break;
    case ROW_CONFIDENCE:
        buffer_add_format(out, "Would a second expert choose the same %s?",
                          form->responses > 2 ? "first place" : "side");
        break;
    case ROW_TAGS:
        buffer_add_format(out, "What was wrong with the %s that lost · digits switch on and off",
                          form->responses > 2 ? "ones" : "one");
        break;
    case ROW_FLAGS:
        buffer_add_string(out, "About the item, for the lead · digits switch on and off");
        break;
    case ROW_WHY:
        buffer_add_string(out, "What decided it, in your words");
        if (form->rubric->rationale_minimum > 0)
            buffer_add_format(out, " · at least %d characters", form->rubric->rationale_minimum);
        if (!answers->why)
            buffer_add_format(out, " · %s types", keymap_word(REQUEST_TO_WHY, IN_ANSWERING).text);
        break;
    case ROW_SUBMIT:
        if (form_missing(form, &missing) < form->row_count)
            buffer_add_string(out, missing.text);
        else
            buffer_add_format(out, "%s submits this judgment", keymap_word(REQUEST_SUBMIT, IN_ANSWERING).text);
        break;
    }
}

void answer_progress(const struct form *form, struct buffer *out) {
    size_t answered, asked;
    form_progress(form, &answered, &asked);
    buffer_add_format(out, "%zu of %zu", answered, asked);
}

static void draw_label(const struct form *form, size_t row, struct surface *surface, struct rect area, int y) {
    bool here = row == form->row;
    if (here)
        paint_string(surface, area, y, 1, INK_ACCENT, "▸");
    paint_fit(surface, area, y, ANSWERS_MARGIN, label_columns(form), here ? INK_STRONG : INK_DIM,
              slice_of(answer_row_label(form, row)));
}

/* --- Roomy ------------------------------------------------------------------------------------------------------------ */

/* Columns for the questions of criteria: as many as the longest needs and the cells leave; 0: they stand in the last line only. */
static int ask_columns(const struct form *form, int columns) {
    int longest = 0, cells = 0;
    for (int k = 0; k < form->rubric->criterion_count; k++) {
        const struct criterion *criterion = &form->rubric->criteria[k];
        int wide = columns_of(criterion->ask), need = answer_criterion_columns(form, criterion);
        longest = wide > longest ? wide : longest;
        cells = need > cells ? need : cells;
    }
    int room = columns - ANSWERS_MARGIN - label_columns(form) - 2 - cells - 2;
    room = room < longest ? room : longest;
    room = room < ASK_MOST ? room : ASK_MOST;
    return room >= ASK_LEAST ? room : 0;
}

static void draw_row(const struct answers *answers, size_t row, struct surface *surface, struct rect area, int y) {
    const struct form *form = answers->form;
    int column = ANSWERS_MARGIN + label_columns(form) + 2, ask = ask_columns(form, area.columns);
    struct choice choices[10];
    struct rect rest = {area.row + y, area.column + column, row_height(answers, row, area.columns),
                        area.columns - column};
    answer_leads(surface, rect_make(area.row + y, area.column, rest.rows, area.columns), row);
    draw_label(form, row, surface, area, y);
    switch (form->rows[row].kind) {
    case ROW_CRITERION:
        if (ask > 0)
            paint_fit(surface, area, y, column, ask, INK_DIM,
                      slice_of(form->rubric->criteria[form->rows[row].criterion].ask));
        if (ask > 0)
            rect_cut_left(&rest, ask + 2);
        answer_draw_criterion(form, row, surface, rest);
        break;
    case ROW_RANKING:
        answer_draw_ranking(form, surface, rest);
        break;
    case ROW_FIRST:
        answer_draw_first(form, row, surface, rest);
        break;
    case ROW_WHY:
        answer_draw_why(answers, surface, rest);
        break;
    case ROW_SUBMIT:
        break;
    default:
        choices_draw(surface, area, y, column, choices, answer_row_choices(form, row, choices), rest.rows);
    }
}

static void draw_roomy(const struct answers *answers, struct surface *surface, struct rect area) {
    const struct form *form = answers->form;
    struct buffer words = BUFFER_INIT, progress = BUFFER_INIT;
    int y = 0, column = ANSWERS_MARGIN + label_columns(form) + 2;
    for (size_t row = 0; row + 1 < form->row_count; row++) {
        draw_row(answers, row, surface, area, y);
        y += row_height(answers, row, area.columns);
    }
    if (form->row + 1 == form->row_count) {
        draw_label(form, form->row, surface, area, y);
        answer_stands(surface, form->row, ANSWERS_NO_CELL);
        surface_add_spot(surface, rect_row(area, y), key_plain(ON_ENTER));
    }
    answer_explain(answers, ask_columns(form, area.columns) == 0, &words);
    answer_progress(form, &progress);
    struct rect line = rect_row(area, y);
    paint_right(surface, line, 0, 1, INK_DIM, buffer_slice(&progress));
    rect_cut_right(&line, columns_of(progress.data) + 3);
    if (column + columns_of(words.data) > line.columns && form->row + 1 < form->row_count)
        column = ANSWERS_MARGIN; /* the label's place is free */
    paint_text(surface, line, 0, column, form->row + 1 == form->row_count ? INK_NORMAL : INK_DIM, buffer_slice(&words));
    buffer_release(&words);
    buffer_release(&progress);
}

void answers_draw(const struct answers *answers, struct surface *surface, struct rect area) {
    if (rect_empty(area))
        return;
    if (answers->dense)
        answers_draw_dense(answers, surface, area);
    else
        draw_roomy(answers, surface, area);
}
