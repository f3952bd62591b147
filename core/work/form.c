/* Rows, digits and what is missing; see form.h. The ranking is in form_order.c, the draft and its words in form_draft.c. */
#include "core/work/form_parts.h"

#include "core/base/array.h"

#include "core/base/banned.h"

enum { TIE_DIGIT = 4, NONE_DIGIT = 0, SAME_DIGIT = 2 };

static void add_row(struct form *form, enum row_kind kind, int criterion) {
    form->rows[form->row_count++] = (struct form_row){kind, criterion};
}

void form_init(struct form *form, const struct rubric *rubric, size_t responses, const char *shown) {
    *form = (struct form){.rubric = rubric, .responses = responses, .rationale = BUFFER_INIT, .question = BUFFER_INIT};
    memcpy(form->shown, shown, responses);
    for (int k = 0; k < rubric->criterion_count; k++)
        add_row(form, ROW_CRITERION, k);
    add_row(form, responses > 2 ? ROW_RANKING : ROW_OVERALL, 0);
    if (responses > 2 && rubric->strength_count > 1)
        add_row(form, ROW_FIRST, 0);
    if (rubric->confidence_count > 0)
        add_row(form, ROW_CONFIDENCE, 0);
    if (rubric->tag_count > 0)
        add_row(form, ROW_TAGS, 0);
    if (rubric->flag_count > 0)
        add_row(form, ROW_FLAGS, 0);
    if (rubric->rationale_asked)
        add_row(form, ROW_WHY, 0);
    add_row(form, ROW_SUBMIT, 0);
    form->answer = (struct judgment){.prefer = CHOICE_MISSING, .confidence = -1, .rationale = slice_of("")};
    ratings_clear(&form->answer.ratings);
}

void form_release(struct form *form) {
    buffer_release(&form->question);
    buffer_release(&form->rationale);
}

/* --- What is answered
 * ------------------------------------------------------------------------------------------------- */

int form_response(const struct form *form, size_t position) {
    return form->shown[position] - 'a';
}

static size_t row_cells(const struct form *form, size_t row) {
    const struct form_row *r = &form->rows[row];
    return r->kind == ROW_CRITERION && form->rubric->criteria[r->criterion].per == PER_RESPONSE ? form->responses : 1;
}

/* The first screen position without a value, or row_cells. */
static size_t first_open_cell(const struct form *form, size_t row) {
    const struct form_row *r = &form->rows[row];
    size_t cells = row_cells(form, row);
    if (cells == 1)
        return form->answer.ratings.cells[r->criterion][0] == CELL_MISSING ? 0 : 1;
    for (size_t position = 0; position < cells; position++)
        if (form->answer.ratings.cells[r->criterion][form_response(form, position)] == CELL_MISSING)
            return position;
    return cells;
}

/* Code points without the white space around them. */
static size_t rationale_length(const struct form *form) {
    const char *text = form->rationale.data;
    size_t from = 0, to = form->rationale.length, points = 0;
    while (from < to && strchr(" \t\r\n", text[from]))
        from++;
    while (to > from && strchr(" \t\r\n", text[to - 1]))
        to--;
    for (size_t i = from; i < to; i++)
        points += ((unsigned char)text[i] & 0xC0) != 0x80;
    return points;
}

static size_t rationale_wanted(const struct rubric *rubric) {
    return rubric->rationale_required && rubric->rationale_minimum > 1 ? (size_t)rubric->rationale_minimum : 1;
}

/* Not where first place is shared, or nobody's. */
static bool first_is_asked(const struct form *form) {
    const char *order = form->answer.ranking.text;
    return form->answer.prefer != CHOICE_NONE && !(order[0] && ranking_first(order) == CHOICE_TIE);
}

bool form_row_answered(const struct form *form, size_t row) {
    switch (form->rows[row].kind) {
    case ROW_CRITERION:
        return first_open_cell(form, row) == row_cells(form, row);
    case ROW_OVERALL:
    case ROW_RANKING:
        return form->answer.prefer != CHOICE_MISSING;
    case ROW_FIRST:
        return form->answer.strength > 0 || !first_is_asked(form);
    case ROW_CONFIDENCE:
        return form->answer.confidence >= 0;
    case ROW_TAGS:
        return form->answer.tags != 0;
    case ROW_FLAGS:
        return form->answer.flags != 0;
    case ROW_WHY:
        return rationale_length(form) >= rationale_wanted(form->rubric);
    case ROW_SUBMIT:
        break;
    }
    return false;
}

