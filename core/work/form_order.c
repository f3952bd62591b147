/*
 * The ranking of three or more responses: put one after the other, best first. It is kept in stored letters ("b>a=c") as far as it goes; a tie that
 * waits for its second response is a flag beside it. The last response of a complete order is put like the others, since it may tie.
 */
#include "core/work/form_parts.h"

#include "core/base/banned.h"

bool form_ranks(const struct form *form) {
    return form->responses > 2;
}

static bool is_best_of(const struct form *form) {
    const struct form_row *r = &form->rows[form->row];
    return r->kind == ROW_CRITERION && form->rubric->criteria[r->criterion].per == PER_PAIR && form_ranks(form);
}

bool form_takes_letters(const struct form *form) {
    return form->rows[form->row].kind == ROW_RANKING || is_best_of(form);
}

bool form_placed(const struct form *form, size_t position) {
    return position < form->responses && strchr(form->answer.ranking.text, form->shown[position]);
}

/* A strength belongs to a first place that one response holds alone. */
void form_settle_order(struct form *form) {
    struct judgment *answer = &form->answer;
    const char *order = answer->ranking.text;
    size_t placed = ranking_placed(order);
    if (!order[0] && answer->prefer == CHOICE_NONE) {
        answer->strength = 0;
        return;
    }
    int first = order[0] ? ranking_first(order) : CHOICE_MISSING;
    bool done = placed == form->responses || (form->rubric->partial && placed > 0);
    answer->prefer = done ? first : CHOICE_MISSING;
    if (first < 0)
        answer->strength = 0;
    else if (form->rubric->strength_count == 1)
        answer->strength = 1; /* nothing to ask */
}

bool form_put(struct form *form, size_t position) {
    struct judgment *answer = &form->answer;
    if (position >= form->responses || !form_takes_letters(form))
        return false;
    if (is_best_of(form)) {
        answer->ratings.cells[form->rows[form->row].criterion][0] = (signed char)form_response(form, position);
        form_advance(form);
        return true;
    }
    if (form_placed(form, position))
        return false;
    char *order = answer->ranking.text;
    size_t length = strlen(order);
    if (length > 0)
        order[length++] = form->tie_next ? '=' : '>';
    order[length++] = form->shown[position];
    order[length] = '\0';
    form->tie_next = false;
    form_settle_order(form);
    if (ranking_placed(order) == form->responses)
        form_advance(form);
    return true;
}

bool form_tie(struct form *form) {
    const char *order = form->answer.ranking.text;
    if (is_best_of(form)) {
        form->answer.ratings.cells[form->rows[form->row].criterion][0] = CELL_SAME;
        form_advance(form);
        return true;
    }
    if (form->rows[form->row].kind != ROW_RANKING || !order[0] || form->tie_next ||
        ranking_placed(order) == form->responses || (!form->rubric->tie && !strchr(order, '>')))
        return false;
    form->tie_next = true;
    return true;
}

void form_order_back(struct form *form) {
    char *order = form->answer.ranking.text;
    size_t length = strlen(order);
    if (form->tie_next)
        form->tie_next = false;
    else if (length > 0)
        order[length > 1 ? length - 2 : 0] = '\0';
    else
        form->answer.prefer = CHOICE_MISSING;
    form_settle_order(form);
}

/* --- As the screen says it -------------------------------------------------------------------------------------------- */

static char letter_of(const struct form *form, char stored) {
    return (char)('A' + shown_position(form->shown, stored - 'a'));
}

void form_order(const struct form *form, const char *gap, struct buffer *out) {
    for (const char *at = form->answer.ranking.text; *at; at++)
        if (*at == '>' || *at == '=')
            buffer_add_format(out, "%s%c%s", gap, *at, gap);
        else
            buffer_add_char(out, letter_of(form, *at));
    if (form->tie_next)
        buffer_add_format(out, "%s=", gap);
}

size_t form_pairs(const struct form *form, struct buffer *out) {
    const char *order = form->answer.ranking.text;
    size_t pairs = 0;
    for (size_t i = 0; order[i]; i += 2) {
        bool better = false;
        for (size_t k = i + 1; order[k]; k += 2) {
            better = better || order[k] == '>';
            buffer_add_format(out, "%s%c %c %c", pairs++ ? ", " : "", letter_of(form, order[i]), better ? '>' : '=',
                              letter_of(form, order[k + 1]));
        }
        if (!order[i + 1])
            break;
    }
    return pairs;
}
