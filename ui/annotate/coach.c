/* The reference beside the answer; see coach.h. */
#include "ui/annotate/coach.h"

#include "ui/annotate/answers.h"
#include "ui/keymap.h"
#include "ui/paint.h"
#include "ui/text_view.h"

#include "core/base/banned.h"

enum { MARGIN = 3, ROWS_LEAST = 8 };

/* How clear first place may be: ", better to much better". */
static void add_clarity(const struct gold_key *key, const struct rubric *rubric, struct buffer *out) {
    if (key->low < 1 || key->high > rubric->strength_count || rubric->strength_count == 1)
        return;
    buffer_add_format(out, ", %s", rubric->strengths[key->low - 1]);
    if (key->high > key->low)
        buffer_add_format(out, " to %s", rubric->strengths[key->high - 1]);
}

/* One acceptable answer with its strengths: "B better", "B slightly to better", "tie"; "B > A = C", "C first". */
static void add_answer(const struct gold_key *key, const struct gold_answer *answer, const struct rubric *rubric,
                       const char *shown, struct buffer *out) {
    if (answer->ranking.text[0] || (answer->prefer >= 0 && shown_position(shown, answer->prefer) > 1)) {
        answer_say(out, rubric, shown, answer->prefer, answer->ranking.text, 0);
        if (answer->prefer >= 0)
            add_clarity(key, rubric, out);
        return;
    }
    if (answer->prefer < 0 || key->low == 0) {
        if (answer->prefer < 0)
            buffer_add_string(out, answer_words(rubric, shown, answer->prefer, 0));
        else
            buffer_add_char(out, (char)('A' + shown_position(shown, answer->prefer)));
        return;
    }
    buffer_add_string(out, answer_words(rubric, shown, answer->prefer, key->low));
    if (key->high > key->low && key->high <= rubric->strength_count)
        buffer_add_format(out, " to %s", answer_words(rubric, shown, answer->prefer, key->high) + 2);
}

void coach_reference(const struct gold_key *key, const struct rubric *rubric, const char *shown, struct buffer *out) {
    for (size_t i = 0; i < key->answer_count; i++) {
        if (i > 0)
            buffer_add_string(out, " or ");
        add_answer(key, &key->answers[i], rubric, shown, out);
    }
}

const char *coach_verdict(enum verdict verdict) {
    switch (verdict) {
    case VERDICT_RIGHT:
        return "as the reference";
    case VERDICT_WRONG_STRENGTH:
        return "another strength";
    case VERDICT_WRONG_SIDE:
        break;
    }
    return "not the reference"; /* the other side, or a tie where there is none */
}

int explanation_draw(struct slice explanation, struct surface *surface, struct rect area) {
    struct text_view view;
    text_view_init(&view);
    if (explanation.data)
        text_view_set(&view, explanation, TEXT_MARKDOWN);
    text_view_width(&view, area.columns);
    int lines = (int)(text_view_line_count(&view) & 0xfff);
    if (surface)
        text_view_draw(&view, surface, area);
    text_view_release(&view);
    return lines;
}

int coach_rows(const struct coach *coach, int columns) {
    int lines = explanation_draw(coach->key.explanation, NULL, rect_make(0, 0, 0, columns - 2 * MARGIN));
    return lines + 4 > ROWS_LEAST ? lines + 4 : ROWS_LEAST;
}

void coach_page(const struct coach *coach, const struct rubric *rubric, const char *shown, struct buffer *out) {
    buffer_add_string(out, "You: **");
    answer_say(out, rubric, shown, coach->prefer, coach->ranking.text, coach->strength);
    buffer_add_string(out, "**\n\nReference: **");
    coach_reference(&coach->key, rubric, shown, out);
    buffer_add_format(out, "**, %s\n\n", coach_verdict(coach->verdict));
    if (coach->key.explanation.data)
        buffer_add_slice(out, coach->key.explanation);
    buffer_add_string(out, "\n\n");
}

void coach_draw(const struct coach *coach, const struct rubric *rubric, const char *shown, struct surface *surface,
                struct rect area) {
    struct buffer words = BUFFER_INIT;
    enum ink ink = coach->verdict == VERDICT_RIGHT ? INK_GOOD : INK_WARNING;
    struct rect text = rect_inset(area, 0, MARGIN);
    answer_say(&words, rubric, shown, coach->prefer, coach->ranking.text, coach->strength);
    int column = paint_format(surface, text, 0, 0, INK_STRONG, "You: %s", words.data);
    buffer_clear(&words);
    coach_reference(&coach->key, rubric, shown, &words);
    column = paint_format(surface, text, 0, column + 4, INK_STRONG, "Reference: %s", words.data);
    paint_format(surface, text, 0, column + 4, ink, "%s", coach_verdict(coach->verdict));
    rect_cut_top(&text, 2);
    struct rect last = rect_row(area, -1);
    rect_cut_bottom(&text, 2);
    int lines = explanation_draw(coach->key.explanation, surface, text);
    paint_string(surface, last, 0, 1, INK_ACCENT, "▸");
    column = paint_format(surface, last, 0, MARGIN, INK_NORMAL, "%s next item",
                          keymap_word(REQUEST_SUBMIT, IN_ANSWERING).text);
    if (lines > text.rows)
        paint_format(surface, last, 0, column + 4, INK_WARNING, "%s shows the other %d line%s of why",
                     keymap_word(REQUEST_ABOUT, IN_READING).text, lines - text.rows, lines - text.rows == 1 ? "" : "s");
    buffer_release(&words);
}