bool form_row_required(const struct form *form, size_t row) {
    const struct form_row *r = &form->rows[row];
    if (r->kind == ROW_CRITERION)
        return form->rubric->criteria[r->criterion].required;
    return r->kind == ROW_OVERALL || r->kind == ROW_RANKING || (r->kind == ROW_FIRST && first_is_asked(form)) ||
           r->kind == ROW_CONFIDENCE || (r->kind == ROW_WHY && form->rubric->rationale_required);
}

void form_progress(const struct form *form, size_t *answered, size_t *asked) {
    *answered = *asked = 0;
    for (size_t row = 0; row < form->row_count; row++)
        if (form_row_required(form, row)) {
            ++*asked;
            *answered += form_row_answered(form, row);
        }
}

static void say_missing(const struct form *form, size_t row, struct error *what) {
    const struct form_row *r = &form->rows[row];
    if (r->kind == ROW_OVERALL) {
        error_set(what, STATUS_INPUT, "'overall' has no answer yet");
    } else if (r->kind == ROW_RANKING) {
        size_t placed = ranking_placed(form->answer.ranking.text);
        error_set(what, STATUS_INPUT, "'ranking' has %zu of %zu responses: put the best %s", placed, form->responses,
                  placed ? "of the others next" : "one first");
    } else if (r->kind == ROW_FIRST) {
        error_set(what, STATUS_INPUT, "'first place' has no answer yet: how clear is it?");
    } else if (r->kind == ROW_CONFIDENCE) {
        error_set(what, STATUS_INPUT, "'confidence' has no answer yet: would a second expert choose the same?");
    } else if (r->kind == ROW_WHY) {
        size_t length = rationale_length(form), wanted = rationale_wanted(form->rubric);
        if (length == 0)
            error_set(what, STATUS_INPUT, "'why' is empty: say what decided");
        else
            error_set(what, STATUS_INPUT, "'why' has %zu of at least %zu characters", length, wanted);
    } else if (row_cells(form, row) == 1) {
        error_set(what, STATUS_INPUT, "'%s' has no answer yet", form->rubric->criteria[r->criterion].id);
    } else {
        error_set(what, STATUS_INPUT, "'%s' has no answer for %c", form->rubric->criteria[r->criterion].id,
                  (char)('A' + first_open_cell(form, row)));
    }
}

size_t form_missing(const struct form *form, struct error *what) {
    for (size_t row = 0; row < form->row_count; row++)
        if (form_row_required(form, row) && !form_row_answered(form, row)) {
            say_missing(form, row, what);
            return row;
        }
    return form->row_count;
}

struct judgment form_judgment(const struct form *form) {
    struct judgment judgment = form->answer;
    judgment.rationale = buffer_slice(&form->rationale);
    ranking_close(&judgment.ranking, form->responses);
    return judgment;
}

/* --- Where ▸ stands
 * --------------------------------------------------------------------------------------------------- */

static void enter_row(struct form *form, size_t row) {
    form->row = row;
    form->cell = 0;
    if (form->rows[row].kind == ROW_CRITERION && first_open_cell(form, row) < row_cells(form, row))
        form->cell = first_open_cell(form, row);
}

/* Flags are never waited for. */
void form_advance(struct form *form) {
    for (size_t row = form->row + 1; row < form->row_count; row++)
        if (form->rows[row].kind != ROW_FLAGS && form->rows[row].kind != ROW_SUBMIT && !form_row_answered(form, row)) {
            enter_row(form, row);
            return;
        }
    size_t missing = form_missing(form, NULL);
    enter_row(form, missing < form->row_count ? missing : form->row_count - 1);
}

void form_next_row(struct form *form) {
    enter_row(form, (form->row + 1) % form->row_count);
}

void form_previous_row(struct form *form) {
    enter_row(form, (form->row + form->row_count - 1) % form->row_count);
}

void form_go(struct form *form, enum row_kind kind) {
    for (size_t row = 0; row < form->row_count; row++)
        if (form->rows[row].kind == kind || (kind == ROW_OVERALL && form->rows[row].kind == ROW_RANKING)) {
            enter_row(form, row);
            return;
        }
}

void form_end_typing(struct form *form) {
    form_advance(form);
}

/* --- Digits
 * ----------------------------------------------------------------------------------------------------------- */

