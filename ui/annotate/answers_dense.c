/* The answer area of a small screen: the row at ▸, and a line with what is answered. */
#include "ui/annotate/answers_parts.h"

#include "core/text/clip.h"
#include "ui/paint.h"

#include "core/base/banned.h"

enum { LABEL_MOST = 14, LABEL_LEAST = 3, CELLS_MOST = 6, ORDER_MOST = 15, ASK_LEAST = 8 };

static int columns_of(const char *text) {
    return (int)(text_columns(slice_of(text)) & 0xffff);
}

/* What a row's answer is, in the few columns of the summary line. */
static void short_answer(const struct answers *answers, size_t row, struct buffer *out) {
    const struct form *form = answers->form;
    const struct form_row *r = &form->rows[row];
    int digit = form_answered_digit(form, row, 0);
    switch (r->kind) {
    case ROW_CRITERION:
        if (form->rubric->criteria[r->criterion].per == PER_PAIR) {
            int side = form_side(form, row);
            char letter[] = {side == FORM_SAME ? '=' : (char)('A' + side), 0};
            buffer_add_string(out, side == FORM_OPEN ? "–" : letter);
            break;
        }
        if (form->responses > CELLS_MOST) {
            buffer_add_format(out, "%zu/%zu", answer_rated(form, row), form->responses);
            break;
        }
        for (size_t cell = 0; cell < form->responses; cell++) {
            digit = form_answered_digit(form, row, cell);
            buffer_add_string(out, cell ? "/" : "");
            if (digit < 0)
                buffer_add_string(out, "–");
            else
                buffer_add_format(out, "%d", digit);
        }
        break;
    case ROW_OVERALL:
        buffer_add_string(out, answer_words(form->rubric, form->shown, form->answer.prefer, form->answer.strength));
        break;
    case ROW_RANKING:
        if (form->answer.prefer == CHOICE_NONE)
            buffer_add_string(out, "none");
        else if (!form->answer.ranking.text[0])
            buffer_add_string(out, "–");
        form_order(form, "", out);
        break;
    case ROW_FIRST:
        if (digit < 1)
            buffer_add_string(out, form_row_answered(form, row) ? "=" : "–"); /* shared */
        else
            buffer_add_format(out, "%d", digit);
        break;
    case ROW_CONFIDENCE:
        if (form->answer.confidence < 0)
            buffer_add_string(out, "–");
        else
            buffer_add_format(out, "%d %%", form->answer.confidence);
        break;
    case ROW_TAGS:
    case ROW_FLAGS: {
        unsigned bits = r->kind == ROW_TAGS ? form->answer.tags : form->answer.flags;
        int on = 0;
        for (; bits; bits &= bits - 1)
            on++;
        buffer_add_format(out, "%d", on);
        break;
    }
    case ROW_WHY:
        answer_why_count(answers, out);
        break;
    case ROW_SUBMIT:
        break;
    }
}

/* Room for the widest answer of a row, so that the summary's columns stay where they are. */
static int answer_room(const struct form *form, size_t row) {
    const struct form_row *r = &form->rows[row];
    switch (r->kind) {
    case ROW_CRITERION:
        if (form->rubric->criteria[r->criterion].per == PER_PAIR)
            return 1;
        return form->responses > CELLS_MOST ? 5 : 2 * (int)form->responses - 1;
    case ROW_OVERALL:
        return 10;
    case ROW_RANKING: {
        int whole = 2 * (int)form->responses - 1;
        return whole < 4 ? 4 : whole > ORDER_MOST ? ORDER_MOST : whole;
    }
    case ROW_CONFIDENCE:
        return 4;
    case ROW_WHY:
        return form->rubric->rationale_minimum > 0 ? 6 : 3;
    default:
        return 1;
    }
}

static const char *summary_label(const struct form *form, size_t row) {
    switch (form->rows[row].kind) {
    case ROW_CONFIDENCE:
        return "sure";
    case ROW_FIRST:
        return "first";
    default:
        return answer_row_label(form, row);
    }
}

/* How tightly the summary is set. */
struct setting {
    int label;  /* columns of one, at most */
    int gap;    /* between two answers */
    bool marks; /* with the counts of tags and flags */
};

static int summary_columns(const struct form *form, struct setting setting) {
    int columns = 0;
    for (size_t row = 0; row + 1 < form->row_count; row++) {
        if (!setting.marks && answer_is_marks(form, row))
            continue;
        int wide = columns_of(summary_label(form, row));
        columns += (wide < setting.label ? wide : setting.label) + 1 + answer_room(form, row) + setting.gap;
    }
    return columns - setting.gap; /* nothing stands behind the last one */
}