/* What a digit says on the overall row; false if nothing. */
static bool overall_digit(const struct form *form, int digit, int *prefer, int *strength) {
    const struct rubric *rubric = form->rubric;
    *strength = 0;
    if (digit == NONE_DIGIT || digit == TIE_DIGIT) {
        *prefer = digit == NONE_DIGIT ? CHOICE_NONE : CHOICE_TIE;
        return digit == NONE_DIGIT ? rubric->none : rubric->tie;
    }
    *prefer = form_response(form, digit < TIE_DIGIT ? 0 : 1);
    *strength = digit < TIE_DIGIT ? TIE_DIGIT - digit : digit - TIE_DIGIT;
    return *strength <= rubric->strength_count;
}

static bool criterion_digit(struct form *form, int digit) {
    int k = form->rows[form->row].criterion;
    const struct criterion *criterion = &form->rubric->criteria[k];
    signed char *cells = form->answer.ratings.cells[k];
    if (criterion->per == PER_PAIR) {
        if (digit < 1 || digit > 3)
            return false;
        cells[0] = (signed char)(digit == SAME_DIGIT ? CELL_SAME : form_response(form, digit == 1 ? 0 : 1));
        form_advance(form);
        return true;
    }
    if (digit < criterion->low || digit > criterion->high)
        return false;
    cells[form_response(form, form->cell)] = (signed char)digit;
    if (form->cell + 1 < form->responses)
        form->cell++;
    else if (first_open_cell(form, form->row) < form->responses)
        form->cell = first_open_cell(form, form->row);
    else
        form_advance(form);
    return true;
}

/* Every response is unacceptable: no order then. */
static bool rank_none(struct form *form) {
    if (!form->rubric->none)
        return false;
    form->answer.ranking = (struct ranking){""};
    form->answer.prefer = CHOICE_NONE;
    form->answer.strength = 0;
    form->tie_next = false;
    form_advance(form);
    return true;
}

static bool toggle(unsigned *bits, int digit, int count) {
    if (digit < 1 || digit > count)
        return false;
    *bits ^= 1u << (digit - 1);
    return true;
}

bool form_digit(struct form *form, int digit) {
    const struct rubric *rubric = form->rubric;
    int prefer, strength;
    if (form_takes_letters(form) && digit > 0)
        return form_put(form, (size_t)digit - 1);
    switch (form->rows[form->row].kind) {
    case ROW_CRITERION:
        return criterion_digit(form, digit);
    case ROW_RANKING:
        return rank_none(form);
    case ROW_FIRST:
        if (digit < 1 || digit > rubric->strength_count || !first_is_asked(form) || !form->answer.ranking.text[0])
            return false;
        form->answer.strength = digit;
        form_advance(form);
        return true;
    case ROW_OVERALL:
        if (!overall_digit(form, digit, &prefer, &strength))
            return false;
        form->answer.prefer = prefer;
        form->answer.strength = strength;
        form_advance(form);
        return true;
    case ROW_CONFIDENCE:
        if (digit < 1 || digit > rubric->confidence_count)
            return false;
        form->answer.confidence = rubric->confidence[digit - 1].percent;
        form_advance(form);
        return true;
    case ROW_TAGS:
        return toggle(&form->answer.tags, digit, rubric->tag_count);
    case ROW_FLAGS:
        return toggle(&form->answer.flags, digit, rubric->flag_count);
    case ROW_WHY:
    case ROW_SUBMIT:
        break;
    }
    return false;
}

static const char *overall_word(const struct form *form, int digit) {
    int prefer, strength;
    if (!overall_digit(form, digit, &prefer, &strength))
        return NULL;
    if (strength < 1)
        return digit == TIE_DIGIT ? "tie" : "none";
    return form->rubric->sides[digit > TIE_DIGIT][strength - 1];
}

const char *form_digit_word(const struct form *form, size_t row, int digit) {
    static const char *const numbers[] = {"0", "1", "2", "3", "4", "5", "6", "7", "8", "9"};
    static const char *const sides[] = {NULL, "A better", "same", "B better"};
    const struct rubric *rubric = form->rubric;
    const struct form_row *r = &form->rows[row];
    if (digit < 0 || digit > 9)
        return NULL;
    if (r->kind == ROW_OVERALL)
        return overall_word(form, digit);
    if (r->kind == ROW_CRITERION) {
        const struct criterion *criterion = &rubric->criteria[r->criterion];
        if (criterion->per == PER_PAIR)
            return digit <= 3 && !form_ranks(form) ? sides[digit] : NULL;
        if (digit < criterion->low || digit > criterion->high)
            return NULL;
        return criterion->labels[digit] ? criterion->labels[digit] : numbers[digit];
    }
    if (r->kind == ROW_RANKING)
        return digit == NONE_DIGIT && rubric->none ? "none" : NULL;
    if (r->kind == ROW_FIRST)
        return digit >= 1 && digit <= rubric->strength_count ? rubric->strengths[digit - 1] : NULL;
    if (r->kind == ROW_CONFIDENCE)
        return digit >= 1 && digit <= rubric->confidence_count ? rubric->confidence[digit - 1].word : NULL;
    if (r->kind == ROW_TAGS)
        return digit >= 1 && digit <= rubric->tag_count ? rubric->tags[digit - 1] : NULL;
    if (r->kind == ROW_FLAGS)
        return digit >= 1 && digit <= rubric->flag_count ? rubric->flags[digit - 1] : NULL;
    return NULL;
}

static int overall_answered(const struct form *form) {
    for (int digit = 0; digit <= 7; digit++) {
        int prefer, strength;
        if (overall_digit(form, digit, &prefer, &strength) && prefer == form->answer.prefer &&
            strength == form->answer.strength)
            return digit;
    }
    return -1;
}

int form_answered_digit(const struct form *form, size_t row, size_t cell) {
    const struct form_row *r = &form->rows[row];
    if (r->kind == ROW_OVERALL)
        return overall_answered(form);
    if (r->kind == ROW_RANKING)
        return form->answer.prefer == CHOICE_NONE ? NONE_DIGIT : -1;
    if (r->kind == ROW_FIRST)
        return form->answer.strength > 0 ? form->answer.strength : -1;
    if (r->kind == ROW_CONFIDENCE) {
        for (int i = 0; i < form->rubric->confidence_count; i++)
            if (form->rubric->confidence[i].percent == form->answer.confidence)
                return i + 1;
        return -1;
    }
    if (r->kind != ROW_CRITERION)
        return -1;
    const signed char *cells = form->answer.ratings.cells[r->criterion];
    if (form->rubric->criteria[r->criterion].per == PER_PAIR) {
        int side = form_side(form, row);
        return side == FORM_OPEN || form_ranks(form) ? -1 : side == FORM_SAME ? SAME_DIGIT : side == 0 ? 1 : 3;
    }
    return cell < form->responses ? cells[form_response(form, cell)] : -1;
}

int form_side(const struct form *form, size_t row) {
    signed char cell = form->answer.ratings.cells[form->rows[row].criterion][0];
    return cell == CELL_MISSING ? FORM_OPEN : cell == CELL_SAME ? FORM_SAME : shown_position(form->shown, cell);
}

/* --- Changes that are not digits
 * ---------------------------------------------------------------------------------------- */

void form_clear_row(struct form *form) {
    const struct form_row *r = &form->rows[form->row];
    switch (r->kind) {
    case ROW_CRITERION:
        memset(form->answer.ratings.cells[r->criterion], CELL_MISSING, LIMIT_RESPONSES);
        break;
    case ROW_OVERALL:
        form->answer.prefer = CHOICE_MISSING;
        form->answer.strength = 0;
        break;
    case ROW_RANKING:
        form_order_back(form);
        break;
    case ROW_FIRST:
        form->answer.strength = 0;
        break;
    case ROW_CONFIDENCE:
        form->answer.confidence = -1;
        break;
    case ROW_TAGS:
        form->answer.tags = 0;
        break;
    case ROW_FLAGS:
        form->answer.flags = 0;
        break;
    case ROW_WHY:
        buffer_clear(&form->rationale);
        break;
    case ROW_SUBMIT:
        break;
    }
    form->cell = 0;
}

void form_set_rationale(struct form *form, struct slice text) {
    size_t length = text.length;
    if (length > LIMIT_RATIONALE_BYTES) {
        length = LIMIT_RATIONALE_BYTES;
        while (length > 0 && ((unsigned char)text.data[length] & 0xC0) == 0x80)
            length--;
    }
    struct buffer fresh = BUFFER_INIT; /* text may lie in the present rationale */
    buffer_add(&fresh, text.data, length);
    buffer_release(&form->rationale);
    form->rationale = fresh;
}