/* The counts of tags and flags where there is room for them, labels as long as fit, and the answers apart. */
static struct setting settle(const struct form *form, int columns) {
    struct setting setting = {5, 2, true};
    setting.marks = summary_columns(form, setting) <= columns;
    setting.label = LABEL_MOST;
    while (setting.label > LABEL_LEAST && summary_columns(form, setting) > columns)
        setting.label--;
    if (summary_columns(form, setting) > columns)
        setting.gap = 1;
    return setting;
}

static void draw_summary(const struct answers *answers, struct surface *surface, struct rect line) {
    const struct form *form = answers->form;
    struct buffer progress = BUFFER_INIT, words = BUFFER_INIT;
    answer_progress(form, &progress);
    paint_right(surface, line, 0, 1, INK_DIM, buffer_slice(&progress));
    rect_cut_right(&line, columns_of(progress.data) + 3);
    struct setting setting = settle(form, line.columns - ANSWERS_MARGIN);
    int column = ANSWERS_MARGIN;
    for (size_t row = 0; row + 1 < form->row_count; row++) {
        if (!setting.marks && answer_is_marks(form, row))
            continue;
        int wide = columns_of(summary_label(form, row));
        wide = wide < setting.label ? wide : setting.label;
        struct slice name = slice_of(summary_label(form, row));
        int start = column;
        name.length = text_at_column(name, (size_t)wide);
        column = paint_text(surface, line, 0, column, row == form->row ? INK_ACCENT : INK_DIM, name) + 1;
        buffer_clear(&words);
        short_answer(answers, row, &words);
        column =
            paint_fit(surface, line, 0, column, answer_room(form, row), INK_NORMAL, buffer_slice(&words)) + setting.gap;
        answer_leads(surface, rect_meet(rect_make(line.row, line.column + start, 1, column - start), line), row);
    }
    buffer_release(&words);
    buffer_release(&progress);
}

void answers_draw_dense(const struct answers *answers, struct surface *surface, struct rect area) {
    const struct form *form = answers->form;
    const struct form_row *r = &form->rows[form->row];
    struct choice choices[10];
    struct buffer words = BUFFER_INIT;
    const char *label = answer_row_label(form, form->row);
    int column = ANSWERS_MARGIN + columns_of(label) + 1;
    struct rect rest = {area.row, area.column + column, area.rows, area.columns - column};
    bool whole = false; /* the row at ▸ needs the summary's place too */
    answer_leads(surface, area, form->row);
    paint_string(surface, area, 0, 1, INK_ACCENT, "▸");
    paint_string(surface, area, 0, ANSWERS_MARGIN, INK_STRONG, label);
    if (r->kind == ROW_CRITERION) {
        int cells = answer_criterion_columns(form, &form->rubric->criteria[r->criterion]);
        answer_explain(answers, true, &words);
        struct rect line = rect_row(rest, 0), cell = rect_cut_left(&line, cells + 1);
        answer_draw_criterion(form, form->row, surface, line.columns < ASK_LEAST ? rect_row(rest, 0) : cell);
        if (line.columns >= ASK_LEAST)
            paint_text(surface, line, 0, 0, INK_DIM, buffer_slice(&words));
    } else if (r->kind == ROW_RANKING) {
        whole = true;
        answer_draw_ranking(form, surface, rest);
        if (!form_row_answered(form, form->row) && !form->answer.ranking.text[0]) {
            answer_explain(answers, true, &words); /* no pairs yet: their line says how it is done */
            paint_text(surface, area, 1, ANSWERS_MARGIN, INK_DIM, buffer_slice(&words));
        }
    } else if (r->kind == ROW_FIRST) {
        size_t count = answer_row_choices(form, form->row, choices);
        whole = choices_rows(choices, count, rest.columns + 1) > 1;
        rest.rows = whole ? 2 : 1;
        answer_draw_first(form, form->row, surface, rest);
    } else if (r->kind == ROW_WHY) {
        whole = answers->why != NULL;
        rest.rows = whole ? area.rows : 1;
        answer_draw_why(answers, surface, rest);
    } else if (r->kind == ROW_SUBMIT) {
        answer_explain(answers, true, &words);
        paint_text(surface, area, 0, column + 1, INK_NORMAL, buffer_slice(&words));
        surface_add_spot(surface, rect_row(area, 0), key_plain(ON_ENTER));
    } else {
        size_t count = answer_row_choices(form, form->row, choices);
        whole = answer_may_fold(form, form->row) && choices_rows(choices, count, rest.columns + 1) > 1;
        choices_draw(surface, area, 0, column, choices, count, whole ? 2 : 1);
    }
    if (!whole)
        draw_summary(answers, surface, rect_row(area, 1));
    buffer_release(&words);
}
